/** Views are read when they are first shown: a reader of one does not wait for the others. */
import type { ViewId } from "./views.js";

const READ: Record<ViewId, () => Promise<unknown>> = {
  pipeline: () => import("./pipeline.js"),
  growth: () => import("./growth.js"),
  partners: () => import("./partners.js"),
  compare: () => import("./compare.js"),
};
const there = new Set<ViewId>();

/** Whether the elements of a view are defined. */
export function isLoaded(view: ViewId): boolean {
  return there.has(view);
}

export async function loadView(view: ViewId): Promise<void> {
  await READ[view]();
  there.add(view);
}
