import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import type { Browser, Frame, Page } from "@playwright/test";
import { test as base, expect } from "@playwright/test";
import { CSP } from "../../scripts/csp.mjs";
import { serve } from "../../scripts/serve.mjs";

// The single file in the situations that wikis put it in. The reference is the folder's report.
const FILE = "dealcast.html";
const COMPAT = "dealcast-compat.html";

/** Serves `dealcast.html` with the headers that the address asks for, and frames around it. */
const test = base.extend<object, { host: string; reference: string }>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern
    async ({}, use) => {
      const file = readFileSync(FILE);
      const server = createServer((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
        const policy = searchParams.get("csp");
        const headers: Record<string, string> = { "content-type": "text/html; charset=utf-8" };
        if (policy) headers["content-security-policy"] = policy;
        if (pathname === "/file") response.writeHead(200, headers).end(file);
        else if (pathname === "/compat") response.writeHead(200, headers).end(readFileSync(COMPAT));
        else if (pathname === "/frame")
          response
            .writeHead(200, headers)
            .end(
              '<link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="1000" height="800"></iframe>',
            );
        else response.writeHead(404).end();
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      const { port } = server.address() as { port: number };
      await use(`http://127.0.0.1:${port}`);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
    { scope: "worker" },
  ],
  reference: [
    async ({ browser }, use) => {
      const server = await serve("dist");
      const page = await browser.newPage();
      await page.goto(server.url);
      await use(await hashIn(page.mainFrame()));
      await page.close();
      await server.close();
    },
    { scope: "worker" },
  ],
});

/** The hash of the first report in full. */
async function hashIn(frame: Frame): Promise<string> {
  await frame.locator("html[data-ready=true]").waitFor({ state: "attached", timeout: 200_000 });
  return (await frame.evaluate(() => document.documentElement.dataset.reportHash)) ?? "";
}

/** A new page that tells what it asked the network for and what it complained of. */
async function watched(browser: Browser, offline = false) {
  const context = await browser.newContext({ offline });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("blob:")) requests.push(request.url());
  });
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { context, page, requests, complaints };
}

/** The frame inside the page. */
async function inner(page: Page): Promise<Frame> {
  const element = await page.waitForSelector("iframe");
  const frame = await element.contentFrame();
  if (!frame) throw new Error("no frame");
  return frame;
}

test("works from the disk, with the network cut, and asks for nothing", async ({ browser, reference }) => {
  const { context, page, requests, complaints } = await watched(browser, true);
  const address = pathToFileURL(FILE).href;
  await page.goto(address);
  expect(await hashIn(page.mainFrame())).toBe(reference);
  await expect(page.locator("#engine-note")).toHaveCount(0);
  expect(requests).toEqual([address]);
  expect(complaints).toEqual([]);
  await context.close();
});

test("works as the text of a sandboxed frame, where storage, history and clipboard are refused", async ({
  browser,
  host,
  reference,
}) => {
  const { context, page, requests, complaints } = await watched(browser);
  await page.goto(`${host}/frame`);
  // From here on nothing is asked for, whatever is done.
  await context.setOffline(true);
  await page.locator("iframe").evaluate(
    (element: HTMLIFrameElement, text) => {
      element.srcdoc = text;
    },
    readFileSync(FILE, "utf8"),
  );
  const frame = await inner(page);
  expect(await hashIn(frame)).toBe(reference);
  await frame.locator("#field-open_pipeline-target").fill("900000");
  await frame.locator("#field-open_pipeline-target").press("Enter");
  await expect(frame.locator("#sentence")).toContainText("€900K");
  await frame.getByRole("link", { name: "Growth" }).click();
  await frame.getByRole("link", { name: "Pipeline" }).click();
  const chart = frame.locator("dc-fan-chart");
  await chart.locator("summary").click();
  await chart.getByRole("group", { name: "Copy" }).getByRole("button", { name: "Markdown" }).click();
  await expect(chart.locator("textarea")).toHaveValue(/June 2026 \| €/);
  // A download would be dropped without a word: the text and the image are there to copy.
  await chart.locator("summary").click();
  await chart.getByRole("group", { name: "Save" }).getByRole("button", { name: "CSV" }).click();
  await expect(chart.locator("textarea")).toHaveValue(/^End of,/);
  await chart.locator("summary").click();
  await chart.getByRole("group", { name: "Save" }).getByRole("button", { name: "PNG" }).click();
  await expect(chart.locator("img")).toHaveAttribute("src", /^data:image\/png/);
  // The scenario too: its file may be dropped, its text is there.
  await frame.locator("header.top #save").click();
  await expect(frame.locator("#share-by-hand")).toHaveValue(/^\{\n {2}"schema": "dealcast\/1"/);
  await expect(frame.locator("#share-by-hand")).toBeFocused();
  await frame.locator("#share-part-snapshot").click();
  await expect(frame.locator("#share-by-hand")).toHaveCount(0);
  await frame.locator("#snapshot-save-svg").click();
  await expect(frame.locator("#share-by-hand")).toHaveValue(/^<svg /);
  await frame.locator("dc-share dialog").getByRole("button", { name: "Close" }).click();
  await frame.locator("dc-deals-export summary").click();
  await frame.getByRole("button", { name: "Table (MediaWiki)" }).click();
  await expect(frame.locator("dc-deals-export textarea")).toHaveValue(
    /^\{\| class="wikitable"\n! <nowiki>Deal</,
  );
  await frame.getByRole("link", { name: "Growth" }).click();
  await frame.locator("#start-defaults").click();
  const take = frame.locator(".scroll:has(.saas) + dc-table-file");
  for (const group of ["Copy", "Save"]) {
    await take.locator("summary").click();
    await take.getByRole("group", { name: group }).getByRole("button", { name: "CSV" }).click();
    await expect(take.locator("textarea")).toHaveValue(/^Figure,/);
    await take.getByRole("button", { name: "Close" }).click();
    await expect(take.locator("textarea")).toHaveCount(0);
  }
  expect(requests).toEqual([`${host}/frame`]);
  // The browser says that it refused the clipboard; nothing else went wrong.
  expect(complaints.filter((text) => !/Clipboard API/.test(text))).toEqual([]);
  await context.close();
});

test("works where workers are refused, and the page answers while it computes", async ({
  browser,
  host,
  reference,
}) => {
  const { context, page, requests, complaints } = await watched(browser);
  await page.goto(`${host}/file?csp=${encodeURIComponent("worker-src 'none'")}`);
  await context.setOffline(true);
  expect(await hashIn(page.mainFrame())).toBe(reference);
  await expect(page.locator("#engine-note")).toBeAttached();
  // Turns of the page during a run: it is cut into pieces, and the reader can stop it.
  await page.evaluate(() => {
    const counted = globalThis as unknown as { turns: number };
    counted.turns = 0;
    const turn = () => {
      if (document.querySelector("#cancel")) counted.turns += 1;
      requestAnimationFrame(turn);
    };
    turn();
  });
  await page.locator("#group-run summary").click();
  await page.locator("#field-trials").fill("1000000");
  await page.locator("#field-trials").press("Enter");
  await expect(page.locator("#cancel")).toBeAttached();
  await expect(page.locator("#cancel")).toHaveCount(0, { timeout: 120_000 });
  await expect(page.locator(".mark")).toContainText("1,000,000");
  expect(await page.evaluate(() => (globalThis as unknown as { turns: number }).turns)).toBeGreaterThan(3);
  // A comparison as well: what changes meanwhile is seen at once.
  await page.getByRole("link", { name: "Compare" }).click();
  await page.locator("#add-plan").click();
  await expect(page.locator("#compared thead th")).toHaveCount(3, { timeout: 120_000 });
  await page.locator("#ask-drivers").click();
  await page.getByRole("link", { name: "Pipeline" }).click();
  await expect(page.locator("dc-fan-chart")).toBeVisible();
  expect(requests).toHaveLength(1);
  // The browser says which policy refused the worker; nothing else went wrong.
  expect(complaints.filter((text) => !/Creating a worker/.test(text))).toEqual([]);
  await context.close();
});

test("where WebAssembly is refused, the same core as JavaScript gives the same bytes", async ({
  browser,
  host,
  reference,
}) => {
  const refusing = CSP.replace(" 'wasm-unsafe-eval'", "");
  expect(refusing).not.toBe(CSP);
  const server = await serve("dist", { csp: refusing });
  const folder = await watched(browser);
  await folder.page.goto(server.url);
  const compat = await watched(browser);
  await compat.page.goto(`${host}/compat?csp=${encodeURIComponent("script-src 'unsafe-inline'")}`);
  await compat.context.setOffline(true);
  expect(await hashIn(folder.page.mainFrame())).toBe(reference);
  expect(folder.requests.some((url) => url.includes("dealcast-core"))).toBe(true);
  expect(folder.requests.some((url) => url.includes(".wasm"))).toBe(false);
  await expect(folder.page.locator("#engine-note")).toContainText("JavaScript");
  expect(await hashIn(compat.page.mainFrame())).toBe(reference);
  expect(compat.requests).toHaveLength(1);
  // The smaller file names the one that works.
  const plain = await watched(browser);
  await plain.page.goto(`${host}/file?csp=${encodeURIComponent("script-src 'unsafe-inline'")}`);
  await expect(plain.page.locator("#engine-refused")).toContainText("dealcast-compat.html");
  for (const { context } of [folder, compat, plain]) await context.close();
  await server.close();
});
