// An enterprise is granted once: two applications of one enterprise go all the way to the leading group in one batch, and cannot
// both be granted. The document is the same without script, so this runs once (@script); the journey goes this way both ways.
import { allHold, enter, fillAll, moveTo, press, uploadAll } from "../support/forms";
import {
  APPLICATION, FIRM, MINUTES, MONTHS, NOTICE, PREDECLARATION, TABLES, decide, districtFacts, errorsOf, fillParts, idOf, investor,
  noErrors,
} from "../support/story";
import { expect, look, test } from "../support/test";

test.use({ stage: "second-grant" });
test.describe.configure({ mode: "serial", timeout: 120_000 });

/** An enterprise of the demonstration whose first application waits for a plan. */
const LOGIN = "lvye";
const INVESTOR = "天津绿野菌业有限公司";
const COMPANY = "清水绿野食用菌有限公司";
const DISTRICT = "district-baodi";
const COUNTY: [string, string, string] = ["甘肃省", "天水市", "清水县"];
/** Its second project. */
const PROJECT = "清水县食用菌深加工二期项目";
const FIRST_PROJECT = "清水县食用菌工厂化种植项目";

/** The numbers of the cases: as they stand in addresses, and as people name them. */
const known = { first: "", firstNumber: "", second: "", secondNumber: "", plan: "" };

test("the enterprise declares and applies a second time @script", async ({ page }) => {
  await enter(page, LOGIN);
  await page.goto("/cases");
  const line = page.locator("main tr", { hasText: FIRST_PROJECT }).filter({ hasText: "津助-2020" });
  known.first = ((await line.getByRole("link").first().getAttribute("href")) ?? "").split("/").pop() ?? "";
  known.firstNumber = /津助-2020-\d+/.exec(await line.innerText())?.[0] ?? "";
  await page.goto(`/cases/${known.first}/form/1`);
  const code = /91620521\w{10}/.exec(await page.locator("main").innerText())?.[0] ?? "";
  expect(code, "the code of the enterprise on its first application").not.toBe("");
  const place = { county: COUNTY, tables: { ...TABLES, investors: [investor(INVESTOR, "300", "60")] } };
  await page.goto("/file/predeclaration");
  await press(page);
  await fillParts(page, { ...PREDECLARATION, "f.company_name": COMPANY, "f.project_name": PROJECT }, undefined, place);
  const declared = page.url();
  await page.goto(`${declared}/papers`);
  await uploadAll(page);
  await page.goto(`${declared}/check`);
  await page.locator('main input[name="declare"]').check();
  await press(page, "submit");
  const first = idOf(page);
  await moveTo(page, "2020-04-24");
  await enter(page, DISTRICT);
  await page.goto(`/cases/${first}/do/check`);
  await allHold(page, "check.");
  await fillAll(page, {
    opinion: "情况属实，同意。",
    "note.exchange_with": "清水县扶贫办",
    "note.exchange_on": "2020-04-24",
    "note.exchange_result": "电话核实，当地支持。",
  });
  await press(page, "outcome:accept");
  await noErrors(page);
  await moveTo(page, "2020-04-27");
  await enter(page, LOGIN);
  await page.goto("/file/application");
  await page.locator('main input[name="parent"]').first().check();
  await press(page, "begin");
  const draft = page.url();
  const own = { "f.company_credit_code": code, "f.founded_on": "2018-06-15", "f.bank_holder": COMPANY };
  await fillParts(page, { ...APPLICATION, ...MONTHS, ...own }, undefined, place);
  await page.goto(`${draft}/papers`);
  await uploadAll(page);
  await page.goto(`${draft}/check`);
  await page.locator('main input[name="declare"]').check();
  await press(page, "submit");
  await noErrors(page);
  known.second = idOf(page);
  known.secondNumber = /津助-2020-\d+/.exec(await page.locator("main").innerText())?.[0] ?? "";
  expect(known.secondNumber).not.toBe(known.firstNumber);
});

test("district and firm bring the second application to the commission @script", async ({ page }) => {
  const at = (step: string) => page.goto(`/cases/${known.second}/do/${step}`);
  await moveTo(page, "2020-04-28");
  await enter(page, DISTRICT);
  await at("accept");
  await districtFacts(page);
  await fillAll(page, { opinion: "材料齐全，同意受理。" });
  await press(page, "outcome:accept");
  await noErrors(page);
  await at("site_notice");
  if ((await page.locator('main input[name="firm"]').count()) > 0) await page.getByLabel(FIRM).check();
  await fillAll(page, { opinion: "请备齐原件，配合核查。" });
  await press(page, "outcome:");
  await noErrors(page);
  await moveTo(page, "2020-05-08");
  await enter(page, "adviser");
  await at("inspect");
  await allHold(page, "check.");
  await allHold(page, "paper.");
  await press(page, "all");
  await decide(page, "done", "经现场核查，材料与实际相符。");
  await moveTo(page, "2020-05-11");
  await enter(page, DISTRICT);
  await at("propose");
  await decide(page, "support", "同意评审意见，建议资助。");
});

test("both stand in one plan, and only one can be granted @script", async ({ page }) => {
  await moveTo(page, "2020-05-12");
  await enter(page, "ndrc");
  await page.goto("/plans/new");
  await page.locator('main input[name="of"][value="application:2020"]').check();
  await press(page, "draft");
  known.plan = idOf(page);
  const lines = page.locator('main input[name="in"]');
  expect(await lines.evaluateAll((all) => all.map((line) => (line as HTMLInputElement).value).sort())).toEqual([known.first, known.second].sort());
  for (const line of await lines.all()) await line.check();
  await press(page, "save");
  await noErrors(page);
  const at = (step: string) => page.goto(`/plans/${known.plan}/do/${step}`);
  await moveTo(page, "2020-05-13");
  await enter(page, "group-work");
  await at("deliberate");
  await fillAll(page, MINUTES);
  await press(page, "deliberate");
  await noErrors(page);
  await moveTo(page, "2020-05-14");
  await enter(page, "ndrc");
  await at("publicity");
  await fillAll(page, NOTICE);
  await press(page, "post");
  await noErrors(page);
  await moveTo(page, "2020-05-22");
  await enter(page, "ndrc");
  await at("publicity");
  await press(page, "end");
  await noErrors(page);
  await moveTo(page, "2020-05-25");
  await enter(page, "group");
  await at("decide");
  // The page says before anything is sent that the two stand in each other's way.
  await expect(page.locator("main")).toContainText(known.secondNumber);
  await look(page, "plan-decide-twice");
  const verdict = (id: string, what: string) => page.locator(`main input[name="verdict.${id}"][value="${what}"]`).check();
  await verdict(known.first, "grant");
  await verdict(known.second, "grant");
  await fillAll(page, { stamp: "2020-05-25", document: "津扶贫协作领办〔2020〕演示9号" });
  await press(page, "decide");
  const said = await errorsOf(page);
  expect(said, "one of the two is refused, with the article").toMatch(/不符合资助条件.*项目企业已获资助 1次.*第七条第四项.*第十四条/s);
  expect(said.includes(known.firstNumber), "only the one that comes later is refused").not.toBe(said.includes(known.secondNumber));
  await look(page, "plan-decide-twice-refused");
  for (const id of [known.first, known.second]) {
    await expect(page.locator(`main input[name="verdict.${id}"][value="grant"]`), "nothing typed is lost").toBeChecked();
  }
  // One of them is granted, the other refused with its reason.
  await verdict(known.second, "refuse");
  await fillAll(page, { [`why.${known.second}`]: "同一项目企业只资助一次。" });
  await press(page, "decide");
  await noErrors(page);
  await page.goto(`/cases/${known.first}`);
  await expect(page.locator("main")).toContainText(/审定金额.*921,960\.00/s);
  await page.goto(`/cases/${known.second}`);
  await expect(page.locator("main")).toContainText("不予通过");
});
