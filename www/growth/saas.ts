/** The figures of the trade, each with the definition it follows. */
import { html, type TemplateResult } from "lit";
import type { DefinitionId } from "../dialogs/definitions.js";
import { decimal, money, percent } from "../format.js";
import type { ArrCohortsReport, QuarterFigures, Report } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { defineButton } from "../ui/define.js";

export interface Metric {
  readonly id: DefinitionId;
  readonly label: MessageKey;
  readonly words: MessageKey;
  readonly value: string | undefined;
}

/** In the order in which they are read: acquisition, lifetime, retention, efficiency. */
export function metrics({ currency }: Report, arr: ArrCohortsReport): Metric[] {
  const some = (value: number | null | undefined, write: (one: number) => string) =>
    value == null ? undefined : write(value);
  const amount = (value: number) => money(value, currency);
  const months = (value: number) => t("growth.months_decimal", { months: decimal(value, 1) });
  const share = (value: number) => percent(value, { decimals: 0 });
  const ratio = (value: number) => decimal(value, 2);
  const quarter: Partial<QuarterFigures> = arr.quarters.at(-1) ?? {};
  const last = (values: readonly (number | null | undefined)[]) => some(values.at(-1), share);
  const row = (id: DefinitionId, name: string, value: string | undefined): Metric => ({
    id,
    label: (name === "cac" ? "growth.cac_row" : `growth.${name}`) as MessageKey,
    words: `growth.${name}_words` as MessageKey,
    value,
  });
  return [
    row("growth_cac", "cac", some(arr.cac, amount)),
    row("growth_payback_simple", "payback_simple", some(arr.cac_payback_simple_months, months)),
    row(
      "growth_payback_survival",
      "payback_survival",
      some(arr.cac_payback_survival_adjusted_months_interpolated, months),
    ),
    row("growth_ltv_simple", "ltv_simple", some(arr.ltv_simple, amount)),
    row("growth_ltv", "ltv_5", amount(arr.ltv_5_years)),
    row("growth_ltv", "ltv_cohort", some(arr.ltv_cohort, amount)),
    row("growth_ltv", "ltv_to_cac", some(arr.ltv_5_years_to_cac, ratio)),
    row("growth_nrr", "nrr_12m", last(arr.nrr_12m)),
    row("growth_nrr", "nrr_mature", share(arr.mature_nrr_12m)),
    row("growth_nrr", "nrr_new", share(arr.new_customer_nrr_first_12_months)),
    row("growth_grr", "grr_12m", last(arr.grr_12m)),
    row("growth_logo", "logo_12m", last(arr.logo_retention_12m)),
    row("growth_magic", "magic_revenue", some(quarter.magic_number_revenue, ratio)),
    row("growth_magic", "magic_arr", some(quarter.magic_number_arr, ratio)),
    row("growth_burn", "burn", some(quarter.burn_multiple, ratio)),
    row("growth_quick", "quick", some(quarter.quick_ratio, ratio)),
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
            ({ id, label, words, value }) => html`<tr>
              <th scope="row">${t(label)}</th>
              <td>${value ?? t("growth.metric_undefined")}</td>
              <td>${t(words)} ${defineButton(id)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
