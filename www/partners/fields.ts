/** The assumptions of the Partners view: where they stand in the document, units, bounds, defaults of the engine. */
import type { PartnerPnl, PartnerVendorProgramme } from "../generated/dealcast.js";
import type { Unit } from "../inputs/number-field.js";
import type { Quantifiable } from "../inputs/quantity.js";

export type Side = "partner_pnl" | "partner_vendor_programme";
export type PnlField = Exclude<keyof PartnerPnl, "demand_noise">;
export type ProgrammeField = Exclude<keyof PartnerVendorProgramme, "count_noise">;
export type FieldName = PnlField | ProgrammeField;

export interface Field extends Quantifiable {
  readonly section: Side;
  readonly name: FieldName;
}

/** A group of fields, titled `partners.group_<id>`. */
export interface Group {
  readonly id: string;
  readonly fields: readonly Field[];
}

const AMOUNT = 1e9;

type Bounds = readonly [minimum: number, maximum: number, step: number];

function maker<Name extends FieldName>(section: Side) {
  const known = (name: Name) =>
    ({
      section,
      name,
      path: `/${section}/${name}`,
      label: `partners.${name as FieldName}`,
      help: `partners.${name as FieldName}_help`,
    }) as const;
  return {
    /** A number that may be uncertain. */
    uncertain: (name: Name, unit: Unit, [minimum, maximum, step]: Bounds, fallback: number): Field => ({
      ...known(name),
      unit,
      minimum,
      maximum,
      step,
      fallback,
      varies: true,
    }),
    /** A number that cannot: months that the engine counts in. */
    plain: (name: Name, [minimum, maximum, step]: Bounds, fallback?: number): Field => ({
      ...known(name),
      unit: "months",
      minimum,
      maximum,
      step,
      ...(fallback === undefined ? {} : { fallback }),
      varies: false,
    }),
  };
}

const pnl = maker<PnlField>("partner_pnl");
const programme = maker<ProgrammeField>("partner_vendor_programme");
const SHARE: Bounds = [0, 1, 0.01];
const money = (step: number): Bounds => [0, AMOUNT, step];

/** What the reseller's business plan rests on. */
export const PNL_GROUPS: readonly Group[] = [
  {
    id: "deals",
    fields: [
      pnl.uncertain("deals_per_month_at_maturity", "per_month", [0, 1_000, 0.1], 1),
      pnl.uncertain("average_deal", "money", money(1_000), 30_000),
    ],
  },
  {
    id: "margins",
    fields: [
      pnl.uncertain("resale_margin_rate", "percent", SHARE, 0.3),
      pnl.uncertain("annual_renewal_rate", "percent", SHARE, 0.9),
      pnl.uncertain("renewal_margin_rate", "percent", SHARE, 0.2),
      pnl.uncertain("sales_commission_rate_on_margin", "percent", SHARE, 0.08),
    ],
  },
  {
    id: "services",
    fields: [
      pnl.uncertain("services_attach_rate", "percent", SHARE, 0.8),
      pnl.uncertain("services_revenue_per_attached_deal", "money", money(1_000), 15_000),
      pnl.uncertain("services_margin_rate", "percent", SHARE, 0.4),
    ],
  },
  {
    id: "timing",
    fields: [
      pnl.plain("first_deal_month", [1, 120, 1], 4),
      pnl.uncertain("ramp_months", "months", [1, 120, 1], 12),
      pnl.plain("payment_delay_months", [0, 24, 1], 1),
      pnl.plain("horizon_months", [12, 120, 12], 36),
      pnl.uncertain("discount_rate_annual", "percent", [0, 1, 0.01], 0.1),
    ],
  },
  {
    id: "staff",
    fields: [
      pnl.uncertain("sales_fte", "fte", [0, 1_000, 0.1], 0.5),
      pnl.uncertain("sales_fte_monthly_cost", "money_monthly", money(100), 6_500),
      pnl.uncertain("technical_fte", "fte", [0, 1_000, 0.1], 0.5),
      pnl.uncertain("technical_fte_monthly_cost", "money_monthly", money(100), 6_000),
    ],
  },
  {
    id: "investment",
    fields: [
      pnl.uncertain("initial_training_certification", "money", money(1_000), 15_000),
      pnl.uncertain("initial_marketing", "money", money(1_000), 10_000),
      pnl.uncertain("marketing_monthly", "money_monthly", money(100), 1_000),
      pnl.uncertain("annual_certification_renewal", "money", money(500), 3_000),
      pnl.uncertain("vendor_marketing_fund_monthly", "money_monthly", money(100), 500),
      pnl.plain("vendor_marketing_fund_months", [0, 120, 1], 12),
    ],
  },
];

/** What the vendor's programme rests on. */
export const PROGRAMME_GROUPS: readonly Group[] = [
  {
    id: "recruitment",
    fields: [
      programme.uncertain("candidates_approached_per_month", "per_month", [0, 1_000, 1], 6),
      programme.plain("recruitment_months", [1, 120, 1], 12),
      programme.uncertain("signing_rate", "percent", SHARE, 0.3),
      programme.plain("signing_lag_months", [0, 36, 1], 2),
      programme.uncertain("cost_per_candidate", "money", money(100), 400),
      programme.uncertain("cost_per_signature", "money", money(500), 3_000),
    ],
  },
  {
    id: "onboarding",
    fields: [
      programme.uncertain("capable_share", "percent", SHARE, 0.62),
      programme.uncertain("median_months_to_first_deal", "months", [0.1, 60, 0.5], 4),
      programme.uncertain("onboarding_time_reduction_rate", "percent", [0, 0.5, 0.05], 0),
      programme.uncertain("onboarding_cost_per_partner", "money", money(500), 6_000),
      programme.plain("onboarding_months", [1, 36, 1], 3),
    ],
  },
  {
    id: "support",
    fields: [
      programme.uncertain("support_cost_per_unstarted_partner_month", "money_monthly", money(100), 1_200),
      programme.uncertain("support_cost_per_active_partner_month", "money_monthly", money(100), 600),
      programme.uncertain("programme_setup_cost", "money", money(1_000), 30_000),
      programme.uncertain("programme_fixed_cost_per_month", "money_monthly", money(500), 9_000),
    ],
  },
  {
    id: "yield",
    fields: [
      programme.uncertain("deals_per_active_partner_per_month", "per_month", [0, 100, 0.05], 0.25),
      programme.uncertain("deal_ramp_months", "months", [1, 120, 1], 12),
      programme.uncertain("active_partner_monthly_attrition_rate", "percent", [0, 1, 0.005], 0.01),
      programme.uncertain("average_deal", "money", money(1_000), 25_000),
      programme.uncertain("partner_discount_rate", "percent", SHARE, 0.3),
      programme.uncertain("partner_discount_rate_on_renewals", "percent", SHARE, 0.2),
      programme.uncertain("vendor_gross_margin_rate", "percent", SHARE, 0.8),
      programme.uncertain("annual_renewal_rate", "percent", SHARE, 0.85),
      programme.uncertain("market_development_fund_rate", "percent", SHARE, 0.03),
    ],
  },
  {
    id: "stop_rule",
    fields: [
      programme.plain("stop_rule_months", [3, 36, 1]),
      programme.uncertain("failed_partner_extra_cost", "money", [0, 70_000, 1_000], 0),
    ],
  },
  {
    id: "horizon",
    fields: [
      programme.plain("horizon_months", [12, 120, 12], 36),
      programme.uncertain("discount_rate_annual", "percent", [0, 1, 0.01], 0.1),
    ],
  },
];

const ALL: ReadonlyMap<string, Field> = new Map(
  [...PNL_GROUPS, ...PROGRAMME_GROUPS].flatMap(({ fields }) =>
    fields.map((field) => [field.path, field] as const),
  ),
);

/** The field that a JSON pointer is in. */
export function fieldAt(path: string): Field | undefined {
  return ALL.get(path.split("/").slice(0, 3).join("/"));
}
