import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Core, createCore } from "../generated/core.js";
import type { Scenario } from "../generated/dealcast.js";
import { createCore as createPipelineCore, type Core as PipelineCore } from "../generated/pipeline-core.js";
import { extentOf } from "./extent.js";
import type { Call } from "./protocol.js";

const pipeline: Scenario = { schema: "dealcast/1", seed: 1, open_pipeline: { target: 1, deals: [] } };
const extent = (name: string, ...args: unknown[]) => extentOf({ name, args } as unknown as Call);

async function instance<C extends Core | PipelineCore>(core: C, file: string): Promise<C> {
  const bytes = readFileSync(new URL(`../generated/${file}`, import.meta.url));
  core.finish((await WebAssembly.instantiate(bytes, core.imports())).instance.exports);
  return core;
}

describe("the module that a call needs", () => {
  it("is the smaller one for the forecast of an open pipeline, the whole one for all else", () => {
    for (const name of ["preview", "plan", "simulate", "report", "checkScenario"])
      expect(extent(name, pipeline)).toBe("pipeline");
    expect(extent("newSeed")).toBe("pipeline");
    for (const section of ["arr_cohorts", "partner_pnl", "pipeline_generation", "plans", "no_such_section"])
      expect(extent("preview", { ...pipeline, [section]: {} })).toBe("whole");
    for (const name of ["importCsv", "exportDealsCsv", "compare", "leverCatalogue", "applyPlan"])
      expect(extent(name, pipeline)).toBe("whole");
    expect(extent("readScenarioText", JSON.stringify(pipeline))).toBe("pipeline");
    expect(extent("readScenarioText", '{"schema": "dealcast/1", "arr_cohorts": {}}')).toBe("whole");
    for (const text of ["{", "null", "[]", '"x"']) expect(extent("readScenarioText", text)).toBe("pipeline");
  });
});

describe("the two modules", () => {
  let whole: Core;
  let small: PipelineCore;
  beforeAll(async () => {
    whole = await instance(createCore(), "dealcast_bg.wasm");
    small = await instance(createPipelineCore(), "pipeline_bg.wasm");
  });

  const texts = ["cases", "tests/golden"].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".json") && name !== "index.json")
      .map((name) => {
        const file = JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
        return [name, (file.scenario ?? file.input ?? file) as Scenario] as const;
      })
      .filter(([, one]) => one.open_pipeline && extent("preview", one) === "pipeline"),
  );

  it.each(texts)(
    "give the same bytes for %s",
    (_, one) => {
      const scenario: Scenario = { ...one, seed: one.seed ?? 7, trials: Math.min(one.trials ?? 8192, 8192) };
      const parts = [whole.simulate(scenario, 0, 1), whole.simulate(scenario, 1, 1)];
      expect([small.simulate(scenario, 0, 1), small.simulate(scenario, 1, 1)]).toEqual(parts);
      expect(JSON.stringify(small.report(scenario, parts))).toBe(
        JSON.stringify(whole.report(scenario, parts)),
      );
      expect(JSON.stringify(small.preview(scenario))).toBe(JSON.stringify(whole.preview(scenario)));
      expect(small.plan(scenario)).toEqual(whole.plan(scenario));
    },
    60_000,
  );

  it("are tried on enough documents", () => {
    expect(texts.length).toBeGreaterThan(2);
  });

  it("name the same errors", () => {
    const section = { target: -1, goal: 2, new_deals_from: "pipeline_generation", deals: [{ deal_id: "a" }] };
    for (const wrong of [
      {},
      { schema: "dealcast/2" },
      { schema: "dealcast/1", trials: 1 },
      { schema: "dealcast/1", open_pipeline: section },
      { schema: "dealcast/1", open_pipeline: [] },
    ]) {
      const errors = whole.checkScenario(wrong);
      expect(errors.length).toBeGreaterThan(0);
      expect(small.checkScenario(wrong)).toEqual(errors);
      const text = JSON.stringify(wrong);
      expect(small.readScenarioText(text)).toEqual(whole.readScenarioText(text));
    }
    expect(small.readScenarioText("{")).toEqual(whole.readScenarioText("{"));
  });
});
