// The bank's own forms in the browser: a payment file as pain.001 is released and downloaded, and the bank's statement as camt.053
// is uploaded, looked at and booked. On the book of Tongzhou, where one batch waits for its release and one share for a batch.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { enter, fillAll, moveTo, press } from "../support/forms";
import { camt053, creditsIn, done, type Entry, type Payment, refusedWith, sends } from "../support/money";
import { idOf, noErrors } from "../support/story";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "bank-files", book: "tongzhou" });
test.describe.configure({ mode: "serial", timeout: 120_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

/** The day of the bank's bookings. */
const DAY = "2019-01-07";

/** What later acts know from earlier ones. */
const known = { fees: "", workshop: "" };
const credits: Record<"fees" | "workshop", Payment[]> = { fees: [], workshop: [] };

/** The row of a payment among those of its batch. */
const paymentOf = (page: Page, of: Payment) => page.locator("main tr", { hasText: of.reference }).filter({ hasText: of.payee });

/** Releases a batch as pain.001 and downloads the file with the button of its page. */
async function released(page: Page, batch: string): Promise<string> {
  await page.goto(`/batches/${batch}`);
  await fillAll(page, { form: "pain.001" });
  await press(page, "release");
  await noErrors(page);
  const link = page.locator(`main a[href="/batches/${batch}/pain001.xml"]`);
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.xml$/);
  return readFileSync(await download.path(), "utf8");
}

/** Uploads a statement and reads the preview; nothing is booked yet. */
async function states(page: Page, batch: string, entries: Entry[]): Promise<void> {
  await sends(page, batch, { name: "对账单.xml", mimeType: "application/xml", buffer: Buffer.from(camt053(entries)) });
  await noErrors(page);
}

test("a batch is made of what is due, another waits for its release", async ({ page }) => {
  await moveTo(page, "2019-01-08");
  await enter(page, "finance");
  await page.goto("/batches?standing=made");
  await page.locator("main tr", { hasText: "60,000.01" }).getByRole("link").first().click();
  known.fees = idOf(page);
  await page.goto("/batches/new?fund=ongniud");
  const account = page.locator('input[name^="account."][name$=".unit.number"]');
  await expect(account, "one share waits").toHaveCount(1);
  await page.locator("main details", { has: account }).locator("summary").click();
  const unit = ((await account.getAttribute("name")) ?? "").replace(/\.number$/, "");
  await fillAll(page, { [`${unit}.name`]: "翁牛特旗扶贫开发办公室", [`${unit}.bank`]: "农业银行翁牛特旗支行", [`${unit}.number`]: "6228480402564890018" });
  await done(page);
  known.workshop = idOf(page);
});

test("the file is pain.001, adds up, and is the same each time", async ({ page }) => {
  await enter(page, "finance-2");
  for (const name of ["fees", "workshop"] as const) {
    const file = await released(page, known[name]);
    expect(file).toContain("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
    credits[name] = creditsIn(file);
    const fen = credits[name].reduce((sum, one) => sum + Math.round(Number(one.amount) * 100), 0);
    const sums = [...file.matchAll(/<CtrlSum>(.*?)<\/CtrlSum>/g)].map((one) => Math.round(Number(one[1]) * 100));
    expect(sums, "the control sums are the payments' sum").toEqual([fen, fen]);
    expect([...file.matchAll(/<NbOfTxs>(\d+)</g)].map((one) => Number(one[1]))).toEqual([credits[name].length, credits[name].length]);
    for (const one of credits[name]) await expect(page.locator("main tr", { hasText: one.reference })).toContainText(one.payee);
    const again = await page.request.get(`/batches/${known[name]}/pain001.xml`);
    expect(again.headers()["content-type"]).toBe("application/xml");
    expect(await again.text(), "the same bytes").toBe(file);
    expect((await page.request.get(`/batches/${known[name]}/file.csv`)).status(), "no other file of a released batch").toBe(404);
  }
  expect(credits.fees.map((one) => one.amount)).toEqual(["60000.01"]);
  await looks.at(page, "bank-released");
});

test("what is no statement is refused and says so", async ({ page }) => {
  await enter(page, "finance-2");
  const file = (text: string) => ({ name: "对账单.xml", mimeType: "application/xml", buffer: Buffer.from(text) });
  await page.goto(`/batches/${known.fees}/results`);
  await looks.at(page, "bank-upload");
  for (const text of ["<Document><Stmt>", '<?xml version="1.0"?><html/>', camt053([]).slice(0, -20)]) {
    await page.locator('main input[type="file"]').setInputFiles(file(text));
    await refusedWith(page, /camt\.053/, "read");
  }
  await page.locator('main input[type="file"]').setInputFiles(file(camt053([])));
  await refusedWith(page, /没有回单明细/, "read");
});

test("one statement: paid, another batch's payment, not booked yet, a stranger's", async ({ page }) => {
  await enter(page, "finance-2");
  const [fees, workshop] = [credits.fees[0], credits.workshop[0]];
  const entries: Entry[] = [
    { ...fees, day: DAY, status: "PDNG", own: "ZF001" },
    { reference: "X9", amount: "5.00", day: DAY, own: "ZF002" },
    { ...workshop, amount: "1.00", day: DAY, own: "ZF003" },
    { ...fees, day: DAY, own: "ZF004" },
  ];
  await states(page, known.fees, entries);
  const line = (text: string) => page.locator("main tr", { hasText: text });
  await expect(line("PDNG")).toContainText(/需要核清.*银行尚未入账/s);
  await expect(line("X9")).toContainText("需要核清");
  await expect(line("ZF003")).toContainText("记入另一批次");
  await expect(line("ZF004")).toContainText("支付成功");
  await looks.at(page, "bank-preview");
  await page.goto(`/batches/${known.fees}`);
  await expect(page.locator("main"), "a preview books nothing").not.toContainText("ZF004");
  await states(page, known.fees, entries);
  await done(page);
  await expect(paymentOf(page, fees)).toContainText(/已支付|支付成功/);
  // Nothing is booked by guess: the three others wait for a person, the one with another amount in its own batch.
  await expect(page.locator('main a[href*="/unclear/"]')).toHaveCount(2);
  await looks.at(page, "bank-booked");
  await page.goto(`/batches/${known.workshop}`);
  await expect(page.locator('main a[href*="/unclear/"]')).toHaveCount(1);
  await expect(paymentOf(page, workshop)).not.toContainText(/已支付|支付成功/);
  // The same statement once more changes nothing.
  await states(page, known.fees, entries);
  await expect(line("ZF004")).toContainText("已登记过");
});

test("a payment that the bank returned in the same statement failed and is due again", async ({ page }) => {
  await enter(page, "finance-2");
  const [workshop] = credits.workshop;
  await states(page, known.workshop, [
    { ...workshop, day: DAY, own: "ZF010" },
    { ...workshop, day: DAY, own: "ZF011", returned: "收款账号与户名不符" },
  ]);
  await expect(page.locator("main tr", { hasText: "支付失败" })).toContainText("收款账号与户名不符");
  await expect(page.locator("main tr", { hasText: "支付成功" })).toHaveCount(0);
  await done(page);
  await expect(paymentOf(page, workshop)).toContainText("收款账号与户名不符");
  await enter(page, "finance");
  await page.goto("/batches/new?fund=ongniud");
  await expect(page.locator('main input[name^="pick."]'), "it is due again").toHaveCount(1);
});
