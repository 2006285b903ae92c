import { afterEach, describe, expect, it } from "vitest";
import type { OpenPipelineReport, Report } from "../generated/dealcast.js";
import { setLocale } from "../i18n.js";
import { chanceAt, plain, sentence } from "./sentence.js";

const report = { currency: "EUR", start_month: "2026-01", trials: 102_400 } as Report;

function forecast(changes: Partial<Record<keyof OpenPipelineReport, unknown>> = {}): OpenPipelineReport {
  return {
    headline_engine: "simulation",
    target: 800_000,
    target_window: { first_month: 1, last_month: 3 },
    already_won: 126_000,
    prob_at_least_target: 0.6213,
    prob_zero_in_window: 0.0002,
    p10: 411_873,
    p50: 903_000,
    standard_error: { prob_at_least_target: 0.005, p10: 900, p50: 900, prob_zero_in_window: 0.0001 },
    deals: [{}],
    exceedance: [
      { amount: 126_000, prob_at_least: 1 },
      { amount: 700_000, prob_at_least: 0.7 },
      { amount: 900_000, prob_at_least: 0.5 },
      { amount: 2_000_000, prob_at_least: 0 },
    ],
    ...changes,
  } as unknown as OpenPipelineReport;
}

const read = (changes = {}, dragged?: number, of: Report = report) =>
  plain(sentence(of, forecast(changes), dragged));

afterEach(() => setLocale("en"));

describe("the sentence", () => {
  it("gives the chance with its error, the target, the date and the low case", () => {
    expect(read()).toBe(
      "62% ± 0.5 chance to sign at least €800K by the end of March 2026; one chance in ten to end below €412K.",
    );
    setLocale("fr");
    expect(read()).toBe(
      "62\u202f% ± 0,5 de chances de signer au moins 800\u00a0k€ d’ici fin mars 2026\u202f; une chance sur dix de finir sous 412\u00a0k€.",
    );
  });

  it("has no error where the figure is exact", () => {
    expect(read({ headline_engine: "exact" })).toContain("62.1% chance to sign");
  });

  it("names the window as it is", () => {
    expect(read({ target_window: { first_month: 2, last_month: 4 } })).toContain(
      "between February 2026 and April 2026;",
    );
    expect(read({ target_window: { first_month: 4, last_month: 4 } })).toContain("in April 2026;");
    const undated = { currency: "EUR", trials: 100 } as Report;
    expect(read({}, undefined, undated)).toContain("by the end of month 3;");
  });

  it("speaks of signing nothing where that is likelier than one in ten", () => {
    expect(read({ prob_zero_in_window: 0.25 })).toMatch(/; 25(\.0)?% chance of signing nothing more\.$/);
  });

  it("says so when the target is reached, and when there are no deals", () => {
    expect(read({ already_won: 800_000 })).toMatch(
      /^The target of €800K is already reached; even odds to end above €903K/,
    );
    expect(read({ deals: [] })).toMatch(/^No open deals yet/);
  });

  it("follows the target under the hand", () => {
    expect(read({}, 900_000)).toMatch(/^50(\.0)?% ± 0\.2 chance to sign at least €900K/);
  });
});

describe("chanceAt", () => {
  it.each([
    [0, 1],
    [126_000, 1],
    [700_000, 0.7],
    [800_000, 0.6],
    [2_000_000, 0],
    [3_000_000, 0],
  ])("P(total ≥ %d) is %d", (target, chance) => {
    expect(chanceAt(forecast(), target)).toBeCloseTo(chance, 12);
  });
});
