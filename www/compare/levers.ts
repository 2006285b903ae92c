/** Levers as the page shows them: sizes with bounds and units, and what moving them writes. Pure. */
import type { Change, Lever, ReadyLever, Scenario } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import type { NumberSpec, Unit } from "../inputs/number-field.js";
import type { Input } from "./inputs.js";

export type Operation = "set" | "multiply" | "add" | "log_odds";
const OPERATIONS: readonly Operation[] = ["multiply", "add", "log_odds", "set"];

/** What a change does, and by how much; absent where it does nothing known. */
export function operationOf(change: Change): { operation: Operation; value: unknown } | undefined {
  const operation = OPERATIONS.find(
    (name) => change[name] !== undefined && (name === "set" || change[name] !== null),
  );
  return operation && { operation, value: change[operation] };
}

/** One number that sizes a lever: changes that do the same by the same amount move together. */
export interface Size {
  readonly operation: Operation;
  readonly value: number;
  /** Places of its changes in the lever. */
  readonly changes: readonly number[];
}

/** The sizes of a lever; changes that set no number have none. */
export function sizesOf(lever: Lever): Size[] {
  const sizes = lever.changes.flatMap((change, place): Size[] => {
    const found = operationOf(change);
    return found && typeof found.value === "number"
      ? [{ operation: found.operation, value: found.value, changes: [place] }]
      : [];
  });
  const [first] = sizes;
  const together =
    first &&
    sizes.length > 1 &&
    first.operation !== "set" &&
    sizes.every(({ operation, value }) => operation === first.operation && value === first.value);
  return together ? [{ ...first, changes: sizes.flatMap(({ changes }) => changes) }] : sizes;
}

/** The lever that an input becomes: as it is until it is moved; a switch is turned. */
export function leverOf(input: Input): Lever {
  const other = input.choices?.find(({ present }) => !present);
  if (other)
    return { name: input.name, changes: [{ at: input.at, set: other.value }, ...(input.also ?? [])] };
  const change: Change =
    input.plain && input.value !== undefined
      ? { at: input.at, set: input.value }
      : // An uncertain input moves with its whole range; shares stay between 0 and 1.
        /\/win_(rate|probability)$/.test(input.at)
        ? { at: input.at, log_odds: 0 }
        : { at: input.at, multiply: 1 };
  return { name: input.name, changes: [change] };
}

/** A ready-made lever as a lever of a plan. */
export function leverOfReady(ready: ReadyLever): Lever {
  return {
    name: readyName(ready),
    changes: ready.changes.map(({ at, operation, value }) => ({ at, [operation]: value }) as Change),
  };
}

export function readyName({ lever, subject }: ReadyLever): string {
  return t(`compare.ready_${lever}`, { stage: subject ?? "" });
}

/** The ready-made lever that a lever was made from: the one with the same changes, whatever its size. */
export function readyOf(lever: Lever, catalogue: readonly ReadyLever[]): ReadyLever | undefined {
  return catalogue.find(
    ({ changes }) =>
      changes.length === lever.changes.length &&
      changes.every(({ at, operation }, place) => {
        const own = lever.changes[place];
        return own?.at === at && operationOf(own)?.operation === operation;
      }),
  );
}

export interface Scale {
  readonly label: MessageKey;
  readonly unit: Unit;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly slider: { readonly minimum: number; readonly maximum: number };
  /** From the document's number to the shown one, and back. */
  readonly shown: (value: number) => number;
  readonly stored: (shown: number) => number;
}

const same = (value: number) => value;
const tidy = (value: number) => Number(value.toPrecision(10));

/** How a size is shown and bounded. */
export function scaleOf({ operation, value }: Size, input: Input | undefined): Scale {
  switch (operation) {
    case "multiply":
      return {
        label: "compare.size_multiply",
        unit: "percent",
        minimum: -1,
        maximum: 99,
        step: 0.01,
        slider: { minimum: Math.min(-0.5, tidy(value - 1)), maximum: Math.max(1, tidy(value - 1)) },
        shown: (factor) => tidy(factor - 1),
        stored: (change) => tidy(1 + change),
      };
    case "log_odds":
      return {
        label: "compare.size_odds",
        unit: "plain",
        minimum: 0.01,
        maximum: 100,
        step: 0.05,
        slider: { minimum: 0.25, maximum: Math.max(4, tidy(Math.exp(value))) },
        shown: (shift) => Number(Math.exp(shift).toPrecision(3)),
        stored: (factor) => Math.log(factor),
      };
    case "add": {
      const unit = input?.unit ?? "plain";
      const step = input?.step ?? 1;
      const reach = Math.max(
        Math.abs(value),
        unit === "percent" ? 0.5 : Math.max(Math.abs(input?.value ?? 0), 10 * step),
      );
      return {
        label: unit === "percent" ? "compare.size_points" : "compare.size_add",
        unit,
        minimum: -1e12,
        maximum: 1e12,
        step,
        slider: { minimum: -reach, maximum: reach },
        shown: same,
        stored: same,
      };
    }
    case "set": {
      const { unit = "plain", minimum = -1e12, maximum = 1e12, step = 1 } = input ?? {};
      return {
        label: "compare.size_set",
        unit,
        minimum,
        maximum,
        step,
        slider: around(value, input),
        shown: same,
        stored: same,
      };
    }
  }
}

/** A range for the hand: all of it where it is short, else from a quarter to two and a half times the number. */
function around(value: number, input: Input | undefined): { minimum: number; maximum: number } {
  const { minimum = 0, maximum = 2 * Math.abs(value) || 1, step = 1 } = input ?? {};
  if (maximum - minimum <= 100 * step) return { minimum, maximum };
  const base = input?.value ?? value;
  const [low, high] = base < 0 ? [2.5 * base, 0.25 * base] : [0.25 * base, 2.5 * base];
  const near = (bound: number) => Math.round(bound / step) * step;
  const span =
    base === 0 ? { low: minimum, high: minimum + 100 * step } : { low: near(low), high: near(high) };
  return {
    minimum: tidy(Math.min(value, Math.max(minimum, span.low))),
    maximum: tidy(Math.max(value, Math.min(maximum, span.high))),
  };
}

/** The entry of a size: number, slider, and what they write. */
export function sizeSpec(
  plan: number,
  lever: number,
  size: Size,
  input: Input | undefined,
  ready?: ReadyLever,
): NumberSpec {
  const place = size.changes[0] ?? 0;
  const scale = scaleOf(size, input);
  const { label, unit, minimum, maximum, shown, stored } = scale;
  // A ready-made lever brings the range that makes sense for it.
  const sized = ready?.changes[place]?.sized ? ready.size : undefined;
  const ends = [sized?.minimum, sized?.maximum, size.value].map((end) =>
    end === undefined ? undefined : shown(end),
  );
  const [low, high, own] = ends;
  const slider =
    low === undefined || high === undefined || own === undefined
      ? scale.slider
      : { minimum: Math.min(low, own), maximum: Math.max(high, own) };
  const step = sized?.whole ? 1 : scale.step;
  const { operation, changes } = size;
  return {
    path: `/plans/${plan}/levers/${lever}/changes/${place}/${operation}`,
    label,
    unit,
    minimum,
    maximum,
    step,
    slider,
    read: (scenario) => {
      const value = changeAt(scenario, plan, lever, place)?.[operation];
      return typeof value === "number" ? shown(value) : undefined;
    },
    write: (draft, value) => {
      if (value === undefined) return;
      for (const one of changes) {
        const change = changeAt(draft, plan, lever, one);
        if (change) change[operation] = stored(value);
      }
    },
  };
}

function changeAt(scenario: Scenario, plan: number, lever: number, change: number): Change | undefined {
  return scenario.plans?.[plan]?.levers[lever]?.changes[change];
}

/** The entry of what a lever costs. */
export function costSpec(plan: number, lever: number): NumberSpec {
  return {
    path: `/plans/${plan}/levers/${lever}/cost`,
    label: "compare.cost",
    unit: "money",
    minimum: 0,
    maximum: 1e12,
    step: 1_000,
    optional: true,
    read: (scenario) => scenario.plans?.[plan]?.levers[lever]?.cost,
    write: (draft, value) => {
      const at = draft.plans?.[plan]?.levers[lever];
      if (!at) return;
      if (value === undefined) delete at.cost;
      else at.cost = value;
    },
  };
}
