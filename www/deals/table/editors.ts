/** Editors inside a cell, and what they make of what was typed. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Deal, ForecastCategory, Scenario } from "../../generated/dealcast.js";
import { locale, type MessageKey, t } from "../../i18n.js";
import type { DraftEdit } from "../events.js";
import type { Column, ColumnKey, Row } from "./columns.js";
import { setField } from "./edits.js";
import { parseAmount, parseNumber, parseRate } from "./parse.js";
import { monthText } from "./show.js";

/** The open editor: which cell, what stands in it, and whether that was understood. */
export interface Editing {
  readonly index: number;
  readonly key: ColumnKey;
  readonly text: string;
  /** The text differs from what the editor started with. */
  readonly touched: boolean;
  readonly problem: MessageKey | undefined;
}

/** What a finished editor asks for: an edit, nothing to do, or a text that was not understood. */
export type Outcome =
  | { readonly edit: DraftEdit }
  | { readonly unchanged: true }
  | { readonly problem: MessageKey };

/** The edit that a typed text stands for. */
export function outcomeOf(row: Row, key: ColumnKey, text: string): Outcome {
  const { index, deal } = row;
  const typed = text.trim();
  switch (key) {
    case "name":
    case "owner":
    case "segment":
    case "source":
    case "stage":
      return change(deal, index, key, typed === "" ? undefined : typed);
    case "deal_id":
      return typed === "" ? { problem: "deals.needed" } : change(deal, index, key, typed);
    case "forecast_category":
      return change(deal, index, key, typed === "" ? undefined : (typed as ForecastCategory));
    case "expected_close_month":
      return change(deal, index, key, Number(typed));
    case "amount": {
      const parsed = parseAmount(text, locale());
      if (!parsed.ok) return { problem: "deals.not_an_amount" };
      return parsed.value === undefined
        ? { problem: "deals.needed" }
        : change(deal, index, key, parsed.value);
    }
    case "win_probability": {
      const parsed = parseRate(text, locale());
      return parsed.ok ? change(deal, index, key, parsed.value) : { problem: "deals.not_a_rate" };
    }
    case "age_days": {
      const parsed = parseNumber(text, locale());
      return parsed.ok ? change(deal, index, key, parsed.value) : { problem: "deals.not_a_number" };
    }
    default:
      return { unchanged: true };
  }
}

function change<K extends keyof Deal>(
  deal: Deal,
  index: number,
  key: K,
  value: Deal[K] | undefined,
): Outcome {
  return JSON.stringify(deal[key]) === JSON.stringify(value)
    ? { unchanged: true }
    : { edit: setField(index, key, value) };
}

/** Fields that may be emptied with Delete. */
export const CLEARABLE: ReadonlySet<ColumnKey> = new Set<ColumnKey>([
  "name",
  "owner",
  "segment",
  "source",
  "stage",
  "win_probability",
  "meddic",
  "slippage",
  "age_days",
  "forecast_category",
]);

/** A choice of a list: its value in the document and its words. */
interface Choice {
  readonly value: string;
  readonly text: string;
}

/** The choices of a cell; what the deal has is always among them. */
export function choicesFor(row: Row, key: ColumnKey, scenario: Scenario): Choice[] {
  const section = scenario.open_pipeline;
  if (key === "stage") {
    const names = (section?.stages ?? []).map(({ stage }) => stage);
    if (row.deal.stage && !names.includes(row.deal.stage)) names.push(row.deal.stage);
    return [{ value: "", text: t("deals.no_stage") }, ...names.map((name) => ({ value: name, text: name }))];
  }
  if (key === "forecast_category") {
    const categories = ["commit", "best_case", "pipeline", "omitted"] as const;
    const named = categories.map((value) => ({ value, text: t(`deals.category_${value}`) }));
    return [{ value: "", text: t("deals.no_category") }, ...named];
  }
  const last = Math.max(section?.horizon_months ?? 0, section?.target_window?.last_month ?? 3, 12);
  const months = Array.from({ length: last }, (_, index) => index + 1);
  const own = row.deal.expected_close_month;
  if (!months.includes(own)) months.push(own);
  return months.map((month) => ({ value: String(month), text: monthText(scenario.start_month, month) }));
}

/** The value of a choice cell, as its list writes it. */
export function choiceValue(row: Row, key: ColumnKey): string {
  if (key === "stage") return row.deal.stage ?? "";
  if (key === "forecast_category") return row.deal.forecast_category ?? "";
  return String(row.deal.expected_close_month);
}

/** The editor of a cell. The table listens to its events. */
export function editor(row: Row, column: Column, editing: Editing, scenario: Scenario): TemplateResult {
  const label = t("deals.edit_label", { field: t(column.label), name: row.deal.name || row.deal.deal_id });
  if (column.editor === "choice") {
    const choices = choicesFor(row, column.key, scenario);
    return html`<select data-focus class="dc-cell-input" aria-label=${label} .value=${live(editing.text)}>
      ${choices.map(({ value, text }) => html`<option value=${value} ?selected=${value === editing.text}>${text}</option>`)}
    </select>`;
  }
  const list = column.key === "owner" || column.key === "segment" || column.key === "source";
  const hint = editing.problem ?? hintOf(column.key);
  return html`<input
      data-focus
      class="dc-cell-input"
      type="text"
      autocomplete="off"
      spellcheck="false"
      inputmode=${column.editor === "number" || column.editor === "amount" ? "decimal" : nothing}
      aria-label=${label}
      aria-invalid=${editing.problem ? "true" : nothing}
      aria-describedby=${hint ? "dc-cell-hint" : nothing}
      list=${list ? `dc-list-${column.key}` : nothing}
      .value=${live(editing.text)}
    />
    ${hint ? html`<span id="dc-cell-hint" class=${editing.problem ? "dc-hint dc-problem" : "dc-hint"} role=${editing.problem ? "alert" : nothing}>${t(hint)}</span>` : nothing}`;
}

function hintOf(key: ColumnKey): MessageKey | undefined {
  if (key === "win_probability") return "deals.rate_hint";
  if (key === "amount") return "deals.amount_hint";
  return undefined;
}
