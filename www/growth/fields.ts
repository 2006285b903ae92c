/** The assumptions of the Growth view: where they stand in the document, units, bounds, defaults of the engine. */
import type { Scenario } from "../generated/dealcast.js";
import type { MessageKey } from "../i18n.js";
import type { Unit } from "../inputs/number-field.js";
import { likelyOf, type Quantifiable } from "../inputs/quantity.js";

export type Part = "pipeline_generation" | "arr_cohorts";

/** A group of fields, titled `growth.group_<id>`. */
export interface Group {
  readonly id: string;
  readonly fields: readonly Quantifiable[];
}

type Bounds = readonly [minimum: number, maximum: number, step: number];
interface Known {
  readonly fallback?: number;
  /** Whether the engine takes one number alone. */
  readonly fixed?: true;
  /** Words other than those of the field's name. */
  readonly words?: string;
  readonly prepare?: (draft: Scenario) => void;
}

const SHARE: Bounds = [0, 1, 0.01];
const GROWTH: Bounds = [-0.2, 0.3, 0.005];
const MONTHLY: Bounds = [0, 0.2, 0.001];
const COUNT: Bounds = [0, 1e7, 1];
const HORIZON: Bounds = [1, 120, 12];
const money = (step: number): Bounds => [0, 1e12, step];

function field(path: string, unit: Unit, bounds: Bounds, known: Known = {}): Quantifiable {
  const words = known.words ?? path.split("/").at(-1) ?? "";
  const [minimum, maximum, step] = bounds;
  return {
    path,
    label: `growth.${words}` as MessageKey,
    help: `growth.${words}_help` as MessageKey,
    unit,
    minimum,
    maximum,
    step,
    ...(known.fallback === undefined ? {} : { fallback: known.fallback }),
    varies: !known.fixed,
    ...(known.prepare ? { prepare: known.prepare } : {}),
  };
}

const machine = (name: string, unit: Unit, bounds: Bounds, known?: Known) =>
  field(`/pipeline_generation/${name}`, unit, bounds, known);
const arr = (name: string, unit: Unit, bounds: Bounds, known?: Known) =>
  field(`/arr_cohorts/${name}`, unit, bounds, known);

export const LEADS: Group = {
  id: "leads",
  fields: [
    machine("leads_per_month", "per_month", COUNT, { fallback: 650 }),
    machine("leads_monthly_growth", "percent", GROWTH, { fallback: 0 }),
    machine("lead_level_coefficient_of_variation", "plain", [0, 2, 0.05], { fallback: 0, fixed: true }),
  ],
};

export const TEAM: Group = {
  id: "team",
  fields: [
    machine("capacity/initial_ramped_reps", "fte", [0, 1e5, 1], { fallback: 8 }),
    machine("capacity/selling_hours_per_rep_per_month", "hours", [0, 744, 5], { fallback: 95 }),
    machine("capacity/ramp_months", "months", [0, 60, 1], { fallback: 6 }),
    machine("capacity/monthly_attrition_rate", "percent", [0, 0.5, 0.005], { fallback: 0.02 }),
    machine("capacity/backlog_monthly_loss_rate", "percent", SHARE, { fallback: 0.1 }),
  ],
};

export const WINS: Group = {
  id: "wins",
  fields: [
    machine("target_wins", "count", [0, 1e9, 1], { fixed: true }),
    machine("horizon_months", "months", HORIZON, { fallback: 36, fixed: true, words: "machine_horizon" }),
    machine("burn_in_months", "months", [0, 240, 12], { fallback: 60, fixed: true }),
  ],
};

/** Rates of a regime and what the engine takes when none is stated. */
const RATES: readonly (readonly [
  name: string,
  unit: Unit,
  bounds: Bounds,
  fallback: number,
  words?: string,
])[] = [
  ["followup_within_sla_share", "percent", SHARE, 0.65],
  ["late_lead_relative_conversion", "percent", SHARE, 0.15],
  ["lead_to_mql", "percent", SHARE, 0.4],
  ["mql_to_sql", "percent", SHARE, 0.35],
  ["sql_to_opportunity", "percent", SHARE, 0.3],
  ["opportunity_to_win", "percent", SHARE, 0.22],
];
const CYCLE: typeof RATES = [
  ["average_deal", "money", [1, 1e12, 1_000], 25_000],
  ["months_to_win/mean_days", "days", [0.1, 1_800, 5], 90, "mean_days_to_win"],
  ["months_to_loss/mean_days", "days", [0.1, 1_800, 5], 75, "mean_days_to_loss"],
  ["hours_per_won_deal", "hours", [0, 1e5, 5], 110],
  ["hours_per_lost_deal", "hours", [0, 1e5, 2.5], 22.5],
];

/** The document has rates of its own. */
export function withRegimes(draft: Scenario): void {
  const section = draft.pipeline_generation;
  if (section && !section.regimes?.length) section.regimes = [{ from_month: 1 }];
}

/** The fields of the rates that hold from a regime's month on; empty ones are as in the regime before. */
export function regimeGroups(scenario: Scenario, regime: number): readonly Group[] {
  const inherited = (name: string, fallback: number) => {
    let value = fallback;
    for (let before = 0; before < regime; before++) {
      const path = `/pipeline_generation/regimes/${before}/${name}`;
      value = likelyOf(scenario, { path, fallback: value }) ?? value;
    }
    return value;
  };
  const fields = (rates: typeof RATES) =>
    rates.map(([name, unit, bounds, fallback, words]) =>
      machine(`regimes/${regime}/${name}`, unit, bounds, {
        fallback: inherited(name, fallback),
        prepare: withRegimes,
        ...(words ? { words } : {}),
      }),
    );
  return [
    { id: "conversion", fields: fields(RATES) },
    { id: "cycle", fields: fields(CYCLE) },
  ];
}

/** The fields of a regime's kill rule. */
export function killFields(regime: number): readonly Quantifiable[] {
  const at = `regimes/${regime}/kill_rule`;
  return [
    machine(`${at}/low_score_share_of_lost`, "percent", SHARE, { fallback: 0.4 }),
    machine(`${at}/kill_after_months`, "months", [0, 120, 1], { fallback: 1, fixed: true }),
  ];
}

export const BASE: Group = {
  id: "base",
  fields: [
    arr("opening_arr", "money", money(100_000), { fallback: 8_000_000 }),
    arr("opening_customers", "count", COUNT, { fallback: 320 }),
  ],
};

export const NEW_ARR = arr("arr_per_new_customer", "money", [1, 1e12, 1_000], { fallback: 25_000 });
export const NEW_CUSTOMERS: readonly Quantifiable[] = [
  arr("new_customers_per_month", "per_month", COUNT, { fallback: 12 }),
  arr("new_customers_monthly_growth", "percent", GROWTH, { fallback: 0 }),
];

export const RETENTION: Group = {
  id: "retention",
  fields: [
    arr("early_churn_first_3_months", "percent", [0, 0.9, 0.01], { fallback: 0.15 }),
    arr("mature_monthly_churn_rate", "percent", MONTHLY, { fallback: 0.013451947011868914 }),
    arr("monthly_expansion_rate", "percent", MONTHLY, { fallback: 0.009311891302692388 }),
    arr("monthly_contraction_rate", "percent", MONTHLY, { fallback: 0 }),
    arr("expansion_first_age_months", "months", [1, 24, 1], { fallback: 4, fixed: true }),
  ],
};

export const CAC = arr("cac", "money", money(1_000), { fallback: 22_750 });
export const BUDGET: readonly Quantifiable[] = [
  arr("sales_marketing_cost_per_month", "money_monthly", money(10_000)),
  arr("sales_marketing_monthly_growth", "percent", GROWTH, { fallback: 0 }),
];
export const ECONOMICS: readonly Quantifiable[] = [
  arr("other_operating_cost_per_month", "money_monthly", money(10_000), { fallback: 450_000 }),
  arr("gross_margin_rate", "percent", [0.01, 1, 0.01], { fallback: 0.78 }),
  arr("discount_rate_annual", "percent", SHARE, { fallback: 0.1 }),
];

export const GOAL = arr("arr_goal", "money", money(1_000_000), { fixed: true });
/** Empty: the horizon. */
export const GOAL_MONTH = arr("arr_goal_month", "months", [1, 120, 12], { fixed: true });
export const ARR_HORIZON = arr("horizon_months", "months", HORIZON, {
  fallback: 36,
  fixed: true,
  words: "arr_horizon",
});

const FIXED_PLACES: readonly Quantifiable[] = [
  ...[LEADS, TEAM, WINS, BASE, RETENTION].flatMap(({ fields }) => fields),
  ...NEW_CUSTOMERS,
  NEW_ARR,
  CAC,
  ...BUDGET,
  ...ECONOMICS,
  GOAL,
  GOAL_MONTH,
  ARR_HORIZON,
];

/** Every field of a document's Growth sections. */
export function growthFields(scenario: Scenario): Quantifiable[] {
  const regimes = Math.max(scenario.pipeline_generation?.regimes?.length ?? 0, 1);
  return [
    ...FIXED_PLACES,
    ...Array.from({ length: regimes }, (_, regime) => [
      ...regimeGroups(scenario, regime).flatMap(({ fields }) => fields),
      ...killFields(regime),
    ]).flat(),
  ];
}

/** The field that a JSON pointer is in. */
export function growthFieldAt(path: string, scenario: Scenario): Quantifiable | undefined {
  if (!/^\/(pipeline_generation|arr_cohorts)\//.test(path)) return undefined;
  return growthFields(scenario).find((one) => path === one.path || path.startsWith(`${one.path}/`));
}

/** Probabilities of 0, 1, 2 months from lead to opportunity that the engine takes. */
const USUAL_LAG: readonly number[] = [0.5, 0.3, 0.2];

/** Mean months from lead to opportunity, at the last rates. */
export function lagOf(scenario: Scenario): number {
  const stated = scenario.pipeline_generation?.regimes ?? [];
  const last = stated.findLast((regime) => regime.lead_to_opportunity_lag_pmf !== undefined);
  const pmf = last?.lead_to_opportunity_lag_pmf ?? USUAL_LAG;
  const total = pmf.reduce((sum, share) => sum + share, 0);
  return pmf.reduce((sum, share, months) => sum + share * months, 0) / total;
}
