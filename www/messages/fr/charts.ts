import type { charts as english } from "../en/charts.js";

/** French words of the area “charts”. */
export const charts: typeof english = {
  point: "{number} point",
  points: "{number} points",
  month_number: "mois {month}",
  month_number_short: "M{month}",
};
