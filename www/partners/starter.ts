/** A partner plan to start from: the engine's defaults, with ranges where nobody can know the number. */

import type { PartnerPnl, PartnerVendorProgramme, Quantity, Scenario } from "../generated/dealcast.js";
import { aligned } from "./align.js";

/** Low, likely and high. */
export function pert(min: number, mode: number, max: number): Quantity {
  return { distribution: "pert", min, mode, max };
}

/** Twelve significant digits: products of decimals without the noise of binary fractions. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** A range around a number, as shares of it. */
export function around(value: number, low: number, high: number): Quantity {
  const [min, max] = [tidy(value * low), tidy(value * high)];
  return min < max ? pert(min, value, max) : value;
}

/** The reseller's side. */
export function usualPlan(): PartnerPnl {
  return {
    deals_per_month_at_maturity: pert(0.5, 1, 1.4),
    average_deal: pert(24_000, 30_000, 39_000),
    resale_margin_rate: pert(0.25, 0.3, 0.35),
    annual_renewal_rate: pert(0.8, 0.9, 0.95),
    services_attach_rate: pert(0.6, 0.8, 0.9),
    services_revenue_per_attached_deal: pert(10_000, 15_000, 22_000),
    ramp_months: pert(9, 12, 18),
    first_deal_month: 4,
    demand_noise: "poisson",
  };
}

/**
 * The vendor's side of a plan, of the same partnership: 60 % of the partners without a deal after six months,
 * as the recruitment guide finds.
 */
export function usualProgramme(plan: PartnerPnl): PartnerVendorProgramme {
  const programme: PartnerVendorProgramme = {
    capable_share: pert(0.5, 0.62, 0.75),
    median_months_to_first_deal: pert(3, 4, 6),
    count_noise: "partner_level",
  };
  return aligned(programme, plan);
}

/** A plan has dates: without a first month, a document gets the next one. */
export function dated(draft: Scenario, today = new Date()): void {
  const next = new Date(Date.UTC(today.getFullYear(), today.getMonth() + 1, 1));
  draft.start_month ??= next.toISOString().slice(0, 7);
}

/** Adds what a document lacks of the two sides. */
export function startPartners(draft: Scenario): void {
  dated(draft);
  draft.partner_pnl ??= usualPlan();
  draft.partner_vendor_programme ??= usualProgramme(draft.partner_pnl);
}
