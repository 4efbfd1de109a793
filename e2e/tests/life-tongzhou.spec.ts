// The life of a project of Tongzhou: into the library with the area's word, declared and approved with its tie to poor households,
// started, finished and accepted by both sides; and what people say to each other beside the steps. On the book of Tongzhou, with
// and without script. The money of such a project is in money.spec.ts.
import { enter } from "../support/forms";
import { beside, differs, isAnother, Life } from "../support/life";
import { forge } from "../support/money";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "life", book: "tongzhou" });
test.describe.configure({ mode: "serial", timeout: 180_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

const PROJECT = "翁牛特旗农产品进京销售渠道补贴（二期）";
const life = new Life(
  {
    name: PROJECT, plan_year: "2020", direction: "sales_channel", period: "2020年3月至11月", content: "进京展销6场，社区专柜20处",
    total: "130", asked: "100", financial_capital: "0", social_capital: "30", poor_households: "120", poor_people: "410",
    "links.link": "order", "links.tied": "120", households: "118",
    // On the register that the area loaded.
    "named_households.head": "王德山", "named_households.head_id": "150426196203141125",
    "named_households.where": "乌丹镇东庄头营子村二组", "named_households.members": "4", "named_households.way": "order",
  },
  ["内蒙古自治区", "赤峰市", "翁牛特旗"],
);
/** What later acts know from earlier ones. */
const known = { entry: "", flow: "" };

test("proposed, verified by the area, entered; one like it is looked at first", async ({ page }) => {
  await life.on(page, "2019-09-02");
  await enter(page, "unit-commerce");
  known.entry = await life.file(page, "library");
  await enter(page, "area-ongniud");
  await life.desk(page, known.entry, "library_verify", { "check.households": "no" });
  await life.refused(page, /建档立卡/, "pass");
  await life.step(page, known.entry, "library_verify", "pass");
  await enter(page, "office");
  await life.desk(page, known.entry, "library_enter");
  await life.refused(page, /相近项目.*第十一条（一）/s, "enter");
  await page.goto(`/cases/${known.entry}?tab=related`);
  await looks.at(page, "tz-alike");
  await isAnother(page, known.entry, "一期2019年已经验收，二期的专柜和场次都是新的");
  await life.step(page, known.entry, "library_enter", "enter");
});

test("without a tie to poor households nothing is approved; it goes back and comes again", async ({ page }) => {
  await enter(page, "unit-commerce");
  known.flow = await life.file(page, "flow", { poor_households: "0", poor_people: "0" }, known.entry);
  await enter(page, "office");
  await page.goto(`/cases/${known.flow}/do/decide_project`);
  await expect(page.locator('main button[value^="outcome:"]'), "not before it was verified").toHaveCount(0);
  await life.does(page, "area-ongniud", known.flow, "verify_project", "pass");
  await enter(page, "office");
  await life.desk(page, known.flow, "decide_project");
  await looks.at(page, "tz-decide-desk");
  await life.refused(page, /贫困户.*第三条/s, "approve");
  await life.step(page, known.flow, "decide_project", "return", { opinion: "写明与多少户建档立卡贫困户挂钩" });
  await enter(page, "unit-commerce");
  await life.refile(page, "flow", known.flow, "declare_project", { poor_households: "120", poor_people: "410" });
  await differs(page, known.flow, "2", "0", "120");
});

test("comments, copies and urging beside the steps; who is kin cannot act", async ({ page }) => {
  await enter(page, "office");
  await beside(page, known.flow, "comment", { comment: "请关注上一年专柜的营业情况" });
  await beside(page, known.flow, "copy", { copy_role: "tz_finance", copy: "请一并测算资金" });
  await beside(page, known.flow, "urge", { urge_step: "verify_project", urge: "请在本周之内核实" });
  await looks.at(page, "tz-talk");
  await enter(page, "finance");
  await page.goto("/inbox?tab=copies");
  await expect(page.locator("main")).toContainText(PROJECT);
  await looks.at(page, "tz-inbox-copies");
  await enter(page, "area-ongniud");
  await page.goto("/inbox");
  await expect(page.locator("main tr", { hasText: PROJECT })).toContainText("催办");
  await looks.at(page, "tz-inbox-urged");
  await life.step(page, known.flow, "verify_project", "pass");
  // One of the office is kin of the contractor and steps aside; another decides.
  await enter(page, "office");
  await beside(page, known.flow, "recuse", { recuse: "与承办企业负责人是近亲属" });
  await life.desk(page, known.flow, "decide_project");
  await life.refused(page, /回避/, "approve");
  await life.does(page, "office-2", known.flow, "decide_project", "approve");
});

test("started, reported, finished; both sides accept, and neither the unit itself", async ({ page }) => {
  await enter(page, "unit-commerce");
  await life.step(page, known.flow, "start", "");
  await life.step(page, known.flow, "progress", "");
  await life.step(page, known.flow, "finished", "");
  const own = await forge(page, `/cases/${known.flow}/do/accept_works`, { act: "outcome:pass", opinion: "自己验收" });
  expect(own.status, "a unit does not accept its own works").toBeGreaterThanOrEqual(403);
  await enter(page, "office-2");
  await life.desk(page, known.flow, "accept_works", { "check.effect": "no" });
  await life.refused(page, /成效属实/, "pass");
  await life.step(page, known.flow, "accept_works", "mend", { opinion: "户数与花名册对不上，核实后再验" });
  await life.does(page, "unit-commerce", known.flow, "finished", "", { households: "116" });
  await life.does(page, "office-2", known.flow, "accept_works", "pass");
  await life.does(page, "area-ongniud", known.flow, "accept_works", "pass");
  await page.goto(`/cases/${known.flow}?tab=timeline`);
  await looks.at(page, "tz-timeline");
});
