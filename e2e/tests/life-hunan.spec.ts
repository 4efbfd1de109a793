// The life of a village's project in Hunan: into the library, declared, assessed and approved, its plan with experts, started, built
// within a year, audited, accepted and handed over. On the book of Hunan, with and without script.
import { enter, fillAll } from "../support/forms";
import { answers, claimOf, differs, Life, noticePage, objects, receiptSays } from "../support/life";
import { done, refusedWith } from "../support/money";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "life", book: "hunan" });
test.describe.configure({ mode: "serial", timeout: 180_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

/** A project of the demonstration whose money flows. */
const FRUIT = "龙溪村猕猴桃提质改造";
const PROJECT = "坪上村苗绣扶贫车间";
const life = new Life(
  {
    name: PROJECT, project_class: "industry", nature: "new_project", plan_year: "2019", village: "矮寨镇坪上村", period: "2019年3月至12月",
    content: "新建苗绣车间600平方米，购置绣机24台", total: "150", asked: "120", "sources.amount": "150",
    households: "52", people: "208", poor_households: "46", poor_people: "181", "links.households": "46", "links.people": "181",
    relief_village: "true", "assessors.name": "专家甲（演示）", "experts.name": "专家乙（演示）", offence: "none", plan_content: "车间600平方米，绣机24台", starts_on: "2019-03-01", ends_on: "2019-12-20",
    "budget.amount": "150", "budget.of_subsidy": "120", until: "2019-12-20", number: "吉政函〔2019〕6号",
  },
  ["湖南省", "湘西土家族苗族自治州", "吉首市"],
);
/** What later acts know from earlier ones. */
const known = { entry: "", flow: "", notice: "", receipt: "", order: "" };

test("the village proposes; without the six targets nothing enters the library", async ({ page }) => {
  await life.on(page, "2018-12-24");
  await enter(page, "village-ping");
  await life.begin(page, "library");
  const draft = page.url();
  await life.compose(page, {}, ["targets"]);
  await page.goto(`${draft}/check`);
  await expect(page.locator("main .mend-list li", { hasText: "绩效目标" })).toContainText("第六条");
  await expect(page.locator('main button[value="submit"]')).toHaveCount(0);
  await page.goto(`${draft}/targets`);
  await looks.at(page, "hn-targets");
  await life.part(page);
  await page.goto(draft);
  await looks.at(page, "hn-draft");
  known.entry = await life.send(page);
});

test("the township holds it against the articles; the office enters it", async ({ page }) => {
  await enter(page, "township");
  await life.desk(page, known.entry, "library_check", { "check.willing": "no" });
  await life.refused(page, /自愿.*第五条（二）/s, "pass");
  await life.step(page, known.entry, "library_check", "pass");
  await life.does(page, "office", known.entry, "library_enter", "enter");
  await looks.at(page, "hn-library-case");
  await page.goto("/library?q=" + encodeURIComponent("苗绣"));
  await page.locator("main table").getByRole("link", { name: PROJECT }).first().click();
  await looks.at(page, "hn-library-project");
});

test("declared from the library; the same content twice is refused", async ({ page }) => {
  await enter(page, "village-ping");
  // The book is printed from the draft, to be sealed and filed with it.
  await life.begin(page, "flow", known.entry);
  const draft = page.url();
  await life.compose(page);
  await looks.at(page, "hn-draft-book");
  const print = page.locator('main a[href$="/bound.pdf"]');
  const book = await page.request.get(new URL((await print.getAttribute("href")) ?? "", draft).href);
  expect(book.status()).toBe(200);
  expect(book.headers()["content-type"]).toBe("application/pdf");
  known.flow = await life.send(page);
  await enter(page, "office");
  await life.desk(page, known.flow, "assess", { same_content: "true" });
  await looks.at(page, "hn-assess-desk");
  await life.refused(page, /相同建设内容.*第十四条/s, "pass");
  await fillAll(page, { "fact.same_content": "false" });
  await done(page, "outcome:pass");
  await life.step(page, known.flow, "select", "pass");
  await life.does(page, "group", known.flow, "settle", "pass");
  await life.does(page, "government", known.flow, "decide_project", "approve");
});

test("the portal notice: somebody objects, reads the answer, and only then it ends", async ({ page }) => {
  await enter(page, "office");
  known.notice = await life.post(page, known.flow, "portal_notice");
  await life.ending(page, known.flow, "portal_notice", "clear");
  known.receipt = await objects(page, known.flow, known.notice, "车间选址在河滩上，会不会被淹？");
  await page.goto(noticePage(known.flow, known.notice));
  await looks.at(page, "hn-public-notice");
  await life.on(page, "2019-01-08");
  await enter(page, "office");
  await page.goto(`/cases/${known.flow}/do/portal_notice`);
  await life.refused(page, /异议/, "clear");
  await answers(page, known.flow, false, "选址高出百年一遇水位3米，附测量图。");
  await receiptSays(page, known.receipt, /百年一遇/);
  await enter(page, "office");
  await life.end(page, known.flow, "portal_notice", "answered", { opinion: "意见已核实答复" });
});

test("the plan goes back and comes again; experts first, and no approval by the same hand", async ({ page }) => {
  await enter(page, "village-ping");
  await life.refile(page, "flow", known.flow, "plan_submit", {});
  await enter(page, "office");
  await life.step(page, known.flow, "plan_review", "return", { opinion: "绣机数量与立项批复不一致" });
  await enter(page, "village-ping");
  await life.refile(page, "flow", known.flow, "plan_submit", { plan_content: "车间600平方米，绣机20台" });
  await differs(page, known.flow, "2?of=plan", "绣机24台", "绣机20台");
  await looks.at(page, "hn-differences");
  await enter(page, "office");
  await life.desk(page, known.flow, "plan_review", {}, ["expert_opinion"]);
  await life.refused(page, /专家评审意见|第十条/, "pass");
  await life.step(page, known.flow, "plan_review", "pass");
  await life.desk(page, known.flow, "plan_approve");
  await life.refused(page, /同一人|另一人|审核|审查/, "approve");
  await life.does(page, "office-2", known.flow, "plan_approve", "approve");
  await life.does(page, "finance", known.flow, "money_issued");
});

test("an order to mend stops the money of a project until finance hears that it is mended", async ({ page }) => {
  const bill = { voucher: "tax_invoice", dated: "2018-12-20" };
  await enter(page, "office");
  known.order = await life.order(page, "rectification", FRUIT);
  await life.step(page, known.order, "stop", "");
  await enter(page, "village-long");
  await claimOf(page, FRUIT, "trellis", "20181201", bill);
  await refusedWith(page, /整改|停止/);
  await looks.at(page, "hn-claim-stopped");
  await life.step(page, known.order, "mend", "");
  await life.does(page, "office", known.order, "mend_check", "mended");
  await life.step(page, known.order, "resume", "");
  await enter(page, "village-long");
  await claimOf(page, FRUIT, "trellis", "20181201", bill);
  await done(page);
});

test("started, its notice on site, built, checked by the township", async ({ page }) => {
  await enter(page, "village-ping");
  await life.step(page, known.flow, "file_up", "");
  await life.step(page, known.flow, "selected", "");
  await life.step(page, known.flow, "start", "");
  await life.post(page, known.flow, "site_notice");
  await life.on(page, "2019-02-20");
  await enter(page, "village-ping");
  await life.end(page, known.flow, "site_notice", "clear");
  await life.step(page, known.flow, "progress", "");
  await life.step(page, known.flow, "finished", "");
  await enter(page, "township");
  await life.desk(page, known.flow, "first_check", { "check.board": "no" });
  await life.refused(page, /公示牌.*第十九条/s, "pass");
  await life.step(page, known.flow, "first_check", "pass");
});

test("accepted by its targets and audit, evaluated, handed over with its assets", async ({ page }) => {
  await enter(page, "village-ping");
  await life.begin(page, `flow?case=${known.flow}&step=request_acceptance`);
  const draft = page.url();
  await page.goto(`${draft}/check`);
  // From a subsidy of a million the completion is audited.
  await expect(page.locator("main .mend-list li", { hasText: "审计意见" })).toContainText("第二十条");
  await page.goto(draft);
  await life.compose(page);
  await life.send(page);
  await enter(page, "group");
  await life.desk(page, known.flow, "accept_works");
  await looks.at(page, "hn-accept-desk");
  await done(page, "outcome:qualified");
  await enter(page, "village-ping");
  await life.step(page, known.flow, "hand_over", "");
  await enter(page, "office");
  await life.step(page, known.flow, "assess_effect", "");
  await page.goto(`/cases/${known.flow}`);
  await looks.at(page, "hn-case-done");
});
