/** Changes in words: “Win rate, stage Demo: odds × 1.5”. Pure. */
import { decimal, percent } from "../format.js";
import type { Change, Lever, Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { quantityText } from "../inputs/words.js";
import { type Input, inputAt } from "./inputs.js";
import { operationOf } from "./levers.js";
import { signed } from "./outcomes.js";
import { sameValue } from "./pointer.js";

/** What a change does. An input that the page does not know is named by its pointer. */
export function changeText(change: Change | undefined, inputs: readonly Input[], scenario: Scenario): string {
  const found = change && operationOf(change);
  if (!change || !found) return "";
  const input = inputAt(change.at, inputs, scenario);
  const name = input?.name ?? change.at;
  return t("compare.change", { name, change: amountText(found.operation, found.value, input, scenario) });
}

/** The inputs that a lever moves, by name. */
export function movedInputs(lever: Lever, inputs: readonly Input[], scenario: Scenario): string {
  const sized = lever.changes.filter((change) => typeof operationOf(change)?.value === "number");
  return [...new Set(sized.map(({ at }) => inputAt(at, inputs, scenario)?.name ?? at))].join(", ");
}

/** The size of a change with its unit. */
export function amountText(
  operation: string,
  value: unknown,
  input: Input | undefined,
  { currency = "EUR" }: Scenario,
): string {
  const chosen = operation === "set" && input?.choices?.find((choice) => sameValue(choice.value, value));
  if (chosen) return chosen.name;
  if (typeof value === "boolean") return t(value ? "compare.yes" : "compare.no");
  if (value === null) return t("compare.removed");
  // A rule as a whole.
  if (typeof value === "object" && "enabled" in value)
    return t(value.enabled === false ? "compare.no" : "compare.yes");
  if (typeof value !== "number") return JSON.stringify(value);
  const unit = input?.unit ?? "plain";
  switch (operation) {
    case "multiply":
      return signed(percent(value - 1, { decimals: 0 }), value - 1);
    case "log_odds":
      return t("compare.odds_times", { factor: decimal(Math.exp(value), 2) });
    case "add":
      return signed(quantityText(value, unit, currency), value);
    default:
      return quantityText(value, unit, currency);
  }
}
