// The main job, as people do it: an enterprise checks whether it qualifies, registers, pre-declares, applies; district, firm,
// commission, working group, public, leading group and finance do their parts; the money arrives. With and without script.
import { allHold, enter, fillAll, moveTo, press, uploadAll } from "../support/forms";
import {
  APPLICATION, COMPANY, DISTRICT, EARLY, FIRM, INVESTOR, MINUTES, MONTHS, NOTICE, PREDECLARATION, PROJECT, REGISTRATION,
  decide, districtFacts, enterAsInvestor, errorsOf, fillParts, fromInbox, idOf, noErrors,
} from "../support/story";
import { expect, Looks, test } from "../support/test";

// One story in many acts, in order, on a demonstration of its own.
test.use({ stage: "journey" });
test.describe.configure({ mode: "serial", timeout: 240_000 });

/** What is wrong with pages fails the story at its end, after everybody has done their part. */
const looks = new Looks();
test.afterAll(() => looks.end());

/** What later acts know from earlier ones. */
const known = { predeclared: "", applied: "", plan: "", receipt: "", items: [] as string[] };

test("anybody sees whether an enterprise would qualify", async ({ page }) => {
  await page.goto("/qualify");
  await looks.at(page, "qualify");
});

test("an enterprise registers", async ({ page }) => {
  await page.goto("/register");
  await press(page, "register");
  await expect(page.locator(".error-summary")).toBeVisible();
  await looks.at(page, "register-empty");
  // A mistyped credit code is found by its check character, and nothing typed is lost.
  await fillAll(page, { ...REGISTRATION, code: "91120102MA6H7701XX" });
  await press(page, "register");
  expect(await errorsOf(page)).toContain("信用代码");
  await expect(page.locator('[name="name"]')).toHaveValue(INVESTOR);
  await fillAll(page, REGISTRATION);
  await press(page, "register");
  await noErrors(page);
  await looks.at(page, "registered");
});

test("it files the pre-declaration", async ({ page }) => {
  await enterAsInvestor(page);
  await page.goto("/file");
  await looks.at(page, "file");
  await page.goto("/file/predeclaration");
  await press(page);
  await looks.at(page, "draft-tasks");
  const draft = page.url();
  await fillParts(page, PREDECLARATION);
  await page.goto(`${draft}/papers`);
  await uploadAll(page);
  await looks.at(page, "draft-papers");
  await page.goto(`${draft}/check`);
  await looks.at(page, "draft-check");
  await page.locator('main input[name="declare"]').check();
  await press(page, "submit");
  await expect(page.locator("main")).toContainText("津前-2020-");
  known.predeclared = idOf(page);
  await looks.at(page, "filed");
});

test("the district sends it back with a reason", async ({ page }) => {
  await enter(page, DISTRICT);
  await fromInbox(page, PROJECT);
  await expect(page).toHaveURL(new RegExp(`/cases/${known.predeclared}/do/check$`));
  await looks.at(page, "desk-check");
  // Without a reason it cannot be sent back.
  await press(page, "outcome:return");
  expect(await errorsOf(page)).not.toBe("");
  await looks.at(page, "desk-check-refused");
  await decide(page, "return", "固定资产投资与立项文件不一致，请核对后重新提交。");
  await expect(page.locator("main")).toContainText("退回补正");
});

test("the enterprise mends it and files again", async ({ page }) => {
  await moveTo(page, "2020-04-24");
  await enterAsInvestor(page);
  await fromInbox(page, PROJECT);
  await press(page, "begin");
  await expect(page.locator("main")).toContainText("固定资产投资与立项文件不一致");
  await looks.at(page, "draft-returned");
  const draft = page.url();
  await fillParts(page, { "f.fixed_assets": "460.5" });
  await page.goto(`${draft}/check`);
  await expect(page.locator("main ins", { hasText: "460.5" })).toBeVisible();
  await expect(page.locator("main del", { hasText: "420.5" })).toBeVisible();
  await page.locator('main input[name="declare"]').check();
  await press(page, "submit");
  expect(idOf(page), "the same case").toBe(known.predeclared);
  await page.goto(`/cases/${known.predeclared}/form/2`);
  await expect(page.locator("main ins", { hasText: "460.5" })).toBeVisible();
  await looks.at(page, "form-changed");
});

test("the district accepts the pre-declaration", async ({ page }) => {
  await moveTo(page, "2020-04-27");
  await enter(page, DISTRICT);
  await fromInbox(page, PROJECT);
  await expect(page.locator("main ins", { hasText: "460.5" })).toBeVisible();
  // The exchange with the receiving area belongs to the answer.
  await allHold(page, "check.");
  await fillAll(page, { opinion: "情况属实，同意。" });
  await press(page, "outcome:accept");
  expect(await errorsOf(page)).toContain("交流");
  await fillAll(page, {
    "note.exchange_with": "皋兰县扶贫办",
    "note.exchange_on": "2020-04-26",
    "note.exchange_result": "电话核实，项目已开工，当地支持。",
  });
  await press(page, "outcome:accept");
  await noErrors(page);
  await expect(page.locator("main")).toContainText("已同意");
});

test("the enterprise applies with all tables", async ({ page }) => {
  await moveTo(page, "2020-04-28");
  await enterAsInvestor(page);
  await page.goto("/file/application");
  await looks.at(page, "apply-begin");
  await page.locator('main input[name="parent"]').first().check();
  await press(page, "begin");
  const draft = page.url();
  await looks.at(page, "apply-tasks");
  const seen = ["company", "conditions", "investors", "assets", "labour"];
  await fillParts(page, { ...APPLICATION, ...MONTHS }, async (part) => {
    if (seen.includes(part)) await looks.at(page, `apply-${part}`);
  });
  await page.goto(`${draft}/assets`);
  await expect(page.locator("main tfoot")).toContainText("3,520,000.00");
  await page.goto(`${draft}/labour`);
  await expect(page.locator("main tfoot")).toContainText("258,000.00");
  await page.goto(`${draft}/papers`);
  await looks.at(page, "apply-papers");
  await uploadAll(page);
  await page.goto(`${draft}/check`);
  const early = page.locator("main tr", { hasText: EARLY });
  await expect(early.filter({ hasText: "早于企业注册之日" })).toBeVisible();
  await looks.at(page, "apply-check");
  // Nothing is filed without the declaration.
  await press(page, "submit");
  expect(await errorsOf(page)).not.toBe("");
  await page.locator('main input[name="declare"]').check();
  await press(page, "submit");
  await expect(page.locator("main")).toContainText("津助-2020-");
  known.applied = idOf(page);
});

test("the district accepts the application and assigns a firm", async ({ page }) => {
  await moveTo(page, "2020-04-29");
  await enter(page, DISTRICT);
  await fromInbox(page, PROJECT);
  await expect(page).toHaveURL(new RegExp(`/cases/${known.applied}/do/accept$`));
  await districtFacts(page);
  await fillAll(page, { opinion: "材料齐全，同意受理。" });
  await looks.at(page, "desk-accept");
  if ((await page.locator('main input[name="firm"]').count()) > 0) await page.getByLabel(FIRM).check();
  await press(page, "outcome:accept");
  await noErrors(page);
  await page.goto(`/cases/${known.applied}/do/site_notice`);
  if ((await page.locator('main input[name="firm"]').count()) > 0) await page.getByLabel(FIRM).check();
  await looks.at(page, "desk-site-notice");
  await fillAll(page, { opinion: "请于核查前备齐原件。" });
  await press(page, "outcome:");
  await noErrors(page);
  await page.goto(`/cases/${known.applied}`);
  await expect(page.locator("main")).toContainText(FIRM);
});

test("the firm verifies line by line", async ({ page }) => {
  await moveTo(page, "2020-05-08");
  await enter(page, "adviser");
  await fromInbox(page, PROJECT);
  await expect(page).toHaveURL(new RegExp(`/cases/${known.applied}/do/inspect$`));
  await expect(page.locator("main table.lines tr", { hasText: EARLY })).toContainText("早于企业注册之日");
  await allHold(page, "check.");
  await allHold(page, "paper.");
  await press(page, "all");
  await looks.at(page, "desk-inspect");
  // One unit of the equipment costs less than declared. A cut needs its reason.
  const cut = page.locator("main table.lines tr", { hasText: "预冷机组" });
  await cut.locator('input[name^="confirmed."]').fill("750000");
  await fillAll(page, { opinion: "经现场核查，材料与实际相符，新增投资已逐笔核定。" });
  await press(page, "outcome:done");
  expect(await errorsOf(page)).toContain("核减");
  await looks.at(page, "desk-inspect-refused");
  await cut.locator('input[name^="reason."]').fill("发票金额为75万元");
  await press(page, "look");
  // 2,600,000 + 750,000 + 258,000 + 54,000 at the year's rate of 25 %.
  await expect(page.locator('[data-part="offer"]')).toContainText("915,500.00");
  await expect(page.locator('[name="amount"]')).toHaveValue("915500.00");
  // More than the rules allow is refused at the amount.
  await fillAll(page, { amount: "915500.01" });
  await press(page, "outcome:done");
  expect(await errorsOf(page)).toMatch(/915,500\.01.*915,500\.00.*第十条/s);
  await fillAll(page, { amount: "915500.00" });
  await press(page, "outcome:done");
  await noErrors(page);
});

test("the district proposes", async ({ page }) => {
  await moveTo(page, "2020-05-11");
  await enter(page, DISTRICT);
  await fromInbox(page, PROJECT);
  await looks.at(page, "desk-propose");
  await decide(page, "support", "同意评审意见，建议资助。");
  await page.goto(`/cases/${known.applied}?tab=review`);
  await expect(page.locator("main tr", { hasText: "预冷机组" })).toContainText("发票金额为75万元");
});

test("the commission makes a plan of all that waits", async ({ page }) => {
  await moveTo(page, "2020-05-12");
  await enter(page, "ndrc");
  await page.goto("/plans");
  await looks.at(page, "plans-waiting");
  await page.goto("/plans/new");
  await looks.at(page, "plan-new");
  await page.locator('main input[name="of"][value="application:2020"]').check();
  await press(page, "draft");
  known.plan = idOf(page);
  await looks.at(page, "plan-empty");
  const lines = page.locator('main input[name="in"]');
  await expect(lines).toHaveCount(2);
  for (const line of await lines.all()) {
    await line.check();
    known.items.push(await line.inputValue());
  }
  expect(known.items).toContain(known.applied);
  await press(page, "save");
  await noErrors(page);
  await expect(page.locator("main")).toContainText("915,500.00");
  await looks.at(page, "plan-filled");
});

test("the working group agrees", async ({ page }) => {
  await moveTo(page, "2020-05-13");
  await enter(page, "group-work");
  await page.goto(`/plans/${known.plan}/do/deliberate`);
  await press(page, "deliberate");
  expect(await errorsOf(page)).not.toBe("");
  await fillAll(page, MINUTES);
  await looks.at(page, "plan-deliberate");
  await press(page, "deliberate");
  await noErrors(page);
});

test("the commission posts the notice", async ({ page }) => {
  await moveTo(page, "2020-05-14");
  await enter(page, "ndrc");
  await page.goto(`/plans/${known.plan}/do/publicity`);
  // An incomplete notice cannot be published.
  await press(page, "post");
  expect(await errorsOf(page)).not.toBe("");
  await fillAll(page, NOTICE);
  await looks.at(page, "plan-notice");
  await press(page, "post");
  await noErrors(page);
  await page.goto(`/plans/${known.plan}/do/publicity`);
  // Posted on Thursday the 14th: five working days from the 15th on end on the 21st.
  await expect(page.locator("main")).toContainText("2020年5月21日");
  await expect(page.locator('main button[value="end"]')).toHaveCount(0);
  await looks.at(page, "plan-notice-running");
});

test("anybody objects and looks up the receipt", async ({ page }) => {
  await moveTo(page, "2020-05-18");
  await page.goto(`/notices/${known.plan}`);
  await expect(page.locator("main")).toContainText(COMPANY);
  await looks.at(page, "notice");
  await page.goto(`/notices/${known.plan}/object`);
  await page.locator('main select[name="case"]').selectOption(known.applied);
  await press(page, "send");
  expect(await errorsOf(page)).not.toBe("");
  await fillAll(page, { text: "听说该企业用工人数不实，请核实。" });
  await looks.at(page, "notice-object");
  await press(page, "send");
  known.receipt = (await page.locator(".receipt-number").innerText()).trim();
  await looks.at(page, "receipt-new");
  await page.goto("/receipt");
  await looks.at(page, "receipt-ask");
  await page.locator('main [name="number"]').fill(known.receipt);
  await press(page);
  await expect(page.locator("main")).toContainText("听说该企业用工人数不实");
});

test("nothing is determined before the notice has ended", async ({ page }) => {
  await moveTo(page, "2020-05-19");
  await enter(page, "group");
  await page.goto(`/plans/${known.plan}/do/decide`);
  await expect(page.locator('main button[value="decide"]')).toHaveCount(0);
  await looks.at(page, "plan-decide-early");
  // Whoever sends the form all the same changes nothing.
  const verdicts = known.items.flatMap((item) => [[`verdict.${item}`, "grant"], [`amount.${item}`, "100000.00"]]);
  const answer = await page.request.post(`/plans/${known.plan}/do/decide`, {
    headers: { origin: new URL(page.url()).origin, "sec-fetch-site": "same-origin" },
    form: { act: "decide", key: "early-decision-of-the-journey", stamp: "2020-05-19", document: "演示", ...Object.fromEntries(verdicts) },
    maxRedirects: 0,
  });
  expect(answer.status(), "the refusal").toBe(422);
  expect(await answer.text()).toContain("当前可办：在两个网站公示");
  await page.goto(`/cases/${known.applied}?tab=money`);
  await expect(page.locator("main")).not.toContainText("审定金额");
});

test("the commission answers the objection and ends the notice", async ({ page }) => {
  await enter(page, "ndrc");
  await page.goto(`/plans/${known.plan}`);
  await page.locator("main a", { hasText: known.receipt }).first().click();
  await press(page, "answer");
  expect(await errorsOf(page)).not.toBe("");
  await fillAll(page, { upheld: "no", answer: "经核实，工资册和银行流水一致，用工人数属实。" });
  await looks.at(page, "objection");
  await press(page, "answer");
  await noErrors(page);
  await page.goto(`/receipt?number=${known.receipt}`);
  await expect(page.locator("main")).toContainText("用工人数属实");
  await moveTo(page, "2020-05-22");
  await enter(page, "ndrc");
  await page.goto(`/plans/${known.plan}/do/publicity`);
  await looks.at(page, "plan-notice-over");
  await press(page, "end");
  await noErrors(page);
});

test("the leading group determines", async ({ page }) => {
  await moveTo(page, "2020-05-25");
  await enter(page, "group");
  await page.goto(`/plans/${known.plan}/do/decide`);
  await looks.at(page, "plan-decide");
  await fillAll(page, { stamp: "2020-05-25", document: "津扶贫协作领办〔2020〕演示8号" });
  // More than the plan's sum by one fen is refused at its field.
  await fillAll(page, { [`amount.${known.applied}`]: "915500.01" });
  await press(page, "decide");
  expect(await errorsOf(page)).not.toBe("");
  await fillAll(page, { [`amount.${known.applied}`]: "915500.00" });
  await press(page, "decide");
  await noErrors(page);
  await page.goto(`/plans/${known.plan}`);
  await looks.at(page, "plan-decided");
});

test("the results go out and finance remits", async ({ page }) => {
  await moveTo(page, "2020-05-26");
  await enter(page, "ndrc");
  await page.goto(`/plans/${known.plan}/do/inform`);
  const letters = page.locator('main input[name^="letter."]');
  for (const [at, letter] of (await letters.all()).entries()) await letter.fill(`津发改区域〔2020〕${201 + at}号`);
  await looks.at(page, "plan-inform");
  await press(page, "inform");
  await noErrors(page);
  await moveTo(page, "2020-05-27");
  await enter(page, "finance");
  await page.goto(`/plans/${known.plan}/do/remit`);
  await looks.at(page, "plan-remit");
  await fillAll(page, { voucher: "拨2020-0117" });
  await press(page, "remit");
  await noErrors(page);
});

test("the commission pays, never more than was granted", async ({ page }) => {
  await moveTo(page, "2020-05-28");
  await enter(page, "ndrc-pay");
  await page.goto(`/cases/${known.applied}/do/disburse`);
  await looks.at(page, "desk-pay");
  await fillAll(page, { amount: "915500.01", voucher: "付2020-0201" });
  await press(page, "outcome:");
  expect(await errorsOf(page)).not.toBe("");
  await looks.at(page, "desk-pay-refused");
  await fillAll(page, { amount: "915500.00" });
  await press(page, "outcome:");
  await noErrors(page);
});

test("the enterprise sees the money and its duties", async ({ page }) => {
  await enterAsInvestor(page);
  await page.goto(`/cases/${known.applied}`);
  await expect(page.locator("main")).toContainText("已付清");
  await looks.at(page, "paid");
  await page.goto(`/cases/${known.applied}?tab=money`);
  await expect(page.locator("main")).toContainText("915,500.00");
  // One and three years from the stamp.
  await page.goto(`/cases/${known.applied}?tab=duties`);
  await expect(page.locator("main")).toContainText("2021年5月2");
  await expect(page.locator("main")).toContainText("2023年5月2");
  await looks.at(page, "paid-duties");
});
