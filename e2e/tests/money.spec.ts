// The money of one fund as people handle it, from the receipt to payment and surplus: the finance bureau registers a source and
// books its cash, a unit opens a project, a plan is consulted on and approved, bills are claimed, checked and approved by two
// people, a batch goes to the bank and comes back in part, money is recovered, the rest returns. With and without script.
import type { Page } from "@playwright/test";
import { enter, fillAll, fillRows, moveTo, press } from "../support/forms";
import {
  COLD, CONTRACTS, DECLARED, DOCUMENT, FUND, LINES, OLDER, ROSTER, SHOPS, SOURCE, YEAR,
  bankSays, caseStep, done, forge, forgeWithFiles, invoice, paymentsIn, type Payment, planStep, refusedWith, writeClaim,
} from "../support/money";
import { errorsOf, fromInbox, idOf, noErrors } from "../support/story";
import { expect, hasScript, Looks, test } from "../support/test";

test.use({ stage: "money", book: "tongzhou" });
test.describe.configure({ mode: "serial", timeout: 120_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

/** What later acts know from earlier ones. */
const known = { source: "", case: "", project: "", number: "", plan: "", claim: "", claimNumber: "", batch: "", again: "" };
let payments: Payment[] = [];
const paymentTo = (payee: string) => payments.find((one) => one.payee === payee) ?? { reference: "", payee: "", amount: "" };

const CLOSING = { on: "2019-06-03", why: "项目完成，结余退回" };

/** The case that the project came from goes on to its acceptance; one side alone does not accept. */
async function acceptedByBoth(page: Page): Promise<void> {
  const accepted = { by_whom: "区支合办、城关区农牧局各两人，现场查看" };
  await enter(page, "unit-commerce");
  await caseStep(page, known.case, "start", "", { basis: CONTRACTS[0].number, used_by: "赵雅琴" });
  await caseStep(page, known.case, "finished", "", { done: "专柜和到户补助全部完成", effect: "户均增收2600元", households: "76" });
  await enter(page, "office");
  await caseStep(page, known.case, "accept_works", "pass", accepted);
  await page.goto(`/projects/${known.project}/close`);
  await fillAll(page, CLOSING);
  await refusedWith(page, /验收/, "close");
  await enter(page, "area-lhasa");
  await caseStep(page, known.case, "accept_works", "pass", accepted);
}

test("finance registers a source; a kind that the fund does not take is refused with its article", async ({ page }) => {
  await moveTo(page, "2019-03-04");
  await enter(page, "finance");
  await page.goto(`/sources/new?fund=${FUND}`);
  await expect(page.locator(".refused-kinds li", { hasText: "市级每年划拨" })).toContainText("第二条");
  await expect(page.locator('main input[name="kind"][value="municipal_support"]')).toHaveCount(0);
  await looks.at(page, "money-source-new");
  // Whoever sends it all the same is refused, with the article.
  const sent = await forge(page, "/sources/new", { act: "save", fund: FUND, kind: "municipal_support", level: "province", ...SOURCE });
  expect(sent.status).toBe(422);
  expect(sent.text).toMatch(/error-summary.*市级每年划拨的对口支援资金.*第二条/s);
  // Nothing typed: every field is named, and nothing is registered.
  await refusedWith(page, /文件号/);
  await fillAll(page, SOURCE);
  await press(page, "try");
  await expect(page.locator('[data-part="split"]')).toContainText("500,000.00");
  await expect(page.locator('[data-part="split"]')).toContainText("500,000.01");
  await expect(page.locator('[data-part="document-read"]')).toContainText("通财预");
  await done(page);
  known.source = idOf(page);
  await expect(page.locator("main")).toContainText("1,000,000.01");
  await looks.at(page, "money-source");
  // The same document for the same purpose is not registered twice.
  await page.goto(`/sources/new?fund=${FUND}`);
  await fillAll(page, SOURCE);
  await refusedWith(page, /通财预〔2019〕88号/);
});

test("finance books the cash that arrived", async ({ page }) => {
  await enter(page, "finance");
  await page.goto(`/sources/${known.source}/cash`);
  await fillAll(page, { amount: "1000000.02", on: "2019-03-04", voucher: "国库集中支付凭证20190304" });
  await refusedWith(page, /1,000,000\.01/);
  await fillAll(page, { amount: "600000" });
  await looks.at(page, "money-cash");
  await done(page);
  await expect(page.locator("main")).toContainText("600,000.00");
});

test("a unit opens a project; a doubtful word holds it", async ({ page }) => {
  await enter(page, "unit-commerce");
  await page.goto("/projects/new");
  // A project comes from the library: without an approved one there is nothing to register, and what it says is taken over.
  const approved = page.locator('main select[name="case"] option', { hasText: "进京展销" });
  known.case = (await approved.getAttribute("value")) ?? "";
  await fillAll(page, { case: known.case });
  if (!hasScript()) await press(page, "look");
  await expect(page.locator('main input[name="name"]')).toHaveValue(/进京展销/);
  await fillAll(page, { money: `${FUND}:tongzhou` });
  if (!hasScript()) await press(page, "look");
  await expect(page.locator('main input[name="spending"][value="sales_channel"]')).toBeVisible();
  // The other half's uses are not offered, prohibited ones neither.
  for (const use of ["welfare_posts", "no_vehicles"]) await expect(page.locator(`main input[name="spending"][value="${use}"]`)).toHaveCount(0);
  await fillAll(page, { year: YEAR, spending: "sales_channel", ...DECLARED, link: "" });
  await refusedWith(page, /挂钩/);
  await fillAll(page, { link: DECLARED.link });
  await looks.at(page, "money-project-new");
  await done(page);
  known.project = idOf(page);
  known.number = /通帮-2019-\d+/.exec(await page.locator("main").innerText())?.[0] ?? "";
  expect(known.number).not.toBe("");
  await expect(page.locator(".hindrances")).toContainText(/车辆.*第八条/s);
  await looks.at(page, "money-project-held");
});

test("the unit sets the budget and records the contracts", async ({ page }) => {
  await enter(page, "unit-commerce");
  await page.goto(`/projects/${known.project}/lines`);
  await fillRows(page, "lines", LINES);
  await looks.at(page, "money-lines");
  await done(page);
  await expect(page.locator("main")).toContainText("6,500,000.00");
  for (const [at, typed] of CONTRACTS.entries()) {
    await page.goto(`/projects/${known.project}/contract`);
    await fillAll(page, { ...typed, retention: "5090000.01" });
    if (at === 0) await refusedWith(page, /5,090,000\.0/);
    await fillAll(page, typed);
    if (at === 0) await looks.at(page, "money-contract");
    await done(page);
  }
  await page.goto(`/projects/${known.project}?tab=papers`);
  // Of the account only the last digits are seen again.
  await expect(page.locator("main")).toContainText("5673");
  await expect(page.locator("main")).not.toContainText(CONTRACTS[0].account);
});

test("the office drafts a plan, never above what is left", async ({ page }) => {
  await moveTo(page, "2019-03-25");
  await enter(page, "office");
  await page.goto("/allocations/new");
  await looks.at(page, "money-plan-choose");
  await page.goto(`/allocations/new?money=${FUND}:tongzhou&year=${YEAR}&method=direct`);
  await fillAll(page, { basis: "2019年度产业帮扶工作方案" });
  await fillRows(page, "lines", [{ project: known.number, amount: "6672839.46" }]);
  await refusedWith(page, /6,672,839\.45/);
  await fillRows(page, "lines", [{ amount: "6500000" }]);
  await looks.at(page, "money-plan-new");
  await done(page);
  known.plan = idOf(page);
  await expect(page.locator("main")).toContainText(/通配-2019-\d+/);
  await looks.at(page, "money-plan");
});

test("nothing is approved before both were consulted, and nothing while the word is undecided", async ({ page }) => {
  await enter(page, "group");
  await page.goto(`/allocations/${known.plan}/do/approve`);
  await expect(page.locator('main button[value="do"]')).toHaveCount(0);
  await looks.at(page, "money-approve-early");
  const approval = { act: "do", outcome: "approve", on: "2019-03-25", document: "通支领〔2019〕3号" };
  const early = await forgeWithFiles(page, `/allocations/${known.plan}/do/approve`, approval);
  expect(early.status, "an approval out of turn").toBe(422);
  await enter(page, "finance");
  await fromInbox(page, "通配-2019");
  await expect(page).toHaveURL(new RegExp(`/allocations/${known.plan}/do/consult_finance$`));
  await looks.at(page, "money-consult");
  // Sending it back needs a reason.
  await fillAll(page, { outcome: "revise" });
  await refusedWith(page, /意见/);
  await fillAll(page, { outcome: "agree", opinion: "与当年预算一致" });
  await done(page);
  await enter(page, "area-lhasa");
  await planStep(page, known.plan, "consult_area", { outcome: "agree", opinion: "符合我区产业规划" });
  await enter(page, "group");
  await page.goto(`/allocations/${known.plan}/do/approve`);
  await fillAll(page, { outcome: "approve", on: "2019-03-25", document: "通支领〔2019〕3号" });
  await refusedWith(page, /第八条/);
  await looks.at(page, "money-approve-doubt");
});

test("the office decides on the word, and no other", async ({ page }) => {
  await enter(page, "unit-commerce");
  await page.goto(`/projects/${known.project}/doubt/0`);
  await expect(page.locator('main input[name="verdict"]')).toHaveCount(0);
  expect((await forge(page, `/projects/${known.project}/doubt/0`, { act: "decide", verdict: "allow", opinion: "自己认定" })).status).toBeGreaterThanOrEqual(403);
  await enter(page, "office-2");
  await page.goto(`/projects/${known.project}/doubt/0`);
  await refusedWith(page, /请选择认定结果/);
  await fillAll(page, { verdict: "allow", opinion: "租用社会冷链车辆配送，不购置车辆，可以列支" });
  await looks.at(page, "money-doubt");
  await done(page);
  await expect(page.locator(".hindrances")).toHaveCount(0);
});

test("no claim before the approval; the approval moves the money", async ({ page }) => {
  await enter(page, "unit-commerce");
  await page.goto(`/claims/new?project=${known.project}`);
  await writeClaim(page, "progress", [invoice("l1", "c1", "20190501", "1000")]);
  await fillAll(page, { "bills.0.dated": "2019-03-25" });
  await refusedWith(page, /0\.00/);
  await looks.at(page, "money-claim-early");
  await enter(page, "group");
  await planStep(page, known.plan, "approve", { outcome: "approve", on: "2019-03-25", document: "通支领〔2019〕3号" });
  await expect(page.locator("main")).toContainText("通支领〔2019〕3号");
  await page.goto(`/projects/${known.project}?tab=money`);
  // The older source is used up first.
  for (const [document, sum] of [[OLDER, "6,172,839.45"], [DOCUMENT, "327,160.55"]]) {
    await expect(page.locator("main tr", { hasText: document }).first()).toContainText(sum);
  }
  await looks.at(page, "money-project-money");
});

test("the filings stay open as duties with a date and stop nothing", async ({ page }) => {
  await moveTo(page, "2019-03-28");
  await enter(page, "finance");
  await planStep(page, known.plan, "issue", { on: "2019-03-28", document: "通财支〔2019〕12号" });
  await enter(page, "office");
  await planStep(page, known.plan, "file_approval", { on: "2019-03-28", document: "通支合备〔2019〕9号" });
  const steps = page.locator("main tr", { hasText: "备案" });
  await expect(steps.filter({ hasText: "待备案" })).toHaveCount(2);
  await looks.at(page, "money-plan-open-filings");
  await page.goto("/inbox");
  const duties = page.locator("main tr", { hasText: "通配-2019" });
  await expect(duties).toHaveCount(2);
  await looks.at(page, "money-inbox-filings");
});

test("a claim over its line is refused with what is left; an invoice is used once", async ({ page }) => {
  await moveTo(page, "2019-05-07");
  await enter(page, "unit-commerce");
  await page.goto(`/claims/new?project=${known.project}`);
  await looks.at(page, "money-claim-new");
  const bills = [
    invoice("l1", "c1", "20190501", "5100000.01"),
    invoice("l2", "c2", "20190502", "1300000"),
    { cells: { line: "l3", voucher: "roster", number: "到户补助第1批", dated: "2019-05-06", amount: "24000" }, list: ROSTER },
  ];
  await writeClaim(page, "progress", bills);
  await refusedWith(page, /社区专柜补贴.*5,100,000\.00/s);
  await looks.at(page, "money-claim-over");
  await fillAll(page, { "bills.0.amount": "5000000" });
  await done(page);
  known.claim = idOf(page);
  known.claimNumber = /通报-2019-\d+/.exec(await page.locator("main").innerText())?.[0] ?? "";
  await expect(page.locator("main")).toContainText("6,324,000.00");
  await looks.at(page, "money-claim");
  await page.goto(`/claims/new?project=${known.project}`);
  await writeClaim(page, "progress", [invoice("l1", "c1", "20190501", "500")]);
  await refusedWith(page, new RegExp(known.claimNumber));
  await looks.at(page, "money-claim-twice");
});

test("one person checks bill by bill, another approves", async ({ page }) => {
  await moveTo(page, "2019-05-09");
  await enter(page, "finance");
  await page.goto(`/claims/${known.claim}/do/claim_decide`);
  await expect(page.locator('main button[value="pass"]')).toHaveCount(0);
  expect((await forge(page, `/claims/${known.claim}/do/claim_decide`, { act: "pass", opinion: "" })).status, "approved before it was checked").toBe(422);
  await enter(page, "office");
  await fromInbox(page, known.claimNumber);
  await expect(page).toHaveURL(new RegExp(`/claims/${known.claim}/do/claim_check$`));
  await looks.at(page, "money-check");
  await fillAll(page, { "approved.2": "1250000" });
  await refusedWith(page, /原因|理由/);
  await fillAll(page, { "approved.2": "1300000.01" });
  await refusedWith(page, /1,300,000\.0/);
  await fillAll(page, { "approved.2": "1250000", "reason.2": "配送单少两车" });
  await done(page);
  await expect(page.locator("main")).toContainText("6,274,000.00");
  await enter(page, "finance");
  await fromInbox(page, known.claimNumber);
  await looks.at(page, "money-decide");
  await fillAll(page, { opinion: "复核无误" });
  await done(page);
  await expect(page.locator("main")).toContainText(/1,172,839\.45\s*通财预〔2019〕88号\s*77,160\.55/);
});

test("a batch is made by one and released by another; its file is the same each time", async ({ page }) => {
  await enter(page, "finance");
  await page.goto(`/batches/new?fund=${FUND}`);
  await looks.at(page, "money-batch-new");
  const list = `account.${known.claim}.list`;
  await refusedWith(page, /账/);
  await fillAll(page, { [`${list}.name`]: "惠农补贴代发专户", [`${list}.bank`]: "农业银行拉萨城关支行", [`${list}.number`]: "6228480402564890018" });
  await done(page);
  known.batch = idOf(page);
  // Who made it does not release it.
  await expect(page.locator('main button[value="release"]')).toHaveCount(0);
  await expect(page.locator("main")).toContainText("须由另一人放行");
  await looks.at(page, "money-batch-own");
  const own = await forge(page, `/batches/${known.batch}`, { act: "release", form: "csv" });
  expect(own.status, "released by its maker").toBe(422);
  expect((await page.request.get(`/batches/${known.batch}/file.csv`)).ok(), "a file before the release").toBe(false);
  await enter(page, "finance-2");
  await page.goto(`/batches/${known.batch}`);
  await fillAll(page, { form: "csv" });
  await looks.at(page, "money-batch-release");
  await press(page, "release");
  await noErrors(page);
  const first = await (await page.request.get(`/batches/${known.batch}/file.csv`)).body();
  const second = await (await page.request.get(`/batches/${known.batch}/file.csv`)).body();
  expect(second.equals(first), "the same bytes").toBe(true);
  payments = paymentsIn(first.toString("utf8"));
  expect(payments.map((one) => one.amount).sort()).toEqual(["1250000.00", "24000.00", "5000000.00"]);
  expect((await page.request.get(`/batches/${known.batch}/pain001.xml`)).ok(), "no other file of a released batch").toBe(false);
  await looks.at(page, "money-batch-released");
});

test("the bank's results: one paid, one failed, one unclear", async ({ page }) => {
  await moveTo(page, "2019-05-13");
  await enter(page, "finance-2");
  const [shops, cold, list] = [paymentTo(SHOPS), paymentTo(COLD), paymentTo("惠农补贴代发专户")];
  await bankSays(page, known.batch, [
    [shops.reference, shops.amount, "成功", "2019-05-10", "ZF20190510001", ""],
    [cold.reference, cold.amount, "失败", "", "", "收款账号与户名不符"],
    [list.reference, "23000.00", "成功", "2019-05-10", "ZF20190510003", ""],
  ]);
  await expect(page.locator("main tr", { hasText: cold.reference })).toContainText(/支付失败.*收款账号与户名不符/s);
  await expect(page.locator("main tr", { hasText: list.reference })).toContainText("需要核清");
  await expect(page.locator("main tr", { hasText: shops.reference })).toContainText("支付成功");
  await looks.at(page, "money-results-preview");
  await page.goto(`/batches/${known.batch}`);
  await expect(page.locator("main"), "a preview books nothing").not.toContainText("收款账号与户名不符");
  await bankSays(page, known.batch, [
    [shops.reference, shops.amount, "成功", "2019-05-10", "ZF20190510001", ""],
    [cold.reference, cold.amount, "失败", "", "", "收款账号与户名不符"],
    [list.reference, "23000.00", "成功", "2019-05-10", "ZF20190510003", ""],
  ]);
  await done(page);
  const line = (payee: string) => page.locator("main tr", { hasText: payee }).first();
  await expect(line(SHOPS)).toContainText(/已支付|支付成功/);
  await expect(line(COLD)).toContainText("收款账号与户名不符");
  // The amount differs: nothing is booked by guess.
  await expect(page.locator("main table", { hasText: "23000.00" })).toHaveCount(1);
  await expect(line("惠农补贴代发专户")).not.toContainText("已支付");
  await looks.at(page, "money-batch-back");
  await page.goto("/batches/exceptions");
  await expect(page.locator("main")).toContainText("23000.00");
  await looks.at(page, "money-exceptions");
});

test("a person settles the unclear line; the failed payment is made again and never twice", async ({ page }) => {
  await enter(page, "finance-2");
  const list = payments.findIndex((one) => one.payee === "惠农补贴代发专户") + 1;
  await page.goto(`/batches/${known.batch}`);
  await page.locator("main a[href*='/unclear/']").first().click();
  await looks.at(page, "money-settle");
  await fillAll(page, { found: "paid", line: String(list) });
  await refusedWith(page, /请填写/);
  await fillAll(page, { on: "2019-05-10", reference: "ZF20190510003", why: "银行更正：实付24000.00元，回单打印有误" });
  await done(page);
  await enter(page, "finance");
  await page.goto(`/batches/new?fund=${FUND}`);
  const due = page.locator('main input[name^="pick."]');
  await expect(due, "only what failed is due again").toHaveCount(1);
  await done(page);
  known.again = idOf(page);
  await enter(page, "finance-2");
  await page.goto(`/batches/${known.again}`);
  await fillAll(page, { form: "csv" });
  await press(page, "release");
  await noErrors(page);
  const file = await (await page.request.get(`/batches/${known.again}/file.csv`)).body();
  const [again] = paymentsIn(file.toString("utf8"));
  expect(again.amount).toBe("1250000.00");
  expect(again.reference).not.toBe(paymentTo(COLD).reference);
  await bankSays(page, known.again, [[again.reference, again.amount, "成功", "2019-05-13", "ZF20190513001", ""]]);
  await done(page);
  // The first file's results once more change nothing: what failed and was paid again is not paid a second time.
  await bankSays(page, known.batch, [[paymentTo(COLD).reference, "1250000.00", "成功", "2019-05-13", "ZF20190513009", ""]]);
  await looks.at(page, "money-results-twice");
  await expect(page.locator("main tr", { hasText: paymentTo(COLD).reference })).toContainText(/不能登记|需要核清/);
  await page.goto(`/claims/${known.claim}`);
  await expect(page.locator("main")).toContainText("收款账号与户名不符");
  await looks.at(page, "money-claim-paid");
});

test("every fen is found from both ends", async ({ page }) => {
  await enter(page, "finance");
  await page.goto(`/trace?q=${encodeURIComponent(DOCUMENT)}`);
  await looks.at(page, "money-trace-find");
  await page.locator(`main a[href="/trace/source/${known.source}"]`).click();
  await expect(page.locator("main")).toContainText("每一分都在下面各项中");
  await expect(page.locator("main")).toContainText("惠农补贴代发专户");
  await looks.at(page, "money-trace-forward");
  await page.goto(`/trace/payment/${known.again}/1`);
  await expect(page.locator("main")).toContainText("每一分都查到了来源文件");
  // One payment out of two documents.
  for (const [document, sum] of [[OLDER, "1,172,839.45"], [DOCUMENT, "77,160.55"]]) {
    await expect(page.locator("main li", { hasText: document }).last()).toContainText(sum);
  }
  await looks.at(page, "money-trace-backward");
});

test("money is recovered, the surplus goes back, the table balances", async ({ page }) => {
  await moveTo(page, "2019-06-03");
  await enter(page, "finance");
  await page.goto(`/projects/${known.project}/recover`);
  const recovery = { payee: "c1", amount: "5000000.01", on: "2019-06-03", voucher: "退款凭证000088", why: "一处专柜没有开足6个月" };
  await fillAll(page, recovery);
  await refusedWith(page, /5,000,000\.00/);
  await fillAll(page, { amount: "1000.37" });
  await looks.at(page, "money-recover");
  await done(page);
  await enter(page, "office");
  await page.goto(`/projects/${known.project}/close`);
  await expect(page.locator("main")).toContainText("226,000.00");
  await looks.at(page, "money-close");
  // What was not accepted is not closed: the works are started, finished and accepted by both sides first.
  await fillAll(page, CLOSING);
  await refusedWith(page, /验收.*第十一条（三）/s, "close");
  await acceptedByBoth(page);
  await enter(page, "office");
  await page.goto(`/projects/${known.project}/close`);
  await fillAll(page, CLOSING);
  await done(page, "close");
  await looks.at(page, "money-project-closed");
  await enter(page, "unit-commerce");
  await page.goto(`/projects/${known.project}`);
  await expect(page.locator('main a[href^="/claims/new"]'), "a closed project takes no claim").toHaveCount(0);
  await enter(page, "finance");
  await page.goto(`/funds?year=${YEAR}`);
  const half = page.locator("main .funds-table tr", { hasText: "通州区支配部分" }).first();
  // Budget, arrived, paid less recovered, in the pool; what is free again is the rest.
  for (const sum of ["500,000.00", "300,000.00", "101,160.55", "398,839.45", "198,839.45"]) await expect(half).toContainText(sum);
  await expect(page.locator("main")).not.toContainText("不平");
  await looks.at(page, "money-funds");
  await page.goto(`/trace/source/${known.source}`);
  await expect(page.locator("main")).toContainText("每一分都在下面各项中");
  await looks.at(page, "money-trace-after");
  await page.goto(`/trace?q=${encodeURIComponent(OLDER)}`);
  await page.locator("main li", { hasText: "拉萨市城关区" }).locator("a").click();
  await expect(page.locator("main")).toContainText("每一分都在下面各项中");
  await expect(page.locator("main")).toContainText(/已追回 1,000\.37/);
  await page.goto(`/projects/${known.project}?tab=ledger`);
  await expect(page.locator("main")).toContainText("1,000.37");
  await looks.at(page, "money-ledger");
});
