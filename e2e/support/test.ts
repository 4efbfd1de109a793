// What every journey stands on: `test` with a running demonstration, `look` at each page, `signIn` as a role.
//
// A test fails by itself when a page throws, breaks the security policy, or asks another host for anything.
import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test as base } from "@playwright/test";
import { type Server, startServer } from "./server";

const SHOTS = new URL("../shots/", import.meta.url).pathname;
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Widths at which nothing may run over: a telephone, a desktop at 200 % zoom, a desktop. */
const WIDTHS = [360, 640, 1280];

export const test = base.extend<{ strict: void }, { stage: string; server: Server }>({
  // Files that name another stage get a demonstration of their own.
  stage: ["common", { scope: "worker", option: true }],
  server: [
    async ({ stage: _ }, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
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
        if (!url.startsWith(server.url) && !/^(data|blob|about):/.test(url)) faults.push(`asked for ${url}`);
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
 * Looks at the page that is open: axe finds nothing, nothing runs over at any width, the answer has a heading and a
 * title. Leaves pictures `shots/<name>-1280.png` and `-360.png`.
 */
export async function look(page: Page, name: string): Promise<void> {
  if (process.env.QINGQU_NO_LOOK) return;
  mkdirSync(SHOTS, { recursive: true });
  const project = test.info().project.name;
  await expect(page.locator("h1")).toHaveCount(1);
  expect(await page.title()).not.toBe("");
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `${name} runs over by ${over} px at ${width}`).toBeLessThanOrEqual(0);
    if (width !== 640) {
      await page.screenshot({ path: `${SHOTS}${name}-${project}-${width}.png`, fullPage: true });
    }
    // Without script the document is the same; once, at the desktop's width, is enough.
    if (width === 1280 || (width === 360 && hasScript())) await axe(page, `${name} at ${width}`);
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

/** Fails with a readable list when axe finds anything on the page. */
export async function axe(page: Page, where: string): Promise<void> {
  const examined = hasScript() ? page : await copyWithScript(page);
  const { violations } = await new AxeBuilder({ page: examined }).withTags(AXE_TAGS).analyze();
  if (examined !== page) await examined.context().close();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.html.slice(0, 160)}`),
  );
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
