/** `<dc-deal-swings>`: the deals that make or break the target. */
import { customElement, property } from "lit/decorators.js";
import { exactPercent, money, points } from "../format.js";
import type { Deal, OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { type ChartContent, ChartElement } from "./frame.js";
import { type SwingRow, type Swings, swingRows, swingsPicture } from "./swings.js";
import { number, type Table, words } from "./table.js";

@customElement("dc-deal-swings")
export class DealSwings extends ChartElement {
  @property({ attribute: false }) report: OpenPipelineReport | undefined;
  /** The scenario's deals, for their names. */
  @property({ attribute: false }) deals: readonly Deal[] | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { report, deals } = this;
    if (!report) return undefined;
    const input: Swings = { report, deals };
    const rows = swingRows(input);
    const first = rows[0];
    return {
      title: t("charts.swings_title"),
      caption: t("charts.swings_caption", { target: money(report.target, this.currency) }),
      summary: first
        ? t("charts.swings_summary", {
            count: rows.length,
            first: t("charts.swings_first", {
              name: first.name,
              swing: points(first.swing, { error: first.error }),
            }),
          })
        : t("charts.no_swing"),
      picture: swingsPicture(input, width),
      table: () => swingsTable(swingRows(input, report.deals.length)),
    };
  }
}

/** All deals that move the chance, all digits. */
export function swingsTable(rows: readonly SwingRow[]): Table {
  const names = ["swing", "swing_conditional", "won", "variance"] as const;
  const inPoints = (value: number | undefined) =>
    value === undefined ? { value: "", text: "–" } : number(100 * value, points(value));
  return {
    columns: [
      { name: t("charts.deal"), numeric: false },
      ...names.map((name) => ({ name: t(`charts.${name}`), numeric: true })),
    ],
    rows: rows.map((row) => [
      words(row.name),
      inPoints(row.swing),
      inPoints(row.conditional),
      number(row.won, exactPercent(row.won)),
      number(row.varianceShare, exactPercent(row.varianceShare)),
    ]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-deal-swings": DealSwings;
  }
}
