import type { Page } from "@playwright/test";
import { axe } from "./axe.ts";
import { expect, test } from "./fixtures.ts";

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
}

/** The comparison on screen is the full one. */
async function compared(page: Page): Promise<void> {
  await expect(page.locator("#compare-mark[data-quality=full]")).toBeVisible({ timeout: 120_000 });
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await axe(page).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`)).toEqual(
    [],
  );
}

test("a plan of levers against the base: sentence, switch, duplicate, make base, undo, reload", async ({
  page,
}) => {
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await open(page, "/?lang=en");

  // From the field of an assumption to a lever of a new plan.
  await page.locator("#field-open_pipeline-latent_correlation").hover();
  await page.getByRole("button", { name: "Make it a lever: Correlation of deals" }).click();
  await expect(page).toHaveURL(/view=compare/);
  await expect(page.locator("#plan-0 .lever")).toHaveCount(1);
  const sentence = page.locator("dc-compare-view #sentence");
  await expect(sentence).toContainText("no measurable difference");
  await expect(sentence).toContainText("50% ± 0.1 chance of beating the base");

  // A lever that helps: fewer deals slip.
  await page.locator("#plan-0 .add-lever").selectOption({ label: "Chance to slip a month" });
  const size = page.locator("#plan-0 .lever").nth(1).getByRole("textbox", { name: "New value" });
  await size.fill("10");
  await expect(sentence).toContainText("Plan A adds €");
  await page.locator("#plan-0 .lever").nth(1).getByRole("textbox", { name: "Cost" }).fill("25000");
  await expect(page.locator("#compared")).toContainText("€25K");
  await compared(page);
  const added = await sentence.innerText();

  const lever = page.getByRole("switch", { name: "Pull the lever “Chance to slip a month”" });
  await lever.click();
  await expect(sentence).toContainText("no measurable difference");
  await page.locator("#undo").click();
  await expect(lever).toBeChecked();
  await compared(page);
  await expect(sentence).toHaveText(added);

  // Two scenarios of the same levers are even; plans build on each other and move.
  await page.locator("#duplicate-0").click();
  await page.locator("#field-plans-1-name").fill("Twin");
  await page.locator("#field-plans-1-name").press("Enter");
  await compared(page);
  await page.locator(".beats > summary").click();
  await expect(page.locator(".beats tbody tr").nth(1)).toContainText("50.0%");
  await page.locator("#up-1").click();
  await expect(page.locator("#field-plans-0-name")).toHaveValue("Twin");

  // Where it comes from, what it would take, what it depends on.
  await expect(page.locator("#causes")).toContainText("Chance to slip a month");
  await expect(page.locator("dc-waterfall-chart")).toContainText("€");
  await page.locator("#goal-first").selectOption({ label: "Less slippage" });
  await page.locator("#goal-wanted").fill("900000");
  await page.locator("#ask-goal").click();
  await expect(page.locator("#goal-answer")).toContainText("reaches €900K");
  await page.locator("#goal-wanted").fill("90000000");
  await page.locator("#ask-goal").click();
  await expect(page.locator("#goal-answer")).toContainText("Not reachable within the bounds");
  await page.locator("#ask-drivers").click();
  await expect(page.locator("#drivers dc-tornado")).toContainText("Win rate of all stages");

  // All of it is in the document: a reload keeps it.
  await page.reload();
  await compared(page);
  await expect(page.locator("#field-plans-0-name")).toHaveValue("Twin");
  await expect(page.locator("#compared thead th")).toHaveCount(4);
  await accessible(page);

  // The plan becomes the base; the other one still stands, no different any more.
  await page.locator("#base-0").click();
  await expect(page.locator(".plan")).toHaveCount(1);
  await expect(sentence).toContainText("Plan A makes no measurable difference");
  await page.locator("#undo").click();
  await expect(page.locator(".plan")).toHaveCount(2);
  expect(problems).toEqual([]);
});

test("plans of growth and partners, in French: months too", async ({ page }) => {
  await open(page, "/?lang=fr#view=partners");
  await page.locator("#start-defaults").click();
  await page.locator(".views a", { hasText: "Comparer" }).click();
  await expect(page.locator("#outcome")).toHaveValue("partner_npv");
  await page.locator("#outcome").selectOption("partner_payback");
  await page.locator("#add-plan").click();
  await page.locator("#plan-0 .add-lever").selectOption({ label: "Affaire moyenne" });
  await page
    .locator("#plan-0 .lever")
    .getByRole("textbox", { name: /Nouvelle valeur|Variation/ })
    .fill("50");
  const sentence = page.locator("dc-compare-view #sentence");
  await expect(sentence).toContainText("Plan A y arrive");
  await expect(sentence).toContainText("mois plus tôt");
  await compared(page);
  await page.locator("#ask-drivers").click();
  await expect(page.locator("#variance-shares")).toContainText("Affaire moyenne");
  await accessible(page);
});

test("levers from deals, switches and lists; goals by a month and of any target", async ({ page }) => {
  await open(page, "/?lang=en");
  // Two deals of the table, moved together.
  await page.locator('dc-deals-table [data-place="0"] [data-column="selected"] input').check();
  await page.locator('dc-deals-table [data-place="1"] [data-column="selected"] input').check();
  await page.locator(".dc-selection").getByLabel("Make it a lever").selectOption("left_out");
  await expect(page).toHaveURL(/view=compare/);
  const levers = page.locator("#plan-0 .lever");
  await expect(levers.first().getByLabel("Name of the lever")).toHaveValue("Without 2 deals");
  await expect(levers.first()).toContainText("left out");
  const sentence = page.locator("dc-compare-view #sentence");
  await expect(sentence).toContainText("Plan A takes €");

  // A switch and a list of the assumptions.
  await page.locator(".views a", { hasText: "Pipeline" }).click();
  await page.locator("#group-rules summary").click();
  await page.locator("#field-open_pipeline-kill_rule").hover();
  await page.getByRole("button", { name: "Make it a lever: Kill rule" }).click();
  await expect(levers).toHaveCount(2);
  await expect(levers.nth(1).getByLabel("New value")).toHaveValue("yes");
  await page.locator(".views a", { hasText: "Pipeline" }).click();
  await page.locator("#field-open_pipeline-default_slippage").hover();
  await page.getByRole("button", { name: "Make it a lever: Slippage" }).click();
  await expect(levers).toHaveCount(3);
  await page.getByRole("switch", { name: "Pull the lever “Without 2 deals”" }).click();
  await expect(sentence).toContainText("Plan A adds €");
  await compared(page);

  // Of another target, by another month; what the spread comes from.
  await page.locator("#dc-goal-figure").selectOption("prob_target");
  await page.locator("#goal-target").fill("500000");
  await page.locator("#goal-target").press("Enter");
  await page.locator("#goal-month").selectOption({ index: 1 });
  await page.locator("#goal-first").selectOption({ label: "Higher win rate on every deal" });
  await page.locator("#ask-goal").click();
  await expect(page.locator("#goal-answer")).toContainText("Chance of at least €500K by the end of");
  await page.locator("#ask-drivers").click();
  await expect(page.locator("#variance-shares")).toContainText("The market, for all deals at once");
  await accessible(page);
});

test("levers from a deal's MEDDIC answers, its slippage and the months that count", async ({ page }) => {
  await open(page, "/?lang=en");
  const levers = page.locator("#plan-0 .lever");
  const back = () => page.locator(".views a", { hasText: "Pipeline" }).click();
  const cell = (column: string) => page.locator(`dc-deals-table [data-place="0"] [data-column="${column}"]`);
  await cell("meddic").click();
  await page.getByRole("button", { name: "Make it a lever: MEDDIC: Champion" }).click();
  await expect(levers).toHaveCount(1);
  await expect(levers.first().getByLabel("Name of the lever")).toHaveValue("Champion of a deal");
  await expect(levers.first().getByRole("combobox")).toHaveValue("No");
  await expect(page.locator("dc-compare-view #sentence")).toContainText("Plan A takes €");

  await back();
  await cell("slippage").click();
  await page
    .getByRole("button", { name: "Make it a lever: Slippage" })
    .and(page.locator(".dc-form *"))
    .click();
  await expect(levers).toHaveCount(2);
  await expect(levers.nth(1).getByRole("combobox")).toHaveValue("Never late");

  await back();
  await page.locator("#field-open_pipeline-target_window-last_month").hover();
  await page.getByRole("button", { name: "Make it a lever: Target window, last month" }).click();
  await expect(levers).toHaveCount(3);
  await levers.nth(2).getByRole("textbox", { name: "New value" }).fill("6");
  await expect(page.locator("dc-compare-view #sentence")).toContainText("Plan A adds €");
  await expect(page.locator("#plan-0 .problem")).toHaveCount(0);
});
