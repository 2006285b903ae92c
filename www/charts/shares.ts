/** Shares of a whole: one bar in parts, each named below it. */
import { scaleLinear } from "d3-scale";
import { percent } from "../format.js";
import { type Mark, type Picture, rect, text } from "./scene.js";
import { fitted, textWidth } from "./text.js";

export interface Share {
  readonly name: string;
  readonly share: number;
  /** Monte Carlo standard error; absent: exact. */
  readonly error?: number | undefined;
  /** Trials that it was simulated in; absent: exact. */
  readonly trials?: number | undefined;
}

const ROLES = ["bar", "compareBar", "bandInner", "barMuted"] as const;
const ROW = 22;

export function shareText({ share, error, trials }: Share): string {
  return percent(share, { error, trials, ...(error ? {} : { decimals: 0 }) });
}

export function sharesPicture(shares: readonly Share[], width: number): Picture {
  const x = scaleLinear([0, 1], [0, width]);
  let from = 0;
  const marks: Mark[] = shares.flatMap(({ share }, index) => {
    const left = x(from);
    from += share;
    const wide = x(share) - (share > 0.01 ? 1 : 0);
    return share > 0 ? [rect(ROLES[index] ?? "barMuted", left, 0, Math.max(wide, 0.5), 26, 1.5)] : [];
  });
  const rows = shares.flatMap((one, index) => {
    const y = 40 + index * ROW;
    const value = shareText(one);
    const room = width - 18 - textWidth(value, "strong") - 12;
    return [
      rect(ROLES[index] ?? "barMuted", 0, y, 10, 10, 1.5),
      text("label", 18, y + 9, fitted(one.name, "label", room)),
      text("strong", width, y + 9, value, "end"),
    ];
  });
  return { width, height: 40 + shares.length * ROW, marks: [...marks, ...rows] };
}
