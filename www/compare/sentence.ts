/** What a plan changes, in one sentence: what it adds on average, its chance to beat the base, the target. */
import { chance, decimal, percent, pointsError } from "../format.js";
import type { ComparedScenario, Comparison } from "../generated/dealcast.js";
import type { Sentence } from "../headline/sentence.js";
import { parts } from "../i18n.js";
import { kindOf, writerOf } from "./outcomes.js";

/** Differences below so many standard errors are no differences. */
const NOISE = 2;

/** “Plan A adds 120 k€ on average; 84 % ± 0.4 chance of beating the base. It reaches …” */
export function planSentence(comparison: Comparison, one: ComparedScenario): Sentence {
  const { difference, difference_standard_error: error } = one;
  const base = comparison.scenarios[0];
  const plan = one.plan ?? "";
  if (!difference || !error || !base) return [];
  return [
    ...effect(comparison, plan, one),
    ...parts("compare.sentence_beats", {
      chance: chance(difference.prob_beats_base, {
        error: error.prob_beats_base,
        ...(error.prob_beats_base > 0 ? {} : { decimals: 0 }),
      }),
      error: pointsError(error.prob_beats_base),
    }),
    ...target(comparison, base, one),
  ];
}

/** What it does on average; where months are never reached, to the median. */
function effect(comparison: Comparison, plan: string, one: ComparedScenario): Sentence {
  const { difference, difference_standard_error: error } = one;
  const writer = writerOf(comparison);
  const month = kindOf(comparison.outcome) === "month";
  const figure = difference?.mean != null ? "mean" : "p50";
  const [value, spread] = [difference?.[figure], error?.[figure] ?? 0];
  if (value == null) return parts("compare.sentence_none", { plan });
  if (value === 0 || Math.abs(value) < NOISE * spread) return parts("compare.sentence_same", { plan });
  if (month) {
    return parts(`compare.sentence_${value < 0 ? "sooner" : "later"}${figure === "mean" ? "" : "_median"}`, {
      plan,
      months: decimal(Math.abs(value), 1),
    });
  }
  const amount = writer.value(Math.abs(value), spread);
  const key = `compare.sentence_${value > 0 ? "adds" : "loses"}` as const;
  if (kindOf(comparison.outcome) === "count")
    return parts(value > 0 ? "compare.sentence_adds_wins" : "compare.sentence_loses_wins", { plan, amount });
  return parts(key, { plan, amount });
}

/** The chance of the target, before and after, where both are about the same one. */
function target(comparison: Comparison, base: ComparedScenario, one: ComparedScenario): Sentence {
  const [before, after] = [base.figures.prob_target, one.figures.prob_target];
  if (before == null || after == null || base.target == null) return [];
  if (before === after && base.target === one.target) return [];
  const share = (value: number, error: number | null | undefined) =>
    percent(value, { error, trials: comparison.trials });
  const places = {
    before: share(before, base.standard_error.prob_target),
    after: share(after, one.standard_error.prob_target),
    target: writerOf(comparison).value(base.target),
  };
  const month = kindOf(comparison.outcome) === "month";
  return parts(
    one.target !== base.target
      ? "compare.sentence_targets"
      : month
        ? "compare.sentence_target_month"
        : "compare.sentence_target",
    places,
  );
}
