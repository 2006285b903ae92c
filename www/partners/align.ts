/** Whether both sides assume the same of the partnership, and how to make them. Pure. */
import type { PartnerPnl, PartnerVendorProgramme, Scenario } from "../generated/dealcast.js";
import { likelyOf } from "../inputs/quantity.js";
import { type Field, fieldAt, type PnlField, type ProgrammeField } from "./fields.js";

/** What one side calls by one name and the other by another. */
const PAIRS: readonly (readonly [PnlField, ProgrammeField])[] = [
  ["deals_per_month_at_maturity", "deals_per_active_partner_per_month"],
  ["ramp_months", "deal_ramp_months"],
  ["average_deal", "average_deal"],
  ["resale_margin_rate", "partner_discount_rate"],
  ["annual_renewal_rate", "annual_renewal_rate"],
  ["renewal_margin_rate", "partner_discount_rate_on_renewals"],
];

export interface Difference {
  readonly plan: Field;
  readonly programme: Field;
}

/** Where both sides are there and their likely values differ. */
export function differences(scenario: Scenario): Difference[] {
  if (!scenario.partner_pnl || !scenario.partner_vendor_programme) return [];
  return PAIRS.flatMap(([ours, theirs]) => {
    const plan = fieldAt(`/partner_pnl/${ours}`);
    const programme = fieldAt(`/partner_vendor_programme/${theirs}`);
    if (!plan || !programme) return [];
    const [a, b] = [likelyOf(scenario, plan) ?? 0, likelyOf(scenario, programme) ?? 0];
    return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) ? [] : [{ plan, programme }];
  });
}

/** The programme with what the reseller's plan assumes of the same partnership; unsaid there, the defaults of the plan. */
export function aligned(programme: PartnerVendorProgramme, plan: PartnerPnl): PartnerVendorProgramme {
  const result: Record<string, unknown> = { ...programme };
  for (const [ours, theirs] of PAIRS) {
    const value = plan[ours] ?? fieldAt(`/partner_pnl/${ours}`)?.fallback;
    if (value !== undefined) result[theirs] = value;
  }
  return result as PartnerVendorProgramme;
}
