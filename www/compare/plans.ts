/** Edits of the plans of a document. Pure recipes on a draft. */
import type { Lever, Plan, Scenario } from "../generated/dealcast.js";

/** Plans of a document; with the base, six scenarios side by side. */
export const MOST_PLANS = 5;

export function plansOf(scenario: Scenario): readonly Plan[] {
  return scenario.plans ?? [];
}

/** A name that no plan has: the wish, or the wish with a number. */
export function freeName(scenario: Scenario, wish: string): string {
  const taken = new Set(plansOf(scenario).map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wish : `${wish} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The first name of a row that no plan has: Plan A, Plan B… */
export function nextName(scenario: Scenario, named: (letter: string) => string): string {
  const taken = new Set(plansOf(scenario).map(({ name }) => name));
  const names = [..."ABCDEFGHIJ"].map(named);
  return names.find((name) => !taken.has(name)) ?? freeName(scenario, named("A"));
}

export function addPlan(draft: Scenario, name: string): void {
  draft.plans = [...plansOf(draft), { name, levers: [] }];
}

export function duplicatePlan(draft: Scenario, place: number, name: string): void {
  const plan = draft.plans?.[place];
  if (plan) draft.plans?.splice(place + 1, 0, { ...(structuredCloneOf(plan) as Plan), name });
}

/** A deep copy of JSON, also of a draft. */
function structuredCloneOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

export function renamePlan(draft: Scenario, place: number, name: string): void {
  const plan = draft.plans?.[place];
  if (!plan) return;
  for (const one of draft.plans ?? []) if (one.of === plan.name) one.of = name;
  plan.name = name;
}

/** Moves a plan one place up (−1) or down (+1). */
export function movePlan(draft: Scenario, place: number, by: -1 | 1): void {
  const plans = [...plansOf(draft)];
  const [plan] = plans.splice(place, 1);
  if (!plan) return;
  plans.splice(Math.max(0, place + by), 0, plan);
  draft.plans = plans;
}

/** Takes a plan out; those that build on it build on what it built on, with its levers as their own first ones. */
export function deletePlan(draft: Scenario, place: number): void {
  const plan = draft.plans?.[place];
  if (!plan) return;
  draft.plans = plansOf(draft).flatMap((one, at) => {
    if (at === place) return [];
    if (one.of !== plan.name) return [one];
    const { of: _, ...rest } = one;
    const own: Plan = { ...rest, levers: [...(structuredCloneOf(plan.levers) as Lever[]), ...one.levers] };
    return [plan.of === undefined ? own : { ...own, of: plan.of }];
  });
}

/** Whether a plan may build on another without going round in a circle. */
export function mayBuildOn(plans: readonly Plan[], place: number, of: string): boolean {
  const own = plans[place]?.name;
  const seen = new Set<string>();
  for (let name: string | undefined = of; name !== undefined && !seen.has(name); ) {
    if (name === own) return false;
    seen.add(name);
    name = plans.find((plan) => plan.name === name)?.of;
  }
  return true;
}

export function buildOn(draft: Scenario, place: number, of: string | undefined): void {
  const plan = draft.plans?.[place];
  if (!plan) return;
  if (of === undefined) delete plan.of;
  else plan.of = of;
}

export function addLever(draft: Scenario, place: number, lever: Lever): void {
  draft.plans?.[place]?.levers.push(lever);
}

/** What a lever sets: a choice of its input. */
export function choose(draft: Scenario, plan: number, lever: number, change: number, value: unknown): void {
  const at = draft.plans?.[plan]?.levers[lever]?.changes[change];
  if (at) at.set = value;
}

export function removeLever(draft: Scenario, place: number, lever: number): void {
  draft.plans?.[place]?.levers.splice(lever, 1);
}

/** The document of a plan in place of the base. The other plans stay; what built on the plan builds on the base now. */
export function asBase(scenario: Scenario, place: number, applied: Scenario): Scenario {
  const made = plansOf(scenario)[place]?.name;
  const rest = plansOf(scenario).flatMap((plan, at): Plan[] => {
    if (at === place) return [];
    const { of, ...own } = plan;
    return [of === undefined || of === made ? own : plan];
  });
  const { plans: _, ...base } = applied;
  return rest.length > 0 ? { ...base, plans: rest } : base;
}
