// Moves sliders of the Pipeline view in Chromium, on the reference pipeline and on one of 5,000 deals: the correlation, which
// leaves the case of independent deals as it was, and the chance to slip a month, which moves all there is:
// how long an edit takes to the picture that shows it, how long the page's own thread is taken at a time, and how soon a
// page that was opened before shows its first result. The page's own performance measures. Needs a built page (npm run build).
// Usage: node bench/slide.mjs [EDITS]
import { cpus, loadavg } from "node:os";
import { ms, openFile, quantile, ready, reference, withPage } from "./built-page.mjs";

/** As many as a drag of some seconds makes. */
const edits = Number(process.argv[2] ?? 160);

const few = reference();
/** All deals slip as the slider says. */
const slipping = reference();
for (const deal of slipping.open_pipeline.deals) delete deal.slippage;
const many = reference();
many.open_pipeline.target *= 25;
many.open_pipeline.deals = Array.from({ length: 25 }, (_, copy) =>
  few.open_pipeline.deals.map((deal) => ({ ...deal, deal_id: `${deal.deal_id}-${copy}` })),
).flat();

await withPage(async (page) => {
  const starts = [];
  for (let run = 0; run < 7; run++) {
    await page.reload();
    await ready(page);
    starts.push(await page.evaluate(() => performance.getEntriesByName("dealcast:first-result")[0].duration));
  }
  console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  console.log(`first result of a warm load: ${ms(quantile(starts))} (median of ${starts.length})`);
  for (const [name, document, slider] of [
    ["200 deals, correlation", few, 0],
    ["200 deals, chance to slip", slipping, 1],
    ["5,000 deals, correlation", many, 0],
  ]) {
    const before = await page.evaluate(() => document.documentElement.dataset.reportHash);
    await openFile(page, document);
    await page.waitForFunction((hash) => document.documentElement.dataset.reportHash !== hash, before, {
      timeout: 240_000,
    });
    const { pictures, tasks } = await drag(page, page.locator("dc-inputs input[type=range]").nth(slider), edits);
    console.log(
      `${name}: from edit to picture ${ms(quantile(pictures))} (median of ${pictures.length}, ` +
        `of the first 20 ${ms(quantile(pictures.slice(0, 20)))}, least ${ms(Math.min(...pictures))}); ` +
        `longest task of the page's thread ${ms(Math.max(0, ...tasks))}, ${tasks.filter((task) => task > 50).length} above 50 ms`,
    );
  }
});

/** Drags the slider's handle with a mouse that is pressed all the time, and waits for each picture. */
async function drag(page, slider, edits) {
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  const y = box.y + box.height / 2;
  const at = (edit) => box.x + box.width * (0.2 + (0.6 * ((edit * 7) % edits)) / edits);
  await page.evaluate(() => {
    performance.clearMeasures();
    globalThis.tasks = [];
    globalThis.observer = new PerformanceObserver((list) =>
      globalThis.tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    globalThis.observer.observe({ type: "longtask" });
  });
  const pictures = () => performance.getEntriesByName("dealcast:edit-to-picture").length;
  const edited = async (act) => {
    const known = await page.evaluate(pictures);
    await act();
    await page.waitForFunction(
      (known) => performance.getEntriesByName("dealcast:edit-to-picture").length > known,
      known,
      { polling: 20 },
    );
  };
  await page.mouse.move(at(0) - 5, y);
  await edited(() => page.mouse.down());
  for (let edit = 0; edit < edits; edit++) await edited(() => page.mouse.move(at(edit), y));
  await page.mouse.up();
  // The full run that follows is part of it.
  await page.waitForTimeout(3000);
  return page.evaluate(() => {
    globalThis.observer.disconnect();
    const pictures = performance.getEntriesByName("dealcast:edit-to-picture").map(({ duration }) => duration);
    return { pictures, tasks: globalThis.tasks };
  });
}
