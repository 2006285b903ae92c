// Times the reference pipeline (102,400 trials, 200 deals, 12 months) on one worker beside what users
// would write instead, in turn, and prints medians and ratios. Times drift with the machine: quote the ratios.
// Usage: npm run bench [-- RUNS]
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import init, { preview, report, simulate } from "../www/generated/dealcast.js";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const runs = Number(process.argv[2] ?? 5);
await init({ module_or_path: readFileSync(here("../www/generated/dealcast_bg.wasm")) });
const scenario = JSON.parse(readFileSync(here("reference-pipeline.json"), "utf8"));
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const ours = { preview: [], simulate: [], report: [] };
const peers = {
  numpy: ["python3", [here("peer_numpy.py"), here("reference-pipeline.json"), "1"]],
  "plain JavaScript": ["node", [here("peer_plain_js.mjs"), here("reference-pipeline.json"), "1"]],
};
const times = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
for (let run = 0; run <= runs; run++) {
  let part;
  const round = {
    preview: timed(() => preview(scenario)),
    simulate: timed(() => {
      part = simulate(scenario, 0, 25);
    }),
    report: timed(() => report(scenario, [part])),
  };
  if (run === 0) continue;
  for (const [name, time] of Object.entries(round)) ours[name].push(time);
  for (const [name, [command, args]] of Object.entries(peers)) {
    try {
      const answer = JSON.parse(execFileSync(command, args, { stdio: ["ignore", "pipe", "ignore"] }));
      times[name].push(answer.median_ms);
    } catch {
      times[name] = null;
      delete peers[name];
      console.log(`${name}: not installed here, left out`);
    }
  }
}
const simulation = median(ours.simulate);
console.log(`dealcast (Wasm in Node), median of ${runs}:`);
console.log(`  preview, 4,096 trials         ${median(ours.preview).toFixed(1)} ms`);
console.log(`  simulation, 102,400 trials    ${simulation.toFixed(1)} ms`);
console.log(`  report with the exact engine  ${median(ours.report).toFixed(1)} ms`);
for (const [name, found] of Object.entries(times).filter(([, found]) => found?.length)) {
  console.log(`${name}: ${median(found).toFixed(0)} ms, ${(median(found) / simulation).toFixed(1)} times the simulation`);
}
