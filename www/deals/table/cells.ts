/** Templates of the grid's cells as they read; editors are in `editors.ts`. */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { live } from "lit/directives/live.js";

import { sentenceOf } from "../../errors.js";
import type { InputError } from "../../generated/dealcast.js";
import { t } from "../../i18n.js";
import { styled } from "../styled.js";
import type { Column, Row } from "./columns.js";
import { cellText, type Setting } from "./show.js";

/** How a cell stands in the grid. */
export interface CellState {
  /** Place of the column among the shown ones, from 1. */
  readonly columnIndex: number;
  /** Whether Tab comes here. */
  readonly active: boolean;
  /** Whether the label stands in the cell: cards have no header. */
  readonly labelled: boolean;
  readonly selected: boolean;
  readonly expanded: boolean;
  readonly errors: readonly InputError[];
  /** The editor, where this cell is being edited. */
  readonly editor: TemplateResult | undefined;
}

/** One cell of a deal. */
export function cell(row: Row, column: Column, state: CellState, setting: Setting): TemplateResult {
  const { errors, editor } = state;
  const sentence = errors.map((error) => sentenceOf(error, setting.scenario)).join(" ");
  return html`<div
    role="gridcell"
    class=${classMap({ "dc-cell": true, [`dc-${column.align}`]: true, "dc-result": column.group === "result", "dc-faulty": errors.length > 0, "dc-editing": editor !== undefined, "dc-editable": column.editor !== "none" })}
    data-column=${column.key}
    aria-colindex=${state.columnIndex}
    aria-readonly=${column.editor === "none" ? "true" : nothing}
    aria-invalid=${errors.length > 0 ? "true" : nothing}
    aria-haspopup=${column.editor === "form" ? "dialog" : nothing}
    tabindex=${hasControl(column) ? nothing : state.active ? 0 : -1}
  >
    ${editor ?? content(row, column, state, setting, sentence)}
  </div>`;
}

/** Cells whose only content is a control: the control takes the focus. */
function hasControl(column: Column): boolean {
  return column.key === "selected" || column.key === "more";
}

function content(
  row: Row,
  column: Column,
  state: CellState,
  setting: Setting,
  sentence: string,
): TemplateResult {
  const name = row.deal.name || row.deal.deal_id;
  const tabindex = state.active ? 0 : -1;
  if (column.key === "selected")
    return html`<input data-focus type="checkbox" tabindex=${tabindex} .checked=${live(state.selected)} aria-label=${t("deals.select_deal", { name })} />`;
  if (column.key === "more")
    return html`<button data-focus type="button" class="dc-quiet" tabindex=${tabindex} aria-expanded=${state.expanded ? "true" : "false"} aria-label=${t("deals.more_of", { name })}>
      ${t(state.expanded ? "deals.less" : "deals.more")}
    </button>`;
  const said = cellText(row, column.key, setting);
  const title = sentence || said.title || nothing;
  const share = column.key === "prob_won_in_window" ? row.result?.deal.prob_won_in_window : undefined;
  return html`${state.labelled ? html`<span class="dc-card-label" aria-hidden="true">${t(column.label)}</span>` : nothing}
    <span class=${classMap({ "dc-text": true, "dc-quiet-text": said.quiet === true })} title=${title}>${said.text}</span>
    ${said.tag ? html`<span class="dc-tag" title=${title}>${said.tag}</span>` : nothing}
    ${sentence ? html`<span class="dc-fault" title=${sentence}><span aria-hidden="true">!</span><span class="dc-hidden">${sentence}</span></span>` : nothing}
    ${column.editor === "amount" ? html`<button type="button" class="dc-range" tabindex="-1" title=${t("deals.amount_range")} aria-label=${t("deals.amount_range_of", { name })}>±</button>` : nothing}
    ${share === undefined ? nothing : html`<span class="dc-meter" aria-hidden="true"><span ${styled({ width: `${(100 * share).toFixed(1)}%` })}></span></span>`}`;
}
