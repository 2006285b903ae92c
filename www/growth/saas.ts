/** The figures of the trade, each with the definition it follows. */
import { html, nothing, type TemplateResult } from "lit";
import type { DefinitionId } from "../dialogs/definitions.js";
import { decimal, money, percent } from "../format.js";
import type { ArrCohortsReport, QuarterFigures, Report } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { defineButton } from "../ui/define.js";
import "../ui/table-file.js";

export interface Metric {
  readonly id: DefinitionId;
  readonly label: MessageKey;
  readonly words: MessageKey;
  readonly value: string | undefined;
  /** All its digits. */
  readonly exact: number | undefined;
}

/** In the order in which they are read: acquisition, lifetime, retention, efficiency. */
export function metrics({ currency }: Report, arr: ArrCohortsReport): Metric[] {
  type Some = number | null | undefined;
  const amount = (value: number) => money(value, currency);
  const months = (value: number) => t("growth.months_decimal", { months: decimal(value, 1) });
  const share = (value: number) => percent(value, { decimals: 0 });
  const ratio = (value: number) => decimal(value, 2);
  const quarter: Partial<QuarterFigures> = arr.quarters.at(-1) ?? {};
  const row = (id: DefinitionId, name: string, value: Some, write: (one: number) => string): Metric => ({
    id,
    label: (name === "cac" ? "growth.cac_row" : `growth.${name}`) as MessageKey,
    words: `growth.${name}_words` as MessageKey,
    value: value == null ? undefined : write(value),
    exact: value ?? undefined,
  });
  return [
    row("growth_cac", "cac", arr.cac, amount),
    row("growth_payback_simple", "payback_simple", arr.cac_payback_simple_months, months),
    row(
      "growth_payback_survival",
      "payback_survival",
      arr.cac_payback_survival_adjusted_months_interpolated,
      months,
    ),
    row("growth_ltv_simple", "ltv_simple", arr.ltv_simple, amount),
    row("growth_ltv", "ltv_5", arr.ltv_5_years, amount),
    row("growth_ltv", "ltv_cohort", arr.ltv_cohort, amount),
    row("growth_ltv", "ltv_to_cac", arr.ltv_5_years_to_cac, ratio),
    row("growth_nrr", "nrr_12m", arr.nrr_12m.at(-1), share),
    row("growth_nrr", "nrr_mature", arr.mature_nrr_12m, share),
    row("growth_nrr", "nrr_new", arr.new_customer_nrr_first_12_months, share),
    row("growth_grr", "grr_12m", arr.grr_12m.at(-1), share),
    row("growth_logo", "logo_12m", arr.logo_retention_12m.at(-1), share),
    row("growth_magic", "magic_revenue", quarter.magic_number_revenue, ratio),
    row("growth_magic", "magic_arr", quarter.magic_number_arr, ratio),
    row("growth_burn", "burn", quarter.burn_multiple, ratio),
    row("growth_quick", "quick", quarter.quick_ratio, ratio),
  ];
}

export function saasTable(report: Report, arr: ArrCohortsReport): TemplateResult {
  return html`<section aria-labelledby="saas-title">
    <h2 id="saas-title">${t("growth.saas_title")}</h2>
    <p class="help">${t("growth.saas_caption")}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${t("growth.saas_table")}>
      <table class="years saas">
        <thead>
          <tr>
            <th scope="col">${t("growth.metric")}</th>
            <th scope="col">${t("growth.metric_value")}</th>
            <th scope="col">${t("growth.metric_definition")}</th>
          </tr>
        </thead>
        <tbody>
          ${metrics(report, arr).map(
            ({ id, label, words, value, exact }) => html`<tr>
              <th scope="row">${t(label)}</th>
              <td data-value=${exact ?? nothing}>${value ?? t("growth.metric_undefined")}</td>
              <td>${t(words)} ${defineButton(id)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <dc-table-file .name=${t("growth.saas_title")}></dc-table-file>
  </section>`;
}
