/** What is read first in any view: a sentence whose figures open their definitions, read out when it changes. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { type MessageKey, t } from "../i18n.js";
import { PageElement } from "../ui/element.js";
import { showDefinition } from "../ui/events.js";
import { plain, type Sentence } from "./sentence.js";

/** Quiet time before a changed sentence is read out: a drag is one announcement, not fifty. */
const ANNOUNCE_AFTER_MS = 900;

export interface Figure {
  readonly id: DefinitionId;
  readonly label: MessageKey;
  readonly value: string;
  /** The figure with all its digits. */
  readonly exact: string;
}

/** The sentence, the range, and what stands beside them. */
export interface Spoken {
  readonly sentence: Sentence;
  /** Which definition a figure of the sentence opens. */
  readonly places: Readonly<Record<string, DefinitionId>>;
  readonly mark: unknown;
  readonly range: readonly Figure[];
  readonly beside: readonly Figure[];
  /** What else is said, under the sentence. */
  readonly also?: TemplateResult | undefined;
}

export abstract class SpokenHeadline extends PageElement {
  @state() private announced = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending = "";

  /** What to say; absent: nothing yet. */
  protected abstract spoken(): Spoken | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const spoken = this.spoken();
    if (!spoken) return nothing;
    const { sentence, range, beside, mark, also } = spoken;
    this.#pending = plain(sentence);
    return html`
      <h1 class="sentence" id="sentence">${this.marked(sentence, spoken.places)}</h1>
      <p class="visually-hidden" aria-live="polite" aria-atomic="true" id="announcement">${this.announced}</p>
      ${also ?? nothing} ${mark}
      ${this.#figures("range", range)} ${this.#figures("beside", beside)}
    `;
  }

  protected override updated(_: PropertyValues): void {
    if (this.#pending === this.announced) return;
    clearTimeout(this.#timer);
    const text = this.#pending;
    this.#timer = setTimeout(() => {
      this.announced = text;
    }, ANNOUNCE_AFTER_MS);
  }

  /** A sentence with its figures as buttons. */
  protected marked(sentence: Sentence, places: Readonly<Record<string, DefinitionId>>) {
    return sentence.map((piece) => {
      if (typeof piece === "string") return piece;
      const id = places[piece.name];
      if (!id) return html`<span class="figure-${piece.name}">${piece.text}</span>`;
      return html`<button
        class="figure figure-${piece.name}"
        title=${t("app.show_the_math")}
        @click=${() => showDefinition(this, id)}
        >${piece.text}</button
      >`;
    });
  }

  #figures(kind: "range" | "beside", figures: readonly Figure[]) {
    return figures.length > 0
      ? html`<dl class=${kind}>${figures.map((figure) => this.#figure(figure))}</dl>`
      : nothing;
  }

  #figure(figure: Figure) {
    return html`<div>
      <dt>${t(figure.label)}</dt>
      <dd>
        <button class="figure" title=${`${figure.exact} · ${t("app.show_the_math")}`} @click=${() => showDefinition(this, figure.id)}>
          ${figure.value}
        </button>
      </dd>
    </div>`;
  }
}
