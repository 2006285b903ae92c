/** The figures of scenarios side by side, one column each. */
import { html, nothing, type TemplateResult } from "lit";
import { exactMoney, exactPercent, money, percent, points, pointsError } from "../format.js";
import type { ComparedScenario, Comparison, Difference, OutcomeFigures } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { nameOf } from "./charts.js";
import { kindOf, writerOf } from "./outcomes.js";
import "../ui/table-file.js";

const ABSENT = "–";

/** A cell: what it says, and all digits behind it, as words and as numbers. */
interface Figure {
  readonly text: string;
  readonly title?: string;
  readonly value?: number | null | undefined;
  readonly error?: number | null | undefined;
}

interface Row {
  readonly label: MessageKey;
  readonly cell: (one: ComparedScenario) => Figure;
  /** Whether it is the first of the differences. */
  readonly first?: true;
}

export function figuresTable(comparison: Comparison, series: readonly number[]): TemplateResult {
  const { scenarios } = comparison;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t("compare.figures")}>
    <table class="years compared ${scenarios.length > 4 ? "many" : ""}" id="compared">
      <caption class="visually-hidden">${t("compare.figures")}</caption>
      <thead>
        <tr>
          <th scope="col">${t("app.figure")}</th>
          ${scenarios.map(
            (one, at) =>
              html`<th scope="col" data-series=${series[at] ?? at}><span class="swatch" aria-hidden="true"></span>${nameOf(one)}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rowsOf(comparison).map(
          ({ label, cell, first }) => html`<tr class=${first ? "sum" : ""}>
            <th scope="row">${t(label)}</th>
            ${scenarios.map((one) => {
              const { text, title, value, error } = cell(one);
              return html`<td title=${title ?? nothing} data-value=${value ?? nothing} data-error=${error ?? nothing}>${text}</td>`;
            })}
          </tr>`,
        )}
      </tbody>
    </table>
    </div>
    <dc-table-file .name=${t("compare.figures")}></dc-table-file>`;
}

function rowsOf(comparison: Comparison): Row[] {
  const { scenarios, trials, currency, outcome } = comparison;
  const writer = writerOf(comparison);
  const month = kindOf(outcome) === "month";
  const figure = (label: MessageKey, name: keyof OutcomeFigures): Row[] =>
    scenarios.every(({ figures }) => figures[name] == null)
      ? []
      : [
          {
            label,
            cell: ({ figures, standard_error: error }) => {
              const value = figures[name];
              // A percentile beyond the horizon is one that is not reached.
              if (value == null) return { text: month ? t("compare.not_reached") : ABSENT };
              return {
                text: writer.value(value, error[name]),
                title: writer.exact(value),
                value,
                error: error[name],
              };
            },
          },
        ];
  const share = (label: MessageKey, name: "prob_target" | "prob_never"): Row[] =>
    scenarios.every(({ figures }) => figures[name] == null)
      ? []
      : [
          {
            label,
            cell: ({ figures, standard_error: error }) => {
              const value = figures[name];
              if (value == null) return { text: ABSENT };
              return {
                text: withPoints(percent(value, { error: error[name], trials }), error[name]),
                title: exactPercent(value, trials),
                value,
                error: error[name],
              };
            },
          },
        ];
  const difference = (label: MessageKey, name: "mean" | "p50", first?: true): Row[] =>
    scenarios.every((one) => one.difference?.[name] == null)
      ? []
      : [
          {
            label,
            ...(first ? { first } : {}),
            cell: ({ difference: own, difference_standard_error: error }) => {
              const [value, spread] = [own?.[name], error?.[name]];
              if (value == null) return { text: ABSENT };
              const text = writer.difference(value, spread);
              return {
                text: spread ? `${text} ± ${writer.error(spread)}` : text,
                title: writer.exact(value),
                value,
                error: spread,
              };
            },
          },
        ];
  const chances = (label: MessageKey, name: keyof Difference & ("prob_target" | "prob_beats_base")): Row[] =>
    scenarios.every((one) => one.difference?.[name] == null)
      ? []
      : [
          {
            label,
            cell: ({ difference: own, difference_standard_error: error }) => {
              const [value, spread] = [own?.[name], error?.[name]];
              if (value == null) return { text: ABSENT };
              if (name === "prob_target")
                return {
                  text: withPoints(points(value, { error: spread }), spread),
                  title: points(value),
                  value,
                  error: spread,
                };
              return {
                text: withPoints(percent(value, { error: spread }), spread),
                title: exactPercent(value),
                value,
                error: spread,
              };
            },
          },
        ];
  const targets: Row[] = scenarios.every(({ target }) => target == null)
    ? []
    : [
        {
          label: month ? "compare.target_month" : "app.target",
          cell: ({ target }) => ({ text: target == null ? ABSENT : writer.value(target), value: target }),
        },
      ];
  const costs: Row[] = scenarios.every(({ cost }) => cost === 0)
    ? []
    : [
        {
          label: "compare.cost_of_levers",
          cell: ({ cost }) => ({
            text: cost === 0 ? ABSENT : money(cost, currency),
            title: exactMoney(cost, currency),
            value: cost,
          }),
        },
      ];
  return [
    ...figure("compare.mean", "mean"),
    ...figure(month ? "compare.p10_month" : "app.p10", "p10"),
    ...figure("app.p50", "p50"),
    ...figure(month ? "compare.p90_month" : "app.p90", "p90"),
    ...targets,
    ...share("compare.prob_target", "prob_target"),
    ...share("compare.prob_never", "prob_never"),
    ...difference("compare.difference_mean", "mean", true),
    ...difference("compare.difference_p50", "p50"),
    ...chances("compare.difference_target", "prob_target"),
    ...chances("compare.prob_beats", "prob_beats_base"),
    ...costs,
  ];
}

function withPoints(text: string, error: number | null | undefined): string {
  return error ? `${text} ± ${pointsError(error)}` : text;
}

/** Every scenario against every other: the chance that the row does better than the column. */
export function beatsTable({ scenarios, trials }: Comparison): TemplateResult | typeof nothing {
  if (scenarios.length < 3) return nothing;
  return html`<details class="beats">
    <summary>${t("compare.beats_title")}</summary>
    <p class="help">${t("compare.beats_help")}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${t("compare.beats_title")}>
      <table class="years">
        <thead>
          <tr>
            <td></td>
            ${scenarios.map((one) => html`<th scope="col">${nameOf(one)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${scenarios.map(
            (one, row) => html`<tr>
              <th scope="row">${nameOf(one)}</th>
              ${scenarios.map((_, column) => {
                const chance = one.prob_beats[column];
                if (row === column || chance === undefined) return html`<td>${ABSENT}</td>`;
                const error = Math.sqrt((chance * (1 - chance)) / trials);
                return html`<td data-value=${chance} data-error=${error}>${percent(chance, { error })}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <dc-table-file .name=${t("compare.beats_title")}></dc-table-file>
  </details>`;
}
