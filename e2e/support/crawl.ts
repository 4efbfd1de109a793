// Follows every link that a role sees, without drawing the pages: no dead link, no fault, no page without a heading.
import { type Page, expect } from "@playwright/test";

/** As many addresses of one shape (numbers and hashes aside) are opened; the others are the same page with other data. */
const PER_SHAPE = 3;

/** Opens everything that can be reached from `start`; answers the shapes that were opened. */
export async function crawl(page: Page, start: string[]): Promise<Set<string>> {
  const waiting = [...start];
  /** Every address met, with the page that links to it. */
  const met = new Map(start.map((path) => [path, "the start"]));
  const shapes = new Map<string, number>();
  const faults: string[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const shape = shapeOf(path);
    const times = shapes.get(shape) ?? 0;
    if (times >= PER_SHAPE) continue;
    shapes.set(shape, times + 1);
    const answer = await page.request.get(path);
    if (!answer.ok()) faults.push(`${path}: ${answer.status()}, linked on ${met.get(path)}`);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    const text = await answer.text();
    if (text.split("<h1").length !== 2) faults.push(`${path}: not one heading of the first rank`);
    // A word that no language file has is shown by its id.
    for (const lost of text.match(/[⟦{]\s*\$?[a-z][a-z-]+\s*[}⟧]/g) ?? []) faults.push(`${path}: ${lost}`);
    for (const next of linksOf(text, path)) {
      if (met.has(next)) continue;
      met.set(next, path);
      waiting.push(next);
    }
  }
  expect(faults).toEqual([]);
  return new Set(shapes.keys());
}

function shapeOf(path: string): string {
  return path
    .replace(/[0-9a-f]{32,}/g, "#")
    .replace(/(after|before|key)=[^&]+/g, "$1=#")
    .replace(/\d+/g, "#");
}

/** Links to pages of this site, as addresses. */
function linksOf(text: string, path: string): string[] {
  const found = [...text.matchAll(/<a\b[^>]*\shref="([^"#]+)/g)].map((one) => one[1].replaceAll("&amp;", "&"));
  const own = found.map((href) => new URL(href, `http://site${path}`)).filter((url) => url.host === "site");
  return own.map((url) => url.pathname + url.search);
}
