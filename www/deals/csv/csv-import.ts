/**
 * `<dc-csv-import>`: a CRM export becomes deals. Drop a file anywhere on the page, paste a table, or
 * pick a file; how it was read is shown and every guess can be corrected, which reads it again.
 * Nothing changes in the scenario before one of the two buttons is pressed.
 */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type {
  ColumnMapping,
  CsvField,
  CsvImport,
  CsvOptions,
  Rate,
  Scenario,
} from "../../generated/dealcast.js";
import { Localized, t } from "../../i18n.js";
import "../deals.css";
import { type DealFiles, fireEdit } from "../events.js";
import { applyImport, chosenDeals, stagesInNeed, suggestedRate } from "./apply.js";
import { type ReadingAction, readingView } from "./reading-view.js";
import { resultView } from "./result-view.js";
import { fromFile, fromText, type Source } from "./source.js";
import { startMonthFor, today } from "./today.js";

export class CsvImportDialog extends LitElement {
  @property({ attribute: false }) scenario: Scenario | undefined;
  @property({ attribute: false }) files: DealFiles | undefined;

  @state() private source: Source | undefined;
  @state() private options: CsvOptions = {};
  @state() private result: CsvImport | undefined;
  @state() private failed = false;
  @state() private ownProbabilities = true;
  @state() private countWon = true;
  @state() private takeCurrency = true;
  @state() private rates: ReadonlyMap<string, Rate> = new Map();

  readonly localized = new Localized(this);
  #reading = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Opens the dialog, with a file where there is one. */
  open(source?: Source): void {
    this.source = source;
    this.result = undefined;
    this.failed = false;
    this.rates = new Map();
    this.ownProbabilities = true;
    this.countWon = true;
    this.takeCurrency = true;
    if (source) {
      this.options = this.#firstOptions();
      void this.#read();
    }
    void this.updateComplete.then(() => {
      const dialog = this.querySelector("dialog");
      if (dialog && !dialog.open) dialog.showModal();
    });
  }

  #firstOptions(): CsvOptions {
    const section = this.scenario?.open_pipeline;
    return {
      start_month: startMonthFor(this.scenario, today()),
      today: today(),
      ...(section?.stages ? { stages: section.stages } : {}),
      ...(section?.target_window ? { target_window: section.target_window } : {}),
    };
  }

  /** Reads the file as the options say. An overtaken reading is dropped. */
  async #read(): Promise<void> {
    const { source, files } = this;
    if (!source) return;
    const reading = ++this.#reading;
    try {
      if (!files?.importCsv) throw new Error("no engine to read files");
      const result = await files.importCsv(source.bytes, this.options);
      if (reading !== this.#reading) return;
      this.result = result;
      this.failed = false;
      const rates = new Map(this.rates);
      for (const stage of result.stages) {
        const rate = suggestedRate(stage);
        if (rate !== undefined && !stage.known && !rates.has(stage.stage)) rates.set(stage.stage, rate);
      }
      this.rates = rates;
    } catch (error) {
      if (reading !== this.#reading) return;
      console.error(error);
      this.failed = true;
    }
  }

  readonly #act: ReadingAction = {
    option: (change) => {
      this.options = { ...this.options, ...change };
      void this.#read();
    },
    map: (column: number, field: CsvField | undefined) => {
      const others = (this.options.mapping ?? []).filter((one) => one.column !== column);
      const mapping: ColumnMapping[] = [...others, field === undefined ? { column } : { column, field }];
      this.#act.option({ mapping });
    },
  };

  protected override render(): TemplateResult {
    return html`<dialog class="dc-deals dc-import" aria-labelledby="dc-import-title" @close=${this.#onClose} @keydown=${stopKeys}>
      <header class="dc-import-head">
        <h2 id="dc-import-title">${this.source ? t("deals.import_of", { name: this.source.name || t("deals.pasted") }) : t("deals.import_title")}</h2>
        <button type="button" class="dc-icon" aria-label=${t("deals.cancel")} @click=${this.#close}>×</button>
      </header>
      ${this.source ? this.#review() : this.#pick()}
    </dialog>`;
  }

  #pick(): TemplateResult {
    return html`<div class="dc-import-body">
        <p>${t("deals.import_help")}</p>
        <label class="dc-pick">
          <span>${t("deals.pick_file")}</span>
          <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${this.#onFile} />
        </label>
        <label class="dc-field">
          <span>${t("deals.paste_here")}</span>
          <textarea rows="6" spellcheck="false"></textarea>
        </label>
        <p class="dc-note">${t("deals.import_private")}</p>
      </div>
      <footer class="dc-import-foot">
        <button type="button" class="dc-button dc-primary" @click=${this.#onPasted}>${t("deals.read_pasted")}</button>
        <button type="button" class="dc-button" @click=${this.#close}>${t("deals.cancel")}</button>
      </footer>`;
  }

  #review(): TemplateResult {
    const { result, scenario } = this;
    if (this.failed)
      return html`<div class="dc-import-body"><p role="alert">${t("deals.import_failed")}</p></div>${this.#foot(0, [])}`;
    if (!result || !scenario)
      return html`<div class="dc-import-body"><p role="status">${t("deals.import_reading")}</p></div>`;
    const missing = stagesInNeed(result, this.ownProbabilities)
      .map(({ stage }) => stage)
      .filter((stage) => !this.rates.has(stage));
    return html`<div class="dc-import-body">
        ${resultView(
          {
            result,
            scenario,
            ownProbabilities: this.ownProbabilities,
            countWon: this.countWon,
            takeCurrency: this.takeCurrency,
            rates: this.rates,
          },
          {
            ownProbabilities: (own) => {
              this.ownProbabilities = own;
            },
            countWon: (count) => {
              this.countWon = count;
            },
            takeCurrency: (take) => {
              this.takeCurrency = take;
            },
            rate: (stage, rate) => {
              const rates = new Map(this.rates);
              if (rate === undefined) rates.delete(stage);
              else rates.set(stage, rate);
              this.rates = rates;
            },
          },
        )}
        ${readingView(result, this.options, this.#act)}
      </div>
      ${this.#foot(chosenDeals(result, this.ownProbabilities).length, missing)}`;
  }

  #foot(deals: number, missing: readonly string[]): TemplateResult {
    const blocked = deals === 0 || missing.length > 0;
    return html`<footer class="dc-import-foot">
      ${missing.length > 0 ? html`<p class="dc-field-problem" role="status">${t("deals.rates_missing", { stages: missing.join(", ") })}</p>` : nothing}
      <button type="button" class="dc-button dc-primary" ?disabled=${blocked} @click=${() => this.#apply("replace")}>${t("deals.replace_deals")}</button>
      <button type="button" class="dc-button" ?disabled=${blocked} @click=${() => this.#apply("add")}>${t("deals.add_deals")}</button>
      <button type="button" class="dc-button" @click=${this.#close}>${t("deals.cancel")}</button>
    </footer>`;
  }

  #apply(mode: "replace" | "add"): void {
    const { result } = this;
    if (!result) return;
    const won = result.won.deals_in_window > 0 && this.countWon ? result.won.amount_in_window : undefined;
    const edit = applyImport(result, {
      mode,
      ownProbabilities: this.ownProbabilities,
      alreadyWon: won,
      rates: this.rates,
      currency: this.takeCurrency ? result.detected?.currency : undefined,
    });
    fireEdit(this, t("deals.step_import", { count: result.deals.length }), edit);
    this.#close();
  }

  readonly #onFile = async (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file) this.open(await fromFile(file));
  };

  readonly #onPasted = () => {
    const text = this.querySelector("textarea")?.value ?? "";
    if (text.trim() !== "") this.open(fromText(text, ""));
    else this.querySelector("textarea")?.focus();
  };

  readonly #close = () => this.querySelector("dialog")?.close();

  readonly #onClose = () => {
    this.#reading += 1;
    this.source = undefined;
    this.result = undefined;
  };
}

/** Keys in the dialog are not for the page behind it. */
function stopKeys(event: KeyboardEvent): void {
  if (event.key !== "Escape") event.stopPropagation();
}

if (!customElements.get("dc-csv-import")) customElements.define("dc-csv-import", CsvImportDialog);

declare global {
  interface HTMLElementTagNameMap {
    "dc-csv-import": CsvImportDialog;
  }
}
