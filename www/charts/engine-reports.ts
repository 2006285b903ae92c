/**
 * Reports that the engine made, for tests and for the gallery. After a change of the report:
 * `cargo run --release -- run www/charts/fixtures/quarter.scenario.json > www/charts/fixtures/quarter.report.json`,
 * and so the others.
 */
import type { Deal, Scenario } from "../generated/dealcast.js";
import type { Fixture } from "./fixture.js";
import heavyTailReport from "./fixtures/heavy-tail.report.json" with { type: "json" };
import heavyTailScenario from "./fixtures/heavy-tail.scenario.json" with { type: "json" };
import quarterReport from "./fixtures/quarter.report.json" with { type: "json" };
import quarterScenario from "./fixtures/quarter.scenario.json" with { type: "json" };
import tenYearsReport from "./fixtures/ten-years.report.json" with { type: "json" };
import tenYearsScenario from "./fixtures/ten-years.scenario.json" with { type: "json" };

function fromFiles(report: unknown, scenario: unknown): Fixture {
  const pipeline = (scenario as Scenario).open_pipeline;
  return {
    report: report as Fixture["report"],
    deals: (pipeline?.deals ?? []) as Deal[],
    alreadyWon: pipeline?.already_won ?? 0,
  };
}

/** By name. */
export const ENGINE_REPORTS: Record<string, Fixture> = {
  "engine: quarter": fromFiles(quarterReport, quarterScenario),
  "engine: heavy tail": fromFiles(heavyTailReport, heavyTailScenario),
  "engine: ten years": fromFiles(tenYearsReport, tenYearsScenario),
};
