/**
 * One number of the scenario: label, unit, help, bounds, and its errors. What is typed applies while it
 * is typed as soon as it is a number inside the bounds, and whatever it is on leaving the field; a text
 * that is no number stays in the field, with its error, and the document keeps the last value.
 */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { type Parsed, parseAmount, parseNumber } from "../deals/table/parse.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { isUnder, sentenceOf } from "../errors.js";
import { currencySign, editable } from "../format.js";
import type { Scenario } from "../generated/dealcast.js";
import { locale, type MessageKey, t } from "../i18n.js";
import { defineButton } from "../ui/define.js";
import { PageElement } from "../ui/element.js";
import { leverButton } from "../ui/lever.js";
import { activeIn } from "../ui/root.js";

export type Unit =
  | "money"
  | "money_monthly"
  | "percent"
  | "count"
  | "per_month"
  | "fte"
  | "months"
  | "days"
  | "hours"
  | "points"
  | "plain";

export interface NumberSpec {
  /** JSON pointer of the value. */
  readonly path: string;
  /** Its id on the page, where the value stands on it twice; else that of the pointer. */
  readonly id?: string;
  readonly label: MessageKey;
  readonly help?: MessageKey | undefined;
  /** Definition that the sign beside the label opens. */
  readonly define?: DefinitionId;
  readonly unit: Unit;
  /** Bounds and step, in the document's unit. */
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  /** What the engine takes when the document says nothing. */
  readonly fallback?: number;
  /** Whether the document can go without, with no default. */
  readonly optional?: true;
  /** Range of a slider under the number. */
  readonly slider?: { readonly minimum: number; readonly maximum: number };
  /** Whether the plans of a comparison can move it. */
  readonly lever?: true;
  /** Words at the ends of the slider. */
  readonly ends?: readonly [MessageKey, MessageKey];
  read(scenario: Scenario): number | undefined | null;
  write(scenario: Scenario, value: number | undefined): void;
}

@customElement("dc-number-field")
export class NumberField extends PageElement {
  @property({ attribute: false }) spec!: NumberSpec;
  /** What is typed, while it is typed or while the document cannot hold it. */
  #typed: string | undefined;

  protected override render(): TemplateResult {
    const { spec } = this;
    const id = spec.id ?? fieldId(spec.path);
    const value = spec.read(this.store.scenario);
    const errors = this.store.errors.filter((error) => isUnder(error.path, spec.path));
    const hasOwnError = errors.some((error) => error.path === spec.path);
    const describedBy = [
      spec.help ? `${id}-help` : "",
      ...errors.map((_, index) => `${id}-error-${index}`),
    ].filter(Boolean);
    const slider = spec.slider;
    return html`<div class="field" ?data-bad=${hasOwnError}>
      <span class="name">
        <label for=${id}>${t(spec.label)}</label>${spec.define ? defineButton(spec.define) : nothing}${
          spec.lever && (value ?? spec.fallback) !== undefined
            ? leverButton(spec.path, t(spec.label))
            : nothing
        }
      </span>
      <span class="entry">
        <input
          id=${id}
          type="text"
          inputmode="decimal"
          autocomplete="off"
          .value=${live(this.#typed ?? (value == null ? "" : this.#text(value)))}
          placeholder=${ifDefined(spec.fallback === undefined ? undefined : this.#text(spec.fallback, 6))}
          aria-invalid=${hasOwnError ? "true" : "false"}
          aria-describedby=${ifDefined(describedBy.length ? describedBy.join(" ") : undefined)}
          @input=${this.#onInput}
          @change=${this.#onChange}
          @keydown=${this.#onKey}
        />
        <span class="unit" aria-hidden="true">${unitSign(spec.unit, this.store.scenario)}</span>
      </span>
      ${slider ? this.#slider(slider, value ?? spec.fallback ?? slider.minimum) : nothing}
      ${spec.help ? html`<p class="help" id="${id}-help">${t(spec.help)}</p>` : nothing}
      ${errors.map(
        (error, index) =>
          html`<p class="problem" id="${id}-error-${index}">${sentenceOf(error, this.store.scenario)}</p>`,
      )}
    </div>`;
  }

  #slider(range: { minimum: number; maximum: number }, value: number) {
    const { spec } = this;
    return html`<span class="slide">
      <input
        type="range"
        min=${range.minimum}
        max=${range.maximum}
        step=${spec.step}
        .value=${live(String(value))}
        aria-label=${t(spec.label)}
        aria-valuetext=${`${this.#text(value)} ${unitSign(spec.unit, this.store.scenario)}`}
        @input=${(event: InputEvent) => this.#apply(Number((event.target as HTMLInputElement).value))}
        @change=${() => this.store.endGesture()}
      />
      ${
        spec.ends
          ? html`<span class="ends" aria-hidden="true"><span>${t(spec.ends[0])}</span><span>${t(spec.ends[1])}</span></span>`
          : nothing
      }
    </span>`;
  }

  /** A value as it is edited: the reader's decimal sign, all digits. */
  #text(value: number, digits = 12): string {
    const shown = this.spec.unit === "percent" ? 100 * value : value;
    return editable(shown, digits, ["money", "money_monthly", "count"].includes(this.spec.unit));
  }

  #parse(text: string): Parsed<number> {
    const { unit } = this.spec;
    if (unit === "money" || unit === "money_monthly") return parseAmount(text, locale());
    const parsed = parseNumber(text.replace(/[%×]\s*$/, ""), locale());
    if (!parsed.ok || parsed.value === undefined || unit !== "percent") return parsed;
    return { ok: true, value: Number((parsed.value / 100).toPrecision(14)) };
  }

  #onInput(event: InputEvent): void {
    this.#typed = (event.target as HTMLInputElement).value;
    const parsed = this.#parse(this.#typed);
    if (!parsed.ok || parsed.value === undefined) return;
    if (parsed.value >= this.spec.minimum && parsed.value <= this.spec.maximum) this.#apply(parsed.value);
  }

  #onChange(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    const parsed = this.#parse(text);
    const required = this.spec.fallback === undefined && !this.spec.optional;
    if (!parsed.ok || (required && parsed.value === undefined)) {
      this.#typed = text;
      const code = parsed.ok ? "missing_field" : "wrong_type";
      const params = parsed.ok ? {} : { expected: "number", found: "text" };
      this.store.setFieldError(this.spec.path, { code, path: this.spec.path, params });
      return;
    }
    this.#typed = undefined;
    this.store.setFieldError(this.spec.path, undefined);
    this.#apply(parsed.value);
    this.store.endGesture();
    this.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const { spec } = this;
    const from = spec.read(this.store.scenario) ?? spec.fallback ?? spec.minimum;
    const moved = from + direction * spec.step * (event.shiftKey ? 10 : 1);
    const value = Number(Math.min(spec.maximum, Math.max(spec.minimum, moved)).toPrecision(12));
    this.#typed = undefined;
    this.store.setFieldError(spec.path, undefined);
    this.#apply(value);
  }

  #apply(value: number | undefined): void {
    const { spec } = this;
    this.store.edit(t("app.changed", { what: t(spec.label) }), (draft) => spec.write(draft, value), {
      gesture: spec.path,
    });
  }

  protected override willUpdate(): void {
    // The typed text gives way once the store forgot its error (undo, another file) and the hand is elsewhere.
    const focused = this.querySelector("input") === activeIn(this);
    const refused = this.store.errors.some((error) => error.path === this.spec.path);
    if (!focused && !refused) this.#typed = undefined;
  }
}

/** The id of the field of a pointer, which error lists link to. */
export function fieldId(path: string): string {
  return `field${path.replaceAll("/", "-")}`;
}

export function unitSign(unit: Unit, scenario: Scenario): string {
  switch (unit) {
    case "money":
      return currencySign(scenario.currency ?? "EUR");
    case "money_monthly":
      return `${currencySign(scenario.currency ?? "EUR")}/${t("app.unit_month")}`;
    case "percent":
      return "%";
    case "per_month":
      return `/${t("app.unit_month")}`;
    case "fte":
      return t("app.unit_fte");
    case "months":
      return t("app.unit_months");
    case "days":
      return t("app.unit_days");
    case "hours":
      return t("app.unit_hours");
    case "points":
      return t("app.unit_of_six");
    case "count":
    case "plain":
      return "";
  }
}
