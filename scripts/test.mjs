// Every check, one script of scripts/steps each. Installs what is missing first.
//   npm test                 all steps
//   npm test -- fmt unit     these alone (the tools they need are set up, and the page is built if they need it)
//   npm test -- --list       what there is
import { checkMachine, installPackages, run, setUp } from "./lib.mjs";

/** @typedef {{ needs?: string[], after?: string, hint: string }} Step */
/** In order. `needs`: tools of scripts/setup.sh; `after`: a step whose result this one uses. */
/** @type {Record<string, Step>} */
const STEPS = {
  fmt: { needs: ["rust-checks"], hint: "cargo fmt" },
  lint: { hint: "npx biome check --write repairs most of it" },
  clippy: { needs: ["rust-checks"], hint: "cargo clippy --all-targets shows it again" },
  "test-native": { needs: ["rust"], hint: "cargo test NAME runs one test" },
  install: { needs: ["rust"], hint: "cargo install --path . shows it again" },
  "clippy-wasm": { needs: ["wasm-clippy"], hint: "scripts/wcargo clippy --lib --tests shows it again" },
  "test-wasm": { needs: ["wasm", "bindgen"], hint: "scripts/wcargo test --lib NAME runs one test" },
  "test-wasm-scalar": {
    needs: ["wasm", "bindgen"],
    hint: "DEALCAST_SIMD=0 scripts/wcargo test --test determinism --test partners; when test-wasm passes, a result depends on SIMD",
  },
  build: { needs: ["wasm", "bindgen"], hint: "scripts/wasm.sh builds the core, npx vite build the page" },
  types: { after: "build", hint: "npx tsc --noEmit shows it again; the core's types are in www/generated" },
  unit: { needs: ["rust"], after: "build", hint: "npx vitest -t NAME runs one test and watches" },
  e2e: {
    needs: ["chromium"],
    after: "build",
    hint: "DEALCAST_TRACE=1 npx playwright test --project=e2e -g NAME runs one test and leaves its trace in test-results/",
  },
  smoke: {
    needs: ["chromium", "firefox", "webkit"],
    after: "build",
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

/** @type {{ name: string, seconds: number, outcome: string, todo: string }[]} */
const rows = [];
/** @type {Map<string, Promise<boolean>>} */
const tools = new Map();
/** @type {{ name: string, seconds: number }[]} */
const installs = [];

const heading = (/** @type {string} */ text) => console.log(`\n\x1b[1m== ${text}\x1b[0m`);

/** @param {string} name @param {() => Promise<boolean>} install */
function tool(name, install) {
  let result = tools.get(name);
  if (!result) {
    const from = Date.now();
    result = install().finally(() => installs.push({ name, seconds: (Date.now() - from) / 1000 }));
    tools.set(name, result);
  }
  return result;
}

/** What keeps the step from running, if anything does. @param {Step} step */
async function obstacle({ needs = [], after }) {
  if (!(await tool("npm packages", installPackages))) return "the npm packages are missing: npm ci";
  for (const name of needs)
    if (!(await tool(name, () => setUp(name)))) return `${name} is missing: bash scripts/setup.sh ${name}`;
  if (after && rows.find((row) => row.name === after)?.outcome !== "passed")
    return `${after} failed: see there`;
  return undefined;
}

for (const [name, step] of Object.entries(STEPS)) {
  if (!wanted.has(name)) continue;
  heading(name);
  const blocked = await obstacle(step);
  const from = Date.now();
  const passed = blocked === undefined && (await run("bash", [`scripts/steps/${name}.sh`]));
  const todo = passed ? "" : (blocked ?? step.hint);
  rows.push({ name, seconds: (Date.now() - from) / 1000, outcome: passed ? "passed" : "FAILED", todo });
  if (!passed) console.error(`\n${name} FAILED\n   do: ${todo}`);
}

heading("summary");
const slow = installs.filter(({ seconds }) => seconds >= 1);
if (slow.length > 0)
  console.log(`installing: ${slow.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`).join(", ")}`);
for (const { name, seconds, outcome, todo } of rows)
  console.log(`${name.padEnd(18)}${seconds.toFixed(1).padStart(7)} s  ${outcome}${todo && `   do: ${todo}`}`);
console.log(`${"all".padEnd(18)}${((Date.now() - started) / 1000).toFixed(1).padStart(7)} s`);
const failed = rows.filter(({ outcome }) => outcome !== "passed").length;
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
