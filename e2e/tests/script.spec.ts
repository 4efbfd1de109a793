// What the script adds: a view that follows the typing, rows in place, a pasted sheet, a question before work is lost.
import { type Page } from "@playwright/test";
import { enter, fillAll, moveTo, press } from "../support/forms";
import { expect, test } from "../support/test";

test.use({ stage: "script" });
test.describe.configure({ mode: "serial", timeout: 120_000 });

/** The draft of the correction that the demonstration left to an enterprise; its tables are filled. */
let draft = "";

/** A mark that a new page would lose. */
async function markPage(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => document.body.setAttribute("data-same-page", "1"));
  return async () => expect(page.locator('body[data-same-page="1"]'), "no new page was loaded").toHaveCount(1);
}

/** Waits for the answer to a view that the script asked for. */
function viewed(page: Page): Promise<unknown> {
  return page.waitForResponse((answer) => answer.request().headers()["x-live"] === "1");
}

test("the panel follows the typing and the focus stays @script", async ({ page }) => {
  await page.goto("/qualify");
  const same = await markPage(page);
  const panel = page.locator("aside");
  const share = page.locator('main [name="share"]');
  await share.click();
  await Promise.all([viewed(page), page.keyboard.type("29.9")]);
  await expect(share).toBeFocused();
  await expect(share).toHaveValue("29.9");
  const before = await panel.innerText();
  await Promise.all([viewed(page), share.fill("30")]);
  await expect(panel).not.toHaveText(before, { useInnerText: true });
  await expect(share).toBeFocused();
  // A radio counts at once as well.
  const during = await panel.innerText();
  await Promise.all([viewed(page), page.locator('main [name="mode"][value="project"]').check()]);
  await expect(panel).not.toHaveText(during, { useInnerText: true });
  await same();
});

test("places are narrowed level by level @script", async ({ page }) => {
  await page.goto("/qualify");
  const same = await markPage(page);
  const [province, city, county] = ["province", "city", "county"].map((level) => page.locator(`select[name="county.${level}"]`));
  await province.selectOption("620000");
  await city.selectOption("620100");
  await expect(county.locator("option", { hasText: "榆中县" })).toHaveCount(1);
  await expect(county.locator("option", { hasText: "靖远县" })).toHaveCount(0);
  // Another province empties what lies below it.
  await province.selectOption("630000");
  await expect(city.locator("option", { hasText: "兰州市" })).toHaveCount(0);
  await expect(city.locator("option", { hasText: "黄南" })).toHaveCount(1);
  await same();
});

test("rows are added and deleted in place, sums follow @script", async ({ page }) => {
  await enter(page, "jinghai");
  await page.goto("/inbox");
  await page.locator("main tr", { hasText: "丁青县电动三轮车组装项目" }).getByRole("link").first().click();
  await press(page, "begin");
  draft = new URL(page.url()).pathname;
  await page.goto(`${draft}/assets`);
  const same = await markPage(page);
  const rows = page.locator('[data-table="assets"] tbody tr');
  const total = page.locator('[data-part="assets.total.amount"]');
  await expect(rows).toHaveCount(2);
  await expect(total).toHaveText("2,140,000.00");
  await press(page, "add:assets");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2).locator("select, input").first()).toBeFocused();
  await fillAll(page, {
    "assets.2.class": "machine", "assets.2.item": "折弯机", "assets.2.acquired_on": "2020-02-10",
    "assets.2.quantity": "2", "assets.2.measure": "台", "assets.2.unit_price": "10000.50",
  });
  await expect(rows.nth(2).locator("output")).toHaveText("20,001.00");
  await expect(total).toHaveText("2,160,001.00");
  await press(page, "delete:assets:1");
  await expect(rows).toHaveCount(2);
  await expect(page.locator('[name="assets.1.item"]')).toHaveValue("折弯机");
  await expect(total).toHaveText("1,280,001.00");
  await same();
});

test("cells copied in a spreadsheet fill the table @script", async ({ page }) => {
  await enter(page, "jinghai");
  await page.goto(`${draft}/assets`);
  const rows = page.locator('[data-table="assets"] tbody tr');
  await press(page, "add:assets");
  await expect(rows).toHaveCount(3);
  const sheet = "机器、机械\t点焊机\t2020-02-01\t2\t台\t35000\n租赁费用\t厂房\t2019-10-05\t1\t年\t120000\n";
  const cell = page.locator('[name="assets.2.class"]');
  await cell.focus();
  await Promise.all([viewed(page), cell.evaluate((node, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, sheet)]);
  await expect(rows).toHaveCount(4);
  await expect(page.locator('[name="assets.2.item"]')).toHaveValue("点焊机");
  await expect(page.locator('[name="assets.2.class"]')).toHaveValue("machine");
  await expect(page.locator('[name="assets.3.item"]')).toHaveValue("厂房");
  await expect(page.locator('[data-part="assets.total.amount"]')).toHaveText("2,330,000.00");
  // The box under the table does the same for those who cannot paste into cells.
  await page.locator("details summary", { hasText: "粘贴" }).click();
  await page.locator('[name="paste.assets"]').fill("运输工具\t货车\t2020-02-12\t1\t辆\t98000");
  await page.locator('button[value^="paste:assets"]').click();
  await expect(rows).toHaveCount(5);
  await expect(page.locator('[name="assets.4.item"]')).toHaveValue("货车");
});

test("twelve months are summed while they are typed @script", async ({ page }) => {
  await enter(page, "jinghai");
  await page.goto(`${draft}/labour`);
  const sum = page.locator('[data-part="labour.total"]');
  const before = await sum.innerText();
  await Promise.all([viewed(page), page.locator('[name="labour.1.m12"]').fill("100.25")]);
  await expect(sum).not.toHaveText(before);
  await expect(page.locator('[data-part="labour.sum.hired"]')).toHaveText("100.25");
});

test("unsaved work is not left without a question @script", async ({ page }) => {
  await enter(page, "jinghai");
  await page.goto(`${draft}/project`);
  // Nothing typed: nothing asked.
  await page.locator(".brand").click();
  await expect(page).toHaveURL(/\/$/);
  await page.goto(`${draft}/project`);
  const field = page.locator('[name="f.products"]');
  await field.click();
  await page.keyboard.type("、电动自行车");
  const asked: string[] = [];
  page.once("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.locator(".brand").click({ noWaitAfter: true });
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(page).toHaveURL(new RegExp(`${draft}/project$`));
  await expect(field).toHaveValue(/电动自行车$/);
  // Saving is no leaving.
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await press(page, "draft");
  await expect(page).toHaveURL(new RegExp(`${draft}$`));
  expect(asked).toHaveLength(1);
  await page.goto(`${draft}/project`);
  await expect(field).toHaveValue(/电动自行车$/);
});

test("the sums of a plan follow the ticks @script", async ({ page }) => {
  await moveTo(page, "2020-04-27");
  await enter(page, "ndrc");
  await page.goto("/plans/new");
  await page.locator('main input[name="of"][value="application:2020"]').check();
  await press(page, "draft");
  const total = page.locator('[data-part="plan-total"]');
  await expect(total).toHaveText("0.00");
  await Promise.all([viewed(page), page.locator('main input[name="in"]').first().check()]);
  await expect(total).not.toHaveText("0.00");
  await Promise.all([viewed(page), page.locator('main input[name^="amount."]').first().fill("100000")]);
  await expect(total).toHaveText("100,000.00");
});
