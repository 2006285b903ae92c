/** `<dc-correlation-effect>`: the set correlation against independence. */
import { customElement, property } from "lit/decorators.js";
import { decimal, exactMoney, exactPercent, money, percent } from "../format.js";
import type { EngineKind, OpenPipelineReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { correlationPicture } from "./correlation.js";
import { type ChartContent, ChartElement } from "./frame.js";
import { number, type Table } from "./table.js";

/** Standard deviations nearer than this, relatively, are the same to the eye. */
const SAME = 0.005;

@customElement("dc-correlation-effect")
export class CorrelationEffect extends ChartElement {
  @property({ attribute: false }) report: OpenPipelineReport | undefined;

  protected override contentAt(width: number): ChartContent | undefined {
    const { report, currency } = this;
    if (!report) return undefined;
    const { sd, sd_if_independent: apart } = report;
    const trials = this.run?.trials;
    const widens = apart > 0 && sd > apart * (1 + SAME);
    return {
      title: t("charts.correlation_title"),
      caption: widens
        ? t("charts.correlation_caption", { ratio: decimal(sd / apart, 2) })
        : t("charts.correlation_none"),
      summary: t("charts.correlation_summary", {
        share: percent(report.prob_at_least_target, {
          trials: report.headline_engine === "exact" ? undefined : trials,
        }),
        target: money(report.target, currency),
        independent: percent(report.independent.prob_at_least_target, {
          trials: report.independent.engine === "exact" ? undefined : trials,
        }),
      }),
      picture: correlationPicture({ report, currency, target: report.target, trials }, width),
      table: () => correlationTable(report, currency, trials),
    };
  }
}

/** Both curves on the report's grid. */
export function correlationTable(report: OpenPipelineReport, currency: string, trials?: number): Table {
  const { exceedance, independent } = report;
  // What is won already is certain.
  const write = (share: number, engine: EngineKind, amount: number) =>
    exactPercent(share, engine === "exact" || amount <= report.already_won ? undefined : trials);
  return {
    columns: [
      { name: t("charts.amount"), numeric: true },
      { name: t("charts.chance_column_correlated"), numeric: true },
      { name: t("charts.chance_column_independent"), numeric: true },
    ],
    rows: exceedance.map(({ amount, prob_at_least }, index) => {
      const alone = independent.exceedance[index]?.prob_at_least ?? 0;
      return [
        number(amount, exactMoney(amount, currency)),
        number(prob_at_least, write(prob_at_least, report.headline_engine, amount)),
        number(alone, write(alone, independent.engine, amount)),
      ];
    }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-correlation-effect": CorrelationEffect;
  }
}
