/** The team's forecast beside the simulated range: already won, commit, best case and weighted pipeline over P10–P90. */
import { scaleLinear } from "d3-scale";
import { money } from "../format.js";
import type { ForecastCategory, OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { amountAxis } from "./axis.js";
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
  const range = t("charts.from_to", {
    low: money(report.p10, currency, { error: error?.p10 }),
    high: money(report.p90, currency, { error: error?.p90 }),
  });
  const marks: Mark[] = [
    ...[report.p10, report.p50, report.p90].map((amount) =>
      line("leader", x(amount), top + 20, x(amount), bottom),
    ),
    ...(far ? [] : [line("target", at, top - 4, at, bottom)]),
    text("strong", Math.min(Math.max(at, half), width - half), 12, words, "middle"),
    ...labels(t("charts.simulated_row"), range, top, width),
    rect("bar", x(report.p10), top + 21, Math.max(x(report.p90) - x(report.p10), 1), 9, 1.5),
    line("needle", x(report.p50), top + 18, x(report.p50), top + 33),
    ...rows.flatMap(({ name, amount }, index) => {
      const y = top + (index + 1) * PITCH;
      return [
        ...labels(t(`charts.row_${name}`), money(amount, currency), y, width),
        rect("barMuted", 0, y + 21, Math.max(x(amount), 1), 9, 1.5),
      ];
    }),
    ...amountAxis(x, bottom, width, currency),
  ];
  return { width, height: bottom + 26, marks };
}

/** Name to the left, amount to the right; the name gives way. */
function labels(name: string, amount: string, y: number, width: number): Mark[] {
  const room = width - textWidth(amount, "strong") - 12;
  return [
    text("label", 0, y + 15, fitted(name, "label", room)),
    text("strong", width, y + 15, amount, "end"),
  ];
}
