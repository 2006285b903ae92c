import { describe, expect, it } from "vitest";
import type { CsvImport, Deal, Scenario } from "../../generated/dealcast.js";
import {
  alreadyThere,
  applyImport,
  chosenDeals,
  type ImportChoices,
  stagesInNeed,
  suggestedRate,
} from "./apply.js";
import { isTable, looksLikeTable } from "./source.js";
import { monthAfter, startMonthFor, startMonths, today } from "./today.js";

const deal = (deal_id: string, more: Partial<Deal> = {}): Deal => ({
  deal_id,
  amount: 5,
  expected_close_month: 2,
  ...more,
});
const stage = (name: string, more: Partial<CsvImport["stages"][number]> = {}) => ({
  stage: name,
  known: false,
  open: 1,
  won: 0,
  lost: 0,
  ...more,
});

const result = {
  detected: { start_month: "2026-03", currency: "CHF" },
  deals: [deal("A", { stage: "Offer", win_probability: 0.4 }), deal("N", { stage: "New" })],
  stages: [
    stage("Offer", { known: true }),
    stage("New", { mean_probability: 0.31234 }),
    stage("Late", { won: 3, lost: 4 }),
  ],
} as unknown as CsvImport;

const base = (): Scenario => ({
  schema: "dealcast/1",
  currency: "EUR",
  start_month: "2026-01",
  open_pipeline: {
    target: 9,
    already_won: 1,
    stages: [{ stage: "Offer", win_rate: 0.5 }],
    deals: [deal("A", { amount: 1, meddic: { champion: "yes" } }), deal("B")],
  },
});

const choices: ImportChoices = {
  mode: "replace",
  ownProbabilities: true,
  alreadyWon: undefined,
  rates: new Map([["New", 0.3]]),
  currency: undefined,
};

function edited(more: Partial<ImportChoices>): Scenario {
  const draft = base();
  applyImport(result, { ...choices, ...more })(draft);
  return draft;
}

describe("an import", () => {
  it("replaces the deals, adds new stages and moves month 1", () => {
    const scenario = edited({});
    expect(scenario.open_pipeline?.deals.map((one) => one.deal_id)).toEqual(["A", "N"]);
    expect(scenario.open_pipeline?.stages).toEqual([
      { stage: "Offer", win_rate: 0.5 },
      { stage: "New", win_rate: 0.3 },
    ]);
    expect([scenario.start_month, scenario.currency, scenario.open_pipeline?.already_won]).toEqual([
      "2026-03",
      "EUR",
      1,
    ]);
  });
  it("adds deals, and updates those that are there without losing what the file does not say", () => {
    const deals = edited({ mode: "add" }).open_pipeline?.deals;
    expect(deals?.map((one) => one.deal_id)).toEqual(["A", "B", "N"]);
    expect(deals?.[0]).toEqual(
      deal("A", { amount: 5, stage: "Offer", win_probability: 0.4, meddic: { champion: "yes" } }),
    );
    expect(alreadyThere(base(), result)).toBe(1);
  });
  it("takes what is already won and the currency on request", () => {
    const scenario = edited({ alreadyWon: 77, currency: "CHF" });
    expect([scenario.open_pipeline?.already_won, scenario.currency]).toEqual([77, "CHF"]);
  });
  it("leaves rates to the stages on request", () => {
    expect(chosenDeals(result, false).map((one) => one.win_probability)).toEqual([undefined, undefined]);
    expect(chosenDeals(result, true)).toBe(result.deals);
  });
  it("asks for the rate of new stages that a deal depends on", () => {
    expect(stagesInNeed(result, true).map((one) => one.stage)).toEqual(["New"]);
  });
  it("suggests counts where there are enough, else the mean probability, else nothing", () => {
    expect(result.stages.map(suggestedRate)).toEqual([undefined, 0.312, { won: 3, closed: 7 }]);
  });
});

describe("what is pasted or dropped", () => {
  it("is a table when two lines have cells", () => {
    expect(looksLikeTable("Name\tAmount\nA\t5")).toBe(true);
    expect(looksLikeTable("Name;Amount\r\nA;5\r\n")).toBe(true);
    expect(looksLikeTable("a sentence, with a comma")).toBe(false);
    expect(looksLikeTable("two\nlines")).toBe(false);
  });
  it("is not a scenario", () => {
    expect([isTable({ name: "export.CSV" }), isTable({ name: "Plan.JSON" })]).toEqual([true, false]);
  });
});

describe("month 1", () => {
  it("stays while today is before the end of the window, else is the month of today", () => {
    expect(startMonthFor(base(), "2026-03-31")).toBe("2026-01");
    expect(startMonthFor(base(), "2025-11-02")).toBe("2026-01");
    expect(startMonthFor(base(), "2026-04-01")).toBe("2026-04");
    expect(startMonthFor(undefined, "2026-04-01")).toBe("2026-04");
  });
  it("is offered around today, the chosen one included", () => {
    expect(monthAfter("2026-11", 3)).toBe("2027-02");
    expect(monthAfter("2026-01", -1)).toBe("2025-12");
    expect(startMonths("2026-04-01", "2020-01").slice(0, 2)).toEqual(["2020-01", "2025-04"]);
    expect(today(new Date(2026, 2, 5))).toBe("2026-03-05");
  });
});
