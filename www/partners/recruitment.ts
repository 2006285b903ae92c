/** The recruiter's arithmetic, when to let a silent partner go, and the ten steps with their dates. */
import { html, nothing, type TemplateResult } from "lit";
import { decimal, money, monthName, percent } from "../format.js";
import type { PartnerVendorProgrammeReport, Report, Scenario } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { likelyOf } from "../inputs/quantity.js";
import type { Store } from "../state/store.js";
import { defineButton } from "../ui/define.js";
import type { Services } from "../ui/services.js";
import { type Field, PROGRAMME_GROUPS, type ProgrammeField } from "./fields.js";
import { silentChart, stopChart } from "./pictures.js";
import { steps } from "./steps.js";
import "../ui/table-file.js";
import "./levers-table.js";

const FIELDS: ReadonlyMap<string, Field> = new Map(
  PROGRAMME_GROUPS.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)),
);

/** The likely value of an assumption of the programme. */
export function likely(scenario: Scenario, name: ProgrammeField): number {
  const field = FIELDS.get(name);
  return (field && likelyOf(scenario, field)) ?? 0;
}

export function recruitment(
  report: Report,
  programme: PartnerVendorProgrammeReport,
  store: Store,
  services: Services,
): TemplateResult {
  const scenario = store.reportScenario;
  const stop = stopChart(report, programme);
  const common = { currency: report.currency };
  return html`<section aria-labelledby="recruitment-title">
    <h2 id="recruitment-title">${t("partners.recruitment_title")} ${defineButton("partner_formula")}</h2>
    ${formula(programme, common.currency)}
    <div class="pictures two">
      <dc-line-chart .chart=${silentChart(programme)} .run=${report} .definition=${"partner_silent"} .currency=${common.currency}></dc-line-chart>
      ${
        stop
          ? html`<dc-line-chart .chart=${stop} .run=${report} .definition=${"partner_stop_rule"} .currency=${common.currency}></dc-line-chart>`
          : nothing
      }
    </div>
    ${advice(programme, scenario, common.currency)}
    <dc-levers .store=${store} .expected=${services.expected} .comparisons=${services.comparisons}></dc-levers>
    ${plan(programme, scenario)}
  </section>`;
}

/** Eligible × signing rate × active share = active partners, and what each costs. */
function formula({ recruitment: one }: PartnerVendorProgrammeReport, currency: string): TemplateResult {
  const cost = one.cost_per_active_partner;
  const term = (value: string, label: MessageKey) =>
    html`<span class="term"><strong>${value}</strong><small>${t(label)}</small></span>`;
  return html`<p class="terms" id="formula">
      ${term(decimal(one.eligible_partners, 0), "partners.formula_eligible")}<span class="sign">×</span>
      ${term(percent(one.signing_rate, { decimals: 0 }), "partners.formula_signing")}<span class="sign">×</span>
      ${term(percent(one.active_share_at_6_months, { decimals: 0 }), "partners.formula_active")}<span class="sign">=</span>
      ${term(decimal(one.active_partners, 1), "partners.formula_partners")}
    </p>
    <p>
      ${
        cost == null
          ? t("partners.formula_nobody", { outlays: money(one.acquisition_outlays, currency) })
          : t("partners.formula_cost", {
              outlays: money(one.acquisition_outlays, currency),
              cost: money(cost, currency),
              value: money(one.value_of_active_partner, currency),
            })
      }
    </p>`;
}

/** What a failed partner costs, and the stop rule that the figures suggest. */
function advice(
  programme: PartnerVendorProgrammeReport,
  scenario: Scenario,
  currency: string,
): TemplateResult {
  const { best_stop_rule_months: best, best_stop_rule_months_limited_slots: limited } = programme.recruitment;
  const age = scenario.partner_vendor_programme?.stop_rule_months;
  const cost = money(programme.all_in_cost_per_failed_partner, currency);
  return html`<ul class="points">
    <li>
      ${
        age === undefined
          ? t("partners.failed_cost_never", { cost })
          : t("partners.failed_cost", { cost, age: String(age) })
      }
      ${defineButton("partner_failed_cost")}
    </li>
    <li>${best == null ? t("partners.stop_free_never") : t("partners.stop_free", { age: String(best) })}</li>
    ${limited == null ? nothing : html`<li>${t("partners.stop_limited", { age: String(limited) })}</li>`}
  </ul>`;
}

/** The ten steps with dates, and what a recruiter is judged on. */
function plan(programme: PartnerVendorProgrammeReport, scenario: Scenario): TemplateResult {
  const start = scenario.start_month;
  const lag = likely(scenario, "signing_lag_months");
  const name = (month: number) => monthName(start, month, "medium");
  const rows = steps({ recruitment: likely(scenario, "recruitment_months"), lag });
  const first =
    likely(scenario, "median_months_to_first_deal") *
    (1 - likely(scenario, "onboarding_time_reduction_rate"));
  const months = (value: number) => t("app.months", { count: Number(value.toFixed(1)) });
  const kpis: readonly (readonly [MessageKey, string])[] = [
    ["partners.kpi_recruit", months(lag)],
    ["partners.kpi_first_deal", months(first)],
    ["partners.kpi_autonomy", months(likely(scenario, "deal_ramp_months"))],
    ["partners.kpi_active", percent(programme.active_share_at_6_months, { decimals: 0 })],
    [
      "partners.kpi_signed",
      t("partners.active_of_signed", {
        active: decimal(programme.recruitment.active_partners, 1),
        signed: decimal(programme.signed_partners_total, 1),
      }),
    ],
  ];
  return html`<h3>${t("partners.steps_title")}</h3>
    <p class="help">${t("partners.steps_source")}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${t("partners.steps_title")}>
      <table class="steps">
        <thead>
          <tr>
            <th scope="col">${t("partners.step")}</th>
            <th scope="col">${t("partners.step_first")}</th>
            <th scope="col">${t("partners.step_last")}</th>
            <th scope="col">${t("partners.step_check")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ number, from, to }) => html`<tr>
              <th scope="row">${number}. ${t(`partners.step_${number}` as MessageKey)}</th>
              <td>${name(from)}</td>
              <td>${name(to)}</td>
              <td>${t(`partners.check_${number}` as MessageKey)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <dc-table-file .name=${t("partners.steps_title")}></dc-table-file>
    <h3>${t("partners.kpis_title")}</h3>
    <p class="help">${t("partners.kpis_note")}</p>
    <dl class="kpis">
      ${kpis.map(([label, value]) => html`<div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}
    </dl>`;
}
