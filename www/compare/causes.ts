/** `<dc-causes>`: the difference between the base and a plan, taken apart lever by lever. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { guard } from "lit/directives/guard.js";
import { type ChartContent, ChartElement } from "../charts/frame.js";
import { number, type Table, words } from "../charts/table.js";
import type { Comparison, Waterfall } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { defineButton } from "../ui/define.js";
import { Asking } from "./asking.js";
import { plansOf } from "./plans.js";
import { type FigureWriter, figureWriter, QuestionElement } from "./question.js";
import { type WaterfallStep, waterfallPicture } from "./waterfall.js";

/** Most levers that are taken apart without being asked: their runs take a second or two. */
const AT_ONCE = 5;
/** Trials of all runs together that are spent at once: those of the comparison where few levers allow. */
const TRIALS_AT_ONCE = 1_000_000;
const LEAST_TRIALS = 16_384;

/** Start, contributions, end. */
export function stepsOf(waterfall: Waterfall, writer: FigureWriter): WaterfallStep[] {
  const { start, end, contributions, plan } = waterfall;
  const severalPlans = new Set(contributions.map((one) => one.plan)).size > 1;
  let level = start;
  return [
    {
      name: waterfall.from ?? t("compare.base"),
      words: writer.value(start, waterfall.start_standard_error),
      from: 0,
      to: start,
      whole: true,
    },
    ...contributions.map((one): WaterfallStep => {
      const from = level;
      level = one.level;
      return {
        name: severalPlans ? t("compare.lever_of", { lever: one.lever, plan: one.plan }) : one.lever,
        words: writer.difference(one.contribution, one.standard_error),
        from,
        to: one.level,
        whole: false,
      };
    }),
    { name: plan, words: writer.value(end, waterfall.end_standard_error), from: 0, to: end, whole: true },
  ];
}

@customElement("dc-waterfall-chart")
export class WaterfallChart extends ChartElement {
  @property({ attribute: false }) waterfall: Waterfall | undefined;
  @property({ attribute: false }) comparison: Comparison | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { waterfall, comparison } = this;
    if (!waterfall || !comparison) return undefined;
    const writer = figureWriter(comparison, waterfall.statistic);
    const steps = stepsOf(waterfall, writer);
    const from = steps[0]?.name ?? "";
    const picture = waterfallPicture({ steps }, width);
    const caption = t(waterfall.exact ? "compare.waterfall_caption" : "compare.waterfall_sampled", {
      count: waterfall.runs,
    });
    return {
      title: t("compare.waterfall_title", { from, plan: waterfall.plan }),
      caption: picture.cut ? `${caption} ${t("compare.waterfall_cut")}` : caption,
      summary: steps.map(({ name, words: said }) => t("compare.change", { name, change: said })).join("; "),
      picture,
      table: () => waterfallTable(waterfall, writer),
    };
  }
}

function waterfallTable(waterfall: Waterfall, writer: FigureWriter): Table {
  return {
    columns: [
      { name: t("compare.lever_head"), numeric: false },
      { name: t("compare.contribution"), numeric: true },
      { name: t("app.standard_error"), numeric: true },
    ],
    rows: [
      ...waterfall.contributions.map((one) => [
        words(one.lever),
        number(one.contribution, writer.difference(one.contribution)),
        number(one.standard_error, String(Number(one.standard_error.toPrecision(3)))),
      ]),
      [
        words(t("compare.whole_difference")),
        number(waterfall.difference, writer.difference(waterfall.difference)),
        number(
          waterfall.difference_standard_error,
          String(Number(waterfall.difference_standard_error.toPrecision(3))),
        ),
      ],
    ],
  };
}

@customElement("dc-causes")
export class Causes extends QuestionElement {
  /** Whether the hand rests: the comparison on screen is the full one. */
  @property({ type: Boolean }) rested = false;
  #plan = "";
  #asking = new Asking<{ waterfall: Waterfall }>(() => this.requestUpdate());
  #askedFigure = "";

  /** The plan taken apart: the one chosen, else the first that has levers. */
  get #chosen(): string | undefined {
    const plans = plansOf(this.store.scenario);
    const named = plans.find(({ name }) => name === this.#plan);
    return (named ?? plans.find(({ levers }) => levers.length > 0))?.name;
  }

  /** Whether the answer is to what is asked now. */
  get #current(): boolean {
    return (
      this.asked !== undefined && !this.stale && this.#askedFigure === `${this.statistic} ${this.#chosen}`
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.services.comparisons.stop("waterfall");
  }

  protected override updated(): void {
    if (this.rested && !this.#current && this.#levers <= AT_ONCE) this.#ask();
  }

  get #levers(): number {
    return this.comparison.scenarios.find(({ plan }) => plan === this.#chosen)?.levers.length ?? 0;
  }

  #ask = (): void => {
    const plan = this.#chosen;
    const { comparison, statistic, store } = this;
    if (plan === undefined || this.#levers === 0) return;
    const { scenario } = store;
    const { outcome } = comparison;
    this.asked = { scenario, outcome };
    this.#askedFigure = `${statistic} ${plan}`;
    const affordable = Math.max(LEAST_TRIALS, Math.floor(TRIALS_AT_ONCE / 2 ** this.#levers));
    const trials = Math.min(comparison.trials, affordable);
    void this.#asking.ask((progress) =>
      this.services.comparisons.waterfall(scenario, { outcome, statistic, plan, trials }, progress),
    );
  };

  protected override render(): TemplateResult | typeof nothing {
    const plan = this.#chosen;
    const scenario = this.comparison.scenarios.find((one) => one.plan === plan);
    if (plan === undefined || !scenario || scenario.levers.length === 0) return nothing;
    const { answer } = this.#asking;
    const waterfall = answer?.waterfall;
    return html`<section class="asked" id="causes" aria-labelledby="causes-title">
      <h2 id="causes-title">${t("compare.causes_title")} ${defineButton("compare_shapley")}</h2>
      <p class="question">
        ${this.planChoice(plan, false, (name) => {
          this.#plan = name;
          this.requestUpdate();
        })}
        ${this.statistics()}
        ${
          this.#levers > AT_ONCE && !this.#current
            ? html`<button class="framed" @click=${this.#ask}>${t("compare.compute")}</button>`
            : nothing
        }
      </p>
      ${this.state(this.#asking, () => this.services.comparisons.stop("waterfall"))}
      ${
        waterfall
          ? html`<div class=${classMap({ stale: !this.#current || this.#asking.running })}>
              ${guard(
                this.drawnFor(waterfall),
                () => html`<dc-waterfall-chart
                  .run=${{ ...this.comparison, trials: waterfall.trials }}
                  .waterfall=${waterfall}
                  .comparison=${this.comparison}
                  .currency=${this.comparison.currency}
                ></dc-waterfall-chart>`,
              )}
            </div>`
          : nothing
      }
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-waterfall-chart": WaterfallChart;
  }
}
