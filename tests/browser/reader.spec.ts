import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const CSV = "Deal;Amount;Stage;Probability;Close date\nAlpha;1 000;Proposal;50 %;31/03/2026\n";

/** What a hand may bring: a dropped scenario, a dropped table, a pasted table, the shortcut that opens files. */
async function bring(page: Page, target: Locator): Promise<boolean[]> {
  const handled = await target.evaluate((element, csv) => {
    const drop = (name: string, text: string) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      const event = new DragEvent("drop", {
        dataTransfer: data,
        bubbles: true,
        cancelable: true,
        composed: true,
      });
      return !element.dispatchEvent(event);
    };
    const data = new DataTransfer();
    data.setData("text/plain", csv);
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }),
    );
    const other =
      '{"schema":"dealcast/1","title":"Another one","seed":1,"open_pipeline":{"target":1,"deals":[]}}';
    return [drop("other.json", other), drop("deals.csv", csv)];
  }, CSV);
  await page.keyboard.press("ControlOrMeta+o");
  // Whatever they would open has had its time.
  await page.waitForTimeout(500);
  return handled;
}

/** What a reader of a wiki has before them: all that moves, nothing that replaces. */
async function expectReader(page: Page, app: Locator): Promise<void> {
  const kept = await app.locator("#field-title").textContent();
  const replacing =
    "header.top :is(#examples, #open, #save, #share, #undo, input.title), #guided, section.start button";
  await expect(app.locator(replacing)).toHaveCount(0);
  await expect(app.getByRole("button", { name: "Import", exact: false })).toHaveCount(0);
  // Views that the document has nothing for would only offer to replace it.
  await expect(app.locator("nav.views a")).toHaveText(["Pipeline", "Compare"]);
  expect(await bring(page, app.locator(".page"))).toEqual([true, true]);
  await expect(app.locator("dc-csv-import, dialog[open], #refused")).toHaveCount(0);
  await expect(app.locator("#field-title")).toHaveText(kept ?? "");
  // The levers move: an assumption, a deal; and the way back takes all of it back.
  const sentence = await app.locator("#sentence").textContent();
  const target = app.locator("#field-open_pipeline-target");
  await target.fill("600000");
  await target.press("Enter");
  await expect(app.locator("#sentence")).toContainText("€600K");
  await app.locator("#reset").click();
  await expect(app.locator("#sentence")).toHaveText(sentence ?? "");
}

test("a page for readers offers nothing that would replace its document", async ({ page }) => {
  await page.goto("/?mode=readonly&lang=en");
  await expect(page.locator("html[data-ready=true]")).toBeAttached({ timeout: 120_000 });
  await expectReader(page, page.locator("dc-app"));
  // A view that the address asks for, and the document does not have.
  await page.goto("/?mode=readonly&lang=en#view=partners");
  await expect(page.locator("#results")).toContainText("has nothing for this view");
  await expect(page.locator("#results button")).toHaveCount(0);
  // Nothing was kept: without the mode the page opens as ever, with its ways in.
  await page.goto("/?lang=en#view=pipeline");
  await expect(page.getByRole("button", { name: "Import", exact: false })).toBeVisible({ timeout: 120_000 });
  await expect(page.locator("nav.views a")).toHaveCount(4);
});

test("an element for readers likewise, until its attribute says otherwise", async ({ page }) => {
  await page.route("**/reader.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><html lang="en"><title>Wiki</title><link rel="icon" href="data:,"><script type="module" src="/deal-cast.js"></script><deal-cast lang="en" mode="readonly"></deal-cast></html>`,
    }),
  );
  await page.goto("/reader.html");
  const element = page.locator("deal-cast");
  await expect(element).toHaveAttribute("data-ready", "true", { timeout: 120_000 });
  await expectReader(page, element.locator("dc-app"));
  await element.evaluate((one) => one.removeAttribute("mode"));
  await expect(element.getByRole("button", { name: "Import", exact: false })).toBeVisible();
  await expect(element.locator("nav.views a")).toHaveCount(4);
});
