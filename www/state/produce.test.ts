import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { produce } from "./produce.js";

interface Document {
  title?: string;
  deals: { id: string; amount: number; tags?: string[] }[];
  rules: { on: boolean };
}

const base: Document = Object.freeze({
  title: "Q1",
  deals: Object.freeze([
    Object.freeze({ id: "a", amount: 1 }),
    Object.freeze({ id: "b", amount: 2, tags: Object.freeze(["x"]) as string[] }),
  ]) as unknown as Document["deals"],
  rules: Object.freeze({ on: false }),
});

describe("produce", () => {
  it("changes a copy and shares the rest", () => {
    const next = produce(base, (draft) => {
      (draft.deals[1] as { amount: number }).amount = 5;
    });
    expect(base.deals[1]?.amount).toBe(2);
    expect(next.deals[1]).toEqual({ id: "b", amount: 5, tags: ["x"] });
    expect(next.deals[0]).toBe(base.deals[0]);
    expect(next.deals[1]?.tags).toBe(base.deals[1]?.tags);
    expect(next.rules).toBe(base.rules);
  });

  it("returns the same document when nothing changes", () => {
    expect(produce(base, (draft) => void draft.deals.map((deal) => deal.tags?.length))).toBe(base);
    expect(
      produce(base, (draft) => {
        draft.rules.on = false;
      }),
    ).toBe(base);
  });

  it("edits lists in every way", () => {
    const next = produce(base, (draft) => {
      draft.deals.push({ id: "c", amount: 3 });
      draft.deals.splice(0, 1);
      draft.deals.reverse();
      draft.deals = draft.deals
        .filter((deal) => deal.amount > 1)
        .map((deal) => ({ ...deal, amount: deal.amount * 2 }));
      delete draft.title;
    });
    expect(next).toEqual({
      deals: [
        { id: "c", amount: 6 },
        { id: "b", amount: 4, tags: ["x"] },
      ],
      rules: { on: false },
    });
    expect(structuredClone(next)).toEqual(next);
  });

  it("takes a document that the recipe returns", () => {
    const next = produce(base, (draft) => ({ ...draft, rules: { on: true } }));
    expect(next.rules.on).toBe(true);
    expect(next.deals).toBe(base.deals);
    expect(structuredClone(next)).toEqual(next);
  });

  it("does what the same edits do to a deep copy", () => {
    const edit = fc.oneof(
      fc.record({ kind: fc.constant("set" as const), at: fc.nat(5), amount: fc.integer() }),
      fc.record({ kind: fc.constant("add" as const), amount: fc.integer() }),
      fc.record({ kind: fc.constant("drop" as const), at: fc.nat(5) }),
      fc.record({ kind: fc.constant("sort" as const) }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const recipe = (document: Document) => {
          for (const one of edits) {
            if (one.kind === "add") document.deals.push({ id: "n", amount: one.amount });
            else if (one.kind === "drop") document.deals.splice(one.at, 1);
            else if (one.kind === "sort") document.deals.sort((a, b) => a.amount - b.amount);
            else {
              const deal = document.deals[one.at];
              if (deal) deal.amount = one.amount;
            }
          }
        };
        const expected = structuredClone(base);
        recipe(expected);
        expect(produce(base, recipe)).toEqual(expected);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
