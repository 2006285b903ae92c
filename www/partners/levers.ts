/** What can be done about a partner programme: what each lever changes in the document, its cost included. Pure. */
import type { PartnerVendorProgrammeReport, Scenario } from "../generated/dealcast.js";
import { likelyOf } from "../inputs/quantity.js";
import { PROGRAMME_GROUPS, type ProgrammeField } from "./fields.js";

export const LEVERS = ["start_plan", "stop_rule", "selective", "mass"] as const;
/** A lever, worded `partners.lever_<name>`, its cost and source in `partners.lever_<name>_note`. */
export type Lever = (typeof LEVERS)[number];

const FIELDS = new Map(
  PROGRAMME_GROUPS.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)),
);

/** The new numbers that a lever sets; none where the programme has it already. */
export function changesOf(lever: Lever, scenario: Scenario): Partial<Record<ProgrammeField, number>> {
  const now = (name: ProgrammeField): number => {
    const field = FIELDS.get(name);
    return (field && likelyOf(scenario, field)) ?? 0;
  };
  const tidy = (value: number) => Number(value.toPrecision(3));
  switch (lever) {
    case "start_plan":
      // The guide: up to half the time. That it costs half as much again is an assumption.
      return now("onboarding_time_reduction_rate") >= 0.5
        ? {}
        : {
            onboarding_time_reduction_rate: 0.5,
            onboarding_cost_per_partner: tidy(1.5 * now("onboarding_cost_per_partner")),
          };
    case "stop_rule":
      return scenario.partner_vendor_programme?.stop_rule_months === undefined ? { stop_rule_months: 9 } : {};
    case "selective":
      return now("capable_share") >= 0.75
        ? {}
        : {
            capable_share: 0.75,
            cost_per_candidate: tidy(3 * now("cost_per_candidate")),
          };
    case "mass":
      return now("capable_share") <= 0.25
        ? {}
        : {
            capable_share: 0.25,
            candidates_approached_per_month: tidy(4 * now("candidates_approached_per_month")),
            cost_per_candidate: tidy(now("cost_per_candidate") / 2),
          };
  }
}

/** Pulls a lever in a document. */
export function pull(lever: Lever, draft: Scenario): void {
  const programme = draft.partner_vendor_programme;
  if (programme) Object.assign(programme, changesOf(lever, draft));
}

/** The programme alone, to be computed in expected values: no other section, next to no trials. */
export function alone({ schema, currency, partner_vendor_programme }: Scenario): Scenario {
  return {
    schema,
    ...(currency === undefined ? {} : { currency }),
    seed: 1,
    trials: 100,
    ...(partner_vendor_programme ? { partner_vendor_programme } : {}),
  };
}

/** What a lever does, in expected values. */
export interface Effect {
  readonly lever: Lever;
  readonly npv: number;
  readonly active: number;
  readonly cost: number | undefined;
  readonly failed: number;
}

export function effectOf(lever: Lever, report: PartnerVendorProgrammeReport): Effect {
  return {
    lever,
    npv: report.npv,
    active: report.recruitment.active_partners,
    cost: report.recruitment.cost_per_active_partner ?? undefined,
    failed: report.all_in_cost_per_failed_partner,
  };
}
