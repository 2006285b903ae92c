/**
 * Fan by month: where revenue may stand at the end of each month (cumulative), or what each month
 * may bring (monthly). Bands P10–P90 and P25–P75, median, mean, and the target over its window.
 */
import { max, min } from "d3-array";
import { scaleLinear } from "d3-scale";
import { area, line as polyline } from "d3-shape";
import { money } from "../format.js";
import type { FanMonth, Headline, TargetWindow } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { amountGrid, amountGridWidth, monthAxis, type Scale } from "./axis.js";
import { type LegendItem, legend } from "./legend.js";
import { type Box, dot, line, type Mark, type Picture, path, rect, text } from "./scene.js";
import { spread, textWidth } from "./text.js";

export interface Fan {
  readonly fan: readonly FanMonth[];
  readonly currency: string;
  readonly startMonth?: string | undefined;
  /** Cumulative: what is already won, where the fan opens. Absent: the months one by one. */
  readonly opening?: number | undefined;
  readonly target?: number | undefined;
  readonly window?: TargetWindow | undefined;
  /** Standard errors of the headline, for the digits of the labels. */
  readonly errors?: FanErrors | undefined;
  /** Month from which cumulative cash stays positive, named. */
  readonly payback?: { readonly month: number; readonly words: string } | undefined;
}

/** Standard errors of the percentiles and the mean at the last month. */
export type FanErrors = Partial<Pick<Headline, "p10" | "p50" | "p90" | "mean">>;

export interface FanPicture extends Picture {
  readonly plot: Box;
  readonly x: (month: number) => number;
  readonly y: Scale;
}

const PERCENTILES = ["p90", "p75", "p50", "p25", "p10"] as const;
const PRIORITY = { p50: 5, p90: 4, p10: 4, mean: 3, p75: 2, p25: 2 } as const;
/** A target up to so many times the picture's own height is drawn to scale, a farther one at the edge. */
const FARTHEST_TARGET = 2.5;
/** Months narrower than this are drawn as bands, not one by one. */
const NARROWEST_MONTH = 9;
const LABEL_HEIGHT = 15;
const BOTTOM = 38;

/** The picture of a fan, `width` pixels wide. */
export function fanPicture(input: Fan, width: number): FanPicture {
  const { fan, currency, opening } = input;
  const cumulative = opening !== undefined;
  const asBands = fan.length > 1 && width / fan.length < NARROWEST_MONTH;
  const key = cumulative ? { marks: [], height: 0 } : legend(monthlyKey(asBands), 0, width);
  const top = key.height + 20;
  const height = top + Math.round(Math.min(Math.max(width * 0.42, 190), 340)) + BOTTOM;
  const bottom = height - BOTTOM;

  const { low, high, beyond } = amountRange(input);
  const y = scaleLinear([low, high], [bottom, top]);
  const left = amountGridWidth(y, currency);
  const labels = cumulative ? endLabels(input) : [];
  const labelWidth = Math.max(...labels.map(({ words, role }) => textWidth(words, role)), 0);
  const right = width - (labels.length > 0 ? Math.ceil(labelWidth) + 16 : 6);
  const months = Math.max(fan.length, 1);
  const scale = scaleLinear(cumulative ? [0, months] : [0.5, months + 0.5], [left, right]);
  const x = (month: number) => scale(month);

  const marks: Mark[] = [
    ...key.marks,
    ...amountGrid(y, left, right, currency),
    ...(cumulative || asBands ? bands(fan, x, y, opening) : monthBoxes(fan, x, y)),
    ...monthAxis(x, fan.length, bottom, width, input.startMonth),
    ...targetMarks(input, x, y, beyond),
    ...paybackMarks(input, x, y),
    ...placeLabels(labels, y, right, top, bottom),
  ];
  return { width, height, marks, plot: { x: left, y: top, width: right - left, height: bottom - top }, x, y };
}

function monthlyKey(asBands: boolean): LegendItem[] {
  return [
    { shape: "box", role: "bandOuter", words: t("charts.range_80") },
    { shape: "box", role: "bandInner", words: t("charts.range_50") },
    { shape: "line", role: "median", words: t("charts.median") },
    { shape: asBands ? "line" : "dot", role: asBands ? "mean" : "meanDot", words: t("charts.mean") },
  ];
}

/** Ends of the amount axis. From zero, unless all that varies is far above it. */
function amountRange({ fan, opening, target }: Fan): { low: number; high: number; beyond: boolean } {
  const start = opening === undefined ? [] : [opening];
  const top = max([...fan.map(({ p90, mean }) => Math.max(p90, mean)), ...start]) ?? 0;
  const beyond = target !== undefined && top > 0 && target > FARTHEST_TARGET * top;
  const shown = target === undefined || beyond ? [] : [target];
  const high = Math.max(top, ...shown);
  const bottom = min([...fan.map(({ p10, mean }) => Math.min(p10, mean)), ...start, ...shown]) ?? 0;
  if (bottom < 0) {
    // Cash: zero is in sight, between what is owed and what is earned.
    const room = 0.06 * (Math.max(high, 0) - bottom);
    return { low: bottom - room, high: Math.max(high, 0) + room, beyond };
  }
  if (!(high > 0)) return { low: 0, high: 1, beyond };
  // Differences of rounding are no variation.
  const varies = high - bottom > 1e-6 * high;
  const low = opening !== undefined && varies && bottom > 0.6 * high ? bottom - 0.5 * (high - bottom) : 0;
  return { low, high: high + (varies ? 0.06 * (high - low) : 0.5 * high), beyond };
}

function bands(fan: readonly FanMonth[], x: (month: number) => number, y: Scale, opening?: number): Mark[] {
  const start: FanMonth[] =
    opening === undefined
      ? []
      : [{ month: 0, mean: opening, p10: opening, p25: opening, p50: opening, p75: opening, p90: opening }];
  const months = [...start, ...fan];
  const band = (from: (month: FanMonth) => number, to: (month: FanMonth) => number) =>
    area<FanMonth>(
      ({ month }) => x(month),
      (month) => y(from(month)),
      (month) => y(to(month)),
    ).digits(2)(months);
  const curve = (of: (month: FanMonth) => number) =>
    polyline<FanMonth>(
      ({ month }) => x(month),
      (month) => y(of(month)),
    ).digits(2)(months);
  return [
    path(
      "bandOuter",
      band(
        ({ p10 }) => p10,
        ({ p90 }) => p90,
      ),
    ),
    path(
      "bandInner",
      band(
        ({ p25 }) => p25,
        ({ p75 }) => p75,
      ),
    ),
    path(
      "mean",
      curve(({ mean }) => mean),
    ),
    path(
      "median",
      curve(({ p50 }) => p50),
    ),
  ];
}

function monthBoxes(fan: readonly FanMonth[], x: (month: number) => number, y: Scale): Mark[] {
  const step = fan.length > 1 ? x(2) - x(1) : 60;
  const wide = Math.min(step * 0.62, 44);
  return fan.flatMap(({ month, mean, p10, p25, p50, p75, p90 }) => {
    const left = x(month) - wide / 2;
    return [
      rect("bandOuter", left, y(p90), wide, y(p10) - y(p90), 1),
      rect("bandInner", left, y(p75), wide, y(p25) - y(p75), 1),
      line("median", left, y(p50), left + wide, y(p50)),
      dot("meanDot", x(month), y(mean), Math.min(wide / 4, 3)),
    ];
  });
}

function targetMarks(input: Fan, x: (month: number) => number, y: Scale, beyond: boolean): Mark[] {
  const { target, window, fan, opening, currency } = input;
  if (target === undefined || fan.length === 0 || opening === undefined) return [];
  const last = Math.min(window?.last_month ?? fan.length, fan.length);
  const first = Math.min((window?.first_month ?? 1) - 1, last - 1);
  const amount = money(target, currency);
  const room = x(fan.length) - x(0) - 4;
  const words = [t(beyond ? "charts.target_above" : "charts.target_amount", { amount }), amount].find(
    (candidate) => textWidth(candidate, "strong") <= room,
  );
  const [, top = 0] = y.range();
  const at = beyond ? top : y(target);
  const from = x(first);
  // The label starts with the line, or further left where the plot ends first.
  const start = Math.max(Math.min(from, x(fan.length) - textWidth(words ?? "", "strong") - 4), x(0));
  return [
    line("target", from, at, x(last), at),
    ...(beyond ? [] : [dot("targetPoint", x(last), at, 4.5)]),
    ...(words ? [text("strong", start + 2, at - 6, words)] : []),
  ];
}

/** Where cumulative cash crosses zero for good. */
function paybackMarks({ payback }: Fan, x: (month: number) => number, y: Scale): Mark[] {
  if (!payback) return [];
  const at = x(payback.month);
  const [, top = 0] = y.range();
  const half = textWidth(payback.words, "strong") / 2;
  const [left, right] = [x(0), x(payback.month) + half];
  const centre = Math.max(at, left + half);
  return [
    line("target", at, top, at, y(0)),
    dot("targetPoint", at, y(0), 4.5),
    text("strong", Math.min(centre, right), top - 6, payback.words, "middle"),
  ];
}

interface EndLabel {
  readonly value: number;
  readonly words: string;
  readonly role: "strong" | "label" | "quiet";
  readonly priority: number;
}

/** What the last month says, one line per percentile and the mean. */
function endLabels({ fan, currency, errors }: Fan): EndLabel[] {
  const last = fan.at(-1);
  if (!last) return [];
  if (last.p10 === last.p90) {
    return [{ value: last.p50, words: money(last.p50, currency), role: "strong", priority: PRIORITY.p50 }];
  }
  const write = (value: number, error: number | null | undefined) => money(value, currency, { error });
  const labels: EndLabel[] = PERCENTILES.map((name) => {
    const error = name === "p75" || name === "p25" ? errors?.p50 : errors?.[name];
    return {
      value: last[name],
      words: `${t(`charts.${name}`)} ${write(last[name], error)}`,
      role: name === "p50" ? "strong" : name === "p90" || name === "p10" ? "label" : "quiet",
      priority: PRIORITY[name],
    };
  });
  labels.push({
    value: last.mean,
    words: `${t("charts.mean")} ${write(last.mean, errors?.mean)}`,
    role: "quiet",
    priority: PRIORITY.mean,
  });
  return labels;
}

function placeLabels(
  labels: readonly EndLabel[],
  y: Scale,
  right: number,
  top: number,
  bottom: number,
): Mark[] {
  const claims = labels.map(({ value, priority }) => ({ at: y(value), size: LABEL_HEIGHT, priority }));
  const places = spread(claims, top - 8, bottom + 8);
  return labels.flatMap(({ value, words, role }, index) => {
    const place = places[index];
    if (place === undefined) return [];
    return [line("leader", right + 2, y(value), right + 10, place), text(role, right + 13, place + 4, words)];
  });
}
