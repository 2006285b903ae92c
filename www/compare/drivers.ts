/** `<dc-drivers>`: what an outcome depends on most: the tornado, and shares of the variance. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { guard } from "lit/directives/guard.js";
import type { Described } from "../charts/line-chart.js";
import { number, type Table, words } from "../charts/table.js";
import type { Tornado } from "../charts/tornado.js";
import { percent } from "../format.js";
import type {
  Outcome,
  OutcomeSensitivity,
  SensitivityBar,
  SobolEstimate,
  VarianceShare,
  VarianceShares,
} from "../generated/dealcast.js";
import { isLinked } from "../growth/links.js";
import { t } from "../i18n.js";
import { defineButton } from "../ui/define.js";
import { Asking } from "./asking.js";
import { type Input, inputAt, inputsOf } from "./inputs.js";
import { kindOf } from "./outcomes.js";
import { figureWriter, QuestionElement } from "./question.js";
import { amountText } from "./words.js";
import "../charts/index.js";
import "../ui/table-file.js";

/** Uncertain inputs listed; further ones explain next to nothing. */
const MOST_SHARES = 12;

@customElement("dc-drivers")
export class Drivers extends QuestionElement {
  @state() private plan = "";
  #asking = new Asking<{ sensitivity: OutcomeSensitivity }>(() => this.requestUpdate());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.services.comparisons.stop("sensitivity");
  }

  #ask = (): void => {
    const { comparison, statistic, store, plan } = this;
    const { scenario } = store;
    const { outcome } = comparison;
    this.asked = { scenario, outcome };
    const figure = { outcome, statistic, ...(plan ? { plan } : {}) };
    void this.#asking.ask((progress) =>
      this.services.comparisons.sensitivity(scenario, { figure, variance: true }, progress),
    );
  };

  protected override render(): TemplateResult {
    const sensitivity = this.#asking.answer?.sensitivity;
    // Figures of another outcome would be written in the wrong unit.
    const shown = sensitivity?.outcome === this.comparison.outcome ? sensitivity : undefined;
    return html`<section class="asked" id="drivers" aria-labelledby="drivers-title">
      <h2 id="drivers-title">${t("compare.drivers_title")} ${defineButton("compare_tornado")}</h2>
      <p class="question">
        ${this.planChoice(this.plan, true, (name) => {
          this.plan = name;
        })}
        ${this.statistics()}
        <button class="framed" id="ask-drivers" ?disabled=${this.#asking.running} @click=${this.#ask}>${t("compare.compute")}</button>
      </p>
      ${this.state(this.#asking, () => this.services.comparisons.stop("sensitivity"))}
      ${
        shown
          ? html`<div class=${classMap({ stale: this.stale || this.#asking.running })}>
              ${this.stale ? html`<p class="help">${t("compare.stale")}</p>` : nothing}
              ${guard(this.drawnFor(shown), () => this.#answer(shown))}
            </div>`
          : nothing
      }
    </section>`;
  }

  #answer(shown: OutcomeSensitivity): TemplateResult {
    return html`<dc-tornado
        .run=${{ ...this.comparison, trials: shown.trials }}
        .chart=${this.#tornado(shown)}
        .currency=${this.comparison.currency}
      ></dc-tornado>
      ${shown.variance ? this.#shares(shown.variance, shown.outcome) : this.#noShares(shown.outcome)}`;
  }

  #tornado(sensitivity: OutcomeSensitivity): Described<Tornado> {
    const { scenario } = this.store;
    const { comparison } = this;
    const { bars, base, statistic } = sensitivity;
    const inputs = inputsOf(scenario);
    const named = (of: SensitivityBar) => inputAt(of.at, inputs, scenario);
    const figure = (of: SensitivityBar["at_low"]) => of[statistic as "mean" | "p50" | "prob_target"] ?? 0;
    const writer = figureWriter(comparison, statistic);
    const end = (of: SensitivityBar, value: number) => amountText(of.operation, value, named(of), scenario);
    const [widest] = bars;
    const name = (of: SensitivityBar) => {
      const words = named(of)?.name ?? of.at;
      return of.source === "assumed" ? t("compare.assumed_swing", { name: words }) : words;
    };
    const outcome = t(`compare.outcome_${comparison.outcome}`);
    return {
      title: t("compare.tornado_title", { figure: t(`compare.figure_${statistic as "mean"}`), outcome }),
      caption: t("compare.tornado_caption"),
      summary: widest
        ? t("compare.tornado_summary", {
            name: name(widest),
            low: writer.value(figure(widest.at_low)),
            high: writer.value(figure(widest.at_high)),
          })
        : t("compare.tornado_empty"),
      data: {
        rows: bars.map((of) => ({
          name: name(of),
          from: end(of, of.low),
          to: end(of, of.high),
          atLow: figure(of.at_low),
          atHigh: figure(of.at_high),
        })),
        base: figure(base),
        currency: comparison.currency,
        ...(statistic === "prob_target"
          ? { unit: "share" as const }
          : kindOf(comparison.outcome) === "money"
            ? {}
            : { unit: "count" as const }),
        empty: t("compare.tornado_empty"),
        heads: [
          t("compare.input"),
          t("compare.low_end"),
          t("compare.at_low_end"),
          t("compare.high_end"),
          t("compare.at_high_end"),
        ],
      },
    };
  }

  /** Why there are none, where that is not plain to see. */
  #noShares(outcome: Outcome): TemplateResult | typeof nothing {
    const linked = outcome === "pipeline_total" && isLinked(this.store.scenario, "open_pipeline");
    return linked ? html`<p class="help">${t("compare.shares_linked")}</p>` : nothing;
  }

  #shares({ shares, residual_share: residual, points }: VarianceShares, outcome: Outcome): TemplateResult {
    const { scenario } = this.store;
    const inputs: readonly Input[] = inputsOf(scenario);
    const sorted = [...shares].sort((a, b) => b.total_order.value - a.total_order.value);
    const chance = outcome === "pipeline_total" ? t("compare.chance_of_deals") : t("compare.chance");
    const name: NameOf = ({ source, at }) =>
      at != null
        ? (inputAt(at, inputs, scenario)?.name ?? at)
        : source === "market"
          ? t("compare.market")
          : chance;
    // Estimates may fall a little below nought.
    const share = (value: number) => percent(Math.max(value, 0), { decimals: 0 });
    const cell = ({ value, low, high }: SobolEstimate) =>
      points === 0
        ? share(value)
        : t("app.likely_range", { likely: share(value), low: share(low), high: share(high) });
    return html`<h3>${t("compare.shares_title")} ${defineButton("compare_sobol")}</h3>
      <p class="help">${t("compare.shares_help")} ${points === 0 ? t("compare.shares_exact") : t("compare.shares_points", { count: points })}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t("compare.shares_title")}>
        <table class="years" id="variance-shares">
          <thead>
            <tr>
              <th scope="col">${t("compare.input")}</th>
              <th scope="col">${t("compare.first_order")}</th>
              <th scope="col">${t("compare.total_order")}</th>
            </tr>
          </thead>
          <tbody>
            ${sorted.slice(0, MOST_SHARES).map(
              (one) => html`<tr>
                <th scope="row">${name(one)}</th>
                <td>${cell(one.first_order)}</td>
                <td>${cell(one.total_order)}</td>
              </tr>`,
            )}
            <tr class="sum">
              <th scope="row">${t("compare.interactions")}</th>
              <td data-value=${residual}>${percent(residual, { decimals: 1 })}</td>
              <td></td>
            </tr>
          </tbody>
        </table>
      </div>
      <dc-table-file .name=${t("compare.shares_title")} .table=${() => sharesData(sorted, residual, name)}></dc-table-file>`;
  }
}

type NameOf = (share: Pick<VarianceShare, "source" | "at">) => string;

/** Shares of the variance with all their digits, and the ends of their intervals. */
export function sharesData(shares: VarianceShares["shares"], residual: number, name: NameOf): Table {
  const orders = [t("compare.first_order"), t("compare.total_order")];
  const estimate = ({ value, low, high }: SobolEstimate) =>
    [value, low, high].map((one) => number(one, percent(one, { decimals: 1 })));
  return {
    columns: [
      { name: t("compare.input"), numeric: false },
      ...orders.flatMap((order) =>
        [order, `${order} (${t("app.amount_low")})`, `${order} (${t("app.amount_high")})`].map((column) => ({
          name: column,
          numeric: true,
        })),
      ),
    ],
    rows: [
      ...shares.map((one) => [words(name(one)), ...estimate(one.first_order), ...estimate(one.total_order)]),
      [
        words(t("compare.interactions")),
        number(residual, percent(residual, { decimals: 1 })),
        ...Array.from({ length: 5 }, () => words("")),
      ],
    ],
  };
}
