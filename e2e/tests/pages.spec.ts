// Every page of every role in the filled demonstration: it opens, no link is dead, axe finds nothing, nothing runs over. The
// document is the same without script, so this runs once (@script); the journey looks at its pages both ways.
import type { Page } from "@playwright/test";
import { enter, press } from "../support/forms";
import { crawl } from "../support/crawl";
import { expect, look, Looks, test } from "../support/test";

test.use({ stage: "pages" });
test.describe.configure({ timeout: 240_000 });

/** Looks at addresses under names. */
async function lookAt(page: Page, all: Record<string, string>): Promise<void> {
  const looks = new Looks();
  for (const [name, path] of Object.entries(all)) {
    expect((await page.goto(path))?.status(), path).toBe(200);
    await looks.at(page, name);
  }
  looks.end();
}

/** The address of the first link whose address matches. */
async function linkTo(page: Page, at: string, pattern: RegExp): Promise<string> {
  await page.goto(at);
  const all = await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const found = all.find((href) => pattern.test(href));
  expect(found, `a link like ${pattern} on ${at}`).toBeDefined();
  return found ?? "";
}

/** The case of a title in a list of cases, of one procedure. */
async function caseOf(page: Page, title: string, number: string): Promise<string> {
  await page.goto("/cases");
  const line = page.locator("main tr", { hasText: title }).filter({ hasText: number });
  return (await line.first().getByRole("link").first().getAttribute("href")) ?? "";
}

/** Who opens everything, and a page that only this role has. */
const EVERYBODY: [string, string][] = [
  ["ndrc", "/years/#/amend"],
  ["ndrc-pay", "/cases/#/do/disburse"],
  ["cooperation", "/plans/#"],
  ["finance", "/money/fund:tianjin"],
  ["group-work", "/plans/#"],
  ["group", "/plans/#"],
  ["adviser-2", "/cases/#/do/inspect"],
  ["district-jizhou", "/cases/#/do/check"],
  ["jinghai", "/cases/#"],
  ["auditor", "/journal/#"],
  ["sysadmin", "/admin/people/#"],
];

test.describe("@script", () => {
  for (const [login, own] of EVERYBODY) {
    test(`everything that ${login} sees opens`, async ({ page }) => {
      await enter(page, login);
      const shapes = await crawl(page, ["/inbox", "/account", "/"]);
      expect([...shapes]).toContain(own);
    });
  }

  test("everything that the public sees opens", async ({ page }) => {
    const shapes = await crawl(page, ["/"]);
    for (const shape of ["/policy/#", "/policy/a#", "/notices/#", "/notices/#/object", "/qualify"]) expect([...shapes]).toContain(shape);
  });

  test("public pages", async ({ page }) => {
    await lookAt(page, {
      policy: "/policy",
      "policy-7": "/policy/7",
      "policy-11": "/policy/11",
      "policy-annex": "/policy/a3",
      "policy-try": "/policy/try",
      notices: "/notices",
      "notice-over": "/notices/1",
      "sign-in": "/sign-in",
      demo: "/demo",
      api: "/api",
    });
    await page.goto("/qualify");
    for (const [name, text] of Object.entries({ share: "30", paid_in: "1000000", new_invest: "2000000", invest_3y: "2000000", staff: "50", poor_staff: "15", lifted: "50" })) {
      await page.locator(`main [name="${name}"]`).fill(text);
    }
    await page.locator('main [name="mode"][value="project"]').check();
    await press(page, "show");
    await look(page, "qualify-answered");
  });

  test("inbox, cases and every side of a case", async ({ page }) => {
    await enter(page, "ndrc");
    const paid = await caseOf(page, "靖远县肉羊屠宰冷链加工项目", "津助-2019");
    const pages: Record<string, string> = {
      "inbox-ndrc": "/inbox",
      "inbox-done": "/inbox?tab=done",
      "inbox-begun": "/inbox?tab=begun",
      cases: "/cases",
      "case-as-filed": `${paid}/form/1`,
      "case-print": `${paid}/print/1`,
      "duties-all": "/duties",
      "reports-all": "/reports",
      account: "/account",
      password: "/password",
    };
    for (const tab of ["", "timeline", "forms", "papers", "rules", "money", "review", "duties"]) {
      pages[`case-${tab || "overview"}`] = tab ? `${paid}?tab=${tab}` : paid;
    }
    await lookAt(page, pages);
    const secret = await linkTo(page, `${paid}/form/1`, /\/reveal\//);
    await page.goto(secret);
    await look(page, "case-reveal");
  });

  test("money, years, plans", async ({ page }) => {
    await enter(page, "ndrc");
    const objection = await linkTo(page, "/plans/2", /\/objections\/\d+$/);
    await lookAt(page, {
      years: "/years",
      "year-new": "/years/new",
      year: "/years/2020",
      "year-amend": "/years/2020/amend",
      plans: "/plans",
      "plan-done": "/plans/1",
      "plan-noticed": "/plans/2",
      "plan-objection": objection,
      money: "/money",
      "money-account": await linkTo(page, "/money", /^\/money\/fund/),
    });
  });

  test("districts, firms and enterprises", async ({ page }) => {
    await enter(page, "district-jizhou");
    await lookAt(page, { "inbox-district": "/inbox", "cases-district": "/cases", "reports-district": "/reports" });
    await page.goto(await linkTo(page, "/reports", /^\/reports\//));
    await look(page, "report-month");
    await enter(page, "adviser-2");
    await lookAt(page, { "inbox-adviser": "/inbox" });
    await enter(page, "jizhou");
    const waiting = await caseOf(page, "兴隆县山楂深加工项目", "津前-2020");
    await lookAt(page, { "case-waiting": waiting, "case-withdraw": `${waiting}/withdraw`, "inbox-investor": "/inbox" });
  });

  test("journal and administration", async ({ page }) => {
    await enter(page, "auditor");
    await lookAt(page, { journal: "/journal", act: await linkTo(page, "/journal", /^\/journal\/\d+$/), "inbox-empty": "/inbox" });
    await enter(page, "sysadmin");
    const org = await linkTo(page, "/admin/orgs", /^\/admin\/orgs\/\d+$/);
    await lookAt(page, {
      admin: "/admin",
      orgs: "/admin/orgs",
      "org-new": "/admin/orgs/new",
      org,
      person: await linkTo(page, "/admin/orgs/2", /^\/admin\/people\/\d+$/),
    });
  });

  test("pages in English", async ({ page }) => {
    await enter(page, "ndrc");
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    const paid = await caseOf(page, "靖远县肉羊屠宰冷链加工项目", "津助-2019");
    await lookAt(page, {
      "en-front": "/",
      "en-api": "/api",
      "en-inbox": "/inbox",
      "en-case": paid,
      "en-case-rules": `${paid}?tab=rules`,
      "en-plan": "/plans/2",
      "en-policy": "/policy/7",
      "en-qualify": "/qualify",
      "en-money": "/money",
    });
    await enter(page, "jizhou");
    await lookAt(page, { "en-file": "/file/predeclaration" });
  });

  test("what is not there, and what is not for everybody", async ({ page }) => {
    expect((await page.goto("/cases/9999"))?.url(), "whoever is not signed in is asked to").toContain("/sign-in");
    await look(page, "sign-in-asked");
    await enter(page, "district-hedong");
    for (const path of ["/cases/9999", "/cases/nonsense", "/plans/77", "/policy/99", "/notices/99"]) {
      expect((await page.goto(path))?.status(), path).toBeGreaterThanOrEqual(403);
      await expect(page.locator("h1")).toHaveCount(1);
    }
    for (const path of ["/money", "/journal", "/admin", "/years/new", "/plans"]) {
      expect((await page.goto(path))?.status(), path).toBe(403);
    }
    await look(page, "forbidden");
    // Another district's case is no case of this one.
    await enter(page, "ndrc");
    const paid = await caseOf(page, "靖远县肉羊屠宰冷链加工项目", "津助-2019");
    await enter(page, "district-hedong");
    for (const path of [paid, `${paid}/form/1`, `${paid}?tab=money`]) {
      expect([403, 404]).toContain((await page.goto(path))?.status());
    }
  });
});
