import { createServer } from "node:http";
import { expect, test } from "./fixtures.ts";

test("two elements on one page keep their languages, themes and styles to themselves", async ({
  page,
  site,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto("/embed.html");
  const first = page.locator("deal-cast#first");
  const second = page.locator("deal-cast#second");
  await expect(first).toHaveAttribute("data-ready", "true", { timeout: 120_000 });
  await expect(second).toHaveAttribute("data-ready", "true", { timeout: 120_000 });
  await expect(first.locator("#sentence")).toContainText("90 k€");
  await expect(second.locator("#sentence")).toContainText("€800K");
  await expect(first.locator("#reset")).toBeAttached();
  await expect(second.locator("header.top #save")).toBeAttached();
  expect(
    await second.evaluate((element) => getComputedStyle(element).getPropertyValue("--accent")),
  ).toContain("d67ab8");
  // The page keeps its title, its address, its language and its styles.
  await expect(page).toHaveTitle("<deal-cast>: dealcast as an element");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(new URL(page.url()).hash).toBe("");
  expect(
    await page
      .locator("h1")
      .first()
      .evaluate((title) => title.getRootNode() === document),
  ).toBe(true);

  // Events: the reader's change, then its result; what cannot be computed.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    for (const name of ["dealcast-change", "dealcast-result", "dealcast-error"])
      document.addEventListener(name, (event) => {
        const { scenario, errors } = (event as CustomEvent).detail;
        seen.push(
          `${name} ${(event.target as Element).id} ${errors?.[0]?.code ?? scenario.open_pipeline.target}`,
        );
      });
  });
  const target = first.locator("#field-open_pipeline-target");
  await target.fill("100000");
  await target.press("Enter");
  await expect(first.locator("#sentence")).toContainText("100 k€");
  const seen = () => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  await expect.poll(seen).toContain("dealcast-result first 100000");
  expect((await seen())[0]).toMatch(/^dealcast-change first/);
  await first.locator("#reset").click();
  await expect(first.locator("#sentence")).toContainText("90 k€");

  // Attributes and properties of a live element.
  await second.evaluate((element) => element.setAttribute("view", "growth"));
  await expect(second.locator("#start-title")).toBeAttached();
  await second.evaluate((element) => {
    (element as HTMLElement & { scenario: unknown }).scenario = {
      schema: "dealcast/1",
      open_pipeline: { target: -1 },
    };
  });
  await expect(second.getByRole("alert")).toBeVisible({ timeout: 120_000 });
  await expect.poll(seen).toContainEqual(expect.stringMatching(/^dealcast-error second /));

  // A second load from another address changes nothing; an element that leaves takes its workers along.
  await page.evaluate((address) => import(address), `${site}deal-cast.js?again`);
  expect(page.workers().length).toBeGreaterThan(0);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("deal-cast")) element.remove();
  });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(complaints).toEqual([]);
});

test("a framed page tells its height and shows what its parent asks", async ({ page, site }) => {
  // A page of another origin around it.
  const host = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(
      `<link rel="icon" href="data:,"><iframe src="${site}index.html?mode=readonly&lang=fr" width="900" height="300"></iframe>
      <script>heights = []; addEventListener("message", (event) => heights.push(event.data))</script>`,
    );
  });
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  await page.goto(`http://127.0.0.1:${(host.address() as { port: number }).port}/`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
  await expect(frame.locator("#sentence")).toContainText("chances");
  const heights = () => page.evaluate(() => (globalThis as unknown as { heights: unknown[] }).heights);
  await expect.poll(heights).toContainEqual({ context: "iframe.resize", height: expect.any(Number) });
  expect(await heights()).toContainEqual({ dealcast: 1, type: "height", height: expect.any(Number) });
  const ask = (message: unknown) =>
    page.evaluate((sent) => document.querySelector("iframe")?.contentWindow?.postMessage(sent, "*"), message);
  await ask({ dealcast: 1, type: "show", theme: "<script>", lang: { toString: "x" } });
  await ask({ dealcast: 1, type: "show", theme: "dark", lang: "en" });
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(frame.locator("#sentence")).toContainText("chance to sign");
  host.closeAllConnections();
  host.close();
});
