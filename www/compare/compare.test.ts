// @vitest-environment happy-dom
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EngineFailure } from "../engine/lane.js";
import type {
  Comparison,
  ComparisonAnswer,
  Difference,
  OutcomeFigures,
  Scenario,
  Waterfall,
} from "../generated/dealcast.js";
import { plain } from "../headline/sentence.js";
import { setLocale } from "../i18n.js";
import { stepsOf } from "./causes.js";
import { type CompareEngine, Comparing } from "./comparing.js";
import { curvesPicture } from "./curves.js";
import { fansPicture } from "./fans.js";
import { outcomesOf, sectionsOf, writerOf } from "./outcomes.js";
import { planSentence } from "./sentence.js";
import { waterfallPicture } from "./waterfall.js";

const nothing: OutcomeFigures = {
  mean: undefined,
  sd: undefined,
  p10: undefined,
  p50: undefined,
  p90: undefined,
  prob_target: undefined,
  prob_never: undefined,
};
const even: Difference = {
  mean: 0,
  p10: 0,
  p50: 0,
  p90: 0,
  prob_target: 0,
  prob_beats_base: 0.5,
};

/** A base and a plan with these differences. */
function comparisonOf(
  outcome: Comparison["outcome"],
  difference: Partial<Difference>,
  error: Partial<Difference>,
  targets: [number | undefined, number | undefined] = [800_000, 800_000],
): Comparison {
  const scenario = (plan: string | undefined, prob_target: number, target: number | undefined) => ({
    plan,
    levers: [],
    cost: 0,
    target,
    figures: { ...nothing, prob_target: target === undefined ? undefined : prob_target },
    standard_error: { ...nothing, prob_target: 0.002 },
    difference: undefined,
    difference_standard_error: undefined,
    prob_at_least: [],
    fan: [],
    prob_beats: [],
  });
  return {
    schema: "dealcast-comparison/1",
    engine: { name: "dealcast", version: "0" },
    currency: "EUR",
    seed: 1,
    trials: 10_000,
    outcome,
    fewer_is_better: false,
    axis: [],
    errors: [],
    scenarios: [
      scenario(undefined, 0.56, targets[0]),
      {
        ...scenario("Plan A", 0.7, targets[1]),
        difference: { ...even, ...difference },
        difference_standard_error: { ...even, prob_beats_base: 0.004, ...error },
      },
    ],
  };
}

function said(comparison: Comparison): string {
  const one = comparison.scenarios[1];
  return one ? plain(planSentence(comparison, one)) : "";
}

afterEach(() => setLocale("en"));

describe("the sentence of a plan", () => {
  it("says what it adds, how likely it is better, and what becomes of the target", () => {
    const gain = comparisonOf("pipeline_total", { mean: 120_400, prob_beats_base: 0.84 }, { mean: 900 });
    expect(said(gain)).toBe(
      "Plan A adds €120K on average; 84.0% ± 0.4 chance of beating the base. The chance of at least €800K goes from 56.0% to 70.0%.",
    );
    const loss = comparisonOf("pipeline_total", { mean: -50_000 }, { mean: 900 }, [undefined, undefined]);
    expect(said(loss)).toBe("Plan A takes €50K away on average; 50.0% ± 0.4 chance of beating the base.");
  });

  it("calls no difference what is within the error", () => {
    const noise = comparisonOf("pipeline_total", { mean: 1_500 }, { mean: 900 });
    expect(said(noise)).toContain("Plan A makes no measurable difference on average");
  });

  it("says sooner and later for months, of the median where some trials never get there", () => {
    expect(said(comparisonOf("partner_payback", { mean: -3.2 }, { mean: 0.1 }, [36, 36]))).toContain(
      "Plan A is 3.2 months sooner on average",
    );
    const median = { mean: undefined, p50: 2 } as unknown as Partial<Difference>;
    expect(
      said(comparisonOf("goal_month", median, { mean: undefined as unknown as number, p50: 0.5 })),
    ).toContain("Plan A is 2 months later in the median");
  });

  it("does not compare chances of different targets as if they were one", () => {
    const moved = comparisonOf("pipeline_total", { mean: 1e5 }, { mean: 900 }, [800_000, 900_000]);
    expect(said(moved)).toContain("each its own");
    setLocale("fr");
    expect(said(moved)).toContain("chacun le sien");
  });
});

describe("outcomes", () => {
  it("are those of the sections that a document has", () => {
    const scenario: Scenario = { schema: "dealcast/1", arr_cohorts: {}, partner_pnl: {} };
    expect(outcomesOf(scenario)).toEqual(["closing_arr", "partner_npv", "partner_payback"]);
    expect(outcomesOf({ ...scenario, arr_cohorts: { arr_goal: 1e6 } })).toContain("goal_month");
    expect(outcomesOf({ ...scenario, partner_vendor_programme: {} })).toContain("signed_partner_npv");
    expect(outcomesOf({ schema: "dealcast/1" })).toEqual([]);
  });

  it("come from the sales machine as well where it is linked", () => {
    const apart: Scenario = { schema: "dealcast/1", arr_cohorts: {}, pipeline_generation: {} };
    expect(sectionsOf("closing_arr", apart)).toEqual(["arr_cohorts"]);
    const linked: Scenario = { ...apart, arr_cohorts: { new_customers_from: "pipeline_generation" } };
    expect(sectionsOf("closing_arr", linked)).toEqual(["arr_cohorts", "pipeline_generation"]);
    expect(sectionsOf("partner_npv", linked)).toEqual(["partner_pnl"]);
  });

  it("are written in their own unit", () => {
    const months = writerOf({ ...comparisonOf("goal_month", {}, {}), start_month: "2026-01" });
    expect([months.value(12), months.value(12.5, 0.1)]).toEqual(["Dec 2026", "month 12.5"]);
    expect(months.difference(-2, 0.5)).toBe("-2 months");
    expect(writerOf(comparisonOf("wins", {}, {})).difference(12.34, 0.2)).toBe("+12.3");
  });
});

describe("pictures", () => {
  const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const inside = (picture: { width: number; height: number; marks: readonly unknown[] }) => {
    expect(JSON.stringify(picture.marks)).not.toMatch(/NaN|Infinity|null/);
    for (const mark of picture.marks as { kind: string; x?: number; y?: number }[]) {
      if (mark.kind !== "text") continue;
      expect(mark.x).toBeGreaterThanOrEqual(0);
      expect(mark.x).toBeLessThanOrEqual(picture.width + 1e-6);
      expect(mark.y).toBeLessThanOrEqual(picture.height);
    }
  };

  it("of fans and curves stay inside, whatever the scenarios", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(amount, { minLength: 1, maxLength: 24 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 280, max: 1200 }),
        (scenarios, width) => {
          const fans = scenarios.map((medians, series) => ({
            name: `Plan ${series}`,
            series,
            fan: medians.map((p50, index) => ({
              month: index + 1,
              mean: p50,
              p10: p50 - 1,
              p25: p50,
              p50,
              p75: p50,
              p90: p50 + 1,
            })),
          }));
          inside(fansPicture({ fans, currency: "EUR", startMonth: undefined }, width));
          const axis = [...(scenarios[0] ?? [])].sort((a, b) => a - b);
          const curves = scenarios.map((_, series) => ({
            name: `Plan ${series}`,
            series,
            chances: axis.map((__, index) => 1 - index / axis.length),
          }));
          for (const kind of ["money", "month"] as const)
            inside(curvesPicture({ axis, curves, kind, currency: "EUR", counted: "Month" }, width));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("of a waterfall lead from start to end, bar by bar", () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 9 }), amount, (parts, start) => {
        let level = start;
        const waterfall = {
          plan: "P",
          start,
          start_standard_error: 1,
          contributions: parts.map((contribution, index) => {
            level += contribution;
            return { lever: `L${index}`, plan: "P", cost: 0, contribution, standard_error: 1, level };
          }),
          end: level,
          end_standard_error: 1,
        } as unknown as Waterfall;
        const write = { value: String, difference: String };
        const steps = stepsOf(waterfall, write);
        expect(steps).toHaveLength(parts.length + 2);
        for (let index = 2; index < steps.length - 1; index++)
          expect(steps[index]?.from).toBe(steps[index - 1]?.to);
        expect(steps.at(-1)?.to).toBe(steps.at(-2)?.to);
        inside(waterfallPicture({ steps }, 500));
      }),
      { numRuns: 60 },
    );
  });
});

describe("Comparing", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const scenario: Scenario = { schema: "dealcast/1", open_pipeline: { target: 1, deals: [] }, plans: [] };

  function engineOf() {
    const asked: {
      kind: "quick" | "full";
      settle(answer: ComparisonAnswer): void;
      fail(error: unknown): void;
    }[] = [];
    const call = (kind: "quick" | "full") => () =>
      new Promise<ComparisonAnswer>((settle, fail) => void asked.push({ kind, settle, fail }));
    const engine = {
      quick: call("quick"),
      full: call("full"),
      cancel: () => {
        for (const one of asked) if (one.kind === "full") one.fail(new EngineFailure("cancelled", ""));
      },
    } as unknown as CompareEngine;
    return { asked, comparing: new Comparing(engine, () => {}) };
  }
  const answer = (trials: number): ComparisonAnswer => ({
    comparison: { ...comparisonOf("pipeline_total", {}, {}), trials },
  });

  it("answers quickly, then in full when the hand rests, and asks nothing twice", async () => {
    const { asked, comparing } = engineOf();
    comparing.ask(scenario, "pipeline_total");
    comparing.ask({ ...scenario, title: "x" }, "pipeline_total");
    expect(asked.map(({ kind }) => kind)).toEqual(["quick"]);
    asked[0]?.settle(answer(10));
    await vi.advanceTimersByTimeAsync(400);
    expect(comparing.quality).toBe("preview");
    expect(asked.map(({ kind }) => kind)).toEqual(["quick", "full"]);
    asked[1]?.settle(answer(100));
    await vi.advanceTimersByTimeAsync(0);
    expect([comparing.quality, comparing.comparison?.trials, comparing.running]).toEqual([
      "full",
      100,
      false,
    ]);
  });

  it("shows answers as they come while the hand moves, and none that comes after a newer one", async () => {
    const { asked, comparing } = engineOf();
    const shown = async (place: number, trials: number) => {
      asked[place]?.settle(answer(trials));
      await vi.advanceTimersByTimeAsync(0);
      return comparing.comparison?.trials;
    };
    for (const seed of [1, 2, 3, 4]) comparing.ask({ ...scenario, seed }, "pipeline_total");
    expect(await shown(0, 1)).toBe(1);
    expect(await shown(2, 3)).toBe(3);
    expect(await shown(1, 2)).toBe(3);
    // Another outcome is another question altogether.
    comparing.ask({ ...scenario, seed: 5 }, "closing_arr");
    expect(await shown(3, 4)).toBeUndefined();
    expect(await shown(4, 5)).toBe(5);
  });

  it("lets no quick answer take the place of the full one", async () => {
    const { asked, comparing } = engineOf();
    comparing.ask(scenario, "pipeline_total");
    await vi.advanceTimersByTimeAsync(400);
    asked[1]?.settle(answer(100));
    await vi.advanceTimersByTimeAsync(0);
    asked[0]?.settle(answer(10));
    await vi.advanceTimersByTimeAsync(0);
    expect([comparing.quality, comparing.comparison?.trials]).toEqual(["full", 100]);
  });

  it("says when it was stopped, and compares again on request", async () => {
    const { asked, comparing } = engineOf();
    comparing.ask(scenario, "pipeline_total");
    asked[0]?.settle(answer(10));
    await vi.advanceTimersByTimeAsync(400);
    comparing.cancel();
    await vi.advanceTimersByTimeAsync(0);
    expect([comparing.stopped, comparing.running]).toEqual(["cancelled", false]);
    comparing.runFull();
    expect(comparing.stopped).toBeUndefined();
    asked.at(-1)?.settle(answer(100));
    await vi.advanceTimersByTimeAsync(0);
    expect(comparing.quality).toBe("full");
  });
});
