import { readFileSync } from "node:fs";
import { cell, drop, grid, manyDeals, open, rowCount } from "./deals-page.ts";
import { expect, test } from "./fixtures.ts";

const HUBSPOT = readFileSync(new URL("../csv/hubspot-fr-two-bad-rows.csv", import.meta.url));

test.describe("import", () => {
  test.use({ locale: "fr-FR" });

  test("a French HubSpot export with two bad rows: the good ones load, the bad ones are named", async ({
    page,
  }) => {
    await open(page, "/?lang=fr");
    const before = await rowCount(page);
    await drop(page, "hubspot-fr.csv", HUBSPOT);
    const dialog = page.locator("dc-csv-import dialog");
    await expect(dialog).toBeVisible();
    await expect(dialog).toContainText("5 affaires lues");
    await expect(dialog).toContainText("2 lignes en erreur écartées");
    await expect(dialog).toContainText("Reconnu comme un export de HubSpot.");
    const faults = dialog.locator(".dc-faults").first().locator("li");
    await expect(faults).toHaveCount(2);
    await expect(faults.nth(0)).toContainText(/Ligne 4, Montant.*à chiffrer.*n’est pas un nombre/);
    await expect(faults.nth(1)).toContainText(/Ligne 6, Date de fermeture.*fin mai.*n’est pas une date/);
    // Nothing happens before the button.
    expect(await rowCount(page)).toBe(before);
    await dialog.getByRole("button", { name: "Remplacer les affaires" }).click();
    await expect(dialog).toBeHidden();
    await expect(grid(page)).toHaveAttribute("aria-rowcount", "7");
    await expect(cell(page, 0, "name")).toContainText("Verrerie d'Argonne - Supervision");
    await expect(cell(page, 0, "amount")).toContainText(/64\s000/);
    await expect(cell(page, 0, "prob_won_in_window")).toContainText("%");
  });

  test("a corrected column reads the file again, and cancelling loses nothing", async ({ page }) => {
    await open(page, "/?lang=fr");
    const before = await rowCount(page);
    await drop(page, "hubspot-fr.csv", HUBSPOT);
    const dialog = page.locator("dc-csv-import dialog");
    await expect(dialog).toContainText("5 affaires lues");
    await dialog.getByLabel("Sens de Montant", { exact: true }).selectOption("");
    await expect(dialog).not.toContainText("5 affaires lues");
    await dialog.getByLabel("Sens de Montant", { exact: true }).selectOption("amount");
    await expect(dialog).toContainText("5 affaires lues");
    await dialog.getByRole("button", { name: "Abandonner" }).last().click();
    await expect(dialog).toBeHidden();
    expect(await rowCount(page)).toBe(before);
  });

  test("adding twice updates instead of doubling", async ({ page }) => {
    await open(page, "/?lang=fr");
    const before = await rowCount(page);
    const dialog = page.locator("dc-csv-import dialog");
    for (let time = 0; time < 2; time += 1) {
      await drop(page, "hubspot-fr.csv", HUBSPOT);
      await dialog.getByRole("button", { name: "Ajouter aux affaires" }).click();
      await expect(dialog).toBeHidden();
      await expect(grid(page)).toHaveAttribute("aria-rowcount", String(before + 5 + 2));
    }
  });
});

test("a cell is edited by keyboard, cancelled with Escape, undone", async ({ page }) => {
  await open(page);
  await cell(page, 0, "amount").click();
  await page.keyboard.press("Escape");
  await expect(cell(page, 0, "amount")).toBeFocused();
  await page.keyboard.type("99k");
  await page.keyboard.press("Escape");
  await expect(cell(page, 0, "amount")).toContainText("185,000");
  await page.keyboard.type("99k");
  await page.keyboard.press("Enter");
  await expect(cell(page, 0, "amount")).toContainText("99,000");
  await expect(cell(page, 1, "amount")).toBeFocused();
  // Down the column, back, and into the next cell with Tab.
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("F2");
  await page.keyboard.press("Tab");
  await expect(cell(page, 0, "win_probability")).toBeFocused();
  await page.keyboard.type("3 of 5");
  await page.keyboard.press("Enter");
  await expect(cell(page, 0, "win_probability")).toContainText("3 of 5");
  await page.keyboard.press("Control+z");
  await expect(cell(page, 0, "win_probability")).toContainText("stage");
  await page.keyboard.press("Control+z");
  await expect(cell(page, 0, "amount")).toContainText("185,000");
});

test("a text that is no rate keeps the editor open and says why", async ({ page }) => {
  await open(page);
  await cell(page, 2, "win_probability").click();
  await page.keyboard.type("maybe");
  await page.keyboard.press("Enter");
  await expect(cell(page, 2, "win_probability").getByRole("alert")).toContainText("Not a rate");
  await expect(cell(page, 2, "win_probability").locator("input")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(cell(page, 2, "win_probability").locator("input")).toHaveCount(0);
});

test("an impossible value is marked at its cell, and can be put right", async ({ page }) => {
  await open(page);
  await cell(page, 1, "win_probability").click();
  await page.keyboard.type("140%");
  await page.keyboard.press("Enter");
  await expect(cell(page, 1, "win_probability")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("dc-deals-table .dc-alert")).toContainText("1 cell needs attention");
  await cell(page, 1, "win_probability").click();
  await page.keyboard.type("40");
  await page.keyboard.press("Enter");
  await expect(cell(page, 1, "win_probability")).not.toHaveAttribute("aria-invalid", "true");
  await expect(cell(page, 1, "win_probability")).toContainText("40.0%");
});

test("MEDDIC answers change the probability", async ({ page }) => {
  await open(page);
  const probability = cell(page, 1, "win_probability");
  const before = await probability.innerText();
  await cell(page, 1, "meddic").click();
  const form = page.getByRole("dialog", { name: /^MEDDIC of/ });
  await expect(form).toBeVisible();
  await expect(form).toContainText("uncalibrated");
  const inForm = form.locator(".dc-outcome div").last().locator("dd");
  const shown = await inForm.innerText();
  await form.getByRole("group", { name: "Champion" }).getByRole("radio", { name: "No", exact: true }).check();
  await expect(inForm).not.toHaveText(shown);
  await expect(probability).not.toHaveText(before);
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
  await expect(cell(page, 1, "meddic")).toBeFocused();
});

test("the amount takes a distribution, the slippage a law of its own", async ({ page }) => {
  await open(page);
  await cell(page, 0, "amount").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+ArrowDown");
  const form = page.getByRole("dialog", { name: /^Amount of/ });
  await form.getByLabel("Amount is").selectOption("pert");
  await expect(form.getByLabel("Low", { exact: true })).toHaveValue("129,500");
  await form.getByLabel("High", { exact: true }).fill("400k");
  await form.getByLabel("High", { exact: true }).press("Enter");
  await form.getByRole("button", { name: "Done" }).click();
  await expect(cell(page, 0, "amount")).toContainText("PERT");
  await cell(page, 0, "slippage").click();
  const slippage = page.getByRole("dialog", { name: /^Slippage of/ });
  await slippage.getByLabel("Signature comes").selectOption("none");
  await page.keyboard.press("Escape");
  await expect(cell(page, 0, "slippage")).toContainText("never late");
});

test("sorts by a header, filters by owner and text", async ({ page }) => {
  await open(page);
  await grid(page)
    .getByRole("button", { name: /^Amount/ })
    .click();
  await expect(grid(page).getByRole("columnheader", { name: /^Amount/ })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(cell(page, 0, "amount")).toContainText("185,000");
  await grid(page)
    .getByRole("button", { name: /^Amount/ })
    .click();
  await expect(cell(page, 0, "amount")).toContainText("12,000");
  await page.getByLabel("Filter by owner").selectOption("Claire Aubry");
  const claire = await rowCount(page);
  expect(claire).toBeGreaterThan(3);
  await page.getByLabel("Find a deal").fill("orvelane DEPLOIEMENT");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "3");
  await expect(cell(page, 0, "name")).toContainText("Orvelane");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "44");
});

test("adds, duplicates and deletes deals, and takes a deletion back", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Add a deal" }).click();
  await expect(grid(page).locator("input.dc-cell-input")).toBeFocused();
  await page.keyboard.type("Brand new");
  await page.keyboard.press("Enter");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "45");
  await page.getByLabel("Find a deal").fill("brand new");
  await cell(page, 0, "selected").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Duplicate" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "4");
  await expect(cell(page, 1, "name")).toContainText("Brand new (copy)");
  await page.getByLabel("Select all deals shown").check();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("2 deals deleted.").first()).toBeVisible();
  await page.locator("dc-deals-table .dc-toast").getByRole("button", { name: "Undo" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "4");
});

test("5,000 deals scroll: only what is in view is drawn", async ({ page }) => {
  await open(page);
  await page.locator("#file").setInputFiles(manyDeals(5_000));
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "5002");
  const most = await page.evaluate(async () => {
    const scroll = document.querySelector("dc-deals-table .dc-scroll") as HTMLElement;
    let most = 0;
    for (let step = 0; step < 60; step += 1) {
      scroll.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, document.querySelectorAll("dc-deals-table .dc-body > .dc-row").length);
    }
    return most;
  });
  expect(most).toBeLessThan(64);
  await cell(page, 640, "amount").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
  await expect(page.locator('dc-deals-table [data-place="4999"] [data-column="name"]')).toContainText(
    "Deal 5000",
  );
  await expect(page.locator('dc-deals-table [data-place="4999"] [tabindex="0"]')).toBeFocused();
});

test("exports the deals as CSV and the scenario as JSON", async ({ page }) => {
  await open(page);
  await page.locator("dc-deals-export summary").click();
  const csv = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the deals as CSV" }).click();
  const text = readFileSync(await (await csv).path(), "utf8");
  expect(text.startsWith("\ufeffDeal ID,Deal name,Amount")).toBe(true);
  expect(text.trimEnd().split("\r\n")).toHaveLength(43);
  const json = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the scenario as JSON" }).click();
  const scenario = JSON.parse(readFileSync(await (await json).path(), "utf8"));
  expect(scenario.open_pipeline.deals).toHaveLength(42);
});

test("stages: a rate given as counts becomes uncertain, a new name follows into the deals", async ({
  page,
}) => {
  await open(page);
  await page.locator("#group-rates summary").click();
  const editor = page.locator("dc-stages-editor");
  await editor.getByLabel("Win rate of Proposition").fill("14/50");
  await editor.getByLabel("Win rate of Proposition").press("Enter");
  await expect(editor.locator(".dc-stage").nth(3)).toContainText(/28\.\d%, likely \d+%–\d+%/);
  await editor.getByLabel("Name of stage 4").fill("Offre");
  await editor.getByLabel("Name of stage 4").press("Enter");
  await expect(cell(page, 1, "stage")).toContainText("Offre");
});
