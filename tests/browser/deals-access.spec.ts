import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { axe } from "./axe.ts";
import { cell, drop, grid, open } from "./deals-page.ts";
import { expect, test } from "./fixtures.ts";

const HUBSPOT = readFileSync(new URL("../csv/hubspot-fr-two-bad-rows.csv", import.meta.url));

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`axe, ${colorScheme}`, () => {
    test.use({ colorScheme });

    // The dark theme differs in its colours alone.
    const rules = (page: Page) =>
      colorScheme === "dark" ? axe(page).withRules("color-contrast") : axe(page);

    test("table, form and import without violations", async ({ page }) => {
      test.slow();
      await open(page);
      const violations = async (scope: string) =>
        (await rules(page).include(scope).analyze()).violations.map(({ id, nodes }) => [
          id,
          nodes.map((node) => node.html.slice(0, 160)),
        ]);
      await cell(page, 0, "win_probability").click();
      await page.keyboard.type("x");
      await page.keyboard.press("Enter");
      expect(await violations("dc-deals-table")).toEqual([]);
      await page.keyboard.press("Escape");
      await cell(page, 0, "meddic").click();
      expect(await violations("dc-deals-table")).toEqual([]);
      await page.keyboard.press("Escape");
      await drop(page, "hubspot-fr.csv", HUBSPOT);
      await expect(page.locator("dc-csv-import dialog")).toContainText("5 deals read");
      expect(await violations("dc-csv-import")).toEqual([]);
    });
  });
}

test("one Tab reaches the grid, arrows move in it, one Tab leaves it", async ({ page }) => {
  await open(page);
  await page.locator("dc-deals-table summary", { hasText: "Columns" }).focus();
  await page.keyboard.press("Tab");
  await expect(cell(page, 0, "name")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(grid(page).getByRole("button", { name: "Deal", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(grid(page).getByRole("columnheader", { name: "Deal", exact: true })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.locator("dc-deals-table [role=grid] :focus")).toHaveCount(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("deals are cards, nothing scrolls sideways, all fields can be edited", async ({ page }) => {
    await open(page);
    await grid(page).scrollIntoViewIfNeeded();
    await expect(cell(page, 0, "age_days")).toHaveCount(0);
    await cell(page, 0, "more").getByRole("button").tap();
    await expect(cell(page, 0, "age_days")).toContainText("148 d");
    await cell(page, 0, "age_days").tap();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("20");
    await page.keyboard.press("Enter");
    await expect(cell(page, 0, "age_days")).toContainText("20 d");
    await cell(page, 0, "meddic").tap();
    await expect(page.getByRole("dialog", { name: /^MEDDIC of/ })).toBeInViewport();
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBeLessThanOrEqual(0);
  });

  test("the range of an amount opens from its button and closes", async ({ page }) => {
    await open(page);
    await grid(page).scrollIntoViewIfNeeded();
    await cell(page, 0, "amount").getByRole("button").tap();
    const form = page.getByRole("dialog", { name: /^Amount of/ });
    await form.getByRole("button", { name: "Done" }).tap();
    await expect(form).toBeHidden();
  });
});
