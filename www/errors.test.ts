import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { isUnder, placeOf, sentenceOf } from "./errors.js";
import type { ErrorCode, InputError, Scenario } from "./generated/dealcast.js";
import { LOCALES, setLocale } from "./i18n.js";
import { errors as english } from "./messages/en/errors.js";

const scenario: Scenario = {
  schema: "dealcast/1",
  currency: "EUR",
  open_pipeline: {
    target: 1,
    stages: [{ stage: "Proposal", win_rate: 0.3 }],
    deals: [
      { deal_id: "D1", name: "Acme", amount: 1, expected_close_month: 1 },
      { deal_id: "D2", amount: 1, expected_close_month: 1 },
    ],
  },
};

/** The engine's error codes and the parameters that their documentation names. */
function codesOfTheEngine(): { code: ErrorCode; params: string[] }[] {
  const source = readFileSync(new URL("../src/error.rs", import.meta.url), "utf8");
  const body = /pub enum ErrorCode \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? "";
  return [...body.matchAll(/((?: {4}\/\/\/.*\n)+) {4}(\w+),/g)].map(([, doc = "", name = ""]) => ({
    code: name.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase() as ErrorCode,
    params: [...doc.matchAll(/`(\w+)`/g)]
      .map(([, param = ""]) => param)
      .filter((param) => param !== "schema"),
  }));
}

afterEach(() => setLocale("en"));

describe("places of plans", () => {
  it("are named by plan and lever, and what a change points at by its words", () => {
    const planned: Scenario = {
      ...scenario,
      plans: [
        {
          name: "A",
          levers: [{ name: "More", changes: [{ at: "/open_pipeline/stages/=Proposal/win_rate", add: 1 }] }],
        },
      ],
    };
    expect(placeOf("/plans/0/levers/0/changes/0/at", planned)).toBe("Plan “A”, lever “More”");
    expect(placeOf("/plans/0/levers/0/cost", planned)).toBe("Plan “A”, lever “More”, Cost");
    const error: InputError = {
      code: "no_such_field",
      path: "/plans/0/levers/0/changes/0/at",
      params: { at: "/open_pipeline/stages/=Proposal/win_rate" },
    };
    expect(sentenceOf(error, planned)).toBe("There is nothing to change at Win rate, stage Proposal.");
  });
});

describe("sentences", () => {
  it("exist for every error code of the engine, and fill with its parameters, in both languages", () => {
    const codes = codesOfTheEngine();
    expect(codes.length).toBeGreaterThan(25);
    for (const language of LOCALES) {
      setLocale(language);
      for (const { code, params } of codes) {
        expect(english).toHaveProperty(code);
        const filled = Object.fromEntries(params.map((name, index) => [name, index + 1]));
        const sentence = sentenceOf({ code, path: "/open_pipeline/target", params: filled }, scenario);
        expect(sentence, code).toMatch(/^\S.*[.)]$/);
        expect(sentence, code).not.toMatch(/[{}]|undefined|null/);
      }
    }
  });

  it.each<[InputError, string]>([
    [
      {
        code: "out_of_range",
        path: "/open_pipeline/latent_correlation",
        params: { value: 1.5, minimum: 0, maximum: 0.95 },
      },
      "150\u202f% is outside 0\u202f% to 95\u202f%.",
    ],
    [
      {
        code: "out_of_range",
        path: "/open_pipeline/target",
        params: { value: -5, minimum: 0, maximum: 1e12 },
      },
      "-€5 is outside 0 to €1,000,000,000,000.",
    ],
    [
      { code: "wrong_type", path: "/seed", params: { expected: "number", found: "text" } },
      "Expected a number, found a text.",
    ],
    [{ code: "unknown_choice", path: "/currency", params: { found: "eur" } }, "“eur” is not known here."],
    [
      { code: "unknown_field", path: "/open_pipeline/goal", params: { allowed: ["target", "deals"] } },
      "There is no such field. Known here: target, deals.",
    ],
    [
      {
        code: "duplicate",
        path: "/open_pipeline/deals/1/deal_id",
        params: { value: "D1", first: "/open_pipeline/deals/0" },
      },
      "“D1” is there twice; first at: Deal “Acme”.",
    ],
  ])("say what is wrong: %j", (error, expected) => {
    expect(sentenceOf(error, scenario)).toBe(expected);
  });
});

describe("places", () => {
  it.each([
    ["", "The document"],
    ["/open_pipeline/target", "Target"],
    ["/open_pipeline/deals/0/amount", "Deal “Acme”, Amount"],
    ["/open_pipeline/deals/1/amount/min", "Deal “D2”, Amount, Low"],
    ["/open_pipeline/deals/7", "Deal “8”"],
    ["/open_pipeline/stages/0/win_rate/won", "Stage “Proposal”, Win rate, Won"],
    ["/open_pipeline/what~1ever", "what/ever"],
  ])("%s is “%s”", (path, expected) => {
    expect(placeOf(path, scenario)).toBe(expected);
  });

  it("are told apart by whole steps", () => {
    expect(isUnder("/a/b/c", "/a/b")).toBe(true);
    expect(isUnder("/a/bc", "/a/b")).toBe(false);
  });
});
