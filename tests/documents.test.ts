/** The tracked JSON Schemas fit what the engine reads and writes, and the Wasm gives the native bytes. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import init, { run } from "../www/generated/dealcast.js";

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
const cases = readdirSync(new URL("../cases", import.meta.url)).filter((name) => name !== "index.json");
// `format` of numbers (double, uint32) is an annotation.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
const scenarioFits = ajv.compile(read("schemas/scenario.schema.json") as object);
const reportFits = ajv.compile(read("schemas/report.schema.json") as object);

beforeAll(async () => {
  await init({ module_or_path: readFileSync(new URL("../www/generated/dealcast_bg.wasm", import.meta.url)) });
});

/** The report that the page's core gives. */
function wasmReport(scenario: unknown): unknown {
  const answer = run(scenario as Parameters<typeof run>[0]);
  if ("errors" in answer) throw new Error(JSON.stringify(answer.errors));
  return answer.report;
}

describe.each(cases)("%s", (name) => {
  test("fits the schema of scenarios", () => {
    scenarioFits(read(`cases/${name}`));
    expect(scenarioFits.errors ?? []).toEqual([]);
  });

  test("gives a report that fits its schema, the native command line's to the bit", () => {
    const scenario = { ...(read(`cases/${name}`) as object), trials: 10_000 };
    const report = wasmReport(scenario);
    reportFits(report);
    expect(reportFits.errors ?? []).toEqual([]);
    const native = execFileSync("cargo", ["run", "--quiet", "--locked", "--", "run", "-"], {
      input: JSON.stringify(scenario),
      maxBuffer: 1 << 28,
    });
    expect(JSON.stringify(report)).toBe(JSON.stringify(JSON.parse(native.toString())));
  }, 600_000);
});

test("a document that the engine refuses does not fit either", () => {
  const scenario = read("cases/example-quarter.json") as { open_pipeline: Record<string, unknown> };
  expect(scenarioFits({ ...scenario, colour: "red" })).toBe(false);
  expect(scenarioFits({ ...scenario, open_pipeline: { ...scenario.open_pipeline, target: "much" } })).toBe(
    false,
  );
});
