/** `<dc-tornado>`: what moves a result most, described by what it is given. */
import { customElement, property } from "lit/decorators.js";
import { decimal, exactMoney, exactPercent } from "../format.js";
import { type ChartContent, ChartElement } from "./frame.js";
import type { Described } from "./line-chart.js";
import { number, type Table, words } from "./table.js";
import { type Tornado, tornadoPicture } from "./tornado.js";

@customElement("dc-tornado")
export class TornadoChart extends ChartElement {
  @property({ attribute: false }) chart: Described<Tornado> | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { chart } = this;
    if (!chart) return undefined;
    const { title, caption, summary, data } = chart;
    return { title, caption, summary, picture: tornadoPicture(data, width), table: () => tornadoTable(data) };
  }
}

export function tornadoTable({ rows, currency, heads, unit }: Tornado): Table {
  const amount = (value: number) =>
    number(
      value,
      unit === "share"
        ? exactPercent(value)
        : unit === "count"
          ? decimal(value, 6)
          : exactMoney(value, currency),
    );
  return {
    columns: heads.map((name, index) => ({ name, numeric: index > 0 })),
    rows: rows.map(({ name, from, to, atLow, atHigh }) => [
      words(name),
      words(from),
      amount(atLow),
      words(to),
      amount(atHigh),
    ]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-tornado": TornadoChart;
  }
}
