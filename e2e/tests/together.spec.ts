// Several cases in one act: a government finds three projects before it, leaves one out, approves two by one paper and finds the list
// again. On the book of Hunan, with and without script.
import { enter, fillAll, press } from "../support/forms";
import { done, refusedWith } from "../support/money";
import { expect, hasScript, Looks, test } from "../support/test";

test.use({ stage: "together", book: "hunan" });
test.describe.configure({ mode: "serial", timeout: 180_000 });

const looks = new Looks();
test.afterAll(() => looks.end());

const TITLES = ["坪上村百合种植", "云台村中蜂养殖", "龙溪村果品分拣冷库"];
const known = { list: "" };

test("three projects wait; what is ticked is reckoned up, with what the rules say of all", async ({ page }) => {
  await enter(page, "government");
  await page.goto("/inbox");
  await looks.at(page, "together-inbox");
  await page.getByRole("link", { name: "3 件一起办" }).click();
  for (const title of TITLES) await expect(page.locator("main table")).toContainText(title);
  await expect(page.locator('main input[type="checkbox"]:checked')).toHaveCount(3);
  const ticked = page.locator('[data-part="ticked"]');
  await expect(ticked).toContainText("已选 3 件，3 个单位，合计 2,111,000.00 元");
  await expect(page.locator('[data-part="rules-of-all"]')).toContainText("第八条");
  await looks.at(page, "together");
  await page.locator("main tr", { hasText: TITLES[1] }).locator('input[type="checkbox"]').uncheck();
  if (!hasScript()) await press(page, "look");
  await expect(ticked).toContainText("已选 2 件，2 个单位，合计 1,725,000.00 元");
  await press(page, "none");
  await expect(ticked).toContainText("已选 0 件");
  await press(page, "all");
  await expect(ticked).toContainText("已选 3 件");
});

test("a refusal keeps what was typed; then two are approved by one paper and listed", async ({ page }) => {
  await enter(page, "government");
  await page.goto("/together/flow/decide_project");
  await page.locator("main tr", { hasText: TITLES[1] }).locator('input[type="checkbox"]').uncheck();
  await fillAll(page, { opinion: "审定同意", "note.number": "吉政函〔2019〕2号" });
  await refusedWith(page, /国家或者省另有规定的项目/, "outcome:approve");
  await looks.at(page, "together-refused");
  await expect(page.locator('main input[name="note.number"]')).toHaveValue("吉政函〔2019〕2号");
  await expect(page.locator('main input[type="checkbox"]:checked')).toHaveCount(2);
  await fillAll(page, { "fact.other_rules": "false", "fact.addition_reasoned": "false" });
  await done(page, "outcome:approve");
  known.list = new URL(page.url()).pathname;
  await expect(page.locator("main")).toContainText("吉政函〔2019〕2号");
  await expect(page.locator("main table")).toContainText("1,725,000.00");
  await expect(page.locator("main table")).not.toContainText(TITLES[1]);
  await looks.at(page, "together-list");
  const pdf = await page.request.get(`${known.list}/list.pdf`);
  expect([pdf.status(), pdf.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  expect(await (await page.request.get(`${known.list}/list.csv`)).text()).toContain(TITLES[0]);
});

test("a later addition under another number needs its reasons", async ({ page }) => {
  await enter(page, "government");
  await page.goto("/together/flow/decide_project");
  const typed = { opinion: "审定同意", "fact.other_rules": "false", "note.number": "吉政函〔2019〕5号" };
  await fillAll(page, { ...typed, "fact.addition_reasoned": "false" });
  await refusedWith(page, /R973.*第九条/s, "outcome:approve");
  await fillAll(page, { "fact.addition_reasoned": "true" });
  await done(page, "outcome:approve");
  await page.goto(known.list);
  await page.locator("main table").getByRole("link", { name: TITLES[2] }).click();
  await page.goto(`${new URL(page.url()).pathname}?tab=timeline`);
  await page.getByRole("link", { name: "与其他 1 件一并办理" }).click();
  await expect(page.locator("main table")).toContainText(TITLES[0]);
});
