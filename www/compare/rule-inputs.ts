/** How MEDDIC answers and counted win rates weigh, as inputs of levers. Pure. */
import { CRITERIA } from "../deals/criteria.js";
import type { Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { DEFAULT_CAP, DEFAULT_MULTIPLIER, USUAL_STRENGTH } from "../inputs/specs.js";
import { choiceInput, switchInput } from "./choices.js";
import type { Input } from "./inputs.js";

export function ruleInputs({ open_pipeline: pipeline }: Scenario): Input[] {
  if (!pipeline) return [];
  const section = "open_pipeline" as const;
  const rules = pipeline.meddic ?? {};
  const on = rules.enabled ?? true;
  const number = { section, unit: "plain", plain: true } as const;
  const found = [switchInput("/open_pipeline/meddic/enabled", "deals.meddic_enabled", on, true, false)];
  if (on) {
    found.push(
      ...CRITERIA.map(
        (criterion): Input => ({
          ...number,
          at: `/open_pipeline/meddic/${criterion}`,
          name: t("compare.meddic_multiplier", { criterion: t(`deals.criterion_${criterion}`) }),
          minimum: 1,
          maximum: 10,
          step: 0.1,
          value: rules[criterion] ?? DEFAULT_MULTIPLIER,
        }),
      ),
      {
        ...number,
        at: "/open_pipeline/meddic/maximum_odds_multiplier",
        name: t("deals.cap"),
        minimum: 1,
        maximum: 100,
        step: 1,
        value: rules.maximum_odds_multiplier ?? DEFAULT_CAP,
      },
    );
  }
  // Counts alone are pulled to the pooled rate.
  if (pipeline.stages?.some(({ win_rate: rate }) => typeof rate !== "number")) {
    const at = "/open_pipeline/stage_prior_strength";
    const strength = pipeline.stage_prior_strength;
    found.push(
      strength === undefined
        ? choiceInput(at, t("deals.shrinkage"), null, [
            [null, t("compare.no")],
            [USUAL_STRENGTH, t("compare.yes")],
          ])
        : { ...number, at, name: t("deals.shrinkage"), minimum: 0, maximum: 1e5, step: 5, value: strength },
    );
  }
  return found;
}
