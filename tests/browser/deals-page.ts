import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** Opens the page with its example computed. */
export async function open(page: Page, path = "/?lang=en"): Promise<void> {
  await page.goto(path);
  await expect(page.locator("dc-deals-table [role=grid]")).toBeVisible({ timeout: 120_000 });
  await expect(cell(page, 0, "prob_won_in_window")).toContainText("%", { timeout: 120_000 });
}

export const grid = (page: Page): Locator => page.locator("dc-deals-table [role=grid]");

/** A cell by the place of its row in the view, from 0, and its column. */
export function cell(page: Page, place: number, column: string): Locator {
  return page.locator(`dc-deals-table [data-place="${place}"] [data-column="${column}"]`);
}

/** Rows that the grid says it has, without header and totals. */
export async function rowCount(page: Page): Promise<number> {
  return Number(await grid(page).getAttribute("aria-rowcount")) - 2;
}

/** Drops a file on the page, as a hand would. */
export async function drop(page: Page, name: string, content: Buffer): Promise<void> {
  await page.evaluate(
    ({ name, bytes }) => {
      const transfer = new DataTransfer();
      const binary = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([binary], name, { type: "text/csv" }));
      const target = document.querySelector("main") ?? document.body;
      for (const type of ["dragover", "drop"]) {
        target.dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }),
        );
      }
    },
    { name, bytes: content.toString("base64") },
  );
}

/** A scenario of many deals, as a file to open. */
export function manyDeals(count: number) {
  const deals = Array.from({ length: count }, (_, index) => ({
    deal_id: `D${index + 1}`,
    name: `Deal ${index + 1}`,
    amount: 5_000 + ((index * 7_919) % 90_000),
    win_probability: 0.05 + ((index * 31) % 80) / 100,
    expected_close_month: 1 + (index % 4),
    owner: `Owner ${index % 9}`,
  }));
  const scenario = {
    schema: "dealcast/1",
    title: "Many deals",
    currency: "EUR",
    start_month: "2026-01",
    seed: 5,
    trials: 4_096,
    open_pipeline: { target: 40_000_000, deals },
  };
  return { name: "many.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(scenario)) };
}
