// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { toCsv, toMarkdown } from "../charts/table.js";
import { setLocale } from "../i18n.js";
import { readTable } from "./read-table.js";

function tableOf(inside: string): HTMLTableElement {
  const table = document.createElement("table");
  table.innerHTML = inside;
  return table;
}

describe("a table of the page, read for a file", () => {
  it("has the digits behind what is shown, and errors in a column of their own for spreadsheets", () => {
    setLocale("en");
    const table =
      tableOf(`<thead><tr><th>Lever</th><th><span aria-hidden="true">■</span>Median</th><td></td></tr></thead>
      <tbody>
        <tr><th>As it is<small>no lever</small></th><td data-value="123456.5" data-error="12">€123K</td><td><button>Apply</button></td></tr>
        <tr><th>=Drop</th><td>–</td><td></td></tr>
      </tbody>`);
    expect(toCsv(readTable(table))).toBe(
      "Lever,Median,Median: Standard error\r\nAs it is – no lever,123456.5,12\r\n'=Drop,–,\r\n",
    );
    expect(toMarkdown(readTable(table))).toBe(
      "| Lever | Median |\n| --- | ---: |\n| As it is – no lever | €123K |\n| =Drop | – |\n",
    );
  });

  it("keeps cells under their heads where a heading goes over several", () => {
    const table = tableOf(`<thead><tr><th>Line</th><th>1</th><th>2</th></tr></thead>
      <tbody><tr><th colspan="3">Costs</th></tr><tr><th>Staff</th><td data-value="-1">-1</td><td data-value="-2">-2</td></tr></tbody>`);
    expect(readTable(table).rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["Costs", "", ""],
      ["Staff", "-1", "-2"],
    ]);
  });
});
