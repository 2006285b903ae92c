/** The headline of the Partners view: the plan in one sentence, its range, and who earns. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { decimal, exactMoney, exactPercent, money, percent } from "../format.js";
import type { PartnerPnlReport, PartnerVendorProgrammeReport, Report } from "../generated/dealcast.js";
import { simulationMark } from "../headline/mark.js";
import { type Figure, type Spoken, SpokenHeadline } from "../headline/spoken.js";
import { type MessageKey, t } from "../i18n.js";
import { likelyOf } from "../inputs/quantity.js";
import { showDefinition } from "../ui/events.js";
import { PNL_GROUPS } from "./fields.js";
import { bothSentence, type CashPlan, planSentence } from "./sentence.js";

const PLACES: Readonly<Record<string, DefinitionId>> = {
  payback: "partner_payback",
  chance: "partner_prob_payback",
  error: "standard_error",
  peak: "partner_peak",
  net: "partner_net_cash",
  missing: "partner_net_cash",
  needed: "partner_break_even",
  both: "partner_both_sides",
  partner: "partner_both_sides",
  vendor: "partner_both_sides",
  none: "partner_both_sides",
};

const DEALS = PNL_GROUPS.flatMap(({ fields }) => fields).find(
  ({ name }) => name === "deals_per_month_at_maturity",
);

@customElement("dc-partner-headline")
export class PartnerHeadline extends SpokenHeadline {
  protected override spoken(): Spoken | undefined {
    const { report, reportScenario } = this.store;
    const plan: CashPlan | undefined = report?.partner_pnl ?? report?.partner_vendor_programme;
    if (!report || !plan) return undefined;
    const planned = DEALS && report.partner_pnl ? likelyOf(reportScenario, DEALS) : undefined;
    const both = report.partner_both_sides;
    const define = (id: DefinitionId) => showDefinition(this, id);
    return {
      sentence: planSentence(report, plan, planned),
      places: PLACES,
      mark: simulationMark(this.store, plan.simulation !== undefined, define),
      range: range(report, plan),
      beside: report.partner_pnl
        ? partnerFigures(report, report.partner_pnl)
        : vendorFigures(report, plan as PartnerVendorProgrammeReport),
      also: html`
        ${report.partner_pnl ? "" : html`<p class="whose">${t("partners.vendor_only_here")}</p>`}
        ${both ? html`<p class="who-earns" id="who-earns">${this.marked(bothSentence(report, both), PLACES)}</p>` : ""}
      `,
    };
  }
}

function amount(report: Report, id: DefinitionId, label: MessageKey, value: number, error?: number): Figure {
  return {
    id,
    label,
    value: money(value, report.currency, { error }),
    exact: exactMoney(value, report.currency),
  };
}

function share(id: DefinitionId, label: MessageKey, value: number): Figure {
  return { id, label, value: percent(value, { decimals: 0 }), exact: exactPercent(value) };
}

function range(report: Report, plan: CashPlan): Figure[] {
  const { simulation } = plan;
  if (!simulation) return [amount(report, "partner_npv", "partners.npv", plan.npv)];
  const { figures, standard_error: error } = simulation;
  return [
    amount(report, "partner_npv", "partners.npv_p10", figures.npv_p10, error.npv_p10),
    amount(report, "partner_npv", "partners.npv_p50", figures.npv_p50, error.npv_p50),
    amount(report, "partner_npv", "partners.npv_p90", figures.npv_p90, error.npv_p90),
  ];
}

/** Net cash, what it needs, and what that returns. */
function cashFigures(report: Report, plan: CashPlan): Figure[] {
  const { simulation } = plan;
  const figures = [amount(report, "partner_net_cash", "partners.net_cash", plan.net_cash_total)];
  if (simulation) {
    const peak = simulation.figures.peak_funding_need_p90;
    const error = simulation.standard_error.peak_funding_need_p90;
    figures.push(amount(report, "partner_peak", "partners.peak_p90", peak, error));
  }
  if (plan.roi_over_horizon != null)
    figures.push(share("partner_roi", "partners.roi", plan.roi_over_horizon));
  if (plan.irr_annual != null) figures.push(share("partner_irr", "partners.irr", plan.irr_annual));
  return figures;
}

function partnerFigures(report: Report, plan: PartnerPnlReport): Figure[] {
  const needed = plan.break_even_deals_per_month_at_maturity;
  return [
    ...cashFigures(report, plan),
    amount(report, "partner_first_margin", "partners.first_deal_margin", plan.first_deal_margin),
    ...(needed == null
      ? []
      : [
          {
            id: "partner_break_even" as const,
            label: "partners.break_even" as const,
            value: t("partners.deals_a_month", { deals: decimal(needed, 2) }),
            exact: t("partners.deals_a_month", { deals: decimal(needed, 6) }),
          },
        ]),
  ];
}

function vendorFigures(report: Report, plan: PartnerVendorProgrammeReport): Figure[] {
  const cost = plan.acquisition_cost_per_active_partner;
  return [
    ...cashFigures(report, plan),
    share("partner_formula", "partners.active_share", plan.active_share_at_6_months),
    ...(cost == null ? [] : [amount(report, "partner_formula", "partners.cost_per_active", cost)]),
  ];
}
