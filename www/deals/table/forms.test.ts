import { describe, expect, it } from "vitest";
import { answered, withLaw } from "./forms.js";

describe("MEDDIC answers", () => {
  it("keep only what is known", () => {
    expect(answered(undefined, "champion", "yes")).toEqual({ champion: "yes" });
    expect(answered({ champion: "yes", metrics: "unknown" }, "metrics", "no")).toEqual({
      champion: "yes",
      metrics: "no",
    });
    expect(answered({ champion: "yes" }, "champion", "unknown")).toBeUndefined();
  });
});

describe("the law of an amount", () => {
  it("starts from the default range", () => {
    expect(withLaw(73_000, "pert", 0.7, 1.2)).toEqual({
      distribution: "pert",
      min: 51_100,
      mode: 73_000,
      max: 87_600,
    });
    expect(withLaw(73_000, "uniform", 0.7, 1.2)).toEqual({
      distribution: "uniform",
      min: 51_100,
      max: 87_600,
    });
    expect(withLaw(73_000, "gamma", 0.7, 1.2)).toEqual({
      distribution: "gamma",
      mean: 73_000,
      coefficient_of_variation: 0.3,
    });
  });
  it("keeps what carries over", () => {
    const pert = { distribution: "pert", min: 10, mode: 20, max: 40 } as const;
    expect(withLaw(pert, "triangular", 0.7, 1.2)).toEqual({ ...pert, distribution: "triangular" });
    expect(withLaw(pert, "fixed", 0.7, 1.2)).toEqual({ distribution: "fixed", value: 20 });
    expect(withLaw(pert, "crm", 0.7, 1.2)).toBe(20);
    expect(withLaw({ distribution: "uniform", min: 10, max: 40 }, "crm", 0.7, 1.2)).toBe(25);
  });
});
