import { defineConfig } from "@playwright/test";
import { systemBrowser } from "./scripts/browser-path.mjs";

const executablePath = systemBrowser("chromium");

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only the second time is a failing test.
  retries: 0,
  workers: 2,
  // Generous: two pages, each with its own workers, may share one slow core.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  reporter: [["list"]],
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    // Recording costs as much as the tests themselves.
    trace: process.env.DEALCAST_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      chromiumSandbox: false,
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
      ],
    },
  },
  // Tests of one file as well side by side: the longest file would else be the last to end.
  projects: [
    { name: "e2e", testMatch: "*.spec.ts", testIgnore: "smoke.spec.ts", fullyParallel: true },
    { name: "smoke", testMatch: "smoke.spec.ts" },
  ],
});
