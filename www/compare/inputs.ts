/** What a lever can move: the inputs of a document's sections, found by their pointer. Pure. */
import type { Change, Scenario } from "../generated/dealcast.js";
import { growthFieldAt, growthFields } from "../growth/fields.js";
import { locale, type MessageKey, t } from "../i18n.js";
import type { NumberSpec, Unit } from "../inputs/number-field.js";
import { isLaw, likelyOf, quantityOf } from "../inputs/quantity.js";
import * as specs from "../inputs/specs.js";
import { PNL_GROUPS, PROGRAMME_GROUPS, fieldAt as partnerFieldAt } from "../partners/fields.js";
import type { Section } from "../views/views.js";
import { choiceInputs } from "./choices.js";
import { allDealsInput, dealInput } from "./deal-inputs.js";
import { pointerStep, sectionOf } from "./pointer.js";
import { ruleInputs } from "./rule-inputs.js";
import { timeInputs } from "./time-inputs.js";

/** An input that a lever can move. */
export interface Input {
  /** Pointer of a change. */
  readonly at: string;
  readonly section: Section;
  readonly name: string;
  readonly unit: Unit;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  /** What the document says, or the engine takes: a number; its likely value where it is uncertain. */
  readonly value: number | undefined;
  /** Whether it is one number, which a lever can replace; else it can only be shifted. */
  readonly plain: boolean;
  /** What it can be set to, where it is no number. */
  readonly choices?: readonly Choice[];
  /** Changes that a lever on it makes besides. */
  readonly also?: readonly Change[];
}

/** One of the values of a switch or a list. */
export interface Choice {
  /** As the document states it; null: the field is taken out. */
  readonly value: unknown;
  readonly name: string;
  /** Whether the document says so. */
  readonly present: boolean;
}

const PIPELINE = [
  specs.TARGET,
  specs.ALREADY_WON,
  specs.CORRELATION,
  specs.SLIP_PROBABILITY,
  specs.LOADING,
  specs.AMOUNT_LOW,
  specs.AMOUNT_HIGH,
  specs.GATE_SCORE,
  specs.KILL_SCORE,
  specs.KILL_AGE,
  specs.HORIZON,
] as const;

/** What a number is a part of, where its own words do not say. */
const GROUPS: ReadonlyMap<string, MessageKey> = new Map([
  [specs.AMOUNT_LOW.path, "app.amount_range"],
  [specs.AMOUNT_HIGH.path, "app.amount_range"],
  [specs.GATE_SCORE.path, "app.gate"],
  [specs.KILL_SCORE.path, "app.kill_rule"],
  [specs.KILL_AGE.path, "app.kill_rule"],
]);

type Offered = Pick<NumberSpec, "path" | "label" | "unit" | "minimum" | "maximum" | "step">;

function nameOf({ path, label }: Pick<Offered, "path" | "label">): string {
  const whole = GROUPS.get(path);
  return whole ? t("compare.part_of", { whole: t(whole), part: t(label) }) : t(label);
}

/** A field of a form as an input. */
function inputOf(field: Offered, value: number, plain: boolean): Input {
  const { path: at, unit, minimum, maximum, step } = field;
  return { at, section: sectionOf(at), name: nameOf(field), unit, minimum, maximum, step, value, plain };
}

function pipelineInputs(scenario: Scenario): Input[] {
  const pipeline = scenario.open_pipeline;
  if (!pipeline) return [];
  const section = "open_pipeline" as const;
  const numbers = PIPELINE.flatMap((spec): Input[] => {
    const value = spec.read(scenario) ?? spec.fallback;
    const rule = /\/(qualification_gate|kill_rule)\//.exec(spec.path)?.[1] as
      | "qualification_gate"
      | "kill_rule"
      | undefined;
    if (value === undefined || (rule && !pipeline[rule])) return [];
    // Months late as a table: there is no one probability to move.
    if (
      spec === specs.SLIP_PROBABILITY &&
      (pipeline.default_slippage?.distribution ?? "geometric") !== "geometric"
    )
      return [];
    return [inputOf(spec, value, true)];
  });
  const rate = { section, unit: "percent", minimum: 0.001, maximum: 0.999, step: 0.01 } as const;
  const stages = (pipeline.stages ?? []).map(
    ({ stage, win_rate: given }): Input => ({
      ...rate,
      at: `/open_pipeline/stages/=${pointerStep(stage)}/win_rate`,
      name: t("app.stage_win_rate", { stage }),
      value: typeof given === "number" ? given : given && (given.won + 0.5) / (given.closed + 1),
      plain: typeof given === "number",
    }),
  );
  const all = "/open_pipeline/deals/*" as const;
  const deals: Input[] =
    pipeline.deals.length === 0
      ? []
      : [
          ...(pipeline.deals.some(({ win_probability: own }) => own != null)
            ? [
                {
                  ...rate,
                  at: `${all}/win_probability`,
                  name: t("compare.all_win_rates"),
                  value: undefined,
                  plain: false,
                },
              ]
            : []),
          {
            ...rate,
            at: `${all}/amount`,
            name: t("compare.all_amounts"),
            unit: "money",
            maximum: 1e12,
            value: undefined,
            plain: false,
          },
        ];
  return [...stages, ...deals, ...numbers];
}

/** Whether a field has no part in a document as it is given: what it goes with is absent. */
function idle(path: string, { pipeline_generation: machine, arr_cohorts: arr }: Scenario): boolean {
  if (path.includes("/capacity/")) return !machine?.capacity;
  const regime = /\/regimes\/(\d+)\/kill_rule\//.exec(path)?.[1];
  if (regime !== undefined) return !machine?.regimes?.[Number(regime)]?.kill_rule;
  if (path.startsWith("/arr_cohorts/new_customers_"))
    return arr?.new_customers_by_month !== undefined || arr?.new_customers_from !== undefined;
  const budget = arr?.sales_marketing_cost_per_month !== undefined;
  if (path === "/arr_cohorts/cac") return budget;
  if (path === "/arr_cohorts/sales_marketing_monthly_growth") return !budget;
  return false;
}

/** What inputs depend on: while a lever is dragged, none of it changes. */
type Source = readonly [locale: string, ...sections: unknown[]];
let known: { readonly source: Source; readonly inputs: readonly Input[] } | undefined;

/** Every input that a lever can move in a document. */
export function inputsOf(scenario: Scenario): readonly Input[] {
  const { open_pipeline, pipeline_generation, arr_cohorts, partner_pnl, partner_vendor_programme } = scenario;
  const source: Source = [
    locale(),
    open_pipeline,
    pipeline_generation,
    arr_cohorts,
    partner_pnl,
    partner_vendor_programme,
  ];
  if (!known?.source.every((one, place) => one === source[place]))
    known = { source, inputs: listed(scenario) };
  return known.inputs;
}

function listed(scenario: Scenario): Input[] {
  const fields = [
    ...growthFields(scenario),
    ...[...PNL_GROUPS, ...PROGRAMME_GROUPS].flatMap((group) => group.fields),
  ];
  return [
    ...pipelineInputs(scenario),
    ...fields.flatMap((field): Input[] => {
      if (!scenario[sectionOf(field.path)] || idle(field.path, scenario)) return [];
      const stated = quantityOf(scenario, field);
      const value = likelyOf(scenario, field);
      if (value === undefined) return [];
      return [inputOf(field, value, !isLaw(stated))];
    }),
    ...choiceInputs(scenario),
    ...ruleInputs(scenario),
    ...timeInputs(scenario),
    ...listInputs(scenario),
  ];
}

/** Numbers that the file gives month by month: they move together. */
function listInputs({ arr_cohorts: arr }: Scenario): Input[] {
  if (!arr?.new_customers_by_month?.length) return [];
  const at = "/arr_cohorts/new_customers_by_month/*";
  const bounds = { unit: "per_month", minimum: 0, maximum: 1e7, step: 1 } as const;
  const name = t("growth.new_customers_per_month");
  return [{ at, section: "arr_cohorts", name, ...bounds, value: undefined, plain: false }];
}

/** Inputs by their pointers, also those that are not offered: rules as a whole, all stages, what is not stated yet. */
export function inputAt(at: string, inputs: readonly Input[], scenario: Scenario): Input | undefined {
  const offered = inputs.find((input) => input.at === at) ?? dealInput(at, scenario);
  if (offered) return offered;
  const section = sectionOf(at);
  const base = { at, section, value: undefined, plain: false } as const;
  const whole = WHOLE[at];
  if (whole) return { ...base, name: t(whole), unit: "plain", minimum: 0, maximum: 1, step: 1 };
  const share = { ...base, unit: "percent", minimum: 0.001, maximum: 0.999, step: 0.01 } as const;
  if (at === "/open_pipeline/stages/*/win_rate") return { ...share, name: t("compare.all_stage_rates") };
  if (at === "/open_pipeline/deals/*/win_probability") return { ...share, name: t("compare.all_win_rates") };
  if (at === "/open_pipeline/deals/*/expected_close_month")
    return {
      ...base,
      name: t("compare.all_close_months"),
      unit: "months",
      minimum: 1,
      maximum: 120,
      step: 1,
    };
  const ofAll = at.endsWith("/monthly_slip_probability") ? undefined : allDealsInput(at);
  if (ofAll) return ofAll;
  const own = at.includes("/deals/*/slippage/");
  const pipeline = at.replace("/deals/*/slippage/", "/default_slippage/");
  // What holds in every period is worded as in the first.
  const first = at.replace("/regimes/*/", "/regimes/0/");
  const spec = PIPELINE.find(({ path }) => path === pipeline);
  const field = spec ?? growthFieldAt(first, scenario) ?? partnerFieldAt(first);
  if (!field || (field.path !== first && field !== spec)) return undefined;
  const { unit, minimum, maximum, step } = field;
  const name = own ? t("compare.own_slippage", { name: nameOf(field) }) : nameOf(field);
  return { ...base, name, unit, minimum, maximum, step, value: likelyOf(scenario, field) };
}

const WHOLE: Readonly<Record<string, MessageKey>> = {
  "/open_pipeline/qualification_gate": "app.gate",
  "/open_pipeline/kill_rule": "app.kill_rule",
  "/open_pipeline/default_slippage": "app.slippage",
  "/pipeline_generation/regimes/*/kill_rule": "growth.group_kill_rule",
};
