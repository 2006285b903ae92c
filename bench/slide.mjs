// Moves the correlation slider of the Pipeline view in Chromium, on the reference pipeline and on one of 5,000 deals:
// how long an edit takes to the picture that shows it, how long the page's own thread is taken at a time, and how soon a
// page that was opened before shows its first result. The page's own performance measures. Needs a built page (npm run build).
// Usage: node bench/slide.mjs [EDITS]
import { cpus, loadavg } from "node:os";
import { ms, openFile, quantile, ready, reference, withPage } from "./built-page.mjs";

const edits = Number(process.argv[2] ?? 40);

const few = reference();
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
  for (const [name, document] of [
    ["200 deals", few],
    ["5,000 deals", many],
  ]) {
    const before = await page.evaluate(() => document.documentElement.dataset.reportHash);
    await openFile(page, document);
    await page.waitForFunction((hash) => document.documentElement.dataset.reportHash !== hash, before, { timeout: 240_000 });
    const found = await page.evaluate(slide, edits);
    const long = found.tasks.filter((task) => task > 50);
    console.log(
      `${name}: from edit to picture ${ms(quantile(found.pictures))} (median of ${found.pictures.length}, least ${ms(Math.min(...found.pictures))}); ` +
        `longest task of the page's thread ${ms(Math.max(0, ...found.tasks))}, ${long.length} above 50 ms`,
    );
  }
});

/** In the page: moves the slider, and waits for the picture each time. */
async function slide(edits) {
  const slider = document.querySelector("dc-inputs input[type=range]");
  performance.clearMeasures();
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  const pictures = () => performance.getEntriesByName("dealcast:edit-to-picture");
  const [low, high] = [Number(slider.min), Number(slider.max)];
  for (let edit = 0; edit < edits; edit++) {
    const known = pictures().length;
    slider.value = String(low + (0.2 + 0.6 * ((edit * 7) % edits) / edits) * (high - low));
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    while (pictures().length === known) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  // The full run that follows is part of it.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  observer.disconnect();
  return { pictures: pictures().map(({ duration }) => duration), tasks };
}
