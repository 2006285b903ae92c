/** Views are read when they are first shown: a reader of one does not wait for the others. */
import { type LATER, loadWords } from "../i18n.js";
import type { ViewId } from "./views.js";

const READ: Record<ViewId, () => Promise<unknown>> = {
  pipeline: () => import("./pipeline.js"),
  growth: () => import("./growth.js"),
  partners: () => import("./partners.js"),
  compare: () => import("./compare.js"),
};
/** The words that each speaks beside those of the first sight; levers may be of any model. */
export const WORDS: Record<ViewId, typeof LATER> = {
  pipeline: [],
  growth: ["growth"],
  partners: ["partners"],
  compare: ["compare", "growth", "partners"],
};
const there = new Set<ViewId>();

/** Whether the elements of a view are defined. */
export function isLoaded(view: ViewId): boolean {
  return there.has(view);
}

export async function loadView(view: ViewId): Promise<void> {
  await Promise.all([READ[view](), loadWords(...WORDS[view])]);
  there.add(view);
}
