// How the time of a simulation grows: with deals, trials, months and workers, each alone, from the reference pipeline.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { plan } from "../www/generated/pipeline.js";

/** The reference pipeline with other numbers: deals repeat in turn, under names of their own. */
export function scaled(reference, { deals = 200, trials = 102_400, months = 12 }) {
  const section = reference.open_pipeline;
  const list = Array.from({ length: deals }, (_, index) => ({
    ...section.deals[index % section.deals.length],
    deal_id: `D${index + 1}`,
    expected_close_month: 1 + (index % Math.max(1, Math.min(months, Math.round((9 * months) / 12)))),
  }));
  return {
    ...reference,
    trials,
    open_pipeline: {
      ...section,
      deals: list,
      horizon_months: months,
      target: (section.target * deals) / 200,
      target_window: { first_month: 1, last_month: months },
    },
  };
}

/** Workers of an engine that was compiled once for all of them, as on the page. */
async function crew(size, module) {
  const workers = Array.from(
    { length: size },
    () => new Worker(new URL("worker.mjs", import.meta.url), { workerData: module }),
  );
  await Promise.all(workers.map((worker) => once(worker, "message")));
  return workers;
}

/** Milliseconds until all workers have simulated their share of the blocks, and those that processors were busy. */
async function timed(workers, scenario, seed) {
  const { blocks } = plan(scenario).plan;
  const edge = (index) => Math.floor((index * blocks) / workers.length);
  const start = performance.now();
  const before = process.cpuUsage();
  const document = JSON.stringify({ ...scenario, seed });
  await Promise.all(
    workers.map((worker, index) => {
      worker.postMessage({ document, first: edge(index), count: edge(index + 1) - edge(index) });
      return once(worker, "message");
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, busy: (user + system) / 1000 };
}

/**
 * Rows (axis, value, milliseconds): the best of five, of one where it takes seconds. Processor time, which other
 * work on the machine moves least; for workers the time on the clock, which is what they are for.
 */
export async function growth(module, reference, short) {
  const axes = [
    ["deals", short ? [50, 200, 1000] : [50, 200, 1000, 5000, 50_000], (deals) => ({ deals, trials: 20_480 })],
    ["trials", short ? [1e3, 1e4, 1e5] : [1e3, 1e4, 1e5, 1e6, 1e7], (trials) => ({ trials })],
    ["months", [3, 12, 36, 120], (months) => ({ months })],
    ["workers", [1, 2], () => ({ trials: 409_600 })],
  ];
  const compiled = new WebAssembly.Module(module);
  const rows = [];
  for (const [axis, values, change] of axes) {
    for (const value of values) {
      const workers = await crew(axis === "workers" ? value : 1, compiled);
      const scenario = scaled(reference, change(value));
      // Until the second, better compilation is there: it is made beside the first runs.
      for (let warm = 0; warm < (axis === "workers" ? 10 : 3); warm++) await timed(workers, scaled(reference, {}), 50 + warm);
      let best = Number.POSITIVE_INFINITY;
      for (let run = 0; run < (run > 0 && best > 2000 ? 1 : 5); run++)
        best = Math.min(best, (await timed(workers, scenario, 10 + run))[axis === "workers" ? "wall" : "busy"]);
      await Promise.all(workers.map((worker) => worker.terminate()));
      rows.push({ axis, value, ms: best });
      console.log(`${axis} ${value.toLocaleString("en")}: ${best.toFixed(1)} ms`);
    }
  }
  return rows;
}
