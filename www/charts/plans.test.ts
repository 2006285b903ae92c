import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { FanMonth } from "../generated/dealcast.js";
import { type Locale, setLocale } from "../i18n.js";
import { fanPicture } from "./fan.js";
import { type Funnel, funnelPicture } from "./funnel.js";
import { funnelTable } from "./funnel-chart.js";
import { linesTable } from "./line-chart.js";
import { type Lines, linesPicture } from "./lines.js";
import { problems } from "./problems.js";
import { sharesPicture } from "./shares.js";
import { sharesTable } from "./shares-chart.js";
import { type Stacked, stackedPicture, totalsOf } from "./stacked.js";
import { stackedTable } from "./stacked-bars.js";
import { toCsv } from "./table.js";
import { type Tornado, tornadoPicture } from "./tornado.js";
import { tornadoTable } from "./tornado-chart.js";

afterEach(() => setLocale("en"));

const WIDTHS = [280, 320, 390, 720, 1200];
const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const positive = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true }));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const language = fc.constantFrom<Locale>("en", "fr");
const word = fc.string({ minLength: 1, maxLength: 60 });

/** Draws at every width, in a language, and lists what is wrong. */
function wrong(name: string, at: Locale, draw: (width: number) => Parameters<typeof problems>[1]): string[] {
  setLocale(at);
  return WIDTHS.flatMap((width) => problems(name, draw(width)));
}

describe("curves", () => {
  const lines: fc.Arbitrary<Lines> = fc
    .record({
      count: fc.integer({ min: 2, max: 121 }),
      kind: fc.constantFrom("share" as const, "count" as const, "money" as const),
      two: fc.boolean(),
      along: fc.constantFrom("months" as const, "shares" as const),
      values: fc.array(fc.oneof(fc.constant(null), amount, share), { minLength: 242, maxLength: 242 }),
      marked: fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 5 }),
    })
    .map(({ count, kind, two, along, values, marked }) => {
      const of = (from: number) =>
        values
          .slice(from, from + count)
          .map((value) => (value === null || kind !== "share" ? value : Math.min(Math.abs(value), 3)));
      const places = Array.from({ length: count }, (_, index) =>
        along === "shares" ? index / (count - 1) : index,
      );
      return {
        places,
        along,
        series: [
          { name: "One side", values: of(0) },
          ...(two ? [{ name: "The other side", values: of(121) }] : []),
        ],
        unit: kind === "money" ? { currency: "EUR" } : kind,
        marked: [...new Set(marked)]
          .sort((a, b) => a - b)
          .map((at) => ({ at: places[at] ?? -1, words: "71.3%" })),
        axis: "Month",
      };
    });

  it("stay inside and apart, whatever they show", () => {
    fc.assert(
      fc.property(lines, language, (data, at) => {
        // Values that are marked stand on the curve, which may pass under them: texts alone must keep apart.
        expect(wrong("lines", at, (width) => linesPicture(data, width))).toEqual([]);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("have a table with all their digits, and a dash where nothing is defined", () => {
    const table = linesTable({
      places: [0, 1],
      series: [{ name: "NPV", values: [null, 1234.5] }],
      unit: { currency: "EUR" },
      axis: "Month",
    });
    expect(table.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["0", "–"],
      ["1", "€1,235"],
    ]);
    expect(toCsv(table)).toBe("Month,NPV\r\n0,\r\n1,1234.5\r\n");
  });
});

describe("a funnel", () => {
  const funnel: fc.Arbitrary<Funnel> = fc
    .array(fc.record({ name: word, count: positive, passes: word }), { minLength: 1, maxLength: 8 })
    .map((stages) => ({ stages, heads: ["Stage", "A month", "Share", "Months"] }));

  it("stays inside and apart, whatever is lost", () => {
    fc.assert(
      fc.property(funnel, language, (data, at) => {
        expect(wrong("funnel", at, (width) => funnelPicture(data, width))).toEqual([]);
        expect(funnelTable(data).rows.length).toBe(data.stages.length);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe("stacked bars", () => {
  const stacked: fc.Arbitrary<Stacked> = fc
    .record({
      periods: fc.integer({ min: 1, max: 40 }),
      parts: fc.array(fc.array(fc.oneof(positive, amount), { minLength: 40, maxLength: 40 }), {
        minLength: 1,
        maxLength: 4,
      }),
    })
    .map(({ periods, parts }) => ({
      periods: Array.from({ length: periods }, (_, index) => `Q${index + 1}`),
      parts: parts.map((values, index) => ({ name: `Source ${index}`, values })),
      currency: "EUR",
      period: "Quarter",
      total: "Total",
    }));

  it("stay inside and apart, and add up", () => {
    fc.assert(
      fc.property(stacked, language, (data, at) => {
        expect(wrong("stacked", at, (width) => stackedPicture(data, width))).toEqual([]);
        const sums = stackedTable(data).rows.map((row) => row.at(-1)?.value);
        expect(sums).toEqual(totalsOf(data));
      }),
      { numRuns: 60, seed: 2 },
    );
  });
});

describe("a tornado", () => {
  const tornado: fc.Arbitrary<Tornado> = fc.record({
    rows: fc.array(
      fc.record({
        name: word,
        from: fc.constant("€24K"),
        to: fc.constant("€39K/month"),
        atLow: amount,
        atHigh: amount,
      }),
      {
        maxLength: 14,
      },
    ),
    base: amount,
    currency: fc.constant("EUR"),
    empty: fc.constant("No assumption has a range: give one to see what matters."),
    heads: fc.constant(["a", "b", "c", "d", "e"] as const),
  });

  it("stays inside and apart, whatever its rows, none included", () => {
    fc.assert(
      fc.property(tornado, language, (data, at) => {
        expect(wrong("tornado", at, (width) => tornadoPicture(data, width))).toEqual([]);
        expect(tornadoTable(data).rows.length).toBe(data.rows.length);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe("shares of a whole", () => {
  it("stay inside and apart, and are read with their errors", () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 4, maxLength: 4 }), word, language, (weights, name, at) => {
        const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
        const data = weights.map((weight) => ({ name, share: weight / sum, error: 0.002 }));
        expect(wrong("shares", at, (width) => sharesPicture(data, width))).toEqual([]);
      }),
      { numRuns: 60, seed: 4 },
    );
    setLocale("en");
    const table = sharesTable([{ name: "Both", share: 0.5, error: 0.005 }]);
    expect(table.rows[0]?.map(({ text }) => text)).toEqual(["Both", "50%", "0.5%"]);
  });
});

describe("a fan of cash", () => {
  const month = (index: number, values: readonly number[]): FanMonth => {
    const [p10 = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0] = [...values].sort((a, b) => a - b);
    return { month: index, mean: (p10 + p90) / 2, p10, p25, p50, p75, p90 };
  };

  it("stays inside and apart, below zero as above, with and without payback", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(amount, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 120 }),
        amount,
        fc.nat(120),
        language,
        (rows, opening, payback, at) => {
          const fan = rows.map((values, index) => month(index + 1, values));
          const marked = Math.min(payback, rows.length);
          const input = {
            fan,
            opening,
            currency: "EUR",
            startMonth: "2027-01",
            ...(marked > 0 ? { payback: { month: marked, words: "Payback Feb 2028" } } : {}),
          };
          expect(wrong("cash", at, (width) => fanPicture(input, width))).toEqual([]);
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });
});
