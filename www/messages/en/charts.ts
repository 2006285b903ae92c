import type { Message } from "../../i18n.js";

/** English words of the area “charts”. */
export const charts = {
  point: "{number} point",
  points: "{number} points",
  month_number: "month {month}",
  month_number_short: "M{month}",
} satisfies Record<string, Message>;
