/** Entries of a question that are no part of the document. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { parseAmount, parseNumber } from "../deals/table/parse.js";
import { editable, monthName } from "../format.js";
import type { Scenario } from "../generated/dealcast.js";
import { locale } from "../i18n.js";
import { unitSign } from "../inputs/number-field.js";
import type { Scale } from "./levers.js";

/** A number that is no part of the document. */
export function numberEntry(
  scenario: Scenario,
  id: string,
  label: string,
  value: number,
  unit: Scale["unit"],
  take: (value: number) => void,
): TemplateResult {
  const percent = unit === "percent";
  const text = editable(percent ? 100 * value : value, 8);
  return html`<label for=${id}>${label}</label>
    <span class="entry narrow">
      <input
        id=${id}
        type="text"
        inputmode="decimal"
        autocomplete="off"
        .value=${text}
        @change=${(event: Event) => {
          const field = event.target as HTMLInputElement;
          const parsed = unit.startsWith("money")
            ? parseAmount(field.value, locale())
            : parseNumber(field.value.replace(/[%×]\s*$/, ""), locale());
          // What is no number is not taken: the field shows the last one that was.
          if (!parsed.ok || parsed.value === undefined) field.value = text;
          else take(percent ? Number((parsed.value / 100).toPrecision(14)) : parsed.value);
        }}
      />
      <span class="unit" aria-hidden="true">${unitSign(unit, scenario)}</span>
    </span>`;
}

/** A month among those of the outcome; `empty` names what holds where none is chosen. */
export function monthChoice(
  start: string | undefined,
  id: string,
  label: string,
  chosen: number | undefined,
  { first, last }: { readonly first: number; readonly last: number },
  take: (month: number | undefined) => void,
  empty?: string,
): TemplateResult {
  const months = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return html`<label for=${id}>${label}</label>
    <select id=${id} @change=${(event: Event) => take(Number((event.target as HTMLSelectElement).value) || undefined)}>
      ${empty === undefined ? nothing : html`<option value="" .selected=${live(chosen === undefined)}>${empty}</option>`}
      ${months.map((month) => html`<option value=${month} .selected=${live(month === chosen)}>${monthName(start, month)}</option>`)}
    </select>`;
}
