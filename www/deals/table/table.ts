/**
 * `<dc-deals-table>`: the deals, editable, with what the engine makes of each.
 *
 * An ARIA grid over a virtual list: only the rows in view are drawn. The element never changes the
 * scenario: each edit leaves as a `scenario-edit` event.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Deal, InputError, OpenPipelineReport, Scenario } from "../../generated/dealcast.js";
import { Localized, locale, t } from "../../i18n.js";
import "../deals.css";
import { fireEdit } from "../events.js";
import { cell } from "./cells.js";
import { CARD_COLUMNS, COLUMNS, type Column, type ColumnKey, MORE_COLUMN, type Row } from "./columns.js";
import { deleteDeals, duplicateDeals, insertDeals, newDeal, setField } from "./edits.js";
import { CLEARABLE, choiceValue, type Editing, editor, outcomeOf } from "./editors.js";
import { type CellErrors, errorsByCell } from "./errors.js";
import { CellForm, type FormKind } from "./form-popover.js";
import { footer, header } from "./frame.js";
import { type Action, actionOf, type Place } from "./keys.js";
import { Scroller } from "./scroller.js";
import { editText } from "./show.js";
import { toolbar } from "./toolbar.js";
import { type Filter, nextSort, type Results, resultsById, rowsOf, type Sort, totalsOf, visibleRows } from "./view.js";

/** Narrower than this the rows are cards. */
const CARD_WIDTH = 720;
const ROW_HEIGHT = 38;
const CARD_HEIGHT = 172;
/** Rows that a printout takes. */
const PRINTED_ROWS = 1_000;
const NO_DEALS: readonly Deal[] = [];

export class DealsTable extends LitElement {
  @property({ attribute: false }) scenario: Scenario | undefined;
  /** The last good report of the open pipeline; results of deals that it lacks are left open. */
  @property({ attribute: false }) report: OpenPipelineReport | undefined;
  @property({ attribute: false }) errors: readonly InputError[] = [];
  /** Whether the report is of an older scenario: results are dimmed. */
  @property({ type: Boolean }) stale = false;

  @state() private sort: Sort | undefined;
  @state() private filter: Filter = { text: "" };
  @state() private editing: Editing | undefined;
  @state() private selected: ReadonlySet<string> = new Set();
  @state() private expanded: ReadonlySet<string> = new Set();
  @state() private hidden: ReadonlySet<ColumnKey> = new Set(
    COLUMNS.filter((column) => !column.shown).map((column) => column.key),
  );
  @state() private cards = false;
  @state() private printing = false;
  @state() private active: Place = { row: 1, column: 1 };
  @state() private deleted: { readonly index: number; readonly deal: Deal }[] = [];
  @state() private said = "";

  readonly localized = new Localized(this);
  readonly #scroller = new Scroller(this, () => this.querySelector<HTMLElement>(".dc-scroll"));
  readonly #form = new CellForm(this, (edit, column) => this.#edit(edit, column));
  #results: Results = new Map();
  #rows: readonly Row[] = [];
  #shown: readonly Row[] = [];
  #columns: readonly Column[] = [];
  #faults: ReadonlyMap<number, CellErrors> = new Map();
  #focusNext = false;
  #inside = false;
  #measured: ResizeObserver | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add("dc-deals");
    if (typeof ResizeObserver !== "undefined") {
      this.#measured = new ResizeObserver(([entry]) => {
        if (entry && entry.contentRect.width > 0) this.cards = entry.contentRect.width < CARD_WIDTH;
      });
      this.#measured.observe(this);
    }
    window.addEventListener("beforeprint", this.#onPrint);
    window.addEventListener("afterprint", this.#onPrinted);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#measured?.disconnect();
    window.removeEventListener("beforeprint", this.#onPrint);
    window.removeEventListener("afterprint", this.#onPrinted);
  }

  // A printout waits for no frame.
  readonly #onPrint = () => {
    this.printing = true;
    this.performUpdate();
  };
  readonly #onPrinted = () => {
    this.printing = false;
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    const deals = this.scenario?.open_pipeline?.deals ?? NO_DEALS;
    if (changed.has("report")) this.#results = resultsById(this.report);
    if (changed.has("errors")) this.#faults = errorsByCell(this.errors);
    const before = this.#rows;
    if (changed.has("scenario") || changed.has("report")) this.#rows = rowsOf(deals, this.#results, before);
    this.#columns = [...COLUMNS.filter((column) => !this.hidden.has(column.key) || this.cards)];
    if (this.cards) this.#columns = [...this.#columns.slice(0, 2), MORE_COLUMN, ...this.#columns.slice(2)];
    const keys = changed as PropertyValues;
    // The order holds still under the hand: it follows edits when the focus leaves the grid.
    const held = this.#inside && !keys.has("sort") && !keys.has("filter") && before.length === this.#rows.length;
    this.#shown = held
      ? this.#shown.flatMap((row) => this.#rows[row.index] ?? [])
      : visibleRows(this.#rows, this.filter, this.sort, locale(), new Set(this.#faults.keys()));
    const row = Math.min(this.active.row, this.#shown.length);
    const column = Math.min(this.active.column, this.#columns.length - 1);
    if (row !== this.active.row || column !== this.active.column) this.active = { row, column };
    this.#scroller.set({
      count: this.#shown.length,
      rowHeight: this.cards ? CARD_HEIGHT : ROW_HEIGHT,
      covered: this.cards ? { above: 0, below: 0 } : { above: ROW_HEIGHT + 2, below: ROW_HEIGHT + 2 },
      always: [this.active.row - 1],
      key: (index) => this.#shown[index]?.index ?? index,
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.scenario) return nothing;
    const deals = this.scenario.open_pipeline?.deals ?? NO_DEALS;
    const setting = { scenario: this.scenario, report: this.report };
    const totals = totalsOf(this.#shown);
    return html`${toolbar(
        {
          deals,
          shown: this.#shown.length,
          selected: this.selected.size,
          faulty: [...this.#faults.values()].reduce((sum, cells) => sum + cells.size, 0),
          filter: this.filter,
          sort: this.sort,
          cards: this.cards,
          hidden: this.hidden,
        },
        this.#actions,
      )}
      ${deals.length === 0 ? html`<p class="dc-empty">${t("deals.empty")}</p>` : this.#grid(setting, totals)}
      ${
        this.deleted.length > 0
          ? html`<p class="dc-toast">
            <span>${t("deals.deleted", { count: this.deleted.length })}</span>
            <button type="button" class="dc-button" @click=${this.#restore}>${t("deals.restore")}</button>
          </p>`
          : nothing
      }
      <p class="dc-hidden" role="status">${this.said}</p>
      ${(["owner", "segment", "source"] as const).map(
        (field) => html`<datalist id=${`dc-list-${field}`}>
          ${guard([deals], () => [...new Set(deals.map((deal) => deal[field]))].map((value) => (value ? html`<option value=${value}></option>` : nothing)))}
        </datalist>`,
      )}
      ${this.#form.render(this.#rows, setting)}`;
  }

  #grid(setting: { scenario: Scenario; report: OpenPipelineReport | undefined }, totals: ReturnType<typeof totalsOf>) {
    const template = this.#columns
      .map(({ key, width }) => (key === "name" ? `minmax(${width}rem, 1fr)` : `${width}rem`))
      .join(" ");
    const width = this.#columns.reduce((sum, column) => sum + column.width, 0);
    const items = this.printing
      ? this.#shown.slice(0, PRINTED_ROWS).map((_, index) => ({ index, start: 0 }))
      : this.#scroller.items;
    const chosen = this.#shown.filter((row) => this.selected.has(row.deal.deal_id)).length;
    return html`<div class=${this.cards ? "dc-scroll dc-cards" : "dc-scroll"}>
      <div
        class=${this.stale ? "dc-grid dc-stale" : "dc-grid"}
        role="grid"
        aria-label=${t("deals.grid")}
        aria-rowcount=${this.#shown.length + 2}
        aria-colcount=${this.#columns.length}
        aria-multiselectable="true"
        style=${styleMap({ "--dc-columns": template, "--dc-width": `${width}rem` })}
        @click=${this.#onClick}
        @keydown=${this.#onKey}
        @input=${this.#onInput}
        @change=${this.#onChange}
        @focusin=${this.#onFocusIn}
        @focusout=${this.#onFocusOut}
      >
        ${header({
          columns: this.#columns,
          sort: this.sort,
          currency: this.scenario?.currency ?? "EUR",
          active: this.active.row === 0 ? this.active.column : undefined,
          chosen: chosen === 0 ? "none" : chosen === this.#shown.length ? "all" : "some",
          cards: this.cards,
        })}
        <div role="rowgroup" class="dc-body" style=${styleMap({ height: this.printing ? "auto" : `${this.#scroller.totalHeight}px` })}>
          ${repeat(
            items,
            ({ index }) => this.#shown[index]?.index ?? -1 - index,
            ({ index, start }) => this.#row(index, start, setting),
          )}
        </div>
        ${footer(this.#columns, totals, this.#rows.length, this.#shown.length + 2, setting, this.cards)}
      </div>
    </div>`;
  }

  #row(place: number, start: number, setting: { scenario: Scenario; report: OpenPipelineReport | undefined }) {
    const row = this.#shown[place];
    if (!row) return nothing;
    const id = row.deal.deal_id;
    const active = this.active.row === place + 1 ? this.active.column : -1;
    const editing = this.editing?.index === row.index ? this.editing : undefined;
    const faults = this.#faults.get(row.index);
    const selected = this.selected.has(id);
    const expanded = this.expanded.has(id);
    const columns = this.#columns.filter(({ key }) => !this.cards || expanded || CARD_COLUMNS.has(key) || faults?.has(key));
    return html`<div
      role="row"
      class=${`dc-row${selected ? " dc-chosen" : ""}${row.result?.deal.killed ? " dc-killed" : ""}`}
      aria-rowindex=${place + 2}
      aria-selected=${selected ? "true" : "false"}
      data-place=${place}
      style=${styleMap({ transform: this.printing ? "none" : `translateY(${start}px)` })}
      ${ref(this.cards ? this.#scroller.measure : undefined)}
    >
      ${guard([row, this.#columns, this.cards, active, editing, faults, selected, expanded, setting.scenario.start_month, setting.scenario.open_pipeline?.amount_range, setting.scenario.open_pipeline?.stages, locale()], () =>
        columns.map((column) => {
          const columnIndex = this.#columns.indexOf(column);
          return cell(
            row,
            column,
            {
              columnIndex: columnIndex + 1,
              active: columnIndex === active,
              selected,
              expanded,
              errors: faults?.get(column.key) ?? [],
              editor: editing?.key === column.key ? editor(row, column, editing, setting.scenario) : undefined,
            },
            setting,
          );
        }),
      )}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const editorOpened = changed.has("editing") && this.editing && !(changed.get("editing") as Editing | undefined);
    if (this.#focusNext || editorOpened) this.#focusActive(editorOpened === true);
  }

  /** Puts the focus on the active cell, or on what it holds. */
  #focusActive(intoEditor: boolean): void {
    this.#focusNext = false;
    const target = this.#element(this.active);
    if (!target) return;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (intoEditor && target instanceof HTMLInputElement && this.editing && !this.editing.touched) target.select();
  }

  #element(place: Place): HTMLElement | undefined {
    const key = this.#columns[place.column]?.key;
    const row = place.row === 0 ? ".dc-head" : `[data-place="${place.row - 1}"]`;
    const found = this.querySelector<HTMLElement>(`${row} [data-column="${key}"]`);
    return found?.querySelector<HTMLElement>("[data-focus]") ?? found ?? undefined;
  }

  #placeOf(target: EventTarget | null): Place | undefined {
    if (!(target instanceof Element)) return undefined;
    const found = target.closest<HTMLElement>("[data-column]");
    const column = this.#columns.findIndex(({ key }) => key === found?.dataset.column);
    if (!found || column < 0) return undefined;
    if (found.closest(".dc-head")) return { row: 0, column };
    const place = found.closest<HTMLElement>("[data-place]")?.dataset.place;
    return place === undefined ? undefined : { row: Number(place) + 1, column };
  }

  readonly #onFocusIn = (event: FocusEvent) => {
    const place = this.#placeOf(event.target);
    this.#inside = place !== undefined && place.row > 0;
    if (place && (place.row !== this.active.row || place.column !== this.active.column)) this.active = place;
  };

  readonly #onFocusOut = (event: FocusEvent) => {
    if (this.editing && event.target instanceof HTMLElement && event.target.matches(".dc-cell-input")) this.#commit(false);
    const next = event.relatedTarget;
    if (next instanceof Node && this.contains(next) && this.#placeOf(next)) return;
    this.#inside = false;
    if (this.sort || this.filter.text !== "") this.requestUpdate();
  };

  readonly #onClick = (event: MouseEvent) => {
    const place = this.#placeOf(event.target);
    if (!place || !(event.target instanceof Element)) return;
    const key = this.#columns[place.column]?.key;
    if (event.target.closest(".dc-cell-input, .dc-cell-input *")) return;
    if (place.row === 0) {
      if (key === "selected") this.#selectAll();
      else if (event.target.closest("button")) this.#sortBy(place.column);
      return;
    }
    const row = this.#shown[place.row - 1];
    if (!row || !key) return;
    this.active = place;
    if (key === "selected") {
      if (event.target instanceof HTMLInputElement) this.#toggle(row, event.shiftKey);
    } else if (key === "more") {
      if (event.target.closest("button")) this.#expand(row);
    } else {
      this.#focusNext = true;
      this.#open(row, key, undefined, event.target.closest(".dc-range") !== null);
    }
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (this.editing) {
      this.#onEditorKey(event);
      return;
    }
    const place = this.#placeOf(event.target);
    if (!place) return;
    const size = { rows: this.#shown.length + 1, columns: this.#columns.length, page: this.#scroller.page };
    const action = actionOf(event, place, size);
    if (!action) return;
    // A control in a cell answers Enter and Space by itself.
    const control = event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement;
    if (control && (event.key === "Enter" || event.key === " ") && !event.shiftKey) {
      if (event.target instanceof HTMLInputElement && event.key === "Enter") event.target.click();
      return;
    }
    event.preventDefault();
    this.#do(action, place);
  };

  #do(action: Action, at: Place): void {
    const row = this.#shown[at.row - 1];
    const key = this.#columns[at.column]?.key;
    switch (action.do) {
      case "move":
        this.#moveTo(action.to, at);
        break;
      case "open":
        if (row && key) this.#open(row, key, action.text, action.form === true);
        break;
      case "clear":
        if (row && key && CLEARABLE.has(key)) this.#edit(setField(row.index, key as keyof Deal, undefined), key);
        break;
      case "toggle-row":
        if (row) this.#toggle(row, false);
        break;
      case "extend-rows": {
        const next = this.#shown[at.row - 1 + action.by];
        if (!row || !next) break;
        this.selected = new Set([...this.selected, row.deal.deal_id, next.deal.deal_id]);
        this.#moveTo({ row: at.row + action.by, column: at.column }, at);
        break;
      }
      case "select-all":
        this.#selectAll(true);
        break;
      case "select-none":
        this.selected = new Set();
    }
  }

  /** Moves the focus; in cards, past what a card does not show, and not into the hidden header. */
  #moveTo(to: Place, from: Place): void {
    let { row, column } = to;
    if (this.cards) {
      row = Math.max(row, 1);
      const deal = this.#shown[row - 1]?.deal.deal_id ?? "";
      const drawn = (index: number) => {
        const key = this.#columns[index]?.key;
        return key !== undefined && (this.expanded.has(deal) || CARD_COLUMNS.has(key));
      };
      const step = column < from.column ? -1 : 1;
      while (column >= 0 && column < this.#columns.length && !drawn(column)) column += step;
      if (!drawn(column)) column = from.column;
    }
    this.active = { row, column };
    this.#focusNext = true;
    if (row > 0) this.#scroller.scrollTo(row - 1);
    else this.requestUpdate();
  }

  #open(row: Row, key: ColumnKey, text: string | undefined, form: boolean): void {
    const column = this.#columns.find((one) => one.key === key);
    if (!column || column.editor === "none") return;
    const inForm =
      column.editor === "form" || (column.editor === "amount" && (form || (text === undefined && typeof row.deal.amount !== "number")));
    if (inForm) {
      if (text !== undefined) return;
      const anchor = this.#element(this.active);
      if (anchor) this.#form.open(key as FormKind, row.index, anchor, row.deal.deal_id);
      return;
    }
    const choice = column.editor === "choice";
    const start = choice ? choiceValue(row, key) : (text ?? editText(row, key));
    this.editing = { index: row.index, key, text: start, touched: !choice && text !== undefined, problem: undefined };
  }

  readonly #onInput = (event: Event) => {
    if (!this.editing || !(event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)) return;
    if (!event.target.matches(".dc-cell-input")) return;
    this.editing = { ...this.editing, text: event.target.value, touched: true, problem: undefined };
  };

  /** A choice by pointer is meant; one by arrow keys waits for Enter. */
  readonly #onChange = (event: Event) => {
    if (!(event.target instanceof HTMLSelectElement) || !this.editing || this.#byKey) return;
    this.#commit(true);
  };
  #byKey = false;

  #onEditorKey(event: KeyboardEvent): void {
    this.#byKey = event.key.startsWith("Arrow") || event.key.length === 1 || event.key === "Home" || event.key === "End";
    // Once this key's own events are over, the pointer counts again.
    setTimeout(() => {
      this.#byKey = false;
    });
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.editing = undefined;
      this.#focusNext = true;
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.#commit(true)) this.#moveTo({ row: Math.min(this.active.row + 1, this.#shown.length), column: this.active.column }, this.active);
    } else if (event.key === "Tab") {
      event.preventDefault();
      if (!this.#commit(true)) return;
      const column = this.active.column + (event.shiftKey ? -1 : 1);
      this.#moveTo({ row: this.active.row, column: Math.min(Math.max(column, 0), this.#columns.length - 1) }, this.active);
    }
  }

  /** Ends the editor with what stands in it; a text that is not understood keeps it open unless the focus is gone. */
  #commit(stay: boolean): boolean {
    const editing = this.editing;
    const row = editing && this.#rows[editing.index];
    if (!editing || !row) return true;
    const outcome = editing.touched ? outcomeOf(row, editing.key, editing.text) : { unchanged: true as const };
    if ("problem" in outcome) {
      this.editing = { ...editing, problem: outcome.problem };
      if (!stay) this.said = t(outcome.problem);
      return false;
    }
    this.editing = undefined;
    this.#focusNext = stay;
    if ("edit" in outcome) this.#edit(outcome.edit, editing.key);
    return true;
  }

  #edit(edit: (draft: Scenario) => void, key: ColumnKey): void {
    const column = COLUMNS.find((one) => one.key === key);
    this.deleted = [];
    fireEdit(this, t("deals.step_edit", { field: column ? t(column.label) : "" }), edit);
  }

  #sortBy(index: number): void {
    const column = this.#columns[index];
    if (!column || column.key === "selected" || column.key === "more") return;
    this.sort = nextSort(this.sort, column.key, column.align === "end");
    this.said = this.sort ? t(`deals.sorted_${this.sort.direction}`, { column: t(column.label) }) : t("deals.sorted_none");
  }

  #toggle(row: Row, range: boolean): void {
    const id = row.deal.deal_id;
    const next = new Set(this.selected);
    const place = this.#shown.indexOf(row);
    const from = this.#shown.findIndex((one) => one.deal.deal_id === this.#lastToggled);
    if (range && from >= 0)
      for (const one of this.#shown.slice(Math.min(from, place), Math.max(from, place) + 1)) next.add(one.deal.deal_id);
    else if (!next.delete(id)) next.add(id);
    this.#lastToggled = id;
    this.selected = next;
  }
  #lastToggled: string | undefined;

  #selectAll(always = false): void {
    const every = this.#shown.every((row) => this.selected.has(row.deal.deal_id));
    this.selected = every && !always ? new Set() : new Set(this.#shown.map((row) => row.deal.deal_id));
  }

  #expand(row: Row): void {
    const next = new Set(this.expanded);
    if (!next.delete(row.deal.deal_id)) next.add(row.deal.deal_id);
    this.expanded = next;
  }

  /** Selected deals that still exist, in the scenario's order. */
  #chosen(): Row[] {
    return this.#rows.filter((row) => this.selected.has(row.deal.deal_id));
  }

  readonly #actions = {
    add: () => {
      if (!this.scenario) return;
      const deals = this.scenario.open_pipeline?.deals ?? NO_DEALS;
      const index = deals.length;
      this.filter = { text: "" };
      this.sort = undefined;
      this.deleted = [];
      fireEdit(this, t("deals.step_add"), insertDeals([{ index, deal: newDeal(this.scenario, t("deals.new_deal")) }]));
      // Straight into its name, once the page has handed the new scenario down.
      void this.updateComplete.then(() => {
        const row = this.#rows[index];
        if (!row) return;
        this.#moveTo({ row: this.#shown.indexOf(row) + 1, column: this.#columns.findIndex(({ key }) => key === "name") }, this.active);
        this.#open(row, "name", undefined, false);
      });
    },
    duplicate: () => {
      const indices = this.#chosen().map((row) => row.index);
      this.deleted = [];
      fireEdit(this, t("deals.step_duplicate", { count: indices.length }), duplicateDeals(indices, (name) => t("deals.copy_of", { name })));
      this.said = t("deals.duplicated", { count: indices.length });
    },
    remove: () => {
      const chosen = this.#chosen();
      this.selected = new Set();
      fireEdit(this, t("deals.step_delete", { count: chosen.length }), deleteDeals(chosen.map((row) => row.index)));
      this.deleted = chosen.map(({ index, deal }) => ({ index, deal }));
      this.said = t("deals.deleted", { count: chosen.length });
    },
    clearSelection: () => {
      this.selected = new Set();
    },
    filter: (change: Partial<Filter>) => {
      this.filter = { ...this.filter, ...change };
      void this.updateComplete.then(() => {
        this.said = t("deals.shown", { count: this.#shown.length });
      });
    },
    sort: (sort: Sort | undefined) => {
      this.sort = sort;
    },
    toggleColumn: (key: ColumnKey) => {
      const next = new Set(this.hidden);
      if (!next.delete(key)) next.add(key);
      this.hidden = next;
    },
    importFile: () => {
      this.dispatchEvent(new CustomEvent("import-request", { bubbles: true, composed: true }));
    },
  };

  readonly #restore = () => {
    const deleted = this.deleted;
    this.deleted = [];
    fireEdit(this, t("deals.step_restore", { count: deleted.length }), insertDeals(deleted));
  };
}

if (!customElements.get("dc-deals-table")) customElements.define("dc-deals-table", DealsTable);

declare global {
  interface HTMLElementTagNameMap {
    "dc-deals-table": DealsTable;
  }
}
