/** `<dc-table-file>`: the table before it, to take away: as a spreadsheet of the page's language reads it, or as wikis do. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { copyText, downloadsDoubtful, fileName, saveFile } from "../charts/export.js";
import { TABLE_FORMS, type Table, toCsv } from "../charts/table.js";
import { Localized, t } from "../i18n.js";
import { readTable } from "./read-table.js";

@customElement("dc-table-file")
export class TableFile extends LitElement {
  readonly localized = new Localized(this);
  /** Name of the table, for the menu and the file. */
  @property({ attribute: false }) name = "";
  /** The table when it is asked for; without it, the one that stands before this element. */
  @property({ attribute: false }) table: (() => Table) | undefined;
  /** What became of the copy; a text where the browser refuses the clipboard. */
  @state() private note: { readonly message: string; readonly text?: string } | undefined;
  @query("details") private menu!: HTMLDetailsElement;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#onElsewhere);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#onElsewhere);
  }

  protected override render(): TemplateResult {
    const button = (words: string, action: () => void) =>
      html`<button type="button" class="quiet" @click=${() => this.#choose(action)}>${words}</button>`;
    return html`<details class="take" @keydown=${this.#onKey}>
        <summary>${t("charts.copy_or_save")}<span class="visually-hidden">${t("app.colon")}${this.name}</span></summary>
        <div class="take-list">
          <div role="group" aria-label=${t("charts.copy")}>
            <strong aria-hidden="true">${t("charts.copy")}</strong>
            ${TABLE_FORMS.map(([form, write]) => button(t(`charts.${form}`), () => void this.#copy(write)))}
          </div>
          <div role="group" aria-label=${t("charts.save")}>
            <strong aria-hidden="true">${t("charts.save")}</strong>
            ${button(t("charts.as_csv"), () => this.#save())}
          </div>
        </div>
      </details>
      <span role="status">${this.note?.message ?? nothing}</span>
      ${
        this.note?.text === undefined
          ? nothing
          : html`<textarea readonly rows="6" aria-label=${`${t("charts.text_to_copy")}${t("app.colon")}${this.name}`} .value=${this.note.text}></textarea>
            <button type="button" class="quiet" @click=${this.#close}>${t("charts.close")}</button>`
      }`;
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed as Map<PropertyKey, unknown>).has("note")) this.querySelector("textarea")?.select();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #read(): Table {
    if (this.table) return this.table();
    const before = this.previousElementSibling;
    const found = before instanceof HTMLTableElement ? before : before?.querySelector("table");
    if (!found) throw new Error("no table before its file");
    return readTable(found);
  }

  async #copy(write: (table: Table) => string): Promise<void> {
    const text = write(this.#read());
    this.note = (await copyText(text))
      ? { message: t("charts.copied") }
      : { message: t("charts.copy_refused"), text };
  }

  #save(): void {
    const text = toCsv(this.#read());
    const file = fileName(this.name, "csv");
    saveFile(file, new Blob([`\ufeff${text}`], { type: "text/csv;charset=utf-8" }));
    this.note = downloadsDoubtful()
      ? { message: t("charts.saved_perhaps", { file }), text }
      : { message: t("charts.saved", { file }) };
  }

  readonly #close = () => {
    this.note = undefined;
    this.querySelector("summary")?.focus();
  };

  #choose(action: () => void): void {
    this.menu.open = false;
    this.querySelector("summary")?.focus();
    action();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.menu.open) return;
    event.stopPropagation();
    // A dialog around it stays open.
    event.preventDefault();
    this.#choose(() => {});
  };

  readonly #onElsewhere = (event: Event): void => {
    if (this.menu?.open && !event.composedPath().includes(this.menu)) this.menu.open = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-table-file": TableFile;
  }
}
