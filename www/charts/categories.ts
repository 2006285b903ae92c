/** The team's forecast beside the simulated range: already won, commit, best case and weighted pipeline over P10–P90. */
import { scaleLinear } from "d3-scale";
import { money } from "../format.js";
import type { ForecastCategory, OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { amountAxis, type Scale } from "./axis.js";
import { line, type Mark, type Picture, rect, text } from "./scene.js";
import { fitted, textWidth } from "./text.js";

export interface Categories {
  readonly report: OpenPipelineReport;
  readonly currency: string;
  readonly target: number;
}

/** One way to count the forecast. */
export interface CategoryRow {
  readonly name: "already_won" | "commit" | "best_case" | "weighted";
  readonly amount: number;
}

const PITCH = 36;
/** A target up to so many times all else is drawn to scale, a farther one named with an arrow. */
const FARTHEST_TARGET = 1.6;

/** The sums that a sales team reports, each on top of what is already won. */
export function categoryRows({ report }: Categories): CategoryRow[] {
  const inWindow = (wanted: ForecastCategory) =>
    report.categories.find(({ category }) => category === wanted)?.amount_in_window;
  const won = report.already_won;
  const commit = inWindow("commit");
  const best = inWindow("best_case");
  const rows: CategoryRow[] = [];
  if (won > 0) rows.push({ name: "already_won", amount: won });
  if (commit !== undefined) rows.push({ name: "commit", amount: won + commit });
  if (best !== undefined) rows.push({ name: "best_case", amount: won + (commit ?? 0) + best });
  rows.push({ name: "weighted", amount: won + report.weighted_pipeline });
  return rows;
}

/** A bar from zero for each sum, over the simulated range. */
export function categoriesPicture(input: Categories, width: number): Picture {
  const { report, currency, target } = input;
  const rows = categoryRows(input);
  const largest = Math.max(report.p90, ...rows.map(({ amount }) => amount));
  const far = !(target <= FARTHEST_TARGET * largest || largest === 0);
  const high = Math.max(largest, far ? 0 : target);
  const x = scaleLinear([0, high > 0 ? 1.03 * high : 1], [0, width - 2]);
  const top = 22;
  const bottom = top + (rows.length + 1) * PITCH + 6;
  const words = t(far ? "charts.target_to_the_right" : "charts.target_amount", {
    amount: money(target, currency),
  });
  const half = textWidth(words, "strong") / 2;
  const at = x(Math.min(target, x.domain()[1] ?? target));
  const error = report.headline_engine === "exact" ? undefined : report.standard_error;
  const figures = {
    low: money(report.p10, currency, { error: error?.p10 }),
    middle: money(report.p50, currency, { error: error?.p50 }),
    high: money(report.p90, currency, { error: error?.p90 }),
  };
  const whole = t("charts.simulated_row", figures);
  const simulated = textWidth(whole, "strong") <= width ? whole : t("charts.range_80_values", figures);
  const marks: Mark[] = [
    rect("bandOuter", x(report.p10), top, Math.max(x(report.p90) - x(report.p10), 1), bottom - top),
    line("median", x(report.p50), top, x(report.p50), bottom),
    ...(far ? [] : [line("target", at, top - 4, at, bottom)]),
    text("strong", Math.min(Math.max(at, half), width - half), 12, words, "middle"),
    text("strong", 0, top + 15, fitted(simulated, "strong", width)),
    rect("bar", x(report.p10), top + 21, Math.max(x(report.p90) - x(report.p10), 1), 9, 1.5),
    line("needle", x(report.p50), top + 18, x(report.p50), top + 33),
    ...rows.flatMap((row, index) => rowMarks(row, top + (index + 1) * PITCH, x, currency, width)),
    ...amountAxis(x, bottom, width, currency),
  ];
  return { width, height: bottom + 26, marks };
}

function rowMarks(
  { name, amount }: CategoryRow,
  y: number,
  x: Scale,
  currency: string,
  width: number,
): Mark[] {
  const words = `${t(`charts.row_${name}`)} ${money(amount, currency)}`;
  return [
    text("label", 0, y + 15, fitted(words, "label", width)),
    rect("barMuted", 0, y + 21, Math.max(x(amount), 1), 9, 1.5),
  ];
}
