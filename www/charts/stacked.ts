/** Amounts by period, stacked by where they come from: gains above the line, losses below. */
import { scaleLinear } from "d3-scale";
import { money } from "../format.js";
import { amountGrid, amountGridWidth } from "./axis.js";
import { type LegendItem, legend } from "./legend.js";
import { line, type Mark, type Picture, rect, text } from "./scene.js";
import { textWidth } from "./text.js";

export interface Stacked {
  /** Names of the periods, under the bars. */
  readonly periods: readonly string[];
  /** From the line outwards: a name, and an amount per period; below zero, it goes down. */
  readonly parts: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly currency: string;
  /** Head of the first column of the table. */
  readonly period: string;
  /** Head of the column of sums. */
  readonly total: string;
}

const ROLES = ["bar", "compareBar", "barMuted", "bandOuter"] as const;
const BOTTOM = 24;

export function stackedPicture(input: Stacked, width: number): Picture {
  const { periods, parts, currency } = input;
  const items: LegendItem[] = parts.map(({ name }, index) => ({
    shape: "box",
    role: ROLES[index] ?? "bandOuter",
    words: name,
  }));
  const key = legend(items, 0, width);
  const top = key.height + 18;
  const height = top + Math.round(Math.min(Math.max(width * 0.36, 170), 280)) + BOTTOM;
  const bottom = height - BOTTOM;
  const totals = totalsOf(input);
  const ups = endsOf(input, 1);
  const downs = endsOf(input, -1);
  const low = Math.min(...downs, 0);
  const y = scaleLinear([low * 1.06, Math.max(...ups, 0) * 1.06 || (low < 0 ? 0 : 1)], [bottom, top]);
  const left = amountGridWidth(y, currency);
  const step = (width - left) / Math.max(periods.length, 1);
  const wide = Math.min(step * 0.66, 56);
  const centre = (index: number) => left + (index + 0.5) * step;
  const marks: Mark[] = [...key.marks, ...amountGrid(y, left, width, currency)];
  for (const [index] of periods.entries()) {
    const ends = { up: 0, down: 0 };
    for (const [part, { values }] of parts.entries()) {
      const value = values[index] ?? 0;
      if (value === 0) continue;
      const side = value > 0 ? "up" : "down";
      const from = ends[side];
      ends[side] = from + value;
      // A hair of paper between the parts: they are told apart without their colours too.
      const gap = from === 0 ? 0 : 1;
      const role = ROLES[part] ?? "bandOuter";
      const tall = Math.max(Math.abs(y(from) - y(from + value)) - gap, 0.5);
      const at = value > 0 ? y(from + value) : y(from) + gap;
      marks.push(rect(role, centre(index) - wide / 2, at, wide, tall));
    }
  }
  marks.push(line("axis", left, y(0), width, y(0)));
  const plot = { step, left, width, bottom };
  return { width, height, marks: [...marks, ...labels(input, totals, ups, centre, y, plot)] };
}

/** Where the stacks of each period end: the gains alone, or the losses alone. */
function endsOf({ periods, parts }: Stacked, sign: 1 | -1): number[] {
  return periods.map(
    (_, index) =>
      sign * parts.reduce((sum, { values }) => sum + Math.max(sign * (values[index] ?? 0), 0), 0) || 0,
  );
}

export function totalsOf({ periods, parts }: Stacked): number[] {
  return periods.map((_, index) => parts.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
}

/** Names under the bars and sums over them, as many as have room beside one another inside the plot. */
function labels(
  { periods, currency }: Stacked,
  totals: readonly number[],
  ups: readonly number[],
  centre: (index: number) => number,
  y: (amount: number) => number,
  { step, left, width, bottom }: { step: number; left: number; width: number; bottom: number },
): Mark[] {
  const sums = totals.map((total) => money(total, currency, { digits: 2 }));
  const shown = (texts: readonly string[], role: "tick" | "label", from: number) => {
    const half = (text: string) => textWidth(text, role) / 2;
    const widest = 2 * Math.max(...texts.map(half), 1) + 6;
    const every = Math.max(1, Math.ceil(widest / step));
    const last = texts.findLastIndex((text, index) => centre(index) + half(text) <= width);
    return (index: number) =>
      (last - index) % every === 0 && index <= last && centre(index) - half(texts[index] ?? "") >= from;
  };
  const named = shown(periods, "tick", 0);
  const summed = shown(sums, "label", left);
  return periods.flatMap((words, index) => {
    const total = totals[index] ?? 0;
    return [
      ...(named(index) ? [text("tick", centre(index), bottom + 17, words, "middle")] : []),
      ...(summed(index) && total !== 0
        ? [text("label", centre(index), y(ups[index] ?? 0) - 5, sums[index] ?? "", "middle")]
        : []),
    ];
  });
}
