/** The headline in one sentence, from a report: which message, with which figures. */

import { chance as chanceText, money, monthName, pointsError } from "../format.js";
import type { OpenPipelineReport, Report } from "../generated/dealcast.js";
import { type FilledPlace, parts, t } from "../i18n.js";

/** The sentence in pieces: texts, and figures by name. */
export type Sentence = (string | FilledPlace)[];

/** P(total ≥ target) read from the exceedance curve at another target, while it is dragged. */
export function chanceAt(forecast: OpenPipelineReport, target: number): number {
  const curve = forecast.exceedance;
  const above = curve.findIndex((point) => point.amount >= target);
  if (target <= forecast.already_won) return 1;
  if (above < 0) return 0;
  const right = curve[above];
  const left = curve[above - 1];
  if (!right) return 0;
  if (!left || right.amount === left.amount) return right.prob_at_least;
  const share = (target - left.amount) / (right.amount - left.amount);
  return left.prob_at_least + share * (right.prob_at_least - left.prob_at_least);
}

/** “month 14 (February 2027)”. */
export function monthWords(report: Report, month: number): string {
  if (!report.start_month) return t("app.month_number", { month: String(month) });
  return t("app.month_dated", { month: String(month), date: monthName(report.start_month, month) });
}

/** When signatures count: “by the end of March 2026”. */
export function period(
  { target_window: { first_month: first, last_month: last } }: Pick<OpenPipelineReport, "target_window">,
  startMonth: string | null | undefined,
): string {
  if (!startMonth) {
    if (first === 1) return t("app.by_end_of_month_number", { month: String(last) });
    if (first === last) return t("app.in_month_number", { month: String(last) });
    return t("app.between_month_numbers", { first: String(first), last: String(last) });
  }
  const name = (month: number) => monthName(startMonth, month);
  if (first === 1) return t("app.by_end_of", { month: name(last) });
  if (first === last) return t("app.in_month", { month: name(last) });
  return t("app.between", { first: name(first), last: name(last) });
}

/** Whether there is nothing to forecast yet. */
export function hasNoDeals(forecast: OpenPipelineReport): boolean {
  return forecast.deals.length === 0 && !forecast.new_deals;
}

/** The sentence; `draggedTarget` stands in for the report's target while it is dragged. */
export function sentence(report: Report, forecast: OpenPipelineReport, draggedTarget?: number): Sentence {
  const when = period(forecast, report.start_month);
  const amount = (value: number, error?: number | null) => money(value, report.currency, { error });
  const exact = forecast.headline_engine === "exact";
  const target = draggedTarget ?? forecast.target;
  const targetText = money(target, report.currency, { digits: 4 });
  if (hasNoDeals(forecast)) return parts("app.sentence_no_deals", { target: targetText, period: when });
  if (forecast.already_won >= target) {
    return parts("app.sentence_reached", {
      target: targetText,
      p50: amount(forecast.p50, exact ? 0 : forecast.standard_error.p50),
      period: when,
    });
  }
  const chance =
    draggedTarget === undefined ? forecast.prob_at_least_target : chanceAt(forecast, draggedTarget);
  const simulatedError =
    draggedTarget === undefined
      ? forecast.standard_error.prob_at_least_target
      : Math.sqrt((chance * (1 - chance)) / report.trials);
  const error = exact ? 0 : simulatedError;
  const trials = exact ? undefined : report.trials;
  const places = { chance: chanceText(chance, { error, trials }), target: targetText, period: when };
  const main =
    error > 0
      ? parts("app.sentence_simulated", { ...places, error: pointsError(error) })
      : parts("app.sentence_exact", places);
  return [...opening(main), ...lowEnd(forecast, trials, amount)];
}

/** How it may end: the low case, or nothing signed where that is likelier than one in ten. */
function lowEnd(
  forecast: OpenPipelineReport,
  trials: number | undefined,
  amount: (value: number, error?: number | null) => string,
): Sentence {
  if (forecast.prob_zero_in_window >= 0.1) {
    const error = trials === undefined ? 0 : forecast.standard_error.prob_zero_in_window;
    const zero = chanceText(forecast.prob_zero_in_window, { error, trials });
    return parts("app.sentence_or_nothing", { zero });
  }
  return parts("app.sentence_low_case", {
    p10: amount(forecast.p10, trials === undefined ? 0 : forecast.standard_error.p10),
  });
}

/** The pieces with a capital at their start, where a figure stands there: “Less than 0.1% chance …”. */
function opening([first, ...rest]: Sentence): Sentence {
  if (first === undefined || typeof first === "string") return first === undefined ? rest : [first, ...rest];
  return [{ ...first, text: first.text.charAt(0).toLocaleUpperCase() + first.text.slice(1) }, ...rest];
}

/** What new deals of the sales machine add, and the pipeline without them. */
export function newDealsSentence(report: Report, { new_deals: added }: OpenPipelineReport): Sentence {
  if (!added) return [];
  const { without, expected_bookings: expected } = added;
  const error = without.prob_at_least_target_standard_error;
  return parts("growth.new_deals_say", {
    added: money(expected, report.currency),
    p50: money(without.p50, report.currency),
    chance: chanceText(without.prob_at_least_target, { error, trials: without.trials ?? undefined }),
  });
}

/** The sentence as plain text, for announcements and titles. */
export function plain(pieces: Sentence): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}
