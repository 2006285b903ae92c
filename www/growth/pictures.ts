/** What each chart of the Growth view shows, in words and numbers. Pure. */
import type { Reading } from "../charts/fan-chart.js";
import { countText, type Funnel, type FunnelStage } from "../charts/funnel.js";
import type { Described } from "../charts/line-chart.js";
import type { Lines } from "../charts/lines.js";
import type { Stacked } from "../charts/stacked.js";
import type { FanWords } from "../charts/titled-fan.js";
import { decimal, money, percent } from "../format.js";
import type { ArrCohortsReport, FanMonth, PipelineGenerationReport, Report } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { quarters } from "../partners/pictures.js";

/** Most parts that a stack shows apart. */
const MOST_LAYERS = 4;

/** Months 1, 2, … of a list. */
function monthsOf(values: readonly unknown[]): number[] {
  return values.map((_, index) => index + 1);
}

/** Three months to a quarter, month 1 first. */
function quarterly(monthly: readonly number[]): number[] {
  return quarters([0, ...monthly]);
}

const whole = (share: number) => percent(share, { decimals: 0 });

/** The simulated fan, or the expected course without width. */
export function fanOf(
  fan: readonly FanMonth[] | undefined,
  expected: readonly number[],
): readonly FanMonth[] {
  return (
    fan ??
    expected.map((value, index) => ({
      month: index + 1,
      mean: value,
      p10: value,
      p25: value,
      p50: value,
      p75: value,
      p90: value,
    }))
  );
}

/** The expected course where nothing was simulated. */
export function expectedChart(
  title: MessageKey,
  caption: MessageKey,
  values: readonly number[],
  currency: string,
): Described<Lines> {
  return {
    title: t(title),
    caption: `${t(caption)} ${t("growth.expected_caption")}`,
    summary: t(
      "growth.line_summary",
      ends(values, (value) => money(value, currency)),
    ),
    data: {
      places: monthsOf(values),
      series: [{ name: t("growth.expected_series"), values }],
      unit: { currency },
      axis: t("app.month_axis"),
    },
  };
}

/** Words of a fan: its title and caption by their names in the catalogue. */
export function fanWords(
  title: MessageKey,
  caption: MessageKey,
  summary: "fan_summary" | "month_summary" = "fan_summary",
): FanWords {
  return {
    title: t(title),
    caption: t(caption),
    summary: (reading: Reading) => t(`growth.${summary}`, reading),
  };
}

/** One month of leads at the last rates, followed to the end. */
export function funnelChart(machine: PipelineGenerationReport, lag: number): Described<Funnel> {
  const last = <T>(values: readonly T[]) => values.at(-1);
  const regime = machine.regimes.findLast(({ from_month }) => from_month <= machine.horizon_months);
  const leads = last(machine.leads) ?? 0;
  const effective = last(machine.effective_leads) ?? 0;
  const opportunities = machine.stationary_uncapped.opportunities_per_month;
  const accepted = last(machine.opportunities_accepted) ?? 0;
  const limited = machine.limited_by === "capacity";
  const worked = limited ? accepted : opportunities;
  const won = worked * (regime?.opportunity_to_win ?? 0);
  const passes = (count: number, before: number) =>
    before > 0 ? t("growth.loss_passes", { share: percent(count / before, { decimals: 0 }) }) : "";
  const mql = last(machine.mqls) ?? 0;
  const sql = last(machine.sqls) ?? 0;
  const stages: FunnelStage[] = [
    { name: t("growth.stage_leads"), count: leads },
    {
      name: t("growth.stage_effective"),
      count: effective,
      passes: t("growth.loss_followup", { share: whole(1 - machine.effective_followup_share) }),
    },
    { name: t("growth.stage_mql"), count: mql, passes: passes(mql, effective) },
    { name: t("growth.stage_sql"), count: sql, passes: passes(sql, mql) },
    {
      name: t("growth.stage_opportunity"),
      count: opportunities,
      passes:
        sql > 0 ? t("growth.delay_lag", { share: whole(opportunities / sql), months: decimal(lag, 1) }) : "",
      months: lag,
    },
    ...(limited
      ? [
          {
            name: t("growth.stage_accepted"),
            count: accepted,
            passes:
              opportunities > 0 ? t("growth.loss_waits", { share: whole(accepted / opportunities) }) : "",
          },
        ]
      : []),
    {
      name: t("growth.stage_won"),
      count: won,
      passes: t("growth.delay_cycle", {
        share: whole(regime?.opportunity_to_win ?? 0),
        months: decimal(machine.mean_months_to_win, 1),
      }),
      months: machine.mean_months_to_win,
    },
  ];
  return {
    title: t("growth.funnel_title"),
    caption: t("growth.funnel_caption", { lost: decimal(machine.mean_months_to_loss, 1) }),
    summary: t("growth.funnel_summary", { leads: countText(leads), wins: countText(won) }),
    data: {
      stages,
      heads: [
        t("growth.stage_head"),
        t("growth.stage_count"),
        t("growth.stage_share"),
        t("growth.stage_delay"),
      ],
    },
  };
}

/** Hours asked for and available; absent without a limit. */
export function capacityChart({ capacity }: PipelineGenerationReport): Described<Lines> | undefined {
  if (!capacity) return undefined;
  const { selling_hours_needed: needed, selling_hours_available: available } = capacity;
  return {
    title: t("growth.capacity_title"),
    caption: t("growth.capacity_caption"),
    summary: t(
      "growth.line_summary",
      ends(needed, (value) => decimal(value, 0)),
    ),
    data: {
      places: monthsOf(needed),
      series: [
        { name: t("growth.hours_needed"), values: needed },
        { name: t("growth.hours_available"), values: available },
      ],
      unit: "count",
      axis: t("app.month_axis"),
    },
  };
}

/** Opportunities that wait; absent where none does. */
export function backlogChart({ capacity }: PipelineGenerationReport): Described<Lines> | undefined {
  const backlog = capacity?.backlog_end_of_month;
  if (!backlog?.some((waiting) => waiting >= 0.5)) return undefined;
  return {
    title: t("growth.backlog_title"),
    caption: t("growth.backlog_caption"),
    summary: t(
      "growth.line_summary",
      ends(backlog, (value) => decimal(value, 0)),
    ),
    data: {
      places: monthsOf(backlog),
      series: [{ name: t("growth.backlog_series"), values: backlog }],
      unit: "count",
      axis: t("app.month_axis"),
    },
  };
}

function ends(values: readonly number[], write: (value: number) => string) {
  return { first: write(values[0] ?? 0), last: write(values.at(-1) ?? 0) };
}

/** P(goal reached by month m). */
export function goalChart(report: Report, arr: ArrCohortsReport): Described<Lines> | undefined {
  const curve = arr.simulation?.figures.prob_goal_reached_by_month;
  if (!curve || arr.arr_goal == null) return undefined;
  const errors = arr.simulation?.standard_error.prob_goal_reached_by_month ?? [];
  const { trials } = report;
  const write = (month: number) => percent(curve[month - 1] ?? 0, { error: errors[month - 1], trials });
  const marked = [12, 24, 36, 48, 60].filter((month) => month <= arr.horizon_months);
  return {
    title: t("growth.goal_title"),
    caption: t("growth.goal_caption", { goal: money(arr.arr_goal, report.currency) }),
    summary: t("growth.goal_summary", { chance: write(arr.horizon_months) }),
    data: {
      places: monthsOf(curve),
      series: [{ name: t("growth.goal_series"), values: curve }],
      unit: "share",
      trials,
      marked: marked.map((month) => ({ at: month, words: write(month) })),
      axis: t("app.month_axis"),
    },
  };
}

function sumsOf(
  parts: Stacked["parts"],
  currency: string,
  of: (values: readonly number[]) => number,
): string {
  return parts.map(({ name, values }) => `${name} ${money(of(values), currency)}`).join(", ");
}

function periodsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => t("app.quarter", { number: String(index + 1) }));
}

/** New, expansion, contraction and churn by quarter. */
export function bridgeChart({ currency }: Report, arr: ArrCohortsReport): Described<Stacked> {
  const lost = (values: readonly number[]) => quarterly(values).map((value) => -value);
  const parts = [
    { name: t("growth.bridge_new"), values: quarterly(arr.new_arr) },
    { name: t("growth.bridge_expansion"), values: quarterly(arr.expansion_arr) },
    { name: t("growth.bridge_churn"), values: lost(arr.churned_arr) },
    { name: t("growth.bridge_contraction"), values: lost(arr.contraction_arr) },
  ].filter(({ values }) => values.some((value) => value !== 0));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    title: t("growth.bridge_title"),
    caption: t("growth.bridge_caption"),
    summary: t("growth.bridge_summary", { sums: sumsOf(parts, currency, sum) }),
    data: {
      periods: periodsOf(parts[0]?.values.length ?? 0),
      parts,
      currency,
      period: t("growth.by_quarter"),
      total: t("growth.bridge_net"),
    },
  };
}

/** ARR at each quarter's end by the year in which its customers came; later years together. */
export function layersChart({ currency }: Report, arr: ArrCohortsReport): Described<Stacked> {
  const atQuarters = (values: readonly number[]) =>
    values.filter((_, index) => index % 3 === 2 || index === values.length - 1);
  const named = arr.layers.map(({ first_month: first, arr: values }) => ({
    name:
      first === 0 ? t("growth.layer_base") : t("growth.layer_year", { year: String(Math.ceil(first / 12)) }),
    values: atQuarters(values),
  }));
  const kept = named.slice(0, named.length > MOST_LAYERS ? MOST_LAYERS - 1 : MOST_LAYERS);
  const rest = named.slice(kept.length);
  const parts =
    rest.length === 0
      ? kept
      : [
          ...kept,
          {
            name: t("growth.layer_later", { year: String(kept.length) }),
            values: (rest[0]?.values ?? []).map((_, index) =>
              rest.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
            ),
          },
        ];
  return {
    title: t("growth.layers_title"),
    caption: t("growth.layers_caption"),
    summary: t("growth.layers_summary", { sums: sumsOf(parts, currency, (values) => values.at(-1) ?? 0) }),
    data: {
      periods: periodsOf(parts[0]?.values.length ?? 0),
      parts,
      currency,
      period: t("growth.by_quarter"),
      total: t("app.total"),
    },
  };
}

/** Customers and revenue of a new cohort by age. */
export function retentionChart({ retention_curve: curve }: ArrCohortsReport): Described<Lines> {
  const places = curve.customers.map((_, age) => age);
  const ages = [3, 12, 24, 36].filter((age) => age < places.length);
  const at = Math.min(12, places.length - 1);
  return {
    title: t("growth.retention_title"),
    caption: t("growth.retention_caption"),
    summary: t("growth.retention_summary", {
      customers: whole(curve.customers[at] ?? 0),
      arr: whole(curve.arr[at] ?? 0),
    }),
    data: {
      places,
      series: [
        { name: t("growth.retention_customers"), values: curve.customers },
        { name: t("growth.retention_arr"), values: curve.arr },
      ],
      unit: "share",
      marked: ages.map((age) => ({ at: age, words: whole(curve.customers[age] ?? 0) })),
      axis: t("growth.age_axis"),
    },
  };
}

/** NRR, GRR and customers kept over twelve months; absent on horizons that have none. */
export function yearlyChart(arr: ArrCohortsReport): Described<Lines> | undefined {
  const { nrr_12m: nrr, grr_12m: grr, logo_retention_12m: logo } = arr;
  if (!nrr.some((value) => value != null)) return undefined;
  const first = nrr.findIndex((value) => value != null);
  const from = <T>(values: readonly (T | null)[]) => values.slice(first).map((value) => value ?? null);
  return {
    title: t("growth.yearly_title"),
    caption: t("growth.yearly_caption"),
    summary: t("growth.yearly_summary", { nrr: whole(nrr.at(-1) ?? 0), grr: whole(grr.at(-1) ?? 0) }),
    data: {
      places: monthsOf(nrr).slice(first),
      series: [
        { name: t("growth.nrr"), values: from(nrr) },
        { name: t("growth.grr"), values: from(grr) },
        { name: t("growth.logo_retention"), values: from(logo) },
      ],
      unit: "share",
      axis: t("app.month_axis"),
    },
  };
}
