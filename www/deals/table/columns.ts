/** The columns of the deals table as data: what each shows, how it sorts, whether and how it is edited. */
import type { Deal, DealResult, DistributionObject, Quantity, Rate } from "../../generated/dealcast.js";
import type { MessageKey } from "../../i18n.js";

export type ColumnKey =
  | "selected"
  | "more"
  | "name"
  | "deal_id"
  | "owner"
  | "segment"
  | "source"
  | "stage"
  | "amount"
  | "win_probability"
  | "meddic"
  | "expected_close_month"
  | "slippage"
  | "age_days"
  | "forecast_category"
  | "prob_won_in_window"
  | "prob_won_late"
  | "prob_lost"
  | "swing"
  | "variance_share";

/** How a cell is edited: by typing, from a list, in a small form, or not at all. */
export type EditorKind = "text" | "number" | "rate" | "amount" | "choice" | "form" | "none";

/** What the engine made of a deal, with its place in the lists by deal. */
export interface RowResult {
  readonly deal: DealResult;
  readonly swing: number;
  readonly varianceShare: number;
  /** Standard error of the swing; 0 where the exact engine gave it. */
  readonly swingError: number;
}

/** One deal of the table. */
export interface Row {
  /** Place in the scenario's list of deals. */
  readonly index: number;
  readonly deal: Deal;
  readonly result: RowResult | undefined;
}

export interface Column {
  readonly key: ColumnKey;
  readonly label: MessageKey;
  /** What the header's title explains. */
  readonly help: MessageKey;
  readonly editor: EditorKind;
  /** Width in units of 0.875rem; the name takes what is left. */
  readonly width: number;
  readonly align: "start" | "end" | "center";
  readonly group: "deal" | "result";
  /** Shown unless the reader asks for it or against it. */
  readonly shown: boolean;
  /** What the column sorts by; undefined sorts last. */
  readonly value: (row: Row) => number | string | undefined;
}

/** The number that stands for a rate: the fraction, or the mean of the Jeffreys posterior of the counts. */
export function rateMean(rate: Rate): number {
  return typeof rate === "number" ? rate : (rate.won + 0.5) / (rate.closed + 1);
}

/** The amount a salesperson would name: the CRM amount, the likeliest value, the mean. */
export function likelyAmount(amount: Quantity): number | undefined {
  if (typeof amount === "number") return amount;
  const middle = (a: DistributionObject) =>
    a.min === undefined || a.max === undefined ? undefined : (a.min + a.max) / 2;
  return amount.mode ?? amount.mean ?? amount.value ?? middle(amount);
}

/** Score 0 to 6 of the answers, an unknown one worth a half; absent without answers. */
export function meddicScore(row: Row): number | undefined {
  const answers = Object.values(row.deal.meddic ?? {});
  if (answers.length === 0) return undefined;
  const no = answers.filter((answer) => answer === "no").length;
  const yes = answers.filter((answer) => answer === "yes").length;
  return yes + (6 - yes - no) / 2;
}

/** Probability of winning some day as the engine used it, or as the deal states it. */
export function winProbability(row: Row): number | undefined {
  return row.result?.deal.win_probability ?? (row.deal.win_probability && rateMean(row.deal.win_probability));
}

const CATEGORY_ORDER = ["commit", "best_case", "pipeline", "omitted"];
const deal = { group: "deal", align: "start", shown: true } as const;
const result = { group: "result", align: "end", shown: true, editor: "none" } as const;

export const COLUMNS: readonly Column[] = [
  {
    ...deal,
    key: "selected",
    label: "deals.select_all",
    help: "deals.select_all",
    editor: "none",
    width: 2.25,
    align: "center",
    value: () => undefined,
  },
  {
    ...deal,
    key: "name",
    label: "deals.name",
    help: "deals.name_help",
    editor: "text",
    width: 10.5,
    value: (row) => row.deal.name ?? row.deal.deal_id,
  },
  {
    ...deal,
    key: "deal_id",
    label: "deals.deal_id",
    help: "deals.deal_id_help",
    editor: "text",
    width: 6.5,
    shown: false,
    value: (row) => row.deal.deal_id,
  },
  {
    ...deal,
    key: "owner",
    label: "deals.owner",
    help: "deals.owner_help",
    editor: "text",
    width: 7.5,
    value: (row) => row.deal.owner,
  },
  {
    ...deal,
    key: "segment",
    label: "deals.segment",
    help: "deals.segment_help",
    editor: "text",
    width: 6.5,
    shown: false,
    value: (row) => row.deal.segment,
  },
  {
    ...deal,
    key: "source",
    label: "deals.source",
    help: "deals.source_help",
    editor: "text",
    width: 6.5,
    shown: false,
    value: (row) => row.deal.source,
  },
  {
    ...deal,
    key: "stage",
    label: "deals.stage",
    help: "deals.stage_help",
    editor: "choice",
    width: 7,
    value: (row) => row.deal.stage,
  },
  {
    ...deal,
    key: "amount",
    label: "deals.amount",
    help: "deals.amount_help",
    editor: "amount",
    width: 8.5,
    align: "end",
    value: (row) => likelyAmount(row.deal.amount),
  },
  {
    ...deal,
    key: "win_probability",
    label: "deals.win_probability",
    help: "deals.win_probability_help",
    editor: "rate",
    width: 8,
    align: "end",
    value: winProbability,
  },
  {
    ...deal,
    key: "meddic",
    label: "deals.meddic",
    help: "deals.meddic_help",
    editor: "form",
    width: 7.5,
    align: "end",
    value: meddicScore,
  },
  {
    ...deal,
    key: "expected_close_month",
    label: "deals.close_month",
    help: "deals.close_month_help",
    editor: "choice",
    width: 7,
    value: (row) => row.deal.expected_close_month,
  },
  {
    ...deal,
    key: "slippage",
    label: "deals.slippage",
    help: "deals.slippage_help",
    editor: "form",
    width: 6,
    align: "end",
    value: (row) => meanDelay(row),
  },
  {
    ...deal,
    key: "age_days",
    label: "deals.age",
    help: "deals.age_help",
    editor: "number",
    width: 4.25,
    align: "end",
    value: (row) => row.deal.age_days,
  },
  {
    ...deal,
    key: "forecast_category",
    label: "deals.category",
    help: "deals.category_help",
    editor: "choice",
    width: 7,
    value: (row) =>
      row.deal.forecast_category ? CATEGORY_ORDER.indexOf(row.deal.forecast_category) : undefined,
  },
  {
    ...result,
    key: "prob_won_in_window",
    label: "deals.won_in_window",
    help: "deals.won_in_window_help",
    width: 5.5,
    value: (row) => row.result?.deal.prob_won_in_window,
  },
  {
    ...result,
    key: "prob_won_late",
    label: "deals.won_late",
    help: "deals.won_late_help",
    width: 4.5,
    value: (row) => row.result?.deal.prob_won_late,
  },
  {
    ...result,
    key: "prob_lost",
    label: "deals.lost",
    help: "deals.lost_help",
    width: 4.5,
    shown: false,
    value: (row) => row.result?.deal.prob_lost,
  },
  {
    ...result,
    key: "swing",
    label: "deals.swing",
    help: "deals.swing_help",
    width: 4.25,
    value: (row) => row.result?.swing,
  },
  {
    ...result,
    key: "variance_share",
    label: "deals.variance_share",
    help: "deals.variance_share_help",
    width: 5,
    shown: false,
    value: (row) => row.result?.varianceShare,
  },
];

/** In the layout as cards: shows and hides the less important cells. */
export const MORE_COLUMN: Column = {
  ...deal,
  key: "more",
  label: "deals.more",
  help: "deals.more",
  editor: "none",
  width: 3,
  value: () => undefined,
};
/** What a card shows before it is opened. */
export const CARD_COLUMNS: ReadonlySet<ColumnKey> = new Set<ColumnKey>([
  "selected",
  "name",
  "more",
  "amount",
  "stage",
  "expected_close_month",
  "win_probability",
  "prob_won_in_window",
  "swing",
]);

/** Mean delay in months of a deal's own law; absent: the scenario's default. */
function meanDelay(row: Row): number | undefined {
  const law = row.deal.slippage;
  if (!law) return undefined;
  if (law.distribution === "none") return 0;
  if (law.distribution === "pmf")
    return (law.probability_by_months_late ?? []).reduce((sum, p, months) => sum + p * months, 0);
  const q = law.monthly_slip_probability ?? 0;
  return q < 1 ? q / (1 - q) : undefined;
}
