// The register of poor households: an area loads its own whole or not at all, the desks see beside the form who is not on it, the
// approval waits for that, and a newer register mends it. On the book of Tongzhou, with and without script.
import { type Page } from "@playwright/test";
import { enter, press } from "../support/forms";
import { caseStep, refusedWith } from "../support/money";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "rosters", book: "tongzhou" });
test.describe.configure({ mode: "serial", timeout: 120_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

const PROJECT = "乌丹镇庭院特色种植";
const HEAD = "户主姓名,户主身份证号,村,组,家庭人口,识别年度,状态";
const ROWS = [
  "王德山,150426196203141125,东庄头营子村,二组,4,2014,建档立卡",
  "李秀兰,150426195809273048,巴嘎塔拉村,一组,2,2014,建档立卡",
  "张福,150426197108062212,赛沁塔拉村,三组,3,2016,建档立卡",
  "乌力吉,150426196601195188,巴嘎塔拉村,四组,5,2015,脱贫享受政策",
];
/** Not on the register of the story. */
const FIFTH = "赵长顺,150426197405020676,哈日敖包村,一组,3,2018,建档立卡";
const known = { case: "" };

/** Sends a list to its page; what it says is shown before anything is loaded. */
async function sends(page: Page, rows: string[]): Promise<void> {
  await page.goto("/rosters/poor/load");
  const buffer = Buffer.from(`${HEAD}\n${rows.join("\n")}\n`);
  await page.locator('main input[type="file"]').first().setInputFiles({ name: "建档立卡名单.csv", mimeType: "text/csv", buffer });
  await press(page, "read");
}

/** The case that waits for the approval. */
async function opens(page: Page): Promise<void> {
  await page.goto("/cases");
  await page.locator("main a", { hasText: PROJECT }).first().click();
  await page.waitForURL(/cases\/\d+/);
  known.case = /\/cases\/(\d+)/.exec(page.url())?.[1] ?? "";
  expect(known.case).not.toBe("");
}

test("the area loads its register and the desk sees who is not on it", async ({ page }) => {
  await enter(page, "area-ongniud");
  await page.goto("/rosters");
  await expect(page.locator("main")).toContainText("翁牛特旗");
  await looks.at(page, "rosters");
  // A wrong number and a household twice: both are named by their cells, and nothing can be loaded.
  await sends(page, [ROWS[0].replace("1125,", "1126,"), ROWS[1]]);
  await expect(page.locator("#findings")).toContainText("B2");
  await expect(page.locator('main button[value="load"]')).toHaveCount(0);
  await sends(page, [ROWS[1], ROWS[2], ROWS[1]]);
  await expect(page.locator("#findings")).toContainText("B4");
  await expect(page.locator("main")).not.toContainText("150426195809273048");
  await looks.at(page, "rosters-faults");
  await sends(page, ROWS);
  await expect(page.locator("#people")).toContainText("150426********1125");
  await looks.at(page, "rosters-preview");
  await press(page, "load");
  await expect(page.locator(".flash")).toContainText("已装入 4 户");
  await enter(page, "office");
  await opens(page);
  await page.goto(`/cases/${known.case}?tab=households`);
  const row = page.locator("main tbody tr", { hasText: "赵****" });
  await expect(row).toContainText("不在册");
  await expect(page.locator("main tbody tr", { hasText: "李****" })).toContainText("少郎河沿岸户养大鹅");
  await looks.at(page, "case-households");
  const sheet = await page.request.get(`/cases/${known.case}/households?format=csv`);
  expect(await sheet.text()).toContain("赵****");
});

test("nothing is approved while a household is not on the register; a newer one mends it", async ({ page }) => {
  await enter(page, "unit-ongniud");
  await page.goto(`/cases/${known.case}?tab=households`);
  await expect(page.locator("main")).toContainText("不在册 1 户");
  await expect(page.locator("main table"), "who files sees counts only").toHaveCount(0);
  await page.goto("/rosters");
  await expect(page.locator("main")).not.toContainText("翁牛特旗");
  await enter(page, "office");
  await page.goto(`/cases/${known.case}/do/decide_project`);
  await page.locator('main [name^="note.decided_by"]').fill("周敏");
  await page.locator('main [name^="note.number"]').fill("通支合立〔2018〕9号");
  await refusedWith(page, /名单.*第三条/s, "outcome:approve");
  await enter(page, "area-ongniud");
  await sends(page, [...ROWS, FIFTH]);
  await expect(page.locator("main")).toContainText("新增");
  await press(page, "load");
  await enter(page, "office");
  await caseStep(page, known.case, "decide_project", "approve", { decided_by: "周敏", number: "通支合立〔2018〕9号" });
});
