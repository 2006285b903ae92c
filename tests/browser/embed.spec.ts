import { createServer } from "node:http";
import { serve } from "../../scripts/serve.mjs";
import { PARTS } from "../../www/embed/parts.js";
import { axe } from "./axe.ts";
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
  await expect(page).toHaveTitle("Embed dealcast");
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

test("the page about embedding: each host's text and settings, in both languages, and every part", async ({
  page,
}) => {
  await page.goto("/embed.html?lang=fr");
  await expect(page.locator("h1").first()).toHaveText("Intégrer dealcast");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(page.locator("#element")).toHaveText("L’élément");
  const seen = new Set<string>();
  for (const host of await page
    .locator("#host option")
    .evaluateAll((all) => all.map((one) => one.getAttribute("value") ?? ""))) {
    await page.locator("#host").selectOption(host);
    await expect(page.locator("#snippet")).toContainText(page.url().replace(/embed.*/, ""));
    seen.add(await page.locator("#settings").innerText());
  }
  expect(seen.size).toBe(8);
  await page.locator("#host").selectOption("html");
  await page.locator("#mode").selectOption("interactive");
  await page.locator("#view").selectOption("growth");
  await page.locator("select#language").selectOption("fr");
  await page.locator("select#theme").selectOption("dark");
  await expect(page.locator("#snippet")).toContainText(
    '<deal-cast mode="interactive" view="growth" lang="fr" theme="dark">',
  );
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("h1").first()).toHaveText("Embed dealcast");
  await expect(page.locator("#element")).toHaveText("The element");
  await expect(page.locator("#settings")).toContainText("script-src");
  const { violations } = await axe(page).exclude("deal-cast").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  // Every part that the page lists can be styled from outside, and nothing else of the element.
  const second = page.locator("deal-cast#second");
  await expect(second).toHaveAttribute("data-ready", "true", { timeout: 120_000 });
  for (const part of PARTS)
    await expect(page.locator("dc-embed-reference dt", { hasText: new RegExp(`^${part}$`) })).toHaveCount(1);
  await second.locator("dc-fan-chart").getByRole("button", { name: "Data table" }).click();
  await second.locator("#shortcuts").click();
  await second.locator("#share").evaluate((button: HTMLElement) => button.click());
  await expect(second.locator("dc-share dialog")).toBeAttached();
  const unreached = await page.evaluate(
    (parts) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        parts.map((part) => `deal-cast::part(${part}) { scroll-margin-top: 77px }`).join("\n"),
      );
      document.adoptedStyleSheets = [sheet];
      const styled = (element: Element) => getComputedStyle(element).scrollMarginTop === "77px";
      const roots: ParentNode[] = [];
      for (const element of document.querySelectorAll("deal-cast#second"))
        if (element.shadowRoot) roots.push(element.shadowRoot);
      for (const root of roots)
        for (const element of root.querySelectorAll("*"))
          if (element.shadowRoot) roots.push(element.shadowRoot);
      const all = roots.flatMap((root) => [...root.querySelectorAll("*")]);
      const reached = new Set(
        all
          .filter(styled)
          .flatMap((element) =>
            [...element.part].map((part) =>
              ["title", "caption", "tools"].includes(part) ? `chart-${part}` : part,
            ),
          ),
      );
      const stray = all.filter((element) => styled(element) && element.part.length === 0).length;
      return [parts.filter((part) => !reached.has(part)), stray];
    },
    PARTS.filter((part) => part !== "notice"),
  );
  expect(unreached).toEqual([[], 0]);
});

test("an element whose script is on another host starts its workers from there", async ({ page }) => {
  const folder = await serve("dist", { csp: null, headers: { "access-control-allow-origin": "*" } });
  const host = createServer((_, response) => {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(
        `<link rel="icon" href="data:,"><script type="module" src="${folder.url}deal-cast.js"></script><deal-cast lang="en"></deal-cast>`,
      );
  });
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  const own = `http://127.0.0.1:${(host.address() as { port: number }).port}/`;
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (![own, folder.url, "data:", `blob:${own}`].some((known) => request.url().startsWith(known)))
      foreign.push(request.url());
  });
  await page.goto(own);
  const element = page.locator("deal-cast");
  await expect(element).toHaveAttribute("data-ready", "true", { timeout: 120_000 });
  await expect(element.locator("#sentence")).toContainText("€800K");
  // In workers, not on the page's thread: nothing says that it is slow.
  expect(page.workers().length).toBeGreaterThan(1);
  expect(page.workers().every((worker) => worker.url().startsWith("blob:"))).toBe(true);
  await expect(element.locator("#engine-note")).toHaveCount(0);
  // The whole engine comes from there as well.
  await element.getByRole("link", { name: "Growth" }).click();
  await element.locator("#start-defaults").click();
  await expect(element.locator("dc-growth-headline #sentence")).toBeVisible({ timeout: 120_000 });
  expect(foreign).toEqual([]);
  host.closeAllConnections();
  host.close();
  await folder.close();
});

test("in a frame: nothing moves where the reader wants it still, and paper shows the forecast without its buttons", async ({
  page,
  site,
}) => {
  const host = createServer((_, response) => {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(
        `<link rel="icon" href="data:,"><iframe src="${site}index.html?mode=readonly&lang=en" width="900" height="1200"></iframe>`,
      );
  });
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`http://127.0.0.1:${(host.address() as { port: number }).port}/`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
  const moving = await frame.locator("body").evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots)
      for (const element of root.querySelectorAll("*"))
        if (element.shadowRoot) roots.push(element.shadowRoot);
    const seconds = (list: string) =>
      Math.max(
        ...list.split(",").map((one) => Number.parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)),
      );
    return roots
      .flatMap((root) => [...root.querySelectorAll("*")])
      .filter((element) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
        return (
          seconds(transitionDuration) > 0.02 ||
          (animationName !== "none" && seconds(animationDuration) > 0.02)
        );
      })
      .map((element) => element.localName);
  });
  expect(moving).toEqual([]);
  await page.emulateMedia({ media: "print" });
  await expect(frame.locator("#sentence")).toBeVisible();
  await expect(frame.locator("dc-fan-chart figure")).toBeVisible();
  for (const hidden of [".views", "header.top .tools", "dc-fan-chart .tools", "#shortcuts"])
    await expect(frame.locator(hidden)).toBeHidden();
  host.closeAllConnections();
  host.close();
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
