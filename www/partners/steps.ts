/** The ten steps of recruiting partners, month by month. Pure. */

/** What the dates follow from, in months. */
export interface Timing {
  /** Months in which candidates are approached, from month 1. */
  readonly recruitment: number;
  /** From approach to signature. */
  readonly lag: number;
}

/** A step, worded `partners.step_<number>`: the months of the first partner and of the last. */
export interface Step {
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

export const STEPS = 10;
/** Months of a start plan of 100 days. */
const START_PLAN = 4;

/**
 * The plan is made in the month before month 1; candidates are approached in months 1 to R, decide half
 * way to the signature and sign after the lag; the start plan follows each signature.
 */
export function steps({ recruitment, lag }: Timing): Step[] {
  const half = Math.floor(lag / 2);
  const spans: readonly (readonly [number, number])[] = [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, recruitment],
    [1, recruitment],
    [1 + half, recruitment + half],
    [1 + Math.max(half, lag - 1), recruitment + Math.max(half, lag - 1)],
    [1 + lag, recruitment + lag],
    [1 + lag, recruitment + lag],
    [1 + lag, recruitment + lag + START_PLAN],
  ];
  return spans.map(([from, to], index) => ({ number: index + 1, from, to }));
}
