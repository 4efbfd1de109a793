// The start page opens, holds at every width, and its switches work with and without script.
import { expect, look, test } from "../support/test";

test("the start page opens", async ({ page }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()["content-security-policy"]).toContain("default-src 'none'");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await look(page, "start");
});

test("an unknown address has a way back", async ({ page }) => {
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await look(page, "not-found");
  await page.getByRole("link", { name: "返回首页" }).click();
  await expect(page).toHaveURL(/\/$/);
});

test("language, print and contrast are switched and kept", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "Large print" }).click();
  await page.getByRole("button", { name: "High contrast" }).click();
  await expect(page.locator("html")).toHaveClass(/large-print high-contrast/);
  await look(page, "start-strong-en");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator("html")).toHaveClass(/large-print/);
});
