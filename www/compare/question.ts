/** What the questions below the comparison share: the figure they are about, progress, errors. */
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { sentenceOf } from "../errors.js";
import { chance, percent, points } from "../format.js";
import type { Comparison, Outcome, Scenario, Statistic } from "../generated/dealcast.js";
import { locale, t } from "../i18n.js";
import { PageElement } from "../ui/element.js";
import type { Services } from "../ui/services.js";
import type { Asking } from "./asking.js";
import { sameQuestion } from "./comparing.js";
import { writerOf } from "./outcomes.js";
import { plansOf } from "./plans.js";

/** Least time between two drawings: below the pictures nobody reads while a lever is dragged. */
const EVERY_MS = 250;

export const STATISTICS = ["mean", "p50", "prob_target"] as const satisfies readonly Statistic[];
export type Asked = (typeof STATISTICS)[number];

/** Writes values and differences of a figure. */
export interface FigureWriter {
  value(value: number, error?: number | null): string;
  difference(value: number, error?: number | null): string;
}

export function figureWriter(comparison: Comparison, statistic: Statistic): FigureWriter {
  if (statistic !== "prob_target") return writerOf(comparison);
  return {
    value: (value, error) => percent(value, { error }),
    difference: (value, error) => points(value, { error }),
  };
}

/** As a chance inside a sentence. */
export function chanceWords(value: number, error: number | undefined): string {
  return chance(value, { error });
}

export abstract class QuestionElement extends PageElement {
  @property({ attribute: false }) services!: Services;
  /** The comparison on screen; tells the outcome and its currency. */
  @property({ attribute: false }) comparison!: Comparison;
  @state() protected statistic: Asked = "mean";
  #drawnAt = Number.NEGATIVE_INFINITY;
  /** What the answer is of. */
  protected asked: { readonly scenario: Scenario; readonly outcome: Outcome } | undefined;

  protected override async scheduleUpdate(): Promise<void> {
    const wait = this.#drawnAt + EVERY_MS - performance.now();
    if (wait > 0) await new Promise((drawn) => setTimeout(drawn, wait));
    super.scheduleUpdate();
    this.#drawnAt = performance.now();
  }

  /** Whether the answer on screen is of an earlier document. */
  protected get stale(): boolean {
    const { asked } = this;
    return (
      asked !== undefined &&
      (asked.outcome !== this.comparison.outcome || !sameQuestion(asked.scenario, this.store.scenario))
    );
  }

  /** What an answer is drawn again for: not for the comparison, which changes with every move of a lever. */
  protected drawnFor(answer: unknown): unknown[] {
    return [answer, locale(), this.comparison.currency, this.comparison.start_month];
  }

  /** Whether a chance can be asked for: of the scenario's target, where it has one. */
  protected offers(): boolean {
    return this.comparison.scenarios[0]?.target != null;
  }

  protected statistics(): TemplateResult {
    const id = `${this.localName}-figure`;
    const known = STATISTICS.filter((one) => one !== "prob_target" || this.offers());
    if (!known.includes(this.statistic)) this.statistic = "mean";
    return html`<label for=${id}>${t("app.figure")}</label>
      <select
        id=${id}
        @change=${(event: Event) => {
          this.statistic = (event.target as HTMLSelectElement).value as Asked;
        }}
      >
        ${known.map((one) => html`<option value=${one} .selected=${live(one === this.statistic)}>${t(`compare.figure_${one}`)}</option>`)}
      </select>`;
  }

  /** A choice of the base or a plan, by name; empty: the base. */
  protected planChoice(chosen: string, withBase: boolean, choose: (plan: string) => void): TemplateResult {
    const id = `${this.localName}-plan`;
    const plans = plansOf(this.store.scenario);
    return html`<label for=${id}>${t("compare.scenario")}</label>
      <select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${withBase ? html`<option value="" .selected=${live(chosen === "")}>${t("compare.base")}</option>` : nothing}
        ${plans.map(({ name }) => html`<option value=${name} .selected=${live(name === chosen)}>${name}</option>`)}
      </select>`;
  }

  /** Progress with a way to stop it; errors; why there is no answer. */
  protected state<Answer extends object>(asking: Asking<Answer>, stop: () => void): TemplateResult {
    const { scenario } = this.store;
    return html`<p class="mark" role="status">
        ${
          asking.running
            ? html`<progress aria-label=${t("app.computing")} .value=${asking.done} max="1"></progress>
              <button class="quiet" @click=${stop}>${t("app.cancel")}</button>`
            : nothing
        }
        ${asking.stopped ? t(asking.stopped === "cancelled" ? "app.run_cancelled" : "app.run_broken") : nothing}
      </p>
      ${asking.errors.map((error) => html`<p class="problem">${sentenceOf(error, scenario)}</p>`)}`;
  }
}
