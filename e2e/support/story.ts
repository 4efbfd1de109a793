// The invented enterprise of the journey: its names, what it writes into its forms, and how its people sign in.
import { type Page, expect } from "@playwright/test";
import { allHold, chooseCounty, creditCode, fill, fillAll, fillRows, press, residentId, type Typed } from "./forms";

export const INVESTOR = "天津海信合作贸易有限公司";
export const COMPANY = "皋兰海信蔬菜有限公司";
export const PROJECT = "皋兰县高原蔬菜保鲜项目";
export const DISTRICT = "district-hedong";
export const FIRM = "天津正衡工程咨询有限公司";
export const COUNTY: [string, string, string] = ["甘肃省", "兰州市", "皋兰县"];
/** The line that is older than the enterprise. */
export const EARLY = "旧分拣机（注册前购入）";

const LOGIN = "haixin";
const PASSWORD = "vegetable-fields-2020";

/** What the registration page asks for. */
export const REGISTRATION: Typed = {
  name: INVESTOR,
  code: creditCode("120102", "H7701"),
  region: "120102",
  person: "冯海信",
  login: LOGIN,
  password: PASSWORD,
  again: PASSWORD,
};

/** Annex 2. */
export const PREDECLARATION: Typed = {
  "f.representative": "冯德明",
  "f.investor_capital": "3000",
  "f.address": "天津市河东区演示路8号",
  "f.contact": "冯海信",
  "f.mobile": "13800001234",
  "f.company_name": COMPANY,
  "f.project_name": PROJECT,
  "f.company_capital": "500",
  "f.tianjin_share": "60",
  "f.fixed_assets": "420.5",
  "f.start_on": "2020-01-10",
  "f.lifted": "62",
  "f.intro": "新建保鲜库和分拣线，雇用建档立卡贫困人口，与合作社签订收购协议。",
};

/** Annex 3, all fields. */
export const APPLICATION: Typed = {
  "f.company_contact": "冯海信",
  "f.company_contact_phone": "13800001234",
  "f.mode": "project",
  "f.company_credit_code": creditCode("620122", "H7702"),
  "f.company_address": "皋兰县工业集中区9号",
  "f.founded_on": "2019-11-05",
  "f.company_scope": "蔬菜的收购、保鲜、加工、销售",
  "f.legal_name": "冯德明",
  "f.legal_id": residentId(101),
  "f.legal_phone": "13800001235",
  "f.contact_name": "冯海信",
  "f.contact_id": residentId(102),
  "f.contact_phone": "13800001234",
  "f.cooperation": "joint",
  "f.bank_name": "演示银行皋兰支行",
  "f.bank_holder": COMPANY,
  "f.bank_account": "6217000020200001234",
  "f.scale": "620",
  "f.products": "高原夏菜、净菜",
  "f.build_from": "2019-11",
  "f.build_to": "2020-03",
  "f.lifted": "62",
  "f.main_registered_at": "天津市河东区演示路8号",
  "f.main_founded_on": "2009-03-02",
  "f.main_address": "天津市河东区演示路8号",
  "f.main_legal_name": "冯德明",
  "f.main_legal_id": residentId(101),
  "f.main_legal_phone": "13800001235",
  "f.main_contact_name": "冯海信",
  "f.main_contact_phone": "13800001234",
  "f.labour_year": "2020",
  "f.paid_in": "5000000.00",
  "f.staff": "45",
  "f.poor_staff": "16",
  "f.new_company": "true",
  "f.acquired": "false",
  "f.finished": "false",
  "f.first_year": "false",
  "f.tj_subsidy": "false",
  "f.changdu_fund": "false",
  "f.hotan_fund": "false",
};

/** A line of the table of investors: all in cash. */
export const investor = (name: string, amount: string, share: string): Typed => ({
  name, amount, share, cash: amount, land: "0", goods: "0", intangible: "0", other: "0", address: "天津市河东区演示路8号",
});
const asset = (kind: string, item: string, on: string, quantity: string, measure: string, price: string): Typed => ({
  class: kind, item, acquired_on: on, quantity, measure, unit_price: price,
});

/** The growing tables of annex 3. Counted: 2,600,000 + 800,000; the line of 2019-10-15 is older than the enterprise. */
export const TABLES: Record<string, Typed[]> = {
  investors: [investor(INVESTOR, "250", "50"), investor("天津海河演示投资有限公司", "50", "10")],
  assets: [
    asset("machine", EARLY, "2019-10-15", "1", "台", "120000"),
    asset("building", "蔬菜保鲜库（900平方米）", "2019-12-18", "1", "栋", "2600000"),
    asset("equipment", "预冷机组 YL-60", "2020-02-20", "2", "套", "400000"),
  ],
  running: [{ kind: "power", paid_on: "2020-03-15", payee: "皋兰县供电公司 电费", voucher: "PZ-001", amount: "54000" }],
};

/** Table seven: three months of wages. */
export const MONTHS: Typed = { "labour.0.m1": "86000", "labour.0.m2": "86000", "labour.0.m3": "86000" };

/** Signs in on the sign-in page, as the enterprise's own person. */
export async function enterAsInvestor(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await fillAll(page, { login: LOGIN, password: PASSWORD });
  await press(page);
  await expect(page.locator(".person-name")).toBeVisible();
}

/** The addresses of the parts of the draft that is open. */
export async function partsOf(page: Page): Promise<string[]> {
  const links = page.locator('main a[href*="/drafts/"]');
  const paths = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
  return [...new Set(paths)].filter((path) => !/\/(papers|check|[a-z]+\.pdf)$/.test(path));
}

/** Goes through the parts of a draft, filling each with what belongs there; `at` is called on each before it is saved. */
export async function fillParts(
  page: Page,
  typed: Typed,
  at?: (part: string) => Promise<void>,
  { county, tables }: { county: [string, string, string]; tables: Record<string, Typed[]> } = { county: COUNTY, tables: TABLES },
): Promise<void> {
  const draft = page.url();
  const used = new Set<string>();
  for (const path of await partsOf(page)) {
    await page.goto(path);
    if ((await page.locator('main select[name$=".province"]').count()) > 0) {
      const name = (await page.locator('main select[name$=".province"]').first().getAttribute("name")) ?? "";
      await chooseCounty(page, name.replace(".province", ""), county);
    }
    const part = path.slice(path.lastIndexOf("/") + 1);
    if (tables[part]) await fillRows(page, part, tables[part]);
    const missing = new Set(await fill(page, typed));
    for (const name of Object.keys(typed)) if (!missing.has(name)) used.add(name);
    if (at) await at(part);
    await press(page, "save");
    expect(new URL(page.url()).pathname, `${path} is saved and left: ${await errorsOf(page)}`).not.toBe(path);
  }
  expect(Object.keys(typed).filter((name) => !used.has(name)), "fields that are on no page").toEqual([]);
  await page.goto(draft);
}

/** What the error summary of the page says; empty when there is none. */
export async function errorsOf(page: Page): Promise<string> {
  const box = page.locator(".error-summary");
  return (await box.count()) > 0 ? box.innerText() : "";
}

/** Nothing is wrong with what was sent; when there is, the failure says what. */
export async function noErrors(page: Page): Promise<void> {
  expect(await errorsOf(page)).toBe("");
}

/** Follows the link to a step of a case or plan from the inbox of whoever is signed in. */
export async function fromInbox(page: Page, what: string): Promise<void> {
  await page.goto("/inbox");
  await page.locator("main tr", { hasText: what }).getByRole("link").first().click();
  await expect(page.locator("h1")).toBeVisible();
}

/** Does a step of a case with an opinion. */
export async function decide(page: Page, outcome: string, opinion: string): Promise<void> {
  await fillAll(page, { opinion });
  await press(page, `outcome:${outcome}`);
  await noErrors(page);
}

/** Answers what the district establishes about an application: everything is in order. */
export async function districtFacts(page: Page): Promise<void> {
  await allHold(page, "check.");
  for (const fact of ["investor_in_tj", "investor_lawful", "company_lawful", "in_catalogue"]) {
    await fillAll(page, { [`fact.${fact}`]: "true" });
  }
  for (const fact of ["tj_subsidy", "changdu_fund", "hotan_fund"]) await fillAll(page, { [`fact.${fact}`]: "false" });
}

/** The minutes of the working group. */
export const MINUTES: Typed = {
  place: "市发展改革委第二会议室",
  chair: "工作组组长",
  present: "市发展改革委\n市合作交流办\n市财政局\n市农业农村委",
  resolution: "会议审议了资助项目名单和金额，一致同意，按程序公示。",
};

/** What a notice needs besides its table. */
export const NOTICE: Typed = {
  "field.contact": "市发展改革委区域合作处 022-2300 0000（演示号码）",
  "posting.0": "http://example.invalid/ndrc/2020-05-14",
  "posting.1": "http://example.invalid/hezuo/2020-05-14",
};

/** The number at the end of the address. */
export function idOf(page: Page): string {
  return new URL(page.url()).pathname.split("/").pop() ?? "";
}
