/** The grid's templates: header, the rows in view, totals. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";

import { locale, t } from "../../i18n.js";
import { styled } from "../styled.js";
import { cell } from "./cells.js";
import { CARD_COLUMNS, type Column, type Row } from "./columns.js";
import { type Editing, editor } from "./editors.js";
import type { CellErrors } from "./errors.js";
import { footer, header } from "./frame.js";
import type { GridInteraction } from "./interaction.js";
import type { Place } from "./keys.js";
import type { Setting } from "./show.js";
import type { Sort, Totals } from "./view.js";

export interface GridState {
  readonly setting: Setting;
  readonly columns: readonly Column[];
  /** Rows in view order, what they add up to, and how many deals there are in all. */
  readonly shown: readonly Row[];
  readonly totals: Totals;
  readonly all: number;
  readonly sort: Sort | undefined;
  /** Identifiers of selected deals and of opened cards. */
  readonly selected: ReadonlySet<string>;
  readonly expanded: ReadonlySet<string>;
  readonly faults: ReadonlyMap<number, CellErrors>;
  readonly active: Place;
  readonly editing: Editing | undefined;
  readonly cards: boolean;
  readonly printing: boolean;
  readonly stale: boolean;
}

/** The rows to draw, where, and what measures them. */
export interface Drawn {
  readonly items: readonly { readonly index: number; readonly start: number }[];
  readonly height: number;
  readonly measure: (row: Element | undefined) => void;
}

/** Unit of the columns' widths, in rem. */
const UNIT = 0.875;
export function grid(state: GridState, drawn: Drawn, hand: GridInteraction): TemplateResult {
  const { columns, shown, setting, cards, printing } = state;
  const template = columns
    .map(({ key, width }) => (key === "name" ? `minmax(${UNIT * width}rem, 1fr)` : `${UNIT * width}rem`))
    .join(" ");
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const chosen =
    state.selected.size === 0 ? 0 : shown.filter((row) => state.selected.has(row.deal.deal_id)).length;
  return html`<div class=${cards ? "dc-scroll dc-cards" : "dc-scroll"}>
      <div
        class=${state.stale ? "dc-grid dc-stale" : "dc-grid"}
        role="grid"
        aria-label=${t("deals.grid")}
        aria-rowcount=${shown.length + 2}
        aria-colcount=${columns.length}
        aria-multiselectable="true"
        ${styled({ "--dc-columns": template, "--dc-width": `${UNIT * width}rem` })}
        @click=${hand.onClick}
        @keydown=${hand.onKey}
        @input=${hand.onInput}
        @change=${hand.onChange}
        @focusin=${hand.onFocusIn}
        @focusout=${hand.onFocusOut}
      >
        ${header({
          columns: columns,
          sort: state.sort,
          currency: setting.scenario.currency ?? "EUR",
          active: state.active.row === 0 ? state.active.column : undefined,
          chosen: chosen === 0 ? "none" : chosen === shown.length ? "all" : "some",
          cards: cards,
        })}
        <div role="rowgroup" class="dc-body" ${styled({ height: printing ? "auto" : `${drawn.height}px` })}>
          ${repeat(
            drawn.items,
            ({ index }) => index,
            ({ index, start }) => line(index, start, state, drawn),
          )}
        </div>
        ${footer(columns, state.totals, state.all, shown.length + 2, setting, cards)}
      </div>
    </div>`;
}

function line(place: number, start: number, state: GridState, drawn: Drawn) {
  const { setting, cards } = state;
  const row = state.shown[place];
  if (!row) return nothing;
  const id = row.deal.deal_id;
  const active = state.active.row === place + 1 ? state.active.column : -1;
  const editing = state.editing?.index === row.index ? state.editing : undefined;
  const faults = state.faults.get(row.index);
  const selected = state.selected.has(id);
  const expanded = state.expanded.has(id);
  const drawnColumns = state.columns.filter(
    ({ key }) => !cards || expanded || CARD_COLUMNS.has(key) || faults?.has(key),
  );
  return html`<div
      role="row"
      class=${`dc-row${selected ? " dc-chosen" : ""}${row.result?.deal.killed ? " dc-killed" : ""}${editing ? " dc-open" : ""}`}
      aria-rowindex=${place + 2}
      aria-selected=${selected ? "true" : "false"}
      data-place=${place}
      ${styled({ transform: state.printing ? "none" : `translateY(${start}px)` })}
      ${ref(cards ? drawn.measure : undefined)}
    >
      ${guard(
        [
          row,
          state.columns,
          cards,
          active,
          editing,
          faults,
          selected,
          expanded,
          setting.scenario.start_month,
          setting.scenario.open_pipeline?.amount_range,
          setting.scenario.open_pipeline?.stages,
          locale(),
        ],
        () =>
          drawnColumns.map((column) => {
            const columnIndex = state.columns.indexOf(column);
            return cell(
              row,
              column,
              {
                columnIndex: columnIndex + 1,
                active: columnIndex === active,
                labelled: cards,
                selected,
                expanded,
                errors: faults?.get(column.key) ?? [],
                editor:
                  editing?.key === column.key ? editor(row, column, editing, setting.scenario) : undefined,
              },
              setting,
            );
          }),
      )}
    </div>`;
}
