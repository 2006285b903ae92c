/** What a cell says. Texts only; the templates are in `cells.ts`. */

import { decimal, exactPercent, lastPlace, monthName, percent } from "../../format.js";
import type { Quantity, Rate, Scenario, Slippage } from "../../generated/dealcast.js";
import { locale, type MessageKey, t } from "../../i18n.js";
import { type ColumnKey, likelyAmount, meddicScore, type Row, rateMean } from "./columns.js";

/** A cell: its main text, a quiet word beside it, and what its title explains. */
export interface CellText {
  readonly text: string;
  readonly tag?: string | undefined;
  readonly title?: string | undefined;
  /** The text is derived, not entered. */
  readonly quiet?: boolean | undefined;
}

/** What cells need to know besides their deal. */
export interface Setting {
  readonly scenario: Scenario;
}

const NOTHING: CellText = { text: "–", quiet: true };

/** An amount without its currency, which the header names. */
export function plainAmount(amount: number): string {
  return decimal(amount, Math.abs(amount) < 100 ? 2 : 0);
}

const months = new Map<string, string>();

/** A month as the page writes it. Making a date format takes longer than drawing a row. */
export function monthText(start: string | undefined, month: number): string {
  const key = `${locale()} ${start} ${month}`;
  const text = months.get(key) ?? monthName(start, month, "medium");
  months.set(key, text);
  return text;
}

/** Decimals of a percentage that its standard error lets stand. */
function decimalsFor(error: number): number {
  return error > 0 ? Math.min(Math.max(-lastPlace(100 * error), 0), 1) : 1;
}

const formats = new Map<string, Intl.NumberFormat>();

/** A number with so many decimals, no more, no fewer. */
function fixed(value: number, decimals: number): string {
  const key = `${locale()} ${decimals}`;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = formats.get(key) ?? new Intl.NumberFormat(locale(), digits);
  formats.set(key, format);
  return format.format(value);
}

export function cellText(row: Row, key: ColumnKey, setting: Setting): CellText {
  const { deal, result } = row;
  switch (key) {
    case "name":
      return {
        text: deal.name || deal.deal_id,
        title: deal.name ? `${deal.name} (${deal.deal_id})` : deal.deal_id,
      };
    case "deal_id":
    case "owner":
    case "segment":
    case "source":
      return plain(deal[key]);
    case "stage":
      return result?.deal.held_by_gate
        ? { ...plain(deal.stage), tag: t("deals.gate_tag"), title: t("deals.gate_title") }
        : plain(deal.stage);
    case "amount":
      return amountText(deal.amount, setting.scenario);
    case "win_probability":
      return probabilityText(row);
    case "meddic":
      return meddicText(row);
    case "expected_close_month":
      return { text: monthText(setting.scenario.start_month, deal.expected_close_month) };
    case "slippage":
      return slippageText(deal.slippage);
    case "age_days":
      return deal.age_days === undefined
        ? NOTHING
        : { text: t("deals.days_short", { number: decimal(deal.age_days, 0) }) };
    case "forecast_category":
      return deal.forecast_category ? { text: t(`deals.category_${deal.forecast_category}`) } : NOTHING;
    default:
      return resultText(row, key);
  }
}

function plain(text: string | undefined): CellText {
  return text ? { text, title: text } : NOTHING;
}

function amountText(amount: Quantity, scenario: Scenario): CellText {
  const likely = likelyAmount(amount);
  const text = likely === undefined ? "–" : plainAmount(likely);
  if (typeof amount === "number") {
    const { low = 0.7, high = 1.2 } = scenario.open_pipeline?.amount_range ?? {};
    const range = { low: plainAmount(low * amount), high: plainAmount(high * amount) };
    return { text, title: t("deals.amount_default_title", { ...range, likely: text }) };
  }
  const tag = t(`deals.short_${amount.distribution}`);
  const numbers = Object.entries(amount)
    .filter(([field, value]) => field !== "distribution" && typeof value === "number")
    .map(([field, value]) => {
      const share = field === "coefficient_of_variation" || field === "lambda";
      return `${t(`deals.param_${field}` as MessageKey)} ${share ? decimal(Number(value), 3) : plainAmount(Number(value))}`;
    });
  return { text, tag, title: `${t(`deals.law_${amount.distribution}`)}: ${numbers.join(", ")}` };
}

function probabilityText(row: Row): CellText {
  const { deal, result } = row;
  const rate = deal.win_probability;
  if (typeof rate === "number") return { text: percent(rate), title: exactPercent(rate) };
  if (rate) {
    const counts = t("deals.counts", { won: decimal(rate.won, 2), closed: decimal(rate.closed, 2) });
    return { text: counts, tag: percent(rateMean(rate), { decimals: 0 }), title: t("deals.counts_title") };
  }
  if (!result || !deal.stage) return NOTHING;
  const title = result.deal.killed
    ? t("deals.killed_title")
    : t("deals.from_stage_title", {
        stage: deal.stage,
        base: percent(result.deal.base_win_probability),
        odds: decimal(result.deal.odds_multiplier, 2),
        resolved: percent(result.deal.win_probability),
      });
  const tag = result.deal.killed ? t("deals.killed_tag") : t("deals.stage_tag");
  return { text: percent(result.deal.win_probability), tag, title, quiet: true };
}

function meddicText(row: Row): CellText {
  const score = meddicScore(row);
  if (score === undefined) return NOTHING;
  const odds = row.result?.deal.odds_multiplier;
  const applies = odds !== undefined && row.deal.win_probability === undefined;
  return {
    text: t("deals.score", { score: decimal(score, 1) }),
    ...(applies
      ? { tag: `×${decimal(odds, 2)}`, title: t("deals.odds_title", { odds: decimal(odds, 4) }) }
      : {}),
  };
}

function slippageText(law: Slippage | undefined): CellText {
  if (!law)
    return { text: t("deals.slippage_default_short"), title: t("deals.slippage_default"), quiet: true };
  if (law.distribution === "none")
    return { text: t("deals.slippage_none_short"), title: t("deals.slippage_none") };
  if (law.distribution === "geometric") {
    const q = percent(law.monthly_slip_probability ?? 0, { decimals: 0 });
    return {
      text: t("deals.per_month", { share: q }),
      title: t("deals.slippage_geometric_title", { share: q }),
    };
  }
  const pmf = law.probability_by_months_late ?? [];
  const mean = pmf.reduce((sum, p, months) => sum + p * months, 0);
  const list = pmf.map((p) => percent(p, { decimals: 0 })).join(" ; ");
  return {
    text: t("deals.months_short", { number: decimal(mean, 1) }),
    title: t("deals.slippage_pmf_title", { list }),
  };
}

function resultText({ result }: Row, key: ColumnKey): CellText {
  if (!result) return NOTHING;
  const { swingError } = result;
  const share = (value: number): CellText => ({
    text: value === 0 ? percent(0, { decimals: 0 }) : percent(value),
    title: exactPercent(value),
  });
  switch (key) {
    case "prob_won_in_window":
      return share(result.deal.prob_won_in_window);
    case "prob_won_late":
      return share(result.deal.prob_won_late);
    case "prob_lost":
      return share(result.deal.prob_lost);
    case "swing":
      return { text: fixed(100 * result.swing, decimalsFor(swingError)), title: exactPercent(result.swing) };
    case "variance_share":
      return { text: percent(result.varianceShare), title: exactPercent(result.varianceShare) };
    default:
      return { text: "" };
  }
}

/** A number as the reader would type it. */
export function editableNumber(value: number): string {
  const key = `${locale()} typed`;
  const options = { useGrouping: false, maximumFractionDigits: 12 };
  const format = formats.get(key) ?? new Intl.NumberFormat(locale(), options);
  formats.set(key, format);
  return format.format(value);
}

/** A rate as the reader would type it: `28 %`, `3/5`. */
export function rateText(rate: Rate): string {
  if (typeof rate !== "number") return `${editableNumber(rate.won)}/${editableNumber(rate.closed)}`;
  return `${editableNumber(Number((100 * rate).toPrecision(12)))}${locale() === "fr" ? "\u202f" : ""}%`;
}

/** What an editor starts with: the value as the reader would type it. */
export function editText(row: Row, key: ColumnKey): string {
  const { deal } = row;
  switch (key) {
    case "amount":
      return typeof deal.amount === "number" ? editableNumber(deal.amount) : "";
    case "win_probability":
      return deal.win_probability === undefined ? "" : rateText(deal.win_probability);
    case "age_days":
      return deal.age_days === undefined ? "" : editableNumber(deal.age_days);
    case "name":
    case "deal_id":
    case "owner":
    case "segment":
    case "source":
      return deal[key] ?? "";
    default:
      return "";
  }
}
