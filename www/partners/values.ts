/** The values behind the definitions of the Partners view, with all their digits, side by side. Pure. */
import type { DefinitionId } from "../dialogs/definitions.js";
import { decimal, exactMoney, exactPercent, percent } from "../format.js";
import type { CashFigures, Report, SobolEstimate } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import type { FieldName, Side } from "./fields.js";
import type { CashPlan } from "./sentence.js";

type Row = readonly [label: string, value: string];
type Simulated = readonly (readonly [label: MessageKey, name: keyof CashFigures])[];

const SIMULATED: Readonly<Partial<Record<DefinitionId, { unit: "money" | "share"; of: Simulated }>>> = {
  partner_npv: {
    unit: "money",
    of: [
      ["partners.npv_p10", "npv_p10"],
      ["partners.npv_p50", "npv_p50"],
      ["partners.npv_p90", "npv_p90"],
      ["partners.npv_mean", "npv_mean"],
    ],
  },
  partner_peak: {
    unit: "money",
    of: [
      ["partners.peak_p50", "peak_funding_need_p50"],
      ["partners.peak_p90", "peak_funding_need_p90"],
    ],
  },
  partner_prob_payback: {
    unit: "share",
    of: [
      ["partners.paid_back_12", "prob_payback_within_12_months"],
      ["partners.paid_back_18", "prob_payback_within_18_months"],
      ["partners.paid_back_24", "prob_payback_within_24_months"],
      ["partners.paid_back_36", "prob_payback_within_36_months"],
      ["partners.never_pays", "prob_never_pays_back"],
    ],
  },
};

export function partnerValues(id: DefinitionId, report: Report): Row[] {
  const sides: Side[] = ["partner_pnl", "partner_vendor_programme"];
  const present = sides.filter((side) => report[side]);
  return present.flatMap((side) => {
    const plan = report[side];
    if (!plan) return [];
    const rows = [
      ...expected(id, report, plan),
      ...simulated(id, report, plan),
      ...(id === "partner_tornado" ? variance(plan) : []),
    ];
    // One side needs no name.
    return present.length === 1
      ? rows
      : rows.map(([label, value]): Row => [`${t(`partners.${side}`)}${t("app.colon")}${label}`, value]);
  });
}

/** The figures of the expected plan. */
function expected(id: DefinitionId, report: Report, plan: CashPlan): Row[] {
  const amount = (value: number) => exactMoney(value, report.currency);
  const label = t("app.mark_expected_short");
  const some = (value: number | null | undefined, write: (one: number) => string): Row[] =>
    value == null ? [] : [[label, write(value)]];
  const month = (value: number) => t("app.month_number", { month: String(value) });
  const partner = "first_deal_margin" in plan ? plan : undefined;
  const vendor = "recruitment" in plan ? plan : undefined;
  switch (id) {
    case "partner_payback":
      return some(plan.payback_month_sustained, month);
    case "partner_peak":
      return some(plan.peak_funding_need, amount);
    case "partner_npv":
      return some(plan.npv, amount);
    case "partner_net_cash":
      return some(plan.net_cash_total, amount);
    case "partner_roi":
      return some(plan.roi_over_horizon, exactPercent);
    case "partner_irr":
      return some(plan.irr_annual, exactPercent);
    case "partner_first_margin":
      return some(partner?.first_deal_margin, amount);
    case "partner_break_even":
      return some(partner?.break_even_deals_per_month_at_maturity, (value) => decimal(value, 6));
    case "partner_formula":
      return some(vendor?.recruitment.active_partners, (value) => decimal(value, 6));
    case "partner_failed_cost":
      return some(vendor?.all_in_cost_per_failed_partner, amount);
    default:
      return [];
  }
}

function simulated(id: DefinitionId, report: Report, { simulation }: CashPlan): Row[] {
  const known = SIMULATED[id];
  if (!known || !simulation) return [];
  const write = (value: number) =>
    known.unit === "money" ? exactMoney(value, report.currency) : exactPercent(value, report.trials);
  return known.of.flatMap(([label, name]): Row[] => {
    const value = simulation.figures[name];
    const error = simulation.standard_error[name];
    if (typeof value !== "number") return [];
    return [
      [t(label), typeof error === "number" && error > 0 ? `${write(value)} ± ${write(error)}` : write(value)],
    ];
  });
}

/** Share of the variance that each uncertain assumption explains, alone and with its interactions. */
function variance({ sobol }: CashPlan): Row[] {
  return (sobol?.inputs ?? []).map(({ input, first_order: first, total_order: total }) => [
    t(`partners.${input as FieldName}`),
    t("partners.variance_share", { alone: share(first), total: share(total) }),
  ]);
}

/** An estimated index: what noise puts below zero is shown as zero. */
function share({ value }: SobolEstimate): string {
  return percent(Math.max(value, 0), { decimals: 0 });
}
