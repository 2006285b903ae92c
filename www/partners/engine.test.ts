import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { CompareOptions, Report, Scenario } from "../generated/dealcast.js";
import init, { checkScenario, compare, preview } from "../generated/dealcast.js";
import { type Group, PNL_GROUPS, PROGRAMME_GROUPS } from "./fields.js";
import { alone, changeIn, changesOf, LEVERS, type Lever, plansOf, pull, questions } from "./levers.js";
import {
  bothChart,
  marginChart,
  paybackChart,
  silentChart,
  splitChart,
  stopChart,
  tornadoChart,
} from "./pictures.js";
import { planOf, QUESTIONS } from "./questions.js";
import { startPartners } from "./starter.js";

beforeAll(async () => {
  const wasm = readFileSync(new URL("../generated/dealcast_bg.wasm", import.meta.url));
  await init({ module_or_path: wasm });
});

function reportOf(scenario: Omit<Scenario, "schema">): Report {
  const answer = preview({ schema: "dealcast/1", seed: 1, trials: 4_096, ...scenario });
  if ("errors" in answer) throw new Error(JSON.stringify(answer.errors));
  return answer.report;
}

function defaults(groups: readonly Group[]): Record<string, number> {
  const fields = groups.flatMap((group) => group.fields);
  return Object.fromEntries(
    fields.flatMap(({ name, fallback }) => (fallback === undefined ? [] : [[name, fallback]])),
  );
}

describe("the form", () => {
  it("shows the engine's own defaults where the document says nothing", () => {
    const { partner_pnl: plan } = reportOf({ partner_pnl: {} });
    expect(reportOf({ partner_pnl: defaults(PNL_GROUPS) }).partner_pnl).toEqual(plan);
    const { partner_vendor_programme: programme } = reportOf({ partner_vendor_programme: {} });
    expect(
      reportOf({ partner_vendor_programme: defaults(PROGRAMME_GROUPS) }).partner_vendor_programme,
    ).toEqual(programme);
  });

  it("has a field for every number of both sections", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../schemas/scenario.schema.json", import.meta.url), "utf8"),
    );
    const known = new Set(
      [...PNL_GROUPS, ...PROGRAMME_GROUPS].flatMap(({ fields }) => fields.map(({ path }) => path)),
    );
    for (const [section, name] of [
      ["partner_pnl", "PartnerPnl"],
      ["partner_vendor_programme", "PartnerVendorProgramme"],
    ] as const) {
      const properties = Object.keys(schema.$defs[name].properties);
      expect(properties.length).toBeGreaterThan(20);
      for (const property of properties)
        if (!property.endsWith("_noise"))
          expect([property, known.has(`/${section}/${property}`)]).toEqual([property, true]);
    }
  });

  it("takes values at its bounds", () => {
    for (const [section, groups] of [
      ["partner_pnl", PNL_GROUPS],
      ["partner_vendor_programme", PROGRAMME_GROUPS],
    ] as const)
      for (const { fields } of groups)
        for (const { name, minimum, maximum } of fields)
          for (const value of [minimum, maximum]) {
            const errors = checkScenario({ schema: "dealcast/1", seed: 1, [section]: { [name]: value } });
            // A bound may be impossible with the other values, never out of range by itself.
            const own = errors.filter(
              ({ path, code }) => path === `/${section}/${name}` && code !== "no_margin",
            );
            expect([name, value, own]).toEqual([name, value, []]);
          }
  });
});

describe("the levers", () => {
  it("change the programme as the guide says: the plan and the stop rule pay, mass recruitment does not", () => {
    const from = alone({
      schema: "dealcast/1",
      partner_vendor_programme: {},
      open_pipeline: { target: 1, deals: [] },
    });
    expect(Object.keys(from)).not.toContain("open_pipeline");
    const of = (lever?: Lever) => {
      const scenario = structuredClone(from);
      if (lever) pull(lever, scenario);
      const { schema: _, ...sections } = scenario;
      const report = reportOf(sections).partner_vendor_programme;
      if (!report) throw new Error("no report");
      return report;
    };
    const base = of();
    expect(of("start_plan").npv).toBeGreaterThan(base.npv);
    expect(of("start_plan").active_share_at_6_months).toBeCloseTo(0.5425, 4);
    expect(of("stop_rule").all_in_cost_per_failed_partner).toBeLessThan(base.all_in_cost_per_failed_partner);
    expect(of("selective").npv).toBeGreaterThan(of("mass").npv);
    expect(
      changesOf("stop_rule", { schema: "dealcast/1", partner_vendor_programme: { stop_rule_months: 6 } }),
    ).toEqual({});
  });
});

describe("the levers' simulated effects", () => {
  it("are paired changes with their errors, a plan per lever", () => {
    const base: Scenario = { schema: "dealcast/1", seed: 5 };
    startPartners(base);
    const levers = LEVERS.filter((lever) => Object.keys(changesOf(lever, base)).length > 0);
    const plans = plansOf(base, levers);
    const asked = questions(24);
    const found = (options: CompareOptions) => {
      const answer = compare(plans, options);
      if ("errors" in answer) throw new Error(JSON.stringify(answer.errors));
      expect(answer.comparison.errors).toEqual([]);
      return answer.comparison;
    };
    const [npv, payback] = [found(asked.npv), found(asked.payback)];
    const change = (lever: Lever) => {
      const [value, chance] = [changeIn(npv, lever, "p50"), changeIn(payback, lever, "prob_target")];
      if (!value || !chance) throw new Error(lever);
      return { value, chance };
    };
    const plan = change("start_plan");
    expect(plan.value.value).toBeGreaterThan(4 * plan.value.error);
    expect(plan.chance.value).toBeGreaterThan(4 * plan.chance.error);
    expect(change("mass").value.value).toBeLessThan(change("selective").value.value);
    expect(changeIn(npv, "start_plan", "prob_target")?.value).toBeGreaterThan(0);
    expect(changeIn(undefined, "mass", "p50")).toBeUndefined();
  }, 60_000);
});

describe("the start and the guided entry", () => {
  it("make documents that the engine computes, with everything that the view draws", () => {
    const draft: Scenario = { schema: "dealcast/1" };
    startPartners(draft);
    const { schema: _, ...sections } = draft;
    const report = reportOf(sections);
    const { partner_pnl: plan, partner_vendor_programme: programme, partner_both_sides: both } = report;
    if (!plan?.simulation || !programme?.simulation || !both) throw new Error("something is missing");
    expect(marginChart(report, "partner_pnl")?.data.parts.length).toBe(3);
    expect(marginChart(report, "partner_vendor_programme")?.data.parts.length).toBe(2);
    expect(paybackChart(report, plan)?.data.marked?.map(({ at }) => at)).toEqual([12, 18, 24, 36]);
    expect(tornadoChart(report, "partner_pnl")?.data.rows.length).toBeGreaterThan(4);
    const shares = bothChart(report, both).data;
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(splitChart(report, both)?.data.places.length).toBeGreaterThan(5);
    expect(silentChart(programme).data.series[0]?.values[0]).toBeGreaterThan(0.4);
    expect(stopChart(report, programme)?.data.places.length).toBeGreaterThan(10);
  });

  it("computes the plan of any answers at their bounds", () => {
    for (const end of ["minimum", "maximum"] as const)
      for (const { fields } of QUESTIONS)
        for (const field of fields) {
          const plan = planOf({ [field.name]: field[end] }, undefined);
          expect(checkScenario({ schema: "dealcast/1", seed: 1, partner_pnl: plan })).toEqual([]);
        }
  });
});
