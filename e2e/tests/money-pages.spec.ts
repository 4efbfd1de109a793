// Every page of every role of the books of booked money: opens, holds at every width, axe finds nothing. The document is the same
// without script, so this runs once (@script); the journeys look at their pages both ways.
import { enter } from "../support/forms";
import { reach } from "../support/crawl";
import { BOOKS } from "../support/server";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "money-pages", book: "all" });
// The books are independent of each other: they are looked at side by side.
test.describe.configure({ mode: "parallel", timeout: 240_000 });

/** Pages of those who work with a book; the others are looked at on the first book. */
const MONEY = /^\/(sources|funds|trace|projects|consents|allocations|claims|batches|inbox|policy$|$)/;

/** Pages that must be reached by somebody in every book. */
const EXPECTED = [
  "/funds", "/funds/flow", "/sources", "/sources/new", "/sources/#", "/sources/#/cash", "/sources/#/cut", "/trace", "/trace/source/#",
  "/trace/payment/#/#", "/projects", "/projects/new", "/projects/#", "/projects/#/lines", "/projects/#/contract", "/projects/#/recover",
  "/projects/#/close", "/projects/#/doubt/#", "/allocations", "/allocations/new", "/allocations/#", "/claims", "/claims/new", "/claims/#",
  "/claims/#/do/claim_check", "/claims/#/do/claim_decide", "/batches", "/batches/new", "/batches/#", "/batches/#/results",
  "/batches/#/unclear/#", "/batches/#/release-line/#", "/batches/exceptions",
];

/** What a book has besides. */
const OWN = {
  tongzhou: ["/claims/#/edit", "/allocations/#/do/consult_area", "/allocations/#/do/file_payment"],
  jizhou: ["/consents", "/consents/new?place=#&demand=#", "/allocations/#/do/approve"],
  xinjiang: ["/projects/#/paper/project_reply", "/allocations/#/do/file"],
  hunan: ["/projects/#/paper/responsibility_letter", "/allocations/#/do/group_review"],
};

for (const book of ["tongzhou", "jizhou", "xinjiang", "hunan"] as const) {
  test.describe(`the book of ${book} @script`, () => {
    test.use({ at: book });

    test("everything that anybody sees opens and is fit to be read", async ({ page }) => {
      await page.goto("/demo");
      const roles = await page.locator("button[data-role]").evaluateAll((all) => all.map((one) => one.getAttribute("data-login") ?? ""));
      expect(roles.length).toBeGreaterThan(8);
      const looks = new Looks();
      const faults: string[] = [];
      const seen = new Set<string>();
      for (const login of roles) {
        await enter(page, login);
        const reached = await reach(page, ["/inbox", "/account", "/"]);
        faults.push(...reached.faults.map((fault) => `${login}: ${fault}`));
        for (const [shape, path] of reached.pages) {
          if (seen.has(shape)) continue;
          seen.add(shape);
          if (path === "" || !MONEY.test(shape)) continue;
          await page.goto(path);
          await looks.at(page, `${book}-${login}-${shape.replace(/[^a-z0-9]+/g, "-")}`);
        }
      }
      expect.soft(faults).toEqual([]);
      expect.soft([...EXPECTED, ...OWN[book]].filter((shape) => !seen.has(shape)), "pages that nobody reaches").toEqual([]);
      looks.end();
    });
  });
}

test("each book leads to the others @script", async ({ page, server }) => {
  for (const book of BOOKS) {
    await page.goto(`${server.books[book]}/`);
    for (const other of BOOKS.filter((one) => one !== book)) {
      await expect(page.locator(`a[href="${server.books[other]}/"]`).first()).toBeVisible();
    }
  }
  // Who is signed in to one book stays so while looking at another.
  await page.goto(`${server.books.hunan}/demo`);
  await page.locator('button[data-login="office"]').click();
  await page.goto(`${server.books.jizhou}/`);
  await expect(page.locator(".person-name")).toHaveCount(0);
  await page.goto(`${server.books.hunan}/inbox`);
  await expect(page.locator(".person-name")).toBeVisible();
});
