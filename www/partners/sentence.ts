/** A plan in one sentence: when it pays back, how likely within two years, and what it needs before. */
import { chance as chanceText, decimal, money, percent, pointsError } from "../format.js";
import type {
  CashSimulation,
  PartnerBothSidesReport,
  PartnerPnlReport,
  PartnerVendorProgrammeReport,
  Report,
} from "../generated/dealcast.js";
import { monthWords, type Sentence } from "../headline/sentence.js";
import { type MessageKey, parts, t } from "../i18n.js";

/** What both sides' reports have in common. */
export type CashPlan = PartnerPnlReport | PartnerVendorProgrammeReport;

/** “within two years”. */
export function within(months: number): string {
  const years = { 12: "app.within_12", 24: "app.within_24", 36: "app.within_36" } as const;
  const key = years[months as keyof typeof years];
  return key ? t(key) : t("app.within_months", { count: months });
}

/** The months of the headline chance: two years, or the horizon where it is shorter. */
export function headlineMonths(plan: CashPlan): number {
  return Math.min(24, plan.horizon_months);
}

/** P(sustained payback by a month), with its standard error. */
export function paybackChance(simulation: CashSimulation, month: number): { chance: number; error: number } {
  return {
    chance: simulation.figures.prob_payback_by_month[month] ?? 0,
    error: simulation.standard_error.prob_payback_by_month[month] ?? 0,
  };
}

/** What kind of plan it is, as the sentence has it. */
export type Verdict = "free" | "pays" | "rarely" | "never";

export function verdictOf(plan: CashPlan): Verdict {
  const payback = plan.payback_month_sustained;
  if (payback === 0) return "free";
  if (payback !== undefined && payback !== null) return "pays";
  const last = plan.simulation?.figures.prob_payback_by_month.at(-1) ?? 0;
  return last > 0 ? "rarely" : "never";
}

export function planSentence(report: Report, plan: CashPlan, planned?: number): Sentence {
  const amount = (value: number) => money(value, report.currency);
  const verdict = verdictOf(plan);
  const months = verdict === "pays" ? headlineMonths(plan) : plan.horizon_months;
  const { chance, error } = plan.simulation
    ? paybackChance(plan.simulation, months)
    : { chance: 0, error: 0 };
  const places = {
    payback: monthWords(report, plan.payback_month_sustained ?? 0),
    within: within(months),
    chance: chanceText(chance, {
      error,
      trials: report.trials,
      ...(error > 0 ? {} : { decimals: 0 }),
    }),
    error: pointsError(error),
    peak: amount(plan.peak_funding_need),
    net: amount(plan.net_cash_total),
    missing: amount(Math.abs(plan.net_cash_total)),
  };
  switch (verdict) {
    case "free":
      return parts("partners.sentence_free", places);
    case "pays":
      return parts(chanceKey("pays", plan.simulation, error), places);
    case "rarely":
      return [...parts(chanceKey("rarely", plan.simulation, error), places), ...takes(plan, planned)];
    case "never":
      return [...parts("partners.sentence_never", places), ...takes(plan, planned)];
  }
}

/** With the error of the chance, without it where it is exact, without a chance where nothing varies. */
function chanceKey(
  kind: "pays" | "rarely",
  simulation: CashSimulation | undefined,
  error: number,
): MessageKey {
  if (!simulation) return `partners.sentence_${kind}_expected` as MessageKey;
  return (error > 0 ? `partners.sentence_${kind}` : `partners.sentence_${kind}_exact`) as MessageKey;
}

/** What a reseller's plan would take to pay. */
function takes(plan: CashPlan, planned: number | undefined): Sentence {
  if (!("break_even_deals_per_month_at_maturity" in plan) || planned === undefined) return [];
  const needed = plan.break_even_deals_per_month_at_maturity;
  if (needed == null) return parts("partners.sentence_no_volume");
  return parts("partners.sentence_takes", { needed: decimal(needed, 2), planned: decimal(planned, 2) });
}

/** Who earns: on the same simulated partners. */
export function bothSentence({ trials }: Pick<Report, "trials">, both: PartnerBothSidesReport): Sentence {
  const { figures, standard_error: error } = both;
  return parts("partners.sentence_both", {
    both: percent(figures.prob_both, { error: error.prob_both, trials }),
    partner: percent(figures.prob_partner_only, { error: error.prob_partner_only, trials }),
    vendor: percent(figures.prob_vendor_only, { error: error.prob_vendor_only, trials }),
    none: percent(figures.prob_none, { error: error.prob_none, trials }),
  });
}
