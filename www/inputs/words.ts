/** Values of assumptions as words: with their unit, as ranges where they are uncertain. Pure. */
import { decimal, money, percent } from "../format.js";
import type { Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import type { Unit } from "./number-field.js";
import { isLaw, likelyOf, type Quantifiable, quantityOf } from "./quantity.js";

/** A number of an assumption with its unit. */
export function quantityText(value: number, unit: Unit, currency: string): string {
  switch (unit) {
    case "money":
      return money(value, currency);
    case "money_monthly":
      return `${money(value, currency)}/${t("app.unit_month")}`;
    case "percent":
      return percent(value, { decimals: Number.isInteger(Math.round(1e6 * value) / 1e4) ? 0 : 1 });
    case "per_month":
      return `${decimal(value, 2)}/${t("app.unit_month")}`;
    case "months":
      return t("app.months", { count: Number(value.toFixed(1)) });
    case "days":
      return t("app.days", { count: Number(value.toFixed(1)) });
    case "hours":
      return `${decimal(value, 2)} ${t("app.unit_hours")}`;
    case "fte":
      return `${decimal(value, 2)} ${t("app.unit_fte")}`;
    default:
      return decimal(value, 2);
  }
}

/** What a document assumes for a field: “30 k€ (24 k€ to 39 k€)”. */
export function assumption(scenario: Scenario, field: Quantifiable): string {
  const currency = scenario.currency ?? "EUR";
  const likely = likelyOf(scenario, field);
  if (likely === undefined) return t("app.none");
  const value = quantityOf(scenario, field);
  const text = quantityText(likely, field.unit, currency);
  if (!isLaw(value) || value.min === undefined || value.max === undefined) return text;
  // The unit of the likely value says that of its ends, except for money and percent, whose signs belong to them.
  const signed = field.unit.startsWith("money") || field.unit === "percent";
  const end = (bound: number) => (signed ? quantityText(bound, field.unit, currency) : decimal(bound, 2));
  const [low, high] = [end(value.min), end(value.max)];
  return t("app.likely_range", { likely: text, low, high });
}
