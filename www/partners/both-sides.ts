/** Both sides face to face: who earns, what each side makes of it, and where the margin suits both. */
import { html, nothing, type TemplateResult } from "lit";
import { type Cell, number, type Table, words } from "../charts/table.js";
import { decimal, exactMoney, exactPercent, money, percent } from "../format.js";
import type { CashFigures, PartnerBothSidesReport, Report } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { assumption } from "../inputs/words.js";
import type { Store } from "../state/store.js";
import { defineButton } from "../ui/define.js";
import { aligned, differences } from "./align.js";
import { bothChart, splitChart } from "./pictures.js";
import "../ui/table-file.js";

type Name = keyof CashFigures;
interface Row {
  readonly name: Name;
  readonly label: MessageKey;
  readonly unit: "money" | "share" | "month";
}

const ROWS: readonly Row[] = [
  { name: "npv_p10", label: "partners.npv_p10", unit: "money" },
  { name: "npv_p50", label: "partners.npv_p50", unit: "money" },
  { name: "npv_p90", label: "partners.npv_p90", unit: "money" },
  { name: "npv_mean", label: "partners.npv_mean", unit: "money" },
  { name: "prob_npv_positive", label: "partners.prob_earns", unit: "share" },
  { name: "peak_funding_need_p50", label: "partners.peak_p50", unit: "money" },
  { name: "payback_month_p50", label: "partners.payback_p50", unit: "month" },
  { name: "prob_never_pays_back", label: "partners.never_pays", unit: "share" },
];

/** What the two sides do not assume alike, with a way to make them. */
export function disagreement(store: Store): TemplateResult | typeof nothing {
  const { scenario } = store;
  const found = differences(scenario);
  if (found.length === 0) return nothing;
  const align = () =>
    store.edit(t("partners.align"), (draft) => {
      const { partner_pnl: plan, partner_vendor_programme: programme } = store.scenario;
      if (plan && programme) draft.partner_vendor_programme = aligned(programme, plan);
    });
  return html`<div class="caution" id="differences">
    <p>${t("partners.differ")}</p>
    <ul>
      ${found.map(
        ({ plan, programme }) =>
          html`<li>${t("partners.differ_in", {
            plan: t(`partners.${plan.name}`),
            ours: assumption(scenario, plan),
            programme: t(`partners.${programme.name}`),
            theirs: assumption(scenario, programme),
          })}</li>`,
      )}
    </ul>
    <button class="framed" id="align" @click=${align}>${t("partners.align")}</button>
  </div>`;
}

export function bothSides(report: Report, both: PartnerBothSidesReport, store: Store): TemplateResult {
  const split = splitChart(report, both);
  return html`<section aria-labelledby="both-title">
    <h2 id="both-title">${t("partners.face_to_face")} ${defineButton("partner_both_sides")}</h2>
    <p class="lead">${t("partners.face_explained", { starts: percent(both.figures.prob_partner_starts, { decimals: 0, trials: report.trials }) })}</p>
    ${disagreement(store)}
    <div class="pictures two">
      <dc-shares .chart=${bothChart(report, both)} .run=${report} .definition=${"partner_both_sides"} .currency=${report.currency}></dc-shares>
      ${
        split
          ? html`<dc-line-chart .chart=${split} .run=${report} .definition=${"partner_margin_split"} .currency=${report.currency}></dc-line-chart>`
          : nothing
      }
    </div>
    <div class="scroll" tabindex="0" role="region" aria-label=${t("partners.face_table")}>${table(report, both)}</div>
    <dc-table-file .name=${t("partners.face_table")} .table=${() => bothData(report, both)}></dc-table-file>
  </section>`;
}

/** Both sides for a spreadsheet: values and standard errors, all digits. */
export function bothData({ currency, trials }: Report, both: PartnerBothSidesReport): Table {
  const write = (unit: Row["unit"], value: number, simulated?: number) =>
    unit === "money"
      ? exactMoney(value, currency)
      : unit === "share"
        ? exactPercent(value, simulated)
        : decimal(value, 3);
  const cell = (unit: Row["unit"], value: unknown, simulated?: number): Cell =>
    typeof value === "number" ? number(value, write(unit, value, simulated)) : words("");
  const sides = [
    { name: t("partners.one_partner"), figures: both.partner, errors: both.partner_standard_error },
    { name: t("partners.the_vendor"), figures: both.vendor, errors: both.vendor_standard_error },
  ];
  return {
    columns: [
      { name: t("app.figure"), numeric: false },
      ...sides.flatMap(({ name }) => [
        { name, numeric: true },
        { name: `${name}${t("app.colon")}${t("app.standard_error")}`, numeric: true },
      ]),
    ],
    rows: ROWS.map(({ name, label, unit }) => [
      words(t(label)),
      ...sides.flatMap(({ figures, errors }) => [
        cell(unit, figures[name], trials),
        cell(unit, errors[name]),
      ]),
    ]),
  };
}

function table(report: Report, both: PartnerBothSidesReport): TemplateResult {
  const write = ({ name, unit }: Row, figures: CashFigures, errors: CashFigures) => {
    const value = figures[name];
    const error = errors[name];
    if (typeof value !== "number") return t("app.none");
    const precision = { error: typeof error === "number" ? error : undefined };
    if (unit === "money") return money(value, report.currency, precision);
    if (unit === "share") return percent(value, { ...precision, trials: report.trials });
    return t("app.month_number", { month: decimal(value, 0) });
  };
  return html`<table class="years">
    <caption class="visually-hidden">${t("partners.face_table")}</caption>
    <thead>
      <tr>
        <th scope="col">${t("app.figure")}</th>
        <th scope="col">${t("partners.one_partner")}</th>
        <th scope="col">${t("partners.the_vendor")}</th>
      </tr>
    </thead>
    <tbody>
      ${ROWS.map(
        (row) => html`<tr>
          <th scope="row">${t(row.label)}</th>
          <td>${write(row, both.partner, both.partner_standard_error)}</td>
          <td>${write(row, both.vendor, both.vendor_standard_error)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
