// Every page of every role of the books of booked money: opens, holds at every width, axe finds nothing. The document is the same
// without script, so this runs once (@script); the journeys look at their pages both ways.
import { enter } from "../support/forms";
import { reach } from "../support/crawl";
import { BOOKS } from "../support/server";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "money-pages", book: "all" });
// The books are independent of each other: they are looked at side by side.
test.describe.configure({ mode: "parallel", timeout: 480_000 });

/** Pages of those who work with a book; the others are looked at on the first book. */
const BOOK = /^\/(sources|funds|trace|projects|consents|allocations|claims|batches|inbox|library|file|begin|cases|notices|duties|policy$|$)/;

/** What is the same page in other words: the desk of a step, the beginning of a procedure, a form as it was filed. */
const sameAs = (shape: string) => shape.replace(/\/(do|begin|file|paper)\/\w+/, "/$1/*").replace(/[?&](of|against|step|q|year|class|stage)=[^&]*/g, "");

/** Pages that must be reached by somebody in every book. */
const EXPECTED = [
  "/funds", "/funds/flow", "/sources", "/sources/new", "/sources/#", "/sources/#/cash", "/sources/#/cut", "/trace", "/trace/source/#",
  "/trace/payment/#/#", "/projects", "/projects/new", "/projects/#", "/projects/#/lines", "/projects/#/contract", "/projects/#/recover",
  "/projects/#/close", "/projects/#/doubt/#", "/allocations", "/allocations/new", "/allocations/#", "/claims", "/claims/new", "/claims/#",
  "/claims/#/do/claim_check", "/claims/#/do/claim_decide", "/batches", "/batches/new", "/batches/#", "/batches/#/results",
  "/batches/#/unclear/#", "/batches/#/release-line/#", "/batches/exceptions",
  "/library", "/library/#", "/file", "/cases", "/cases/#", "/cases/#?tab=timeline", "/cases/#?tab=forms", "/cases/#?tab=related",
  "/cases/#?tab=talk", "/cases/#/form/#", "/inbox?tab=copies",
];

/** What a book has besides. */
const OWN = {
  tongzhou: ["/claims/#/edit", "/allocations/#/do/consult_area", "/allocations/#/do/file_payment"],
  jizhou: ["/begin/rectification", "/consents", "/consents/new?place=#&demand=#", "/allocations/#/do/approve"],
  xinjiang: ["/begin/rectification", "/cases/#?tab=notices", "/projects/#/paper/project_reply", "/allocations/#/do/file"],
  hunan: ["/begin/rectification", "/file/library", "/cases/#?tab=notices", "/projects/#/paper/responsibility_letter", "/allocations/#/do/group_review"],
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
      const [seen, looked] = [new Set<string>(), new Set<string>()];
      for (const login of roles) {
        await enter(page, login);
        const reached = await reach(page, ["/inbox", "/account", "/"]);
        faults.push(...reached.faults.map((fault) => `${login}: ${fault}`));
        for (const [shape, path] of reached.pages) {
          seen.add(shape);
          if (looked.has(sameAs(shape)) || path === "" || !BOOK.test(shape)) continue;
          looked.add(sameAs(shape));
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
