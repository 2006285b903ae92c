/** How the file was read, each guess with its correction: format and columns. */
import { html, nothing, type TemplateResult } from "lit";
import { monthName } from "../../format.js";
import type {
  CsvColumn,
  CsvDetected,
  CsvField,
  CsvImport,
  CsvOptions,
  DateOrder,
  DecimalMark,
  Delimiter,
  Encoding,
} from "../../generated/dealcast.js";
import { type MessageKey, t } from "../../i18n.js";
import "../../ui/table-file.js";
import { columnsTable, fieldName } from "./tables.js";
import { startMonths, today } from "./today.js";

export interface ReadingAction {
  option(change: Partial<CsvOptions>): void;
  map(column: number, field: CsvField | undefined): void;
}

/** What a column can mean, in the order of the list. */
export const FIELDS = [
  "deal_id",
  "name",
  "account",
  "amount",
  "currency",
  "close_date",
  "close_month",
  "stage",
  "probability",
  "owner",
  "forecast_category",
  "created_date",
  "age_days",
  "segment",
  "source",
  "status",
  "is_closed",
  "is_won",
  "is_lost",
  "closed_on",
  "metrics",
  "economic_buyer",
  "decision_criteria",
  "decision_process",
  "identified_pain",
  "champion",
  "amount_distribution",
  "slippage",
] as const satisfies readonly CsvField[];

export function readingView(result: CsvImport, options: CsvOptions, act: ReadingAction): TemplateResult {
  const { detected } = result;
  return html`<section class="dc-import-part">
      <h3>${t("deals.csv_format")}</h3>
      ${detected ? format(detected, options, act) : nothing}
    </section>
    ${result.columns.length > 0 ? html`<section class="dc-import-part"><h3>${t("deals.csv_columns")}</h3>${columns(result.columns, act)}</section>` : nothing}`;
}

function format(detected: CsvDetected, options: CsvOptions, act: ReadingAction): TemplateResult {
  const crm =
    detected.crm === "unknown"
      ? nothing
      : html`<p class="dc-note">${t("deals.csv_crm", { crm: t(`deals.crm_${detected.crm}`) })}</p>`;
  const now = options.today ?? today();
  const month = detected.start_month ?? options.start_month;
  return html`${crm}
    <div class="dc-format">
      ${choice<Encoding>(
        "deals.csv_encoding_label",
        ["utf8", "windows1252", "utf16_le", "utf16_be"],
        detected.encoding,
        (encoding) => t(`deals.encoding_${encoding}`),
        (encoding) => act.option({ encoding }),
      )}
      ${choice<Delimiter>(
        "deals.csv_delimiter",
        ["semicolon", "comma", "tab", "pipe"],
        detected.delimiter,
        (delimiter) => t(`deals.delimiter_${delimiter}`),
        (delimiter) => act.option({ delimiter }),
      )}
      ${choice<DecimalMark>(
        "deals.csv_decimal",
        ["comma", "point"],
        detected.decimal,
        (decimal) => t(`deals.decimal_${decimal}`),
        (decimal) => act.option({ decimal }),
        detected.decimal_ambiguous,
      )}
      ${choice<DateOrder>(
        "deals.csv_dates",
        ["dmy", "mdy", "ymd"],
        detected.date_order ?? "ymd",
        (date_order) => t(`deals.dates_${date_order}`),
        (date_order) => act.option({ date_order }),
        detected.date_order_ambiguous,
      )}
      <label class="dc-field">
        <span>${t("deals.csv_header_row")}</span>
        <input type="number" min="1" max="32" .value=${String(detected.header_row)} @change=${(
          event: Event,
        ) => {
          const row = Math.round(Number((event.target as HTMLInputElement).value));
          if (row >= 1) act.option({ header_row: row, mapping: [] });
        }} />
      </label>
      ${choice(
        "deals.csv_start",
        startMonths(now, month),
        month,
        (value) => monthName(value, 1),
        (start_month) => act.option({ start_month }),
      )}
    </div>`;
}

function choice<T extends string>(
  label: MessageKey,
  values: readonly T[],
  chosen: T | undefined,
  words: (value: T) => string,
  take: (value: T) => void,
  doubtful = false,
): TemplateResult {
  return html`<label class="dc-field">
    <span>${t(label)}${doubtful ? html` <em class="dc-doubt">${t("deals.csv_doubtful")}</em>` : nothing}</span>
    <select @change=${(event: Event) => take((event.target as HTMLSelectElement).value as T)}>
      ${values.map((value) => html`<option value=${value} .selected=${value === chosen}>${words(value)}</option>`)}
    </select>
  </label>`;
}

function columns(list: readonly CsvColumn[], act: ReadingAction): TemplateResult {
  return html`<div class="dc-table-scroll" tabindex="0" role="group" aria-label=${t("deals.csv_columns")}>
    <table class="dc-plain">
      <thead>
        <tr><th scope="col">${t("deals.csv_column")}</th><th scope="col">${t("deals.csv_samples")}</th><th scope="col">${t("deals.csv_means")}</th></tr>
      </thead>
      <tbody>
        ${list.map(
          (column) => html`<tr>
            <th scope="row">${column.header || t("deals.csv_column_number", { number: String(column.column) })}</th>
            <td class="dc-samples">${column.samples.join(" · ")}</td>
            <td>
              <select
                aria-label=${t("deals.csv_meaning_of", { column: column.header || String(column.column) })}
                class=${column.field ? nothing : "dc-unused"}
                @change=${(event: Event) => act.map(column.column, ((event.target as HTMLSelectElement).value || undefined) as CsvField | undefined)}
              >
                <option value="" .selected=${!column.field}>${t("deals.csv_unused")}</option>
                ${FIELDS.map((field) => html`<option value=${field} .selected=${field === column.field}>${fieldName(field)}</option>`)}
              </select>
            </td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>
  <dc-table-file .name=${t("deals.csv_columns")} .table=${() => columnsTable(list)}></dc-table-file>`;
}
