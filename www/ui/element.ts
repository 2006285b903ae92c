/** Base of the page's larger parts: light DOM, shared style sheet, redrawn when state or language change. */
import { LitElement, type PropertyValues } from "lit";
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

  /** A part that left the page has nothing to draw: the document may not hold what it shows any more. */
  protected override shouldUpdate(_: PropertyValues): boolean {
    return this.isConnected;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
