// Journeys in a real browser against the release binary. Each worker starts its own demonstration on a port that the
// system chooses (support/server.ts); nothing is shared between workers and nothing comes from the network.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 5_000 },
  reporter: [["list"], ["html", { outputFolder: "report", open: "never" }]],
  use: {
    browserName: "chromium",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1280, height: 900 },
    screenshot: "only-on-failure",
    // Recording every action costs a third of the time: `npx playwright test --trace retain-on-failure` when a failure needs it.
    trace: "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "script", use: { javaScriptEnabled: true } },
    // Every journey also runs without script; what only the script does is tagged @script.
    { name: "no-script", use: { javaScriptEnabled: false }, grepInvert: /@script/ },
  ],
});
