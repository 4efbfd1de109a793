// The main job, as people do it: an enterprise checks whether it qualifies, registers, pre-declares, applies; district, firm,
// commission, working group, public, leading group and finance do their parts; the money arrives. With and without script.
import type { Page } from "@playwright/test";
import { expect, look, signOut, test } from "../support/test";
import {
  chooseCounty,
  creditCode,
  enter,
  fill,
  fillAll,
  moveTo,
  press,
  residentId,
  type Typed,
  uploadAll,
} from "../support/forms";

// One story in many acts, in order, on one demonstration.
test.describe.configure({ mode: "serial", timeout: 240_000 });

const INVESTOR = "天津海信合作贸易有限公司";
const COMPANY = "皋兰海信蔬菜有限公司";
const PROJECT = "皋兰县高原蔬菜保鲜项目";
const LOGIN = "haixin";
const PASSWORD = "vegetable-fields-2020";
const DISTRICT = "district-hedong";

/** Signs in on the sign-in page, as the enterprise's own person. */
async function enterAsInvestor(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await fillAll(page, { login: LOGIN, password: PASSWORD });
  await press(page);
  await expect(page.locator(".person-name")).toBeVisible();
}

/** Goes through the parts of a draft, filling each with what belongs there. */
async function fillParts(page: Page, typed: Typed, county: [string, string, string]): Promise<void> {
  const draft = page.url();
  const parts = await page.locator('main a[href*="/drafts/"]').evaluateAll((links) => [
    ...new Set(links.map((link) => (link as HTMLAnchorElement).pathname)),
  ]);
  for (const path of parts.filter((p) => !/\/(papers|check)$/.test(p))) {
    await page.goto(path);
    if ((await page.locator('select[name$=".province"]').count()) > 0) {
      const name = (await page.locator('select[name$=".province"]').first().getAttribute("name")) ?? "";
      await chooseCounty(page, name.replace(".province", ""), county);
    }
    await fill(page, typed);
    await press(page, "save");
    await expect(page.locator(".error-summary"), `faults on ${path}`).toHaveCount(0);
  }
  await page.goto(draft);
}

test("anybody sees whether an enterprise would qualify", async ({ page }) => {
  await page.goto("/qualify");
  await look(page, "qualify");
});

test("an enterprise registers", async ({ page }) => {
  await page.goto("/register");
  await press(page, "register");
  await expect(page.locator(".error-summary")).toBeVisible();
  await look(page, "register-empty");
  await fillAll(page, {
    name: INVESTOR,
    code: creditCode("120102", "H7701"),
    region: "120102",
    person: "冯海信",
    login: LOGIN,
    password: PASSWORD,
    again: PASSWORD,
  });
  await press(page, "register");
  await expect(page.locator(".error-summary")).toHaveCount(0);
  await look(page, "registered");
});

test("it files the pre-declaration", async ({ page }) => {
  await enterAsInvestor(page);
  await page.goto("/file");
  await look(page, "file");
  await page.goto("/file/predeclaration");
  await press(page);
  await look(page, "draft-tasks");
  const draft = page.url();
  await fillParts(
    page,
    {
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
    },
    ["甘肃省", "兰州市", "皋兰县"],
  );
  await page.goto(`${draft}/papers`);
  await uploadAll(page);
  await look(page, "draft-papers");
  await page.goto(`${draft}/check`);
  await look(page, "draft-check");
  await page.locator('main input[type="checkbox"]').first().check();
  await press(page);
  await expect(page.locator("main")).toContainText("津前-2020-");
  await look(page, "filed");
});
