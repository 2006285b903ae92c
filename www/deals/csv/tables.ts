/** The tables of the import dialog, to take away whole: on screen some show their first lines, or hold fields. Pure. */
import { number, type Table, words } from "../../charts/table.js";
import { sentenceOf } from "../../errors.js";
import { percent } from "../../format.js";
import type {
  CsvColumn,
  CsvField,
  CsvImport,
  CsvStage,
  Deal,
  InputError,
  Rate,
  Scenario,
} from "../../generated/dealcast.js";
import { type MessageKey, t } from "../../i18n.js";
import { likelyAmount, rateMean } from "../table/columns.js";
import { monthText, plainAmount, rateText } from "../table/show.js";

export function fieldName(field: CsvField): string {
  return t(`deals.csv_field_${field}`);
}

const column = (key: MessageKey, numeric = false) => ({ name: t(key), numeric });

/** All deals as they were read. */
export function dealsTable(deals: readonly Deal[], startMonth: string | undefined): Table {
  return {
    columns: [
      column("deals.name"),
      column("deals.amount", true),
      column("deals.stage"),
      column("deals.win_probability", true),
      column("deals.close_month"),
      column("deals.owner"),
    ],
    rows: deals.map((deal) => {
      const amount = likelyAmount(deal.amount);
      const win = deal.win_probability === undefined ? undefined : rateMean(deal.win_probability);
      return [
        words(deal.name ?? deal.deal_id),
        amount === undefined ? words("–") : number(amount, plainAmount(amount)),
        words(deal.stage ?? "–"),
        win === undefined ? words(t("deals.stage_tag")) : number(win, percent(win, { decimals: 0 })),
        words(monthText(startMonth, deal.expected_close_month)),
        words(deal.owner ?? "–"),
      ];
    }),
  };
}

/** All faults of a kind, each with its line and column of the file. */
export function faultsTable(list: readonly InputError[], result: CsvImport, scenario: Scenario): Table {
  const headers = new Map(result.columns.map((column) => [column.column, column.header]));
  return {
    columns: [column("deals.csv_line_head", true), column("deals.csv_column"), column("deals.csv_fault")],
    rows: list.map((error) => [
      error.row == null ? words("") : number(error.row, String(error.row)),
      words(error.column == null ? "" : (headers.get(error.column) ?? String(error.column))),
      words(sentenceOf(error, scenario)),
    ]),
  };
}

/** New stages: what the file holds of them, and the win rate as it stands. */
export function stagesTable(stages: readonly CsvStage[], rates: ReadonlyMap<string, Rate>): Table {
  return {
    columns: [
      column("deals.stage"),
      column("deals.csv_open", true),
      column("deals.csv_won_head", true),
      column("deals.csv_lost_head", true),
      column("deals.win_rate"),
    ],
    rows: stages.map((stage) => {
      const rate = rates.get(stage.stage);
      const counts = [stage.open, stage.won, stage.lost].map((count) => number(count, String(count)));
      return [words(stage.stage), ...counts, words(rate === undefined ? "" : rateText(rate))];
    }),
  };
}

/** Columns of the file, and what each was taken for. */
export function columnsTable(list: readonly CsvColumn[]): Table {
  return {
    columns: [column("deals.csv_column"), column("deals.csv_samples"), column("deals.csv_means")],
    rows: list.map(({ header, column, samples, field }) => [
      words(header || t("deals.csv_column_number", { number: String(column) })),
      words(samples.join(" · ")),
      words(field ? fieldName(field) : t("deals.csv_unused")),
    ]),
  };
}
