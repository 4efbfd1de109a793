// Filling forms as a clerk does: by the names of fields, through selects, radios, tables and papers, with and without script.
import { type Locator, type Page, expect } from "@playwright/test";
import { hasScript } from "./test";

/** What is typed into fields, by name. */
export type Typed = Record<string, string>;

/** Fills the fields that are on the page; radios and selects are chosen by value. Answers the names that were not there. */
export async function fill(page: Page, typed: Typed): Promise<string[]> {
  // Asked once for all fields: a question for each would take longer than the typing.
  const kinds = new Map(
    await page.locator("main [name]").evaluateAll((all) =>
      (all as HTMLInputElement[]).map((node) => [node.name, `${node.tagName}:${node.type}`] as const),
    ),
  );
  const missing: string[] = [];
  for (const [name, value] of Object.entries(typed)) {
    const kind = kinds.get(name);
    if (kind) await put(page.locator(`main [name="${name}"]`), kind, value);
    else missing.push(name);
  }
  return missing;
}

async function put(field: Locator, kind: string, value: string): Promise<void> {
  const first = field.first();
  if (kind.startsWith("SELECT")) await first.selectOption(value);
  else if (kind.endsWith(":radio")) await field.and(field.page().locator(`[value="${value}"]`)).check();
  else if (kind.endsWith(":checkbox")) await first.setChecked(value === "true");
  else await first.fill(value);
}

/** Fills everything and fails when a field is not there. */
export async function fillAll(page: Page, typed: Typed): Promise<void> {
  expect(await fill(page, typed), "fields that are not on the page").toEqual([]);
}

/** What the script does in place, without a new page. */
const IN_PLACE = /^(add|delete|paste):/;

/** Presses the main button, or the one with this value, and waits for the answer: a new page, or new rows by script. */
export async function press(page: Page, act?: string): Promise<void> {
  const button = act
    ? page.locator(`main button[name="act"][value="${act}"]:not(.default-act)`)
    : page.locator("main button.primary");
  expect(await button.count(), `a button ${act ?? ""} on ${page.url()}`).toBeGreaterThan(0);
  const answered =
    act && IN_PLACE.test(act) && hasScript()
      ? page.waitForResponse((answer) => answer.request().headers()["x-live"] === "1")
      : page.waitForEvent("domcontentloaded");
  await Promise.all([answered, button.first().click()]);
}

/** Fills a growing table, adding rows as needed. A row is its cells by column. */
export async function fillRows(page: Page, table: string, rows: Typed[]): Promise<void> {
  for (const [at, row] of rows.entries()) {
    const line = page.locator(`[data-table="${table}"] tbody tr`);
    const there = await line.count();
    if (there <= at) {
      await press(page, `add:${table}`);
      await expect(line).toHaveCount(there + 1);
    }
    await fillAll(page, Object.fromEntries(Object.entries(row).map(([cell, text]) => [`${table}.${at}.${cell}`, text])));
  }
}

/** Answers every question of a checklist (fields that begin with `prefix`) with yes. */
export async function allHold(page: Page, prefix: string): Promise<void> {
  const yes = page.locator(`main input[type="radio"][name^="${prefix}"][value="yes"]`);
  expect(await yes.count(), `questions ${prefix}`).toBeGreaterThan(0);
  for (const one of await yes.all()) await one.check();
}

/** Chooses a county step by step (a district of a municipality has two): by script at once, without script with the button beside the lists. */
export async function chooseCounty(page: Page, name: string, labels: string[]): Promise<void> {
  const keys = ["province", "city", "county"];
  for (const [i, label] of labels.entries()) {
    const list = page.locator(`select[name="${name}.${keys[i]}"]`);
    await expect(list).toBeEnabled();
    await list.selectOption({ label });
    if (!hasScript() && i + 1 < labels.length) await press(page, `region:${name}`);
  }
}

/** A one-page PDF, to upload. */
export function paper(name: string): { name: string; mimeType: string; buffer: Buffer } {
  const body = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
  return { name: `${name}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(body + name) };
}

/** Uploads a paper into every file field of the page. */
export async function uploadAll(page: Page): Promise<void> {
  const fields = page.locator('main input[type="file"]');
  for (let i = 0; i < (await fields.count()); i++) {
    const name = (await fields.nth(i).getAttribute("name")) ?? `paper${i}`;
    await fields.nth(i).setInputFiles(paper(name.replace("paper.", "")));
  }
  await press(page, "upload");
}

/** Signs in with a name of the demonstration. */
export async function enter(page: Page, login: string): Promise<void> {
  await page.goto("/demo");
  // Somebody else may be signed in still: what counts is that the server has answered, and the page of its answer.
  const button = page.locator(`button[data-login="${login}"]`);
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST"), button.click()]);
  await page.waitForLoadState();
  await expect(page.locator(".person-name")).toBeVisible();
}

/** Moves the demonstration's day forward. */
export async function moveTo(page: Page, day: string): Promise<void> {
  await page.goto("/demo");
  await page.locator('main input[name="day"]').fill(day);
  await press(page, "move");
  await expect(page.locator("main")).toContainText(day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日"));
}

/** A unified social credit code that passes its check (GB 32100): a made-up body of a region. */
export function creditCode(region: string, serial: string): string {
  const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const first = `91${region}MA6${serial}`.padEnd(17, "0").slice(0, 17);
  const sum = [...first].reduce((all, char, i) => all + digits.indexOf(char) * weights[i], 0);
  return first + digits[(31 - (sum % 31)) % 31];
}

/** A resident identity number that passes its check and belongs to nobody. */
export function residentId(serial: number): string {
  const first = `12010119800101${String(serial).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...first].reduce((all, char, i) => all + Number(char) * weights[i], 0);
  return first + "10X98765432"[sum % 11];
}
