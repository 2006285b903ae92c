/**
 * `<dc-deals-export>`: the deals as CSV, the scenario as JSON; saved, or copied where saving is refused. The rows shown,
 * as a table for a wiki.
 */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { copyText, fileName, saveFile } from "../../charts/export.js";
import { TABLE_FORMS, type Table } from "../../charts/table.js";
import type { ExportOptions, Scenario } from "../../generated/dealcast.js";
import { Localized, locale, type MessageKey, t } from "../../i18n.js";
import { activeIn } from "../../ui/root.js";
import "../deals.css";
import type { DealFiles } from "../events.js";

/** What spreadsheets of that language expect. */
const DIALECTS: Readonly<Record<ReturnType<typeof locale>, ExportOptions>> = {
  en: { delimiter: "comma", decimal: "point", language: "en" },
  fr: { delimiter: "semicolon", decimal: "comma", language: "fr" },
};
/** Without it spreadsheets take UTF-8 for the system's own encoding. */
const BYTE_ORDER_MARK = "\ufeff";

export class DealsExport extends LitElement {
  @property({ attribute: false }) scenario: Scenario | undefined;
  @property({ attribute: false }) files: DealFiles | undefined;
  /** The rows and columns that the reader sees. */
  @property({ attribute: false }) shown: (() => Table) | undefined;

  /** What happened, and the text to copy by hand where the clipboard is refused. */
  @state() private said: MessageKey | undefined;
  @state() private byHand: string | undefined;

  readonly localized = new Localized(this);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const item = (label: MessageKey, act: () => Promise<void>) =>
      html`<button type="button" class="dc-menu-item" @click=${() => void this.#try(act)}>${t(label)}</button>`;
    return html`<details class="dc-menu" @keydown=${this.#onKey} @focusout=${this.#onFocusOut}>
      <summary class="dc-button">${t("deals.export")}</summary>
      <div class="dc-menu-list dc-menu-start">
        ${item("deals.export_csv", () => this.#saveCsv())} ${item("deals.copy_csv", async () => this.#copy(await this.#csv()))}
        ${item("deals.export_json", async () => this.#saveJson())} ${item("deals.copy_json", () => this.#copy(this.#json()))}
        <div role="group" aria-label=${t("deals.copy_shown")}>
          <p class="dc-note" aria-hidden="true">${t("deals.copy_shown")}</p>
          ${TABLE_FORMS.filter(([form]) => form !== "as_csv").map(([form, write]) =>
            item(`charts.${form}`, async () => this.#copy(write(this.#table()))),
          )}
        </div>
        <p class="dc-note" role="status">${this.said ? t(this.said) : nothing}</p>
        ${
          this.byHand === undefined
            ? nothing
            : html`<textarea rows="6" readonly aria-label=${t("deals.export_text")} .value=${this.byHand} @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}></textarea>`
        }
      </div>
    </details>`;
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.byHand = undefined;
    try {
      await act();
    } catch (error) {
      console.error(error);
      this.said = "deals.export_failed";
    }
  }

  async #csv(): Promise<string> {
    if (!this.scenario || !this.files) throw new Error("no scenario to export");
    return await this.files.exportDealsCsv(this.scenario, DIALECTS[locale()]);
  }

  #table(): Table {
    if (!this.shown) throw new Error("no rows to export");
    return this.shown();
  }

  #json(): string {
    return `${JSON.stringify(this.scenario, undefined, 2)}\n`;
  }

  async #saveCsv(): Promise<void> {
    const text = await this.#csv();
    saveFile(this.#name("csv"), new Blob([BYTE_ORDER_MARK, text], { type: "text/csv;charset=utf-8" }));
    this.said = "deals.exported";
  }

  #saveJson(): void {
    saveFile(this.#name("json"), new Blob([this.#json()], { type: "application/json" }));
    this.said = "deals.exported";
  }

  async #copy(text: string): Promise<void> {
    const copied = await copyText(text);
    this.said = copied ? "deals.copied" : "deals.copy_refused";
    this.byHand = copied ? undefined : text;
    if (copied) return;
    await this.updateComplete;
    this.querySelector("textarea")?.focus();
  }

  #name(extension: string): string {
    return fileName(this.scenario?.title ?? t("deals.grid"), extension);
  }

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.#close();
  };

  /** The menu closes behind the focus. */
  readonly #onFocusOut = (event: FocusEvent) => {
    if (event.relatedTarget instanceof Node && !this.contains(event.relatedTarget)) this.#close();
  };

  #close(): void {
    const menu = this.querySelector("details");
    if (!menu?.open) return;
    menu.open = false;
    this.said = undefined;
    this.byHand = undefined;
    if (menu.contains(activeIn(this))) menu.querySelector("summary")?.focus();
  }
}

if (!customElements.get("dc-deals-export")) customElements.define("dc-deals-export", DealsExport);

declare global {
  interface HTMLElementTagNameMap {
    "dc-deals-export": DealsExport;
  }
}
