/** A field's number or distribution as the form shows it, and what its parts write. Pure. */
import type { DistributionObject, Scenario } from "../generated/dealcast.js";
import type { MessageKey } from "../i18n.js";
import type { NumberSpec, Unit } from "./number-field.js";

/** An assumption that may be uncertain: where it stands in the document, its words, unit and bounds. */
export interface Quantifiable {
  /** JSON pointer. */
  readonly path: string;
  readonly label: MessageKey;
  readonly help: MessageKey;
  readonly unit: Unit;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  /** What the engine takes when the document says nothing; absent: nothing at all. */
  readonly fallback?: number;
  /** Whether a distribution may stand in its place. */
  readonly varies: boolean;
  /** Makes room in the document before the first value is written, where the place is inside a list. */
  readonly prepare?: (draft: Scenario) => void;
}

export type Part = "min" | "mode" | "max";
const PARTS: readonly Part[] = ["min", "mode", "max"];
/** Low and high end that a range opens with, as shares of the number. */
const FIRST_RANGE = { min: 0.8, max: 1.25 } as const;

/** How a field is given: one number, a range that the form edits, or another law that it only names. */
export type Shape =
  | { readonly kind: "number" }
  | { readonly kind: "range"; readonly parts: readonly Part[] }
  | { readonly kind: "law"; readonly law: DistributionObject };

export function isLaw(value: unknown): value is DistributionObject {
  return typeof value === "object" && value !== null && "distribution" in value;
}

export function shapeOf(scenario: Scenario, field: Quantifiable): Shape {
  const value = quantityOf(scenario, field);
  if (!isLaw(value)) return { kind: "number" };
  if (value.distribution === "pert" || value.distribution === "triangular")
    return { kind: "range", parts: PARTS };
  if (value.distribution === "uniform") return { kind: "range", parts: ["min", "max"] };
  return { kind: "law", law: value };
}

/** The one number that stands for a field: itself, the likely value or the mean of its law. */
export function likelyOf(
  scenario: Scenario,
  field: Pick<Quantifiable, "path" | "fallback">,
): number | undefined {
  const value = quantityOf(scenario, field);
  if (typeof value === "number") return value;
  if (!isLaw(value)) return field.fallback;
  const { min, mode, max, mean, value: fixed } = value;
  return mode ?? mean ?? fixed ?? (min !== undefined && max !== undefined ? (min + max) / 2 : field.fallback);
}

/** What the document says for a field: a number, a distribution, or nothing. */
export function quantityOf(scenario: Scenario, { path }: Pick<Quantifiable, "path">): unknown {
  return steps(path).reduce<unknown>((at, step) => (at as Node | undefined)?.[step], scenario);
}

type Node = Record<string, unknown>;

function steps(path: string): string[] {
  return path.split("/").slice(1);
}

/** Sets a field, or takes it out of the document. Its section must be there; objects inside it are made. */
export function write(scenario: Scenario, field: Quantifiable, value: unknown): void {
  field.prepare?.(scenario);
  const [section = "", ...rest] = steps(field.path);
  const name = rest.pop();
  let at = (scenario as unknown as Node)[section] as Node | undefined;
  if (!at || name === undefined) throw new Error(`the scenario has no ${section}`);
  for (const step of rest) {
    at[step] ??= {};
    at = at[step] as Node;
  }
  if (value === undefined) delete at[name];
  else at[name] = value;
}

/** A range around the number, inside the field's bounds. */
export function widen(scenario: Scenario, field: Quantifiable): void {
  const mode = likelyOf(scenario, field) ?? 0;
  const tidy = (value: number) =>
    Number(Math.min(field.maximum, Math.max(field.minimum, value)).toPrecision(3));
  const [min, max] = [tidy(mode * FIRST_RANGE.min), tidy(mode * FIRST_RANGE.max)];
  const zero = min === max;
  write(scenario, field, { distribution: "pert", min, mode, max: zero ? min + field.step : max });
}

/** One number again: the likely one. */
export function narrow(scenario: Scenario, field: Quantifiable): void {
  write(scenario, field, likelyOf(scenario, field));
}

const LABELS: Readonly<Record<Part, MessageKey>> = {
  min: "app.low_value",
  mode: "app.likely_value",
  max: "app.high_value",
};

/** The entry of a field's number, or of one part of its range. */
export function entry(field: Quantifiable, part?: Part): NumberSpec {
  const { unit, minimum, maximum, step, fallback } = field;
  const shared = { unit, minimum, maximum, step };
  if (!part) {
    return {
      ...shared,
      path: field.path,
      label: field.label,
      help: field.help,
      lever: true,
      ...(fallback === undefined ? { optional: true } : { fallback }),
      read: (scenario) => {
        const value = quantityOf(scenario, field);
        return typeof value === "number" ? value : undefined;
      },
      write: (scenario, value) => write(scenario, field, value),
    };
  }
  return {
    ...shared,
    path: `${field.path}/${part}`,
    label: LABELS[part],
    read: (scenario) => {
      const value = quantityOf(scenario, field);
      return isLaw(value) ? value[part] : undefined;
    },
    write: (scenario, value) => {
      const law = quantityOf(scenario, field);
      if (isLaw(law) && value !== undefined) write(scenario, field, { ...law, [part]: value });
    },
  };
}
