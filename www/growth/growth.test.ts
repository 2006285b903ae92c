import { afterEach, describe, expect, it } from "vitest";
import { funnelPicture } from "../charts/funnel.js";
import { linesPicture } from "../charts/lines.js";
import { stackedPicture, totalsOf } from "../charts/stacked.js";
import { placeOf } from "../errors.js";
import type {
  ArrCohortsReport,
  GoalLever,
  PipelineGenerationReport,
  Report,
  Scenario,
} from "../generated/dealcast.js";
import { plain } from "../headline/sentence.js";
import { setLocale } from "../i18n.js";
import { likelyOf, quantityOf, widen, write } from "../inputs/quantity.js";
import { produce } from "../state/produce.js";
import { nodes } from "./chain.js";
import { growthFieldAt, growthFields, lagOf, regimeGroups } from "./fields.js";
import { canLink, isLinked, LINKS, setLink } from "./links.js";
import { changeWords, limitWords } from "./machine.js";
import { bridgeChart, funnelChart, layersChart } from "./pictures.js";
import { arrSentence, winsSentence } from "./sentence.js";
import { startGrowth } from "./starter.js";
import { needs } from "./takes.js";

afterEach(() => setLocale("en"));

const machine = (): Scenario => ({ schema: "dealcast/1", pipeline_generation: {} });
const field = (path: string, scenario: Scenario) => {
  const found = growthFieldAt(path, scenario);
  if (!found) throw new Error(`no field at ${path}`);
  return found;
};

describe("fields", () => {
  it("write inside lists and objects that are not there yet, through the store's drafts", () => {
    const before = machine();
    const rate = field("/pipeline_generation/regimes/0/opportunity_to_win", before);
    const days = field("/pipeline_generation/regimes/0/months_to_win/mean_days", before);
    const after = produce(before, (draft) => {
      write(draft, rate, 0.28);
      write(draft, days, 75);
      widen(draft, rate);
    });
    expect(before).toEqual(machine());
    expect(after.pipeline_generation?.regimes).toEqual([
      {
        from_month: 1,
        months_to_win: { mean_days: 75 },
        opportunity_to_win: { distribution: "pert", min: 0.224, mode: 0.28, max: 0.35 },
      },
    ]);
    expect(quantityOf(after, days)).toBe(75);
    write(after, days, undefined);
    expect(after.pipeline_generation?.regimes?.[0]?.months_to_win).toEqual({});
    expect(() => write({ schema: "dealcast/1" }, days, 1)).toThrow("pipeline_generation");
  });

  it("of a change show what the regime before has", () => {
    const scenario: Scenario = {
      schema: "dealcast/1",
      pipeline_generation: {
        regimes: [
          { from_month: 1, opportunity_to_win: 0.12 },
          { from_month: 7, average_deal: 30_000 },
          { from_month: 9 },
        ],
      },
    };
    const fallback = (regime: number, name: string) =>
      regimeGroups(scenario, regime)
        .flatMap(({ fields }) => fields)
        .find(({ path }) => path.endsWith(name))?.fallback;
    expect([0, 1, 2].map((regime) => fallback(regime, "opportunity_to_win"))).toEqual([0.22, 0.12, 0.12]);
    expect([0, 1, 2].map((regime) => fallback(regime, "average_deal"))).toEqual([25_000, 25_000, 30_000]);
  });

  it("have defaults inside their bounds and places of their own", () => {
    const all = growthFields(machine());
    expect(new Set(all.map(({ path }) => path)).size).toBe(all.length);
    for (const { path, fallback, minimum, maximum } of all)
      if (fallback !== undefined)
        expect([path, minimum <= fallback && fallback <= maximum]).toEqual([path, true]);
  });

  it("name the places of errors in the words of the form", () => {
    const scenario: Scenario = {
      schema: "dealcast/1",
      pipeline_generation: { regimes: [{ from_month: 1 }, { from_month: 7 }] },
    };
    expect(placeOf("/pipeline_generation/regimes/1/months_to_win/mean_days", scenario)).toBe(
      "The sales machine, From month 7, Cycle of won deals",
    );
    expect(placeOf("/arr_cohorts/opening_arr/min", scenario)).toBe("Recurring revenue, ARR today, Low");
    expect(growthFieldAt("/open_pipeline/target", scenario)).toBeUndefined();
  });
});

describe("the start", () => {
  it("adds what is missing, and a first month", () => {
    const draft: Scenario = { schema: "dealcast/1", start_month: "2026-05", arr_cohorts: {} };
    startGrowth(draft);
    expect(draft.arr_cohorts).toEqual({});
    expect(draft.start_month).toBe("2026-05");
    expect(likelyOf(draft, field("/pipeline_generation/leads_per_month", draft))).toBe(650);
  });

  it("knows the mean delay from lead to opportunity", () => {
    expect(lagOf(machine())).toBeCloseTo(0.7, 12);
    expect(
      lagOf({
        schema: "dealcast/1",
        pipeline_generation: { regimes: [{ from_month: 1, lead_to_opportunity_lag_pmf: [0, 0, 2] }] },
      }),
    ).toBe(2);
  });
});

const report = { currency: "EUR", start_month: "2026-01", trials: 100_000 } as Report;
const arr = (more: Partial<ArrCohortsReport> = {}): ArrCohortsReport =>
  ({
    horizon_months: 36,
    opening_arr: 8e6,
    closing_arr: 19.6e6,
    new_customers: Array(36).fill(12),
    ...more,
  }) as ArrCohortsReport;
/** What a simulation says of the goal; its mean course grows evenly to the mean. */
const simulated = (never: number, error: number, mean = 19.6e6) =>
  ({
    figures: {
      prob_goal_never_reached: never,
      closing_arr_mean: mean,
      closing_arr_p10: 17e6,
      closing_arr_p90: 22e6,
    },
    standard_error: {
      prob_goal_never_reached: error,
      closing_arr_mean: 5e3,
      closing_arr_p10: 1e4,
      closing_arr_p90: 1e4,
    },
    arr_fan: Array.from({ length: 36 }, (_, at) => ({
      month: at + 1,
      mean: 8e6 + ((mean - 8e6) * (at + 1)) / 36,
    })),
  }) as ArrCohortsReport["simulation"] & object;

describe("the sentence", () => {
  it("says when the goal is reached and how likely that is", () => {
    const found = arr({ arr_goal: 20e6, month_goal_reached: 32, simulation: simulated(0.59, 0.0015) });
    expect(plain(arrSentence(report, found))).toBe(
      "ARR reaches €20M in month 32 (August 2028) on average; 41.0% ± 0.2 chance to be there by the end of December 2028.",
    );
    setLocale("fr");
    expect(plain(arrSentence(report, found)).replace(/\s/g, " ")).toBe(
      "L’ARR atteint 20 M€ au mois 32 (août 2028) en moyenne ; 41,0 % ± 0,2 de chances d’y être d’ici fin décembre 2028.",
    );
  });

  it("says what is missing, what is certain, and what has no goal", () => {
    const missed = arr({ arr_goal: 20e6, simulation: simulated(1, 0) });
    expect(plain(arrSentence(report, missed))).toBe(
      "ARR comes to €19.6M by the end of December 2028 on average, €400K short of €20M; less than 0.1% chance to reach it.",
    );
    expect(plain(arrSentence(report, arr({ simulation: simulated(1, 0) })))).toContain("€17.0M to €22.0M");
    expect(plain(arrSentence(report, arr({ arr_goal: 5e6 })))).toContain("past the goal of €5M already");
    expect(plain(arrSentence(report, arr()))).toBe(
      "ARR goes from €8M to €19.6M by the end of December 2028 on average.",
    );
  });

  it("means the same average as the pictures where uncertain assumptions move it", () => {
    const moved = arr({ arr_goal: 20e6, simulation: simulated(0.4, 0.0015, 20.6e6) });
    expect(plain(arrSentence(report, moved))).toMatch(
      /^ARR reaches €20M in month 35 \(November 2028\) on average/,
    );
    expect(plain(arrSentence(report, { ...moved, arr_goal: 21e6 }))).toContain(
      "ARR comes to €20.6M by the end of December 2028 on average, €400K short of €21M",
    );
    const near = arr({
      arr_goal: 19.6e6,
      month_goal_reached: 36,
      simulation: simulated(0.5, 0.0015, 19.59e6),
    });
    expect(plain(arrSentence(report, near))).toContain("in month 36");
  });

  it("counts the wins of the target months", () => {
    const machine = {
      horizon_months: 12,
      poisson_layer: {
        window: { first_month: 1, last_month: 12 },
        poisson_mean_wins: 50.6,
        p10_wins: 42,
        p50_wins: 51,
        p90_wins: 60,
        target_wins: 60,
        prob_at_least_target_wins: 0.108,
      },
    } as PipelineGenerationReport;
    expect(plain(winsSentence(report, machine, 60))).toBe(
      "About 51 wins by the end of December 2026: 42 to 60 eight times in ten; 11% chance of 60 or more.",
    );
  });
});

describe("what it takes", () => {
  const of = (lever: GoalLever["lever"], now: number, required?: number) =>
    needs(arr({ goal_needs: { month: 36, arr_at_month: 19e6, levers: [{ lever, now, required }] } }))[0];

  it("is a value of each lever, in its unit", () => {
    expect(of("new_customers", 432, 648)).toEqual({
      lever: "New customers until then",
      now: "432 customers",
      needed: "648 customers (× 1.5)",
      exact: { now: 432, needed: 648 },
    });
    expect(of("new_customers", 0, 1)?.needed).toBe("1 customer");
    expect(of("mature_nrr", 0.95, 1.1234)?.needed).toBe("112.3%");
    expect(of("win_rate", 0.22, 0.3)).toMatchObject({ now: "22.0%", needed: "30.0%" });
    expect(of("ramped_reps", 8, 11.46)?.needed).toBe("11.5");
    expect(needs(arr())).toEqual([]);
  });

  it("is nothing, or less than there is", () => {
    expect(of("new_customers", 432, 0)?.needed).toBe("none: the goal is reached without");
    expect(of("win_rate", 0.22, 0.2)?.needed).toBe("enough as it is: 20.0% would do");
  });

  it("says what is out of reach, and why, in both languages", () => {
    const levers = ["new_customers", "mature_nrr", "win_rate", "ramped_reps"] as const;
    for (const lever of levers) expect(of(lever, 1)?.needed).toMatch(/^not reachable/);
    setLocale("fr");
    for (const lever of levers) expect(of(lever, 1)?.needed).toMatch(/^inatteignable/);
  });
});

describe("the words of the machine", () => {
  it("say what limits", () => {
    const capacity = { capacity_utilisation: [0.8], backlog_end_of_month: [17.7] };
    const of = (more: object) => limitWords(more as PipelineGenerationReport);
    expect(of({ limited_by: "inflow" })).toContain("no limit of selling hours");
    expect(of({ limited_by: "inflow", capacity })).toContain("80% of its hours");
    expect(of({ limited_by: "capacity", capacity })).toContain("18 opportunities wait");
  });

  it("say what a change brings, when, and by how much it overshoots", () => {
    const change = {
      from_month: 7,
      limited_by: "inflow" as const,
      wins_ratio_if_inflow_limited: 2.1,
      wins_ratio_if_capacity_limited: undefined,
      month_90_percent_reached: undefined,
      overshoot_ratio: undefined,
      bookings_per_month_before: 1,
      bookings_per_month_after: 2.1,
    };
    expect(changeWords(report, { ...change, month_90_percent_reached: 9, overshoot_ratio: 1.09 })).toBe(
      "The change of month 7, limited by the inflow, multiplies wins by 2.1; nine tenths of it show in bookings by month 9 (September 2026). On the way bookings pass their new level by 9%: slow old deals and fast new ones are signed in the same months.",
    );
    expect(changeWords(report, change)).toContain("do not show within the horizon.");
  });
});

describe("pictures", () => {
  it("bridge: gains above the line, losses below, and the net", () => {
    const chart = bridgeChart(
      report,
      arr({
        new_arr: [10, 10, 10, 20],
        expansion_arr: [1, 1, 1, 2],
        churned_arr: [4, 4, 4, 4],
        contraction_arr: [0, 0, 0, 0],
      }),
    );
    expect(chart.data.parts.map(({ name, values }) => [name, values])).toEqual([
      ["New", [30, 20]],
      ["Expansion", [3, 2]],
      ["Churn", [-12, -4]],
    ]);
    expect(totalsOf(chart.data)).toEqual([21, 18]);
    const bars = stackedPicture(chart.data, 600).marks.filter(({ kind }) => kind === "rect");
    const axis = stackedPicture(chart.data, 600).marks.findLast((mark) => mark.kind === "line");
    const line = axis?.kind === "line" ? axis.y1 : 0;
    const below = bars.filter((mark) => mark.kind === "rect" && mark.role === "barMuted" && mark.y >= line);
    expect(below.length).toBe(2);
  });

  it("layers: later years stand together when there are many", () => {
    const layer = (first: number) => ({ first_month: first, last_month: first + 11, arr: [1, 2, 3] });
    const chart = layersChart(report, arr({ layers: [0, 1, 13, 25, 37, 49].map(layer) }));
    expect(chart.data.parts.map(({ name, values }) => [name, values])).toEqual([
      ["Today’s base", [3]],
      ["Year 1", [3]],
      ["Year 2", [3]],
      ["From year 3", [9]],
    ]);
  });

  it("funnel: every stage is drawn, the thinnest too", () => {
    const chart = funnelChart(
      {
        horizon_months: 12,
        leads: [650],
        effective_leads: [456.6],
        mqls: [182.7],
        sqls: [63.9],
        opportunities_accepted: [19.2],
        effective_followup_share: 0.7025,
        limited_by: "inflow",
        mean_months_to_win: 3,
        mean_months_to_loss: 2.5,
        stationary_uncapped: { opportunities_per_month: 19.2 },
        regimes: [{ from_month: 1, opportunity_to_win: 0.22 }],
      } as unknown as PipelineGenerationReport,
      0.7,
    );
    expect(chart.data.stages.map(({ name }) => name)).not.toContain("Taken on");
    expect(chart.summary).toBe("650 leads a month become 4.2 wins.");
    const picture = funnelPicture(chart.data, 500);
    for (const mark of picture.marks) if (mark.kind === "rect") expect(mark.width).toBeGreaterThanOrEqual(3);
    expect(picture.marks.filter(({ kind }) => kind === "rect").length).toBe(6);
  });

  it("lines: shares may pass 100 %, counts have their own axis", () => {
    const base = { places: [0, 12], axis: "Age" } as const;
    const share = linesPicture({ ...base, unit: "share", series: [{ name: "a", values: [1, 1.3] }] }, 500);
    expect(share.y.domain()).toEqual([0, 1.5]);
    const count = linesPicture({ ...base, unit: "count", series: [{ name: "a", values: [0, 1300] }] }, 500);
    expect(count.marks.some((mark) => mark.kind === "text" && mark.text === "1,000")).toBe(true);
  });
});

describe("links", () => {
  const all = (): Scenario => ({
    schema: "dealcast/1",
    pipeline_generation: {},
    arr_cohorts: { new_customers_per_month: 12, new_customers_monthly_growth: 0.02 },
    open_pipeline: { target: 1, deals: [] },
  });

  it("are set and taken out, and leave new customers behind", () => {
    const linked = produce(all(), (draft) => {
      for (const link of LINKS) setLink(draft, link, true);
    });
    expect(linked.arr_cohorts).toEqual({ new_customers_from: "pipeline_generation" });
    expect(linked.open_pipeline?.new_deals_from).toBe("pipeline_generation");
    expect(LINKS.map((link) => isLinked(linked, link))).toEqual([true, true]);
    const apart = produce(linked, (draft) => {
      for (const link of LINKS) setLink(draft, link, false, 4.2);
    });
    expect(apart.arr_cohorts).toEqual({ new_customers_per_month: 4.2 });
    expect(apart.open_pipeline).toEqual({ target: 1, deals: [] });
  });

  it("need both ends", () => {
    expect(LINKS.map((link) => canLink(all(), link))).toEqual([true, true]);
    expect(LINKS.map((link) => canLink({ schema: "dealcast/1", arr_cohorts: {} }, link))).toEqual([
      false,
      false,
    ]);
  });

  it("stand between the figures of their sections", () => {
    const found = nodes({
      ...report,
      pipeline_generation: {
        leads: [650],
        total_expected_wins: 152.4,
        horizon_months: 36,
        opportunities_accepted: [19.16],
      },
      arr_cohorts: arr({ cumulative_cash: [-1e5, -2.5e6] }),
    } as unknown as Report);
    const texts = (part: readonly { value: string | undefined }[]) => part.map(({ value }) => value);
    expect(found.arr_cohorts.map(texts)).toEqual([
      ["650 a month", "152 in 36 months"],
      ["€19.6M in 36 months", "-€2.5M"],
    ]);
    // A section that is not there has no figure.
    expect(found.open_pipeline.map(texts)).toEqual([["650 a month", "19.2 a month"], [undefined]]);
  });
});
