import type { Page } from "@playwright/test";
import { axe } from "./axe.ts";
import { expect, test } from "./fixtures.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
}

/** The dark theme differs in its colours alone, the languages in their words. */
const LOOKS = [
  { theme: "light", language: "en", all: true },
  { theme: "light", language: "fr", all: true },
  { theme: "dark", language: "en", all: false },
] as const;
for (const { theme, language, all } of LOOKS)
  test(`axe finds nothing: ${theme}, ${language}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `/?lang=${language}`);
    for (const group of await page.locator("details.group").all())
      await group.evaluate((details: HTMLDetailsElement) => {
        details.open = true;
      });
    const rules = axe(page);
    const result = await (all ? rules.withTags(TAGS) : rules.withRules("color-contrast")).analyze();
    expect(
      result.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html).slice(0, 3)]),
    ).toEqual([]);
  });

test("axe finds nothing while a value is wrong, and in the dialogs", async ({ page }) => {
  await open(page);
  const correlation = page.locator("#field-open_pipeline-latent_correlation");
  await correlation.fill("150");
  await correlation.press("Enter");
  await expect(page.locator("#errors")).toBeVisible();
  const violations = async () =>
    (await axe(page).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
  expect(await violations()).toEqual([]);
  await page.locator(".figure-chance").click();
  await expect(page.locator("dc-definition dialog")).toBeVisible();
  expect(await violations()).toEqual([]);
});

test("everything works from the keyboard alone", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#results")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator(".figure-chance")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("dc-definition dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".figure-chance")).toBeFocused();

  await page.keyboard.press("?");
  await expect(page.locator("dc-shortcuts dialog")).toBeVisible();
  await page.keyboard.press("Escape");

  // The target of the chart is a slider of its own.
  const handle = page.locator("dc-distribution-chart [role=slider]").first();
  await handle.focus();
  const before = await page.locator("#sentence").innerText();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("#sentence")).not.toHaveText(before);

  // A menu: open, go down, choose.
  await page.locator("#theme summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("button", { name: "Light" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(page.locator("#theme summary")).toBeFocused();

  const target = page.locator("#field-open_pipeline-target");
  await target.focus();
  const value = await target.inputValue();
  await page.keyboard.press("ArrowUp");
  await expect(target).not.toHaveValue(value);
});

test("a changed sentence is read out once the hand rests", async ({ page }) => {
  await open(page);
  const announcement = page.locator("#announcement");
  await expect(announcement).toHaveAttribute("aria-live", "polite");
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const region = document.querySelector("#announcement");
    if (region)
      new MutationObserver(() => seen.push(region.textContent ?? "")).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
  });
  const slider = page.locator("dc-inputs input[type=range]").first();
  await slider.focus();
  for (let press = 0; press < 15; press++) await page.keyboard.press("ArrowRight");
  // Both at one moment: the sentence still moves while the full run replaces the preview.
  await expect
    .poll(() =>
      page.evaluate(() => {
        const said = document.querySelector("#announcement")?.textContent?.trim() ?? "";
        const shown = document.querySelector<HTMLElement>("#sentence")?.innerText ?? "";
        return said.includes("chance") && said === shown.replace(/\s+/g, " ").trim();
      }),
    )
    .toBe(true);
  const seen = await page.evaluate(
    () => (window as unknown as { seen: string[] }).seen.filter(Boolean).length,
  );
  expect(seen).toBeLessThanOrEqual(3);
});

for (const width of [320, 390, 768, 1024, 1440])
  test(`no horizontal scroll at ${width} pixels, in both languages`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const language of ["en", "fr"]) {
      await open(page, `/?lang=${language}`);
      for (const group of await page.locator("details.group").all())
        await group.evaluate((details: HTMLDetailsElement) => {
          details.open = true;
        });
      const widths = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
    }
  });

test("prints the answer, its pictures and the assumptions, without controls", async ({ page }) => {
  await open(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.locator("#sentence")).toBeVisible();
  await expect(page.locator(".top .tools")).toBeHidden();
  await expect(page.locator("dc-fan-chart")).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  expect(pages).toBeGreaterThan(0);
  expect(pages).toBeLessThan(12);
});
