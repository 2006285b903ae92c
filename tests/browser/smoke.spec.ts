import { expect, test } from "./fixtures.ts";
import { type Engine, openIn, waitFor } from "./smoke-browsers.ts";

// The page puts the SHA-256 of the current report's JSON text on its root element, so that two browsers,
// or two runs, can be compared without copying the report out.
const HASH = "document.documentElement.dataset.reportHash";

async function reportHash(engine: Engine, url: string): Promise<{ browser: string; hash: unknown }> {
  const page = await openIn(engine, url);
  try {
    await waitFor(page, "document.documentElement.dataset.ready === 'true'");
    const hash = await page.evaluate(HASH);
    expect(page.errors).toEqual([]);
    return { browser: page.browser, hash };
  } finally {
    await page.close();
  }
}

let reference: unknown;
test.beforeAll(async ({ site }) => {
  reference = (await reportHash("chromium", site)).hash;
});

for (const engine of ["chromium", "firefox", "webkit"] as const) {
  test(`${engine} computes the same report as a first run in Chromium`, async ({ site }, info) => {
    const { browser, hash } = await reportHash(engine, site);
    info.annotations.push({ type: "browser", description: browser });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).toBe(reference);
  });
}
