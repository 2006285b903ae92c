/**
 * Distribution of the total: histogram above, exceedance curve below, on one amount axis. The target
 * lies over both and may be moved without drawing the rest anew ({@link targetMarks}).
 */
import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { line as polyline } from "d3-shape";
import { money, percent } from "../format.js";
import type { ExceedancePoint, OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { amountAxis, type Scale, shareGrid } from "./axis.js";
import { probabilityAtLeast, reportCurve, visibleCurve } from "./exceedance.js";
import { type Anchor, type Box, dot, line, type Mark, type Picture, path, rounded, text } from "./scene.js";
import { fitted, textBox, textWidth } from "./text.js";

export interface Distribution {
  readonly report: OpenPipelineReport;
  readonly currency: string;
  /** The target that the axis must show. */
  readonly target: number;
  /** Trials of the report. */
  readonly trials?: number | undefined;
}

export interface DistributionPicture extends Picture {
  /** Texts that stand over the target's line: titles of the panels, P10, P50 and P90. */
  readonly labels: readonly Mark[];
  /** The exceedance curve, as fine as the report knows it. */
  readonly curve: readonly ExceedancePoint[];
  readonly x: Scale;
  /** Probability in the lower panel. */
  readonly y: Scale;
  /** Where the marks of the target live: from the histogram's top to the axis. */
  readonly plot: Box;
  /** What lies beyond the right end of the axis, where the far tail was left out. */
  readonly tail: { readonly share: number; readonly from: number; readonly largest: number } | undefined;
}

/** Height of the row of the target's label. */
export const PILL = 26;
const BOTTOM = 26;
/** Probability of the far tail that the axis leaves out where it would squeeze the rest. */
const TAIL = 0.005;
/** A target this many widths of the distribution away is drawn to scale, a farther one at the edge. */
const FARTHEST_TARGET = 1;
/** The least share of “nothing won” that is shown on its own. */
const SMALLEST_ATOM = 0.005;

/** The picture without its target. */
export function distributionPicture(input: Distribution, width: number): DistributionPicture {
  const { report, currency } = input;
  const atom = nothingWon(report);
  const curve = reportCurve(report);
  const { low, high, tail } = amountRange(input, curve);
  const bins = visibleBins(report, atom, high);

  const upper = Math.round(Math.min(Math.max(width * 0.26, 110), 200));
  const lower = Math.round(Math.min(Math.max(width * 0.2, 100), 150));
  const top = PILL + 22;
  const base = top + upper;
  const curveTop = base + 40;
  const bottom = curveTop + lower;
  const left = Math.ceil(textWidth(percent(1, { decimals: 0 }), "tick")) + 10;
  const right = width - 8;

  const x = scaleLinear([low, high], [left, right]);
  const most = Math.max(max(bins, ({ share }) => share) ?? 0, atom?.share ?? 0);
  // Above the bars there is room for the label of the atom.
  const count = scaleLinear([0, most > 0 ? most : 1], [base, top + (atom ? 18 : 4)]);
  const y = scaleLinear([0, 1], [bottom, curveTop]);
  const bars = bins
    .map(({ from, to, share }) => barPath(x(from), Math.min(x(to), right), count(share), base))
    .join("");

  const marks: Mark[] = [
    ...shareGrid(count, count.ticks(3), left, right),
    path("barMuted", bars),
    {
      kind: "clipped",
      id: "reached",
      clip: { x: left, y: top, width: right - left, height: upper },
      marks: [path("bar", bars)],
    },
    line("axis", left, base, right, base),
    ...(atom ? needle(atom, bins, x, count, width) : []),
    ...shareGrid(y, [0, 0.5, 1], left, right),
    path(
      "curve",
      polyline()
        .x(([amount]) => x(amount))
        .y(([, share]) => y(share))
        .digits(2)(visibleCurve(curve, low, high)),
    ),
    ...amountAxis(x, bottom, width, currency),
  ];
  const plot = { x: left, y: top, width: right - left, height: bottom - top };
  const title = (y: number, words: string) => text("quiet", 0, y, fitted(words, "quiet", width));
  const titles = [
    title(PILL + 13, histogramTitle(report.histogram.width, currency)),
    title(base + 24, t("charts.exceedance_panel")),
  ];
  const labels = [...titles, ...percentileMarks(input, x, y, [...marks, ...titles], width)];
  return { width, height: bottom + BOTTOM, marks, labels, curve, x, y, plot, tail };
}

/** A single amount that carries a probability of its own. */
interface Atom {
  readonly amount: number;
  readonly share: number;
}

function histogramTitle(width: number, currency: string): string {
  return width > 0 ? t("charts.histogram_panel", { width: money(width, currency) }) : t("charts.share");
}

/** “Nothing won in the window”: the total is what is already won. */
function nothingWon(report: OpenPipelineReport): Atom | undefined {
  const share = report.prob_zero_in_window;
  return share >= SMALLEST_ATOM ? { amount: report.already_won, share: Math.min(share, 1) } : undefined;
}

function amountRange({ report, target }: Distribution, curve: readonly ExceedancePoint[]) {
  const { lower, width, share } = report.histogram;
  const amounts = [report.p10, report.p90, lower, ...curve.map(({ amount }) => amount)];
  const first = Math.min(...amounts);
  const largest = Math.max(...amounts, lower + width * share.length);
  let last = largest;
  const cut = curve.find(({ prob_at_least }) => prob_at_least <= TAIL)?.amount ?? last;
  if (cut > first && cut - first < 0.75 * (last - first)) last = cut;
  const tail = last < largest ? { share: probabilityAtLeast(curve, last), from: last, largest } : undefined;
  if (!(last > first)) {
    const around = Math.max(Math.abs(first) / 2, 1);
    return { low: Math.max(first - around, 0), high: first + around, tail };
  }
  const span = last - first;
  const low = target < first && first - target <= FARTHEST_TARGET * span ? target : first;
  const high = target > last && target - last <= FARTHEST_TARGET * span ? target : last;
  const pad = 0.03 * (high - low);
  return { low: low >= 0 ? Math.max(low - pad, 0) : low - pad, high: high + pad, tail };
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** Bars that begin before the end of the axis; the atom is taken out of the bar that holds it. */
function visibleBins(
  { histogram, simulated }: OpenPipelineReport,
  atom: Atom | undefined,
  high: number,
): Bin[] {
  const { lower, width, share } = histogram;
  if (!(width > 0)) return [];
  const holder = atom ? Math.min(Math.floor((atom.amount - lower) / width + 1e-9), share.length - 1) : -1;
  return share
    .map((value, index) => ({
      from: lower + index * width,
      to: lower + (index + 1) * width,
      share: index === holder ? Math.max(value - simulated.prob_zero_in_window, 0) : value,
    }))
    .filter(({ from, share: value }) => from < high && value > 0);
}

/** One bar; a hair of space between neighbours where bars are wide enough to spare it. */
function barPath(left: number, right: number, top: number, base: number): string {
  const gap = right - left > 5 ? 0.5 : 0;
  return `M${rounded(left + gap)},${base}V${rounded(top)}H${rounded(right - gap)}V${base}Z`;
}

/** The atom as a pin, its label beside the head or as high as it takes to stand over the bars. */
function needle(atom: Atom, bins: readonly Bin[], x: Scale, count: Scale, width: number): Mark[] {
  const at = x(atom.amount);
  const head = count(atom.share);
  const [base = 0, top = 0] = count.range();
  const [left = 0] = x.range();
  const words = fitted(t("charts.nothing_won", { share: percent(atom.share) }), "label", width - left);
  const room = textWidth(words, "label");
  const across = Math.min(Math.max(at - room / 2, left), width - room);
  const start = at + 8 + room <= width ? at + 8 : at - 8 - room >= left ? at - 8 - room : across;
  const below = bins.filter(({ from, to }) => x(to) > start && x(from) < start + room);
  const clear = count(max(below, ({ share }) => share) ?? 0) - 6;
  const baseline = Math.max(Math.min(head + 4, clear, base - 6), top - 8);
  return [
    ...(baseline < head - 6 ? [line("leader", at, head, at, baseline - 4)] : []),
    line("needle", at, base, at, head),
    dot("needleHead", at, head, 3.5),
    text("label", start, baseline, words),
  ];
}

/** P10, P50, P90 on the curve, each labelled where there is room. */
function percentileMarks(
  { report, currency }: Distribution,
  x: Scale,
  y: Scale,
  others: readonly Mark[],
  width: number,
): Mark[] {
  const [low = 0, high = 1] = x.domain();
  const exact = report.headline_engine === "exact";
  const taken = others.filter((mark) => mark.kind === "text").map(textBox);
  const marks: Mark[] = [];
  for (const [name, level] of [
    ["p10", 0.9],
    ["p50", 0.5],
    ["p90", 0.1],
  ] as const) {
    const amount = report[name];
    if (amount < low || amount > high) continue;
    marks.push(dot("point", x(amount), y(level), 3));
    const error = exact ? undefined : report.standard_error[name];
    const words = `${t(`charts.${name}`)} ${money(amount, currency, { error })}`;
    const places: [number, number, Anchor][] = [
      [x(amount) + 8, y(level) - 4, "start"],
      [x(amount) - 8, y(level) + 13, "end"],
      [x(amount) - 8, y(level) - 4, "end"],
    ];
    const label = places
      .map(([at, baseline, anchor]) => text("label", at, baseline, words, anchor))
      .find((mark) => isFree(textBox(mark), taken, width));
    if (!label) continue;
    taken.push(textBox(label));
    marks.push(label);
  }
  return marks;
}

function isFree(box: Box, taken: readonly Box[], width: number): boolean {
  if (box.x < 0 || box.x + box.width > width) return false;
  return taken.every(
    (other) =>
      box.x + box.width <= other.x ||
      other.x + other.width <= box.x ||
      box.y + box.height <= other.y ||
      other.y + other.height <= box.y,
  );
}
