// Registers: a department looks into a place, sees what was lost and who has not reported, finds a project by who answers for it, and takes the
// lines along as a file. On the book of Xinjiang, with and without script.
import { enter } from "../support/forms";
import { expect, Looks, test } from "../support/test";

test.use({ stage: "registers", book: "xinjiang" });
test.describe.configure({ mode: "serial", timeout: 120_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

test("the ledger of assets says what was lost, and for which year nobody has reported", async ({ page }) => {
  await enter(page, "department");
  await page.goto("/registers");
  await looks.at(page, "registers");
  await page.getByRole("link", { name: "扶贫资产总台账" }).click();
  await expect(page.locator("#lines")).toContainText("资产流失");
  await looks.at(page, "register-assets");
  const cows = page.locator("#lines tbody tr").first();
  await page.goto("/registers/assets?year=2020");
  await expect(cows).toContainText("2020年未报");
  await expect(page.locator("#sums tfoot")).toContainText("1");
});

test("a group is looked into and left again, and the file has its lines only", async ({ page }) => {
  await enter(page, "department");
  await page.goto("/registers/projects?by=class");
  const lines = page.locator("#lines tbody tr");
  const all = await lines.count();
  await page.locator("#sums tbody a").first().click();
  const some = await lines.count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  const csv = await page.locator(".export-links a", { hasText: "CSV" }).getAttribute("href");
  const text = await (await page.request.get(csv!)).text();
  expect(text.trim().split("\r\n").length).toBe(1 + some + 1);
  await page.getByRole("link", { name: "看全部" }).click();
  await expect(lines).toHaveCount(all);
});

test("projects are found by who answers for them", async ({ page }) => {
  await enter(page, "department");
  await page.goto("/registers/projects");
  await page.locator('input[name="q"]').fill("水利");
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page.locator("#lines")).toContainText("雅瓦乡末级渠系防渗改造");
  await expect(page.locator("#lines")).not.toContainText("设施农业大棚");
  await page.goto("/registers/projects?q=查无此人");
  await expect(page.locator("main")).toContainText("没有符合条件的行");
});
