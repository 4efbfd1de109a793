// Follows every link that a role sees, without drawing the pages: no dead link, no fault, no page without a heading.
import { type Page, expect } from "@playwright/test";

/** As many addresses of one shape (numbers and hashes aside) are opened; the others are the same page with other data. */
const PER_SHAPE = 3;

/** A file: one of a shape is enough, for it takes longer than a page and has no links. */
const FILE = /\.(pdf|zip|xlsx|csv|json)(\?|$)/;

/** Opens everything that can be reached from `start`; answers the shapes that were opened. */
export async function crawl(page: Page, start: string[]): Promise<Set<string>> {
  const { pages, faults } = await reach(page, start);
  expect(faults).toEqual([]);
  return new Set(pages.keys());
}

/** Everything that was opened: the first address of each shape that is a page, and what is wrong. */
export interface Reached {
  pages: Map<string, string>;
  faults: string[];
}

/** Opens everything that can be reached from `start`. */
export async function reach(page: Page, start: string[]): Promise<Reached> {
  const waiting = [...start];
  /** Every address met, with the page that links to it. */
  const met = new Map(start.map((path) => [path, "the start"]));
  const shapes = new Map<string, number>();
  const pages = new Map<string, string>();
  const faults: string[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const shape = shapeOf(path);
    const times = shapes.get(shape) ?? 0;
    if (times >= (FILE.test(path) ? 1 : PER_SHAPE)) continue;
    shapes.set(shape, times + 1);
    const answer = await page.request.get(path);
    // The files of the notices are throttled for those who take many.
    if (!answer.ok() && answer.status() !== 429) faults.push(`${path}: ${answer.status()}, linked on ${met.get(path)}`);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) {
      pages.set(shape, pages.get(shape) ?? "");
      continue;
    }
    if (answer.ok() && !pages.get(shape)) pages.set(shape, path);
    const text = await answer.text();
    if (text.split("<h1").length !== 2) faults.push(`${path}: not one heading of the first rank`);
    // A word that no language file has is shown by its id. Excerpts of policy files have braces of their own.
    for (const lost of text.replace(/<code>.*?<\/code>/gs, "").match(/[⟦{]\s*\$?[a-z][a-z-]+\s*[}⟧]/g) ?? []) faults.push(`${path}: ${lost}`);
    for (const next of linksOf(text, path)) {
      if (met.has(next)) continue;
      met.set(next, path);
      waiting.push(next);
    }
  }
  return { pages, faults };
}

/** Parts of addresses that say which rows, not which page. */
const ROWS = /\b(after|before|key|fund|side|figure|kind|spending|unit|place|demand|money|q)=[^&]+/g;

function shapeOf(path: string): string {
  return path
    .replace(/[0-9a-f]{32,}/g, "#")
    .replace(ROWS, "$1=#")
    .replace(/\d+/g, "#");
}

/** Links to pages of this site, as addresses. */
function linksOf(text: string, path: string): string[] {
  const found = [...text.matchAll(/<a\b[^>]*\shref="([^"#]+)/g)].map((one) => one[1].replaceAll("&amp;", "&"));
  const own = found.map((href) => new URL(href, `http://site${path}`)).filter((url) => url.host === "site");
  return own.map((url) => url.pathname + url.search);
}
