/** Base of the page's larger parts: light DOM, shared style sheet, redrawn when state or language change. */
import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { Localized } from "../i18n.js";
import type { Store } from "../state/store.js";

export abstract class PageElement extends LitElement {
  @property({ attribute: false }) store!: Store;

  readonly localized = new Localized(this);
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.store.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
