import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import {
  chance,
  day,
  decimal,
  exactMoney,
  exactPercent,
  lastPlace,
  money,
  moneyAxis,
  moneyError,
  monthName,
  percent,
  points,
  pointsError,
} from "./format.js";
import { type Locale, setLocale } from "./i18n.js";

afterEach(() => setLocale("en"));

/** The same call in both languages. */
function both(call: () => string): [string, string] {
  const texts = (["en", "fr"] as Locale[]).map((language) => {
    setLocale(language);
    return call();
  });
  setLocale("en");
  return texts as [string, string];
}

describe("money", () => {
  it("is compact, in the pattern of the language", () => {
    expect(both(() => money(800_000, "EUR"))).toEqual(["€800K", "800\u00a0k€"]);
    expect(both(() => money(1_234_567, "EUR"))).toEqual(["€1.23M", "1,23\u00a0M€"]);
    expect(both(() => money(2_000_000_000, "USD"))).toEqual(["$2B", "2\u00a0Md$US"]);
    expect(both(() => money(412_345, "CHF"))).toEqual(["CHF\u00a0412K", "412\u00a0k\u00a0CHF"]);
    expect(both(() => money(-412_345, "EUR"))).toEqual(["-€412K", "-412\u00a0k€"]);
  });

  it("writes small amounts out", () => {
    expect(both(() => money(0, "EUR"))).toEqual(["€0", "0\u00a0€"]);
    expect(both(() => money(3.456, "EUR"))).toEqual(["€3.46", "3,46\u00a0€"]);
    expect(both(() => money(9_512, "EUR"))).toEqual(["€9,510", "9\u202f510\u00a0€"]);
  });

  it("shows the digits that the error allows", () => {
    expect(money(412_345, "EUR", { error: 1_200 })).toBe("€412K");
    expect(money(412_345, "EUR", { error: 12_000 })).toBe("€410K");
    expect(money(412_345, "EUR", { error: 80_000 })).toBe("€400K");
    expect(money(1_200_400, "EUR", { error: 5_000 })).toBe("€1.20M");
    expect(money(1_234_567, "EUR", { error: 1 })).toBe("€1.23M");
    expect(money(1_000, "EUR", { error: 80_000 })).toBe("€0");
    expect(money(412_345, "EUR", { error: 0 })).toBe("€412K");
    expect(money(412_345, "EUR", { error: null })).toBe("€412K");
  });

  it("changes unit after rounding, not before", () => {
    expect(money(999_700, "EUR")).toBe("€1M");
    expect(money(9_999.6, "EUR")).toBe("€10K");
  });

  it("rounds once", () => {
    expect(money(0.1145, "EUR")).toBe("€0.11");
    expect(money(0.1145, "EUR", { error: 1e-4 })).toBe("€0.11");
  });

  it("is within half a place of the amount", () => {
    const amounts = fc.double({ min: 0.01, max: 1e13, noNaN: true });
    fc.assert(
      fc.property(amounts, fc.double({ min: 1e-3, max: 1, noNaN: true }), (amount, relative) => {
        const error = amount * relative;
        const text = money(amount, "EUR", { error });
        const match = /^€([\d.,]+)([KMBT]?)$/.exec(text);
        expect(match, text).not.toBeNull();
        const unit = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[match?.[2] ?? ""] ?? Number.NaN;
        const shown = Number(match?.[1]?.replaceAll(",", "")) * unit;
        const place = Math.max(
          10 ** lastPlace(error),
          10 ** (Math.floor(Math.log10(amount) + 1e-12) - 2),
          0.01,
        );
        expect(Math.abs(shown - amount), text).toBeLessThanOrEqual(place * 0.500001 + 1e-9);
      }),
    );
  });

  it("has an exact form and an error of one digit", () => {
    expect(both(() => exactMoney(412_345.4, "EUR"))).toEqual(["€412,345", "412\u202f345\u00a0€"]);
    expect(exactMoney(12.5, "EUR")).toBe("€12.50");
    expect(exactMoney(-0, "EUR")).toBe("€0");
    expect(moneyError(1_234, "EUR")).toBe("€1,000");
    expect(moneyError(12_340, "EUR")).toBe("€10K");
  });

  it("writes the ticks of an axis with the decimals of their step", () => {
    const ticks = (step: number, amounts: number[]) => amounts.map(moneyAxis("EUR", step));
    expect(ticks(200_000, [0, 800_000, 1_000_000, 1_200_000])).toEqual(["0", "€800K", "€1M", "€1.2M"]);
    expect(ticks(50_000, [950_000, 1_050_000])).toEqual(["€950K", "€1.05M"]);
    expect(ticks(250_000, [250_000, 1_250_000])).toEqual(["€250K", "€1.25M"]);
    expect(ticks(2, [2, 10])).toEqual(["€2", "€10"]);
    expect(ticks(0.5, [0.5, 2])).toEqual(["€0.5", "€2"]);
    expect(ticks(5e8, [5e8, 3e9])).toEqual(["€500M", "€3B"]);
    expect(ticks(2_000, [8_000, 12_000])).toEqual(["€8,000", "€12K"]);
  });
});

describe("percent", () => {
  it("shows the digits that the error allows, in the pattern of the language", () => {
    expect(both(() => percent(0.6234, { error: 0.005 }))).toEqual(["62%", "62\u202f%"]);
    expect(both(() => percent(0.6234, { error: 0.0015 }))).toEqual(["62.3%", "62,3\u202f%"]);
    expect(percent(0.6234, { error: 0.012 })).toBe("62%");
    expect(percent(0.6234)).toBe("62.3%");
    expect(percent(0.6234, { decimals: 0 })).toBe("62%");
    expect(both(() => exactPercent(0.62341234))).toEqual(["62.341234%", "62,341234\u202f%"]);
  });

  it("never rounds to certainty what is not certain", () => {
    expect(both(() => percent(0.0004))).toEqual(["<\u202f0.1%", "<\u202f0,1\u202f%"]);
    expect(percent(0.9996)).toBe(">\u202f99.9%");
    expect(percent(0.9996, { decimals: 0 })).toBe(">\u202f99%");
    expect([percent(0), percent(1), percent(-0)]).toEqual(["0%", "100%", "0%"]);
  });

  it("does not take for certain what happened in none or all of the trials (rule of three)", () => {
    const of = (share: number, trials: number) => percent(share, { error: 0, decimals: 0, trials });
    expect([of(0, 100_000), of(1, 100_000)]).toEqual(["<\u202f0.1%", ">\u202f99.9%"]);
    expect([of(0, 1_000), of(1, 1_000)]).toEqual(["<\u202f0.3%", ">\u202f99.7%"]);
    expect([of(0, 100), of(1, 100), of(0, 1)]).toEqual(["<\u202f3%", ">\u202f97%", "<\u202f100%"]);
    expect(both(() => chance(0, { trials: 4_096 }))).toEqual(["less than 0.1%", "moins de 0,1\u202f%"]);
    expect(both(() => chance(1, { trials: 4_096 }))).toEqual(["more than 99.9%", "plus de 99,9\u202f%"]);
    expect([chance(0.5, { trials: 100 }), chance(0), chance(0.0004)]).toEqual([
      "50.0%",
      "0%",
      "less than 0.1%",
    ]);
    expect([exactPercent(0, 100_000), exactPercent(1, 100_000)]).toEqual(["<\u202f0.003%", ">\u202f99.997%"]);
    expect([exactPercent(0), exactPercent(0.5, 10)]).toEqual(["0%", "50%"]);
  });

  it("gives errors and differences in points", () => {
    expect(both(() => pointsError(0.005))).toEqual(["0.5", "0,5"]);
    expect([pointsError(0.00001), pointsError(0.0152), pointsError(0.12)]).toEqual(["0.1", "2", "12"]);
    expect(both(() => points(0.1834, { error: 0.005 }))).toEqual(["+18 points", "+18 points"]);
    expect(both(() => points(0.0151))).toEqual(["+1.5 points", "+1,5 point"]);
    expect(both(() => points(-0.01, { error: 0.005 }))).toEqual(["-1 point", "-1 point"]);
    expect(points(0.00001)).toBe("0.0 points");
  });
});

describe("dates and counts", () => {
  it("counts months from the start of the scenario", () => {
    expect(both(() => monthName("2026-01", 3))).toEqual(["March 2026", "mars 2026"]);
    expect(both(() => monthName("2026-11", 3, "short"))).toEqual(["Jan", "janv."]);
    expect(monthName("2026-11", 0, "medium")).toBe("Oct 2026");
    expect(both(() => monthName(undefined, 3))).toEqual(["month 3", "mois 3"]);
    expect(monthName(null, 3, "short")).toBe("M3");
  });

  it("writes days and plain numbers", () => {
    expect(both(() => day(new Date(2026, 2, 5)))).toEqual(["March 5, 2026", "5 mars 2026"]);
    expect(both(() => decimal(3.25))).toEqual(["3.3", "3,3"]);
  });
});
