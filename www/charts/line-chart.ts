/** `<dc-line-chart>`: curves, described by what it is given. */
import { customElement, property } from "lit/decorators.js";
import { decimal, exactMoney, exactPercent } from "../format.js";
import { t } from "../i18n.js";
import { type ChartContent, ChartElement } from "./frame.js";
import { type Lines, linesPicture } from "./lines.js";
import { number, type Table } from "./table.js";

/** A chart in words and numbers. */
export interface Described<Data> {
  readonly title: string;
  readonly caption: string;
  readonly summary: string;
  readonly data: Data;
}

@customElement("dc-line-chart")
export class LineChart extends ChartElement {
  @property({ attribute: false }) chart: Described<Lines> | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { chart } = this;
    if (!chart) return undefined;
    const { title, caption, summary, data } = chart;
    return { title, caption, summary, picture: linesPicture(data, width), table: () => linesTable(data) };
  }
}

/** The curves as a table, all digits. */
export function linesTable({ places, along, series, unit, trials, axis }: Lines): Table {
  const write = (value: number) =>
    unit === "share"
      ? exactPercent(value, trials)
      : unit === "count"
        ? decimal(value, 3)
        : exactMoney(value, unit.currency);
  return {
    columns: [
      { name: axis || t("charts.month"), numeric: true },
      ...series.map(({ name }) => ({ name, numeric: true })),
    ],
    rows: places.map((place, index) => [
      number(place, along === "shares" ? exactPercent(place) : String(place)),
      ...series.map(({ values }) => {
        const value = values[index];
        return value == null ? { value: "", text: "–" } : number(value, write(value));
      }),
    ]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-line-chart": LineChart;
  }
}
