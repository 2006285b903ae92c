import { expect, it } from "vitest";
import type { Row } from "./columns.js";
import { Selection } from "./selection.js";

const rows: Row[] = ["A", "B", "C", "D"].map((deal_id, index) => ({
  index,
  deal: { deal_id, amount: 1, expected_close_month: 1 },
  result: undefined,
}));
const row = (place: number) => rows[place] as Row;
const ids = (selection: Selection) => selection.of(rows).map(({ deal }) => deal.deal_id);

it("takes rows in and out", () => {
  const one = new Selection().toggled(row(1), rows, false);
  expect(ids(one)).toEqual(["B"]);
  expect(ids(one.toggled(row(1), rows, false))).toEqual([]);
});

it("takes a range from the last row, either way, in the order shown", () => {
  const from = new Selection().toggled(row(2), rows, false);
  expect(ids(from.toggled(row(0), rows, true))).toEqual(["A", "B", "C"]);
  const reversed = [...rows].reverse();
  expect(ids(from.toggled(row(0), reversed, true))).toEqual(["A", "B", "C"]);
  expect(ids(new Selection().toggled(row(3), rows, true))).toEqual(["D"]);
});

it("takes all, or none when all are in", () => {
  const all = new Selection().all(rows, false);
  expect(ids(all)).toEqual(["A", "B", "C", "D"]);
  expect(ids(all.all(rows, false))).toEqual([]);
  expect(ids(all.all(rows, true))).toEqual(["A", "B", "C", "D"]);
});
