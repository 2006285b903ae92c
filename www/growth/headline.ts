/** The headline of the Growth view: the goal or the wins in one sentence, and their range. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { decimal, exactMoney, exactPercent, money, percent } from "../format.js";
import type { ArrCohortsReport, PipelineGenerationReport, Report } from "../generated/dealcast.js";
import { simulationMark } from "../headline/mark.js";
import { type Figure, type Spoken, SpokenHeadline } from "../headline/spoken.js";
import { type MessageKey, t } from "../i18n.js";
import { showDefinition } from "../ui/events.js";
import { arrSentence, winsOf, winsSentence, winsText } from "./sentence.js";

const ARR_PLACES: Readonly<Record<string, DefinitionId>> = {
  reached: "growth_goal_month",
  chance: "growth_goal_chance",
  error: "standard_error",
  closing: "growth_arr",
  opening: "growth_arr",
  missing: "growth_arr",
  p10: "growth_arr",
  p90: "growth_arr",
};
const WINS_PLACES: Readonly<Record<string, DefinitionId>> = {
  wins: "growth_wins",
  p10: "growth_wins",
  p90: "growth_wins",
  chance: "growth_wins",
  bookings: "growth_bookings",
  error: "standard_error",
};

@customElement("dc-growth-headline")
export class GrowthHeadline extends SpokenHeadline {
  protected override spoken(): Spoken | undefined {
    const { report, reportScenario } = this.store;
    const { arr_cohorts: arr, pipeline_generation: machine } = report ?? {};
    if (!report || !(arr || machine)) return undefined;
    const target = reportScenario.pipeline_generation?.target_wins;
    const define = (id: DefinitionId) => showDefinition(this, id);
    const simulated = (arr ?? machine)?.simulation !== undefined && (arr ?? machine)?.simulation !== null;
    const wins = machine ? winsSentence(report, machine, target) : [];
    return {
      sentence: arr ? arrSentence(report, arr) : wins,
      places: arr ? ARR_PLACES : WINS_PLACES,
      mark: simulationMark(this.store, simulated, define, arr ? "growth_arr" : "growth_wins"),
      range: arr ? arrRange(report, arr) : machine ? winsRange(report, machine, target) : [],
      beside: [...(arr ? arrFigures(report, arr) : []), ...(machine ? machineFigures(report, machine) : [])],
      also:
        arr && machine
          ? html`<p class="who-earns" id="machine-says">${t("growth.machine_says")}${this.marked(wins, WINS_PLACES)}</p>`
          : undefined,
    };
  }
}

function amount(report: Report, id: DefinitionId, label: MessageKey, value: number, error?: number): Figure {
  return {
    id,
    label,
    value: money(value, report.currency, { error }),
    exact: exactMoney(value, report.currency),
  };
}

function share(id: DefinitionId, label: MessageKey, value: number | null | undefined): Figure[] {
  if (value == null) return [];
  return [{ id, label, value: percent(value, { decimals: 0 }), exact: exactPercent(value) }];
}

function arrRange(report: Report, arr: ArrCohortsReport): Figure[] {
  const { figures, standard_error: error } = arr.simulation ?? {};
  if (!figures || !error) return [amount(report, "growth_arr", "growth.arr_expected", arr.closing_arr)];
  return [
    amount(report, "growth_arr", "growth.arr_p10", figures.closing_arr_p10, error.closing_arr_p10),
    amount(report, "growth_arr", "growth.arr_p50", figures.closing_arr_p50, error.closing_arr_p50),
    amount(report, "growth_arr", "growth.arr_p90", figures.closing_arr_p90, error.closing_arr_p90),
  ];
}

function winsRange(report: Report, machine: PipelineGenerationReport, target: number | undefined): Figure[] {
  const wins = winsOf(machine, target, report.trials);
  const count = (label: MessageKey, value: number): Figure => ({
    id: "growth_wins",
    label,
    value: winsText(value),
    exact: decimal(value, 6),
  });
  if (!wins) return [count("growth.wins_expected", machine.total_expected_wins)];
  return [
    count("growth.wins_p10", wins.p10),
    count("growth.wins_p50", wins.p50),
    count("growth.wins_p90", wins.p90),
  ];
}

function arrFigures(report: Report, arr: ArrCohortsReport): Figure[] {
  const payback = arr.cac_payback_survival_adjusted_months_interpolated;
  return [
    ...share("growth_nrr", "growth.nrr", arr.nrr_12m.at(-1)),
    ...share("growth_grr", "growth.grr", arr.grr_12m.at(-1)),
    ...(payback == null
      ? []
      : [
          {
            id: "growth_payback_survival" as const,
            label: "growth.payback" as const,
            value: t("growth.months_decimal", { months: decimal(payback, 1) }),
            exact: t("growth.months_decimal", { months: decimal(payback, 6) }),
          },
        ]),
    amount(report, "growth_ltv", "growth.ltv_5", arr.ltv_5_years),
  ];
}

function machineFigures(report: Report, machine: PipelineGenerationReport): Figure[] {
  const velocity = machine.velocity_per_day.at(-1) ?? 0;
  const inflow = machine.stationary_uncapped.opportunities_per_month;
  return [
    {
      id: "growth_velocity",
      label: "growth.velocity",
      value: t("growth.per_day", { amount: money(velocity, report.currency) }),
      exact: t("growth.per_day", { amount: exactMoney(velocity, report.currency) }),
    },
    {
      id: "growth_velocity",
      label: "growth.inflow",
      value: t("growth.per_month", { number: decimal(inflow, 1) }),
      exact: t("growth.per_month", { number: decimal(inflow, 6) }),
    },
  ];
}
