/** What each view adds to a document that has nothing for it yet. */
import { startGrowth } from "../growth/starter.js";
import { startPartners } from "../partners/starter.js";
import type { Recipe } from "../state/store.js";
import type { ViewId } from "./views.js";

export const STARTERS: Readonly<Record<ViewId, Recipe>> = {
  pipeline: (draft) => {
    draft.open_pipeline = { target: 100_000, deals: [] };
  },
  growth: startGrowth,
  partners: startPartners,
  compare: startGrowth,
};
