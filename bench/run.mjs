// Times the reference pipeline (102,400 trials, 200 deals, 12 months) on one worker, in Node's Wasm and in Chromium's,
// beside the same code compiled for this machine and what users would write instead, in turn; then how the time grows
// with deals, trials, months and workers. Prints medians and ratios; `--write` puts table and plot into docs/bench. Times
// drift with the machine: quote ratios. Peers that are not installed are named and left out; for Squiggle:
// npm install --no-save @quri/squiggle-lang@0.10.0
// Usage: npm run bench [-- RUNS] [--write] [--short]      --short: no native build, fewer and smaller sizes
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import init, { preview, report, simulate } from "../www/generated/pipeline.js";
import { inChromium } from "./chromium.mjs";
import { growth } from "./growth.mjs";
import { write } from "./write.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const options = process.argv.slice(2);
const runs = Number(options.find((option) => /^\d+$/.test(option)) ?? 5);
const short = options.includes("--short");
const module = readFileSync(here("../www/generated/pipeline_bg.wasm"));
await init({ module_or_path: module });
const text = readFileSync(here("reference-pipeline.json"), "utf8");
const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];

/**
 * One run from the document to each result as the page goes it: the pipeline's own module, documents and reports as text.
 * A seed of its own, so that nothing prepared before is used.
 */
function round(seed) {
  const scenario = { ...JSON.parse(text), seed };
  const timed = (work) => {
    const start = performance.now();
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return { clock: performance.now() - start, busy: (user + system) / 1000 };
  };
  let document;
  let part;
  // Written once, when an edit is previewed.
  const first = timed(() => {
    document = JSON.stringify(scenario);
    JSON.parse(preview(document));
  });
  const all = timed(() => {
    part = simulate(document, 0, 25);
  });
  return { preview: first, simulate: all, report: timed(() => JSON.parse(report(document, [part]))) };
}

/** The stages natively, in vectors of 128 bits as in Wasm. */
function native() {
  const env = { ...process.env, CARGO_TARGET_DIR: here("../target/bench") };
  if (process.arch === "x64") env.RUSTFLAGS = "-C target-cpu=x86-64-v2";
  const args = ["run", "-q", "--release", "--example", "native", "--", "1"];
  return execFileSync("cargo", args, { cwd: here(".."), env, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
}

const peers = {
  numpy: ["python3", [here("peer_numpy.py"), here("reference-pipeline.json"), "1"]],
  "plain JavaScript": ["node", [here("peer_plain_js.mjs"), here("reference-pipeline.json"), "1"]],
  "Squiggle, without months and common factor": ["node", [here("peer_squiggle.mjs"), here("reference-pipeline.json"), "1"]],
};
const ours = [];
const natively = [];
const times = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
const missing = [];
if (!short) native();
for (let warm = 0; warm < 3; warm++) round(1000 + warm);
for (let run = 1; run <= runs; run++) {
  // Peers leave out their first run, which takes a second or two: as long as that nearly, since after some seconds of
  // others' work nothing of ours is at hand.
  for (let warm = 0; warm < 16; warm++) round(2000 + 16 * run + warm);
  ours.push(round(run));
  if (!short) {
    const stage = (name) => Number(new RegExp(`^${name} +([0-9.]+) ms`, "m").exec(native())[1]);
    natively.push(stage("document to part"));
  }
  for (const [name, [command, args]] of Object.entries(peers)) {
    // Half a minute each time.
    if (name.startsWith("Squiggle") && run > 1) continue;
    try {
      const answer = JSON.parse(execFileSync(command, args, { stdio: ["ignore", "pipe", "ignore"] }));
      times[name].push({ clock: answer.median_ms, busy: answer.median_processor_ms });
    } catch {
      delete peers[name];
      missing.push(name);
    }
  }
}
/** Medians on the clock and of processor time, which other work on the machine moves less. */
const medians = (found) => ({
  clock: median(found.map((one) => one.clock ?? one)),
  busy: found[0].busy && median(found.map((one) => one.busy)),
});
const rows = [["dealcast, Wasm in Node", ours]];
const chromium = await inChromium(runs, text).catch((error) => {
  missing.push(`Chromium (${String(error.message ?? error).split("\n")[0]})`);
});
if (chromium) rows.push(["dealcast, Wasm in Chromium", chromium]);
const results = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, load: loadavg()[0], runs, lines: [] };
for (const [name, rounds] of rows) {
  for (const [what, stage] of [
    ["preview: 4,096 trials to report", "preview"],
    ["simulation: 102,400 trials", "simulate"],
    ["report with the exact engine", "report"],
  ])
    results.lines.push({ name, what, ...medians(rounds.map((one) => one[stage])) });
}
const simulation = medians(ours.map((one) => one.simulate));
for (const [name, found] of Object.entries(times).filter(([, found]) => found.length)) {
  const peer = medians(found);
  const ratio = peer.busy ? peer.busy / simulation.busy : peer.clock / simulation.clock;
  results.lines.push({ name, what: "the same simulation", ...peer, ratio });
}
if (natively.length) {
  const clock = median(natively);
  results.lines.push({ name: "dealcast, native", what: "the same simulation", clock, ratio: clock / simulation.clock });
}
results.missing = missing;
for (const { name, what, clock, busy, ratio } of results.lines) {
  const processor = busy ? `${busy.toFixed(1).padStart(9)} ms of processor` : "";
  const compared = ratio ? `, ${ratio.toFixed(ratio < 10 ? 2 : 1)} times ours` : "";
  console.log(`${name.padEnd(27)} ${what.padEnd(33)} ${clock.toFixed(1).padStart(9)} ms ${processor}${compared}`);
}
for (const name of missing) console.log(`${name}: not here, left out`);
results.growth = await growth(module, JSON.parse(text), short);
if (options.includes("--write")) write(results);
