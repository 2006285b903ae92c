import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** The page with the full report of its document on screen. */
async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await computed(page);
}

/** Waits for the full report of the document as it stands. */
async function computed(page: Page): Promise<void> {
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
  await expect(page.locator("#cancel")).toHaveCount(0, { timeout: 120_000 });
  await expect(page.locator(".mark > button").first()).toHaveText(/^(Exact|Simulated|Simulé)/);
}

const sentence = (page: Page) => page.locator("#sentence");
const targetField = (page: Page) => page.locator("#field-open_pipeline-target");

test("opens on a computed example", async ({ page }) => {
  await open(page);
  await expect(sentence(page)).toHaveText(
    /^\d+(\.\d)?% (± \d(\.\d)? )?chance to sign at least €800K by the end of March 2026; one chance in ten to end below €/,
  );
  await expect(page.locator(".range dd")).toHaveCount(3);
  const measured = await page.evaluate(() => performance.getEntriesByName("dealcast:first-result").length);
  expect(measured).toBe(1);
});

test("dragging the target changes the sentence at once, and the document on release", async ({ page }) => {
  await open(page);
  const before = await sentence(page).innerText();
  const handle = page.locator("dc-distribution-chart [role=slider] .hit");
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error("the target has no place on the screen");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2, { steps: 6 });
  await expect(sentence(page)).not.toHaveText(before);
  await expect(targetField(page)).toHaveValue("800,000");
  // Every sentence from here on, frame by frame: the old one must not come back.
  const told = await page.evaluateHandle(() => {
    const told: string[] = [];
    const look = () => {
      const text = document.querySelector<HTMLElement>("#sentence")?.innerText ?? "";
      if (told.at(-1) !== text) told.push(text);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
    return told;
  });
  await expect.poll(() => told.evaluate((told) => told.length)).toBe(1);
  const dragged = await sentence(page).innerText();
  await page.mouse.up();
  await expect(targetField(page)).not.toHaveValue("800,000");
  await computed(page);
  expect(await told.jsonValue()).not.toContain(before);
  // The curve under the hand and the full computation say the same, to a point.
  const chance = (text: string) => Number(/^[<>\s]*(\d+(\.\d+)?)/.exec(text)?.[1]);
  expect(Math.abs(chance(await sentence(page).innerText()) - chance(dragged))).toBeLessThanOrEqual(1);
});

test("a correlation slider moves the range live, in one step of the history", async ({ page }) => {
  await open(page);
  const range = () => page.locator(".range").innerText();
  const before = await range();
  const slider = page.locator("dc-inputs input[type=range]").first();
  await slider.focus();
  for (let press = 0; press < 25; press++) await page.keyboard.press("ArrowRight");
  await expect.poll(range).not.toBe(before);
  await expect(page.locator("#field-open_pipeline-latent_correlation")).toHaveValue("35");
  await computed(page);
  const samples = await page.evaluate(() =>
    performance.getEntriesByName("dealcast:edit-to-picture").map((entry) => entry.duration),
  );
  expect(samples.length).toBeGreaterThan(0);
});

/** Moves the first slider to a place from 0 to 1: whether the range has changed before the browser draws again. */
const movesAtOnce = (page: Page, share: number) =>
  page.evaluate(async (share) => {
    const slider = document.querySelector<HTMLInputElement>("dc-inputs input[type=range]");
    const range = document.querySelector<HTMLElement>(".range");
    if (!slider || !range) throw new Error("no slider or no range");
    const before = range.innerText;
    slider.valueAsNumber = Number(slider.min) + share * (Number(slider.max) - Number(slider.min));
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    // Promises alone: no message of a worker arrives meanwhile.
    for (let turn = 0; turn < 100; turn++) await null;
    return range.innerText !== before;
  }, share);

test("from the second edit on, the forecast has changed before the browser draws again", async ({ page }) => {
  await open(page);
  let edit = 0;
  await expect.poll(() => movesAtOnce(page, 0.2 + 0.15 * (++edit % 4))).toBe(true);
  expect(edit).toBeGreaterThan(1);
  await computed(page);
});

for (const [how, near] of [
  ["the pointer is over", (slider: Locator) => slider.hover()],
  ["the keyboard has come to", (slider: Locator) => slider.focus()],
] as const)
  test(`so has it after the first edit, once ${how} the slider`, async ({ page }) => {
    await open(page);
    const ready = () => page.evaluate(() => performance.getEntriesByName("dealcast:at-hand").length);
    expect(await ready()).toBe(0);
    await near(page.locator("dc-inputs input[type=range]").first());
    await expect.poll(ready).toBe(1);
    expect(await movesAtOnce(page, 0.8)).toBe(true);
    await computed(page);
  });

test("undo and redo, by button and by keyboard", async ({ page }) => {
  await open(page);
  await expect(page.locator("#undo")).toBeDisabled();
  await targetField(page).fill("500k");
  await targetField(page).press("Enter");
  await expect(targetField(page)).toHaveValue("500,000");
  await page.locator("#undo").click();
  await expect(targetField(page)).toHaveValue("800,000");
  await page.locator("body").press("Control+Shift+Z");
  await expect(targetField(page)).toHaveValue("500,000");
  await page.locator("body").press("Control+z");
  await expect(targetField(page)).toHaveValue("800,000");
  await expect(sentence(page)).toContainText("€800K");
});

test("the language changes words, numbers and the document, and is remembered", async ({ page }) => {
  await open(page);
  await page.locator("#language summary").click();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(sentence(page)).toHaveText(
    /de chances de signer au moins 800\u00a0k€ d’ici fin mars 2026\u202f;/,
  );
  await expect(targetField(page)).toHaveValue("800\u202f000");
  await page.reload();
  await expect(sentence(page)).toContainText("de chances de signer");
});

test("the theme changes and is remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.locator("#theme summary").click();
  await page.getByRole("button", { name: "Dark" }).click();
  expect(await ground()).not.toBe(light);
  await page.reload();
  await computed(page);
  expect(await ground()).not.toBe(light);
  await page.locator("#theme summary").click();
  await page.getByRole("button", { name: "As the system" }).click();
  expect(await ground()).toBe(light);
});

test("a reload keeps the work", async ({ page }) => {
  await open(page);
  await targetField(page).fill("650000");
  await targetField(page).press("Enter");
  await page.locator("#field-title").fill("My quarter");
  await page.locator("#field-title").press("Enter");
  await page.reload();
  await computed(page);
  await expect(targetField(page)).toHaveValue("650,000");
  await expect(page.locator("#field-title")).toHaveValue("My quarter");
  await expect(page).toHaveTitle("My quarter · dealcast");
});

test("work that cannot be read is set aside, not lost", async ({ page }) => {
  await page.addInitScript(() => {
    if (!sessionStorage.getItem("seen")) localStorage.setItem("dealcast.work", "{broken");
    sessionStorage.setItem("seen", "yes");
  });
  await open(page);
  await expect(page.locator(".notice")).toContainText("could not be read");
  expect(await page.evaluate(() => localStorage.getItem("dealcast.work.unreadable"))).toBe("{broken");
});

test("a bad file is refused with all its errors, and the work stays", async ({ page }) => {
  await open(page);
  await targetField(page).fill("650000");
  await targetField(page).press("Enter");
  const bad = {
    schema: "dealcast/1",
    open_pipeline: {
      target: -5,
      goal: 1,
      deals: [{ deal_id: "A", amount: "much", expected_close_month: 0 }],
    },
  };
  const file = (name: string, text: string) => ({
    name,
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await page.locator("#file").setInputFiles(file("bad.json", JSON.stringify(bad)));
  const refusal = page.locator("#refused");
  await expect(refusal).toContainText("“bad.json” cannot be opened");
  for (const place of ["/open_pipeline/target", "/open_pipeline/goal", "/open_pipeline/deals/0/amount"])
    await expect(refusal).toContainText(place);
  await expect(refusal).toContainText("Expected a number");
  // Not by the name of the deal that stands first in the work.
  await expect(refusal).toContainText("Deal “1”");
  await expect(targetField(page)).toHaveValue("650,000");
  await page.locator("#file").setInputFiles(file("broken.json", '{"schema":\n "dealcast/1",,}'));
  await expect(refusal).toContainText("line 2");
  await expect(targetField(page)).toHaveValue("650,000");
});

test("a saved file opens again as it was, by choosing or dropping it", async ({ page }) => {
  await open(page);
  await targetField(page).fill("650000");
  await targetField(page).press("Enter");
  const waiting = page.waitForEvent("download");
  await page.locator("header #save").click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toMatch(/\.dealcast\.json$/);
  const stream = await saved.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  expect(JSON.parse(text).open_pipeline.target).toBe(650_000);

  await page.locator("#undo").click();
  await expect(targetField(page)).toHaveValue("800,000");
  await page.locator("#file").setInputFiles({
    name: "saved.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await expect(targetField(page)).toHaveValue("650,000");

  await page.locator("#undo").click();
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], "dropped.json", { type: "application/json" }));
    return transfer;
  }, text);
  await page.locator("main").dispatchEvent("drop", { dataTransfer: data });
  await expect(targetField(page)).toHaveValue("650,000");
});

test("a wrong value is said at its field and in the list, and the last good forecast stays", async ({
  page,
}) => {
  await open(page);
  const before = await sentence(page).innerText();
  const correlation = page.locator("#field-open_pipeline-latent_correlation");
  await correlation.fill("150");
  await correlation.press("Enter");
  await expect(page.locator("#errors")).toContainText("1 value to correct");
  await expect(correlation).toHaveAttribute("aria-invalid", "true");
  await expect(correlation).toHaveAccessibleDescription(/150.% is outside 0.% to 95.%/);
  await expect(sentence(page)).toHaveText(before);
  await expect(page.locator(".forecast")).toHaveClass(/stale/);
  await page.locator("#errors a").click();
  await expect(correlation).toBeFocused();
  await correlation.fill("lots");
  await correlation.press("Enter");
  await expect(correlation).toHaveValue("lots");
  await expect(page.locator("#errors")).toContainText("Expected a number");
  await correlation.fill("20");
  await correlation.press("Enter");
  await expect(page.locator("#errors")).toHaveCount(0);
  await computed(page);
});

test("an example opens from the menu, and can be undone", async ({ page }) => {
  await open(page);
  await page.locator("#examples summary").click();
  await page.getByRole("button", { name: /Cybersecurity vendor: qualification.*before/ }).click();
  await expect(page.locator("#field-title")).not.toHaveValue("First quarter of a B2B software vendor");
  await computed(page);
  await page.locator("#undo").click();
  await expect(page.locator("#field-title")).toHaveValue("First quarter of a B2B software vendor");
});

test("a pipeline without deals says what to do, and draws nothing", async ({ page }) => {
  await open(page);
  const empty = { schema: "dealcast/1", seed: 1, open_pipeline: { target: 100_000, deals: [] } };
  const buffer = Buffer.from(JSON.stringify(empty));
  await page.setInputFiles("#file", { name: "empty.json", mimeType: "application/json", buffer });
  await expect(sentence(page)).toHaveText(/^No open deals yet/);
  await expect(page.locator(".pictures, dc-headline :is(.mark, .range, .beside)")).toHaveCount(0);
  // The table to add them to is right there, beside the assumptions.
  await expect(page.locator("dc-deals-table")).toBeInViewport();
  // With the first deal the pictures come, and the row under the hand stays in sight.
  await page.getByRole("button", { name: "Add a deal" }).click();
  await expect(page.locator("dc-distribution-chart")).toBeVisible();
  await expect(page.locator("dc-deals-table :focus")).toBeInViewport();
  await computed(page);
  await expect(page.locator("dc-deals-table :focus")).toBeInViewport();
  await page.locator("#undo").click();
  await expect(page.locator(".pictures")).toHaveCount(0);
  await page.locator("#undo").click();
  await expect(page.locator("dc-distribution-chart")).toBeVisible();
});

test("a long run shows progress, can be stopped, and runs again on request", async ({ page }) => {
  await open(page);
  await page.locator("#group-run summary").click();
  const trials = page.locator("#field-trials");
  await trials.fill("10000000");
  await trials.press("Enter");
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.locator("#cancel").click();
  await expect(page.locator(".mark")).toContainText("Stopped.");
  await trials.fill("20480");
  await trials.press("Enter");
  await computed(page);
  await expect(page.locator(".mark")).toContainText("20,480");
});

test("a new seed gives other figures, the old seed the old ones", async ({ page }) => {
  await open(page);
  const hash = () => page.locator("html").getAttribute("data-report-hash");
  const first = await hash();
  await page.locator("#group-run summary").click();
  await page.locator("#new-seed").click();
  await expect.poll(hash).not.toBe(first);
  await page.locator("#undo").click();
  await expect.poll(hash).toBe(first);
});

test("every figure opens its definition", async ({ page }) => {
  await open(page);
  await page.locator(".figure-chance").click();
  const dialog = page.locator("dc-definition dialog");
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("Chance of reaching the target");
  await expect(dialog).toContainText("P(R ≥ T)");
  await expect(dialog).toContainText("seed 2026");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  for (const figure of await page.locator(".range .figure, .beside .figure").all()) {
    await figure.click();
    // Its words alone would be those of the figure before: Escape must find the dialog open.
    await expect(dialog).toBeVisible();
    await expect(dialog.locator(".formula").first()).not.toBeEmpty();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
  await page.locator(".mark > button").first().click();
  await expect(dialog.locator("tbody tr").first()).toBeVisible();
});

test("the gate and the kill rule say what they do", async ({ page }) => {
  await open(page);
  await page.locator("#group-rules summary").click();
  await page.locator("#field-open_pipeline-kill_rule").check();
  await expect(page.locator("#kill-effect")).toHaveText(
    /^Closes (no deal|\d+ deals? worth €.*weighted\))\.$/,
  );
  await page.locator("#field-open_pipeline-qualification_gate").check();
  await expect(page.locator("#gate-effect")).toHaveText(/^Holds (no deal|\d+ deals?) back/);
});
