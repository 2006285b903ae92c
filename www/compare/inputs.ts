/** What a lever can move: the inputs of a document's sections, found by their pointer. Pure. */
import type { Scenario } from "../generated/dealcast.js";
import { growthFields } from "../growth/fields.js";
import { t } from "../i18n.js";
import type { Unit } from "../inputs/number-field.js";
import { entry, isLaw, likelyOf, quantityOf } from "../inputs/quantity.js";
import * as specs from "../inputs/specs.js";
import { PNL_GROUPS, PROGRAMME_GROUPS } from "../partners/fields.js";
import type { Section } from "../views/views.js";

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
  /** Writes what the engine takes where the document says nothing, so that there is something to move. */
  readonly state?: (draft: Scenario) => void;
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

/** Escapes a step of a JSON pointer (RFC 6901). */
function step(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function pipelineInputs(scenario: Scenario): Input[] {
  const pipeline = scenario.open_pipeline;
  if (!pipeline) return [];
  const section = "open_pipeline" as const;
  const numbers = PIPELINE.flatMap((spec): Input[] => {
    const stated = spec.read(scenario) ?? undefined;
    const value = stated ?? spec.fallback;
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
    const { path: at, unit, minimum, maximum, step } = spec;
    return [
      {
        at,
        section,
        name: t(spec.label),
        unit,
        minimum,
        maximum,
        step,
        value,
        plain: true,
        ...(stated === undefined ? { state: (draft: Scenario) => spec.write(draft, value) } : {}),
      },
    ];
  });
  const rate = { section, unit: "percent", minimum: 0.001, maximum: 0.999, step: 0.01 } as const;
  const stages = (pipeline.stages ?? []).map(
    ({ stage, win_rate: given }): Input => ({
      ...rate,
      at: `/open_pipeline/stages/=${step(stage)}/win_rate`,
      name: t("compare.stage_win_rate", { stage }),
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

/** Every input that a lever can move in a document. */
export function inputsOf(scenario: Scenario): Input[] {
  const fields = [
    ...growthFields(scenario),
    ...[...PNL_GROUPS, ...PROGRAMME_GROUPS].flatMap((group) => group.fields),
  ];
  return [
    ...pipelineInputs(scenario),
    ...fields.flatMap((field): Input[] => {
      const section = field.path.split("/")[1] as Section;
      if (!scenario[section]) return [];
      // The team's fields count only where hours do.
      if (field.path.includes("/capacity/") && !scenario.pipeline_generation?.capacity) return [];
      const stated = quantityOf(scenario, field);
      const value = likelyOf(scenario, field);
      if (value === undefined) return [];
      const { path: at, unit, minimum, maximum, step } = field;
      return [
        {
          at,
          section,
          name: t(field.label),
          unit,
          minimum,
          maximum,
          step,
          value,
          plain: !isLaw(stated),
          ...(stated === undefined ? { state: (draft: Scenario) => entry(field).write(draft, value) } : {}),
        },
      ];
    }),
  ];
}

/** The input of a change's pointer. */
export function inputAt(at: string, inputs: readonly Input[]): Input | undefined {
  return inputs.find((input) => input.at === at);
}
