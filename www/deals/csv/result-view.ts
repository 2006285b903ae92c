/** What came out of the file: deals, rows that did not load, closed deals, stages that need a rate. */
import { html, nothing, type TemplateResult } from "lit";
import { sentenceOf } from "../../errors.js";
import { exactMoney, percent } from "../../format.js";
import type { CsvImport, CsvNote, InputError, Rate, Scenario } from "../../generated/dealcast.js";
import { locale, type MessageKey, t } from "../../i18n.js";
import { likelyAmount, rateMean } from "../table/columns.js";
import { parseRate } from "../table/parse.js";
import { monthText, plainAmount, rateText } from "../table/show.js";
import { alreadyThere, chosenDeals, stagesInNeed } from "./apply.js";
import "../../ui/table-file.js";
import { dealsTable, faultsTable, fieldName, stagesTable } from "./tables.js";

export interface ResultState {
  readonly result: CsvImport;
  readonly scenario: Scenario;
  readonly ownProbabilities: boolean;
  readonly countWon: boolean;
  readonly takeCurrency: boolean;
  readonly rates: ReadonlyMap<string, Rate>;
}

export interface ResultAction {
  ownProbabilities(own: boolean): void;
  countWon(count: boolean): void;
  takeCurrency(take: boolean): void;
  rate(stage: string, rate: Rate | undefined): void;
}

/** Deals shown before they load, and faults listed before the rest is counted. */
const PREVIEWED = 6;
const LISTED = 100;

export function resultView(state: ResultState, act: ResultAction): TemplateResult {
  const { result, scenario } = state;
  return html`<section class="dc-import-part">
      <p class="dc-import-sum" role="status">
        <strong>${t("deals.csv_read", { count: result.deals.length })}</strong>
        ${result.bad_rows > 0 ? html`<span class="dc-bad">${t("deals.csv_bad_rows", { count: result.bad_rows })}</span>` : nothing}
        ${said("deals.csv_closed", result.skipped.closed_won + result.skipped.closed_lost)} ${said("deals.csv_summary_rows", result.skipped.summary + result.skipped.footer)}
        ${said("deals.csv_overdue", result.overdue)} ${said("deals.csv_there", alreadyThere(scenario, result))}
      </p>
      ${faults("deals.csv_errors", result.errors, result, scenario, true)} ${faults("deals.csv_warnings", result.warnings, result, scenario, false)}
      ${result.notes.length > 0 ? html`<ul class="dc-notes">${result.notes.map((note) => html`<li>${noteSentence(note)}</li>`)}</ul>` : nothing}
    </section>
    ${result.deals.length > 0 ? preview(state) : nothing} ${choices(state, act)} ${stages(state, act)}`;
}

function said(
  key: "deals.csv_closed" | "deals.csv_summary_rows" | "deals.csv_overdue" | "deals.csv_there",
  count: number,
) {
  return count > 0 ? html`<span>${t(key, { count })}</span>` : nothing;
}

/** Each fault with its line, its column and the reason. */
function faults(
  title: MessageKey,
  list: readonly InputError[],
  result: CsvImport,
  scenario: Scenario,
  open: boolean,
) {
  if (list.length === 0) return nothing;
  const headers = new Map(result.columns.map((column) => [column.column, column.header]));
  return html`<details class="dc-faults" ?open=${open}>
    <summary>${t(title, { count: list.length })}</summary>
    <ul>
      ${list.slice(0, LISTED).map((error) => {
        const header = error.column == null ? undefined : headers.get(error.column);
        const place =
          error.row == null
            ? t("deals.csv_file")
            : header
              ? t("deals.csv_cell", { line: String(error.row), column: header })
              : t("deals.csv_line", { line: String(error.row) });
        return html`<li><b>${place}</b> ${sentenceOf(error, scenario)}</li>`;
      })}
      ${list.length > LISTED ? html`<li>${t("deals.csv_more", { count: list.length - LISTED })}</li>` : nothing}
    </ul>
    <dc-table-file .name=${t(title, { count: list.length })} .table=${() => faultsTable(list, result, scenario)}></dc-table-file>
  </details>`;
}

function noteSentence(note: CsvNote): string {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(note.params)) {
    if (name === "field") params[name] = fieldName(value as Parameters<typeof fieldName>[0]);
    else
      params[name] =
        typeof value === "number" ? value : Array.isArray(value) ? value.join(", ") : String(value);
  }
  return t(`deals.csv_note_${note.code}`, params);
}

function preview(state: ResultState): TemplateResult {
  const { result } = state;
  const deals = chosenDeals(result, state.ownProbabilities);
  const start = result.detected?.start_month ?? state.scenario.start_month;
  return html`<div class="dc-table-scroll" tabindex="0" role="group" aria-label=${t("deals.csv_preview")}>
    <table class="dc-plain">
      <caption class="dc-hidden">${t("deals.csv_preview")}</caption>
      <thead>
        <tr>
          <th scope="col">${t("deals.name")}</th><th scope="col" class="dc-figure">${t("deals.amount")}</th><th scope="col">${t("deals.stage")}</th>
          <th scope="col" class="dc-figure">${t("deals.win_probability")}</th><th scope="col">${t("deals.close_month")}</th><th scope="col">${t("deals.owner")}</th>
        </tr>
      </thead>
      <tbody>
        ${deals.slice(0, PREVIEWED).map((deal) => {
          const amount = likelyAmount(deal.amount);
          return html`<tr>
            <th scope="row">${deal.name ?? deal.deal_id}</th>
            <td class="dc-figure">${amount === undefined ? "–" : plainAmount(amount)}</td>
            <td>${deal.stage ?? "–"}</td>
            <td class="dc-figure">${deal.win_probability === undefined ? t("deals.stage_tag") : percent(rateMean(deal.win_probability), { decimals: 0 })}</td>
            <td>${monthText(start, deal.expected_close_month)}</td>
            <td>${deal.owner ?? "–"}</td>
          </tr>`;
        })}
      </tbody>
    </table>
    ${deals.length > PREVIEWED ? html`<p class="dc-note">${t("deals.csv_more_deals", { count: deals.length - PREVIEWED })}</p>` : nothing}
  </div>
  <dc-table-file .name=${t("deals.csv_read", { count: deals.length })} .table=${() => dealsTable(deals, start)}></dc-table-file>`;
}

function choices(state: ResultState, act: ResultAction): TemplateResult | typeof nothing {
  const { result, scenario } = state;
  const { won, detected } = result;
  const currency = detected?.currency;
  const page = scenario.currency ?? "EUR";
  const both = result.deals.some((deal) => deal.win_probability !== undefined && deal.stage !== undefined);
  const ask = (checked: boolean, text: string, take: (checked: boolean) => void) =>
    html`<label class="dc-check"><input type="checkbox" .checked=${checked} @change=${(event: Event) => take((event.target as HTMLInputElement).checked)} /><span>${text}</span></label>`;
  const asked = [
    won.deals_in_window > 0
      ? ask(
          state.countWon,
          t("deals.csv_count_won", {
            count: won.deals_in_window,
            amount: exactMoney(won.amount_in_window, currency ?? page),
          }),
          act.countWon,
        )
      : nothing,
    won.unreadable > 0
      ? html`<p class="dc-note">${t("deals.csv_won_unreadable", { count: won.unreadable })}</p>`
      : nothing,
    both ? ask(state.ownProbabilities, t("deals.csv_own_probabilities"), act.ownProbabilities) : nothing,
    currency && currency !== page
      ? ask(state.takeCurrency, t("deals.csv_take_currency", { currency, page }), act.takeCurrency)
      : nothing,
  ].filter((part) => part !== nothing);
  return asked.length === 0 ? nothing : html`<section class="dc-import-part">${asked}</section>`;
}

/** Stages new to the scenario: their win rate, as the file suggests it. */
function stages(state: ResultState, act: ResultAction): TemplateResult | typeof nothing {
  const { result, rates } = state;
  const needed = new Set(stagesInNeed(result, state.ownProbabilities).map(({ stage }) => stage));
  const fresh = result.stages.filter(
    (stage) => !stage.known && (needed.has(stage.stage) || rates.has(stage.stage)),
  );
  if (fresh.length === 0) return nothing;
  return html`<section class="dc-import-part">
    <h3>${t("deals.csv_new_stages")}</h3>
    <p class="dc-note">${t("deals.csv_new_stages_help")}</p>
    <table class="dc-plain">
      <thead>
        <tr><th scope="col">${t("deals.stage")}</th><th scope="col" class="dc-figure">${t("deals.csv_open")}</th><th scope="col" class="dc-figure">${t("deals.csv_won_lost")}</th><th scope="col">${t("deals.win_rate")}</th></tr>
      </thead>
      <tbody>
        ${fresh.map((stage) => {
          const rate = rates.get(stage.stage);
          return html`<tr>
            <th scope="row">${stage.stage}</th>
            <td class="dc-figure">${stage.open}</td>
            <td class="dc-figure">${stage.won} / ${stage.lost}</td>
            <td>
              <input
                type="text"
                size="8"
                aria-label=${t("deals.stage_rate", { stage: stage.stage })}
                aria-invalid=${needed.has(stage.stage) && rate === undefined ? "true" : nothing}
                .value=${rate === undefined ? "" : rateText(rate)}
                @change=${(event: Event) => {
                  const parsed = parseRate((event.target as HTMLInputElement).value, locale());
                  act.rate(stage.stage, parsed.ok ? parsed.value : undefined);
                }}
              />
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
    <dc-table-file .name=${t("deals.csv_new_stages")} .table=${() => stagesTable(fresh, rates)}></dc-table-file>
  </section>`;
}
