/** Which module a call needs: that of the open pipeline does its forecasts, the whole one all else. */
import type { Call, CallName, Extent } from "./protocol.js";

/** All that a document may hold for the smaller module. */
const KNOWN: ReadonlySet<string> = new Set([
  "schema",
  "title",
  "notes",
  "currency",
  "start_month",
  "seed",
  "trials",
  "stop_at_half_width",
  "open_pipeline",
]);
/** Calls that it answers. */
const ANSWERED: ReadonlySet<CallName> = new Set<CallName>([
  "checkScenario",
  "newSeed",
  "plan",
  "preview",
  "readScenarioText",
  "report",
  "simulate",
]);

export function extentOf({ name, args: [first] }: Pick<Call, "name" | "args">): Extent {
  if (!ANSWERED.has(name)) return "whole";
  if (name === "newSeed") return "pipeline";
  const document = name === "readScenarioText" ? parsed(String(first)) : first;
  // What is no document is refused alike by both.
  if (typeof document !== "object" || document === null || Array.isArray(document)) return "pipeline";
  return Object.keys(document).every((key) => KNOWN.has(key)) ? "pipeline" : "whole";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
