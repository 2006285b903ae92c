/** `<dc-compared-fans>`, `<dc-compared-curves>`: the pictures of scenarios side by side. */
import { customElement, property } from "lit/decorators.js";
import { type ChartContent, ChartElement } from "../charts/frame.js";
import { number, type Table, words } from "../charts/table.js";
import { exactMoney, exactPercent, money, monthName, percent } from "../format.js";
import type { Comparison } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { type Curves, curvesPicture } from "./curves.js";
import { type Fans, fansPicture } from "./fans.js";
import { kindOf, writerOf } from "./outcomes.js";

/** The base, or the plan's own name. */
export function nameOf({ plan }: { readonly plan?: string | null | undefined }): string {
  return plan ?? t("compare.base");
}

abstract class ComparedChart extends ChartElement {
  @property({ attribute: false }) comparison: Comparison | undefined;
  /** Colours of the scenarios. */
  @property({ attribute: false }) series: readonly number[] = [];
}

@customElement("dc-compared-fans")
export class ComparedFans extends ComparedChart {
  protected override contentAt(width: number): ChartContent | undefined {
    const { comparison } = this;
    const scenarios = comparison?.scenarios ?? [];
    if (!comparison || scenarios.every(({ fan }) => fan.length === 0)) return undefined;
    const { currency, start_month: startMonth, outcome } = comparison;
    const fans: Fans = {
      fans: scenarios.map((one, at) => ({ name: nameOf(one), fan: one.fan, series: this.series[at] ?? at })),
      currency,
      startMonth,
    };
    return {
      title: t(`compare.fan_${outcome}` as MessageKey),
      caption: t("compare.fan_caption"),
      summary: scenarios
        .map((one) => {
          const last = one.fan.at(-1);
          return t("compare.fan_summary", {
            scenario: nameOf(one),
            month: monthName(startMonth, last?.month ?? 0),
            p10: money(last?.p10 ?? 0, currency),
            p50: money(last?.p50 ?? 0, currency),
            p90: money(last?.p90 ?? 0, currency),
          });
        })
        .join(" "),
      picture: fansPicture(fans, width),
      table: () => fansTable(fans),
    };
  }
}

@customElement("dc-compared-curves")
export class ComparedCurves extends ComparedChart {
  protected override contentAt(width: number): ChartContent | undefined {
    const { comparison } = this;
    if (!comparison) return undefined;
    const { currency, axis, outcome, scenarios } = comparison;
    const kind = kindOf(outcome);
    const writer = writerOf(comparison);
    const [base] = scenarios;
    const target = base?.target;
    const shared = target != null && scenarios.every((one) => one.target === target);
    // Of months the question is by when, not from when on.
    const chances = (values: readonly number[]) =>
      kind === "month" ? axis.map((_, index) => 1 - (values[index + 1] ?? 0)).slice(0, -1) : values;
    const places = kind === "month" ? axis.slice(0, -1) : axis;
    const input: Curves = {
      axis: places,
      curves: scenarios.map((one, at) => ({
        name: nameOf(one),
        chances: chances(one.prob_at_least),
        series: this.series[at] ?? at,
      })),
      kind,
      currency,
      counted: t(kind === "month" ? "app.month_axis" : "compare.wins_axis"),
      ...(shared && kind !== "month"
        ? { target: { at: target, words: t("charts.target_amount", { amount: writer.value(target) }) } }
        : {}),
    };
    const middle = Math.floor(places.length / 2);
    return {
      title: t(kind === "month" ? "compare.by_month_title" : "compare.curves_title"),
      caption: t(kind === "month" ? "compare.by_month_caption" : "compare.curves_caption"),
      summary: input.curves
        .map(({ name, chances: own }) =>
          t("compare.curves_summary", {
            scenario: name,
            place: writer.value(places[middle] ?? 0),
            chance: percent(own[middle] ?? 0),
          }),
        )
        .join(" "),
      picture: curvesPicture(input, width),
      table: () => curvesTable(input, comparison),
    };
  }
}

/** Months, and the range of every scenario. */
export function fansTable({ fans, currency, startMonth }: Fans): Table {
  const figures = ["p10", "p50", "p90"] as const;
  const longest = fans.reduce((one, { fan }) => (fan.length > one.length ? fan : one), fans[0]?.fan ?? []);
  return {
    columns: [
      { name: t("charts.month_end"), numeric: false },
      ...fans.flatMap(({ name }) =>
        figures.map((figure) => ({ name: `${name}, ${t(`charts.${figure}`)}`, numeric: true })),
      ),
    ],
    rows: longest.map(({ month }, index) => [
      words(monthName(startMonth, month)),
      ...fans.flatMap(({ fan }) =>
        figures.map((figure) => {
          const value = fan[index]?.[figure];
          return value === undefined ? words("–") : number(value, exactMoney(value, currency));
        }),
      ),
    ]),
  };
}

/** Outcomes, and the chance of every scenario to reach them. */
export function curvesTable({ axis, curves }: Curves, comparison: Comparison): Table {
  const writer = writerOf(comparison);
  return {
    columns: [
      { name: t(`compare.outcome_${comparison.outcome}`), numeric: true },
      ...curves.map(({ name }) => ({ name, numeric: true })),
    ],
    rows: axis.map((at, index) => [
      number(at, writer.exact(at)),
      ...curves.map(({ chances }) => {
        const chance = chances[index] ?? 0;
        return number(chance, exactPercent(chance, comparison.trials));
      }),
    ]),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-compared-fans": ComparedFans;
    "dc-compared-curves": ComparedCurves;
  }
}
