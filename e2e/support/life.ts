// The life of a project in the browser: a form with its papers is filed, steps are done at their desks, notices hang and end,
// somebody objects, somebody is refused. Forms are filled from the fields that the page has, with what the story says of the
// project and else with what usually stands there.
import { type Page, expect } from "@playwright/test";
import { chooseCounty, enter, fillAll, moveTo, paper, press, type Typed } from "./forms";
import { done, forge, invoice, refusedWith, writeClaim } from "./money";
import { errorsOf, idOf, noErrors, partsOf } from "./story";

/** The table beside a notice: few notices have one. */
const TABLE = "file.notice_table";

/** What usually stands in a field, by the last part of its name. */
const USUAL: Typed = {
  person_phone: "13800001234",
  telephone: "0743-8220000",
  phone: "0743-8220000",
  head_id: "150426197501010013",
  complaints: "举报电话12317",
  measure: "项",
  quantity: "1",
  share: "60",
  progress: "60",
};

/** A field of the page that is open. */
interface Asked {
  name: string;
  kind: "text" | "long" | "number" | "date" | "month" | "radio" | "select" | "tick" | "file";
  value: string;
  /** It may stay empty. */
  optional: boolean;
  /** What can be chosen. */
  choices: string[];
}

/** Reads the fields of the page that is open, each name once. */
async function asked(page: Page): Promise<Asked[]> {
  return page.locator("main form[method='post'] [name]").evaluateAll((nodes) => {
    const found = new Map<string, Asked>();
    for (const node of nodes as (HTMLInputElement & HTMLSelectElement)[]) {
      if (node.type === "hidden" || node.type === "submit" || node.tagName === "BUTTON" || node.disabled) continue;
      const kinds: Record<string, Asked["kind"]> = { radio: "radio", file: "file", date: "date", month: "month", checkbox: "tick" };
      const typed = node.tagName === "TEXTAREA" ? "long" : /^(decimal|numeric)$/.test(node.inputMode) ? "number" : "text";
      const kind = node.tagName === "SELECT" ? "select" : (kinds[node.type] ?? typed);
      const one = found.get(node.name) ?? { name: node.name, kind, value: "", optional: false, choices: [] };
      one.optional ||= Boolean(node.closest(".field, fieldset")?.querySelector(".optional"));
      if (kind === "select") one.choices = [...node.options].map((option) => option.value).filter((value) => value !== "");
      if (kind === "radio") one.choices.push(node.value);
      if (kind !== "radio" && kind !== "file") one.value = node.value;
      else if (node.checked) one.value = node.value;
      found.set(node.name, one);
    }
    return [...found.values()];
  });
}

/** Fields in which nobody types to do a step: what is done beside it, pasted tables, where a return leads. */
const ASIDE = /^(to|q|paste\..*|checknote\..*|clear\..*|declare|opinion|document|on)$/;

/** A project and the people who carry it through its life. */
export class Life {
  /** The day of the demonstration, once the story has moved it. */
  day = "";

  /** What the story says, by the name of a field without what stands before it; where it lies. */
  constructor(
    readonly told: Typed,
    readonly county: string[],
  ) {}

  /** The day moves on. */
  async on(page: Page, day: string): Promise<void> {
    await moveTo(page, day);
    this.day = day;
  }

  /** What is written into a field: what this act says, what the story says, what usually stands there. */
  private answer({ name, kind, choices }: Asked, said: string | undefined): string {
    const last = name.slice(name.lastIndexOf(".") + 1);
    if (said !== undefined && (choices.length === 0 || choices.includes(said))) return said;
    if (name.startsWith("check.")) return "yes";
    if (choices.length > 0) return choices.includes("false") ? "false" : choices[0];
    if (kind === "date") return this.day;
    if (kind === "month") return this.day.slice(0, 7);
    return USUAL[last] ?? (kind === "number" ? "1" : "见附件");
  }

  /** Fills the page that is open, but for these papers: what must be filled and is empty, and what is said of it. */
  async write(page: Page, more: Typed = {}, without: string[] = []): Promise<void> {
    const fields = await asked(page);
    const region = fields.find((field) => field.name.endsWith(".province"));
    if (region && region.value === "") await chooseCounty(page, region.name.replace(".province", ""), this.county);
    const typed: Typed = {};
    for (const field of fields) {
      const { name, kind, value, optional } = field;
      const last = name.slice(name.lastIndexOf(".") + 1);
      // A cell goes by its column, where a fact was learnt by its own name alone.
      const names = [name, name.replace(/^(\w+)\.\d+\./, "$1."), ...(name.startsWith("basis.") ? [] : [last])];
      if (/\.(province|city|county)$/.test(name) || kind === "tick") continue;
      if (kind === "file") {
        if (name !== TABLE && !without.includes(last)) await page.locator(`main input[name="${name}"]`).setInputFiles(paper(last));
        continue;
      }
      const now = names.find((key) => key in more);
      const told = names.find((key) => key in this.told);
      const open = !ASIDE.test(name) && value === "" && (!optional || told !== undefined);
      if (now !== undefined) typed[name] = this.answer(field, more[now]);
      else if (open) typed[name] = this.answer(field, told === undefined ? undefined : this.told[told]);
    }
    await fillAll(page, typed);
  }

  /** Begins a draft: of a procedure (on what it builds on), or of a step that files the form of a case again. */
  async begin(page: Page, what: string, parent?: string): Promise<void> {
    await page.goto(`/file/${what}`);
    if (parent !== undefined) await fillAll(page, { parent });
    await press(page, "begin");
    await noErrors(page);
    await expect(page).toHaveURL(/\/drafts\/[^/]+$/);
  }

  /** Fills every part of the draft that is open but those left out, and its papers. */
  async compose(page: Page, more: Typed = {}, leaves: string[] = []): Promise<void> {
    const draft = page.url();
    for (const path of await partsOf(page)) {
      if (leaves.some((part) => path.endsWith(`/${part}`))) continue;
      await page.goto(path);
      await this.part(page, more);
    }
    await page.goto(draft);
    if ((await page.locator('main a[href*="/papers"]').count()) > 0) {
      await page.goto(`${new URL(draft).pathname}/papers`);
      const fields = page.locator(`main input[type="file"]:not([name="${TABLE}"])`);
      for (let i = 0; i < (await fields.count()); i++) await fields.nth(i).setInputFiles(paper(`附件${i}`));
      await press(page, "upload");
      await page.goto(draft);
    }
  }

  /** Fills and saves the part that is open. */
  async part(page: Page, more: Typed = {}): Promise<void> {
    const path = new URL(page.url()).pathname;
    await this.write(page, more);
    await press(page, "save");
    expect(new URL(page.url()).pathname, `${path} is saved and left: ${await errorsOf(page)}`).not.toBe(path);
  }

  /** Files the draft that is open; answers the number of its case. */
  async send(page: Page): Promise<string> {
    await page.goto(`${new URL(page.url()).pathname}/check`);
    const mend = page.locator("main .mend-list");
    const why = (await mend.count()) > 0 ? await mend.first().innerText() : "";
    await expect(page.locator('main input[name="declare"]'), `nothing is left to mend: ${why}`).toBeVisible();
    await page.locator('main input[name="declare"]').check();
    await press(page, "submit");
    await noErrors(page);
    await expect(page).toHaveURL(/\/file\/done\/\d+$/);
    return new URL(page.url()).pathname.split("/").pop() ?? "";
  }

  /** Files a form from beginning to end. */
  async file(page: Page, what: string, more: Typed = {}, parent?: string): Promise<string> {
    await this.begin(page, what, parent);
    await this.compose(page, more);
    return this.send(page);
  }

  /** Files the form of a case again at one of its steps. */
  async refile(page: Page, procedure: string, of: string, step: string, more: Typed): Promise<void> {
    await this.begin(page, `${procedure}?case=${of}&step=${step}`);
    await this.compose(page, more);
    await this.send(page);
  }

  /** The desk of a step, opened and filled, but for these papers. */
  async desk(page: Page, of: string, step: string, more: Typed = {}, without: string[] = []): Promise<void> {
    await page.goto(`/cases/${of}/do/${step}`);
    await this.write(page, { opinion: "情况属实，符合要求。", ...more }, without);
  }

  /** Does a step with an outcome (none for a step without). */
  async step(page: Page, of: string, step: string, outcome: string, more: Typed = {}): Promise<void> {
    await this.desk(page, of, step, more);
    await done(page, `outcome:${outcome}`);
  }

  /** Somebody signs in and does a step. */
  async does(page: Page, login: string, of: string, step: string, outcome = "", more: Typed = {}): Promise<void> {
    await enter(page, login);
    await this.step(page, of, step, outcome, more);
  }

  /** A step is refused with these words (the article among them); the page stays as it was typed. */
  async refused(page: Page, words: RegExp, outcome: string): Promise<void> {
    await refusedWith(page, words, `outcome:${outcome}`);
  }

  /** Somebody begins an order about the case with this title; answers the number of the new one. */
  async order(page: Page, procedure: string, about: string, more: Typed = {}): Promise<string> {
    await page.goto(`/begin/${procedure}?q=${encodeURIComponent(about)}`);
    await page.locator("main .pick a", { hasText: about }).first().click();
    await this.write(page, { opinion: "按规定办理。", ...more });
    await done(page, "outcome:");
    return idOf(page);
  }

  /** Posts the notice of a step; answers its number. */
  async post(page: Page, of: string, step: string, more: Typed = {}): Promise<string> {
    await this.desk(page, of, step, more);
    await done(page, "post");
    await page.goto(`/cases/${of}?tab=notices`);
    const number = page.locator('main a[href^="/notices/c"]');
    return (await number.first().innerText()).trim();
  }

  /** The notice of a step still runs: there is no button that ends it, and whoever sends the end all the same is refused. */
  async ending(page: Page, of: string, step: string, outcome: string): Promise<void> {
    await page.goto(`/cases/${of}/do/${step}`);
    await expect(page.locator('main button[value^="outcome:"]')).toHaveCount(0);
    const early = await forge(page, `/cases/${of}/do/${step}`, { act: `outcome:${outcome}`, opinion: "提前结束" });
    expect(early.status, "an end before the last day").toBe(422);
  }

  /** Ends the notice of a step that has run. */
  async end(page: Page, of: string, step: string, outcome: string, more: Typed = {}): Promise<void> {
    await page.goto(`/cases/${of}/do/${step}`);
    await fillAll(page, { opinion: "公示期满，没有收到异议。", ...more });
    await done(page, `outcome:${outcome}`);
  }
}

/** The public page of a notice on a case. */
export const noticePage = (of: string, number: string) => `/notices/c${of}?number=${encodeURIComponent(number)}`;

/** Anybody objects to a notice on its public page, without signing in; answers the number of the receipt. */
export async function objects(page: Page, of: string, number: string, text: string): Promise<string> {
  await page.context().clearCookies();
  await page.goto(noticePage(of, number));
  await page.locator('main a[href*="/object"]').first().click();
  await expect(page.locator('main textarea[name="text"]')).toBeVisible();
  await fillAll(page, { text });
  await press(page, "send");
  await noErrors(page);
  return (await page.locator(".receipt-number").innerText()).trim();
}

/** Whoever has the receipt reads the answer, without signing in. */
export async function receiptSays(page: Page, receipt: string, words: RegExp): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`/receipt?number=${encodeURIComponent(receipt)}`);
  await expect(page.locator("main .receipt")).toContainText(words);
}

/** The objection that is open is answered. */
export async function answers(page: Page, of: string, upheld: boolean, answer: string): Promise<void> {
  await page.goto(`/cases/${of}?tab=notices`);
  await page.locator('main .mend-list li', { hasNotText: "答复：" }).locator('a[href*="/objections/"]').last().click();
  await fillAll(page, { upheld: upheld ? "yes" : "no", answer });
  await press(page, "answer");
  await noErrors(page);
}

/** Says of every similar project that nobody has decided on yet that it is another one. */
export async function isAnother(page: Page, of: string, why: string): Promise<void> {
  await page.goto(`/cases/${of}?tab=related`);
  const open = page.locator('main .alike:not(:has(details)) input[name^="same."][value="no"]');
  expect(await open.count(), "similar projects that are undecided").toBeGreaterThan(0);
  while ((await open.count()) > 0) {
    const name = (await open.first().getAttribute("name")) ?? "";
    const other = name.replace("same.", "");
    await fillAll(page, { [name]: "no", [`why.${other}`]: why });
    await press(page, `compare:${other}`);
    await noErrors(page);
  }
}

/** What was changed against the version before is marked, the old beside the new. */
export async function differs(page: Page, of: string, version: string, was: string, is: string): Promise<void> {
  await page.goto(`/cases/${of}/form/${version}`);
  await expect(page.locator("main del", { hasText: was }).first()).toBeVisible();
  await expect(page.locator("main ins", { hasText: is }).first()).toBeVisible();
}

/** Says something beside the steps of a case: a comment, a copy to a role, an urging, a recusal. */
export async function beside(page: Page, of: string, verb: string, typed: Typed): Promise<void> {
  await page.goto(`/cases/${of}?tab=talk`);
  for (const name of Object.keys(typed)) {
    const folded = page.locator("main details:not([open])", { has: page.locator(`[name="${name}"]`) });
    if ((await folded.count()) > 0) await folded.locator("summary").first().click();
  }
  await fillAll(page, typed);
  await press(page, verb);
  await noErrors(page);
}

/** Writes a claim of one bill about the project of this name, without sending it. */
export async function claimOf(page: Page, project: string, line: string, number: string, cells: Typed = {}): Promise<void> {
  await page.goto(`/projects?q=${encodeURIComponent(project)}`);
  await page.locator("main table").getByRole("link", { name: project, exact: true }).first().click();
  await page.goto(`/claims/new?project=${idOf(page)}`);
  const bill = invoice(line, "c1", number, "1000");
  await writeClaim(page, "progress", [{ cells: { ...bill.cells, ...cells } }]);
}
