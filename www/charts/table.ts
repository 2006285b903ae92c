/** The data of a chart as a table, and the table as text for spreadsheets and wikis. */
import { locale } from "../i18n.js";
import { escaped } from "./file.js";

/** A value, and how the page shows it. */
export interface Cell {
  readonly value: string | number;
  readonly text: string;
}

export interface Column {
  readonly name: string;
  readonly numeric: boolean;
  /** For spreadsheets alone: what it holds, the text of the column before it says already. */
  readonly spreadsheet?: true;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell of words. */
export function words(value: string): Cell {
  return { value, text: value };
}

/** A cell of a number. */
export function number(value: number, text: string): Cell {
  return { value, text };
}

/**
 * CSV for a spreadsheet of the page's language: commas and decimal points in English, semicolons and
 * decimal commas in French. Numbers have all their digits. Words that a spreadsheet would take for a
 * formula start with an apostrophe (OWASP, CSV injection).
 */
export function toCsv({ columns, rows }: Table): string {
  const french = locale() === "fr";
  const separator = french ? ";" : ",";
  const field = (value: string | number) => {
    if (typeof value === "number") return french ? plain(value).replace(".", ",") : plain(value);
    const safe = isFormula(value) ? `'${value}` : value;
    return /["\r\n;,\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(({ value }) => value))];
  return `${lines.map((line) => line.map(field).join(separator)).join("\r\n")}\r\n`;
}

/** Whether a spreadsheet takes a text for a formula: also behind blanks, and with a sign of full width. */
function isFormula(text: string): boolean {
  return /^[\t\r]|^[\s']*[=+\-@＝＋－＠]/.test(text);
}

/** Twelve digits: all that mean something, without the noise of binary fractions. */
function plain(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : "";
}

/** The columns that people read. */
function read({ columns, rows }: Table): Table {
  const kept = (_: unknown, index: number) => !columns[index]?.spreadsheet;
  return { columns: columns.filter(kept), rows: rows.map((row) => row.filter(kept)) };
}

/** A Markdown table, numbers to the right. */
export function toMarkdown(table: Table): string {
  const { columns, rows } = read(table);
  const cell = (value: string) => value.replace(/[\\|`*_<[\]]/g, "\\$&").replace(/\s*[\r\n]+\s*/g, " ");
  const line = (values: readonly string[]) => `| ${values.join(" | ")} |\n`;
  return (
    line(columns.map(({ name }) => cell(name))) +
    line(columns.map(({ numeric }) => (numeric ? "---:" : "---"))) +
    rows.map((row) => line(row.map(({ text }) => cell(text)))).join("")
  );
}

/** A MediaWiki table. */
export function toMediaWiki(table: Table): string {
  const { columns, rows } = read(table);
  const cell = (value: string) =>
    `<nowiki>${value.replace(/[<&]/g, escapeHtml).replace(/[\r\n]+/g, " ")}</nowiki>`;
  const head = columns.map(({ name }) => `! ${cell(name)}\n`).join("");
  const body = rows.map((row) => `|-\n${row.map(({ text }) => `| ${cell(text)}\n`).join("")}`).join("");
  return `{| class="wikitable"\n${head}${body}|}\n`;
}

/** A table in Confluence wiki markup. */
export function toConfluence(table: Table): string {
  const { columns, rows } = read(table);
  const cell = (value: string) =>
    value.replace(/[\\|{}[\]*_!^~+-]/g, "\\$&").replace(/\s*[\r\n]+\s*/g, " ") || " ";
  const head = `||${columns.map(({ name }) => cell(name)).join("||")}||\n`;
  return head + rows.map((row) => `|${row.map(({ text }) => cell(text)).join("|")}|\n`).join("");
}

/** An HTML table. Spreadsheets take one from the clipboard as cells: a text that begins like a formula is marked as text. */
export function toHtml(table: Table): string {
  const { columns, rows } = read(table);
  const look = (index: number, text = "") => {
    const styles = [
      ...(columns[index]?.numeric ? ["text-align: right"] : []),
      ...(isFormula(text) ? ["mso-number-format: '\\@'"] : []),
    ];
    return styles.length > 0 ? ` style="${styles.join("; ")}"` : "";
  };
  const head = columns
    .map(({ name }, index) => `<th scope="col"${look(index, name)}>${escaped(name)}</th>`)
    .join("");
  const body = rows.map((row) => {
    const cells = row.map(({ value, text }, index) => {
      const style = look(index, typeof value === "number" ? "" : text);
      return index === 0
        ? `<th scope="row"${style}>${escaped(text)}</th>`
        : `<td${style}>${escaped(text)}</td>`;
    });
    return `<tr>${cells.join("")}</tr>\n`;
  });
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("")}</tbody>\n</table>\n`;
}

/** The forms that a table is taken away in, with the words for each. */
export const TABLE_FORMS = [
  ["as_csv", toCsv],
  ["as_markdown", toMarkdown],
  ["as_mediawiki", toMediaWiki],
  ["as_confluence", toConfluence],
  ["as_html", toHtml],
] as const;

function escapeHtml(character: string): string {
  return character === "<" ? "&lt;" : "&amp;";
}
