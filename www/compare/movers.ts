/** What a goal seek can move: the trade's usual moves, and every input of the outcome. Pure. */
import type { GoalInput, Outcome, ReadyLever, Scenario } from "../generated/dealcast.js";
import { type Input, inputAt, inputsOf } from "./inputs.js";
import { leverOf, operationOf, readyName, type Scale, type Size, scaleOf } from "./levers.js";
import { sectionsOf } from "./outcomes.js";

/** Something that can be moved to reach a goal. */
export interface Mover {
  readonly id: string;
  readonly name: string;
  readonly changes: GoalInput["changes"];
  readonly input: Input | undefined;
  readonly scale: Scale;
  /** Bounds to begin with, as shown. */
  readonly low: number;
  readonly high: number;
}

/** Ready-made levers of one size, then every input. */
export function moversOf(scenario: Scenario, outcome: Outcome, catalogue: readonly ReadyLever[]): Mover[] {
  const inputs = inputsOf(scenario);
  const mover = (
    id: string,
    name: string,
    size: Size,
    changes: GoalInput["changes"],
    input?: Input,
  ): Mover => {
    const scale = scaleOf(size, input);
    return { id, name, changes, input, scale, low: scale.slider.minimum, high: scale.slider.maximum };
  };
  const ready = catalogue.flatMap((one, at): Mover[] => {
    const [change] = one.changes;
    if (!change || one.changes.some(({ sized }) => !sized)) return [];
    const { operation } = change;
    const input = inputAt(change.at, inputs, scenario);
    const made = mover(
      `ready-${at}`,
      readyName(one),
      { operation, value: one.size.default, changes: [0] },
      one.changes.map(({ at: place }) => ({ at: place, operation })),
      input,
    );
    const ends = [made.scale.shown(one.size.minimum), made.scale.shown(one.size.maximum)];
    return [{ ...made, low: ends[0] ?? made.low, high: ends[1] ?? made.high }];
  });
  const plain = inputs.flatMap((input): Mover[] => {
    const [change] = leverOf(input).changes;
    const found = change && operationOf(change);
    if (!change || !found || typeof found.value !== "number") return [];
    const { operation, value } = found;
    return [
      mover(input.at, input.name, { operation, value, changes: [0] }, [{ at: change.at, operation }], input),
    ];
  });
  const sections = sectionsOf(outcome, scenario);
  // What the outcome does not come from cannot move it.
  const moves = ({ changes }: Mover) => sections.some((section) => changes[0]?.at.startsWith(`/${section}/`));
  return [...ready, ...plain].filter(moves);
}
