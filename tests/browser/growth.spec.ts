import type { Page } from "@playwright/test";
import { axe } from "./axe.ts";
import { expect, test } from "./fixtures.ts";

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
}

async function start(page: Page, language = "en"): Promise<void> {
  await open(page, `/?lang=${language}#view=growth`);
  await page.locator("#start-defaults").click();
  await expect(page.locator("dc-growth-headline #sentence")).toBeVisible();
}

async function openGroups(page: Page): Promise<void> {
  for (const group of await page.locator("details.group").all())
    await group.evaluate((details: HTMLDetailsElement) => {
      details.open = true;
    });
}

test("starts calmly, answers in a sentence, and follows an edit, undone in one step", async ({ page }) => {
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await start(page);
  const sentence = page.locator("#sentence");
  await expect(sentence).toContainText("€20M");
  await expect(page.locator("#machine-says")).toContainText("wins");
  await expect(page.locator("#limits")).toContainText("Limited by");
  const before = await sentence.innerText();

  await openGroups(page);
  const goal = page.locator("#field-arr_cohorts-arr_goal");
  await goal.fill("9000000");
  await goal.press("Enter");
  await expect(sentence).toContainText("€9M");
  await page.locator("#undo").click();
  await expect(sentence).toContainText("€20M");
  await expect.poll(() => sentence.innerText()).toBe(before);

  // A change in time: the rates side by side, and what the change brings.
  await page.locator("#add-regime").click();
  await openGroups(page);
  await page.locator("#field-pipeline_generation-regimes-1-followup_within_sla_share").fill("98");
  await expect(page.locator(".regimes")).toContainText("From month 7");
  await expect(page.locator("dc-growth-view")).toContainText("multiplies wins by");

  // What it would take, and a definition behind a figure of the trade.
  await page.locator("#takes-goal").fill("40000000");
  await expect(page.locator("#takes table")).toContainText("×");
  await expect(page.locator("#takes tbody tr")).toHaveCount(2);

  // The chain from leads to cash: linked, the wins are the new customers, and a goal asks of the machine too.
  await expect(page.locator("#link-open_pipeline")).toBeEnabled();
  await page.locator("#link-arr_cohorts").check();
  await expect(page.locator("dc-growth-inputs")).toContainText("From the wins of the sales machine.");
  await expect(page.locator("#takes tbody tr")).toHaveCount(4);
  await expect(page.locator("#takes tbody")).toContainText("Win rate of the sales machine");
  // Its new deals join the open pipeline, which says so.
  await page.locator("#link-open_pipeline").check();
  await page.getByRole("link", { name: "Pipeline" }).click();
  await expect(page.locator("#new-deals")).toContainText("Without them");
  await page.goBack();
  await page.locator("section[aria-labelledby=saas-title] button.define").first().click();
  await expect(page.locator("dc-definition dialog")).toContainText("Σ S&M");
  await page.keyboard.press("Escape");
  expect(problems).toEqual([]);
});

test("an error is named in the words of the form, and its link leads to the field", async ({ page }) => {
  await start(page, "fr");
  await openGroups(page);
  const churn = page.locator("#field-arr_cohorts-mature_monthly_churn_rate");
  await churn.fill("50");
  await churn.press("Enter");
  await expect(page.locator("#errors")).toContainText("Le revenu récurrent, Churn");
  await page.locator("#errors a").first().click();
  await expect(churn).toBeFocused();
});

for (const [theme, language] of [
  ["dark", "fr"],
  ["light", "en"],
] as const)
  test(`axe finds nothing: ${theme}, ${language}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await start(page, language);
    await openGroups(page);
    const result = await axe(page)
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    expect(
      result.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html).slice(0, 3)]),
    ).toEqual([]);
  });

test("no horizontal scroll on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await start(page, "fr");
  await openGroups(page);
  const widths = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
});
