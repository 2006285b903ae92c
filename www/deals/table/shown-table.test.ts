import { expect, it } from "vitest";
import { toMarkdown } from "../../charts/table.js";
import type { Scenario } from "../../generated/dealcast.js";
import { setLocale } from "../../i18n.js";
import { COLUMNS, MORE_COLUMN } from "./columns.js";
import { shownTable } from "./shown-table.js";
import { rowsOf } from "./view.js";

it("has the rows in the reader's order and columns, without what only the page can do", () => {
  setLocale("en");
  const scenario: Scenario = {
    schema: "dealcast/1",
    currency: "EUR",
    open_pipeline: {
      target: 1,
      deals: [
        { deal_id: "a", name: "One | two", amount: 90_000, win_probability: 0.25, expected_close_month: 1 },
        { deal_id: "b", amount: 5_000, win_probability: { won: 3, closed: 5 }, expected_close_month: 2 },
      ],
    },
  };
  const rows = rowsOf(scenario.open_pipeline?.deals ?? [], new Map()).reverse();
  const columns = [MORE_COLUMN, ...COLUMNS].filter(({ key }) =>
    ["selected", "more", "name", "amount", "win_probability"].includes(key),
  );
  expect(toMarkdown(shownTable(rows, columns, { scenario }))).toBe(
    "| Deal | Amount (EUR) | Win probability |\n| --- | ---: | ---: |\n" +
      "| b | 5,000 | 3 of 5 (58%) |\n| One \\| two | 90,000 | 25.0% |\n",
  );
});
