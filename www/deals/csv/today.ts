/** The calendar, as an import needs it. */
import type { Scenario } from "../../generated/dealcast.js";

/** Today where the reader is, YYYY-MM-DD. */
export function today(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Months from year 0 of YYYY-MM(-DD). */
function monthsOf(date: string): number {
  return 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7)) - 1;
}

/** YYYY-MM, so many months after another one. */
export function monthAfter(month: string, by: number): string {
  const months = monthsOf(month) + by;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}`;
}

/** Month 1 of an import: the scenario's while today lies before the end of its window, else the month of today. */
export function startMonthFor(scenario: Scenario | undefined, now: string): string {
  const start = scenario?.start_month;
  const last = scenario?.open_pipeline?.target_window?.last_month ?? 3;
  if (start && /^\d{4}-\d{2}$/.test(start) && monthsOf(now) < monthsOf(start) + last) return start;
  return now.slice(0, 7);
}

/** Months offered as month 1: a year and a half around today, and what is chosen. */
export function startMonths(now: string, chosen: string | undefined): string[] {
  const months = Array.from({ length: 19 }, (_, index) => monthAfter(now.slice(0, 7), index - 12));
  if (chosen && !months.includes(chosen)) months.push(chosen);
  return months.sort();
}
