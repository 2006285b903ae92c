import type { Page } from "@playwright/test";
import { axe } from "./axe.ts";
import { expect, test } from "./fixtures.ts";

/** Waits for the full report of the document as it stands. */
async function computed(page: Page): Promise<void> {
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
  await expect(page.locator("#cancel")).toHaveCount(0, { timeout: 120_000 });
  await expect(page.locator(".mark > button").first()).toHaveText(/^(Simulated|Simulé)/);
}

async function violations(page: Page): Promise<unknown[]> {
  const result = await axe(page)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return result.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html).slice(0, 3)]);
}

/** Sheets of paper that the page prints on. */
async function sheets(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

const sentence = (page: Page) => page.locator("#sentence");

/** Opens a document as a file. */
async function openDocument(page: Page, document: object): Promise<void> {
  await page.locator("#file").setInputFiles({
    name: "plan.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify({ schema: "dealcast/1", seed: 7, ...document })),
  });
}

test("from five questions to a business plan on one page, in both languages", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator(".mark > button").first()).toBeVisible({ timeout: 120_000 });
  // The example has no partners: the view says what it answers instead of an empty chart.
  await page.getByRole("link", { name: "Partners" }).click();
  await expect(page).toHaveURL(/#view=partners$/);
  await expect(page.locator("#start-title")).toContainText("in margin");
  await expect(page.locator("dc-cash-fan")).toHaveCount(0);

  await page.locator("#start-guided").click();
  const dialog = page.locator("dc-guided dialog");
  await expect(dialog).toContainText("Question 1 of 5");
  await dialog.locator("#ask-average_deal").fill("plenty");
  await dialog.getByRole("button", { name: "Next" }).click();
  await expect(dialog.locator("#ask-average_deal")).toHaveAccessibleDescription(/A number between/);
  await dialog.locator("#ask-average_deal").fill("40k");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("10–25%");
  for (let question = 2; question < 5; question++) await dialog.getByRole("button", { name: "Next" }).click();
  await expect(dialog).toContainText("Question 5 of 5");
  await dialog.getByRole("button", { name: "See the plan" }).click();
  await expect(dialog).toBeHidden();
  await computed(page);
  await expect(sentence(page)).toHaveText(
    /^Pays back in month \d+ \(.+\) on average; .*\d% (± \d(\.\d)? )?within two years; needs €\d+(\.\d)?K before it pays\.$/,
  );
  // The deals of the example are still there, and the work survives a reload in this view.
  await page.reload();
  await computed(page);
  await expect(page.locator("nav.views [aria-current=page]")).toHaveText("Partners");
  await page.getByRole("link", { name: "Pipeline" }).click();
  await expect(page.locator("#field-open_pipeline-target")).toHaveValue("800,000");
  await page.goBack();

  await page.locator("#show-sheet").click();
  await expect(page.locator("#sheet-title")).toBeFocused();
  await expect(page.locator(".sheet")).toContainText("€40K (€32K to €52K)");
  expect(await sheets(page)).toBe(1);
  await page.locator("#language summary").click();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.locator(".sheet")).toContainText("Engagements");
  expect(await sheets(page)).toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("header.top")).toBeHidden();
  await expect(page.locator(".sheet dc-cash-fan")).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.locator("#close-sheet").click();
  await expect(page.locator("#show-sheet")).toBeFocused();
});

test("both sides: who earns, the recruitment, and each figure with its definition", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/#view=partners");
  await expect(page.locator("#start-defaults")).toBeVisible({ timeout: 120_000 });
  expect(await violations(page)).toEqual([]);
  await page.locator("#start-defaults").click();
  await computed(page);
  await expect(page.locator("#who-earns")).toHaveText(
    /^Both sides earn in [\d.<\s]+% of the outcomes, the partner alone in/,
  );
  await expect(page.locator("#formula")).toContainText("72");
  await expect(page.locator("table.steps tbody tr")).toHaveCount(10);
  await expect(page.locator("#differences")).toHaveCount(0);
  await expect(page.locator(".levers tbody tr")).toHaveCount(5);
  await expect(page.locator("dc-cash-fan")).toHaveCount(2);
  for (const group of await page.locator("details.group").all())
    await group.evaluate((details: HTMLDetailsElement) => {
      details.open = true;
    });
  expect(await violations(page)).toEqual([]);

  const dialog = page.locator("dc-definition dialog");
  for (const figure of await page.locator("dc-partner-headline .figure").all()) {
    await figure.click();
    await expect(dialog).toBeVisible();
    await expect(dialog.locator(".formula").first()).not.toBeEmpty();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
  // A range becomes a number and back, by keyboard, and each step can be undone.
  const toggle = page.getByRole("button", { name: "One number: Average deal" }).first();
  await toggle.focus();
  await page.keyboard.press("Enter");
  const deal = page.locator("#field-partner_pnl-average_deal");
  await expect(deal).toHaveValue("30,000");
  await expect(page.getByRole("button", { name: "Give a range: Average deal" }).first()).toBeFocused();
  await page.locator("#undo").click();
  await expect(page.locator("#field-partner_pnl-average_deal-max")).toHaveValue("39,000");
  // A mode outside its range is said at the field, and the last plan stays.
  const low = page.locator("#field-partner_pnl-average_deal-min");
  await low.fill("90000");
  await low.press("Enter");
  await expect(page.locator("#errors")).toContainText("Average deal");
  await expect(page.locator(".forecast")).toHaveClass(/stale/);
  await page.locator("#undo").click();
  await expect(page.locator("#errors")).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 844 });
  const widths = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
});

test("a plan that never pays back is said calmly, in the dark and in French", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.goto("/?lang=fr");
  await expect(page.locator(".mark > button").first()).toBeVisible({ timeout: 120_000 });
  await openDocument(page, {
    title: "Trop peu d’affaires",
    start_month: "2027-01",
    partner_pnl: {
      deals_per_month_at_maturity: { distribution: "pert", min: 0.01, mode: 0.05, max: 0.1 },
      demand_noise: "poisson",
    },
  });
  // The file has no pipeline: the view that can show it opens by itself.
  await expect(page).toHaveURL(/#view=partners$/);
  await expect(sentence(page)).toHaveText(/^N’est pas rentabilisé en trois ans/);
  await computed(page);
  await expect(sentence(page)).toContainText("Il faudrait");
  await expect(page.locator("dc-cash-fan svg .median")).toBeVisible();
  await expect(page.locator("dc-cash-fan figure")).toContainText("ne revient pas à zéro");
  expect(await violations(page)).toEqual([]);
  await page.locator("#undo").click();
  await expect(page.locator("dc-pipeline-view")).toBeVisible();
});
