/** Growth to start from: the engine's defaults, with ranges where nobody can know the number. */
import type { ArrCohorts, PipelineGeneration, Scenario } from "../generated/dealcast.js";
import { dated, pert } from "../partners/starter.js";

/** A sales machine whose team is near its limit. */
export function usualMachine(): PipelineGeneration {
  return {
    leads_per_month: pert(520, 650, 780),
    lead_level_coefficient_of_variation: 0.15,
    regimes: [
      {
        from_month: 1,
        followup_within_sla_share: 0.65,
        opportunity_to_win: pert(0.18, 0.22, 0.26),
        average_deal: pert(20_000, 25_000, 32_000),
      },
    ],
    capacity: { initial_ramped_reps: 8 },
    target_wins: 60,
    target_window: { first_month: 1, last_month: 12 },
  };
}

/** Recurring revenue on its way to a goal. */
export function usualArr(): ArrCohorts {
  return {
    new_customers_per_month: pert(9, 12, 16),
    new_customers_monthly_growth: pert(0, 0.02, 0.035),
    early_churn_first_3_months: pert(0.1, 0.15, 0.22),
    monthly_expansion_rate: pert(0.006, 0.0093, 0.014),
    arr_goal: 20_000_000,
  };
}

/** Adds what a document lacks of the two. */
export function startGrowth(draft: Scenario): void {
  dated(draft);
  draft.pipeline_generation ??= usualMachine();
  draft.arr_cohorts ??= usualArr();
}
