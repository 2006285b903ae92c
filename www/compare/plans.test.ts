import { describe, expect, it } from "vitest";
import type { Plan, ReadyLever, Scenario } from "../generated/dealcast.js";
import { produce } from "../state/produce.js";
import type { DealLever } from "./deal-inputs.js";
import { dealsLever } from "./deal-levers.js";
import { inputAt, inputsOf } from "./inputs.js";
import { leverOf, leverOfReady, readyOf, sizeSpec, sizesOf } from "./levers.js";
import {
  addLever,
  addPlan,
  asBase,
  buildOn,
  deletePlan,
  duplicatePlan,
  mayBuildOn,
  movePlan,
  nextName,
  renamePlan,
} from "./plans.js";
import { changeText } from "./words.js";

const lever = (name: string) => ({ name, changes: [{ at: "/open_pipeline/target", multiply: 1.1 }] });
const plans: Plan[] = [
  { name: "Plan A", levers: [lever("a")] },
  { name: "Plan B", of: "Plan A", levers: [lever("b")] },
  { name: "Plan C", of: "Plan B", levers: [] },
];
const scenario: Scenario = {
  schema: "dealcast/1",
  open_pipeline: {
    target: 100,
    stages: [
      { stage: "Demo", win_rate: 0.3 },
      { stage: "Offer/2", win_rate: { won: 6, closed: 10 } },
    ],
    deals: [],
  },
  plans,
};
const names = ({ plans: all }: Scenario) =>
  (all ?? []).map(({ name, of }) => (of ? `${name} < ${of}` : name));

describe("plans", () => {
  it("are added with the next free letter, and never above what they share a name with", () => {
    expect(nextName(scenario, (letter) => `Plan ${letter}`)).toBe("Plan D");
    expect(nextName({ ...scenario, plans: plans.slice(1) }, (letter) => `Plan ${letter}`)).toBe("Plan A");
    expect(names(produce(scenario, (draft) => addPlan(draft, "X")))).toHaveLength(4);
    expect(names(produce({ schema: "dealcast/1" } as Scenario, (draft) => addPlan(draft, "X")))).toEqual([
      "X",
    ]);
  });

  it("stay tied to what builds on them when they are renamed", () => {
    expect(names(produce(scenario, (draft) => renamePlan(draft, 0, "Z")))).toEqual([
      "Z",
      "Plan B < Z",
      "Plan C < Plan B",
    ]);
  });

  it("leave their levers to what builds on them when they are deleted", () => {
    const without = produce(scenario, (draft) => deletePlan(draft, 1));
    expect(names(without)).toEqual(["Plan A", "Plan C < Plan A"]);
    expect(without.plans?.[1]?.levers.map(({ name }) => name)).toEqual(["b"]);
    expect(names(produce(scenario, (draft) => deletePlan(draft, 0)))).toEqual(["Plan B", "Plan C < Plan B"]);
  });

  it("are copies of their own, and move", () => {
    const copied = produce(scenario, (draft) => duplicatePlan(draft, 0, "Copy"));
    expect(names(copied)).toEqual(["Plan A", "Copy", "Plan B < Plan A", "Plan C < Plan B"]);
    const moved = produce(copied, (draft) => {
      const change = draft.plans?.[1]?.levers[0]?.changes[0];
      if (change) change.multiply = 2;
    });
    expect(moved.plans?.[0]?.levers[0]?.changes[0]?.multiply).toBe(1.1);
    expect(names(produce(scenario, (draft) => movePlan(draft, 2, -1)))).toEqual([
      "Plan A",
      "Plan C < Plan B",
      "Plan B < Plan A",
    ]);
  });

  it("build on each other, never in a circle", () => {
    expect(mayBuildOn(plans, 0, "Plan C")).toBe(false);
    expect(mayBuildOn(plans, 2, "Plan A")).toBe(true);
    expect(names(produce(scenario, (draft) => buildOn(draft, 1, undefined)))[1]).toBe("Plan B");
  });

  it("become the base: what built on them builds on the base", () => {
    const applied: Scenario = { schema: "dealcast/1", open_pipeline: { target: 110, deals: [] } };
    const based = asBase(scenario, 0, applied);
    expect(based.open_pipeline?.target).toBe(110);
    expect(names(based)).toEqual(["Plan B", "Plan C < Plan B"]);
    expect(asBase({ ...scenario, plans: plans.slice(0, 1) }, 0, applied)).not.toHaveProperty("plans");
  });
});

describe("levers", () => {
  const inputs = inputsOf(scenario);

  it("replace a plain number, and shift what is uncertain", () => {
    const rate = inputAt("/open_pipeline/stages/=Demo/win_rate", inputs, scenario);
    const counts = inputAt("/open_pipeline/stages/=Offer~12/win_rate", inputs, scenario);
    expect(rate && leverOf(rate).changes).toEqual([{ at: rate?.at, set: 0.3 }]);
    expect(counts && leverOf(counts).changes).toEqual([{ at: counts?.at, log_odds: 0 }]);
    const uncertain: Scenario = {
      schema: "dealcast/1",
      partner_pnl: { average_deal: { distribution: "pert", min: 20_000, mode: 30_000, max: 40_000 } },
    };
    const amount = inputAt("/partner_pnl/average_deal", inputsOf(uncertain), uncertain);
    expect(amount && leverOf(amount).changes).toEqual([{ at: amount?.at, multiply: 1 }]);
  });

  it("leave the base alone where it leaves an input to the engine", () => {
    const input = inputAt("/open_pipeline/latent_correlation", inputs, scenario);
    const next = input && produce(scenario, (draft) => addLever(draft, 2, leverOf(input)));
    expect(next?.open_pipeline).toEqual(scenario.open_pipeline);
    expect(next?.plans?.[2]?.levers[0]?.changes).toEqual([
      { at: "/open_pipeline/latent_correlation", set: 0.1 },
    ]);
    expect(inputs.map(({ at }) => at)).not.toContain("/open_pipeline/kill_rule/minimum_score");
    expect(inputs.some(({ section }) => section !== "open_pipeline")).toBe(false);
  });

  it("are sized by one number where their changes do the same by the same amount", () => {
    const shift = (at: string, multiply: number) => ({ at, multiply });
    expect(sizesOf({ name: "x", changes: [shift("/a", 0.9), shift("/b", 0.9)] })).toEqual([
      { operation: "multiply", value: 0.9, changes: [0, 1] },
    ]);
    expect(sizesOf({ name: "x", changes: [shift("/a", 0.9), shift("/b", 0.8)] })).toHaveLength(2);
    expect(
      sizesOf({
        name: "x",
        changes: [
          { at: "/a", set: true },
          { at: "/b", set: { x: 1 } },
        ],
      }),
    ).toEqual([]);
  });

  it("write the shown size as the document has it, in all their changes", () => {
    const changes = [
      { at: "/open_pipeline/target", multiply: 0.9 },
      { at: "/open_pipeline/already_won", multiply: 0.9 },
    ];
    const made: Scenario = { ...scenario, plans: [{ name: "P", levers: [{ name: "x", changes }] }] };
    const own = made.plans?.[0]?.levers[0];
    const [size] = own ? sizesOf(own) : [];
    if (!own || !size) throw new Error("no size");
    const spec = sizeSpec(0, 0, size, inputAt(changes[0]?.at ?? "", inputs, scenario));
    expect(spec.read(made)).toBe(-0.1);
    const next = produce(made, (draft) => spec.write(draft, 0.25));
    expect(next.plans?.[0]?.levers[0]?.changes.map(({ multiply }) => multiply)).toEqual([1.25, 1.25]);
  });

  it("of the trade are found again by what they change, and bring their range", () => {
    const ready: ReadyLever = {
      lever: "shorter_cycle",
      section: "pipeline_generation",
      subject: undefined,
      changes: ["win", "loss"].map((end) => ({
        at: `/pipeline_generation/regimes/*/months_to_${end}/mean_days`,
        operation: "multiply",
        value: 0.625,
        sized: true,
      })),
      size: { default: 0.625, minimum: 0.2, maximum: 2, whole: false, unit: "factor" },
      source: "published_case",
    };
    const made = leverOfReady(ready);
    expect(readyOf(made, [ready])).toBe(ready);
    expect(readyOf({ ...made, changes: made.changes.slice(1) }, [ready])).toBeUndefined();
    const [size] = sizesOf(made);
    if (!size) throw new Error("no size");
    const machine: Scenario = { schema: "dealcast/1", pipeline_generation: { regimes: [{ from_month: 1 }] } };
    const input = inputAt(made.changes[0]?.at ?? "", inputsOf(machine), machine);
    expect(input?.unit).toBe("days");
    expect(sizeSpec(0, 0, size, input, ready).slider).toEqual({ minimum: -0.8, maximum: 1 });
  });
});

describe("levers that are no number", () => {
  const gate = { enabled: true, stage: "Demo", minimum_score: 5 };
  const made: Scenario = {
    ...scenario,
    open_pipeline: {
      target: 100,
      stages: scenario.open_pipeline?.stages ?? [],
      qualification_gate: gate,
      new_deals_from: "pipeline_generation",
      deals: [
        { deal_id: "a/1", name: "Acme", amount: 10, stage: "Demo", expected_close_month: 2 },
        { deal_id: "b", amount: 20, win_probability: 0.4, expected_close_month: 1 },
      ],
    },
    pipeline_generation: {
      regimes: [{ from_month: 1 }, { from_month: 7, kill_rule: { enabled: true } }],
      capacity: { hires: [{ month: 4, count: 2 }] },
    },
    partner_pnl: { demand_noise: "poisson" },
  };
  const inputs = inputsOf(made);
  const at = (path: string) => inputs.find((input) => input.at === path);
  const turned = (path: string) => {
    const input = at(path);
    return input && leverOf(input).changes[0]?.set;
  };

  it("turn a switch, and keep what goes with it", () => {
    expect(turned("/open_pipeline/qualification_gate")).toEqual({ ...gate, enabled: false });
    expect(turned("/open_pipeline/kill_rule")).toEqual({ enabled: true });
    expect(turned("/open_pipeline/new_deals_from")).toBeNull();
    expect(turned("/pipeline_generation/regimes/0/kill_rule")).toEqual({ enabled: true });
    expect(turned("/pipeline_generation/regimes/1/kill_rule")).toEqual({ enabled: false });
    expect(turned("/pipeline_generation/capacity")).toBeNull();
    expect(turned("/pipeline_generation/capacity/replace_leavers")).toBe(false);
    expect(turned("/partner_pnl/demand_noise")).toBe("none");
  });

  it("take another of a list", () => {
    expect(turned("/open_pipeline/qualification_gate/stage")).toBe("Offer/2");
    expect(turned("/open_pipeline/default_slippage")).toEqual({ distribution: "none" });
  });

  it("are hires and changes in time too", () => {
    expect(at("/pipeline_generation/capacity/hires/0/count")?.value).toBe(2);
    expect(at("/pipeline_generation/capacity/hires/0/month")?.value).toBe(4);
    expect(at("/pipeline_generation/regimes/1/from_month")?.value).toBe(7);
  });

  it("are deals, without their names in the name of the lever", () => {
    const deals = made.open_pipeline?.deals ?? [];
    const lever = (what: DealLever) => dealsLever(what, deals, made);
    expect(lever("amount")).toEqual({
      name: "Amount of 2 deals",
      changes: [
        { at: "/open_pipeline/deals/=a~11/amount", multiply: 1 },
        { at: "/open_pipeline/deals/=b/amount", multiply: 1 },
      ],
    });
    // A chance of its own moves; a stage moves where it counts.
    expect(lever("win_probability").changes).toEqual([
      { at: "/open_pipeline/deals/=b/win_probability", log_odds: 0 },
    ]);
    expect(lever("stage").changes).toEqual([{ at: "/open_pipeline/deals/=a~11/stage", set: "Offer/2" }]);
    expect(lever("expected_close_month").changes.map(({ add }) => add)).toEqual([0, 0]);
    const [out] = lever("left_out").changes;
    expect(out).toEqual({ at: "/open_pipeline/deals/=a~11", set: null });
    expect(changeText(out, inputs, made)).toBe("Acme: left out");
    expect(changeText(lever("stage").changes[0], inputs, made)).toBe("Stage, Acme: Offer/2");
    expect(inputAt("/open_pipeline/deals/=gone/amount", inputs, made)).toBeUndefined();
    const all = { at: "/open_pipeline/deals/*/meddic/champion", set: "yes" };
    expect(changeText(all, inputs, made)).toBe("MEDDIC: Champion, all deals: Yes");
  });
});
