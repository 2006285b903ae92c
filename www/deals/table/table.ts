/**
 * `<dc-deals-table>`: the deals, editable, with what the engine makes of each.
 *
 * An ARIA grid over a virtual list: only the rows in view are drawn. The element never changes the
 * scenario: each edit leaves as a `scenario-edit` event.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { DealLever } from "../../compare/deal-inputs.js";
import type { Deal, InputError, Report, Scenario } from "../../generated/dealcast.js";
import { Localized, locale, t } from "../../i18n.js";
import { askLever } from "../../ui/lever.js";
import "../deals.css";
import { type DealFiles, type DraftEdit, fireEdit } from "../events.js";
import { COLUMNS, type Column, type ColumnKey, MORE_COLUMN, type Row } from "./columns.js";
import { deleteDeals, duplicateDeals, insertDeals, newDeal } from "./edits.js";
import { type CellErrors, cellOf, errorsByCell } from "./errors.js";
import { CellForm } from "./form-popover.js";
import { grid } from "./grid.js";
import { type Grid, GridInteraction } from "./interaction.js";
import { Scroller } from "./scroller.js";
import { Selection } from "./selection.js";
import type { Setting } from "./show.js";
import { shownTable } from "./shown-table.js";
import { toolbar } from "./toolbar.js";
import {
  type Filter,
  nextSort,
  type Results,
  resultsById,
  rowsOf,
  type Sort,
  type Totals,
  totalsOf,
  visibleRows,
} from "./view.js";

/** Narrower than this the rows are cards. */
const CARD_WIDTH = 720;
const ROW_HEIGHT = 38;
const CARD_HEIGHT = 172;
/** Rows that a printout takes. */
const PRINTED_ROWS = 1_000;
const NO_DEALS: readonly Deal[] = [];

export class DealsTable extends LitElement {
  @property({ attribute: false }) scenario: Scenario | undefined;
  /** The last good report; results of deals that it lacks are left open. */
  @property({ attribute: false }) report: Report | undefined;
  @property({ attribute: false }) errors: readonly InputError[] = [];
  /** The engine's file work, for the export. */
  @property({ attribute: false }) files: DealFiles | undefined;
  /** Whether the report is of an older scenario: results are dimmed. */
  @property({ type: Boolean }) stale = false;

  @state() private sort: Sort | undefined;
  @state() private filter: Filter = { text: "" };
  @state() private selection = new Selection();
  @state() private expanded: ReadonlySet<string> = new Set();
  @state() private hiddenColumns: ReadonlySet<ColumnKey> = new Set(
    COLUMNS.filter((column) => !column.shown).map((column) => column.key),
  );
  @state() private cards = false;
  @state() private printing = false;
  @state() private deleted: { readonly index: number; readonly deal: Deal }[] = [];
  @state() private said = "";

  readonly localized = new Localized(this);
  readonly #scroller = new Scroller(this, () => this.querySelector<HTMLElement>(".dc-scroll"));
  readonly #hand = new GridInteraction(this, this.#gridForHand());
  readonly #form = new CellForm(this, (edit, column) => this.#edit(edit, column));
  #results: Results = new Map();
  #rows: readonly Row[] = [];
  #shown: readonly Row[] = [];
  #columns: readonly Column[] = [];
  #faults: ReadonlyMap<number, CellErrors> = new Map();
  #keyOf = (place: number): number => this.#shown[place]?.index ?? place;
  #totals: Totals = totalsOf([]);
  /** Place of a deal just added: its name is edited as soon as the page hands it down. */
  #added: number | undefined;
  /** The rows and the language that the order was made of, and whether it waits for the focus to leave. */
  #orderOf: readonly Row[] = [];
  #orderIn: string | undefined;
  #orderHeld = false;
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
    this.ownerDocument.addEventListener("show-error", this.#onShowError);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#measured?.disconnect();
    window.removeEventListener("beforeprint", this.#onPrint);
    window.removeEventListener("afterprint", this.#onPrinted);
    this.ownerDocument.removeEventListener("show-error", this.#onShowError);
  }

  // A printout waits for no frame.
  readonly #onPrint = () => {
    this.printing = true;
    this.performUpdate();
  };
  readonly #onPrinted = () => {
    this.printing = false;
  };

  /** Goes to the cell of an error that the page points at. */
  readonly #onShowError = (event: Event) => {
    const found = cellOf((event as CustomEvent<{ readonly error: InputError }>).detail.error);
    if (found) void this.#show(found.index, found.key);
  };

  async #show(index: number, key: ColumnKey): Promise<void> {
    if (!this.#shown.some((row) => row.index === index)) this.filter = { text: "" };
    if (this.hiddenColumns.has(key)) this.#actions.toggleColumn(key);
    await this.updateComplete;
    const place = this.#shown.findIndex((row) => row.index === index);
    const column = this.#columns.findIndex((one) => one.key === key);
    if (place >= 0 && column >= 0) this.#hand.moveTo({ row: place + 1, column });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const keys = changed as PropertyValues;
    if (changed.has("report")) this.#results = resultsById(this.report?.open_pipeline);
    if (changed.has("errors")) this.#faults = errorsByCell(this.errors);
    if (changed.has("scenario") || changed.has("report")) this.#takeRows();
    if (keys.has("hiddenColumns") || keys.has("cards") || this.#columns.length === 0) this.#takeColumns();
    if (
      keys.has("sort") ||
      keys.has("filter") ||
      changed.has("errors") ||
      this.#orderOf !== this.#rows ||
      this.#orderIn !== locale()
    )
      this.#takeOrder(keys.has("sort") || keys.has("filter"));
    this.#hand.clamp();
    this.#scroller.set({
      count: this.#shown.length,
      rowHeight: this.cards ? CARD_HEIGHT : ROW_HEIGHT,
      covered: this.cards ? { above: 0, below: 0 } : { above: ROW_HEIGHT + 2, below: ROW_HEIGHT + 2 },
      always: [this.#hand.active.row - 1],
      key: this.#keyOf,
    });
  }

  #takeRows(): void {
    this.#rows = rowsOf(this.scenario?.open_pipeline?.deals ?? NO_DEALS, this.#results, this.#rows);
  }

  #takeColumns(): void {
    const columns = COLUMNS.filter((column) => !this.hiddenColumns.has(column.key) || this.cards);
    this.#columns = this.cards ? [...columns.slice(0, 2), MORE_COLUMN, ...columns.slice(2)] : columns;
  }

  /** Filters and sorts. The order holds still under the hand: it follows edits when the focus leaves the rows. */
  #takeOrder(asked: boolean): void {
    const held = this.#hand.inside && !asked && this.#orderOf.length === this.#rows.length;
    this.#shown = held
      ? this.#shown.flatMap((row) => this.#rows[row.index] ?? [])
      : visibleRows(this.#rows, this.filter, this.sort, locale(), new Set(this.#faults.keys()));
    // Heights differ among cards only.
    if (this.cards && !held) this.#keyOf = (place) => this.#shown[place]?.index ?? place;
    this.#orderOf = this.#rows;
    this.#orderIn = locale();
    this.#orderHeld = held;
    this.#totals = totalsOf(this.#shown);
  }

  protected override updated(): void {
    const row = this.#added === undefined ? undefined : this.#rows[this.#added];
    if (!row) return;
    this.#added = undefined;
    const column = this.#columns.findIndex(({ key }) => key === "name");
    this.#hand.moveTo({ row: this.#shown.indexOf(row) + 1, column });
    this.#hand.open(row, this.#columns[column] as Column, undefined, false);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.scenario) return nothing;
    const deals = this.scenario.open_pipeline?.deals ?? NO_DEALS;
    const setting = { scenario: this.scenario };
    return html`${toolbar(
      {
        scenario: this.scenario,
        files: this.files,
        table: this.#shownTable,
        deals,
        shown: this.#shown.length,
        chosen: this.selection.of(this.#rows).map(({ deal }) => deal),
        faulty: [...this.#faults.values()].reduce((sum, cells) => sum + cells.size, 0),
        filter: this.filter,
        sort: this.sort,
        cards: this.cards,
        hidden: this.hiddenColumns,
      },
      this.#actions,
    )}
      ${deals.length === 0 ? html`<p class="dc-empty">${t("deals.empty")}</p>` : this.#grid(setting)}
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

  readonly #shownTable = () =>
    shownTable(this.#shown, this.#columns, { scenario: this.scenario ?? { schema: "dealcast/1" } });

  #grid(setting: Setting): TemplateResult {
    const state = {
      setting,
      columns: this.#columns,
      shown: this.#shown,
      totals: this.#totals,
      all: this.#rows.length,
      sort: this.sort,
      selected: this.selection.ids,
      expanded: this.expanded,
      faults: this.#faults,
      active: this.#hand.active,
      editing: this.#hand.editing,
      cards: this.cards,
      printing: this.printing,
      stale: this.stale,
    };
    const items = this.printing
      ? this.#shown.slice(0, PRINTED_ROWS).map((_, index) => ({ index, start: 0 }))
      : this.#scroller.items;
    return grid(
      state,
      { items, height: this.#scroller.totalHeight, measure: this.#scroller.measure },
      this.#hand,
    );
  }

  #edit(edit: DraftEdit, key: ColumnKey): void {
    const column = COLUMNS.find((one) => one.key === key);
    this.deleted = [];
    fireEdit(this, t("deals.step_edit", { field: column ? t(column.label) : "" }), edit);
  }

  #sortBy(column: Column): void {
    this.sort = nextSort(this.sort, column.key, column.align === "end");
    this.said = this.sort
      ? t(`deals.sorted_${this.sort.direction}`, { column: t(column.label) })
      : t("deals.sorted_none");
  }

  #expand(row: Row): void {
    const next = new Set(this.expanded);
    if (!next.delete(row.deal.deal_id)) next.add(row.deal.deal_id);
    this.expanded = next;
  }

  /** The grid as its interaction sees it. */
  #gridForHand(): Grid {
    const table = this;
    return {
      get shown() {
        return table.#shown;
      },
      get rows() {
        return table.#rows;
      },
      get columns() {
        return table.#columns;
      },
      get cards() {
        return table.cards;
      },
      get page() {
        return table.#scroller.page;
      },
      isExpanded: (row) => this.expanded.has(row.deal.deal_id),
      edit: (edit, key) => this.#edit(edit, key),
      openForm: (kind, row, anchor) => this.#form.open(kind, row.index, anchor, row.deal.deal_id),
      sortBy: (column) => this.#sortBy(column),
      toggle: (row, range) => {
        this.selection = this.selection.toggled(row, this.#shown, range);
      },
      select: (rows) => {
        this.selection = this.selection.with(rows);
      },
      selectAll: (always) => {
        this.selection = this.selection.all(this.#shown, always);
      },
      selectNone: () => {
        this.selection = new Selection();
      },
      expand: (row) => this.#expand(row),
      scrollTo: (place) => this.#scroller.scrollTo(place),
      say: (text) => {
        this.said = text;
      },
      left: () => {
        if (!this.#orderHeld) return;
        this.#takeOrder(true);
        this.requestUpdate();
      },
    };
  }

  readonly #actions = {
    add: () => {
      if (!this.scenario) return;
      const deals = this.scenario.open_pipeline?.deals ?? NO_DEALS;
      const index = deals.length;
      this.filter = { text: "" };
      this.sort = undefined;
      this.deleted = [];
      fireEdit(
        this,
        t("deals.step_add"),
        insertDeals([{ index, deal: newDeal(this.scenario, t("deals.new_deal")) }]),
      );
      this.#added = index;
    },
    duplicate: () => {
      const indices = this.selection.of(this.#rows).map((row) => row.index);
      this.deleted = [];
      fireEdit(
        this,
        t("deals.step_duplicate", { count: indices.length }),
        duplicateDeals(indices, (name) => t("deals.copy_of", { name })),
      );
      this.said = t("deals.duplicated", { count: indices.length });
    },
    lever: (what: DealLever) => {
      const ids = this.selection.of(this.#rows).map(({ deal }) => deal.deal_id);
      askLever(this, { deals: { what, ids } });
    },
    remove: () => {
      const chosen = this.selection.of(this.#rows);
      this.selection = new Selection();
      fireEdit(
        this,
        t("deals.step_delete", { count: chosen.length }),
        deleteDeals(chosen.map((row) => row.index)),
      );
      this.deleted = chosen.map(({ index, deal }) => ({ index, deal }));
      this.said = t("deals.deleted", { count: chosen.length });
    },
    clearSelection: () => {
      this.selection = new Selection();
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
      const next = new Set(this.hiddenColumns);
      if (!next.delete(key)) next.add(key);
      this.hiddenColumns = next;
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
