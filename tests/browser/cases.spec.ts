import { readFileSync } from "node:fs";
import { axe } from "./axe.ts";
import { expect, test } from "./fixtures.ts";

interface Judged {
  readonly file: string;
  readonly title: Readonly<Record<"en" | "fr", string>>;
  readonly verdict?: Readonly<Record<"en" | "fr", string>>;
}
const INDEX = new URL("../../cases/index.json", import.meta.url);
const CASES = (JSON.parse(readFileSync(INDEX, "utf8")) as Judged[]).filter(({ verdict }) => verdict);

test("an opened case shows its verdict in both languages, its figures, source and assumptions", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/?lang=en");
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
  await expect(page.locator("#case")).toHaveCount(0);
  await page.locator("#examples summary").click();
  await expect(page.locator("#examples .menu-group").first()).toHaveText("Pipeline");
  await page.locator("#examples").getByRole("button", { name: "qualification discipline, after" }).click();
  const verdict = page.locator("#case");
  await expect(verdict).toContainText("The reported figures contradict each other.");
  await verdict.locator("> details > summary").click();
  await expect(verdict.locator("table").first().locator("tbody tr")).toHaveCount(3);
  await expect(verdict.locator("#case-levers tbody tr")).toHaveText([/44\s*25/, /12%\s*28%/]);
  await expect(verdict).toContainText("not reported");
  await expect(verdict).toContainText("Average deal of 73 k€");
  const found = await axe(page).include("#case").analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  const widths = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);

  await page.locator("#language summary").click();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(verdict).toContainText("Les chiffres publiés se contredisent.");
  await expect(verdict).toContainText("non publié");
});

for (const language of ["en", "fr"] as const)
  test(`every case opens in one click with its sentence and verdict: ${language}`, async ({ page }) => {
    await page.goto(`/?lang=${language}`);
    await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
    const sentence = page.locator("#sentence");
    for (const { title, verdict } of CASES) {
      const before = await sentence.innerText();
      await page.locator("#examples summary").click();
      await page.locator("#examples").getByRole("button", { name: title[language] }).first().click();
      await expect(page.locator("#case")).toContainText(verdict?.[language] ?? "no verdict");
      await expect(page.locator("#field-title")).toHaveValue(title[language]);
      await expect(sentence).not.toHaveText(before);
      await expect(sentence).toContainText(/\d/);
    }
  });
