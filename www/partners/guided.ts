/** The guided entry: five questions, one at a time, each with its default and where that comes from. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { parseAmount, parseNumber } from "../deals/table/parse.js";
import { Modal } from "../dialogs/modal.js";
import { decimal } from "../format.js";
import { locale, t } from "../i18n.js";
import { unitSign } from "../inputs/number-field.js";
import type { Field, PnlField } from "./fields.js";
import { type Answers, firstAnswers, planOf, QUESTIONS } from "./questions.js";
import { dated } from "./starter.js";

@customElement("dc-guided")
export class GuidedEntry extends Modal {
  @state() private step = 0;
  @state() private answers: Answers = {};
  /** What was typed that is no answer, by field. */
  @state() private wrong: ReadonlyMap<string, string> = new Map();

  open(): void {
    this.step = 0;
    this.wrong = new Map();
    this.answers = firstAnswers(this.store.scenario);
    void this.show().then(() => this.#focus());
  }

  protected override heading(): string {
    return t("partners.guided_title", { step: this.step + 1, steps: QUESTIONS.length });
  }

  protected override body(): TemplateResult {
    const question = QUESTIONS[this.step];
    if (!question) return html`${nothing}`;
    const last = this.step === QUESTIONS.length - 1;
    return html`<form class="question" novalidate @submit=${this.#onSubmit}>
      <progress max=${QUESTIONS.length} .value=${this.step + 1} aria-hidden="true"></progress>
      <p class="ask" id="ask">${t(`partners.ask_${question.id}`)}</p>
      ${question.fields.map((field) => this.#field(field))}
      <p class="help" id="ask-source">${t("app.source")}${t("app.colon")}${t(`partners.ask_${question.id}_source`)}</p>
      <p class="ways">
        ${
          this.step > 0
            ? html`<button type="button" class="framed" @click=${() => this.#go(this.step - 1)}>${t("partners.back")}</button>`
            : nothing
        }
        <button type="submit" class="main">${t(last ? "partners.see_plan" : "partners.next")}</button>
      </p>
      ${last ? html`<p class="help">${t("partners.guided_ranges")}</p>` : nothing}
    </form>`;
  }

  #field(field: Field): TemplateResult {
    const id = `ask-${field.name}`;
    const typed = this.wrong.get(field.name);
    const value = this.answers[field.name as PnlField];
    // Set when the answer changes, not at every drawing: a report that arrives takes nothing from who is typing.
    const shown = value === undefined ? "" : decimal(field.unit === "percent" ? 100 * value : value, 6);
    return html`<div class="field" ?data-bad=${typed !== undefined}>
      <label for=${id}>${t(`partners.${field.name}`)}</label>
      <span class="entry">
        <input
          id=${id}
          type="text"
          inputmode="decimal"
          autocomplete="off"
          .value=${typed ?? shown}
          aria-invalid=${typed === undefined ? "false" : "true"}
          aria-describedby=${typed === undefined ? `${id}-help ask-source` : `${id}-problem ${id}-help ask-source`}
          @change=${(event: Event) => this.#take(field, (event.target as HTMLInputElement).value)}
        />
        <span class="unit" aria-hidden="true">${unitSign(field.unit, this.store.scenario)}</span>
      </span>
      <p class="help" id="${id}-help">${t(`partners.${field.name}_help`)}</p>
      ${typed === undefined ? nothing : html`<p class="problem" id="${id}-problem">${this.#bounds(field)}</p>`}
    </div>`;
  }

  #bounds({ unit, minimum, maximum }: Field): string {
    const write = (value: number) =>
      unit === "percent" ? `${decimal(100 * value)}\u202f%` : decimal(value, 2);
    return t("partners.between", { low: write(minimum), high: write(maximum) });
  }

  /** Keeps an answer, or what was typed in its place. */
  #take(field: Field, text: string): void {
    const { unit, minimum, maximum } = field;
    const parsed =
      unit === "money" ? parseAmount(text, locale()) : parseNumber(text.replace(/%\s*$/, ""), locale());
    const wrong = new Map(this.wrong);
    const number = parsed.ok ? parsed.value : undefined;
    const value =
      number !== undefined && unit === "percent" ? Number((number / 100).toPrecision(12)) : number;
    const whole = field.varies || value === undefined || Number.isInteger(value);
    if (value === undefined || !(value >= minimum && value <= maximum) || !whole) wrong.set(field.name, text);
    else {
      wrong.delete(field.name);
      this.answers = { ...this.answers, [field.name]: value };
    }
    this.wrong = wrong;
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    for (const field of QUESTIONS[this.step]?.fields ?? []) {
      const input = this.querySelector<HTMLInputElement>(`#ask-${field.name}`);
      if (input) this.#take(field, input.value);
    }
    if (this.wrong.size > 0) {
      void this.updateComplete.then(() =>
        this.querySelector<HTMLElement>('.question [aria-invalid="true"]')?.focus(),
      );
      return;
    }
    if (this.step < QUESTIONS.length - 1) this.#go(this.step + 1);
    else this.#finish();
  }

  #go(step: number): void {
    this.wrong = new Map();
    this.step = step;
    void this.updateComplete.then(() => this.#focus());
  }

  #focus(): void {
    this.querySelector<HTMLInputElement>(".question input")?.select();
  }

  #finish(): void {
    const { answers } = this;
    this.close();
    this.store.edit(t("partners.guided_step"), (draft) => {
      draft.partner_pnl = planOf(answers, this.store.scenario.partner_pnl);
      dated(draft);
    });
    this.dispatchEvent(new CustomEvent("guided-done", { bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-guided": GuidedEntry;
  }
  interface HTMLElementEventMap {
    "guided-done": CustomEvent<undefined>;
  }
}
