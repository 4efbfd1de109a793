// What every journey stands on: `test` with a running demonstration, `look` at each page, `signIn` as a role.
//
// A test fails by itself when a page throws, breaks the security policy, or asks another host for anything.
import { mkdirSync } from "node:fs";
import axe from "axe-core";
import { expect, type Page, test as base } from "@playwright/test";
import { type Book, type Server, startServer } from "./server";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const SHOTS = new URL("../shots/", import.meta.url).pathname;
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Widths at which nothing may run over: a telephone, a desktop at 200 % zoom, a desktop. */
const WIDTHS = [360, 640, 1280];

interface Each {
  /** The book whose pages a test opens, where the demonstration shows several. */
  at: Book | undefined;
  strict: void;
}

interface Kept {
  stage: string;
  book: Book | "all";
  server: Server;
}

export const test = base.extend<Each, Kept>({
  // Files that name another stage get a demonstration of their own.
  stage: ["common", { scope: "worker", option: true }],
  // Which book the demonstration shows; `all` shows every one, and `at` says which of them a test is about.
  book: ["tianjin", { scope: "worker", option: true }],
  at: [undefined, { option: true }],
  server: [
    async ({ stage: _, book }, use) => {
      const server = await startServer(book);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server, at }, use) => use(at ? server.books[at] : server.url),
  strict: [
    async ({ context, server }, use, info) => {
      const faults: string[] = [];
      context.on("weberror", (fault) => faults.push(`page error: ${fault.error().message}`));
      context.on("console", (message) => {
        // The browser reports 4xx answers as errors; pages with findings are 422 on purpose.
        const expected = /Failed to load resource.*(40\d|413|422|429)/.test(message.text());
        if (message.type() === "error" && !expected) faults.push(`console: ${message.text()}`);
      });
      context.on("request", (request) => {
        const url = request.url();
        const own = Object.values(server.books).some((book) => url.startsWith(`${book}/`));
        if (!own && !/^(data|blob|about):/.test(url)) faults.push(`asked for ${url}`);
      });
      await use();
      if (info.status !== info.expectedStatus) await info.attach("server log", { body: server.log() });
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/**
 * Looks at the page that is open: nothing runs over at any width, axe finds nothing, the page has a heading and a title.
 * Without script, axe and pictures are left out where the document is the same. The page is loaded once and made narrower.
 * `QINGQU_SHOTS=1` leaves pictures `shots/<name>-<project>-1280.png` and `-360.png`.
 */
export async function look(page: Page, name: string): Promise<void> {
  if (process.env.QINGQU_NO_LOOK) return;
  await expect(page.locator("h1")).toHaveCount(1);
  expect(await page.title()).not.toBe("");
  // What is typed is still being reckoned with: the page is looked at when it stands still.
  await expect(page.locator('form[aria-busy="true"]')).toHaveCount(0);
  const differs = hasScript() || (await page.locator(".without-script").count()) > 0;
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `${name} runs over by ${over} px at ${width}`).toBeLessThanOrEqual(0);
    if (width === 640 || !differs) continue;
    await examine(page, `${name} at ${width}`);
    if (process.env.QINGQU_SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      const path = `${SHOTS}${name}-${test.info().project.name}-${width}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
  if (before) await page.setViewportSize(before);
}

/** Looks at many pages of one story: what is wrong with a page is kept for the end and does not stop the story. */
export class Looks {
  private readonly faults: string[] = [];

  async at(page: Page, name: string): Promise<void> {
    await look(page, name).catch((fault: Error) => this.faults.push(`${name} (${page.url()}): ${fault.message}`));
  }

  /** Fails when anything was wrong with any page. */
  end(): void {
    expect(this.faults.join("\n")).toBe("");
  }
}

/**
 * Fails with a readable list when axe finds anything on the page. Our pages have no frames, so axe runs right in them: that is
 * several times faster than its way for pages with frames, which opens a page to gather what each frame says.
 */
async function examine(page: Page, where: string): Promise<void> {
  const examined = hasScript() ? page : await copyWithScript(page);
  if (!(await examined.evaluate("typeof axe === 'object'"))) await examined.evaluate(axe.source);
  const found = await examined.evaluate(async (tags) => {
    const runOnly = { type: "tag" as const, values: tags };
    const { violations } = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}\n    ${node.html.slice(0, 160)}`));
  }, AXE_TAGS);
  expect(await examined.locator("iframe, frame").count(), "pages have no frames").toBe(0);
  if (examined !== page) await examined.context().close();
  expect(found, `axe on ${where}`).toEqual([]);
}

/** The same document where axe can run (it needs timers), but without the script of the product. */
async function copyWithScript(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (!browser) throw new Error("the page belongs to no browser");
  const [body, url] = [await page.content(), page.url()];
  const context = await browser.newContext({ viewport: page.viewportSize(), javaScriptEnabled: true });
  await context.route("**/*.js", (route) => route.abort());
  await context.route(url, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  const copy = await context.newPage();
  await copy.goto(url);
  return copy;
}

/** Signs in as one of the roles that the demonstration lists (`data-role` on its buttons). */
export async function signIn(page: Page, role: string): Promise<void> {
  await page.goto("/demo");
  await page.locator(`[data-role="${role}"]`).first().click();
  await expect(page.locator(".person-name")).toBeVisible();
}

/** Signs out through the menu of the head; works with and without script. */
export async function signOut(page: Page): Promise<void> {
  await page.locator("details.person > summary").click();
  await page.locator('form[action="/sign-out"] button').click();
  await expect(page.locator(".person-name")).toHaveCount(0);
}

/** Whether this run has script in the page. */
export function hasScript(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}
