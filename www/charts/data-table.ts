/** The data of a chart as a table on the page, for those who read rather than look. */
import { html, nothing, type TemplateResult } from "lit";
import type { Table } from "./table.js";

/** A table that scrolls inside its own frame. */
export function dataTable(title: string, table: Table): TemplateResult {
  const numeric = (index: number) => (table.columns[index]?.numeric ? "numeric" : nothing);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${title}>
      <table part="table">
        <caption class="hidden">${title}</caption>
        <thead>
          <tr>${table.columns.map(({ name }, index) => html`<th scope="col" class=${numeric(index)}>${name}</th>`)}</tr>
        </thead>
        <tbody>
          ${table.rows.map(
            (row) =>
              html`<tr>${row.map(({ text }, index) =>
                index === 0
                  ? html`<th scope="row" class=${numeric(index)}>${text}</th>`
                  : html`<td class=${numeric(index)}>${text}</td>`,
              )}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}
