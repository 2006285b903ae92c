/** Switches and lists as inputs of levers: what they can be set to. Pure. */
import type { KillRule, QualificationGate, Scenario, Slippage } from "../generated/dealcast.js";
import { canLink, isLinked } from "../growth/links.js";
import { type MessageKey, t } from "../i18n.js";
import { DEFAULT_SLIP_PROBABILITY } from "../inputs/specs.js";
import type { Choice, Input } from "./inputs.js";
import { sameValue, sectionOf } from "./pointer.js";

/** One of a list. */
export function choiceInput(
  at: string,
  name: string,
  present: unknown,
  options: readonly (readonly [value: unknown, name: string])[],
): Input {
  const choices = options.map(
    ([value, words]): Choice => ({ value, name: words, present: sameValue(value, present) }),
  );
  const bounds = { unit: "plain", minimum: 0, maximum: 1, step: 1, value: undefined } as const;
  return { at, section: sectionOf(at), name, ...bounds, plain: true, choices };
}

/** Something that is on or off; what the document says when it is on, when it is off, and now. */
export function switchInput(at: string, label: MessageKey, now: boolean, on: unknown, off: unknown): Input {
  return choiceInput(at, t(label), now ? on : off, [
    [on, t("compare.yes")],
    [off, t("compare.no")],
  ]);
}

/** A rule with an `enabled` of its own; `usual` where the document has none. */
function ruleInput<Rule extends { enabled: boolean }>(
  at: string,
  label: MessageKey,
  rule: Rule | undefined,
  usual: Rule,
): Input {
  const off = rule ? { ...rule, enabled: false } : null;
  return switchInput(at, label, rule?.enabled ?? false, { ...usual, ...rule, enabled: true }, off);
}

export function choiceInputs(scenario: Scenario): Input[] {
  return [
    ...pipelineChoices(scenario),
    ...machineChoices(scenario),
    ...linkChoices(scenario),
    ...partnerChoices(scenario),
  ];
}

/** New customers from the machine's wins, or in numbers of their own: neither stands beside the other. */
function linkChoices(scenario: Scenario): Input[] {
  const { arr_cohorts: arr } = scenario;
  if (!arr || !canLink(scenario, "arr_cohorts")) return [];
  const at = (field: string) => `/arr_cohorts/${field}`;
  const name = t("growth.link_arr_cohorts");
  const from = at("new_customers_from");
  if (isLinked(scenario, "arr_cohorts")) {
    const input = choiceInput(from, name, "pipeline_generation", [[null, t("compare.no")]]);
    return [{ ...input, also: [{ at: at("new_customers_per_month"), multiply: 1 }] }];
  }
  const own = (["new_customers_per_month", "new_customers_monthly_growth", "new_customers_by_month"] as const)
    .filter((field) => arr[field] !== undefined)
    .map((field) => ({ at: at(field), set: null }));
  return [{ ...choiceInput(from, name, null, [["pipeline_generation", t("compare.yes")]]), also: own }];
}

function pipelineChoices(scenario: Scenario): Input[] {
  const pipeline = scenario.open_pipeline;
  if (!pipeline) return [];
  const at = (field: string) => `/open_pipeline/${field}`;
  const { qualification_gate: gate, kill_rule: kill, default_slippage: slippage } = pipeline;
  const stages = (pipeline.stages ?? []).map(({ stage }) => stage);
  const middle = stages[Math.floor(stages.length / 2)];
  const found: Input[] = [];
  if (middle !== undefined) {
    const usual: QualificationGate = { enabled: true, stage: middle };
    found.push(ruleInput(at("qualification_gate"), "app.gate", gate, usual));
  }
  if (gate?.enabled) {
    const choices = stages.map((stage) => [stage, stage] as const);
    found.push(choiceInput(at("qualification_gate/stage"), t("app.gate_stage"), gate.stage, choices));
  }
  found.push(ruleInput<KillRule>(at("kill_rule"), "app.kill_rule", kill, { enabled: true }));
  const usual: Slippage = { distribution: "geometric", monthly_slip_probability: DEFAULT_SLIP_PROBABILITY };
  const law = slippage ?? usual;
  const laws: Slippage[] = [law.distribution === "geometric" ? law : usual, { distribution: "none" }];
  if (law.distribution === "pmf") laws.push(law);
  found.push(
    choiceInput(
      at("default_slippage"),
      t("app.slippage"),
      law,
      laws.map((one) => [one, t(`app.slippage_${one.distribution}`)] as const),
    ),
  );
  if (canLink(scenario, "open_pipeline")) {
    const linked = pipeline.new_deals_from !== undefined;
    found.push(
      switchInput(at("new_deals_from"), "app.link_open_pipeline", linked, "pipeline_generation", null),
    );
  }
  return found;
}

function machineChoices({ pipeline_generation: machine }: Scenario): Input[] {
  if (!machine) return [];
  const at = (field: string) => `/pipeline_generation/${field}`;
  const { capacity } = machine;
  const regimes = machine.regimes ?? [];
  const found = (regimes.length > 0 ? regimes : [undefined]).map((_, index) => {
    // What a period does not state stays as in the one before.
    const rule = regimes.slice(0, index + 1).findLast((one) => one.kill_rule !== undefined)?.kill_rule;
    return ruleInput(at(`regimes/${index}/kill_rule`), "growth.kill_rule", rule, { enabled: true });
  });
  found.push(switchInput(at("capacity"), "growth.capacity", capacity !== undefined, capacity ?? {}, null));
  if (capacity) {
    const replaced = capacity.replace_leavers ?? true;
    found.push(switchInput(at("capacity/replace_leavers"), "growth.replace_leavers", replaced, true, false));
  }
  return found;
}

function partnerChoices({ partner_pnl: plan, partner_vendor_programme: programme }: Scenario): Input[] {
  const found: Input[] = [];
  if (plan) {
    const on = plan.demand_noise === "poisson";
    found.push(switchInput("/partner_pnl/demand_noise", "partners.demand_noise", on, "poisson", "none"));
  }
  if (programme) {
    const on = programme.count_noise === "partner_level";
    const at = "/partner_vendor_programme/count_noise";
    found.push(switchInput(at, "partners.count_noise", on, "partner_level", "none"));
  }
  return found;
}
