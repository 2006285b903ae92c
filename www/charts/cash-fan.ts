/** `<dc-cash-fan>`: cumulative cash by month, and the month from which it stays positive. */
import { customElement, property } from "lit/decorators.js";
import { monthName } from "../format.js";
import { t } from "../i18n.js";
import type { Fan } from "./fan.js";
import { FanChart, type Reading } from "./fan-chart.js";
import type { ChartContent } from "./frame.js";

@customElement("dc-cash-fan")
export class CashFan extends FanChart {
  /** Title in place of the usual one. */
  @property() heading: string | undefined;
  /** Month in which the expected cash pays back; null: not within the horizon. */
  @property({ type: Number }) payback: number | null | undefined;

  protected override words(reading: Reading): Pick<ChartContent, "title" | "caption" | "summary"> {
    const { payback } = this;
    const caption = t(payback == null ? "charts.cash_caption_never" : "charts.cash_caption");
    return {
      title: this.heading ?? t("charts.cash_title"),
      caption,
      summary: `${t("charts.cash_summary", reading)} ${payback == null ? t("charts.cash_never") : t("charts.cash_payback", { month: this.#month(payback) })}`,
    };
  }

  protected override marked(): Pick<Fan, "payback"> {
    const { payback } = this;
    if (payback == null) return {};
    return { payback: { month: payback, words: t("charts.payback_mark", { month: this.#month(payback) }) } };
  }

  #month(month: number): string {
    return monthName(this.startMonth, month, "medium");
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-cash-fan": CashFan;
  }
}
