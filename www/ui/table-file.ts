/** `<dc-table-file>`: a table of the page to take away, as a spreadsheet of the page's language reads it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { copyText, fileName, saveFile } from "../charts/export.js";
import { type Table, toCsv } from "../charts/table.js";
import { Localized, t } from "../i18n.js";

@customElement("dc-table-file")
export class TableFile extends LitElement {
  readonly localized = new Localized(this);
  /** Name of the table, for the buttons and the file. */
  @property({ attribute: false }) name = "";
  /** The table when it is asked for. */
  @property({ attribute: false }) table: (() => Table) | undefined;
  /** What became of the copy; a text where the browser refuses the clipboard. */
  @state() private note: { readonly message: string; readonly text?: string } | undefined;

  protected override render(): TemplateResult {
    const button = (words: string, action: () => void) =>
      html`<button class="quiet" aria-label=${`${words}${t("app.colon")}${this.name}`} @click=${action}>${words}</button>`;
    return html`<p class="table-file">
        ${button(t("app.copy_csv"), () => void this.#copy())} ${button(t("app.save_csv"), () => this.#save())}
        <span role="status">${this.note?.message ?? nothing}</span>
      </p>
      ${
        this.note?.text === undefined
          ? nothing
          : html`<textarea readonly aria-label=${this.name} .value=${this.note.text}></textarea>`
      }`;
  }

  protected override updated(_: PropertyValues): void {
    this.querySelector("textarea")?.select();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #text(): string {
    return this.table ? toCsv(this.table()) : "";
  }

  async #copy(): Promise<void> {
    const text = this.#text();
    this.note = (await copyText(text))
      ? { message: t("charts.copied") }
      : { message: t("charts.copy_refused"), text };
  }

  #save(): void {
    saveFile(fileName(this.name, "csv"), new Blob([`\ufeff${this.#text()}`], { type: "text/csv" }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-table-file": TableFile;
  }
}
