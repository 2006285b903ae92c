import { pathToFileURL } from "node:url";
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

// The report carries the scenario's title, which the example has in the reader's language: all read the same one.
const ASKED = "?lang=en";

let reference: unknown;
test.beforeAll(async ({ site }) => {
  reference = (await reportHash("chromium", `${site}${ASKED}`)).hash;
});

for (const engine of ["chromium", "firefox", "webkit"] as const) {
  test(`${engine} computes the same report as a first run in Chromium`, async ({ site }, info) => {
    const { browser, hash } = await reportHash(engine, `${site}${ASKED}`);
    info.annotations.push({ type: "browser", description: browser });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).toBe(reference);
  });
}

for (const engine of ["chromium", "firefox", "webkit"] as const) {
  test(`${engine} runs the single file from the disk, and the element`, async ({ site }) => {
    const { hash } = await reportHash(engine, `${pathToFileURL("dealcast.html").href}${ASKED}`);
    expect(hash).toBe(reference);

    const page = await openIn(engine, `${site}embed.html${ASKED}`);
    try {
      await waitFor(
        page,
        "[...document.querySelectorAll('deal-cast')].every((element) => element.dataset.ready === 'true')",
        120_000,
      );
      // The second element shows the page's first case, under a root of its own.
      expect(await page.evaluate("document.querySelector('#second').dataset.reportHash")).toBe(reference);
      expect(
        await page.evaluate("document.querySelector('#first').shadowRoot.querySelector('h1').textContent"),
      ).toMatch(/chances/);
      expect(page.errors).toEqual([]);
    } finally {
      await page.close();
    }
  });
}
