import { expect, it } from "vitest";
import type { InputError } from "../../generated/dealcast.js";
import { cellOf, errorsByCell } from "./errors.js";

const error = (path: string): InputError => ({ code: "out_of_range", path, params: {} });

it("finds the cell of a pointer", () => {
  expect(cellOf(error("/open_pipeline/deals/12/amount/min"))).toEqual({ index: 12, key: "amount" });
  expect(cellOf(error("/open_pipeline/deals/3/win_probability"))).toEqual({
    index: 3,
    key: "win_probability",
  });
  expect(cellOf(error("/open_pipeline/deals/3"))).toEqual({ index: 3, key: "name" });
  expect(cellOf(error("/open_pipeline/deals/3/unheard_of"))).toEqual({ index: 3, key: "name" });
  expect(cellOf(error("/open_pipeline/target"))).toBeUndefined();
});

it("gathers errors by deal and cell", () => {
  const cells = errorsByCell([
    error("/open_pipeline/deals/1/amount/min"),
    error("/open_pipeline/deals/1/amount/max"),
    error("/title"),
  ]);
  expect([...cells.keys()]).toEqual([1]);
  expect(cells.get(1)?.get("amount")).toHaveLength(2);
});
