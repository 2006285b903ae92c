import type { charts as english } from "../en/charts.js";

/** French words of the area “charts”. */
export const charts: typeof english = {};
