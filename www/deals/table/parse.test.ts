import { describe, expect, it } from "vitest";
import { parseAmount, parseNumber, parsePercentList, parseRate } from "./parse.js";

describe("numbers", () => {
  it.each([
    ["73 000", "fr", 73000],
    ["73\u202f000,50", "fr", 73000.5],
    ["73.000", "fr", 73000],
    ["73.5", "fr", 73.5],
    ["73,000", "en", 73000],
    ["73,5", "en", 73.5],
    ["73.000", "en", 73],
    ["1,234,567.89", "en", 1234567.89],
    ["1.234.567,89", "fr", 1234567.89],
    ["−4", "en", -4],
  ] as const)("%s in %s is %d", (text, locale, value) => {
    expect(parseNumber(text, locale)).toEqual({ ok: true, value });
  });
  it.each(["abc", "1.2.3,4,5", "12,34,5", "1e5", "-", ","])("refuses %s", (text) => {
    expect(parseNumber(text, "en").ok).toBe(false);
  });
  it("takes an empty text as nothing", () => {
    expect(parseNumber("  ", "en")).toEqual({ ok: true, value: undefined });
  });
});

describe("amounts", () => {
  it.each([
    ["73k", "en", 73000],
    ["73 k€", "fr", 73000],
    ["1,1 M", "fr", 1100000],
    ["1.1k", "en", 1100],
    ["€73,000", "en", 73000],
    ["73000 EUR", "en", 73000],
    ["2 Md€", "fr", 2e9],
  ] as const)("%s in %s is %d", (text, locale, value) => {
    expect(parseAmount(text, locale)).toEqual({ ok: true, value });
  });
  it.each(["beaucoup", "73 apples", "€"])("refuses %s", (text) => {
    expect(parseAmount(text, "fr").ok).toBe(false);
  });
});

describe("win rates", () => {
  it.each([
    ["28", "en", 0.28],
    ["28 %", "fr", 0.28],
    ["12,5 %", "fr", 0.125],
    ["0.28", "en", 0.28],
    ["0.5%", "en", 0.005],
    ["1", "en", 0.01],
    ["3/5", "en", { won: 3, closed: 5 }],
    ["3 of 5", "en", { won: 3, closed: 5 }],
    ["3 sur 5", "fr", { won: 3, closed: 5 }],
    ["", "en", undefined],
  ] as const)("%s in %s", (text, locale, value) => {
    expect(parseRate(text, locale)).toEqual({ ok: true, value });
  });
  it.each(["3 of", "x", "%", "3/y"])("refuses %s", (text) => {
    expect(parseRate(text, "en").ok).toBe(false);
  });
});

describe("months late", () => {
  it("reads percentages between semicolons or spaces", () => {
    expect(parsePercentList("60 ; 30 ; 10", "fr")).toEqual({ ok: true, value: [0.6, 0.3, 0.1] });
    expect(parsePercentList("60% 30% 10%", "en")).toEqual({ ok: true, value: [0.6, 0.3, 0.1] });
    expect(parsePercentList("60 ; x", "en").ok).toBe(false);
  });
});
