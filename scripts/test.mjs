// Every check, one script of scripts/steps each. Installs what is missing first. Two run side by side where they can; what they
// print stands in the order below all the same.
//   npm test                 all steps
//   npm test -- fmt unit     these alone (the tools they need are set up, and the page is built if they need it)
//   npm test -- --list       what there is
import { availableParallelism } from "node:os";
import { checkMachine, installPackages, run, setUp } from "./lib.mjs";

/** @typedef {{ needs?: string[], after?: string, folder?: string, alone?: boolean, hint: string }} Step */
/**
 * In order. `needs`: tools of scripts/setup.sh; `after`: a step whose result this one uses; `folder`: where cargo works, one at a
 * time; `alone`: nothing runs beside it, because it is timed as a person would be.
 */
/** @type {Record<string, Step>} */
const STEPS = {
  fmt: { needs: ["rust-checks"], hint: "cargo fmt" },
  lint: { hint: "npx biome check --write repairs most of it" },
  clippy: { needs: ["rust-checks"], folder: "native", hint: "cargo clippy --all-targets shows it again" },
  "test-native": { needs: ["rust"], folder: "native", hint: "cargo test NAME runs one test" },
  install: { needs: ["rust"], folder: "native", hint: "cargo install --path . shows it again" },
  "clippy-wasm": {
    needs: ["wasm-clippy"],
    folder: "wasm",
    hint: "scripts/wcargo clippy --lib --tests shows it again",
  },
  "test-wasm": {
    needs: ["wasm", "bindgen"],
    folder: "wasm",
    hint: "scripts/wcargo test --lib NAME runs one test",
  },
  "test-wasm-scalar": {
    needs: ["wasm", "bindgen"],
    hint: "DEALCAST_SIMD=0 scripts/wcargo test --test all determinism; when test-wasm passes, a result depends on SIMD",
  },
  build: { needs: ["wasm", "bindgen"], hint: "scripts/wasm.sh builds the core, npx vite build the page" },
  types: { after: "build", hint: "npx tsc --noEmit shows it again; the core's types are in www/generated" },
  unit: {
    needs: ["rust"],
    after: "build",
    folder: "native",
    hint: "npx vitest -t NAME runs one test and watches",
  },
  e2e: {
    needs: ["chromium"],
    after: "build",
    alone: true,
    hint: "DEALCAST_TRACE=1 npx playwright test --project=e2e -g NAME runs one test and leaves its trace in test-results/",
  },
  smoke: {
    needs: ["chromium", "firefox", "webkit"],
    after: "build",
    alone: true,
    hint: "npx playwright test --project=smoke -g firefox runs one browser",
  },
  size: { after: "build", hint: "see what grew; raise a ceiling in scripts/size.mjs only with a reason" },
};

checkMachine();
const started = Date.now();
const asked = process.argv.slice(2).filter((arg) => arg !== "--");
if (asked.includes("--list")) {
  console.log(Object.keys(STEPS).join("\n"));
  process.exit(0);
}
const unknown = asked.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(", ")}\n   do: choose among ${Object.keys(STEPS).join(", ")}`);
  process.exit(2);
}
const wanted = new Set(asked.length > 0 ? asked : Object.keys(STEPS));
for (const name of [...wanted]) {
  const { after } = /** @type {Step} */ (STEPS[name]);
  if (after) wanted.add(after);
}

/** @type {Map<string, Promise<boolean>>} */
const tools = new Map();
/** @type {{ name: string, seconds: number }[]} */
const installs = [];
/** One installation at a time: those of apt and cargo would get into each other's way. */
let installing = Promise.resolve(true);

/** @typedef {{ seconds: number, passed: boolean, todo: string }} Ended */
const order = Object.keys(STEPS).filter((name) => wanted.has(name));
/** @type {Map<string, Ended>} */
const ended = new Map();
/** @type {Map<string, Promise<void>>} */
const running = new Map();
const LANES = Math.min(2, availableParallelism());

// Everything is compiled once here; what makes the next compilation quicker makes this one slower.
process.env.CARGO_INCREMENTAL ??= "0";
if (process.stdout.isTTY) {
  process.env.CARGO_TERM_COLOR ??= "always";
  process.env.FORCE_COLOR ??= "1";
}

/** What steps print before it is their turn. @type {Map<string, (string | Uint8Array)[]>} */
const kept = new Map(order.map((name) => [name, []]));
let turn = 0;
/** @param {string} name @param {string | Uint8Array} text */
function print(name, text) {
  if (order[turn] === name) process.stdout.write(text);
  else kept.get(name)?.push(text);
}
/** Goes to the first step that has not ended. */
function next() {
  for (; turn < order.length && ended.has(order[turn] ?? ""); turn += 1)
    for (const text of kept.get(order[turn + 1] ?? "")?.splice(0) ?? []) process.stdout.write(text);
}

const heading = (/** @type {string} */ text) => `\n\x1b[1m== ${text}\x1b[0m\n`;

/** @param {string} name @param {() => Promise<boolean>} install */
function tool(name, install) {
  let result = tools.get(name);
  if (!result) {
    result = installing.then(async () => {
      const from = Date.now();
      const done = await install();
      installs.push({ name, seconds: (Date.now() - from) / 1000 });
      return done;
    });
    installing = result;
    tools.set(name, result);
  }
  return result;
}

/**
 * What keeps the step from running, if anything does.
 * @param {Step} step
 * @param {(text: string | Uint8Array) => void} show
 */
async function obstacle({ needs = [], after }, show) {
  if (!(await tool("npm packages", () => installPackages({ show }))))
    return "the npm packages are missing: npm ci";
  for (const name of needs)
    if (!(await tool(name, () => setUp([name], { show }))))
      return `${name} is missing: bash scripts/setup.sh ${name}`;
  if (after && !ended.get(after)?.passed) return `${after} failed: see there`;
  return undefined;
}

/** @param {string} name @param {Step} step */
async function perform(name, step) {
  const show = (/** @type {string | Uint8Array} */ text) => print(name, text);
  show(heading(name));
  const blocked = await obstacle(step, show);
  const from = Date.now();
  const passed = blocked === undefined && (await run("bash", [`scripts/steps/${name}.sh`], { show }));
  const todo = passed ? "" : (blocked ?? step.hint);
  if (!passed) show(`\n${name} FAILED\n   do: ${todo}\n`);
  ended.set(name, { seconds: (Date.now() - from) / 1000, passed, todo });
  running.delete(name);
  next();
}

/** May the step run beside those that run? @param {Step} step */
const mayStart = ({ after, folder, alone }) =>
  (!after || !order.includes(after) || ended.has(after)) &&
  (running.size === 0 || !alone) &&
  ![...running.keys()].some((name) => STEPS[name]?.alone || (folder && STEPS[name]?.folder === folder));

for (const waiting = [...order]; waiting.length > 0 || running.size > 0; ) {
  const name = running.size < LANES && waiting.find((name) => mayStart(/** @type {Step} */ (STEPS[name])));
  if (!name) {
    await Promise.race(running.values());
    continue;
  }
  waiting.splice(waiting.indexOf(name), 1);
  running.set(name, perform(name, /** @type {Step} */ (STEPS[name])));
}

console.log(heading("summary").trimEnd());
const slow = installs.filter(({ seconds }) => seconds >= 1);
if (slow.length > 0)
  console.log(`installing: ${slow.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`).join(", ")}`);
for (const name of order) {
  const { seconds, passed, todo } = /** @type {Ended} */ (ended.get(name));
  const outcome = passed ? "passed" : `FAILED   do: ${todo}`;
  console.log(`${name.padEnd(18)}${seconds.toFixed(1).padStart(7)} s  ${outcome}`);
}
console.log(`${"all".padEnd(18)}${((Date.now() - started) / 1000).toFixed(1).padStart(7)} s`);
const failed = [...ended.values()].filter(({ passed }) => !passed).length;
console.log(`${ended.size - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
