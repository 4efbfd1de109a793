// One office both checks and approves: two people all the same. And a paper that is demanded of a village: without it its money
// is not allotted, with it it is. On the book where both wait for somebody.
import { enter, fillAll, paper, press } from "../support/forms";
import { done, forge, refusedWith } from "../support/money";
import { fromInbox, idOf } from "../support/story";
import { expect, look, test } from "../support/test";

test.use({ stage: "money-desk", book: "jizhou" });
test.describe.configure({ mode: "serial", timeout: 120_000 });

/** The village that has not agreed yet, and the plan that waits for it. */
const VILLAGE = "马伸桥镇新立村";
const known = { plan: "", claim: "" };

test("who checked a claim does not approve it", async ({ page }) => {
  await enter(page, "office");
  await page.goto("/claims");
  await page.locator("main tr", { hasText: "206,000.00" }).getByRole("link").first().click();
  known.claim = idOf(page);
  await expect(page.locator("main")).toContainText("请由另一人办理");
  await page.goto(`/claims/${known.claim}/do/claim_decide`);
  await expect(page.locator('main button[value="pass"]')).toHaveCount(0);
  await look(page, "desk-same-person");
  const sent = await forge(page, `/claims/${known.claim}/do/claim_decide`, { act: "pass", opinion: "" });
  expect(sent.status, "approved by who checked").toBe(422);
  await enter(page, "office-2");
  await page.goto(`/claims/${known.claim}/do/claim_decide`);
  await done(page);
  await expect(page.locator("main")).toContainText("待支付");
});

test("a village's money is not allotted before its paper is on file", async ({ page }) => {
  await enter(page, "government");
  await page.goto("/allocations?standing=open");
  await fromInbox(page, "蓟配");
  await expect(page).toHaveURL(/\/allocations\/\d+\/do\/approve$/);
  known.plan = /\/allocations\/(\d+)\//.exec(page.url())?.[1] ?? "";
  await expect(page.locator("main")).toContainText(VILLAGE);
  await fillAll(page, { outcome: "approve", document: "蓟政函〔2019〕90号" });
  await refusedWith(page, new RegExp(VILLAGE));
  await look(page, "desk-paper-missing");
});

test("the township files it and the plan is approved", async ({ page }) => {
  await enter(page, "mashenqiao");
  await page.goto("/consents");
  await look(page, "desk-consents");
  await page.goto("/consents/new?place=120119-ms-4&demand=village_consent");
  // A paper without its scan is none.
  await fillAll(page, { document: "新立村村民代表会议记录" });
  await refusedWith(page, /扫描件/);
  await page.locator('main input[name="files"]').setInputFiles(paper("会议记录"));
  await look(page, "desk-consent-new");
  await press(page, "file");
  await expect(page.locator("main")).toContainText("新立村村民代表会议记录");
  await enter(page, "government");
  await page.goto(`/allocations/${known.plan}/do/approve`);
  await fillAll(page, { outcome: "approve", document: "蓟政函〔2019〕90号" });
  await done(page);
  await expect(page.locator("main")).toContainText("蓟政函〔2019〕90号");
});
