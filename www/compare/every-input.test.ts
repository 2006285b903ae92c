// @vitest-environment happy-dom
/** Any input can be made a lever from its own field: walked over the schema of documents and over the forms. */
import { readFileSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Deal, Scenario } from "../generated/dealcast.js";
import init, { compare } from "../generated/dealcast.js";
import "../growth/panel.js";
import { setLocale, t } from "../i18n.js";
import "../inputs/panel.js";
import "../partners/panel.js";
import "../deals/stages/meddic-rules.js";
import "../deals/stages/stages-editor.js";
import { Persistence } from "../state/persist.js";
import { Store } from "../state/store.js";
import type { LeverAsked } from "../ui/lever.js";
import { DEAL_LEVERS, placeOf } from "./deal-inputs.js";
import { canLever, dealsLever } from "./deal-levers.js";
import { type Input, inputAt, inputsOf } from "./inputs.js";
import { leverOf } from "./levers.js";
import { makeLever } from "./make-lever.js";
import { outcomesOf } from "./outcomes.js";

const deal: Deal = {
  deal_id: "A/1",
  name: "Acme",
  amount: 50_000,
  win_probability: 0.4,
  stage: "Demo",
  expected_close_month: 2,
  slippage: { distribution: "geometric", monthly_slip_probability: 0.2 },
  age_days: 40,
};
/** States every optional group of fields, so that none of its inputs is missing. */
const full: Scenario = {
  schema: "dealcast/1",
  seed: 1,
  trials: 4_096,
  open_pipeline: {
    target: 100_000,
    already_won: 1_000,
    stages: [
      { stage: "Demo", win_rate: 0.3 },
      { stage: "Offer", win_rate: { won: 6, closed: 10 } },
    ],
    stage_prior_strength: 20,
    qualification_gate: { enabled: true, stage: "Offer", minimum_score: 4 },
    kill_rule: { enabled: true, minimum_score: 3, maximum_age_days: 30 },
    deals: [deal, { deal_id: "B", amount: 20_000, stage: "Offer", expected_close_month: 1, age_days: 10 }],
  },
  pipeline_generation: {
    target_wins: 40,
    capacity: { hires: [{ month: 4, count: 2 }] },
    regimes: [{ from_month: 1, kill_rule: { enabled: true } }, { from_month: 7 }],
  },
  arr_cohorts: { arr_goal: 9e6, arr_goal_month: 24, cac: 20_000 },
  partner_pnl: {},
  partner_vendor_programme: { stop_rule_months: 12 },
};
const { cac: _, ...revenue } = full.arr_cohorts ?? {};
/** What cannot stand beside what `full` states. */
const others: Scenario[] = [
  {
    ...full,
    arr_cohorts: { ...revenue, sales_marketing_cost_per_month: 2e5, new_customers_by_month: [4, 5] },
  },
  { ...full, arr_cohorts: { ...revenue, cac: 1e4, new_customers_from: "pipeline_generation" } },
];
const documents = [full, ...others];

/** Fields that are no input of a model, or that no field of the page holds. */
const NO_LEVER: Readonly<Record<string, string>> = {
  "/open_pipeline/probability_goal": "asked of the report: moves no outcome",
  "/open_pipeline/cdf_check_amounts": "asked of the report: moves no outcome",
  "/open_pipeline/meddic/calibrated": "words of caution: moves no outcome",
  "/open_pipeline/stages/0/stage": "a name",
  "/open_pipeline/deals/0/deal_id": "a name",
  "/open_pipeline/deals/0/name": "a name",
  "/open_pipeline/deals/0/owner": "a name",
  "/open_pipeline/deals/0/segment": "a name",
  "/open_pipeline/deals/0/source": "a name",
  "/open_pipeline/deals/0/forecast_category": "a name",
  "/pipeline_generation/regimes/0/from_month": "always month 1",
  "/pipeline_generation/regimes/0/lead_to_opportunity_lag_pmf": "a list of probabilities that no form holds",
  "/pipeline_generation/regimes/0/months_to_win/pmf": "a list of probabilities that no form holds",
  "/pipeline_generation/regimes/0/months_to_loss/pmf": "a list of probabilities that no form holds",
  "/pipeline_generation/regimes/0/months_to_win/coefficient_of_variation": "no form holds it",
  "/pipeline_generation/regimes/0/months_to_loss/coefficient_of_variation": "no form holds it",
};

interface Node {
  readonly $ref?: string;
  readonly anyOf?: readonly Node[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}
const schema = JSON.parse(readFileSync("schemas/scenario.schema.json", "utf8")) as Node & {
  readonly $defs: Readonly<Record<string, Node>>;
};
/** Objects that are one value: a number that may be uncertain. */
const VALUES = /\/(Quantity|Rate|DistributionObject)$/;

/** Pointers of every field under a place; entries of lists by the first. */
function fieldsOf(node: Node, at: string): string[] {
  if (node.$ref) {
    if (VALUES.test(node.$ref)) return [at];
    return fieldsOf(schema.$defs[node.$ref.split("/").at(-1) ?? ""] ?? {}, at);
  }
  const whole = node.anyOf?.find(({ $ref }) => $ref);
  if (whole) return fieldsOf(whole, at);
  if (node.properties)
    return Object.entries(node.properties).flatMap(([name, one]) => fieldsOf(one, `${at}/${name}`));
  const entry = node.items?.$ref;
  return entry && !VALUES.test(entry) ? fieldsOf(node.items ?? {}, `${at}/0`) : [at];
}

const SECTIONS = [
  "open_pipeline",
  "pipeline_generation",
  "arr_cohorts",
  "partner_pnl",
  "partner_vendor_programme",
] as const;

beforeAll(async () => {
  const wasm = readFileSync("www/generated/dealcast_bg.wasm");
  await init({ module_or_path: wasm });
});
beforeEach(() => setLocale("en"));

describe("every field of a document", () => {
  const known = new Set(documents.flatMap((one) => inputsOf(one).map(({ at }) => at)));
  const named = (field: string) =>
    field
      .replace("/deals/0", "/deals/=A~11")
      .replace("/stages/0", "/stages/=Demo")
      .replace("/regimes/0/from_month", "/regimes/0/from_month");
  /** A lever on the field, or on what it is a part of. */
  const reached = (field: string): boolean => {
    for (let at = field; at.split("/").length > 2; at = at.slice(0, at.lastIndexOf("/"))) {
      if (known.has(at) || known.has(`${at}/*`)) return true;
      const input = /\/deals\/=[^/]+\/.+/.test(at) ? inputAt(at, [], full) : undefined;
      if (input && (at === field || input.choices)) return true;
    }
    return false;
  };

  for (const section of SECTIONS)
    it(`of ${section} is an input of levers, or no input of the model`, () => {
      const place = schema.properties?.[section] ?? {};
      const fields = fieldsOf(place, `/${section}`);
      expect(fields.length).toBeGreaterThan(12);
      expect(fields.filter((field) => !reached(named(field)) && !(field in NO_LEVER))).toEqual([]);
      // What is said to be no input is none.
      expect(fields.filter((field) => field in NO_LEVER && known.has(field))).toEqual([]);
    });

  it("can be pulled: the engine takes every lever as it is made", { timeout: 60_000 }, () => {
    for (const document of documents) {
      const inputs = inputsOf(document);
      const deals = document.open_pipeline?.deals ?? [];
      const levers = [
        ...inputs.map((input) => leverOf(input)),
        ...DEAL_LEVERS.filter((what) => canLever(what, deals, document)).map((what) =>
          dealsLever(what, deals, document),
        ),
      ];
      expect(levers.length).toBeGreaterThan(100);
      const [outcome] = outcomesOf(document);
      if (!outcome) throw new Error("no outcome");
      for (let from = 0; from < levers.length; from += 1) {
        const plans = [{ name: "P", levers: levers.slice(from, from + 1) }];
        const answer = compare({ ...document, plans }, { outcome, trials: 256 });
        if ("errors" in answer) throw new Error(JSON.stringify(answer.errors));
        expect(answer.comparison.errors, JSON.stringify(levers[from])).toEqual([]);
      }
    }
  });
});

describe("every field of a form", () => {
  const engine = {
    preview: () => new Promise<never>(() => {}),
    previewNow: () => undefined,
    expectEdit: () => {},
    run: () => new Promise<never>(() => {}),
    cancel: () => {},
  };
  /** Controls that are no input of a model. */
  const plain =
    /^(field-(currency|start_month|start_month-year|seed|trials|stop_at_half_width|notes|open_pipeline-probability_goal|open_pipeline-stages-\d+-stage)|acquisition)$/;

  async function formOf(name: string, store: Store): Promise<HTMLElement> {
    const form = document.createElement(name) as HTMLElement & {
      store: Store;
      updateComplete: Promise<unknown>;
    };
    form.store = store;
    document.body.append(form);
    for (let round = 0; round < 4; round += 1) {
      await form.updateComplete;
      await new Promise((done) => setTimeout(done));
    }
    return form;
  }

  /** The sign that makes a control's input a lever: beside it, in its group where it is an end of a range. */
  function signOf(control: Element): Element | null {
    const signs = [".range-entry", ".field", ".dc-field", ".dc-check-row", ".dc-shrink", ".dc-stage"].map(
      (around) => control.closest(around)?.querySelector(".make-lever"),
    );
    return signs.find((sign) => sign) ?? null;
  }

  for (const [name, count] of [
    ["dc-inputs", 20],
    ["dc-growth-inputs", 50],
    ["dc-partner-inputs", 45],
  ] as const)
    it(`${name} has the sign, and it makes a lever`, { timeout: 60_000 }, async () => {
      for (const scenario of name === "dc-growth-inputs" ? documents : [full]) {
        const store = new Store(scenario, engine, new Persistence(undefined));
        const form = await formOf(name, store);
        const controls = [...form.querySelectorAll("input:not([type=range]), select, textarea")];
        const inputs = controls.filter(({ id }) => !plain.test(id));
        const calibrated = inputs.filter((one) =>
          one.closest("label")?.textContent?.includes(t("deals.calibrated")),
        );
        const without = inputs.filter((one) => !signOf(one) && !calibrated.includes(one));
        expect(without.map(({ id, outerHTML }) => id || outerHTML)).toEqual([]);
        expect(inputs.length).toBeGreaterThan(count);
        const asked: LeverAsked[] = [];
        form.addEventListener("make-lever", ({ detail }) => void asked.push(detail));
        for (const sign of form.querySelectorAll<HTMLElement>(".make-lever")) sign.click();
        expect(asked.length).toBeGreaterThan(count);
        const levers = new Set<string>();
        for (const wish of asked) {
          const one = new Store(scenario, engine, new Persistence(undefined));
          expect(makeLever(one, wish), JSON.stringify(wish)).toBe("/plans/0/levers/0");
          levers.add(JSON.stringify(one.scenario.plans?.[0]?.levers[0]?.changes));
        }
        // Each its own: no two signs make the same lever.
        expect(levers.size).toBe(asked.length);
        form.remove();
      }
    });

  it("of a deal is one of the levers on deals", () => {
    const places = new Set(DEAL_LEVERS.map((what) => placeOf(deal, what)));
    expect(places.size).toBe(DEAL_LEVERS.length);
    for (const what of DEAL_LEVERS) {
      const input: Input | undefined = inputAt(placeOf(deal, what), [], full);
      expect(input?.name, what).toContain("Acme");
      expect(input?.value !== undefined || (input?.choices?.length ?? 0) > 0, what).toBe(true);
    }
  });
});
