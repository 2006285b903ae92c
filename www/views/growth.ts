/** The Growth view: assumptions at the left, the goal beside them, the sales machine and the figures of the trade below. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import type { FanWords } from "../charts/titled-fan.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import type { ArrCohortsReport, FanMonth, PipelineGenerationReport, Report } from "../generated/dealcast.js";
import { chain } from "../growth/chain.js";
import { lagOf } from "../growth/fields.js";
import { changes, limits } from "../growth/machine.js";
import {
  backlogChart,
  bridgeChart,
  capacityChart,
  expectedChart,
  fanOf,
  fanWords,
  funnelChart,
  goalChart,
  layersChart,
  retentionChart,
  yearlyChart,
} from "../growth/pictures.js";
import { saasTable } from "../growth/saas.js";
import { takes } from "../growth/takes.js";
import { t } from "../i18n.js";
import { PageElement } from "../ui/element.js";
import type { Services } from "../ui/services.js";
import { errorList } from "./error-list.js";
import { waiting } from "./waiting.js";
import "../charts/index.js";
import "../growth/headline.js";
import "../growth/panel.js";

/** A fan of the view, and how it is drawn. */
interface FanOf {
  readonly what: FanWords;
  readonly fan: readonly FanMonth[];
  readonly definition: DefinitionId;
  readonly variant?: "cumulative" | "monthly";
  readonly opening?: number;
  readonly target?: number | undefined;
}

@customElement("dc-growth-view")
export class GrowthView extends PageElement {
  @property({ attribute: false }) services!: Services;

  protected override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const { scenario, report } = store;
    if (!scenario.pipeline_generation && !scenario.arr_cohorts) return nothing;
    const stale = store.errors.length > 0;
    const { arr_cohorts: arr, pipeline_generation: machine } = report ?? {};
    return html`
      <aside class="inputs" aria-label=${t("app.inputs")}>
        <dc-growth-inputs .store=${store} .drawSeed=${this.services.drawSeed}></dc-growth-inputs>
      </aside>
      <section class="results" id="results" tabindex="-1" aria-label=${t("app.forecast")}>
        ${errorList(store)}
        <div class=${classMap({ forecast: true, stale })}>
          ${arr || machine ? nothing : waiting(store)}
          <dc-growth-headline .store=${store}></dc-growth-headline>
          ${report && arr ? this.#arr(report, arr) : nothing}
          ${report && machine && !arr ? this.#machine(report, machine) : nothing}
        </div>
      </section>
      <div class=${classMap({ wide: true, stale })}>
        ${report && machine ? chain(store, report) : nothing}
        ${report && arr ? takes(store, report, arr) : nothing}
        ${
          report && machine && arr
            ? html`<section aria-labelledby="machine-title">
              <h2 id="machine-title">${t("growth.pipeline_generation")}</h2>
              ${this.#machine(report, machine)}
            </section>`
            : nothing
        }
        ${report && arr ? saasTable(report, arr) : nothing}
      </div>
    `;
  }

  #fan(report: Report, { what, fan, definition, variant = "cumulative", opening = 0, target }: FanOf) {
    return html`<dc-titled-fan
      .what=${what}
      .definition=${definition}
      .run=${report}
      .fan=${fan}
      .variant=${variant}
      .alreadyWon=${opening}
      .target=${target}
      .startMonth=${report.start_month}
      .currency=${report.currency}
    ></dc-titled-fan>`;
  }

  /** Amounts by month: simulated, or expected. */
  #course(
    report: Report,
    of: "bookings" | "open",
    fan: readonly FanMonth[] | undefined,
    expected: readonly number[],
  ): TemplateResult {
    const definition = `growth_${of}` as const;
    const [title, caption] = [`growth.${of}_title`, `growth.${of}_caption`] as const;
    if (!fan) {
      const chart = expectedChart(title, caption, expected, report.currency);
      return html`<dc-line-chart .definition=${definition} .run=${report} .chart=${chart} .currency=${report.currency}></dc-line-chart>`;
    }
    const summary = of === "bookings" ? "month_summary" : "fan_summary";
    return this.#fan(report, {
      what: fanWords(title, caption, summary),
      fan,
      definition,
      variant: "monthly",
    });
  }

  #arr(report: Report, arr: ArrCohortsReport): TemplateResult {
    const { currency } = report;
    const { simulation } = arr;
    const goal = goalChart(report, arr);
    const yearly = yearlyChart(arr);
    return html`<h2 class="visually-hidden">${t("app.pictures")}</h2>
      <div class="pictures two">
        ${this.#fan(report, {
          what: {
            ...fanWords("growth.arr_title", "growth.arr_caption"),
            ...(simulation ? {} : { caption: t("growth.arr_caption_expected") }),
          },
          fan: fanOf(simulation?.arr_fan, arr.arr),
          definition: "growth_arr",
          opening: arr.opening_arr,
          target: arr.arr_goal ?? undefined,
        })}
        <dc-stacked-bars .definition=${"growth_bridge"} .run=${report} .chart=${bridgeChart(report, arr)} .currency=${currency}></dc-stacked-bars>
        ${
          goal
            ? html`<dc-line-chart .definition=${"growth_goal_chance"} .run=${report} .chart=${goal} .currency=${currency}></dc-line-chart>`
            : nothing
        }
        <dc-stacked-bars .definition=${"growth_layers"} .run=${report} .chart=${layersChart(report, arr)} .currency=${currency}></dc-stacked-bars>
        <dc-line-chart .definition=${"growth_retention"} .run=${report} .chart=${retentionChart(arr)} .currency=${currency}></dc-line-chart>
        ${
          yearly
            ? html`<dc-line-chart .definition=${"growth_nrr"} .run=${report} .chart=${yearly} .currency=${currency}></dc-line-chart>`
            : nothing
        }
      </div>`;
  }

  #machine(report: Report, machine: PipelineGenerationReport): TemplateResult {
    const { currency } = report;
    const { simulation } = machine;
    const capacity = capacityChart(machine);
    const backlog = backlogChart(machine);
    return html`${limits(report, machine)}
      <div class="pictures two">
        <dc-funnel
          .definition=${"growth_funnel"}
          .run=${report}
          .chart=${funnelChart(machine, lagOf(this.store.reportScenario))}
          .currency=${currency}
        ></dc-funnel>
        ${this.#course(report, "bookings", simulation?.bookings_fan, machine.expected_bookings)}
        ${this.#course(report, "open", simulation?.open_pipeline_fan, machine.open_pipeline_end_of_month)}
        ${
          capacity
            ? html`<dc-line-chart .definition=${"growth_capacity"} .run=${report} .chart=${capacity} .currency=${currency}></dc-line-chart>`
            : nothing
        }
        ${
          backlog
            ? html`<dc-line-chart .definition=${"growth_capacity"} .run=${report} .chart=${backlog} .currency=${currency}></dc-line-chart>`
            : nothing
        }
      </div>
      ${changes(report, machine)}`;
  }
}
