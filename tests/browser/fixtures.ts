import { test as base, expect } from "@playwright/test";
import { serve } from "../../scripts/serve.mjs";

/** Tests of the built page: dist/ is served on a port of its own, with the page's policy, and `/` is the page. */
export const test = base.extend<object, { site: string }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern
    async ({}, use) => {
      const server = await serve("dist");
      await use(server.url);
      await server.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ site }, use) => use(site),
  // An error that nobody caught fails the test in which it happened.
  page: async ({ page }, use) => {
    const uncaught: string[] = [];
    page.on("pageerror", (error) => uncaught.push(error.message));
    await use(page);
    expect(uncaught).toEqual([]);
  },
});
export { expect };
