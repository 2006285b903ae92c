// Times the models by month in Node's Wasm, each alone: milliseconds of processor time for 100,000 trials × 36 months on
// one worker, least and median, from the document to the part. What a document has beside its model, which is computed
// with it, is taken off. Engines that are named are run in turn, so that they meet the same machine.
// Usage: node bench/models.mjs [RUNS] [--only NAME] [FOLDER...]      a folder as scripts/wasm.sh makes it; www/generated
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const options = process.argv.slice(2);
const only = options.includes("--only") ? options.splice(options.indexOf("--only"), 2)[1] : "";
const runs = Number(options.find((option) => /^\d+$/.test(option)) ?? 9);
const named = options.filter((option) => !/^\d+$/.test(option));
const folders = named.length ? named : [here("../www/generated")];
const workloads = JSON.parse(readFileSync(here("models.json"), "utf8"));

const engines = await Promise.all(
  folders.map(async (folder) => {
    const engine = await import(pathToFileURL(resolve(folder, "dealcast.js")).href);
    await engine.default({ module_or_path: readFileSync(resolve(folder, "dealcast_bg.wasm")) });
    return engine;
  }),
);

/** Milliseconds of processor time of a run from the document to all its blocks. */
function timed({ plan, simulate }, sections, seed) {
  const scenario = { schema: "dealcast/1", seed, trials: 100_000, ...sections };
  const { blocks } = plan(scenario).plan;
  const document = JSON.stringify(scenario);
  const before = process.cpuUsage();
  simulate(document, 0, blocks);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const FIGURES = [(times) => Math.min(...times), (times) => [...times].sort((a, b) => a - b)[times.length >> 1]];
/** Least and median of each engine, by name of the workload. */
const found = new Map();
const needed = new Set(workloads.flatMap(({ name, beside = [] }) => (name.startsWith(only) ? [name, ...beside] : [])));
for (const { name, beside = [], sections } of workloads.filter(({ name }) => needed.has(name))) {
  const times = engines.map(() => []);
  // Three that are not counted: until the second, better compilation is there.
  for (let run = -3; run < runs; run++) {
    for (const [place, engine] of engines.entries()) {
      const time = timed(engine, sections, 100 + run);
      if (run >= 0) times[place].push(time);
    }
  }
  const alone = (place, figure) =>
    beside.reduce((rest, other) => rest - found.get(other)[place][figure], FIGURES[figure](times[place]));
  found.set(name, engines.map((_, place) => FIGURES.map((_, figure) => alone(place, figure))));
  const told = found.get(name).map((figures) => figures.map((time) => time.toFixed(0).padStart(5)).join(" "));
  if (name.startsWith(only)) console.log(`${name.padEnd(36)}${told.join("   |")}`);
}
