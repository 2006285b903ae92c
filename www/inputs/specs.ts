/** The numbers of the left panel: where they stand in the document, their bounds and defaults. */
import type { OpenPipeline, Scenario } from "../generated/dealcast.js";
import type { NumberSpec } from "./number-field.js";

/** The engine's default horizon and window, when the document gives none. */
export const DEFAULT_WINDOW = { first_month: 1, last_month: 3 } as const;
export const DEFAULT_SLIP_PROBABILITY = 0.3;
const DEFAULT_AMOUNT_RANGE = { low: 0.7, high: 1.2 } as const;
/** Odds multipliers of the MEDDIC answers, and the cap on them together. */
export const DEFAULT_MULTIPLIER = Math.exp(0.8);
export const DEFAULT_CAP = 12;
/** Strength offered when pulling to the pooled rate is switched on, in deals. */
export const USUAL_STRENGTH = 20;
const LARGEST_AMOUNT = 1e12;
export const MOST_MONTHS = 120;

/** The section that the view edits. Documents without one are not shown in it. */
export function section(scenario: Scenario): OpenPipeline {
  if (!scenario.open_pipeline) throw new Error("the scenario has no open pipeline");
  return scenario.open_pipeline;
}

/** Sets an optional field, or takes it out of the document. */
export function put<T extends object, K extends keyof T>(at: T, key: K, value: T[K] | undefined): void {
  if (value === undefined) delete at[key];
  else at[key] = value;
}

export const TARGET: NumberSpec = {
  path: "/open_pipeline/target",
  lever: true,
  label: "app.target",
  help: "app.target_help",
  unit: "money",
  minimum: 0,
  maximum: LARGEST_AMOUNT,
  step: 10_000,
  read: (scenario) => section(scenario).target,
  write: (scenario, value) => {
    section(scenario).target = value ?? 0;
  },
};

export const ALREADY_WON: NumberSpec = {
  path: "/open_pipeline/already_won",
  lever: true,
  label: "app.already_won",
  help: "app.already_won_help",
  unit: "money",
  minimum: 0,
  maximum: LARGEST_AMOUNT,
  step: 10_000,
  fallback: 0,
  read: (scenario) => section(scenario).already_won,
  write: (scenario, value) => put(section(scenario), "already_won", value),
};

export const PROBABILITY_GOAL: NumberSpec = {
  path: "/open_pipeline/probability_goal",
  label: "app.probability_goal",
  define: "goal_seek",
  unit: "percent",
  minimum: 0.001,
  maximum: 0.999,
  step: 0.01,
  optional: true,
  read: (scenario) => section(scenario).probability_goal,
  write: (scenario, value) => put(section(scenario), "probability_goal", value),
};

export const HORIZON: NumberSpec = {
  path: "/open_pipeline/horizon_months",
  lever: true,
  label: "app.horizon",
  help: "app.horizon_help",
  unit: "months",
  minimum: 1,
  maximum: MOST_MONTHS,
  step: 1,
  fallback: DEFAULT_WINDOW.last_month,
  read: (scenario) => section(scenario).horizon_months,
  write: (scenario, value) => put(section(scenario), "horizon_months", value),
};

export const CORRELATION: NumberSpec = {
  path: "/open_pipeline/latent_correlation",
  lever: true,
  label: "app.correlation",
  help: "app.correlation_help",
  define: "latent_correlation",
  unit: "percent",
  minimum: 0,
  maximum: 0.95,
  step: 0.01,
  fallback: 0.1,
  slider: { minimum: 0, maximum: 0.95 },
  ends: ["app.independent", "app.together"],
  read: (scenario) => section(scenario).latent_correlation,
  write: (scenario, value) => put(section(scenario), "latent_correlation", value),
};

export const LOADING: NumberSpec = {
  path: "/open_pipeline/slippage_factor_loading",
  lever: true,
  label: "app.loading",
  help: "app.loading_help",
  define: "slippage_factor_loading",
  unit: "percent",
  minimum: 0,
  maximum: 0.95,
  step: 0.05,
  fallback: 0,
  slider: { minimum: 0, maximum: 0.95 },
  ends: ["app.loading_low", "app.loading_high"],
  read: (scenario) => section(scenario).slippage_factor_loading,
  write: (scenario, value) => put(section(scenario), "slippage_factor_loading", value),
};

export const SLIP_PROBABILITY: NumberSpec = {
  path: "/open_pipeline/default_slippage/monthly_slip_probability",
  lever: true,
  label: "app.slip_probability",
  unit: "percent",
  minimum: 0,
  maximum: 0.95,
  step: 0.01,
  fallback: DEFAULT_SLIP_PROBABILITY,
  slider: { minimum: 0, maximum: 0.95 },
  read: (scenario) => section(scenario).default_slippage?.monthly_slip_probability,
  write: (scenario, value) => {
    section(scenario).default_slippage = {
      distribution: "geometric",
      monthly_slip_probability: value ?? DEFAULT_SLIP_PROBABILITY,
    };
  },
};

function amountEnd(end: "low" | "high", minimum: number, maximum: number): NumberSpec {
  return {
    path: `/open_pipeline/amount_range/${end}`,
    lever: true,
    label: `app.amount_${end}`,
    unit: "percent",
    minimum,
    maximum,
    step: 0.05,
    fallback: DEFAULT_AMOUNT_RANGE[end],
    read: (scenario) => section(scenario).amount_range?.[end],
    write: (scenario, value) => {
      const range = { ...DEFAULT_AMOUNT_RANGE, ...section(scenario).amount_range };
      section(scenario).amount_range = { ...range, [end]: value ?? DEFAULT_AMOUNT_RANGE[end] };
    },
  };
}

export const AMOUNT_LOW = amountEnd("low", 0.01, 1);
export const AMOUNT_HIGH = amountEnd("high", 1, 100);

export const GATE_SCORE: NumberSpec = {
  path: "/open_pipeline/qualification_gate/minimum_score",
  lever: true,
  label: "app.minimum_score",
  unit: "points",
  minimum: 0,
  maximum: 6,
  step: 0.5,
  fallback: 4,
  read: (scenario) => section(scenario).qualification_gate?.minimum_score,
  write: (scenario, value) => {
    const gate = section(scenario).qualification_gate;
    if (gate) put(gate, "minimum_score", value);
  },
};

export const KILL_SCORE: NumberSpec = {
  path: "/open_pipeline/kill_rule/minimum_score",
  lever: true,
  label: "app.kill_score",
  unit: "points",
  minimum: 0,
  maximum: 6,
  step: 0.5,
  fallback: 3,
  read: (scenario) => section(scenario).kill_rule?.minimum_score,
  write: (scenario, value) => {
    const rule = section(scenario).kill_rule;
    if (rule) put(rule, "minimum_score", value);
  },
};

export const KILL_AGE: NumberSpec = {
  path: "/open_pipeline/kill_rule/maximum_age_days",
  lever: true,
  label: "app.maximum_age",
  unit: "days",
  minimum: 0,
  maximum: 36_500,
  step: 5,
  fallback: 30,
  read: (scenario) => section(scenario).kill_rule?.maximum_age_days,
  write: (scenario, value) => {
    const rule = section(scenario).kill_rule;
    if (rule) put(rule, "maximum_age_days", value);
  },
};

export const TRIALS: NumberSpec = {
  path: "/trials",
  label: "app.trials_label",
  help: "app.trials_help",
  unit: "count",
  minimum: 100,
  maximum: 10_000_000,
  step: 4_096,
  fallback: 102_400,
  read: (scenario) => scenario.trials,
  write: (scenario, value) => put(scenario, "trials", value),
};

/** Half-width of the headline's 99 % interval at which the simulation stops. */
export const ACCURACY: NumberSpec = {
  path: "/stop_at_half_width",
  label: "app.accuracy",
  help: "app.accuracy_help",
  define: "standard_error",
  unit: "percent",
  minimum: 0.0005,
  maximum: 0.1,
  step: 0.0005,
  optional: true,
  read: (scenario) => scenario.stop_at_half_width,
  write: (scenario, value) => put(scenario, "stop_at_half_width", value),
};

/** What the engine takes where a document states neither accuracy nor trials. */
const USUAL_ACCURACY = 0.005;

/** The entry of the accuracy: with trials stated it has no default. */
export function accuracy({ trials }: Scenario): NumberSpec {
  return trials === undefined ? { ...ACCURACY, fallback: USUAL_ACCURACY } : ACCURACY;
}

export const SEED: NumberSpec = {
  path: "/seed",
  label: "app.seed",
  help: "app.seed_help",
  define: "seed",
  unit: "plain",
  minimum: 0,
  maximum: 4_294_967_295,
  step: 1,
  read: (scenario) => scenario.seed,
  write: (scenario, value) => put(scenario, "seed", value),
};
