/** Growth in one sentence: when ARR reaches its goal and how likely that is; or how many deals are won. */
import { chance as chanceText, decimal, money, monthName, pointsError } from "../format.js";
import type { ArrCohortsReport, PipelineGenerationReport, Report } from "../generated/dealcast.js";
import { monthWords, period, type Sentence } from "../headline/sentence.js";
import { type MessageKey, parts, t } from "../i18n.js";

/** “by the end of August 2028”. */
function byEndOf(report: Report, month: number): string {
  return report.start_month
    ? t("app.by_end_of", { month: monthName(report.start_month, month) })
    : t("app.by_end_of_month_number", { month: String(month) });
}

/** With the error of a chance, without it where it is exact; `trials`: those that it was simulated in. */
function chanceOf(chance: number, error: number, trials: number | undefined) {
  return {
    chance: chanceText(chance, { error, trials, ...(error > 0 ? {} : { decimals: 0 }) }),
    error: pointsError(error),
  };
}

/** P(goal reached within the horizon), with its standard error; absent without simulation or goal. */
export function goalChance({ simulation }: ArrCohortsReport): { chance: number; error: number } | undefined {
  const never = simulation?.figures.prob_goal_never_reached;
  if (never == null) return undefined;
  return { chance: 1 - never, error: simulation?.standard_error.prob_goal_never_reached ?? 0 };
}

/** Standard errors within which a simulated mean and the expected course are the same. */
const SAME = 4;

/**
 * ARR at the horizon and the month in which the goal is reached, on average: by the expected course, which is
 * exact with known assumptions; by the mean of the simulated ones where uncertain assumptions make that another.
 */
export function onAverage(arr: ArrCohortsReport): { closing: number; reached: number | undefined } {
  const expected = { closing: arr.closing_arr, reached: arr.month_goal_reached ?? undefined };
  const { figures, standard_error: error, arr_fan: fan } = arr.simulation ?? {};
  if (!figures || !error || !fan) return expected;
  const closing = figures.closing_arr_mean;
  if (Math.abs(closing - arr.closing_arr) <= SAME * error.closing_arr_mean) return expected;
  const goal = arr.arr_goal;
  return { closing, reached: goal == null ? undefined : fan.find(({ mean }) => mean >= goal)?.month };
}

export function arrSentence(report: Report, arr: ArrCohortsReport): Sentence {
  const amount = (value: number, error?: number) => money(value, report.currency, { error });
  const { figures, standard_error: error } = arr.simulation ?? {};
  const goal = arr.arr_goal;
  const { closing, reached } = onAverage(arr);
  const places = {
    opening: amount(arr.opening_arr),
    closing: amount(closing),
    by: byEndOf(report, arr.horizon_months),
  };
  if (goal == null) {
    if (!figures || !error) return parts("growth.sentence_arr_expected", places);
    const p10 = amount(figures.closing_arr_p10, error.closing_arr_p10);
    const p90 = amount(figures.closing_arr_p90, error.closing_arr_p90);
    return parts("growth.sentence_arr", { ...places, p10, p90 });
  }
  const goalText = money(goal, report.currency, { digits: 4 });
  if (arr.opening_arr >= goal) return parts("growth.sentence_there", { ...places, goal: goalText });
  const found = goalChance(arr);
  const kind = reached === undefined ? "missed" : "reached";
  const key = (
    found === undefined
      ? `growth.sentence_${kind}_expected`
      : found.error > 0
        ? `growth.sentence_${kind}`
        : `growth.sentence_${kind}_exact`
  ) as MessageKey;
  return parts(key, {
    ...places,
    ...chanceOf(found?.chance ?? 0, found?.error ?? 0, report.trials),
    goal: goalText,
    missing: amount(goal - closing),
    reached: monthWords(report, reached ?? arr.horizon_months),
  });
}

/** Wins of the target months: simulated, or the exact Poisson law where nothing else varies. */
export interface Wins {
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly target: number | undefined;
  readonly chance: number | undefined;
  /** Standard error of the chance; 0: exact, or the same in all trials. */
  readonly error: number;
  /** Trials that it was simulated in; absent: exact. */
  readonly trials: number | undefined;
  readonly window: { readonly first_month: number; readonly last_month: number };
}

export function winsOf(
  machine: PipelineGenerationReport,
  target: number | undefined,
  simulated: number,
): Wins | undefined {
  const { simulation, poisson_layer: exact } = machine;
  if (simulation) {
    const { figures, standard_error: error } = simulation;
    return {
      mean: figures.wins_mean,
      p10: figures.wins_p10,
      p50: figures.wins_p50,
      p90: figures.wins_p90,
      target,
      chance: figures.prob_at_least_target_wins ?? undefined,
      error: error.prob_at_least_target_wins ?? 0,
      trials: simulated,
      window: simulation.window,
    };
  }
  if (!exact) return undefined;
  return {
    mean: exact.poisson_mean_wins,
    p10: exact.p10_wins,
    p50: exact.p50_wins,
    p90: exact.p90_wins,
    target: exact.target_wins ?? undefined,
    chance: exact.prob_at_least_target_wins ?? undefined,
    error: 0,
    trials: undefined,
    window: exact.window,
  };
}

/** Deals are whole: no decimals, except for a handful. */
export function winsText(value: number): string {
  return decimal(value, value < 10 ? 1 : 0);
}

export function winsSentence(
  report: Report,
  machine: PipelineGenerationReport,
  target: number | undefined,
): Sentence {
  const wins = winsOf(machine, target, report.trials);
  if (!wins) {
    return parts("growth.sentence_wins_expected", {
      wins: winsText(machine.total_expected_wins),
      bookings: money(machine.total_expected_bookings, report.currency),
      by: byEndOf(report, machine.horizon_months),
    });
  }
  const main = parts("growth.sentence_wins", {
    wins: winsText(wins.mean),
    by: period({ target_window: wins.window }, report.start_month),
    p10: winsText(wins.p10),
    p90: winsText(wins.p90),
  });
  if (wins.target === undefined || wins.chance === undefined)
    return [...main, ...parts("growth.sentence_wins_end")];
  const key = wins.error > 0 ? "growth.sentence_wins_chance" : "growth.sentence_wins_chance_exact";
  return [
    ...main,
    ...parts(key, { ...chanceOf(wins.chance, wins.error, wins.trials), target: decimal(wins.target, 0) }),
  ];
}
