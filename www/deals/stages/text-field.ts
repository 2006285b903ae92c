/** A small text field that hands over a value when it is left; what is not understood stays, with the reason. */
import { html, nothing, type TemplateResult } from "lit";
import { isUnder, sentenceOf } from "../../errors.js";
import type { InputError, Scenario } from "../../generated/dealcast.js";
import { type Locale, locale, type MessageKey, t } from "../../i18n.js";
import type { Parsed } from "../table/parse.js";

export interface FieldSpec<T> {
  /** JSON pointer of the value: its errors show here, and links to errors find the field. */
  readonly path: string;
  readonly label: string;
  /** Whether the label is on screen, or for screen readers alone. */
  readonly visible?: boolean;
  readonly text: string;
  readonly parse: (text: string, language: Locale) => Parsed<T>;
  readonly problem: MessageKey;
  readonly take: (value: T | undefined) => void;
  readonly placeholder?: string;
  readonly numeric?: boolean;
  /** Beside the label: makes it a lever. */
  readonly lever?: TemplateResult;
}

/** Fields of one element, with what was typed and not understood. */
export class TextFields {
  readonly #refused = new Map<string, MessageKey>();

  constructor(private readonly redraw: () => void) {}

  field<T>(spec: FieldSpec<T>, errors: readonly InputError[], scenario: Scenario): TemplateResult {
    const id = `field${spec.path.replaceAll("/", "-")}`;
    const refused = this.#refused.get(spec.path);
    const sentences = refused
      ? [t(refused)]
      : errors.filter((error) => isUnder(error.path, spec.path)).map((error) => sentenceOf(error, scenario));
    const faulty = sentences.length > 0;
    const onChange = (event: Event) => {
      const parsed = spec.parse((event.target as HTMLInputElement).value, locale());
      if (parsed.ok) this.#refused.delete(spec.path);
      else this.#refused.set(spec.path, spec.problem);
      this.redraw();
      if (parsed.ok) spec.take(parsed.value);
    };
    const name = html`<label for=${id} class=${spec.visible ? nothing : "dc-hidden"}>${spec.label}</label>`;
    return html`<div class="dc-field">
      ${spec.lever ? html`<span>${name}${spec.lever}</span>` : name}
      <input
        id=${id}
        type="text"
        autocomplete="off"
        spellcheck="false"
        inputmode=${spec.numeric ? "decimal" : nothing}
        placeholder=${spec.placeholder ?? nothing}
        aria-invalid=${faulty ? "true" : nothing}
        aria-describedby=${faulty ? `${id}-problem` : nothing}
        .value=${spec.text}
        @change=${onChange}
      />
      ${faulty ? html`<p class="dc-field-problem" id="${id}-problem">${sentences.join(" ")}</p>` : nothing}
    </div>`;
  }
}

/** Any text; an empty one is a text too. */
export function parseText(text: string): Parsed<string> {
  return { ok: true, value: text.trim() };
}
