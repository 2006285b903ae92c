import { readFileSync } from "node:fs";
import type { Frame, Locator, Page } from "@playwright/test";
import { drop } from "./deals-page.ts";
import { expect, test } from "./fixtures.ts";

/** What the text of each form begins with, and what it holds. */
const FORMS: readonly (readonly [name: string, form: RegExp])[] = [
  ["Table (CSV)", /^[^|<{]+\r\n/],
  ["Table (Markdown)", /^\| .+ \|\n\| -/],
  ["Table (MediaWiki)", /^\{\| class="wikitable"\n! /],
  ["Table (Confluence)", /^\|\|.+\|\|\n\|/],
  ["Table (HTML)", /^<table>\n<thead><tr><th scope="col"/],
];
const DRAWINGS = ["Image (PNG)", "Drawing (SVG)"];

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
}

/** Tables of the page without a way to take them away, by the words of their heads; pictures likewise. */
async function without(page: Page | Frame): Promise<string[]> {
  return page.evaluate(
    ([forms, drawings]) => {
      const found: string[] = [];
      const roots: (Document | ShadowRoot)[] = [document];
      for (const root of roots)
        for (const element of root.querySelectorAll("*"))
          if (element.shadowRoot) roots.push(element.shadowRoot);
      const labels = (menu: Element | null | undefined) =>
        [...(menu?.querySelectorAll("button") ?? [])].map((button) => button.textContent?.trim() ?? "");
      for (const root of roots) {
        for (const table of root.querySelectorAll("dc-app table, .scroll > table")) {
          const frame = table.closest(".scroll") ?? table;
          const inChart = root instanceof ShadowRoot && root.querySelector("figure .tools");
          const offered = labels(inChart || frame.nextElementSibling);
          if (!forms.every((form) => offered.includes(form)))
            found.push(`table: ${table.textContent?.trim()}`);
        }
        for (const picture of root.querySelectorAll("figure:has(.plot)")) {
          const offered = labels(picture.querySelector(".tools"));
          if (![...forms, ...drawings].every((form) => offered.includes(form)))
            found.push(`picture: ${picture.querySelector("h3")?.textContent}`);
        }
      }
      return found;
    },
    [FORMS.map(([name]) => name), DRAWINGS] as const,
  );
}

/** Every form of a table, as it arrives on the clipboard. */
async function copies(page: Page, menu: Locator): Promise<string[]> {
  const texts: string[] = [];
  for (const [name, form] of FORMS) {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await menu.locator("summary").click();
    await menu.getByRole("group", { name: "Copy" }).getByRole("button", { name, exact: true }).click();
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).toMatch(form);
    texts.push(await read());
  }
  return texts;
}

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("every table and picture of every view can be taken away, in every form", async ({ page }) => {
  await open(page, "/?lang=en");
  expect(await page.locator("figure:has(.plot)").count()).toBeGreaterThan(4);
  expect(await without(page)).toEqual([]);

  // The deals, as they are shown.
  const deals = page.locator("dc-deals-export");
  await page.getByRole("searchbox").fill("Orvelane");
  for (const [name, form] of FORMS.slice(1)) {
    await deals.locator("summary").click();
    await deals.getByRole("button", { name, exact: true }).click();
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).toMatch(form);
    const text = await read();
    expect(text).toContain("Orvelane");
    expect(text).not.toContain("Deal 43");
    await page.keyboard.press("Escape");
  }

  // Growth: the case with a change of rates has all of its tables; what it would take needs a goal.
  await page.locator("nav").getByRole("link", { name: "Growth" }).click();
  await page.locator("#start-defaults").click();
  await expect(page.locator("dc-growth-headline #sentence")).toBeVisible();
  await expect(page.locator("dc-growth-view .saas")).toBeVisible();
  await expect(page.locator("#takes table")).toBeVisible();
  expect(await without(page)).toEqual([]);
  const [csv, markdown] = await copies(
    page,
    page.locator("dc-growth-view .saas").locator("xpath=../following-sibling::dc-table-file"),
  );
  // All digits in the spreadsheet; what is read on the page in the wiki.
  expect(csv).toMatch(/\r\n[^\r\n]*,\d+\.\d{3,}/);
  expect(markdown).toContain("€");

  await page.locator("nav").getByRole("link", { name: "Partners" }).click();
  await page.locator("#start-defaults").click();
  await expect(page.locator("dc-partners-view .levers tbody tr").nth(2)).toBeVisible({ timeout: 120_000 });
  expect(await without(page)).toEqual([]);
  const [levers] = await copies(page, page.locator("dc-levers dc-table-file"));
  expect(levers).toContain("Standard error");

  await page.locator("nav").getByRole("link", { name: "Compare" }).click();
  await page.locator("#add-plan").click();
  await page.locator("#add-plan").click();
  await expect(page.locator("#compared")).toBeVisible({ timeout: 120_000 });
  await expect(page.locator("#compared thead th")).toHaveCount(4, { timeout: 120_000 });
  await page.locator("#ask-drivers").click();
  await expect(page.locator("#variance-shares, dc-tornado").first()).toBeVisible({ timeout: 120_000 });
  expect(await without(page)).toEqual([]);
  const [figures] = await copies(
    page,
    page.locator("#compared").locator("xpath=../following-sibling::dc-table-file[1]"),
  );
  expect(figures).toMatch(/^Figure,/);
});

test("what the import dialog lists can be taken away whole: faults, deals, new stages, columns", async ({
  page,
}) => {
  await open(page, "/?lang=en");
  await drop(page, "crm.csv", readFileSync("tests/csv/hubspot-fr-two-bad-rows.csv"));
  const dialog = page.locator("dc-csv-import");
  const menus = dialog.locator("dc-table-file");
  await expect(menus).toHaveCount(4);
  const heads = ["Line,Column,Fault", "Deal,", "Stage,Open,Won,Lost,", "Column,Examples,Means"];
  for (const [place, head] of heads.entries()) {
    const [csv = "", markdown] = await copies(page, menus.nth(place));
    expect(csv.startsWith(head)).toBe(true);
    expect(markdown).toContain("| --");
    if (place === 0) expect(csv).toMatch(/\r\n4,Montant,.*à chiffrer/);
    // Every deal, not the first ones that are shown; amounts with all their digits.
    if (place === 1) expect(csv).toContain(",18250.5,");
  }
  // Escape closes the menu, not the dialog.
  await menus.first().locator("summary").click();
  await page.keyboard.press("Escape");
  await expect(menus.first().locator("details")).not.toHaveAttribute("open");
  await expect(dialog.locator("dialog")).toBeVisible();
});
