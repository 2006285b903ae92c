/** What scenarios can be compared on: the outcomes of the sections that a document has. Pure. */
import { decimal, exactMoney, money, monthName } from "../format.js";
import type { Comparison, Outcome, Scenario } from "../generated/dealcast.js";
import { isLinked, LINKS } from "../growth/links.js";
import { t } from "../i18n.js";
import type { Section } from "../views/views.js";

/** What an outcome is counted in. */
export type Kind = "money" | "count" | "month";

interface Known {
  readonly id: Outcome;
  readonly kind: Kind;
  /** All of them are needed. */
  readonly sections: readonly Section[];
}

const OUTCOMES: readonly Known[] = [
  { id: "pipeline_total", kind: "money", sections: ["open_pipeline"] },
  { id: "closing_arr", kind: "money", sections: ["arr_cohorts"] },
  { id: "goal_month", kind: "month", sections: ["arr_cohorts"] },
  { id: "wins", kind: "count", sections: ["pipeline_generation"] },
  { id: "bookings", kind: "money", sections: ["pipeline_generation"] },
  { id: "partner_npv", kind: "money", sections: ["partner_pnl"] },
  { id: "partner_payback", kind: "month", sections: ["partner_pnl"] },
  { id: "vendor_npv", kind: "money", sections: ["partner_vendor_programme"] },
  { id: "vendor_payback", kind: "month", sections: ["partner_vendor_programme"] },
  { id: "signed_partner_npv", kind: "money", sections: ["partner_vendor_programme", "partner_pnl"] },
];

/** The outcomes that a document has, the most telling first. */
export function outcomesOf(scenario: Scenario): Outcome[] {
  return OUTCOMES.filter(
    ({ id, sections }) =>
      sections.every((section) => scenario[section] !== undefined) &&
      (id !== "goal_month" || scenario.arr_cohorts?.arr_goal !== undefined),
  ).map(({ id }) => id);
}

/** The sections of a document that an outcome comes from. */
export function sectionsOf(outcome: Outcome, scenario: Scenario): readonly Section[] {
  const own = OUTCOMES.find(({ id }) => id === outcome)?.sections ?? [];
  const linked = LINKS.some((link) => own[0] === link && isLinked(scenario, link));
  return linked ? [...own, "pipeline_generation"] : own;
}

/** Whether an outcome is first of all one of a section. */
export function isOf(outcome: Outcome, section: Section): boolean {
  return OUTCOMES.find(({ id }) => id === outcome)?.sections[0] === section;
}

export function kindOf(outcome: Outcome): Kind {
  return OUTCOMES.find(({ id }) => id === outcome)?.kind ?? "money";
}

/** Writes values of an outcome: as its error allows, all digits, and differences with their sign. */
export interface Writer {
  value(value: number, error?: number | null): string;
  exact(value: number): string;
  difference(value: number, error?: number | null): string;
  /** A standard error, one digit. */
  error(error: number): string;
}

/** A number without more digits than its error allows. */
function count(value: number, error: number | null | undefined): string {
  return decimal(value, error ? Math.min(Math.max(-Math.floor(Math.log10(2 * error) + 1e-9), 0), 2) : 1);
}

export function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}

export function writerOf({ outcome, currency, start_month: start }: Comparison): Writer {
  const kind = kindOf(outcome);
  if (kind === "money") {
    const value = (amount: number, error?: number | null) => money(amount, currency, { error });
    return {
      value,
      exact: (amount) => exactMoney(amount, currency),
      difference: (amount, error) => signed(value(amount, error), amount),
      error: (error) => money(error, currency, { digits: 1 }),
    };
  }
  const error = (value: number) => decimal(value, Math.max(0, -Math.floor(Math.log10(value))));
  if (kind === "count")
    return {
      value: count,
      exact: (value) => decimal(value, 6),
      difference: (value, own) => signed(count(value, own), value),
      error,
    };
  // Months are dates where the scenario has a start; only whole ones.
  const month = (value: number, own?: number | null) =>
    start && Number.isInteger(value)
      ? monthName(start, value, "medium")
      : t("compare.month_value", { month: count(value, own) });
  return {
    value: month,
    exact: (value) => t("compare.month_value", { month: decimal(value, 6) }),
    difference: (value, own) => t("compare.months_value", { months: signed(count(value, own), value) }),
    error,
  };
}
