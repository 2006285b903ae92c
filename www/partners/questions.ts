/** The guided entry: five questions that make a reseller's plan, and the plan that answers make. Pure. */
import type { PartnerPnl, Scenario } from "../generated/dealcast.js";
import { likelyOf } from "../inputs/quantity.js";
import { type Field, PNL_GROUPS, type PnlField } from "./fields.js";
import { around, usualPlan } from "./starter.js";

/** A question, worded `partners.ask_<id>`, with the source of its defaults in `partners.ask_<id>_source`. */
export interface Question {
  readonly id: "deal" | "margin" | "services" | "team" | "pace";
  readonly fields: readonly Field[];
}

export type Answers = Readonly<Partial<Record<PnlField, number>>>;

const FIELDS: ReadonlyMap<string, Field> = new Map(
  PNL_GROUPS.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)),
);

function fields(...names: readonly PnlField[]): readonly Field[] {
  return names.flatMap((name) => FIELDS.get(name) ?? []);
}

export const QUESTIONS: readonly Question[] = [
  { id: "deal", fields: fields("average_deal", "annual_renewal_rate") },
  { id: "margin", fields: fields("resale_margin_rate", "renewal_margin_rate") },
  { id: "services", fields: fields("services_attach_rate", "services_revenue_per_attached_deal") },
  { id: "team", fields: fields("sales_fte", "technical_fte") },
  { id: "pace", fields: fields("first_deal_month", "deals_per_month_at_maturity") },
];

/** How far from the answer the low and high cases are, where the answer is a guess; bounds hold. */
const SPREAD: Readonly<Partial<Record<PnlField, readonly [low: number, high: number]>>> = {
  average_deal: [0.8, 1.3],
  annual_renewal_rate: [0.9, 1.06],
  resale_margin_rate: [0.85, 1.15],
  services_attach_rate: [0.75, 1.15],
  services_revenue_per_attached_deal: [0.7, 1.45],
  deals_per_month_at_maturity: [0.5, 1.4],
};

/** What the questions start from: the plan at hand, else the usual one. */
export function firstAnswers(scenario: Scenario): Answers {
  const from: Scenario = { ...scenario, partner_pnl: scenario.partner_pnl ?? usualPlan() };
  const all = QUESTIONS.flatMap((question) => question.fields);
  return Object.fromEntries(all.map((field) => [field.name, likelyOf(from, field)]));
}

/** The plan of some answers: what was not asked stays as it is. */
export function planOf(answers: Answers, plan: PartnerPnl | undefined): PartnerPnl {
  const result: Record<string, unknown> = { ...(plan ?? usualPlan()), demand_noise: "poisson" };
  for (const { fields: asked } of QUESTIONS)
    for (const { name, maximum } of asked) {
      const value = answers[name as PnlField];
      if (value === undefined) continue;
      const spread = SPREAD[name as PnlField];
      if (!spread) {
        result[name] = value;
        continue;
      }
      const [low, high] = spread;
      result[name] = around(value, low, value > 0 ? Math.min(high, maximum / value) : high);
    }
  return result as PartnerPnl;
}
