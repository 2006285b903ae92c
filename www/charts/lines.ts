/** Curves over months or shares: probabilities, amounts or counts, with places marked on them. */
import { scaleLinear } from "d3-scale";
import { line as polyline } from "d3-shape";
import { decimal, money, percent } from "../format.js";
import { amountGrid, amountGridWidth, countGrid, countGridWidth, type Scale, shareGrid } from "./axis.js";
import { type LegendItem, legend } from "./legend.js";
import { type Box, dot, line, type Mark, type Picture, path, text } from "./scene.js";
import { textWidth } from "./text.js";

export interface Series {
  readonly name: string;
  /** One per place; null: not defined there. */
  readonly values: readonly (number | null)[];
}

/** A place on the first curve, named. */
export interface Marked {
  readonly at: number;
  readonly words: string;
}

export interface Lines {
  /** Places of the values along the axis: months, or shares where `along` says so. */
  readonly places: readonly number[];
  readonly along?: "months" | "shares";
  readonly series: readonly Series[];
  /** Shares from 0 to 1 or beyond, counts, or amounts of this currency. */
  readonly unit: "share" | "count" | { readonly currency: string };
  /** Trials that the shares were simulated in; absent: they are exact. */
  readonly trials?: number;
  readonly marked?: readonly Marked[];
  /** Under the axis: what it counts. */
  readonly axis: string;
}

export interface LinesPicture extends Picture {
  readonly plot: Box;
  readonly x: (place: number) => number;
  readonly y: Scale;
}

const ROLES = ["curve", "compare", "mean"] as const;
const BOTTOM = 40;

/** A value as its label shows it. */
export function lineValue(value: number, unit: Lines["unit"]): string {
  if (unit === "share") return percent(value, { decimals: 0 });
  return unit === "count" ? decimal(value, value < 10 ? 1 : 0) : money(value, unit.currency);
}

export function linesPicture(input: Lines, width: number): LinesPicture {
  const { places, series, unit } = input;
  const named: LegendItem[] = series.map(({ name }, index) => ({
    shape: "line",
    role: ROLES[index] ?? "compare",
    words: name,
  }));
  const key = series.length > 1 ? legend(named, 0, width) : { marks: [], height: 0 };
  const top = key.height + 14;
  const height = top + Math.round(Math.min(Math.max(width * 0.36, 170), 260)) + BOTTOM;
  const bottom = height - BOTTOM;
  const y = scaleLinear(unit === "share" ? shareDomain(input) : amountDomain(input), [bottom, top]);
  const left =
    unit === "share"
      ? textWidth("100 %", "tick") + 8
      : unit === "count"
        ? countGridWidth(y)
        : amountGridWidth(y, unit.currency);
  const last =
    input.along === "shares" ? percent(places.at(-1) ?? 1, { decimals: 0 }) : String(places.at(-1));
  const right = width - Math.ceil(Math.max(textWidth(last, "tick") / 2, 8)) - 2;
  const scale = scaleLinear([places[0] ?? 0, places.at(-1) ?? 1], [left, right]);
  const x = (place: number) => scale(place);
  const marks: Mark[] = [
    ...key.marks,
    ...(unit === "share"
      ? shareGrid(y, shareTicks(y), left, right)
      : unit === "count"
        ? countGrid(y, left, right)
        : amountGrid(y, left, right, unit.currency)),
    ...ticks(input, scale, bottom),
    text("tick", right, bottom + 33, input.axis, "end"),
    ...series.flatMap(({ values }, index) => curve(places, values, x, y, ROLES[index] ?? "compare")),
    ...markedPoints(input, x, y, width),
  ];
  return { width, height, marks, plot: { x: left, y: top, width: right - left, height: bottom - top }, x, y };
}

/** From nought to all of it, or to the next quarter above what goes beyond. */
function shareDomain({ series }: Lines): [number, number] {
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return [0, most > 1 ? Math.ceil(4 * most) / 4 : 1];
}

function shareTicks(y: Scale): number[] {
  const [, most = 1] = y.domain();
  const step = most > 2 ? 0.5 : 0.25;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, index) => index * step);
}

function amountDomain({ series }: Lines): [number, number] {
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const low = Math.min(0, ...all);
  const high = Math.max(0, ...all);
  const room = 0.06 * (high - low || 1);
  return [low < 0 ? low - room : 0, high > 0 ? high + room : low < 0 ? 0 : 1];
}

function ticks({ places, along }: Lines, x: Scale, y: number): Mark[] {
  const [left = 0, right = 0] = x.range();
  let free = Number.NEGATIVE_INFINITY;
  const mark = (at: number, words: string): Mark[] => {
    const half = textWidth(words, "tick") / 2;
    const ticked = line("axis", x(at), y, x(at), y + 4);
    if (x(at) - half < free) return [ticked];
    free = x(at) + half + 4;
    return [ticked, text("tick", x(at), y + 17, words, "middle")];
  };
  if (along === "shares") return x.ticks(5).flatMap((at) => mark(at, percent(at, { decimals: 0 })));
  const step = [1, 2, 3, 6, 12, 24].find((one) => (places.length / one) * 34 <= right - left) ?? 24;
  return places.filter((month) => month % step === 0).flatMap((month) => mark(month, String(month)));
}

function curve(
  places: readonly number[],
  values: readonly (number | null)[],
  x: (month: number) => number,
  y: Scale,
  role: (typeof ROLES)[number],
): Mark[] {
  const points = places.map((place, index) => ({ place, value: values[index] ?? null }));
  return [
    path(
      role,
      polyline<(typeof points)[number]>(
        ({ place }) => x(place),
        ({ value }) => y(value ?? 0),
      )
        .defined(({ value }) => value !== null)
        .digits(2)(points),
    ),
  ];
}

function markedPoints(
  { places, series, marked = [] }: Lines,
  x: (place: number) => number,
  y: Scale,
  width: number,
): Mark[] {
  const values = series[0]?.values ?? [];
  let free = Number.NEGATIVE_INFINITY;
  return marked.flatMap(({ at, words }) => {
    const value = values[places.indexOf(at)];
    if (value == null) return [];
    const half = textWidth(words, "strong") / 2;
    const centre = Math.min(Math.max(x(at), half), width - half);
    const point = dot("point", x(at), y(value), 3.5);
    if (centre - half < free) return [point];
    free = centre + half + 8;
    const [, top = 0] = y.range();
    const above = y(value) - 9;
    return [point, text("strong", centre, above < top ? y(value) + 18 : above, words, "middle")];
  });
}
