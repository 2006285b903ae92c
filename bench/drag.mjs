// Drags a lever of Compare on the reference pipeline, two scenarios on screen, in Chromium: how long frames take, and
// how long a change takes to the picture that shows it. Needs a built page (npm run build).
// Usage: node bench/drag.mjs [SECONDS] [--trace]      --trace: where the page's own thread spends its time
import { cpus, loadavg } from "node:os";
import { ms, openFile, quantile, reference, withPage } from "./built-page.mjs";

const options = process.argv.slice(2);
const seconds = Number(options.find((option) => /^\d+$/.test(option)) ?? 6);
/** A frame longer than this is not one of thirty in a second. */
const FRAME_MS = 1000 / 30;

const document = reference();
document.plans = [
  {
    name: "Plan A",
    levers: [
      {
        name: "Amounts",
        changes: [{ at: "/open_pipeline/deals/*/amount", multiply: 1.1 }],
      },
      { name: "Market", changes: [{ at: "/open_pipeline/latent_correlation", set: 0.2 }] },
      {
        name: "Slippage",
        changes: [{ at: "/open_pipeline/deals/*/slippage/monthly_slip_probability", multiply: 1 }],
      },
      { name: "Odds", changes: [{ at: "/open_pipeline/deals/*/win_probability", log_odds: 0 }] },
    ],
  },
];

await withPage(async (page) => {
  await openFile(page, document);
  await page.locator(".views a", { hasText: "Compare" }).click();
  await page.locator("#compare-mark[data-quality=full]").waitFor({ timeout: 120_000 });
  const trace = options.includes("--trace");
  const session = await page.context().newCDPSession(page);
  // Processor time of the page's own thread: what it takes on a machine with other work too.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  if (trace) await session.send("Profiler.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
  const trials = await page.locator("#compare-mark").innerText();
  console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}; at rest: ${trials.split("\n")[0]}`);
  for (const [place, lever] of document.plans[0].levers.entries()) {
    const before = await busy();
    if (trace) await session.send("Profiler.start");
    const found = await page.evaluate(drag, { place, seconds });
    const profile = trace ? (await session.send("Profiler.stop")).profile : undefined;
    const spentMs = (await busy()) - before;
    const slow = found.frames.filter((frame) => frame > FRAME_MS).length / found.frames.length;
    console.log(
      `${lever.name.padEnd(9)} ${found.frames.length} frames: median ${ms(quantile(found.frames, 0.5))}, 95th percentile ${ms(quantile(found.frames, 0.95))}, ` +
        `${(100 * slow).toFixed(1)} % above ${FRAME_MS.toFixed(1)} ms; ${(found.answers.length / seconds).toFixed(1)} answers a second, ` +
        `from change to picture ${ms(quantile(found.answers, 0.5))} (median); page thread busy ${ms(spentMs / found.frames.length)} a frame`,
    );
    if (profile) spent(profile, found.frames.length);
  }
});

/** Prints where the page's own thread spends its time, by function with what it calls. */
function spent({ nodes, samples, timeDeltas }, frames) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const times = new Map();
  for (const [place, sample] of samples.entries()) {
    const seen = new Set();
    for (let id = sample; id !== undefined; id = parents.get(id)) {
      const { functionName, url, lineNumber } = byId.get(id).callFrame;
      seen.add(`${functionName || "(anonymous)"} ${url.split("/").at(-1)}:${lineNumber + 1}`);
    }
    for (const name of seen) times.set(name, (times.get(name) ?? 0) + timeDeltas[place] / 1000);
  }
  const most = [...times].sort(([, a], [, b]) => b - a).slice(0, 45);
  for (const [name, time] of most) console.log(`  ${ms(time / frames).padStart(9)} a frame  ${name}`);
}

/** In the page: moves a lever's slider a little in every frame. */
async function drag({ place, seconds }) {
  const slider = document.querySelectorAll("#plan-0 .lever")[place]?.querySelector("input[type=range]");
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const [from, to] = [low + 0.3 * (high - low), low + 0.7 * (high - low)];
  performance.clearMeasures();
  const frames = [];
  const start = performance.now();
  let before = start;
  await new Promise((resolve) => {
    const frame = (now) => {
      if (before !== start) frames.push(now - before);
      before = now;
      const done = (now - start) / (1000 * seconds);
      if (done >= 1) return resolve(undefined);
      const share = 0.5 - 0.5 * Math.cos(2 * Math.PI * 3 * done);
      slider.value = String(from + share * (to - from));
      slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  const measures = performance.getEntriesByType("measure");
  const answers = measures.filter(({ name }) => name === "dealcast:compare").map(({ duration }) => duration);
  return { frames, answers };
}
