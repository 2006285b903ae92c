/**
 * Reports for tests and for the gallery, simulated by a few lines here so that every figure fits the
 * others. Not part of the page; the engine's own reports come from the engine.
 */
import type {
  CategorySum,
  Deal,
  ExceedancePoint,
  FanMonth,
  ForecastCategory,
  Headline,
  Histogram,
  OpenPipelineReport,
  Report,
} from "../generated/dealcast.js";

export interface FixtureDeal {
  readonly name: string;
  readonly amount: number;
  readonly probability: number;
  readonly month: number;
  readonly category?: ForecastCategory;
}

export interface FixtureOptions {
  readonly deals: readonly FixtureDeal[];
  readonly target: number;
  readonly alreadyWon?: number;
  readonly months?: number;
  readonly window?: { first_month: number; last_month: number };
  /** Correlation of the wins, 0 to 1, by a common market factor. */
  readonly correlation?: number;
  /** Spread of an amount around its plan; 0: fixed. */
  readonly spread?: number;
  readonly trials?: number;
  readonly bins?: number;
}

export interface Fixture {
  readonly report: Report & { open_pipeline: OpenPipelineReport };
  readonly deals: Deal[];
  readonly alreadyWon: number;
}

/** Mulberry32, a small generator that is the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

interface Trial {
  readonly total: number;
  readonly byMonth: readonly number[];
  readonly won: readonly boolean[];
}

function trialsOf(options: FixtureOptions, correlation: number): Trial[] {
  const { deals, months = 3, alreadyWon = 0, spread = 0.25, trials = 2000 } = options;
  const { first_month, last_month } = windowOf(options);
  const random = generator(42);
  return Array.from({ length: trials }, () => {
    const market = random() + random() - 1;
    const byMonth = new Array<number>(months).fill(0);
    let total = alreadyWon;
    const won = deals.map(({ amount, probability, month }) => {
      const wins = random() < Math.min(Math.max(probability + correlation * 0.5 * market, 0), 1);
      let signed = month;
      while (random() < 0.3) signed += 1;
      const value = amount * (1 + spread * (random() + random() - 1));
      const inWindow = wins && signed >= first_month && signed <= last_month;
      if (inWindow) total += value;
      if (wins && signed <= months) byMonth[signed - 1] = (byMonth[signed - 1] ?? 0) + value;
      return inWindow;
    });
    return { total, byMonth, won };
  });
}

function windowOf({ window, months = 3 }: FixtureOptions) {
  return window ?? { first_month: 1, last_month: Math.min(3, months) };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function quantile(sorted: readonly number[], level: number): number {
  return sorted[Math.min(Math.floor(level * sorted.length), sorted.length - 1)] ?? 0;
}

function fanMonth(month: number, values: readonly number[]): FanMonth {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (level: number) => quantile(sorted, level);
  return {
    month,
    mean: mean(values),
    p10: at(0.1),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
  };
}

function histogram(totals: readonly number[], bins: number): Histogram {
  const lower = Math.min(...totals);
  const width = (Math.max(...totals) - lower) / bins;
  if (!(width > 0)) return { lower, width: 0, share: [1], share_above: 0 };
  const share = new Array<number>(bins).fill(0);
  for (const total of totals) {
    const bin = Math.min(Math.floor((total - lower) / width), bins - 1);
    share[bin] = (share[bin] ?? 0) + 1 / totals.length;
  }
  return { lower, width, share, share_above: 0 };
}

function exceedance(totals: readonly number[], from: number, to: number): ExceedancePoint[] {
  const points = 101;
  return Array.from({ length: points }, (_, index) => {
    const amount = from + ((to - from) * index) / (points - 1);
    return { amount, prob_at_least: mean(totals.map((total) => (total >= amount ? 1 : 0))) };
  });
}

/** A report of these deals. */
export function fixture(options: FixtureOptions): Fixture {
  const { deals, target, alreadyWon = 0, months = 3, correlation = 0.4, trials = 2000, bins = 40 } = options;
  const simulated = trialsOf(options, correlation);
  const apart = trialsOf(options, 0).map(({ total }) => total);
  const totals = simulated.map(({ total }) => total);
  const sorted = [...totals].sort((a, b) => a - b);
  const apartSorted = [...apart].sort((a, b) => a - b);
  const reach = (values: readonly number[]) => mean(values.map((total) => (total >= target ? 1 : 0)));
  const from = Math.min(...totals, ...apart);
  const to = Math.max(...totals, ...apart);
  const sd = deviation(totals);
  const missed = totals.filter((total) => total < target);
  const running = simulated.map(({ byMonth }) => {
    let sum = alreadyWon;
    return byMonth.map((amount) => {
      sum += amount;
      return sum;
    });
  });
  const monthList = Array.from({ length: months }, (_, index) => index);
  const probability = reach(totals);
  const won = (index: number, wanted: boolean) =>
    simulated.filter((trial) => (trial.won[index] ?? false) === wanted).map(({ total }) => total);
  const swings = deals.map(({ amount }, index) => {
    const without = simulated.map((trial) => trial.total - (trial.won[index] ? amount : 0));
    return reach(without.map((total) => total + amount)) - reach(without);
  });
  const conditional = deals.map((_, index) => {
    const [with_, without] = [won(index, true), won(index, false)];
    return with_.length > 0 && without.length > 0 ? reach(with_) - reach(without) : undefined;
  });
  const headline: Headline = {
    mean: mean(totals),
    sd,
    p10: quantile(sorted, 0.1),
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    prob_at_least_target: probability,
    prob_zero_in_window: mean(simulated.map(({ won }) => (won.some(Boolean) ? 0 : 1))),
    expected_gap_to_target: mean(totals.map((total) => Math.max(target - total, 0))),
    conditional_gap_if_missed: missed.length > 0 ? mean(missed.map((total) => target - total)) : undefined,
    lower_tail_mean_10pct: mean(sorted.slice(0, Math.ceil(sorted.length / 10))),
    monthly_mean: monthList.map((month) => mean(simulated.map(({ byMonth }) => byMonth[month] ?? 0))),
    monthly_sd: monthList.map((month) => deviation(simulated.map(({ byMonth }) => byMonth[month] ?? 0))),
    deal_prob_won_in_window: deals.map((_, index) => won(index, true).length / trials),
    deal_swing_interventional: swings,
    deal_swing_conditional: conditional,
  };
  const root = Math.sqrt(trials);
  const errors: Headline = {
    ...headline,
    mean: sd / root,
    sd: sd / root / 1.4,
    p10: (1.7 * sd) / root,
    p50: (1.25 * sd) / root,
    p90: (1.7 * sd) / root,
    prob_at_least_target: Math.sqrt(probability * (1 - probability)) / root,
    prob_zero_in_window: 0.001,
    deal_swing_interventional: swings.map(() => 0.5 / root),
  };
  const shares = deals.map((_, index) => {
    const own = simulated.map(({ won }) => (won[index] ? (deals[index]?.amount ?? 0) : 0));
    const centre = mean(own);
    return sd > 0
      ? mean(own.map((value, trial) => (value - centre) * ((totals[trial] ?? 0) - headline.mean))) / sd ** 2
      : 0;
  });
  const weighted = deals.reduce((sum, deal) => sum + deal.amount * deal.probability, 0);
  const sections: OpenPipelineReport = {
    ...headline,
    headline_engine: "simulation",
    not_exact: undefined,
    exact_error_bound: undefined,
    target,
    target_window: windowOf(options),
    already_won: alreadyWon,
    weighted_pipeline: weighted,
    open_pipeline: deals.reduce((sum, { amount }) => sum + amount, 0),
    coverage_ratio: undefined,
    required_coverage_ratio: undefined,
    sd_if_independent: deviation(apart),
    deal_variance_share: shares,
    cdf_check: [],
    quantile_check: [],
    goal_seek: undefined,
    simulated: headline,
    standard_error: errors,
    cross_check: [],
    independent: {
      engine: "simulation",
      sd: deviation(apart),
      p10: quantile(apartSorted, 0.1),
      p50: quantile(apartSorted, 0.5),
      p90: quantile(apartSorted, 0.9),
      prob_at_least_target: reach(apart),
      exceedance: exceedance(apart, from, to),
    },
    cumulative_fan: monthList.map((month) =>
      fanMonth(
        month + 1,
        running.map((sums) => sums[month] ?? 0),
      ),
    ),
    monthly_fan: monthList.map((month) =>
      fanMonth(
        month + 1,
        simulated.map(({ byMonth }) => byMonth[month] ?? 0),
      ),
    ),
    histogram: histogram(totals, bins),
    exceedance: exceedance(totals, from, to),
    categories: categories(deals),
    stage_rates: [],
    rules: {
      meddic_uncalibrated: false,
      gate_deals: 0,
      gate_weighted_before: 0,
      gate_weighted_after: 0,
      killed_deals: 0,
      killed_amount: 0,
      killed_weighted: 0,
    },
    deals: deals.map(({ amount, probability: p }, index) => ({
      deal_id: `D${index + 1}`,
      win_probability_source: "deal",
      base_win_probability: p,
      win_probability: p,
      meddic_score: undefined,
      odds_multiplier: 1,
      capped: false,
      held_by_gate: false,
      killed: false,
      mean_amount: amount,
      prob_won_in_window: headline.deal_prob_won_in_window[index] ?? 0,
      prob_won_late: 0,
      prob_won_early: 0,
      prob_lost: 1 - p,
    })),
  };
  return {
    report: {
      schema: "dealcast-report/1",
      engine: { name: "dealcast", version: "0.1.0" },
      currency: "EUR",
      start_month: "2026-01",
      seed: 42,
      trials,
      open_pipeline: sections,
    },
    deals: deals.map(({ name, amount, probability: p, month }, index) => ({
      deal_id: `D${index + 1}`,
      name,
      amount,
      win_probability: p,
      expected_close_month: month,
    })),
    alreadyWon,
  };
}

function categories(deals: readonly FixtureDeal[]): CategorySum[] {
  return (["commit", "best_case", "pipeline", undefined] as const).flatMap((category) => {
    const own = deals.filter((deal) => deal.category === category);
    if (own.length === 0) return [];
    const amount = own.reduce((sum, deal) => sum + deal.amount, 0);
    const weighted = own.reduce((sum, deal) => sum + deal.amount * deal.probability, 0);
    return [
      {
        category,
        deals: own.length,
        amount,
        weighted,
        amount_in_window: own.filter(({ month }) => month <= 3).reduce((sum, deal) => sum + deal.amount, 0),
        expected_in_window: weighted,
      },
    ];
  });
}

/** A quarter of a mid-sized software vendor, made up. */
export const QUARTER: FixtureDeal[] = [
  { name: "Hôpital Saint-Luc, archivage", amount: 120_000, probability: 0.6, month: 2, category: "commit" },
  { name: "Norbank, fraud detection", amount: 240_000, probability: 0.45, month: 3, category: "best_case" },
  { name: "Ville de Sarlande", amount: 60_000, probability: 0.7, month: 1, category: "commit" },
  { name: "Aeroparts Europe", amount: 95_000, probability: 0.35, month: 3, category: "pipeline" },
  {
    name: "Groupe Mérantier, renouvellement et extension",
    amount: 180_000,
    probability: 0.55,
    month: 2,
    category: "best_case",
  },
  { name: "Lindqvist Logistics", amount: 45_000, probability: 0.8, month: 1, category: "commit" },
  { name: "Océane Assurances", amount: 150_000, probability: 0.3, month: 3, category: "pipeline" },
  { name: "Technopôle Est", amount: 75_000, probability: 0.4, month: 2, category: "pipeline" },
  { name: "Fjordkraft", amount: 110_000, probability: 0.25, month: 3, category: "pipeline" },
  { name: "Clinique des Tilleuls", amount: 35_000, probability: 0.65, month: 2, category: "commit" },
  { name: "Quarry & Sons", amount: 28_000, probability: 0.5, month: 1, category: "pipeline" },
  { name: "Banque du Vercors", amount: 210_000, probability: 0.2, month: 3, category: "pipeline" },
];

/** States that every chart must stand, by name. */
export const STATES: Record<string, FixtureOptions> = {
  quarter: { deals: QUARTER, target: 600_000, alreadyWon: 90_000 },
  "year ahead": {
    deals: QUARTER.map((deal, index) => ({ ...deal, month: 1 + ((index * 5) % 11) })),
    target: 700_000,
    alreadyWon: 0,
    months: 12,
    window: { first_month: 4, last_month: 9 },
  },
  "no deals": { deals: [], target: 500_000, alreadyWon: 120_000 },
  "no deals, nothing won": { deals: [], target: 500_000 },
  "one deal": { deals: [{ name: "Norbank", amount: 240_000, probability: 0.45, month: 1 }], target: 200_000 },
  "all at one value": {
    deals: [{ name: "Certain", amount: 100_000, probability: 1, month: 1 }],
    target: 100_000,
    spread: 0,
    window: { first_month: 1, last_month: 120 },
    months: 120,
  },
  "target 0": { deals: QUARTER, target: 0 },
  "target beyond everything": { deals: QUARTER, target: 50_000_000 },
  "one month": { deals: QUARTER, target: 150_000, months: 1, window: { first_month: 1, last_month: 1 } },
  "120 months": {
    deals: QUARTER.map((deal, index) => ({ ...deal, month: 1 + index * 10 })),
    target: 700_000,
    months: 120,
    window: { first_month: 1, last_month: 120 },
  },
  "single euros": { deals: QUARTER.map((deal) => ({ ...deal, amount: deal.amount / 50_000 })), target: 12 },
  billions: {
    deals: QUARTER.map((deal) => ({ ...deal, amount: deal.amount * 20_000 })),
    target: 1.2e10,
    alreadyWon: 1.8e9,
  },
  "one giant": {
    deals: [...QUARTER, { name: "Ministry framework", amount: 9_000_000, probability: 0.0008, month: 1 }],
    target: 600_000,
    trials: 6000,
  },
};
