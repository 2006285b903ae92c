/** `<dc-shares>`: shares of a whole, described by what it is given. */
import { customElement, property } from "lit/decorators.js";
import { exactPercent } from "../format.js";
import { t } from "../i18n.js";
import { type ChartContent, ChartElement } from "./frame.js";
import type { Described } from "./line-chart.js";
import { type Share, sharesPicture } from "./shares.js";
import { number, type Table, words } from "./table.js";

@customElement("dc-shares")
export class SharesChart extends ChartElement {
  @property({ attribute: false }) chart: Described<readonly Share[]> | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { chart } = this;
    if (!chart) return undefined;
    const { title, caption, summary, data } = chart;
    return { title, caption, summary, picture: sharesPicture(data, width), table: () => sharesTable(data) };
  }
}

export function sharesTable(shares: readonly Share[]): Table {
  return {
    columns: [
      { name: t("charts.outcome"), numeric: false },
      { name: t("charts.share"), numeric: true },
      { name: t("app.standard_error"), numeric: true },
    ],
    rows: shares.map(({ name, share, error, trials }) => [
      words(name),
      number(share, exactPercent(share, trials)),
      error ? number(error, exactPercent(error)) : { value: "", text: "–" },
    ]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-shares": SharesChart;
  }
}
