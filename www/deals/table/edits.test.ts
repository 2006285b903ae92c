import { describe, expect, it } from "vitest";
import type { Scenario } from "../../generated/dealcast.js";
import type { DraftEdit } from "../events.js";
import {
  clearField,
  deleteDeals,
  duplicateDeals,
  freeId,
  insertDeals,
  newDeal,
  nextId,
  setField,
} from "./edits.js";

const base = (): Scenario => ({
  schema: "dealcast/1",
  open_pipeline: {
    target: 100,
    stages: [{ stage: "Demo", win_rate: 0.2 }],
    deals: [
      { deal_id: "A", name: "Alpha", amount: 10, expected_close_month: 1, owner: "Inès" },
      { deal_id: "B", amount: 30, expected_close_month: 2 },
      { deal_id: "C", amount: 20, expected_close_month: 3 },
    ],
  },
});

function edited(...edits: DraftEdit[]): Scenario {
  const draft = base();
  for (const edit of edits) edit(draft);
  return draft;
}

const ids = (scenario: Scenario) => scenario.open_pipeline?.deals.map((deal) => deal.deal_id);

describe("fields", () => {
  it("are set, and taken out rather than left undefined", () => {
    const scenario = edited(
      setField(1, "owner", "Mehdi"),
      clearField(0, "owner"),
      setField(0, "name", undefined),
    );
    expect(scenario.open_pipeline?.deals[1]?.owner).toBe("Mehdi");
    expect(Object.keys(scenario.open_pipeline?.deals[0] ?? {})).toEqual([
      "deal_id",
      "amount",
      "expected_close_month",
    ]);
  });
  it("of a deal that is gone change nothing", () => {
    expect(edited(setField(9, "amount", 1))).toEqual(base());
  });
});

describe("deals", () => {
  it("are deleted and put back where they were", () => {
    const deals = base().open_pipeline?.deals ?? [];
    const removed = [0, 2].map((index) => ({ index, deal: deals[index] as (typeof deals)[number] }));
    expect(ids(edited(deleteDeals([0, 2])))).toEqual(["B"]);
    expect(edited(deleteDeals([0, 2]), insertDeals(removed))).toEqual(base());
  });
  it("are copied after their original, with free identifiers and nothing shared", () => {
    const scenario = edited(
      duplicateDeals([0, 1], (name) => `${name}*`),
      duplicateDeals([0], (name) => `${name}*`),
    );
    expect(ids(scenario)).toEqual(["A", "A-3", "A-2", "B", "B-2", "C"]);
    expect(scenario.open_pipeline?.deals.map((deal) => deal.name)).toEqual([
      "Alpha",
      "Alpha*",
      "Alpha*",
      undefined,
      undefined,
      undefined,
    ]);
  });
  it("start in a scenario without the section", () => {
    const draft: Scenario = { schema: "dealcast/1" };
    insertDeals([{ index: 0, deal: newDeal(draft, "First") }])(draft);
    expect(draft.open_pipeline?.deals).toEqual([
      { deal_id: "N1", name: "First", amount: 10000, win_probability: 0.2, expected_close_month: 3 },
    ]);
  });
  it("look like the others when they are new", () => {
    expect(newDeal(base(), "New")).toEqual({
      deal_id: "N1",
      name: "New",
      amount: 20,
      stage: "Demo",
      expected_close_month: 3,
    });
  });
});

describe("identifiers", () => {
  it("are the first free ones", () => {
    expect(freeId(new Set(["A", "A-2"]), "A")).toBe("A-3");
    expect(
      nextId(
        [
          { deal_id: "N7", amount: 1, expected_close_month: 1 },
          { deal_id: "Nx", amount: 1, expected_close_month: 1 },
        ],
        "N",
      ),
    ).toBe("N8");
  });
});
