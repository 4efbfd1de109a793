// The money of a fund in the browser: what is typed into its forms, and how its pages are read.
import { type Page, expect } from "@playwright/test";
import { allHold, fillAll, paper, press, type Typed } from "./forms";
import { errorsOf, noErrors } from "./story";
import { hasScript } from "./test";

/** The fund of the story: divided in halves, of a district budget of one year. */
export const FUND = "lhasa";
export const YEAR = "2019";
export const DOCUMENT = "通财预〔2019〕88号";
/** What the demonstration already has of this fund: 6,172,839.45 yuan of this half are left. */
export const OLDER = "通财预〔2018〕112号";
export const PROJECT = "拉萨净土农产品进京专柜和配送车辆";

/** A source of an odd number of fen: the odd one goes to the area. */
export const SOURCE: Typed = {
  document: DOCUMENT,
  purpose: "拉萨市城关区产业帮扶",
  code: "2130599",
  year: YEAR,
  on: "2019-03-01",
  budget: "1000000.01",
};

export const DECLARED: Typed = {
  name: PROJECT,
  link: "订单收购蔡公堂街道76户建档立卡贫困户的藏鸡蛋和青稞",
  mechanism: "政府购买服务",
  levered: "120000",
};

/** The budget: 6,500,000.00 yuan in all, more than the year before left over: two sources pay it. */
export const LINES: Typed[] = [
  { name: "社区专柜补贴", nature: "", amount: "5100000" },
  { name: "冷链配送补贴", nature: "", amount: "1360000" },
  { name: "订单农户到户补助", nature: "到户直接补助", amount: "40000" },
];

export const SHOPS = "北京潞城惠农超市有限公司";
export const COLD = "北京通达冷链物流有限公司";

const contract = (party: string, number: string, account: string, amount: string): Typed => ({
  party, number, account, bank: "北京农商银行通州支行", amount, retention: "0", on: "2019-03-01",
});
export const CONTRACTS: Typed[] = [
  contract(SHOPS, "通商采〔2019〕5-1", "6217001210012345673", "5090000"),
  contract(COLD, "通商采〔2019〕5-2", "6217001210012345681", "1350000"),
];

/** The list of households: 24,000.00 yuan in three rows. */
export const ROSTER = "姓名,身份证号,金额\n扎西,540102198001010011,8000.00\n卓玛,540102198202020022,9000.00\n平措,540102198303030033,7000.00\n";

/** A bill as it is typed: its cells, and the name of the paper or of the list that is uploaded to it. */
export interface Bill {
  cells: Typed;
  list?: string;
}

export const invoice = (line: string, payee: string, number: string, amount: string): Bill => ({
  cells: { line, voucher: "invoice", payee, code: "011001900104", number, dated: "2019-05-06", amount },
});

/** Writes a claim on the form that is open, without sending it. */
export async function writeClaim(page: Page, purpose: string, bills: Bill[]): Promise<void> {
  await fillAll(page, { purpose });
  for (const [at, bill] of bills.entries()) {
    const name = (key: string) => `bills.${at}.${key}`;
    if ((await page.locator(`[name="${name("line")}"]`).count()) === 0) await press(page, "row-add");
    await fillAll(page, Object.fromEntries(Object.entries(bill.cells).map(([key, text]) => [name(key), text])));
    if (bill.list !== undefined) {
      const field = page.locator(`input[name="${name("listfile")}"]`);
      // Without script the field comes with the next page.
      if (!hasScript()) await press(page, "look");
      await expect(field).toBeVisible();
      await field.setInputFiles({ name: "花名册.csv", mimeType: "text/csv", buffer: Buffer.from(bill.list) });
    }
    await page.locator(`input[name="${name("files")}"]`).setInputFiles(paper(`票据${at}`));
  }
}

/** The address of the page that is open, without its query. */
export function pathOf(page: Page): string {
  return new URL(page.url()).pathname;
}

/** Sends a form as a program would, past the page: what it answers, as status and text. */
export async function forge(page: Page, path: string, form: Typed): Promise<{ status: number; text: string }> {
  const answer = await page.request.post(path, {
    headers: { origin: new URL(page.url()).origin, "sec-fetch-site": "same-origin" },
    form: { key: `forged-${path}-${Object.keys(form).join("-")}`.replace(/[^a-z0-9-]/gi, "-").slice(0, 60), ...form },
    maxRedirects: 0,
  });
  return { status: answer.status(), text: await answer.text() };
}

/** The same for forms with files. */
export async function forgeWithFiles(page: Page, path: string, form: Typed): Promise<{ status: number; text: string }> {
  const answer = await page.request.post(path, {
    headers: { origin: new URL(page.url()).origin, "sec-fetch-site": "same-origin" },
    multipart: { key: `forged-${path}-${form.act}`.replace(/[^a-z0-9-]/gi, "-").slice(0, 60), ...form },
    maxRedirects: 0,
  });
  return { status: answer.status(), text: await answer.text() };
}

/** Sends the form and is refused; nothing that was typed is lost but files. */
export async function refusedWith(page: Page, words: RegExp, act?: string): Promise<void> {
  const path = pathOf(page);
  await press(page, act);
  expect(await errorsOf(page)).toMatch(words);
  expect(pathOf(page), "the form stays").toBe(path);
}

/** Sends the form; nothing is wrong with it. */
export async function done(page: Page, act?: string): Promise<void> {
  const path = pathOf(page);
  await press(page, act);
  await noErrors(page);
  expect(pathOf(page), "the form is left").not.toBe(path);
}

/** Does a step of an allocation plan. */
export async function planStep(page: Page, plan: string, step: string, typed: Typed): Promise<void> {
  await page.goto(`/allocations/${plan}/do/${step}`);
  await fillAll(page, typed);
  await done(page);
}

/** Does a step of the case that a project came from: every question holds, the notes say this. */
export async function caseStep(page: Page, of: string, step: string, outcome: string, notes: Typed): Promise<void> {
  await page.goto(`/cases/${of}/do/${step}`);
  if ((await page.locator('main input[name^="check."]').count()) > 0) await allHold(page, "check.");
  await fillAll(page, Object.fromEntries(Object.entries(notes).map(([id, text]) => [`note.${id}`, text])));
  await done(page, `outcome:${outcome}`);
}

/** A payment as the file to the bank names it. */
export interface Payment {
  reference: string;
  payee: string;
  amount: string;
}

/** The payments in a file of comma-separated values. */
export function paymentsIn(file: string): Payment[] {
  const rows = file.replace(/^\uFEFF/, "").trim().split("\r\n").slice(1, -1);
  return rows.map((row) => row.split(",")).map((cells) => ({ reference: cells[1], payee: cells[2], amount: cells[5] }));
}

/** What the bank says of one payment: reference, amount, result, day, its own number, why. */
export type Said = [string, string, string, string, string, string];

/** Uploads a file of the bank at a batch. */
export async function sends(page: Page, batch: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto(`/batches/${batch}/results`);
  await page.locator('main input[type="file"]').setInputFiles(file);
  await press(page, "read");
}

/** Uploads what the bank says and reads the preview; nothing is booked yet. */
export async function bankSays(page: Page, batch: string, said: Said[]): Promise<void> {
  const text = ["端到端编号,金额,结果,日期,流水号,原因", ...said.map((line) => line.join(","))].join("\r\n");
  await sends(page, batch, { name: "回单.csv", mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${text}\r\n`) });
  await noErrors(page);
}

/** The payments in a pain.001 file. */
export function creditsIn(file: string): Payment[] {
  const inside = (text: string, name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(text)?.[1] ?? "";
  const all = [...file.matchAll(/<CdtTrfTxInf>.*?<\/CdtTrfTxInf>/gs)].map((one) => one[0]);
  const payee = (one: string) => inside(/<Cdtr>.*?<\/Cdtr>/s.exec(one)?.[0] ?? "", "Nm");
  return all.map((one) => ({ reference: inside(one, "EndToEndId"), payee: payee(one), amount: inside(one, "InstdAmt") }));
}

/** One booking of a bank's statement. */
export interface Entry {
  reference: string;
  amount: string;
  day: string;
  /** The bank's own number. */
  own: string;
  /** `BOOK` when left out. */
  status?: string;
  /** Why it came back; a payment when left out. */
  returned?: string;
}

/** A statement as camt.053.001.08. */
export function camt053(entries: Entry[]): string {
  const entry = ({ reference, amount, day, own, status, returned }: Entry) => `
   <Ntry><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>${returned ? "CRDT" : "DBIT"}</CdtDbtInd><Sts><Cd>${status ?? "BOOK"}</Cd></Sts>
    <BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${own}</AcctSvcrRef>
    <NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${
      returned ? `<RtrInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>${returned}</AddtlInf></RtrInf>` : ""
    }</TxDtls></NtryDtls></Ntry>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
  <GrpHdr><MsgId>M1</MsgId></GrpHdr>
  <Stmt><Id>S1</Id><Bal><Amt Ccy="CNY">999.00</Amt></Bal>${entries.map(entry).join("")}
  </Stmt></BkToCstmrStmt></Document>
`;
}
