/** Fans of several scenarios over each other: the range P10 to P90 as a tint, the median as a line. */
import { scaleLinear } from "d3-scale";
import { area, line as polyline } from "d3-shape";
import { amountGrid, amountGridWidth, monthAxis, type Scale } from "../charts/axis.js";
import { dot, line, type Mark, type Picture, path, text } from "../charts/scene.js";
import { fitted, spread, textWidth } from "../charts/text.js";
import { money } from "../format.js";
import type { FanMonth } from "../generated/dealcast.js";
import { bandOf, dotOf, lineOf, type Series, seriesLegend } from "./series.js";

export interface NamedFan extends Series {
  readonly fan: readonly FanMonth[];
}

export interface Fans {
  readonly fans: readonly NamedFan[];
  readonly currency: string;
  readonly startMonth: string | undefined;
}

const BOTTOM = 38;
const LABEL_HEIGHT = 16;
/** Most of the width that names at the ends of the lines take. */
const LABEL_SHARE = 0.32;

export function fansPicture({ fans, currency, startMonth }: Fans, width: number): Picture {
  const key = seriesLegend(fans, width);
  const top = key.height + 16;
  const height = top + Math.round(Math.min(Math.max(width * 0.42, 190), 340)) + BOTTOM;
  const bottom = height - BOTTOM;
  const months = fans.flatMap(({ fan }) => fan);
  const y = scaleLinear(domain(months), [bottom, top]);
  const left = amountGridWidth(y, currency);
  const labels = fans.flatMap(({ name, fan, series }) => {
    const last = fan.at(-1);
    if (!last) return [];
    const words = fitted(`${name} ${money(last.p50, currency)}`, "label", width * LABEL_SHARE);
    return [{ series, value: last.p50, words }];
  });
  const room = Math.max(0, ...labels.map(({ words }) => textWidth(words, "label")));
  const right = width - Math.ceil(room) - 24;
  const numbers = months.map(({ month }) => month);
  const first = Math.min(1, ...numbers);
  const end = Math.max(2, ...numbers);
  const scale = scaleLinear([first, end], [left, right]);
  const x = (month: number) => scale(month);
  const places = spread(
    labels.map(({ value, series }) => ({ at: y(value), size: LABEL_HEIGHT, priority: -series })),
    top - 8,
    bottom + 8,
  );
  const marks: Mark[] = [
    ...key.marks,
    ...amountGrid(y, left, right, currency),
    ...fans.map((one) => path(bandOf(one), range(one.fan, x, y))),
    ...fans.map((one) => path(lineOf(one), median(one.fan, x, y))),
    ...monthAxis(x, end, bottom, width, startMonth),
    ...labels.flatMap(({ series, value, words }, index) => {
      const place = places[index];
      if (place === undefined) return [];
      return [
        line("leader", right + 2, y(value), right + 8, place),
        dot(dotOf({ series }), right + 12, place, 3),
        text("label", right + 18, place + 4, words),
      ];
    }),
  ];
  return { width, height, marks };
}

function domain(months: readonly FanMonth[]): [number, number] {
  const low = Math.min(0, ...months.map(({ p10 }) => p10));
  const high = Math.max(0, ...months.map(({ p90 }) => p90));
  const room = 0.06 * (high - low || 1);
  return [low < 0 ? low - room : 0, high > 0 ? high + room : low < 0 ? 0 : 1];
}

function range(fan: readonly FanMonth[], x: (month: number) => number, y: Scale): string | null {
  return area<FanMonth>(
    ({ month }) => x(month),
    ({ p10 }) => y(p10),
    ({ p90 }) => y(p90),
  ).digits(2)([...fan]);
}

function median(fan: readonly FanMonth[], x: (month: number) => number, y: Scale): string | null {
  return polyline<FanMonth>(
    ({ month }) => x(month),
    ({ p50 }) => y(p50),
  ).digits(2)([...fan]);
}
