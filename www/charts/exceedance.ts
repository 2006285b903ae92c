/** Reading an exceedance curve: P(total ≥ amount) at rising amounts. */
import type { ExceedancePoint, OpenPipelineReport } from "../generated/dealcast.js";

/** What is known of the curve at one amount; the two differ where the amount has a probability of its own. */
export interface KnownPoint {
  readonly amount: number;
  /** P(total ≥ amount). */
  readonly atLeast: number;
  /** P(total > amount). */
  readonly above: number;
}

/** The curve with points between those of its grid, steps included; it falls as before. */
export function refined(
  curve: readonly ExceedancePoint[],
  known: readonly KnownPoint[],
): readonly ExceedancePoint[] {
  if (curve.length === 0) return curve;
  const points = [...known].sort((a, b) => a.amount - b.amount || b.atLeast - a.atLeast);
  const result: ExceedancePoint[] = [];
  let next = 0;
  let before = 1;
  const add = (amount: number, prob_at_least: number) => {
    before = Math.min(prob_at_least, before);
    result.push({ amount, prob_at_least: before });
  };
  for (const { amount, atLeast, above } of points) {
    while (next < curve.length && (curve[next]?.amount ?? 0) < amount) {
      const point = curve[next++];
      if (point) add(point.amount, point.prob_at_least);
    }
    // The point takes the place of one of the grid at the same amount, and stays above those after it.
    if (curve[next]?.amount === amount) next += 1;
    const floor = curve[next]?.prob_at_least ?? 0;
    add(amount, Math.max(atLeast, floor));
    if (above < atLeast) add(amount, Math.max(above, floor));
  }
  return [...result, ...curve.slice(next)];
}

/** The report's curve with all that it says between the points of the grid: quantiles, target, nothing won. */
export function reportCurve(report: OpenPipelineReport): readonly ExceedancePoint[] {
  const { exceedance, quantile_check, target, prob_at_least_target: reached, already_won: won } = report;
  const nothing = report.prob_zero_in_window;
  return refined(exceedance, [
    ...quantile_check.map(({ quantile, prob_total_below, prob_total_at_most }) => ({
      amount: quantile,
      atLeast: 1 - prob_total_below,
      above: 1 - prob_total_at_most,
    })),
    { amount: target, atLeast: reached, above: reached },
    { amount: won, atLeast: 1, above: 1 - nothing },
  ]);
}

/** P(total ≥ amount), linear between the points of the curve: 1 before its first, 0 after its last. */
export function probabilityAtLeast(curve: readonly ExceedancePoint[], amount: number): number {
  const first = curve[0];
  const last = curve.at(-1);
  if (!first || !last || amount > last.amount) return 0;
  if (amount <= first.amount) return amount < first.amount ? 1 : first.prob_at_least;
  // The last point below the amount and the first one at or above it.
  let low = 0;
  let high = curve.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((curve[middle]?.amount ?? 0) < amount) low = middle;
    else high = middle;
  }
  const from = curve[low] ?? first;
  const to = curve[high] ?? last;
  const share = (amount - from.amount) / (to.amount - from.amount);
  return from.prob_at_least + share * (to.prob_at_least - from.prob_at_least);
}

/** The curve over a range of amounts, for drawing: level at 1 before its first point, at 0 after its last. */
export function visibleCurve(
  curve: readonly ExceedancePoint[],
  from: number,
  to: number,
): [number, number][] {
  const points: [number, number][] = [[from, probabilityAtLeast(curve, from)]];
  const first = curve[0];
  const last = curve.at(-1);
  if (first && first.amount > from && first.amount < to) points.push([first.amount, 1]);
  for (const { amount, prob_at_least } of curve)
    if (amount >= from && amount <= to) points.push([amount, prob_at_least]);
  if (last && last.amount < to) points.push([last.amount, 0], [to, 0]);
  else points.push([to, probabilityAtLeast(curve, to)]);
  return points;
}
