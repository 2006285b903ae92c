/** A table of the page, read for a file: what each cell says, and the number behind it. */
import { type Cell, type Column, number, type Table, words } from "../charts/table.js";
import { t } from "../i18n.js";

/**
 * What stands in the table. A cell that shows a rounded number carries all its digits in `data-value`, and its standard
 * error in `data-error`, which gives a column of its own in spreadsheets. Columns of nothing but buttons are left out.
 */
export function readTable(table: HTMLTableElement): Table {
  const [names = [], ...rows] = [...table.querySelectorAll("tr")].map(spread);
  const width = Math.max(0, names.length, ...rows.map((row) => row.length));
  const columns: Column[] = [];
  const cells: Cell[][] = rows.map(() => []);
  for (let place = 0; place < width; place++) {
    const column = rows.map((row) => row[place]);
    const head = names[place];
    const name = head ? said(head) : "";
    if (!name && column.every((cell) => !cell || said(cell) === "")) continue;
    columns.push({ name, numeric: column.some((cell) => cell?.dataset.value) });
    for (const [index, cell] of column.entries()) cells[index]?.push(cellOf(cell, cell?.dataset.value));
    if (!column.some((cell) => cell?.dataset.error)) continue;
    columns.push({
      name: `${name}${t("app.colon")}${t("app.standard_error")}`,
      numeric: true,
      spreadsheet: true,
    });
    for (const [index, cell] of column.entries()) {
      const error = cell?.dataset.error;
      cells[index]?.push(error ? number(Number(error), error) : words(""));
    }
  }
  return { columns, rows: cells };
}

/** The cells of a row by their place. */
function spread(row: HTMLElement): (HTMLElement | undefined)[] {
  return [...row.querySelectorAll<HTMLElement>("th, td")].flatMap((cell) => [
    cell,
    ...new Array<undefined>(Number(cell.getAttribute("colspan") ?? 1) - 1).fill(undefined),
  ]);
}

function cellOf(cell: HTMLElement | undefined, value: string | undefined): Cell {
  const text = cell ? said(cell) : "";
  return value ? number(Number(value), text) : words(text);
}

/** What a cell says to who reads it: no buttons, and a remark in small print set apart. */
function said(cell: Node): string {
  const parts = [...cell.childNodes].map((node) => {
    if (node.nodeType === node.TEXT_NODE) return node.nodeValue ?? "";
    if (!(node instanceof Element) || node.matches("button, [aria-hidden='true'], .visually-hidden"))
      return "";
    return node.localName === "small" ? ` – ${said(node)}` : said(node);
  });
  return parts
    .join("")
    .replace(/[ \t\r\n]+/g, " ")
    .trim();
}
