/** The headline of the Pipeline view: one sentence, then the range, then what stands beside it. */
import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { decimal, exactMoney, exactPercent, money, percent } from "../format.js";
import type { OpenPipelineReport, Report } from "../generated/dealcast.js";
import type { MessageKey } from "../i18n.js";
import { showDefinition } from "../ui/events.js";
import { engineMark } from "./mark.js";
import { hasNoDeals, newDealsSentence, sentence } from "./sentence.js";
import { type Figure, type Spoken, SpokenHeadline } from "./spoken.js";

/** Which definition a figure of the sentence opens. */
const PLACES: Readonly<Record<string, DefinitionId>> = {
  chance: "prob_at_least_target",
  error: "standard_error",
  p10: "p10",
  p50: "p50",
  zero: "prob_zero_in_window",
};

const NEW_DEALS_PLACES: Readonly<Record<string, DefinitionId>> = {
  added: "new_deals",
  p50: "p50",
  chance: "prob_at_least_target",
};

@customElement("dc-headline")
export class Headline extends SpokenHeadline {
  protected override spoken(): Spoken | undefined {
    const report = this.store.report;
    const forecast = report?.open_pipeline;
    if (!report || !forecast) return undefined;
    const said = { sentence: sentence(report, forecast, this.store.draggedTarget), places: PLACES };
    // What to do; figures of nothing would only stand in the way. Why a run stopped is said all the same.
    if (hasNoDeals(forecast) && !this.store.stopped) return { ...said, mark: nothing, range: [], beside: [] };
    return {
      ...said,
      mark: engineMark(this.store, (id) => showDefinition(this, id)),
      range: range(report, forecast),
      beside: beside(report, forecast),
      also: forecast.new_deals
        ? html`<p class="who-earns" id="new-deals">${this.marked(newDealsSentence(report, forecast), NEW_DEALS_PLACES)}</p>`
        : undefined,
    };
  }
}

function amountFigure(
  report: Report,
  id: DefinitionId,
  label: MessageKey,
  value: number,
  error?: number | null,
): Figure {
  return {
    id,
    label,
    value: money(value, report.currency, { error }),
    exact: exactMoney(value, report.currency),
  };
}

function range(report: Report, forecast: OpenPipelineReport): Figure[] {
  const error = forecast.headline_engine === "exact" ? undefined : forecast.standard_error;
  return [
    amountFigure(report, "p10", "app.p10", forecast.p10, error?.p10),
    amountFigure(report, "p50", "app.p50", forecast.p50, error?.p50),
    amountFigure(report, "p90", "app.p90", forecast.p90, error?.p90),
  ];
}

function beside(report: Report, forecast: OpenPipelineReport): Figure[] {
  const error = forecast.headline_engine === "exact" ? undefined : forecast.standard_error;
  const trials = error ? report.trials : undefined;
  const figures = [
    // A closed form, whichever engine gives the range; with new deals it may be simulated.
    amountFigure(report, "mean", "app.mean", forecast.mean, forecast.new_deals ? error?.mean : undefined),
    amountFigure(report, "weighted_pipeline", "app.weighted_pipeline", forecast.weighted_pipeline),
  ];
  if (forecast.coverage_ratio != null) {
    figures.push(ratioFigure("coverage_ratio", "app.coverage", forecast.coverage_ratio));
  }
  if (forecast.required_coverage_ratio != null) {
    figures.push(
      ratioFigure("required_coverage_ratio", "app.required_coverage", forecast.required_coverage_ratio),
    );
  }
  if (forecast.conditional_gap_if_missed != null) {
    const gap = forecast.conditional_gap_if_missed;
    figures.push(
      amountFigure(
        report,
        "conditional_gap_if_missed",
        "app.gap_if_missed",
        gap,
        error?.conditional_gap_if_missed,
      ),
    );
  }
  if (forecast.prob_zero_in_window >= 0.001) {
    const share = forecast.prob_zero_in_window;
    figures.push({
      id: "prob_zero_in_window",
      label: "app.nothing_signed",
      value: percent(share, { error: error?.prob_zero_in_window, trials }),
      exact: exactPercent(share, trials),
    });
  }
  return figures;
}

function ratioFigure(id: DefinitionId, label: MessageKey, ratio: number): Figure {
  const times = (digits: number) => `${decimal(ratio, digits, 1)}\u202f×`;
  return { id, label, value: times(1), exact: times(6) };
}
