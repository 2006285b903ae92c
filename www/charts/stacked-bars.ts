/** `<dc-stacked-bars>`: amounts by period and by source, described by what it is given. */
import { customElement, property } from "lit/decorators.js";
import { exactMoney } from "../format.js";
import { type ChartContent, ChartElement } from "./frame.js";
import type { Described } from "./line-chart.js";
import { type Stacked, stackedPicture, totalsOf } from "./stacked.js";
import { number, type Table, words } from "./table.js";

@customElement("dc-stacked-bars")
export class StackedBars extends ChartElement {
  @property({ attribute: false }) chart: Described<Stacked> | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { chart } = this;
    if (!chart) return undefined;
    const { title, caption, summary, data } = chart;
    return { title, caption, summary, picture: stackedPicture(data, width), table: () => stackedTable(data) };
  }
}

export function stackedTable(data: Stacked): Table {
  const { periods, parts, currency, period, total } = data;
  const totals = totalsOf(data);
  const amount = (value: number) => number(value, exactMoney(value, currency));
  return {
    columns: [
      { name: period, numeric: false },
      ...parts.map(({ name }) => ({ name, numeric: true })),
      { name: total, numeric: true },
    ],
    rows: periods.map((name, index) => [
      words(name),
      ...parts.map(({ values }) => amount(values[index] ?? 0)),
      amount(totals[index] ?? 0),
    ]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-stacked-bars": StackedBars;
  }
}
