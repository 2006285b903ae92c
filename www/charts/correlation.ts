/** What correlation changes: the chance to reach each amount with the set correlation and with independent deals. */
import { scaleLinear } from "d3-scale";
import { line as polyline } from "d3-shape";
import { money, percent } from "../format.js";
import type { ExceedancePoint, Headline, OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { amountAxis, type Scale, shareGrid } from "./axis.js";
import { probabilityAtLeast, refined, reportCurve, visibleCurve } from "./exceedance.js";
import { legend } from "./legend.js";
import { dot, line, type Mark, type Picture, path, rect, text } from "./scene.js";
import { fitted, spread, textWidth } from "./text.js";

export interface Correlation {
  readonly report: OpenPipelineReport;
  readonly currency: string;
  readonly target: number;
  /** Trials of the report. */
  readonly trials?: number | undefined;
}

/** Curves are drawn where either is between these chances: the flat ends say nothing. */
const TAIL = 0.005;
const FARTHEST_TARGET = 1;
const ROW = 34;

/** Two exceedance curves, and below them the two ranges P10–P90. */
export function correlationPicture(input: Correlation, width: number): Picture {
  const { report, currency } = input;
  const key = legend(
    [
      { shape: "line", role: "curve", words: t("charts.correlated") },
      { shape: "line", role: "compare", words: t("charts.independent") },
    ],
    0,
    width,
  );
  const labelRow = key.height + 24;
  const panel = Math.round(Math.min(Math.max(width * 0.3, 130), 220));
  const bottom = labelRow + panel;
  const left = Math.ceil(textWidth(percent(1, { decimals: 0 }), "tick")) + 10;
  const right = width - 8;
  const x = scaleLinear(amountRange(input), [left, right]);
  const y = scaleLinear([0, 1], [bottom, labelRow + 4]);
  const ranges = bottom + 34;
  const marks: Mark[] = [
    ...key.marks,
    ...shareGrid(y, [0, 0.5, 1], left, right),
    curve("compare", independentCurve(report), x, y),
    curve("curve", reportCurve(report), x, y),
    ...amountAxis(x, bottom, width, currency),
    ...targetMarks(input, x, y, width),
    ...rangeRow(input, "correlated", ranges, x, width),
    ...rangeRow(input, "independent", ranges + ROW, x, width),
  ];
  return { width, height: ranges + 2 * ROW, marks };
}

function amountRange({ report, target }: Correlation): [number, number] {
  const ends: number[] = [];
  for (const { exceedance } of [report, report.independent]) {
    const within = exceedance.filter(({ prob_at_least: share }) => share >= TAIL && share <= 1 - TAIL);
    ends.push(...within.map(({ amount }) => amount));
  }
  ends.push(report.p10, report.p90, report.independent.p10, report.independent.p90);
  const first = Math.min(...ends);
  const last = Math.max(...ends);
  if (!(last > first)) {
    const around = Math.max(Math.abs(first) / 2, 1);
    return [Math.max(first - around, 0), first + around];
  }
  const reach = FARTHEST_TARGET * (last - first);
  const low = target < first && first - target <= reach ? target : first;
  const high = target > last && target - last <= reach ? target : last;
  const pad = 0.04 * (high - low);
  return [low >= 0 ? Math.max(low - pad, 0) : low - pad, high + pad];
}

function independentCurve({ independent, target }: OpenPipelineReport): readonly ExceedancePoint[] {
  const reached = independent.prob_at_least_target;
  return refined(independent.exceedance, [{ amount: target, atLeast: reached, above: reached }]);
}

function curve(role: "curve" | "compare", points: readonly ExceedancePoint[], x: Scale, y: Scale): Mark {
  const [low = 0, high = 1] = x.domain();
  const draw = polyline()
    .x(([amount]) => x(amount))
    .y(([, share]) => y(share))
    .digits(2);
  return path(role, draw(visibleCurve(points, low, high)));
}

function targetMarks(input: Correlation, x: Scale, y: Scale, width: number): Mark[] {
  const { report, currency, target } = input;
  const { independent } = report;
  const [low = 0, high = 1] = x.domain();
  const [bottom = 0, top = 0] = y.range();
  const amount = money(target, currency);
  const outside =
    target > high ? "charts.target_to_the_right" : target < low ? "charts.target_to_the_left" : undefined;
  const words = t(outside ?? "charts.target_amount", { amount });
  const half = textWidth(words, "strong") / 2;
  const at = x(Math.min(Math.max(target, low), high));
  const marks: Mark[] = [
    text("strong", Math.min(Math.max(at, half), width - half), top - 10, words, "middle"),
  ];
  if (outside) return marks;
  marks.push(line("target", at, top - 4, at, bottom));
  const digits = (name: "correlated" | "independent") => {
    const errors = digitsOf(report, name);
    return { error: errors?.prob_at_least_target, trials: errors && input.trials };
  };
  const labels = [
    {
      share: probabilityAtLeast(reportCurve(report), target),
      words: t("charts.chance_correlated", {
        share: percent(report.prob_at_least_target, digits("correlated")),
      }),
      role: "point",
    },
    {
      share: probabilityAtLeast(independentCurve(report), target),
      words: t("charts.chance_independent", {
        share: percent(independent.prob_at_least_target, digits("independent")),
      }),
      role: "comparePoint",
    },
  ] as const;
  const widest = Math.max(...labels.map(({ words: label }) => textWidth(label, "label")));
  const onTheRight = at + 10 + widest <= width;
  // Curves fall: above them there is room to the right of the target, below them to its left.
  const claims = labels.map(({ share }) => ({ at: y(share), size: 15, priority: 1 }));
  const highest = Math.min(...claims.map((claim) => claim.at));
  const lowest = Math.max(...claims.map((claim) => claim.at));
  const apart = onTheRight ? spread(claims, top, highest) : spread(claims, lowest, bottom);
  const places = apart.includes(undefined) ? spread(claims, top, bottom) : apart;
  for (const [index, { share, words: label, role }] of labels.entries()) {
    const place = places[index];
    marks.push(dot(role, at, y(share), 4));
    if (place === undefined) continue;
    const start = onTheRight ? at + 10 : Math.max(at - 10, (x.range()[0] ?? 0) + textWidth(label, "label"));
    marks.push(text("label", start, place + 4, label, onTheRight ? "start" : "end"));
  }
  return marks;
}

function rangeRow(
  { report, currency }: Correlation,
  name: "correlated" | "independent",
  y: number,
  x: Scale,
  width: number,
): Mark[] {
  const { p10, p50, p90 } = name === "correlated" ? report : report.independent;
  const errors = digitsOf(report, name);
  const words = t("charts.range_row", {
    name: t(`charts.${name}`),
    low: money(p10, currency, { error: errors?.p10 }),
    high: money(p90, currency, { error: errors?.p90 }),
  });
  return [
    text("label", 0, y + 11, fitted(words, "label", width)),
    rect(name === "correlated" ? "bar" : "compareBar", x(p10), y + 18, Math.max(x(p90) - x(p10), 1), 7, 1.5),
    line("needle", x(p50), y + 15, x(p50), y + 28),
  ];
}

/** Standard errors of a simulated side; the independent one has about those of the other. */
function digitsOf(report: OpenPipelineReport, name: "correlated" | "independent"): Headline | undefined {
  const engine = name === "correlated" ? report.headline_engine : report.independent.engine;
  return engine === "exact" ? undefined : report.standard_error;
}
