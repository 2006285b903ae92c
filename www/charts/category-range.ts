/** `<dc-category-range>`: commit, best case, weighted and already won beside the simulated range. */
import { customElement, property } from "lit/decorators.js";
import { exactMoney, money } from "../format.js";
import type { OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { categoriesPicture, categoryRows } from "./categories.js";
import { type ChartContent, ChartElement } from "./frame.js";
import { number, type Table, words } from "./table.js";

@customElement("dc-category-range")
export class CategoryRange extends ChartElement {
  @property({ attribute: false }) report: OpenPipelineReport | undefined;
  /** The scenario's target, where it is ahead of the report's. */
  @property({ type: Number }) target: number | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { report, currency } = this;
    if (!report) return undefined;
    const input = { report, currency, target: this.target ?? report.target };
    const rows = categoryRows(input);
    const listed = rows.map(({ name, amount }) => `${t(`charts.row_${name}`)} ${money(amount, currency)}`);
    return {
      title: t("charts.categories_title"),
      caption: rows.some(({ name }) => name === "commit" || name === "best_case")
        ? t("charts.categories_caption")
        : "",
      summary: t("charts.categories_summary", {
        p10: money(report.p10, currency),
        p90: money(report.p90, currency),
        rows: listed.join(", "),
      }),
      picture: categoriesPicture(input, width),
      table: () => this.#table(report),
    };
  }

  #table(report: OpenPipelineReport): Table {
    const { currency } = this;
    const row = (name: string, amount: number) => [words(name), number(amount, exactMoney(amount, currency))];
    return {
      columns: [
        { name: t("charts.forecast"), numeric: false },
        { name: t("charts.amount"), numeric: true },
      ],
      rows: [
        row(t("charts.simulated_p10"), report.p10),
        row(t("charts.simulated_p50"), report.p50),
        row(t("charts.simulated_p90"), report.p90),
        ...categoryRows({ report, currency, target: report.target }).map(({ name, amount }) =>
          row(t(`charts.row_${name}`), amount),
        ),
        row(t("charts.target"), this.target ?? report.target),
      ],
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-category-range": CategoryRange;
  }
}
