/** Steps of JSON pointers (RFC 6901). */
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
