/** Exceedance curves of several scenarios over each other: the chance of at least each outcome. */
import { scaleLinear } from "d3-scale";
import { curveStepBefore, line as polyline } from "d3-shape";
import { amountAxis, plainAxis, type Scale, shareGrid } from "../charts/axis.js";
import { dot, line, type Mark, type Picture, path, text } from "../charts/scene.js";
import { fitted, textWidth } from "../charts/text.js";
import { decimal } from "../format.js";
import type { Kind } from "./outcomes.js";
import { dotOf, lineOf, type Series, seriesLegend } from "./series.js";

export interface NamedCurve extends Series {
  /** One per place of the axis. */
  readonly chances: readonly number[];
}

export interface Curves {
  readonly axis: readonly number[];
  readonly curves: readonly NamedCurve[];
  readonly kind: Kind;
  readonly currency: string;
  /** The target of all scenarios, with its name; absent where they differ or have none. */
  readonly target?: { readonly at: number; readonly words: string } | undefined;
  /** Under the axis: what it counts, where it is no amount. */
  readonly counted: string;
}

const BOTTOM = 40;
const SHARES = [0, 0.25, 0.5, 0.75, 1] as const;

export function curvesPicture(input: Curves, width: number): Picture {
  const { axis, curves, kind, target } = input;
  const key = seriesLegend(curves, width);
  const top = key.height + (target ? 26 : 14);
  const height = top + Math.round(Math.min(Math.max(width * 0.42, 190), 320)) + BOTTOM;
  const bottom = height - BOTTOM;
  const y = scaleLinear([0, 1], [bottom, top]);
  const left = textWidth("100 %", "tick") + 8;
  const right = width - 14;
  const ends = [axis[0] ?? 0, axis.at(-1) ?? 1];
  const wide = ends[1] !== undefined && ends[0] !== undefined && ends[1] > ends[0];
  const x = scaleLinear(wide ? ends : [(ends[0] ?? 0) - 1, (ends[0] ?? 0) + 1], [left, right]);
  const marks: Mark[] = [
    ...key.marks,
    ...shareGrid(y, [...SHARES], left, right),
    ...(kind === "money"
      ? amountAxis(x, bottom, width, input.currency)
      : countAxis(x, bottom, width, input.counted)),
    ...curves.map((one) => path(lineOf(one), curve(axis, one.chances, x, y, kind))),
    ...targetMarks(input, x, top, bottom, width),
    ...curves.flatMap((one, place) => curveLabel(one, place, input, x, y)),
  ];
  return { width, height, marks };
}

/** Shares between which the names stand along their curves, each at a height of its own. */
const HIGHEST = 0.82;
const LOWEST = 0.18;

/** The name of a curve beside it; none where the curve does not come by at its height. */
function curveLabel(
  { name, chances, series }: NamedCurve,
  place: number,
  input: Curves,
  x: Scale,
  y: Scale,
): Mark[] {
  const { axis, curves, kind } = input;
  if (curves.length < 2) return [];
  const level = HIGHEST - (place * (HIGHEST - LOWEST)) / (curves.length - 1);
  const next = chances.findIndex((chance, index) => {
    const before = chances[index - 1];
    return before !== undefined && (before - level) * (chance - level) <= 0;
  });
  const [from, to] = [axis[next - 1], axis[next]];
  const [before = 0, after = 0] = [chances[next - 1], chances[next]];
  if (next < 0 || from === undefined || to === undefined || before === after) return [];
  const share = kind === "month" ? 1 : (before - level) / (before - after);
  const at = x(from + share * (to - from));
  const [, right = 0] = x.range();
  const words = fitted(name, "label", right - at - 12);
  if (words === "") return [];
  return [dot(dotOf({ series }), at, y(level), 3), text("label", at + 7, y(level) + 4, words)];
}

function curve(
  axis: readonly number[],
  chances: readonly number[],
  x: Scale,
  y: Scale,
  kind: Kind,
): string | null {
  const points = axis.map((at, index) => ({ at, chance: chances[index] ?? 0 }));
  const drawn = polyline<(typeof points)[number]>(
    ({ at }) => x(at),
    ({ chance }) => y(chance),
  ).digits(2);
  // Months are whole: the chance of at least month 7 holds since after month 6.
  return (kind === "month" ? drawn.curve(curveStepBefore) : drawn)(points);
}

function countAxis(x: Scale, y: number, width: number, counted: string): Mark[] {
  const [, right = 0] = x.range();
  return [
    ...plainAxis(x, y, width, (value) => (Number.isInteger(value) ? decimal(value, 0) : "")),
    text("tick", right, y + 33, counted, "end"),
  ];
}

function targetMarks({ target }: Curves, x: Scale, top: number, bottom: number, width: number): Mark[] {
  const [low = 0, high = 1] = x.domain();
  if (!target || target.at < low || target.at > high) return [];
  const half = textWidth(target.words, "strong") / 2;
  const centre = Math.min(Math.max(x(target.at), half), width - half);
  return [
    line("target", x(target.at), top - 4, x(target.at), bottom),
    text("strong", centre, top - 10, target.words, "middle"),
  ];
}
