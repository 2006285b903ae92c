/** The grid's first and last row: headers to sort by, and what the shown deals add up to. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { exactMoney, money, percent } from "../../format.js";
import { t } from "../../i18n.js";
import type { Column, ColumnKey } from "./columns.js";
import type { Setting } from "./show.js";
import type { Sort, Totals } from "./view.js";

export interface HeaderState {
  readonly columns: readonly Column[];
  readonly sort: Sort | undefined;
  readonly currency: string;
  /** Column where Tab comes to, if it is in the header. */
  readonly active: number | undefined;
  /** How many of the shown deals are selected. */
  readonly chosen: "none" | "some" | "all";
  readonly cards: boolean;
}

export function header(state: HeaderState): TemplateResult {
  return html`<div role="rowgroup" class="dc-head">
    <div role="row" class="dc-row" aria-rowindex="1">
      ${state.columns.map((column, index) => headerCell(column, index, state))}
    </div>
  </div>`;
}

function headerCell(column: Column, index: number, state: HeaderState): TemplateResult {
  const { sort, cards } = state;
  const sorted = sort?.key === column.key ? sort.direction : undefined;
  const tabindex = state.active === index ? 0 : -1;
  const label =
    column.key === "amount" ? t("deals.amount_in", { currency: state.currency }) : t(column.label);
  return html`<div
    role="columnheader"
    class=${`dc-cell dc-${column.align}${column.group === "result" ? " dc-result" : ""}`}
    data-column=${column.key}
    aria-colindex=${index + 1}
    aria-sort=${sorted ?? nothing}
  >
    ${
      cards
        ? html`<span class="dc-hidden">${label}</span>`
        : column.key === "selected"
          ? html`<input
            data-focus
            type="checkbox"
            tabindex=${tabindex}
            aria-label=${t("deals.select_all")}
            .checked=${live(state.chosen === "all")}
            .indeterminate=${live(state.chosen === "some")}
          />`
          : html`<button data-focus type="button" class="dc-sort" tabindex=${tabindex} title=${t(column.help)}>
            <span>${label}</span>
            <span class="dc-arrow" aria-hidden="true">${sorted === "ascending" ? "▲" : sorted === "descending" ? "▼" : ""}</span>
          </button>`
    }
  </div>`;
}

/** The totals row. */
export function footer(
  columns: readonly Column[],
  totals: Totals,
  all: number,
  rowIndex: number,
  { scenario }: Setting,
  cards: boolean,
): TemplateResult {
  const currency = scenario.currency ?? "EUR";
  const sums: Partial<
    Record<ColumnKey, { readonly amount: number; readonly title: string; readonly label: string }>
  > = {
    amount: { amount: totals.amount, title: t("deals.total_amount_help"), label: t("deals.total_amount") },
    win_probability: {
      amount: totals.weighted,
      title: t("deals.total_weighted_help"),
      label: t("deals.total_weighted"),
    },
    prob_won_in_window: {
      amount: totals.expectedInWindow,
      title: t("deals.total_in_window_help"),
      label: t("deals.total_in_window"),
    },
    prob_won_late: {
      amount: totals.expectedLate,
      title: t("deals.total_late_help"),
      label: t("deals.total_late"),
    },
  };
  const drawn = cards
    ? columns.filter(({ key }) => key === "name" || (sums[key] && key !== "prob_won_late"))
    : columns;
  return html`<div role="rowgroup" class="dc-foot">
    <div role="row" class="dc-row" aria-rowindex=${rowIndex}>
      ${drawn.map((column) => {
        const sum = sums[column.key];
        return html`<div
          role="gridcell"
          class=${`dc-cell dc-${column.align}${column.group === "result" ? " dc-result" : ""}`}
          aria-colindex=${columns.indexOf(column) + 1}
          aria-readonly="true"
        >
          ${
            column.key === "name"
              ? html`<span class="dc-text">${totals.deals === all ? t("deals.count", { count: all }) : t("deals.count_of", { count: totals.deals, all })}</span>`
              : sum
                ? html`<span class="dc-total-label">${sum.label}</span><span class="dc-text" title=${`${exactMoney(sum.amount, currency)}. ${sum.title}`}>${totals.withoutResult > 0 && column.key !== "amount" ? "–" : money(sum.amount, currency)}</span>`
                : column.key === "variance_share" && totals.withoutResult === 0
                  ? html`<span class="dc-text">${percent(totals.varianceShare, { decimals: 0 })}</span>`
                  : nothing
          }
        </div>`;
      })}
    </div>
  </div>`;
}
