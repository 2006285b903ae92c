/** What is read first: one sentence, then the range, then what stands beside it. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { exactMoney, exactPercent, money, percent } from "../format.js";
import type { OpenPipelineReport, Report } from "../generated/dealcast.js";
import { locale, type MessageKey, t } from "../i18n.js";
import { PageElement } from "../ui/element.js";
import { showDefinition } from "../ui/events.js";
import { engineMark } from "./mark.js";
import { plain, type Sentence, sentence } from "./sentence.js";

/** Quiet time before a changed sentence is read out: a drag is one announcement, not fifty. */
const ANNOUNCE_AFTER_MS = 900;

/** Which definition a figure of the sentence opens. */
const PLACES: Readonly<Record<string, DefinitionId>> = {
  chance: "prob_at_least_target",
  error: "standard_error",
  p10: "p10",
  p50: "p50",
  zero: "prob_zero_in_window",
};

interface Figure {
  readonly id: DefinitionId;
  readonly label: MessageKey;
  readonly value: string;
  /** The figure with all its digits. */
  readonly exact: string;
}

@customElement("dc-headline")
export class Headline extends PageElement {
  @state() private announced = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending = "";

  protected override render(): TemplateResult | typeof nothing {
    const report = this.store.report;
    const forecast = report?.open_pipeline;
    if (!report || !forecast) return nothing;
    const pieces = sentence(report, forecast, this.store.draggedTarget);
    this.#pending = plain(pieces);
    return html`
      <h1 class="sentence" id="sentence">${this.#marked(pieces)}</h1>
      <p class="visually-hidden" aria-live="polite" aria-atomic="true" id="announcement">${this.announced}</p>
      ${engineMark(this.store, (id) => showDefinition(this, id))}
      <dl class="range">${range(report, forecast).map((figure) => this.#figure(figure))}</dl>
      <dl class="beside">${beside(report, forecast).map((figure) => this.#figure(figure))}</dl>
    `;
  }

  protected override updated(_: PropertyValues): void {
    if (this.#pending === this.announced) return;
    clearTimeout(this.#timer);
    const text = this.#pending;
    this.#timer = setTimeout(() => {
      this.announced = text;
    }, ANNOUNCE_AFTER_MS);
  }

  #marked(pieces: Sentence) {
    return pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      const id = PLACES[piece.name];
      if (!id) return html`<span class="figure-${piece.name}">${piece.text}</span>`;
      return html`<button
        class="figure figure-${piece.name}"
        title=${t("app.show_the_math")}
        @click=${() => showDefinition(this, id)}
        >${piece.text}</button
      >`;
    });
  }

  #figure(figure: Figure) {
    return html`<div>
      <dt>${t(figure.label)}</dt>
      <dd>
        <button class="figure" title=${`${figure.exact} · ${t("app.show_the_math")}`} @click=${() => showDefinition(this, figure.id)}>
          ${figure.value}
        </button>
      </dd>
    </div>`;
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
  const figures = [
    // A closed form, whichever engine gives the range.
    amountFigure(report, "mean", "app.mean", forecast.mean),
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
      value: percent(share, { error: error?.prob_zero_in_window }),
      exact: exactPercent(share),
    });
  }
  return figures;
}

function ratioFigure(id: DefinitionId, label: MessageKey, ratio: number): Figure {
  const times = (digits: number) =>
    `${new Intl.NumberFormat(locale(), { maximumFractionDigits: digits, minimumFractionDigits: Math.min(1, digits) }).format(ratio)}\u202f×`;
  return { id, label, value: times(1), exact: times(6) };
}
