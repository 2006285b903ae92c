import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Scenario } from "../generated/dealcast.js";
import init, { run } from "../generated/dealcast.js";
import { frenchTypography, LOCALES, setLocale } from "../i18n.js";
import { leversBetween } from "./case-levers.js";
import { CASES, caseOf, casesOf } from "./cases.js";
import { firstCase } from "./first-case.js";

beforeAll(async () => {
  const wasm = readFileSync(new URL("../generated/dealcast_bg.wasm", import.meta.url));
  await init({ module_or_path: wasm });
});

function documentOf(file: string): Scenario {
  return JSON.parse(readFileSync(new URL(`../../cases/${file}`, import.meta.url), "utf8"));
}

function at(report: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], report);
}

describe("the case library", () => {
  it("lists every case under one view", () => {
    const listed = ["pipeline", "growth", "partners"].flatMap((view) => casesOf(view));
    expect(listed.map(({ file }) => file).sort()).toEqual(CASES.map(({ file }) => file).sort());
  });

  it("has the page's first case under the title that the page gives it", () => {
    for (const language of LOCALES) {
      setLocale(language);
      expect(firstCase().title).toBe(frenchTypography(CASES[0]?.title[language] ?? ""));
    }
    setLocale("en");
  });

  const judged = CASES.filter(({ verdict }) => verdict);
  it("knows its judged cases by their titles", () => {
    expect(judged.length).toBeGreaterThan(3);
    for (const one of judged)
      expect([one.file, caseOf(documentOf(one.file))?.file]).toEqual([one.file, one.file]);
    expect(caseOf({ schema: "dealcast/1", title: "Mine" })).toBeUndefined();
  });

  it("says what changes between before and after, where a form has it", () => {
    const pairs = CASES.filter(({ before }) => before);
    expect(pairs.length).toBeGreaterThan(6);
    for (const { file, before } of pairs)
      expect([file, leversBetween(documentOf(before as string), documentOf(file)).length > 0]).toEqual([
        file,
        true,
      ]);
    const deals = leversBetween(
      documentOf("cybersecurity-vendor-before.json"),
      documentOf("cybersecurity-vendor-after.json"),
    );
    expect(deals.map(({ before, after }) => [before, after])).toEqual([
      ["44", "25"],
      ["12%", "28%"],
    ]);
    const machine = leversBetween(
      documentOf("cybersecurity-machine-before.json"),
      documentOf("cybersecurity-machine-after.json"),
    );
    const rate = machine.find(({ name }) => name.endsWith("Win rate"));
    expect([rate?.before, rate?.after].map((text) => text?.slice(0, 3))).toEqual(["12%", "28%"]);
    expect(leversBetween(documentOf("example-quarter.json"), documentOf("example-quarter.json"))).toEqual([]);
  });

  for (const { file, back_cast: rows = [] } of judged)
    it(`${file} gives the figures that its back-cast records`, () => {
      expect(rows.length).toBeGreaterThan(0);
      // Expected values and exact figures: the fewest trials are enough to have a report.
      const answer = run({ ...documentOf(file), trials: 100 });
      if ("errors" in answer) throw new Error(JSON.stringify(answer.errors));
      for (const { at: pointer, model } of rows) {
        if (pointer === undefined) continue;
        const value = at(answer.report, pointer);
        expect([pointer, typeof value]).toEqual([pointer, "number"]);
        expect(Math.abs((value as number) / model - 1)).toBeLessThan(1e-9);
      }
    }, 60_000);
});
