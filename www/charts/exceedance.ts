/** Reading an exceedance curve: P(total ≥ amount) at rising amounts. */
import type { ExceedancePoint } from "../generated/dealcast.js";

/** A single amount that carries a probability of its own. */
export interface Atom {
  readonly amount: number;
  readonly share: number;
}

/** The curve with the step that an atom makes: P(total ≥ amount) at it, less its share just above. */
export function withStep(
  curve: readonly ExceedancePoint[],
  atom: Atom | undefined,
): readonly ExceedancePoint[] {
  if (!atom || curve.length === 0) return curve;
  const at = probabilityAtLeast(curve, atom.amount);
  const after = curve.findIndex(({ amount }) => amount > atom.amount);
  const next = after < 0 ? 0 : (curve[after]?.prob_at_least ?? 0);
  const step = [
    { amount: atom.amount, prob_at_least: at },
    { amount: atom.amount, prob_at_least: Math.max(at - atom.share, next) },
  ];
  return [
    ...curve.filter(({ amount }) => amount < atom.amount),
    ...step,
    ...(after < 0 ? [] : curve.slice(after)),
  ];
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
