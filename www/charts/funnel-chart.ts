/** `<dc-funnel>`: a funnel, described by what it is given. */
import { customElement, property } from "lit/decorators.js";
import { decimal, exactPercent } from "../format.js";
import { type ChartContent, ChartElement } from "./frame.js";
import { type Funnel, funnelPicture } from "./funnel.js";
import type { Described } from "./line-chart.js";
import { number, type Table, words } from "./table.js";

@customElement("dc-funnel")
export class FunnelChart extends ChartElement {
  @property({ attribute: false }) chart: Described<Funnel> | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { chart } = this;
    if (!chart) return undefined;
    const { title, caption, summary, data } = chart;
    return { title, caption, summary, picture: funnelPicture(data, width), table: () => funnelTable(data) };
  }
}

export function funnelTable({ stages, heads }: Funnel): Table {
  const none = { value: "", text: "–" };
  return {
    columns: heads.map((name, index) => ({ name, numeric: index > 0 })),
    rows: stages.map(({ name, count, months }, index) => {
      const before = stages[index - 1]?.count;
      const share = before ? count / before : undefined;
      return [
        words(name),
        number(count, decimal(count, 6)),
        share === undefined ? none : number(share, exactPercent(share)),
        months === undefined ? none : number(months, decimal(months, 3)),
      ];
    }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-funnel": FunnelChart;
  }
}
