/** Axes: ticks that fit, in round amounts, months or percent. */
import type { ScaleLinear } from "d3-scale";
import { calendarMonth, decimal, moneyAxis, monthName, percent } from "../format.js";
import { line, type Mark, text } from "./scene.js";
import { textWidth } from "./text.js";

export type Scale = ScaleLinear<number, number>;

const GAP = 10;

/** Ticks of an amount scale that have room beside one another along `length` pixels, with their texts. */
export function amountTicks(scale: Scale, length: number, currency: string): { at: number; words: string }[] {
  const [low = 0, high = 1] = scale.domain();
  for (let wanted = Math.max(Math.floor(length / 95), 2); wanted >= 1; wanted--) {
    const values = scale.ticks(wanted);
    const step = values.length > 1 ? (values[1] ?? 0) - (values[0] ?? 0) : high - low;
    const write = moneyAxis(currency, step);
    const ticks = values.map((at) => ({ at, words: write(at) }));
    const widest = Math.max(...ticks.map(({ words }) => textWidth(words, "tick")), 0);
    const apart = values.length > 1 ? Math.abs(scale(values[1] ?? 0) - scale(values[0] ?? 0)) : Infinity;
    if (widest + GAP <= apart || wanted === 1) return widest + GAP <= apart ? ticks : ticks.slice(0, 1);
  }
  return [];
}

/** A horizontal amount axis under a plot: line, ticks and texts inside `0…width`. */
export function amountAxis(scale: Scale, y: number, width: number, currency: string): Mark[] {
  const [left = 0, right = 0] = scale.range();
  const marks: Mark[] = [line("axis", left, y, right, y)];
  let free = Number.NEGATIVE_INFINITY;
  for (const { at, words } of amountTicks(scale, right - left, currency)) {
    const half = textWidth(words, "tick") / 2;
    const x = scale(at);
    marks.push(line("axis", x, y, x, y + 4));
    const centre = Math.min(Math.max(x, half), width - half);
    if (centre - half < free) continue;
    marks.push(text("tick", centre, y + 17, words, "middle"));
    free = centre + half + GAP / 2;
  }
  return marks;
}

/** A horizontal axis of numbers, each written as it is told. */
export function plainAxis(scale: Scale, y: number, width: number, write: (value: number) => string): Mark[] {
  const [left = 0, right = 0] = scale.range();
  const marks: Mark[] = [line("axis", left, y, right, y)];
  let free = Number.NEGATIVE_INFINITY;
  for (const at of scale.ticks(Math.max(2, Math.floor((right - left) / 70)))) {
    const words = write(at);
    const half = textWidth(words, "tick") / 2;
    const centre = Math.min(Math.max(scale(at), half), width - half);
    marks.push(line("axis", scale(at), y, scale(at), y + 4));
    if (centre - half < free) continue;
    marks.push(text("tick", centre, y + 17, words, "middle"));
    free = centre + half + GAP / 2;
  }
  return marks;
}

/** Grid lines of an amount scale, with their texts to the left of the plot. */
export function amountGrid(scale: Scale, left: number, right: number, currency: string): Mark[] {
  const [bottom = 0, top = 0] = scale.range();
  const [low = 0, high = 1] = scale.domain();
  const values = scale.ticks(Math.max(Math.floor((bottom - top) / 45), 2));
  const step = values.length > 1 ? (values[1] ?? 0) - (values[0] ?? 0) : high - low;
  const write = moneyAxis(currency, step);
  return values.flatMap((value) => [
    line(value === 0 ? "axis" : "grid", left, scale(value), right, scale(value)),
    text("tick", left - 6, scale(value) + 4, write(value), "end"),
  ]);
}

/** Room that {@link amountGrid} needs for its texts. */
export function amountGridWidth(scale: Scale, currency: string): number {
  return widest(amountGrid(scale, 0, 0, currency));
}

/** Grid lines of a scale of counts, with their texts to the left of the plot. */
export function countGrid(scale: Scale, left: number, right: number): Mark[] {
  const [bottom = 0, top = 0] = scale.range();
  return scale
    .ticks(Math.max(Math.floor((bottom - top) / 45), 2))
    .flatMap((value) => [
      line(value === 0 ? "axis" : "grid", left, scale(value), right, scale(value)),
      text("tick", left - 6, scale(value) + 4, decimal(value, 2), "end"),
    ]);
}

/** Room that {@link countGrid} needs for its texts. */
export function countGridWidth(scale: Scale): number {
  return widest(countGrid(scale, 0, 0));
}

function widest(marks: readonly Mark[]): number {
  const widths = marks.map((mark) => (mark.kind === "text" ? textWidth(mark.text, "tick") : 0));
  return Math.ceil(Math.max(...widths, 0)) + 8;
}

/** Grid lines at given shares, with their texts to the left of the plot. */
export function shareGrid(scale: Scale, values: readonly number[], left: number, right: number): Mark[] {
  const decimals = values.some((value) => Math.abs(value * 100 - Math.round(value * 100)) > 1e-9) ? 1 : 0;
  return values.flatMap((value) => [
    line(value === 0 ? "axis" : "grid", left, scale(value), right, scale(value)),
    text("tick", left - 6, scale(value) + 4, percent(value, { decimals }), "end"),
  ]);
}

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 36, 60, 120];

/**
 * The months 1…`months` under a plot: as many names as have room, the year under the first of each.
 * From a year apart on, years alone.
 */
export function monthAxis(
  x: (month: number) => number,
  months: number,
  y: number,
  width: number,
  startMonth: string | undefined,
): Mark[] {
  for (const step of MONTH_STEPS) {
    const shown = shownMonths(months, step, startMonth);
    const years = step >= 12 && startMonth !== undefined;
    const names = shown.map((month) => {
      const year = calendarMonth(startMonth, month)?.getUTCFullYear().toString();
      return { month, year, words: years ? (year ?? "") : monthName(startMonth, month, "short") };
    });
    const marks: Mark[] = [];
    let free = Number.NEGATIVE_INFINITY;
    let fits = true;
    let before: string | undefined;
    for (const { month, year, words } of names) {
      const newYear = !years && year !== undefined && year !== before;
      const half = Math.max(textWidth(words, "tick"), newYear ? textWidth(year, "tick") : 0) / 2;
      const centre = Math.min(Math.max(x(month), half), width - half);
      if (centre - half < free) fits = false;
      free = centre + half + GAP / 2;
      before = year;
      marks.push(line("axis", x(month), y, x(month), y + 4), text("tick", centre, y + 17, words, "middle"));
      if (newYear) marks.push(text("tick", centre, y + 31, year, "middle"));
    }
    if (fits) return marks;
  }
  return [];
}

/** Every `step`-th month: counted back from the last one, or Januaries where whole years are stepped. */
function shownMonths(months: number, step: number, startMonth: string | undefined): number[] {
  const all = Array.from({ length: months }, (_, index) => index + 1);
  if (step >= 12 && startMonth !== undefined) {
    const first = Number(startMonth.slice(0, 4));
    return all.filter((month) => {
      const date = calendarMonth(startMonth, month);
      return date?.getUTCMonth() === 0 && (date.getUTCFullYear() - first) % (step / 12) === 0;
    });
  }
  return all.filter((month) => (months - month) % step === 0);
}
