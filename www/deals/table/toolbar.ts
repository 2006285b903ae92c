/** What stands above the grid: add, find, filter, columns, and what can be done with the selected deals. */
import { html, nothing, type TemplateResult } from "lit";
import type { Table } from "../../charts/table.js";
import { DEAL_LEVERS, type DealLever, dealLeverName } from "../../compare/deal-inputs.js";
import { canLever } from "../../compare/deal-levers.js";
import type { Deal, Scenario } from "../../generated/dealcast.js";
import { locale, type MessageKey, t } from "../../i18n.js";
import "../export/export-menu.js";
import type { DealFiles } from "../events.js";
import { COLUMNS, type ColumnKey } from "./columns.js";
import { choicesOf, type Filter, type Sort } from "./view.js";

export interface ToolbarState {
  readonly scenario: Scenario;
  readonly files: DealFiles | undefined;
  /** The rows and columns that the reader sees. */
  readonly table: () => Table;
  readonly deals: readonly Deal[];
  readonly shown: number;
  /** The selected deals. */
  readonly chosen: readonly Deal[];
  readonly faulty: number;
  readonly filter: Filter;
  readonly sort: Sort | undefined;
  readonly cards: boolean;
  readonly hidden: ReadonlySet<ColumnKey>;
}

export interface ToolbarActions {
  add(): void;
  duplicate(): void;
  lever(what: DealLever): void;
  remove(): void;
  clearSelection(): void;
  filter(change: Partial<Filter>): void;
  sort(sort: Sort | undefined): void;
  toggleColumn(key: ColumnKey): void;
  importFile(): void;
}

export function toolbar(state: ToolbarState, act: ToolbarActions): TemplateResult {
  const filtered = Object.values(state.filter).some(
    (value) => value !== undefined && value !== "" && value !== false,
  );
  return html`<div class="dc-toolbar" role="group" aria-label=${t("deals.toolbar")}>
      <div class="dc-tools">
        <button type="button" class="dc-button" @click=${act.add}>${t("deals.add")}</button>
        ${
          state.files?.importCsv
            ? html`<button type="button" class="dc-button" @click=${act.importFile}>${t("deals.import_button")}</button>`
            : nothing
        }
        <dc-deals-export .scenario=${state.scenario} .files=${state.files} .shown=${state.table}></dc-deals-export>
      </div>
      <div class="dc-filters">
        <input
          type="search"
          class="dc-search"
          placeholder=${t("deals.search")}
          aria-label=${t("deals.search")}
          .value=${state.filter.text}
          @input=${(event: Event) => act.filter({ text: (event.target as HTMLInputElement).value })}
        />
        ${chooser(state, act, "owner", "deals.all_owners", "deals.no_owner")}
        ${chooser(state, act, "stage", "deals.all_stages", "deals.no_stage")}
        ${chooser(state, act, "category", "deals.all_categories", "deals.no_category")}
        ${state.cards ? sorter(state, act) : columnMenu(state, act)}
        ${
          filtered
            ? html`<button type="button" class="dc-quiet" @click=${() => act.filter({ text: "", owner: undefined, stage: undefined, category: undefined, faulty: undefined })}>
              ${t("deals.clear_filters")}
            </button>`
            : nothing
        }
      </div>
    </div>
    ${
      state.faulty > 0 || state.filter.faulty
        ? html`<p class="dc-alert">
          <span>${t("deals.faulty_cells", { count: state.faulty })}</span>
          <button type="button" class="dc-quiet" @click=${() => act.filter({ faulty: !state.filter.faulty || undefined })}>
            ${t(state.filter.faulty ? "deals.show_all" : "deals.show_faulty")}
          </button>
        </p>`
        : nothing
    }
    ${
      state.chosen.length > 0
        ? html`<div class="dc-selection" role="group" aria-label=${t("deals.selection")}>
          <span>${t("deals.selected", { count: state.chosen.length })}</span>
          <button type="button" class="dc-button" @click=${act.duplicate}>${t("deals.duplicate")}</button>
          ${leverChooser(state, act)}
          <button type="button" class="dc-button dc-danger" @click=${act.remove}>${t("deals.delete")}</button>
          <button type="button" class="dc-quiet" @click=${act.clearSelection}>${t("deals.clear_selection")}</button>
        </div>`
        : nothing
    }`;
}

/** What a plan can do to the selected deals. */
function leverChooser({ chosen, scenario }: ToolbarState, act: ToolbarActions): TemplateResult {
  return html`<select
    class="dc-lever"
    aria-label=${t("deals.make_lever")}
    @change=${(event: Event) => {
      const select = event.target as HTMLSelectElement;
      const what = DEAL_LEVERS.find((one) => one === select.value);
      select.value = "";
      if (what) act.lever(what);
    }}
  >
    <option value="">${t("deals.make_lever")}…</option>
    ${DEAL_LEVERS.map((what) => html`<option value=${what} ?disabled=${!canLever(what, chosen, scenario)}>${dealLeverName(what)}</option>`)}
  </select>`;
}

const ALL = "\u0000";
/** Choices by list of deals: a filter is drawn far more often than deals change. */
const choices = new WeakMap<readonly Deal[], Map<string, string[]>>();

function knownChoices(deals: readonly Deal[], field: "owner" | "stage" | "forecast_category"): string[] {
  const known = choices.get(deals) ?? new Map<string, string[]>();
  choices.set(deals, known);
  const key = `${field} ${locale()}`;
  const values = known.get(key) ?? choicesOf(deals, field, locale());
  known.set(key, values);
  return values;
}

function chooser(
  { deals, filter }: ToolbarState,
  act: ToolbarActions,
  by: "owner" | "stage" | "category",
  all: MessageKey,
  none: MessageKey,
): TemplateResult {
  const field = by === "category" ? "forecast_category" : by;
  const chosen = filter[by] ?? ALL;
  const values = [...knownChoices(deals, field)];
  if (filter[by] !== undefined && !values.includes(chosen)) values.push(chosen);
  const words = (value: string) =>
    value === "" ? t(none) : by === "category" ? t(`deals.category_${value}` as MessageKey) : value;
  return html`<select
    aria-label=${t(`deals.filter_${by}`)}
    @change=${(event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      act.filter({ [by]: value === ALL ? undefined : value });
    }}
  >
    <option value=${ALL} ?selected=${chosen === ALL}>${t(all)}</option>
    ${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${words(value)}</option>`)}
  </select>`;
}

/** Cards have no headers to sort by: a list does it. */
function sorter({ sort }: ToolbarState, act: ToolbarActions): TemplateResult {
  const sortable = COLUMNS.filter((column) => column.key !== "selected");
  const value = sort ? `${sort.key} ${sort.direction}` : "";
  return html`<select
    aria-label=${t("deals.sort_by")}
    @change=${(event: Event) => {
      const [key, direction] = (event.target as HTMLSelectElement).value.split(" ");
      act.sort(key ? { key: key as ColumnKey, direction: direction as Sort["direction"] } : undefined);
    }}
  >
    <option value="" ?selected=${value === ""}>${t("deals.sort_entered")}</option>
    ${sortable.map((column) => {
      const direction = column.align === "end" ? "descending" : "ascending";
      const option = `${column.key} ${direction}`;
      return html`<option value=${option} ?selected=${option === value}>${t("deals.sort_option", { column: t(column.label) })}</option>`;
    })}
  </select>`;
}

function columnMenu({ hidden }: ToolbarState, act: ToolbarActions): TemplateResult {
  const choosable = COLUMNS.filter((column) => column.key !== "selected" && column.key !== "name");
  return html`<details class="dc-menu">
    <summary class="dc-button">${t("deals.columns")}</summary>
    <fieldset class="dc-menu-list">
      <legend class="dc-hidden">${t("deals.columns")}</legend>
      ${choosable.map(
        (column) => html`<label>
          <input type="checkbox" .checked=${!hidden.has(column.key)} @change=${() => act.toggleColumn(column.key)} />
          ${t(column.label)}
        </label>`,
      )}
    </fieldset>
  </details>`;
}
