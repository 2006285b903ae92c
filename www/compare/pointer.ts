/** Steps of JSON pointers (RFC 6901), and what stands at their ends. */
import type { Section } from "../views/views.js";

export function pointerStep(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function stepName(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The section of a document that a pointer leads into. */
export function sectionOf(path: string): Section {
  return path.split("/")[1] as Section;
}

/** Whether two pieces of a document say the same. */
export function sameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
