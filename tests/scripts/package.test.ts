import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

// The package as its user gets it: packed, installed into an empty project, used by plain Node and through a bundler.
let project: string;
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const USE = `import { load } from "dealcast";
const scenario = { schema: "dealcast/1", seed: 1, trials: 4096, open_pipeline: { target: 100000, deals: [
  { deal_id: "a", amount: 120000, win_probability: 0.6, expected_close_month: 2 }] } };
const engine = await load();
const { report } = engine.run(scenario);
const task = engine.begin("run", [scenario]);
let stepped, steps = 1;
while ((stepped = task.step()) === undefined) steps += 1;
task.free();
const { errors } = engine.run({ ...scenario, open_pipeline: { target: -1, deals: [] } });
console.log(JSON.stringify({ version: engine.engineVersion(), report, errors, steps, same: JSON.stringify(stepped.report) === JSON.stringify(report) }));
`;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "dealcast-package-"));
  execFileSync("node", ["scripts/package.mjs", join(project, "pkg")]);
  writeFileSync(join(project, "package.json"), '{ "name": "empty", "private": true, "type": "module" }');
  const [{ filename }] = JSON.parse(run("npm", "pack", "./pkg", "--json", "--loglevel=error"));
  run("npm", "install", `./${filename}`, "--offline", "--no-audit", "--no-fund", "--loglevel=error");
  writeFileSync(join(project, "use.js"), USE);
});
afterAll(() => rmSync(project, { recursive: true }));

test("plain Node and a bundle give the same report", { timeout: 120_000 }, async () => {
  const inNode = run("node", "use.js");
  const { version, report, errors, steps, same } = JSON.parse(inNode);
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(report.open_pipeline.prob_at_least_target).toBeGreaterThan(0.2);
  expect(steps).toBeGreaterThan(10);
  expect(same).toBe(true);
  expect(errors).toEqual([expect.objectContaining({ code: "out_of_range", path: "/open_pipeline/target" })]);

  await build({
    configFile: false,
    root: project,
    logLevel: "error",
    base: "./",
    build: { target: "es2022", assetsInlineLimit: 0, rolldownOptions: { input: join(project, "use.js") } },
  });
  const made = readdirSync(join(project, "dist/assets"));
  expect(made.some((name) => name.endsWith(".wasm"))).toBe(true);
  const entry = made.find((name) => name.endsWith(".js")) ?? "";
  // Node reads no file by fetch, as a browser would from its host.
  mkdirSync(join(project, "run"));
  writeFileSync(
    join(project, "run/run.js"),
    `import { readFile } from "node:fs/promises";
    globalThis.fetch = async (url) => new Response(await readFile(new URL(url)));
    await import("../dist/assets/${entry}");`,
  );
  expect(run("node", "run/run.js")).toBe(inNode);
});

test("its types stand alone, and its schemas can be imported", { timeout: 120_000 }, () => {
  writeFileSync(
    join(project, "use.ts"),
    `import { load, type Engine, type Report, type Scenario } from "dealcast";
    import schema from "dealcast/schemas/scenario.schema.json" with { type: "json" };
    const scenario: Scenario = { schema: "dealcast/1", open_pipeline: { target: 1, deals: [] } };
    const engine: Engine = await load();
    const answer = engine.run(scenario);
    const report: Report | undefined = "report" in answer ? answer.report : undefined;
    // @ts-expect-error A target is a number.
    engine.run({ schema: "dealcast/1", open_pipeline: { target: "1", deals: [] } });
    export { report, schema };`,
  );
  const tsc = join(process.cwd(), "node_modules/.bin/tsc");
  const options =
    "--noEmit --strict --module nodenext --target es2022 --lib es2022,dom,dom.iterable --resolveJsonModule --types";
  expect(run(tsc, ...options.split(" "), "", "use.ts")).toBe("");
});
