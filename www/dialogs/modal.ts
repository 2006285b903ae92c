/** A modal dialog: the browser's own, closed by Escape, by its button and by a click beside it. */
import { html, type TemplateResult } from "lit";
import { t } from "../i18n.js";
import { PageElement } from "../ui/element.js";

export abstract class Modal extends PageElement {
  protected abstract heading(): string;
  protected abstract body(): TemplateResult;

  protected get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  protected async show(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    if (this.dialog && !this.dialog.open) this.dialog.showModal();
  }

  close(): void {
    this.dialog?.close();
  }

  protected override render(): TemplateResult {
    const titleId = `${this.localName}-title`;
    return html`<dialog aria-labelledby=${titleId} @click=${this.#closeBeside}>
      <div class="dialog-body">
        <header>
          <h2 id=${titleId}>${this.heading()}</h2>
          <button class="quiet icon" aria-label=${t("app.close")} @click=${() => this.close()}>✕</button>
        </header>
        ${this.body()}
      </div>
    </dialog>`;
  }

  #closeBeside(event: MouseEvent): void {
    if (event.target === this.dialog) this.close();
  }
}
