// The life of a township's industry project in Jizhou: declared in its window or with reasons, argued by experts, handed in whole,
// approved, bought, built, accepted and put on file. On the book of Jizhou, with and without script.
import { enter, fillAll, press } from "../support/forms";
import { claimOf, differs, Life } from "../support/life";
import { done, refusedWith } from "../support/money";
import { errorsOf } from "../support/story";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "life", book: "jizhou" });
test.describe.configure({ mode: "serial", timeout: 180_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

const PROJECT = "下营镇板栗烘干和分选车间";
const life = new Life(
  {
    name: PROJECT, class: "processing", program: "y2020", village: "下营镇", content: "烘干线2条，分选线1条",
    start_on: "2020-03-01", finish_on: "2020-11-30", total: "200", asked: "200", "own_villages.amount": "200",
    "own_villages.own_village": "下营镇东山村等4村", "own_villages.consent": "true", over_limit: "false", late_allowed: "true", copies: "6",
    verdict: "verdict_pass", "bought.amount": "1980000", value: "1980000", "fact.declared_on": "2019-12-27",
  },
  ["天津市", "蓟州区"],
);
/** What later acts know from earlier ones. */
const known = { case: "", order: "" };

test("after the last day it is filed only with its reason; never above the villages' money", async ({ page }) => {
  await life.on(page, "2019-12-27");
  await enter(page, "xiaying");
  await life.begin(page, "declaration");
  const draft = page.url();
  await life.compose(page);
  await page.goto(`${draft}/money_part`);
  await fillAll(page, { "f.asked": "260", "f.total": "260" });
  await refusedWith(page, /本镇乡困难村资金总额/, "save");
  await looks.at(page, "jz-part-refused");
  await fillAll(page, { "f.asked": "200", "f.total": "200" });
  await press(page, "save");
  await page.goto(`${draft}/check`);
  // Of the rules only those of this matter are shown: nothing of what villages are paid later.
  const panel = page.locator("main .card", { hasText: "资格条件" }).first();
  await expect(panel).toContainText("2,000,000.00");
  await expect(panel).not.toContainText("村集体收入");
  await page.locator('main input[name="declare"]').check();
  await press(page, "submit");
  expect(await errorsOf(page)).toMatch(/截止.*三（三）|逾期/s);
  await looks.at(page, "jz-late-refused");
  await page.goto(`${draft}/basic`);
  await life.part(page, { late: "村民代表会议11月才开成，区农委电话同意补报" });
  await page.goto(draft);
  known.case = await life.send(page);
  await page.goto("/library?late=1");
  await expect(page.locator("main")).toContainText(PROJECT);
});

test("accepted by its checklist; the experts send it back, and what changed is seen", async ({ page }) => {
  await enter(page, "agri");
  await life.desk(page, known.case, "accept", { "check.own_money": "no" });
  await looks.at(page, "jz-accept-desk");
  await life.refused(page, /账上相符/, "accept");
  await life.step(page, known.case, "accept", "accept");
  await life.desk(page, known.case, "experts", { opinion: "" });
  await life.refused(page, /意见|原因|理由/, "revise");
  await life.step(page, known.case, "experts", "revise", { opinion: "分选能力不足，方案改为两条分选线" });
  await enter(page, "xiaying");
  await life.refile(page, "declaration", known.case, "submit", { content: "烘干线2条，分选线2条" });
  await differs(page, known.case, "2", "分选线1条", "分选线2条");
  await looks.at(page, "jz-differences");
  await enter(page, "agri");
  await life.step(page, known.case, "accept", "accept");
  await life.step(page, known.case, "experts", "pass");
});

test("the formal file in six copies; reviewed and approved", async ({ page }) => {
  await enter(page, "xiaying");
  await life.refile(page, "declaration", known.case, "formal", {});
  await enter(page, "agri");
  await life.desk(page, known.case, "review", { "check.consents": "no" });
  await life.refused(page, /同意统筹/, "report");
  await life.step(page, known.case, "review", "report");
  await enter(page, "government");
  await life.step(page, known.case, "reply", "approve");
  await life.does(page, "agri", known.case, "file_city");
});

test("no works before what was bought is on record", async ({ page }) => {
  await enter(page, "xiaying");
  await page.goto(`/cases/${known.case}/do/start_work`);
  await expect(page.locator('main button[value^="outcome:"]')).toHaveCount(0);
  await looks.at(page, "jz-not-open");
  await life.step(page, known.case, "procure", "");
  await life.step(page, known.case, "start_work", "");
  await life.step(page, known.case, "progress_report", "");
  await enter(page, "agri");
  await life.step(page, known.case, "supervise", "");
  await page.goto(`/cases/${known.case}`);
  // What may be begun from here stands on the first tab, and there are no tabs of grants.
  await expect(page.locator("main")).toContainText("抽查督导发现问题的整改");
  await expect(page.locator('main a[href$="tab=review"]')).toHaveCount(0);
  await looks.at(page, "jz-case");
});

test("an order to mend stops the money of a project until it is mended", async ({ page }) => {
  await enter(page, "agri");
  known.order = await life.order(page, "rectification", "下营镇精品民宿");
  await enter(page, "xiaying");
  await claimOf(page, "下营镇精品民宿", "rooms", "20191201");
  await refusedWith(page, /整改/);
  await looks.at(page, "jz-claim-stopped");
  await life.step(page, known.order, "rectify_done", "");
  await life.does(page, "agri", known.order, "rectify_check", "again", { opinion: "两处屋面仍渗水" });
  await life.does(page, "xiaying", known.order, "rectify_done");
  await life.does(page, "agri", known.order, "rectify_check", "mended");
  await enter(page, "xiaying");
  await claimOf(page, "下营镇精品民宿", "rooms", "20191202");
  await done(page);
});

test("mended where it failed, accepted, handed over and put on file", async ({ page }) => {
  await life.does(page, "xiaying", known.case, "finish_work");
  await enter(page, "agri");
  await life.desk(page, known.case, "complete", {}, ["acceptance_opinion"]);
  await life.refused(page, /验收意见/, "pass");
  await life.step(page, known.case, "complete", "mend", { opinion: "除尘设备没有装" });
  await life.does(page, "xiaying", known.case, "finish_work");
  await life.does(page, "agri", known.case, "complete", "pass");
  await enter(page, "xiaying");
  await life.step(page, known.case, "hand_over", "");
  await life.step(page, known.case, "archive", "");
  await page.goto(`/cases/${known.case}?tab=forms`);
  await expect(page.locator("main")).toContainText("固定资产登记表");
  await looks.at(page, "jz-forms");
});
