/** The values behind the definitions of the Growth view, with all their digits. Pure. */
import type { DefinitionId } from "../dialogs/definitions.js";
import { decimal, exactMoney, exactPercent } from "../format.js";
import type {
  ArrCohortsReport,
  ArrFigures,
  PipelineGenerationReport,
  Report,
} from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { onAverage } from "./sentence.js";

type Row = readonly [label: string, value: string];

export function growthValues(id: DefinitionId, report: Report): Row[] {
  const { arr_cohorts: arr, pipeline_generation: machine } = report;
  return [...(arr ? arrValues(id, report, arr) : []), ...(machine ? machineValues(id, report, machine) : [])];
}

/** One row where there is a value. */
function some(
  label: MessageKey,
  value: number | null | undefined,
  write: (one: number) => string,
  error?: number | null,
): Row[] {
  if (value == null) return [];
  return [[t(label), error ? `${write(value)} ± ${write(error)}` : write(value)]];
}

function arrValues(id: DefinitionId, report: Report, arr: ArrCohortsReport): Row[] {
  const amount = (value: number) => exactMoney(value, report.currency);
  const months = (value: number) => t("growth.months_decimal", { months: decimal(value, 6) });
  const ratio = (value: number) => decimal(value, 6);
  const quarter = arr.quarters.at(-1);
  const { figures, standard_error: error } = arr.simulation ?? {};
  const simulated = (label: MessageKey, name: "closing_arr_p10" | "closing_arr_p50" | "closing_arr_p90") =>
    some(label, figures?.[name], amount, error?.[name]);
  switch (id) {
    case "growth_arr":
      return [
        ...some("growth.arr_expected", onAverage(arr).closing, amount),
        ...simulated("growth.arr_p10", "closing_arr_p10"),
        ...simulated("growth.arr_p50", "closing_arr_p50"),
        ...simulated("growth.arr_p90", "closing_arr_p90"),
      ];
    case "growth_goal_chance":
      return some(
        "growth.goal_series",
        reachedOf(figures),
        (value) => exactPercent(value, report.trials),
        error?.prob_goal_never_reached,
      );
    case "growth_goal_month":
      return some("app.mark_expected_short", onAverage(arr).reached, (value) =>
        t("app.month_number", { month: String(value) }),
      );
    case "growth_cac":
      return some("growth.cac_row", arr.cac, amount);
    case "growth_payback_simple":
      return some("growth.payback_simple", arr.cac_payback_simple_months, months);
    case "growth_payback_survival":
      return some("growth.payback_survival", arr.cac_payback_survival_adjusted_months_interpolated, months);
    case "growth_ltv_simple":
      return some("growth.ltv_simple", arr.ltv_simple, amount);
    case "growth_ltv":
      return [
        ...some("growth.ltv_5", arr.ltv_5_years, amount),
        ...some("growth.ltv_cohort", arr.ltv_cohort, amount),
        ...some("growth.ltv_to_cac", arr.ltv_5_years_to_cac, ratio),
      ];
    case "growth_nrr":
      return [
        ...some("growth.nrr_12m", arr.nrr_12m.at(-1), exactPercent),
        ...some("growth.nrr_mature", arr.mature_nrr_12m, exactPercent),
        ...some("growth.nrr_new", arr.new_customer_nrr_first_12_months, exactPercent),
      ];
    case "growth_grr":
      return some("growth.grr_12m", arr.grr_12m.at(-1), exactPercent);
    case "growth_logo":
      return some("growth.logo_12m", arr.logo_retention_12m.at(-1), exactPercent);
    case "growth_magic":
      return [
        ...some("growth.magic_revenue", quarter?.magic_number_revenue, ratio),
        ...some("growth.magic_arr", quarter?.magic_number_arr, ratio),
      ];
    case "growth_burn":
      return some("growth.burn", quarter?.burn_multiple, ratio);
    case "growth_quick":
      return some("growth.quick", quarter?.quick_ratio, ratio);
    default:
      return [];
  }
}

function reachedOf(figures: ArrFigures | undefined): number | undefined {
  const never = figures?.prob_goal_never_reached;
  return never == null ? undefined : 1 - never;
}

function machineValues(id: DefinitionId, report: Report, machine: PipelineGenerationReport): Row[] {
  const amount = (value: number) => exactMoney(value, report.currency);
  const count = (value: number) => decimal(value, 6);
  const settled = machine.stationary_uncapped;
  const exact = machine.poisson_layer;
  const { figures, standard_error: error } = machine.simulation ?? {};
  switch (id) {
    case "growth_wins":
      return [
        ...some("growth.wins_expected", exact?.poisson_mean_wins ?? machine.total_expected_wins, count),
        ...some("growth.wins_p10", figures?.wins_p10 ?? exact?.p10_wins, count, error?.wins_p10),
        ...some("growth.wins_p50", figures?.wins_p50 ?? exact?.p50_wins, count, error?.wins_p50),
        ...some("growth.wins_p90", figures?.wins_p90 ?? exact?.p90_wins, count, error?.wins_p90),
        ...some(
          "growth.chance_target",
          figures?.prob_at_least_target_wins ?? exact?.prob_at_least_target_wins,
          (value) => exactPercent(value, figures ? report.trials : undefined),
          error?.prob_at_least_target_wins,
        ),
      ];
    case "growth_bookings":
      return some("growth.bookings_expected", machine.total_expected_bookings, amount);
    case "growth_velocity":
      return [
        ...some("growth.velocity", machine.velocity_per_day.at(-1), amount),
        ...some("growth.inflow", settled.opportunities_per_month, count),
        ...some("growth.row_open", settled.open_opportunities, count),
      ];
    case "growth_open":
      return some("growth.row_open", settled.open_opportunities, count);
    case "growth_lost_time":
      return some("growth.row_lost_time", machine.share_of_time_on_lost_deals_last_regime, exactPercent);
    case "growth_capacity":
      return some("growth.row_hours", machine.hours_per_opportunity_last_regime, count);
    case "growth_funnel":
      return [
        ...some("growth.row_followup", machine.effective_followup_share, exactPercent),
        ...some("growth.row_lead_rate", machine.lead_to_opportunity_rate, exactPercent),
      ];
    default:
      return [];
  }
}
