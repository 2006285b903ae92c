/** The reseller's business plan on one A4 page, to hand over: shown as it prints. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { replay } from "../dialogs/replay.js";
import { decimal, exactMoney, money, monthName, percent } from "../format.js";
import type { PartnerPnlReport, Report, Scenario } from "../generated/dealcast.js";
import { monthWords, plain } from "../headline/sentence.js";
import { type MessageKey, t } from "../i18n.js";
import { likelyOf } from "../inputs/quantity.js";
import { assumption, quantityText } from "../inputs/words.js";
import { PageElement } from "../ui/element.js";
import { type Field, PNL_GROUPS, type PnlField } from "./fields.js";
import { cashFan } from "./pictures.js";
import { planSentence } from "./sentence.js";
import { lineOf, ROWS } from "./years.js";
import "../charts/index.js";

/** Years on the page. */
const YEARS = 3;
/** A stop rule when the programme states none: what the recruitment guide calls usual. */
const USUAL_REVIEW = 9;

const FIELDS: ReadonlyMap<string, Field> = new Map(
  PNL_GROUPS.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)),
);
/** What the page lists, in this order. */
const LISTED: readonly PnlField[] = [
  "average_deal",
  "deals_per_month_at_maturity",
  "first_deal_month",
  "ramp_months",
  "resale_margin_rate",
  "annual_renewal_rate",
  "renewal_margin_rate",
  "services_attach_rate",
  "services_revenue_per_attached_deal",
  "services_margin_rate",
  "sales_commission_rate_on_margin",
  "payment_delay_months",
  "discount_rate_annual",
];

@customElement("dc-business-plan")
export class BusinessPlan extends PageElement {
  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>("#sheet-title")?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { report, reportScenario: scenario } = this.store;
    const plan = report?.partner_pnl;
    if (!report || !plan) return nothing;
    return html`
      <p class="sheet-tools ways">
        <button class="framed" id="close-sheet" @click=${() => this.dispatchEvent(new CustomEvent("close-sheet"))}>
          ${t("partners.sheet_back")}
        </button>
        <button class="main" id="print-sheet" @click=${() => print()}>${t("partners.sheet_print")}</button>
      </p>
      <article class="sheet" id="results" aria-labelledby="sheet-title">
        <header>
          <h1 id="sheet-title" tabindex="-1">${t("partners.sheet_title", { title: scenario.title || t("app.untitled") })}</h1>
          <p>${this.#period(report, plan)}</p>
        </header>
        <p class="sheet-sentence">${plain(planSentence(report, plan, likely(scenario, "deals_per_month_at_maturity")))}</p>
        ${key(report, plan)}
        <div class="sheet-pair">
          <section>
            <h2>${t("app.inputs")}</h2>
            <dl class="sheet-list">${LISTED.map((name) => listed(scenario, report, name))}</dl>
          </section>
          <section>
            <dc-cash-fan
              .caption=${plan.simulation ? t("partners.sheet_picture") : ""}
              .fan=${cashFan(plan).slice(1)}
              .alreadyWon=${plan.cumulative_cash[0] ?? 0}
              .payback=${plan.payback_month_sustained}
              .startMonth=${report.start_month}
              .currency=${report.currency}
            ></dc-cash-fan>
          </section>
        </div>
        <section>
          <h2>${t("partners.years_title")}</h2>
          ${years(plan, report.currency)}
        </section>
        <section>
          <h2>${t("partners.commitments")}</h2>
          <div class="sheet-pair">
            <div>
              <h3>${t("partners.of_partner")}</h3>
              <ul>${partnerCommitments(scenario, plan, report).map((text) => html`<li>${text}</li>`)}</ul>
            </div>
            <div>
              <h3>${t("partners.of_vendor")}</h3>
              <ul>${vendorCommitments(scenario).map((text) => html`<li>${text}</li>`)}</ul>
            </div>
          </div>
        </section>
        <section class="sheet-definitions">
          <h2>${t("partners.sheet_definitions")}</h2>
          <p>${t("partners.sheet_definitions_text", { rate: percent(likely(scenario, "discount_rate_annual"), { decimals: 0 }) })}</p>
          <p>${replay(report)}</p>
        </section>
      </article>
    `;
  }

  #period(report: Report, plan: PartnerPnlReport): string {
    const name = (month: number) => monthName(report.start_month, month);
    return t("partners.sheet_period", { from: name(1), to: name(plan.horizon_months) });
  }
}

function likely(scenario: Scenario, name: PnlField): number {
  const field = FIELDS.get(name);
  return (field && likelyOf(scenario, field)) ?? 0;
}

function written(scenario: Scenario, name: PnlField): string {
  const field = FIELDS.get(name);
  return field ? quantityText(likely(scenario, name), field.unit, scenario.currency ?? "EUR") : "";
}

function listed(scenario: Scenario, report: Report, name: PnlField): TemplateResult | typeof nothing {
  const field = FIELDS.get(name);
  if (!field) return nothing;
  const text =
    name === "first_deal_month" ? monthWords(report, likely(scenario, name)) : assumption(scenario, field);
  return html`<div><dt>${t(`partners.${name}` as MessageKey)}</dt><dd>${text}</dd></div>`;
}

/** The figures that the picture does not say. */
function key(report: Report, plan: PartnerPnlReport): TemplateResult {
  const { currency } = report;
  const { simulation } = plan;
  const rows: [MessageKey, string][] = [["partners.net_cash", money(plan.net_cash_total, currency)]];
  if (simulation) {
    const { npv_p10, npv_p50, npv_p90 } = simulation.figures;
    const error = simulation.standard_error;
    const all = [
      money(npv_p10, currency, { error: error.npv_p10 }),
      money(npv_p50, currency, { error: error.npv_p50 }),
      money(npv_p90, currency, { error: error.npv_p90 }),
    ];
    rows.push(["partners.npv_range", all.join(" · ")]);
  } else rows.push(["partners.npv", money(plan.npv, currency)]);
  rows.push(["partners.peak", money(plan.peak_funding_need, currency)]);
  rows.push(["partners.first_deal_margin", money(plan.first_deal_margin, currency)]);
  const needed = plan.break_even_deals_per_month_at_maturity;
  if (needed != null)
    rows.push(["partners.break_even", t("partners.deals_a_month", { deals: decimal(needed, 2) })]);
  return html`<dl class="sheet-key">${rows.map(([label, value]) => html`<div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function years(plan: PartnerPnlReport, currency: string): TemplateResult {
  const shown = plan.years.slice(0, YEARS);
  return html`<table class="years">
    <thead>
      <tr>
        <th scope="col">${t("partners.line")}</th>
        ${shown.map(({ year }) => html`<th scope="col">${t("partners.year", { year: String(year) })}</th>`)}
        <th scope="col">${t("app.total")}</th>
      </tr>
    </thead>
    <tbody>
      ${ROWS.map((row) => {
        const { values, total } = lineOf(row, shown);
        const write = (value: number | undefined) =>
          value === undefined ? "" : row.kind === "count" ? decimal(value, 1) : exactMoney(value, currency);
        return html`<tr class=${row.kind ?? "amount"}>
          <th scope="row">${t(`partners.line_${row.line}`)}</th>
          ${[...values, total].map((value) => html`<td>${write(value)}</td>`)}
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** What the reseller brings, in the numbers of the plan. */
export function partnerCommitments(scenario: Scenario, plan: PartnerPnlReport, report: Report): string[] {
  const deals = plan.years.slice(0, YEARS).map(({ deals }) => decimal(deals, 0));
  const amount = (name: PnlField) => money(likely(scenario, name), report.currency);
  return [
    t("partners.commit_deals", { deals: deals.join(" / ") }),
    t("partners.commit_staff", {
      sales: decimal(likely(scenario, "sales_fte"), 2),
      technical: decimal(likely(scenario, "technical_fte"), 2),
    }),
    t("partners.commit_training", {
      training: amount("initial_training_certification"),
      renewal: amount("annual_certification_renewal"),
    }),
    t("partners.commit_marketing", {
      launch: amount("initial_marketing"),
      monthly: amount("marketing_monthly"),
    }),
    t("partners.commit_first_deal", {
      month: monthName(report.start_month, likely(scenario, "first_deal_month")),
    }),
  ];
}

/** What the vendor brings. */
export function vendorCommitments(scenario: Scenario): string[] {
  const funded =
    likely(scenario, "vendor_marketing_fund_monthly") > 0 &&
    likely(scenario, "vendor_marketing_fund_months") > 0;
  const review = scenario.partner_vendor_programme?.stop_rule_months ?? USUAL_REVIEW;
  return [
    t("partners.commit_margin", {
      margin: written(scenario, "resale_margin_rate"),
      renewals: written(scenario, "renewal_margin_rate"),
    }),
    ...(funded
      ? [
          t("partners.commit_funds", {
            fund: written(scenario, "vendor_marketing_fund_monthly"),
            months: written(scenario, "vendor_marketing_fund_months"),
          }),
        ]
      : []),
    t("partners.commit_start_plan"),
    t("partners.commit_help", { months: written(scenario, "ramp_months") }),
    t("partners.commit_review", { months: t("app.months", { count: review }) }),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-business-plan": BusinessPlan;
  }
}
