import type { deals as english } from "../en/deals.js";

/** French words of the area “deals”. */
export const deals: typeof english = {};
