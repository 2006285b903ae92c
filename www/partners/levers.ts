/** What can be done about a partner programme: what each lever changes in the document, its cost included. Pure. */
import type {
  CompareOptions,
  Comparison,
  PartnerVendorProgrammeReport,
  Scenario,
} from "../generated/dealcast.js";
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

/** Trials of the levers' comparison: enough to see what a lever does, few enough to be quick. */
const TRIALS = 8_192;

/** The same beside itself with each lever pulled alone: a plan per lever, on the draws of the document. */
export function plansOf(scenario: Scenario, levers: readonly Lever[]): Scenario {
  const changes = (lever: Lever) =>
    Object.entries(changesOf(lever, scenario)).map(([name, value]) => ({
      at: `/partner_vendor_programme/${name}`,
      set: value,
    }));
  return {
    ...alone(scenario),
    seed: scenario.seed ?? 1,
    plans: levers.map((lever) => ({ name: lever, levers: [{ name: lever, changes: changes(lever) }] })),
  };
}

/** What the levers are compared on: the net present value, and the payback within so many months. */
export function questions(months: number): { npv: CompareOptions; payback: CompareOptions } {
  return {
    npv: { outcome: "vendor_npv", trials: TRIALS },
    payback: { outcome: "vendor_payback", target: months, trials: TRIALS },
  };
}

/** A simulated change with its standard error, from paired trials. */
export interface Change {
  readonly value: number;
  readonly error: number;
}

/** What a lever does: simulated changes, and expected values. */
export interface Effect {
  readonly lever: Lever;
  /** Of the median net present value. */
  readonly npv: Change | undefined;
  /** Of the probability of payback. */
  readonly payback: Change | undefined;
  readonly active: number;
  readonly cost: number | undefined;
  readonly failed: number;
}

/** The change that a comparison gives for a lever's plan. */
export function changeIn(
  comparison: Comparison | undefined,
  lever: Lever,
  figure: "p50" | "prob_target",
): Change | undefined {
  const found = comparison?.scenarios.find(({ plan }) => plan === lever);
  const value = found?.difference?.[figure];
  const error = found?.difference_standard_error?.[figure];
  return value == null || error == null ? undefined : { value, error };
}

export function effectOf(
  lever: Lever,
  report: PartnerVendorProgrammeReport,
  npv?: Comparison,
  payback?: Comparison,
): Effect {
  return {
    lever,
    npv: changeIn(npv, lever, "p50"),
    payback: changeIn(payback, lever, "prob_target"),
    active: report.recruitment.active_partners,
    cost: report.recruitment.cost_per_active_partner ?? undefined,
    failed: report.all_in_cost_per_failed_partner,
  };
}
