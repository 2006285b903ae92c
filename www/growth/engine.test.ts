import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report, Scenario } from "../generated/dealcast.js";
import init, { checkScenario, run } from "../generated/dealcast.js";
import { type Quantifiable, write } from "../inputs/quantity.js";
import { growthFields } from "./fields.js";
import { startGrowth } from "./starter.js";

beforeAll(async () => {
  const wasm = readFileSync(new URL("../generated/dealcast_bg.wasm", import.meta.url));
  await init({ module_or_path: wasm });
});

const bare = (): Scenario => ({
  schema: "dealcast/1",
  seed: 1,
  trials: 100,
  pipeline_generation: { capacity: {} },
  arr_cohorts: {},
});

function reportOf(scenario: Scenario): Report {
  const answer = run(scenario);
  if ("errors" in answer) throw new Error(JSON.stringify(answer.errors));
  return answer.report;
}

/** A kill rule is an assumption only once it is on. */
const isKillRule = ({ path }: Quantifiable) => path.includes("/kill_rule/");
const fields = () => growthFields(bare()).filter((one) => !isKillRule(one));

describe("the form", () => {
  it("shows the engine's own defaults where the document says nothing", () => {
    const filled = bare();
    for (const field of fields())
      if (field.fallback !== undefined && !isBudget(field)) write(filled, field, field.fallback);
    expect(reportOf(filled)).toEqual(reportOf(bare()));
  });

  it("has a field for every number of both sections", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../schemas/scenario.schema.json", import.meta.url), "utf8"),
    );
    const known = new Set(growthFields(bare()).map(({ path }) => path));
    // Edited beside the fields: lists, switches, months.
    const others =
      /\/(regimes|capacity|hires|replace_leavers|target_window|from_month|kill_rule|enabled|lead_to_opportunity_lag_pmf|new_customers_by_month|coefficient_of_variation|pmf|new_customers_from)$/;
    for (const [at, name] of [
      ["/pipeline_generation", "PipelineGeneration"],
      ["/pipeline_generation/regimes/0", "Regime"],
      ["/pipeline_generation/regimes/0/kill_rule", "LosingDealKillRule"],
      ["/pipeline_generation/capacity", "Capacity"],
      ["/arr_cohorts", "ArrCohorts"],
    ] as const)
      for (const property of Object.keys(schema.$defs[name].properties)) {
        const path = `${at}/${property}`;
        const listed = known.has(path) || known.has(`${path}/mean_days`) || others.test(path);
        expect([path, listed]).toEqual([path, true]);
      }
  });

  it("takes values at its bounds", () => {
    for (const field of fields())
      for (const value of [field.minimum, field.maximum]) {
        const scenario = bare();
        // A goal's month goes to the horizon.
        scenario.arr_cohorts = { horizon_months: 120 };
        if (isBudget(field)) scenario.arr_cohorts.sales_marketing_cost_per_month = 1_000;
        write(scenario, field, value);
        const own = checkScenario(scenario).filter(({ path }) => path === field.path);
        expect([field.path, value, own]).toEqual([field.path, value, []]);
      }
  });
});

function isBudget({ path }: Quantifiable): boolean {
  return path.includes("/sales_marketing_");
}

describe("the start", () => {
  it("is a document that the engine computes, both parts of it", () => {
    const draft: Scenario = { schema: "dealcast/1", seed: 1, trials: 4_096 };
    startGrowth(draft);
    const report = reportOf(draft);
    expect(report.arr_cohorts?.arr_goal).toBe(20_000_000);
    expect(report.pipeline_generation?.total_expected_wins).toBeGreaterThan(50);
  });
});
