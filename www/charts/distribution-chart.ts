/**
 * `<dc-distribution-chart>`: histogram and exceedance curve with a target that can be dragged, or
 * moved by keyboard. Fires `target-input` while it moves and `target-change` when it rests, the amount
 * in `detail`.
 */
import { tickStep } from "d3-array";
import { nothing, type PropertyValues, render, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { exactMoney, exactPercent, money, percent } from "../format.js";
import type { OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { type Distribution, type DistributionPicture, distributionPicture } from "./distribution.js";
import { draw, drawClip } from "./draw.js";
import { probabilityAtLeast } from "./exceedance.js";
import { type ChartContent, ChartElement } from "./frame.js";
import type { Box, Mark, Picture } from "./scene.js";
import { number, type Table } from "./table.js";
import { probabilityText, reachedClip, targetMarks } from "./target.js";

@customElement("dc-distribution-chart")
export class DistributionChart extends ChartElement<DistributionPicture> {
  @property({ attribute: false }) report: OpenPipelineReport | undefined;
  /** The scenario's target, where it is ahead of the report's. */
  @property({ type: Number }) target: number | undefined;

  /** Where the hand, or the last move, has put the target; until the scenario says otherwise. */
  #moved: number | undefined;
  /** The target before the hand took it. */
  #origin: number | undefined;
  #dragging = false;
  /** Whether the present move has been told of, and so must be told to have ended. */
  #told = false;
  #waiting = false;
  #frame = 0;

  /** While the target moves nothing else is drawn: what arrives meanwhile is drawn when it rests. */
  protected override shouldUpdate(): boolean {
    this.#waiting = this.#origin !== undefined;
    return !this.#waiting;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("target") || changed.has("report")) this.#moved = undefined;
    super.willUpdate(changed);
  }

  #target(): number {
    return this.#moved ?? this.target ?? this.report?.target ?? 0;
  }

  #input(): Distribution | undefined {
    const { report, currency } = this;
    return report ? { report, currency, target: this.#target(), trials: this.run?.trials } : undefined;
  }

  protected override contentAt(width: number): ChartContent<DistributionPicture> | undefined {
    const input = this.#input();
    if (!input) return undefined;
    const { report, currency } = input;
    const picture = distributionPicture(input, width);
    const error = report.headline_engine === "exact" ? undefined : report.standard_error;
    const write = (name: "p10" | "p50" | "p90") => money(report[name], currency, { error: error?.[name] });
    const note: string[] = [];
    if (picture.tail) {
      const { share, from, largest } = picture.tail;
      note.push(
        t("charts.distribution_tail", {
          from: money(from, currency),
          share: percent(share),
          largest: money(largest, currency),
        }),
      );
    }
    return {
      title: t("charts.distribution_title"),
      caption: [t("charts.distribution_caption"), ...note].join(" "),
      fileCaption: note.join(" "),
      summary: t("charts.distribution_summary", {
        p10: write("p10"),
        p50: write("p50"),
        p90: write("p90"),
        share: probabilityText(input, picture, input.target),
        target: money(input.target, currency),
      }),
      picture,
      table: () => distributionTable(input, picture),
    };
  }

  /** The picture of a file has its target drawn in. */
  protected override picture(width: number): Picture | undefined {
    const input = this.#input();
    if (!input) return undefined;
    const picture = distributionPicture(input, width);
    return {
      ...picture,
      marks: [
        ...withClip(picture.marks, reachedClip(picture, input.target)),
        ...targetMarks(input, picture, input.target, false),
      ],
    };
  }

  /** All that a drag redraws: the clip of the bars that reach the target, and the target itself. */
  protected override drawLive(layer: SVGGElement): void {
    const input = this.#input();
    const picture = this.content?.picture;
    if (!input || !picture) return;
    const { target } = input;
    const [low = 0, high = 1] = picture.x.domain();
    const share = probabilityText(input, picture, target);
    const { plot } = picture;
    const at = Math.min(Math.max(picture.x(target), plot.x), plot.x + plot.width);
    const marks = targetMarks(input, picture, target);
    const pill = marks.find((mark) => mark.kind === "rect");
    render(
      svg`${drawClip("reached", reachedClip(picture, target))}
      <g
        class="handle" role="slider" tabindex="0" aria-label=${t("charts.target")}
        aria-valuemin=${Math.min(low, target)} aria-valuemax=${Math.max(high, target)} aria-valuenow=${target}
        aria-valuetext=${t("charts.target_value", { amount: money(target, this.currency, { digits: 4 }), share })}
        @keydown=${this.#key} @keyup=${this.#rest} @blur=${this.#rest}
        @pointerdown=${this.#grab} @pointermove=${this.#drag} @pointerup=${this.#drop} @pointercancel=${this.#letGo}
      >
        <rect class="hit" x=${at - 14} y="0" width="28" height=${plot.y + plot.height} />
        ${draw(marks)}
        ${pill ? svg`<rect class="ring" x=${pill.x - 3} y=${pill.y - 3} width=${pill.width + 6} height=${pill.height + 6} rx=${pill.height / 2 + 3} />` : nothing}
      </g>`,
      layer,
    );
  }

  #redraw(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const layer = this.renderRoot.querySelector<SVGGElement>(".live");
      if (layer) this.drawLive(layer);
    });
  }

  #move(amount: number): void {
    if (amount === this.#target()) return;
    this.#moved = amount;
    this.#told = true;
    this.#redraw();
    this.#tell("target-input", amount);
  }

  #tell(name: "target-input" | "target-change", amount: number): void {
    this.dispatchEvent(new CustomEvent(name, { detail: amount, bubbles: true, composed: true }));
  }

  readonly #grab = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const handle = event.currentTarget as SVGGElement;
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    event.preventDefault();
    this.#origin = this.#target();
    this.#dragging = true;
  };

  readonly #drag = (event: PointerEvent): void => {
    const picture = this.content?.picture;
    const drawing = this.renderRoot.querySelector("svg");
    if (!this.#dragging || !picture || !drawing) return;
    const box = drawing.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * picture.width;
    const { plot, x } = picture;
    this.#move(snapped(x.invert(Math.min(Math.max(at, plot.x), plot.x + plot.width)), this.#step(200)));
  };

  readonly #drop = (): void => {
    this.#dragging = false;
    this.#rest();
  };

  /** Back to where the hand took it. */
  readonly #letGo = (): void => {
    if (this.#origin !== undefined) this.#move(this.#origin);
    this.#drop();
  };

  /** Says once where the target came to rest, if it moved at all, and draws what waited for that. */
  readonly #rest = (): void => {
    if (this.#dragging || this.#origin === undefined) return;
    const told = this.#told;
    this.#origin = undefined;
    this.#told = false;
    if (told) this.#tell("target-change", this.#target());
    if (this.#waiting) this.requestUpdate();
  };

  readonly #key = (event: KeyboardEvent): void => {
    const picture = this.content?.picture;
    if (!picture) return;
    if (event.key === "Escape" && this.#dragging) {
      this.#letGo();
      return;
    }
    const [low = 0, high = 1] = picture.x.domain();
    const now = this.#target();
    const small = this.#step(100);
    const goal = {
      ArrowLeft: now - small,
      ArrowDown: now - small,
      ArrowRight: now + small,
      ArrowUp: now + small,
      PageDown: now - 10 * small,
      PageUp: now + 10 * small,
      Home: low,
      End: high,
    }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    this.#origin ??= now;
    this.#move(snapped(Math.min(Math.max(goal, Math.min(low, now)), Math.max(high, now)), small));
  };

  /** A round amount: about the axis over so many. */
  #step(parts: number): number {
    const [low = 0, high = 1] = this.content?.picture.x.domain() ?? [];
    return tickStep(low, high, parts);
  }
}

/** The nearest multiple of a step, never below zero. */
export function snapped(amount: number, step: number): number {
  // Through the inverse where the step is a fraction: 0.3 and not 0.30000000000000004.
  const nearest =
    step < 1 ? Math.round(amount / step) / Math.round(1 / step) : Math.round(amount / step) * step;
  return Math.max(nearest, 0);
}

function withClip(marks: readonly Mark[], clip: Box): Mark[] {
  return marks.map((mark) => (mark.kind === "clipped" ? { ...mark, clip } : mark));
}

/** The bins, each with the chance to reach its start. */
export function distributionTable(
  { report, currency, trials }: Distribution,
  picture: DistributionPicture,
): Table {
  const { lower, width, share } = report.histogram;
  const simulated = report.headline_engine === "exact" ? undefined : trials;
  const certain = (from: number) => from <= report.already_won;
  return {
    columns: [
      { name: t("charts.amount_from"), numeric: true },
      { name: t("charts.amount_to"), numeric: true },
      { name: t("charts.share"), numeric: true },
      { name: t("charts.chance"), numeric: true },
    ],
    rows: share.map((value, index) => {
      const from = lower + index * width;
      const chance = probabilityAtLeast(picture.curve, from);
      return [
        number(from, exactMoney(from, currency)),
        number(from + width, exactMoney(from + width, currency)),
        number(value, exactPercent(value)),
        number(chance, exactPercent(chance, certain(from) ? undefined : simulated)),
      ];
    }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-distribution-chart": DistributionChart;
  }
}
