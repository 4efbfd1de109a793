// Two up, two down, as the people of a county walk it: from the record of the villagers' meeting through two rounds of notices and
// reviews to acceptance and the register of assets. On the book of Xinjiang, with and without script.
import { enter } from "../support/forms";
import { answers, claimOf, differs, isAnother, Life, noticePage, objects, receiptSays } from "../support/life";
import { done, refusedWith } from "../support/money";
import { idOf } from "../support/story";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "life", book: "xinjiang" });
test.describe.configure({ mode: "serial", timeout: 180_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

const FLOW = "two_up_two_down";
/** A project of the demonstration whose money flows. */
const CANALS = "雅瓦乡末级渠系防渗改造";
const PROJECT = "巴扎村巷道硬化和路灯（二期）";
const life = new Life(
  {
    name: PROJECT, class: "village_services", nature: "new_build", plan_year: "2020", village: "喀瓦克乡巴扎村",
    start_on: "2020-04-01", finish_on: "2020-10-31", period: "2020年4月至10月", content: "硬化巷道2公里，安装路灯60盏",
    task: "巷道2公里", unit: "喀瓦克乡扶贫工作站", total: "120", "estimate.unit_price": "1200000", "money_sources.amount": "120",
    households: "187", people: "760", "links.linked_households": "187", "links.linked_people": "760", "links.kind": "job",
    met_on: "2019-11-18", entitled: "42", attended: "38", poor_present: "15", votes_for: "36", votes_against: "1", votes_abstain: "1",
    targets_stated: "true", objection_open: "false",
  },
  ["新疆维吾尔自治区", "和田地区", "墨玉县"],
);
/** What later acts know from earlier ones. */
const known = { flow: "", notice: "", receipt: "", mend: "" };


test("the village files the record of its meeting; without targets nothing is filed", async ({ page }) => {
  await life.on(page, "2019-11-20");
  await enter(page, "village");
  await life.begin(page, FLOW);
  const draft = page.url();
  await life.compose(page, {}, ["targets"]);
  await page.goto(`${draft}/check`);
  await expect(page.locator("main .mend-list li", { hasText: "绩效目标" })).toContainText("二（六）");
  await expect(page.locator('main button[value="submit"]'), "nothing is filed without targets").toHaveCount(0);
  await looks.at(page, "xj-check-lacking");
  await page.goto(`${draft}/targets`);
  await life.part(page);
  await page.goto(draft);
  known.flow = await life.send(page);
  await page.goto("/library?q=" + encodeURIComponent(PROJECT));
  await expect(page.locator("main")).toContainText(PROJECT);
  await looks.at(page, "xj-library");
});

test("the notice in the village: hung with a place, ended only when its days are over", async ({ page }) => {
  await enter(page, "village");
  await life.desk(page, known.flow, "village_notice", { "posting.0": "" });
  await looks.at(page, "xj-notice-desk");
  await refusedWith(page, /村务公开栏/, "post");
  known.notice = await life.post(page, known.flow, "village_notice");
  await life.ending(page, known.flow, "village_notice", "clear");
  await looks.at(page, "xj-notice-running");
  // The township cannot go ahead of it.
  await enter(page, "township");
  await page.goto(`/cases/${known.flow}/do/township_check`);
  await expect(page.locator('main button[value^="outcome:"]')).toHaveCount(0);
});

test("anybody objects and reads the answer; while it is open the notice does not end", async ({ page }) => {
  await page.goto(noticePage(known.flow, known.notice));
  await expect(page.locator("main")).toContainText("墨玉县喀瓦克乡巴扎村");
  await looks.at(page, "xj-public-notice");
  known.receipt = await objects(page, known.flow, known.notice, "巷道走向与去年公布的不一致，绕开了三户。");
  await looks.at(page, "xj-receipt");
  await life.on(page, "2019-12-03");
  await enter(page, "village");
  await page.goto(`/cases/${known.flow}/do/village_notice`);
  await life.refused(page, /异议.*二（三）/s, "clear");
  await enter(page, "township");
  await answers(page, known.flow, true, "属实，请村里按去年公布的走向修改。");
  await receiptSays(page, known.receipt, /按去年公布的走向修改/);
  await enter(page, "village");
  await life.end(page, known.flow, "village_notice", "upheld", { opinion: "异议成立，修改走向" });
  await life.refile(page, FLOW, known.flow, "village_propose", { content: "按去年公布的走向硬化巷道2.2公里，安装路灯60盏" });
  await differs(page, known.flow, "2", "硬化巷道2公里", "硬化巷道2.2公里");
  await looks.at(page, "xj-differences");
  await life.post(page, known.flow, "village_notice");
  await life.on(page, "2019-12-16");
  await enter(page, "village");
  await life.end(page, known.flow, "village_notice", "clear");
});

test("the township looks at seven things, the department finds and sends down", async ({ page }) => {
  await enter(page, "township");
  await life.desk(page, known.flow, "township_check", { "check.budget": "no" });
  await looks.at(page, "xj-township-desk");
  await life.refused(page, /资金概算合理/, "pass");
  await life.step(page, known.flow, "township_check", "pass");
  await life.does(page, "department", known.flow, "first_review", "findings", { findings: "路灯数量偏多，请核减到40盏" });
  await life.step(page, known.flow, "down_one", "");
  await enter(page, "village");
  await life.refile(page, FLOW, known.flow, "village_revise", { content: "硬化巷道2.2公里，安装路灯40盏" });
  await life.post(page, known.flow, "second_notice");
  await life.on(page, "2019-12-30");
  await enter(page, "village");
  await life.end(page, known.flow, "second_notice", "clear");
  await life.does(page, "township", known.flow, "township_resubmit", "pass");
});

test("department and line department sign; the group decides on whole targets only", async ({ page }) => {
  await life.does(page, "department", known.flow, "second_review", "pass", { targets_stated: "false" });
  await life.does(page, "line", known.flow, "line_review", "pass");
  await enter(page, "group");
  await page.goto(`/cases/${known.flow}/do/group_decide`);
  await expect(page.locator('main button[value^="outcome:"]'), "one of two is not both").toHaveCount(0);
  await life.does(page, "department", known.flow, "line_review", "pass");
  await enter(page, "group");
  await life.desk(page, known.flow, "group_decide", { document: "墨扶领〔2020〕2号", "note.document": "墨扶领〔2020〕2号" });
  await looks.at(page, "xj-group-desk");
  // It looks like the first phase: somebody has to say whether it is the same.
  await life.refused(page, /相近项目.*二（三）/s, "approve");
  await isAnother(page, known.flow, "一期在村东，二期在村西，地段不重叠");
  await life.desk(page, known.flow, "group_decide", { "note.document": "墨扶领〔2020〕2号" });
  await life.refused(page, /绩效目标.*二（六）/s, "approve");
  await life.step(page, known.flow, "group_decide", "return", { opinion: "绩效目标写完整、可以衡量再报", "note.document": "无" });
  await life.does(page, "department", known.flow, "second_review", "pass", { targets_stated: "true" });
  await life.step(page, known.flow, "line_review", "pass");
  await life.does(page, "line", known.flow, "line_review", "pass");
  await life.does(page, "group", known.flow, "group_decide", "approve", { "note.document": "墨扶领〔2020〕2号" });
});

test("works do not start before the people who answer for them are named", async ({ page }) => {
  await life.does(page, "department", known.flow, "down_two");
  await enter(page, "township");
  await life.desk(page, known.flow, "start_work");
  await life.refused(page, /责任单位.*责任人.*三（二）/s, "");
  await enter(page, "department");
  await life.step(page, known.flow, "name_people", "");
  await life.post(page, known.flow, "project_notice");
  await life.does(page, "office", known.flow, "file_plan");
  await life.does(page, "township", known.flow, "start_work");
  await life.on(page, "2020-01-20");
  await enter(page, "department");
  await life.end(page, known.flow, "project_notice", "clear");
  await page.goto(`/cases/${known.flow}`);
  await looks.at(page, "xj-case");
});

test("an order to mend stops the money of a project until it is mended", async ({ page }) => {
  await enter(page, "department");
  known.mend = await life.order(page, "rectification", CANALS);
  await looks.at(page, "xj-order");
  await enter(page, "unit-water");
  await claimOf(page, CANALS, "canals", "20191201");
  await refusedWith(page, /整改/);
  await looks.at(page, "xj-claim-stopped");
  await enter(page, "township");
  await life.desk(page, known.mend, "rectify_done", {}, ["rectify_evidence"]);
  await life.refused(page, /整改证据/, "");
  await life.step(page, known.mend, "rectify_done", "");
  await life.does(page, "office", known.mend, "rectify_check", "mended");
  await enter(page, "unit-water");
  await claimOf(page, CANALS, "canals", "20191201");
  await done(page);
});

test("targets are watched, and what falls behind is put right by its day", async ({ page }) => {
  await enter(page, "department");
  await page.goto("/library?q=" + encodeURIComponent(CANALS));
  await page.locator("main").getByRole("link", { name: CANALS, exact: true }).first().click();
  const canals = idOf(page);
  await life.desk(page, canals, "monitor", { indicator: "防渗渠道", aim: "24公里", reached: "14公里", deviation: "比计划少6公里" });
  await looks.at(page, "xj-monitor");
  await done(page, "outcome:must_mend");
  await life.step(page, canals, "monitor_order", "", { due: "2020-02-14" });
  await life.on(page, "2020-02-17");
  await enter(page, "unit-water");
  await claimOf(page, CANALS, "canals", "20200201");
  await refusedWith(page, /纠正偏离.*二（六）/s);
  await life.does(page, "unit-water", canals, "monitor_mend");
  await enter(page, "unit-water");
  await claimOf(page, CANALS, "canals", "20200201");
  await done(page);
});

test("what fails is mended and seen again; then it is handed over with its assets", async ({ page }) => {
  await life.on(page, "2020-03-02");
  await life.does(page, "village", known.flow, "finish_work");
  await enter(page, "department");
  await life.desk(page, known.flow, "complete", { "check.quality": "no" });
  await life.refused(page, /质量合格/, "pass");
  await life.step(page, known.flow, "complete", "mend", { opinion: "两段路面开裂，返工后再验", "check.quality": "no" });
  await life.does(page, "village", known.flow, "finish_work", "", { built: "开裂两段已返工" });
  await enter(page, "department");
  await life.step(page, known.flow, "complete", "pass");
  await life.step(page, known.flow, "hand_over", "");
  await page.goto(`/cases/${known.flow}?tab=timeline`);
  await expect(page.locator("main")).toContainText("移交使用并登记资产");
  await looks.at(page, "xj-timeline");
});

test("the unit evaluates itself, the department scores, the group decides on the use", async ({ page }) => {
  await life.does(page, "township", known.flow, "self_evaluate", "", { total: "120", used: "118.5" });
  await enter(page, "department");
  const scores = { indicator: "硬化巷道2.2公里", weight: "100", grade: "excellent" };
  await life.desk(page, known.flow, "evaluate", { ...scores, reached: "89.9" });
  await looks.at(page, "xj-scores");
  await life.refused(page, /绩效评价总分.*90%.*二（六）/s, "");
  await life.step(page, known.flow, "evaluate", "", { ...scores, reached: "92" });
  await page.goto(`/cases/${known.flow}?tab=timeline`);
  await page.locator("main").getByRole("link", { name: "查看填写的表格" }).first().click();
  await expect(page.locator("main")).toContainText("92%");
  await looks.at(page, "xj-scored");
  await life.does(page, "finance", known.flow, "evaluation_review", "pass");
  await life.does(page, "office", known.flow, "evaluation_review", "pass");
  await life.does(page, "group", known.flow, "evaluation_use", "approve");
});

test("what was handed over has its yearly return; what lies idle waits for its measures", async ({ page }) => {
  await life.on(page, "2021-01-11");
  await enter(page, "village");
  const idle = { asset_state: "idle", state_what: "路灯60盏中有8盏不亮，2020年10月起", measures: "更换蓄电池" };
  const none = { income: "0", to_poor: "0", to_village: "0", households: "187", people: "760" };
  const of = await life.file(page, "asset_return", { return_year: "2020", ...idle, ...none }, known.flow);
  await enter(page, "department");
  await life.desk(page, of, "return_check");
  await looks.at(page, "xj-return-desk");
  await life.refused(page, /措施已复查到位.*二（三）/s, "pass");
  await life.step(page, of, "return_order", "", { due: "2021-02-05" });
  await life.does(page, "village", of, "return_measures");
  await life.does(page, "department", of, "return_recheck", "mended");
  await life.step(page, of, "return_check", "pass");
  await page.goto("/duties");
  await expect(page.locator("main")).toContainText("资产年报");
});
