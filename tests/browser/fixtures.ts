import { test as base } from "@playwright/test";
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
});
export { expect } from "@playwright/test";
