/** The reseller's profit and loss, year by year. */
import { html, type TemplateResult } from "lit";
import { number, type Table, words } from "../charts/table.js";
import { decimal, exactMoney } from "../format.js";
import type { PartnerPnlReport, PartnerYear } from "../generated/dealcast.js";
import { t } from "../i18n.js";

type Line = Exclude<keyof PartnerYear, "year">;

interface Row {
  readonly line: Line;
  /** What is paid stands with a minus. */
  readonly paid?: true;
  readonly kind?: "count" | "sum" | "level";
}

/** In the order of a profit and loss; the cash lines add up to the cash of the year. */
export const ROWS: readonly Row[] = [
  { line: "deals", kind: "count" },
  { line: "product_revenue_new" },
  { line: "product_revenue_renewals" },
  { line: "services_revenue" },
  { line: "resale_margin" },
  { line: "renewal_margin" },
  { line: "services_margin" },
  { line: "commission", paid: true },
  { line: "vendor_funding" },
  { line: "staff", paid: true },
  { line: "marketing", paid: true },
  { line: "certification", paid: true },
  { line: "initial", paid: true },
  { line: "net_cash", kind: "sum" },
  { line: "cumulative_cash", kind: "level" },
];

/** Rows before which a heading stands. */
const HEADINGS: Readonly<Partial<Record<Line, "revenue" | "margin" | "costs">>> = {
  product_revenue_new: "revenue",
  resale_margin: "margin",
  staff: "costs",
};

/** A line's values by year, and their total (none where they are levels). */
export function lineOf(
  { line, paid, kind }: Row,
  years: readonly PartnerYear[],
): { values: number[]; total: number | undefined } {
  const sign = paid ? -1 : 1;
  const values = years.map((year) => sign * year[line] || 0);
  return { values, total: kind === "level" ? undefined : values.reduce((sum, value) => sum + value, 0) };
}

/** The same for a spreadsheet. */
export function yearsData({ years }: PartnerPnlReport, currency: string): Table {
  const text = ({ kind }: Row, value: number) =>
    kind === "count" ? decimal(value, 3) : exactMoney(value, currency);
  return {
    columns: [
      { name: t("partners.line"), numeric: false },
      ...years.map(({ year }) => ({ name: t("partners.year", { year: String(year) }), numeric: true })),
      { name: t("app.total"), numeric: true },
    ],
    rows: ROWS.map((row) => {
      const { values, total } = lineOf(row, years);
      const cells = values.map((value) => number(value, text(row, value)));
      return [
        words(t(`partners.line_${row.line}`)),
        ...cells,
        total === undefined ? words("") : number(total, text(row, total)),
      ];
    }),
  };
}

export function yearsTable(plan: PartnerPnlReport, currency: string): TemplateResult {
  const { years } = plan;
  const write = (row: Row, value: number | undefined) =>
    value === undefined ? "" : row.kind === "count" ? decimal(value, 1) : exactMoney(value, currency);
  return html`<table class="years">
    <caption class="visually-hidden">${t("partners.years_title")}</caption>
    <thead>
      <tr>
        <th scope="col">${t("partners.line")}</th>
        ${years.map(({ year }) => html`<th scope="col">${t("partners.year", { year: String(year) })}</th>`)}
        <th scope="col">${t("app.total")}</th>
      </tr>
    </thead>
    ${groups().map(
      ({ heading, rows }) => html`<tbody>
        ${
          heading
            ? html`<tr class="heading"><th scope="rowgroup" colspan=${years.length + 2}>${t(`partners.years_${heading}`)}</th></tr>`
            : ""
        }
        ${rows.map((row) => {
          const { values, total } = lineOf(row, years);
          return html`<tr class=${row.kind ?? "amount"}>
            <th scope="row">${t(`partners.line_${row.line}`)}</th>
            ${[...values, total].map((value) => html`<td>${write(row, value)}</td>`)}
          </tr>`;
        })}
      </tbody>`,
    )}
  </table>`;
}

function groups(): { heading?: "revenue" | "margin" | "costs"; rows: Row[] }[] {
  const found: { heading?: "revenue" | "margin" | "costs"; rows: Row[] }[] = [];
  for (const row of ROWS) {
    const heading = HEADINGS[row.line];
    const last = found.at(-1);
    if (heading) found.push({ heading, rows: [row] });
    else if (!last || row.kind === "sum") found.push({ rows: [row] });
    else last.rows.push(row);
  }
  return found;
}
