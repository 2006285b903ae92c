/** Make-or-break deals: by how much each one, won rather than lost, moves the chance to reach the target. */
import { scaleLinear } from "d3-scale";
import { percent, points } from "../format.js";
import type { Deal, OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { line, type Mark, type Picture, rect, type TextMark, text } from "./scene.js";
import { fitted, textWidth } from "./text.js";

export interface Swings {
  readonly report: OpenPipelineReport;
  /** The scenario's deals, for their names. */
  readonly deals?: readonly Deal[] | undefined;
}

export interface SwingRow {
  readonly id: string;
  readonly name: string;
  /** Interventional swing on P(total ≥ target). */
  readonly swing: number;
  /** P(total ≥ target | won) − P(… | not); absent where one of the two cannot happen. */
  readonly conditional: number | undefined;
  /** P(won in the window). */
  readonly won: number;
  readonly varianceShare: number;
  /** Standard error of the swing; absent: exact. */
  readonly error: number | undefined;
}

const MOST_ROWS = 10;
/** A swing smaller than this, a tenth of a point, makes or breaks nothing. */
const SMALLEST_SWING = 0.0005;

/** Won in the window less often than this, a deal is no hope for it, whatever it would change. */
const SMALLEST_CHANCE = 0.01;

/** The deals that can be won in the window and move the chance most, largest first. */
export function swingRows({ report, deals }: Swings, most = MOST_ROWS): SwingRow[] {
  const exact = report.headline_engine === "exact";
  const errors = exact ? undefined : report.standard_error.deal_swing_interventional;
  const names = new Map(deals?.map(({ deal_id, name }) => [deal_id, name]));
  return report.deals
    .map((deal, index) => ({
      id: deal.deal_id,
      name: names.get(deal.deal_id) || deal.deal_id,
      swing: report.deal_swing_interventional[index] ?? 0,
      conditional: report.deal_swing_conditional[index] ?? undefined,
      won: report.deal_prob_won_in_window[index] ?? 0,
      varianceShare: report.deal_variance_share[index] ?? 0,
      error: errors?.[index],
    }))
    .filter(({ swing, won }) => Math.abs(swing) >= SMALLEST_SWING && won >= SMALLEST_CHANCE)
    .sort((a, b) => Math.abs(b.swing) - Math.abs(a.swing))
    .slice(0, most);
}

/** Narrower than this a row has its figures below the name. */
const NARROW = 520;
const GAP = 14;

/** One row per deal: name and figures above a bar from zero. */
export function swingsPicture(input: Swings, width: number): Picture {
  const rows = swingRows(input);
  if (rows.length === 0) {
    return { width, height: 32, marks: [text("quiet", 0, 20, fitted(t("charts.no_swing"), "quiet", width))] };
  }
  const swings = rows.map(({ swing }) => swing);
  const x = scaleLinear([Math.min(0, ...swings), Math.max(0, ...swings)], [0, width]);
  const column = width < NARROW ? undefined : factsColumn(rows, width);
  const pitch = column === undefined ? 50 : 36;
  const marks = rows.flatMap((row, index) => rowMarks(row, index * pitch, width, column, x));
  const zero = x(0);
  if (zero > 0) marks.push(line("axis", zero, 0, zero, rows.length * pitch));
  return { width, height: rows.length * pitch, marks };
}

/** Where the figures start: after the longest name, as far left as all of them need. */
function factsColumn(rows: readonly SwingRow[], width: number): number {
  const widest = (room: (row: SwingRow) => number) => Math.max(...rows.map(room));
  const names = widest(({ name }) => textWidth(name, "label"));
  const figures = widest((row) => textWidth(facts(row), "quiet"));
  const values = widest((row) => textWidth(pointsOf(row), "strong"));
  return Math.min(names + GAP, width - values - figures - 2 * GAP);
}

function facts(row: SwingRow): string {
  return t("charts.deal_facts", {
    won: percent(row.won, { decimals: 0 }),
    variance: percent(row.varianceShare, { decimals: 0 }),
  });
}

function pointsOf({ swing, error }: SwingRow): string {
  return points(swing, { error });
}

function rowMarks(
  row: SwingRow,
  y: number,
  width: number,
  column: number | undefined,
  x: (swing: number) => number,
): Mark[] {
  const value = text("strong", width, y + 14, pointsOf(row), "end");
  const from = Math.min(x(0), x(row.swing));
  const length = Math.max(Math.abs(x(row.swing) - x(0)), 1);
  if (column === undefined) {
    return [
      named(row.name, y + 14, width - textWidth(value.text, "strong") - GAP),
      text("quiet", 0, y + 29, fitted(facts(row), "quiet", width)),
      value,
      rect("bar", from, y + 35, length, 7, 1.5),
    ];
  }
  return [
    named(row.name, y + 14, column - GAP),
    text("quiet", column, y + 14, facts(row)),
    value,
    rect("bar", from, y + 20, length, 7, 1.5),
  ];
}

function named(name: string, y: number, room: number): TextMark {
  const short = fitted(name, "label", room);
  const mark = text("label", 0, y, short);
  return short === name ? mark : { ...mark, full: name };
}
