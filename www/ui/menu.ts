/** A button that opens a list of choices; Escape, a choice or a click elsewhere closes it. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { activeIn } from "./root.js";

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly chosen?: boolean;
  /** Heading under which it stands with those before and after it that have the same one. */
  readonly group?: string;
}

/** Fires `choose` with the id of the choice. */
@customElement("dc-menu")
export class Menu extends LitElement {
  @property() label = "";
  /** Said before the label to those who do not see the page: “Language”. */
  @property() hint = "";
  @property({ attribute: false }) choices: readonly Choice[] = [];
  @query("details") private details!: HTMLDetailsElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#onElsewhere);
    this.addEventListener("keydown", this.#onKey);
    this.addEventListener("focusout", this.#onFocusOut);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#onElsewhere);
  }

  protected override render(): TemplateResult {
    return html`<details class="menu">
      <summary>${this.hint ? html`<span class="visually-hidden">${this.hint}: </span>` : nothing}${this.label}</summary>
      <ul>
        ${this.choices.map(
          (choice, index) => html`${
            choice.group && choice.group !== this.choices[index - 1]?.group
              ? html`<li class="menu-group">${choice.group}</li>`
              : nothing
          }<li>
            <button
              aria-current=${choice.chosen ? "true" : "false"}
              @click=${() => this.#choose(choice.id)}
            >
              <span>${choice.label}</span>
              ${choice.note ? html`<small>${choice.note}</small>` : ""}
            </button>
          </li>`,
        )}
      </ul>
    </details>`;
  }

  #choose(id: string): void {
    this.#close();
    this.dispatchEvent(new CustomEvent("choose", { detail: { id } }));
  }

  #close(): void {
    this.details.open = false;
    this.querySelector("summary")?.focus();
  }

  #onElsewhere = (event: Event): void => {
    if (this.details?.open && !event.composedPath().includes(this)) this.details.open = false;
  };

  #onFocusOut = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    if (this.details?.open && next instanceof Node && !this.contains(next)) this.details.open = false;
  };

  #onKey = (event: KeyboardEvent): void => {
    if (!this.details.open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.querySelectorAll<HTMLButtonElement>("li button")];
    const at = buttons.indexOf(activeIn(this) as HTMLButtonElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  };
}

declare global {
  interface HTMLElementEventMap {
    choose: CustomEvent<{ readonly id: string }>;
  }
}
