/** Which deals the table shows, in which order, and what they add up to. Pure. */
import type { Deal, OpenPipelineReport } from "../../generated/dealcast.js";
import { COLUMNS, type ColumnKey, likelyAmount, type Row, type RowResult } from "./columns.js";

export interface Sort {
  readonly key: ColumnKey;
  readonly direction: "ascending" | "descending";
}

/** What the reader asked to see. An empty choice means all; `""` means deals that state none. */
export interface Filter {
  readonly text: string;
  readonly owner?: string | undefined;
  readonly stage?: string | undefined;
  readonly category?: string | undefined;
  /** Only deals with an error. */
  readonly faulty?: boolean | undefined;
}

/** The engine's results by deal, which may be older than the deals. */
export type Results = ReadonlyMap<string, RowResult>;

/** The report's lists by deal, as one entry per deal. */
export function resultsById(report: OpenPipelineReport | undefined): Results {
  const results = new Map<string, RowResult>();
  const exact = report?.headline_engine === "exact";
  for (const [index, deal] of report?.deals.entries() ?? []) {
    results.set(deal.deal_id, {
      deal,
      swing: report?.deal_swing_interventional[index] ?? 0,
      varianceShare: report?.deal_variance_share[index] ?? 0,
      swingError: exact ? 0 : (report?.standard_error.deal_swing_interventional[index] ?? 0),
    });
  }
  return results;
}

/** One row per deal. Rows of `previous` are kept where neither deal nor result changed, so that views can skip them. */
export function rowsOf(deals: readonly Deal[], results: Results, previous: readonly Row[] = []): Row[] {
  return deals.map((deal, index) => {
    const result = results.get(deal.deal_id);
    const old = previous[index];
    return old && old.deal === deal && old.result === result ? old : { index, deal, result };
  });
}

/** Text without case and accents: “Énergie” is found by “energie”. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function matches(row: Row, filter: Filter, words: readonly string[], faulty: ReadonlySet<number>): boolean {
  const { deal } = row;
  if (filter.owner !== undefined && (deal.owner ?? "") !== filter.owner) return false;
  if (filter.stage !== undefined && (deal.stage ?? "") !== filter.stage) return false;
  if (filter.category !== undefined && (deal.forecast_category ?? "") !== filter.category) return false;
  if (filter.faulty && !faulty.has(row.index)) return false;
  if (words.length === 0) return true;
  const text = folded([deal.name, deal.deal_id, deal.owner, deal.stage, deal.segment, deal.source].join(" "));
  return words.every((word) => text.includes(word));
}

/** The rows that pass the filter, sorted. Ties keep the scenario's order; absent values come last both ways. */
export function visibleRows(
  rows: readonly Row[],
  filter: Filter,
  sort: Sort | undefined,
  locale: string,
  faulty: ReadonlySet<number> = new Set(),
): Row[] {
  const words = folded(filter.text).split(/\s+/).filter(Boolean);
  const shown = rows.filter((row) => matches(row, filter, words, faulty));
  const value = COLUMNS.find((column) => column.key === sort?.key)?.value;
  if (!sort || !value) return shown;
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  const sign = sort.direction === "ascending" ? 1 : -1;
  const keyed = shown.map((row) => ({ row, key: value(row) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined)
      return Number(a.key === undefined) - Number(b.key === undefined);
    const order =
      typeof a.key === "number" && typeof b.key === "number"
        ? a.key - b.key
        : collator.compare(String(a.key), String(b.key));
    return sign * order;
  });
  return keyed.map(({ row }) => row);
}

/** Next order of a column whose header is activated: up, down, as entered; figures start with the largest. */
export function nextSort(sort: Sort | undefined, key: ColumnKey, numbers: boolean): Sort | undefined {
  const first = numbers ? "descending" : "ascending";
  if (sort?.key !== key) return { key, direction: first };
  if (sort.direction === first) return { key, direction: numbers ? "ascending" : "descending" };
  return undefined;
}

/** What the shown deals add up to. */
export interface Totals {
  readonly deals: number;
  /** Sum of the mean amounts, or of the amounts as entered where there is no result yet. */
  readonly amount: number;
  /** Sum of p·E[amount]. */
  readonly weighted: number;
  /** Sum of P(won in the window)·E[amount]. */
  readonly expectedInWindow: number;
  /** Sum of P(won later than the window)·E[amount]. */
  readonly expectedLate: number;
  readonly varianceShare: number;
  /** Deals that the sums of results lack, because no result is there yet. */
  readonly withoutResult: number;
}

export function totalsOf(rows: readonly Row[]): Totals {
  let [amount, weighted, expectedInWindow, expectedLate, varianceShare, withoutResult] = [0, 0, 0, 0, 0, 0];
  for (const { deal, result } of rows) {
    if (!result) {
      withoutResult += 1;
      amount += likelyAmount(deal.amount) ?? 0;
      continue;
    }
    const mean = result.deal.mean_amount;
    amount += mean;
    weighted += result.deal.win_probability * mean;
    expectedInWindow += result.deal.prob_won_in_window * mean;
    expectedLate += result.deal.prob_won_late * mean;
    varianceShare += result.varianceShare;
  }
  return {
    deals: rows.length,
    amount,
    weighted,
    expectedInWindow,
    expectedLate,
    varianceShare,
    withoutResult,
  };
}

/** The different values of a field, sorted as the language does; `""` first where some deals state none. */
export function choicesOf(
  deals: readonly Deal[],
  field: "owner" | "stage" | "segment" | "source" | "forecast_category",
  locale: string,
): string[] {
  const values = new Set(deals.map((deal) => deal[field] ?? ""));
  return [...values].sort(new Intl.Collator(locale, { numeric: true }).compare);
}
