import { describe, expect, it } from "vitest";
import type { Deal, OpenPipelineReport } from "../../generated/dealcast.js";
import type { Row } from "./columns.js";
import { choicesOf, nextSort, resultsById, rowsOf, totalsOf, visibleRows } from "./view.js";

const deal = (deal_id: string, more: Partial<Deal> = {}): Deal => ({
  deal_id,
  amount: 1000,
  expected_close_month: 1,
  ...more,
});

const deals = [
  deal("D10", { name: "Énergie Solvane", owner: "Inès", stage: "Proposal", amount: 500, age_days: 3 }),
  deal("D2", {
    name: "Nordalys",
    owner: "Mehdi",
    stage: "Demo",
    amount: { distribution: "pert", min: 1, mode: 900, max: 2000 },
  }),
  deal("D1", {
    name: "Cartolys",
    owner: "Inès",
    stage: "Demo",
    amount: 700,
    forecast_category: "commit",
    age_days: 9,
  }),
];

/** A report with just what the table reads. */
function report(ids: readonly string[], engine: "exact" | "simulation" = "exact"): OpenPipelineReport {
  return {
    headline_engine: engine,
    deals: ids.map((deal_id, index) => ({
      deal_id,
      win_probability_source: "stage",
      base_win_probability: 0.2,
      win_probability: 0.25 * (index + 1),
      odds_multiplier: 1,
      capped: false,
      held_by_gate: false,
      killed: false,
      mean_amount: 1000 * (index + 1),
      prob_won_in_window: 0.1 * (index + 1),
      prob_won_late: 0.05,
      prob_won_early: 0,
      prob_lost: 0.5,
    })),
    deal_swing_interventional: ids.map((_, index) => index / 10),
    deal_variance_share: ids.map(() => 1 / ids.length),
    standard_error: { deal_swing_interventional: ids.map(() => 0.01) },
  } as unknown as OpenPipelineReport;
}

const ids = (rows: readonly Row[]) => rows.map((row) => row.deal.deal_id);

describe("rows", () => {
  it("take results by identifier, whatever the order of the report", () => {
    const results = resultsById(report(["D1", "D10", "D2"]));
    const rows = rowsOf(deals, results);
    expect(rows.map((row) => row.result?.deal.mean_amount)).toEqual([2000, 3000, 1000]);
    expect(rows.map((row) => row.result?.swingError)).toEqual([0, 0, 0]);
  });
  it("keep their object where nothing changed", () => {
    const results = resultsById(report(["D1"]));
    const before = rowsOf(deals, results);
    const after = rowsOf(deals.with(1, deal("D2", { amount: 5 })), results, before);
    expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([
      true,
      false,
      true,
    ]);
  });
  it("carry the error of a simulated swing", () => {
    const results = resultsById(report(["D1"], "simulation"));
    expect(results.get("D1")?.swingError).toBe(0.01);
  });
});

describe("filter", () => {
  const rows = rowsOf(deals, new Map());
  it("finds words in any field, without case and accents", () => {
    expect(ids(visibleRows(rows, { text: "energie ines" }, undefined, "fr"))).toEqual(["D10"]);
    expect(ids(visibleRows(rows, { text: "demo" }, undefined, "fr"))).toEqual(["D2", "D1"]);
  });
  it("keeps deals of an owner, stage or category, and deals without one", () => {
    expect(ids(visibleRows(rows, { text: "", owner: "Inès" }, undefined, "fr"))).toEqual(["D10", "D1"]);
    expect(ids(visibleRows(rows, { text: "", stage: "Demo", category: "commit" }, undefined, "fr"))).toEqual([
      "D1",
    ]);
    expect(ids(visibleRows(rows, { text: "", category: "" }, undefined, "fr"))).toEqual(["D10", "D2"]);
  });
  it("keeps faulty deals alone on request", () => {
    expect(ids(visibleRows(rows, { text: "", faulty: true }, undefined, "fr", new Set([1])))).toEqual(["D2"]);
  });
});

describe("sort", () => {
  const rows = rowsOf(deals, resultsById(report(["D1", "D10", "D2"])));
  const sorted = (key: Parameters<typeof nextSort>[1], direction: "ascending" | "descending") =>
    ids(visibleRows(rows, { text: "" }, { key, direction }, "fr"));
  it("orders amounts by their likely value", () => {
    expect(sorted("amount", "ascending")).toEqual(["D10", "D1", "D2"]);
    expect(sorted("amount", "descending")).toEqual(["D2", "D1", "D10"]);
  });
  it("orders text as the language does, digits as numbers", () => {
    expect(sorted("name", "ascending")).toEqual(["D1", "D10", "D2"]);
    expect(sorted("deal_id", "ascending")).toEqual(["D1", "D2", "D10"]);
  });
  it("puts absent values last both ways", () => {
    expect(sorted("age_days", "ascending")).toEqual(["D10", "D1", "D2"]);
    expect(sorted("age_days", "descending")).toEqual(["D1", "D10", "D2"]);
  });
  it("keeps the order of the scenario among equals", () => {
    expect(sorted("expected_close_month", "descending")).toEqual(["D10", "D2", "D1"]);
  });
  it("goes through three orders of a header, figures from the largest", () => {
    const first = nextSort(undefined, "amount", true);
    const second = nextSort(first, "amount", true);
    expect([first?.direction, second?.direction, nextSort(second, "amount", true)]).toEqual([
      "descending",
      "ascending",
      undefined,
    ]);
    expect(nextSort(first, "name", false)).toEqual({ key: "name", direction: "ascending" });
  });
});

describe("totals", () => {
  it("add up what the shown deals bring", () => {
    const totals = totalsOf(rowsOf(deals, resultsById(report(["D10", "D2", "D1"]))));
    expect(totals.deals).toBe(3);
    expect(totals.amount).toBe(6000);
    expect(totals.weighted).toBeCloseTo(0.25 * 1000 + 0.5 * 2000 + 0.75 * 3000, 9);
    expect(totals.expectedInWindow).toBeCloseTo(0.1 * 1000 + 0.2 * 2000 + 0.3 * 3000, 9);
    expect(totals.varianceShare).toBeCloseTo(1, 12);
  });
  it("say how many deals have no result yet", () => {
    const totals = totalsOf(rowsOf(deals, resultsById(report(["D1"]))));
    expect([totals.withoutResult, totals.amount]).toEqual([2, 500 + 900 + 1000]);
  });
});

it("lists the choices of a field once each, none first", () => {
  expect(choicesOf([...deals, deal("D3")], "owner", "fr")).toEqual(["", "Inès", "Mehdi"]);
});
