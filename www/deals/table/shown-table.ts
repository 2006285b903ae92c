/** The rows that the grid shows, in its order and its columns, as a table to take away. Pure. */
import { number, type Table, words } from "../../charts/table.js";
import { t } from "../../i18n.js";
import type { Column, Row } from "./columns.js";
import { cellText, type Setting } from "./show.js";

/** Columns that hold what only the page can do. */
const OF_THE_PAGE: readonly Column["key"][] = ["selected", "more"];

export function shownTable(rows: readonly Row[], columns: readonly Column[], setting: Setting): Table {
  const shown = columns.filter(({ key }) => !OF_THE_PAGE.includes(key));
  const currency = setting.scenario.currency ?? "EUR";
  return {
    columns: shown.map(({ key, label, align }) => ({
      name: key === "amount" ? t("deals.amount_in", { currency }) : t(label),
      numeric: align === "end",
    })),
    rows: rows.map((row) =>
      shown.map(({ key, align, value }) => {
        const { text, tag } = cellText(row, key, setting);
        const said = tag ? `${text} (${tag})` : text;
        const exact = align === "end" ? value(row) : undefined;
        return typeof exact === "number" ? number(exact, said) : words(said);
      }),
    ),
  };
}
