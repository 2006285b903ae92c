/** `<dc-fan-chart>`: where revenue may stand by month, with a reader for single months. */
import { html, nothing, type PropertyValues, render, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { exactMoney, money, monthName } from "../format.js";
import type { FanMonth, TargetWindow } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { draw } from "./draw.js";
import { type Fan, type FanErrors, type FanPicture, fanPicture } from "./fan.js";
import { type ChartContent, ChartElement } from "./frame.js";
import { dot, line, type Mark } from "./scene.js";
import { number, type Table, words } from "./table.js";

/** One month in words. */
export type Reading = Readonly<Record<"month" | "p10" | "p50" | "p90", string>>;

@customElement("dc-fan-chart")
export class FanChart extends ChartElement<FanPicture> {
  /** Pointwise percentiles by month. */
  @property({ attribute: false }) fan: readonly FanMonth[] | undefined;
  /** Cumulative (already won included) or the months one by one. */
  @property() variant: "cumulative" | "monthly" = "cumulative";
  /** What is already won: where the cumulative fan opens. */
  @property({ type: Number, attribute: "already-won" }) alreadyWon = 0;
  @property({ type: Number }) target: number | undefined;
  @property({ attribute: false }) window: TargetWindow | undefined;
  /** Calendar month that month 1 is, YYYY-MM. */
  @property({ attribute: "start-month" }) startMonth: string | undefined;
  /** Standard errors of the report, for the digits of the labels. */
  @property({ attribute: false }) errors: FanErrors | undefined;

  /** The month being read; absent: the last one of the window. */
  @state() private month: number | undefined;

  protected override lightStates(): readonly PropertyKey[] {
    return [...super.lightStates(), "month"];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.month !== undefined && this.month > (this.fan?.length ?? 0)) this.month = undefined;
  }

  protected override contentAt(width: number): ChartContent<FanPicture> | undefined {
    const { fan } = this;
    const last = fan?.[this.#lastMonth() - 1];
    if (!fan || !last) return undefined;
    const cumulative = this.variant === "cumulative";
    const input: Fan = {
      fan,
      currency: this.currency,
      startMonth: this.startMonth ?? undefined,
      opening: cumulative ? this.alreadyWon : undefined,
      target: cumulative ? this.target : undefined,
      window: this.window,
      errors: cumulative ? this.errors : undefined,
    };
    return {
      ...this.words(this.#reading(last)),
      picture: fanPicture({ ...input, ...this.marked() }, width),
      table: () => fanTable(fan, this.currency, this.startMonth, cumulative),
    };
  }

  /** Title, caption and summary; the summary reads the last month. */
  protected words(reading: Reading): Pick<ChartContent, "title" | "caption" | "summary"> {
    const cumulative = this.variant === "cumulative";
    return {
      title: t(cumulative ? "charts.fan_title" : "charts.monthly_title"),
      caption: t(cumulative ? "charts.fan_caption" : "charts.monthly_caption"),
      summary: t(cumulative ? "charts.fan_summary" : "charts.monthly_summary", reading),
    };
  }

  /** What else is marked on the picture. */
  protected marked(): Pick<Fan, "payback"> {
    return {};
  }

  #lastMonth(): number {
    const months = this.fan?.length ?? 0;
    return Math.min(this.window?.last_month ?? months, months);
  }

  #reading(month: FanMonth): Reading {
    const errors = this.variant === "cumulative" ? this.errors : undefined;
    const write = (name: "p10" | "p50" | "p90") =>
      money(month[name], this.currency, { error: errors?.[name] });
    return {
      month: monthName(this.startMonth, month.month),
      p10: write("p10"),
      p50: write("p50"),
      p90: write("p90"),
    };
  }

  protected override readout(): TemplateResult | typeof nothing {
    const month = this.fan?.[(this.month ?? this.#lastMonth()) - 1];
    return month ? html`<p class="readout">${t("charts.month_readout", this.#reading(month))}</p>` : nothing;
  }

  protected override drawLive(layer: SVGGElement): void {
    const picture = this.content?.picture;
    const { fan } = this;
    const shown = this.month ?? this.#lastMonth();
    const month = fan?.[shown - 1];
    if (!picture || !fan || !month) return;
    const { plot, x, y } = picture;
    const marks: Mark[] =
      this.month === undefined
        ? []
        : [
            line("crosshair", x(shown), plot.y, x(shown), plot.y + plot.height),
            ...[month.p90, month.p50, month.p10].map((amount) => dot("point", x(shown), y(amount), 3)),
          ];
    render(
      svg`<g
        role="slider" tabindex="0"
        aria-label=${t("charts.month_slider")} aria-valuemin="1" aria-valuemax=${fan.length}
        aria-valuenow=${shown} aria-valuetext=${t("charts.month_readout", this.#reading(month))}
        @keydown=${this.#key} @pointermove=${this.#point} @pointerdown=${this.#point}
        @pointerleave=${() => this.#read(undefined)} @blur=${() => this.#read(undefined)}
      >
        <rect class="hit" x=${plot.x} y=${plot.y} width=${plot.width} height=${plot.height} />
        <rect class="ring" x=${plot.x} y=${plot.y - 2} width=${plot.width} height=${plot.height + 4} rx="3" />
        ${draw(marks)}
      </g>`,
      layer,
    );
  }

  #read(month: number | undefined): void {
    this.month = month;
  }

  readonly #point = (event: PointerEvent): void => {
    const picture = this.content?.picture;
    const svgElement = this.renderRoot.querySelector("svg");
    if (!picture || !svgElement || !this.fan) return;
    const box = svgElement.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * picture.width;
    const step = picture.x(2) - picture.x(1);
    const nearest = Math.round((at - picture.x(1)) / step) + 1;
    this.#read(Math.min(Math.max(nearest, 1), this.fan.length));
  };

  readonly #key = (event: KeyboardEvent): void => {
    const last = this.fan?.length ?? 1;
    const now = this.month ?? this.#lastMonth();
    const goal = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - 12,
      PageUp: now + 12,
      Home: 1,
      End: last,
    }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    this.#read(Math.min(Math.max(goal, 1), last));
  };
}

/** The fan as a table, all digits. */
export function fanTable(
  fan: readonly FanMonth[],
  currency: string,
  startMonth: string | undefined,
  cumulative: boolean,
): Table {
  const names = ["p10", "p25", "p50", "p75", "p90", "mean"] as const;
  return {
    columns: [
      { name: t(cumulative ? "charts.month_end" : "charts.month"), numeric: false },
      ...names.map((name) => ({ name: t(`charts.${name}`), numeric: true })),
    ],
    rows: fan.map((month) => [
      words(monthName(startMonth, month.month)),
      ...names.map((name) => number(month[name], exactMoney(month[name], currency))),
    ]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-fan-chart": FanChart;
  }
}
