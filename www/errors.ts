/** Input errors as sentences: what is wrong, and where, in the words of the page. */
import { inputAt, inputsOf } from "./compare/inputs.js";
import { decimal, exactMoney } from "./format.js";
import type { ErrorCode, InputError, Scenario } from "./generated/dealcast.js";
import { growthFieldAt } from "./growth/fields.js";
import { type MessageKey, t } from "./i18n.js";
import type { Quantifiable } from "./inputs/quantity.js";
import { fieldAt as partnerFieldAt } from "./partners/fields.js";

type Values = Record<string, unknown>;

/** The assumption that a JSON pointer is in. */
function fieldAt(path: string, scenario: Scenario): Quantifiable | undefined {
  return partnerFieldAt(path) ?? growthFieldAt(path, scenario);
}

/** Whether an error is at a place of the document or inside it. */
export function isUnder(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** What is wrong, without the place: for a message at the field. */
export function sentenceOf(error: InputError, scenario: Scenario): string {
  const values = error.params as Values;
  const has = (...names: string[]) =>
    names.every((name) => values[name] !== undefined && values[name] !== null);
  const text = (name: string) => show(values[name], error.path, scenario);
  const key = variant(error.code, has);
  const places: Record<string, string> = {};
  for (const name of Object.keys(values)) places[name] = text(name);
  if (error.code === "wrong_type") {
    places.expected = kind(values.expected);
    places.found = kind(values.found);
  }
  if (error.code.startsWith("csv_")) {
    places.field = wordOf(String(values.field ?? "")) ?? String(values.field ?? "");
  }
  const at = values.at;
  if (typeof at === "string" && at.startsWith("/"))
    places.at = inputAt(at, inputsOf(scenario), scenario)?.name ?? placeOf(at, scenario);
  if (error.code === "duplicate") places.first = placeOf(String(values.first ?? ""), scenario);
  if (error.code === "out_of_order") {
    places.lower = wordOf(String(values.lower)) ?? String(values.lower);
    places.upper = wordOf(String(values.upper)) ?? String(values.upper);
  }
  return t(key, places);
}

/** Some codes come with fewer parameters at times; then a shorter sentence is used. */
function variant(code: ErrorCode, has: (...names: string[]) => boolean): MessageKey {
  if (code === "unknown_field" && !has("allowed")) return "errors.unknown_field_here";
  if (code === "unknown_choice" && !has("allowed")) return "errors.unknown_choice_bare";
  if (code === "wrong_type" && !has("found")) return "errors.wrong_type_bare";
  if (code === "out_of_range" && !has("maximum")) return "errors.out_of_range_below";
  if (code === "out_of_range" && !has("minimum")) return "errors.out_of_range_above";
  return `errors.${code}`;
}

/** Fields that are fractions in the document and percentages on the page. */
const FRACTIONS =
  /\/(win_probability|win_rate|latent_correlation|slippage_factor_loading|monthly_slip_probability|low|high|probability_goal|stop_at_half_width)$/;
const AMOUNTS = /\/(target|already_won|amount|min|mode|max|value|mean)$/;

function show(value: unknown, path: string, scenario: Scenario): string {
  const field = fieldAt(path, scenario);
  if (typeof value === "number") {
    if (field?.unit === "percent") return `${decimal(100 * value, 4)}\u202f%`;
    if (field && !field.unit.startsWith("money")) return decimal(value, 9);
    if (field) return safeMoney(value, scenario.currency ?? "EUR");
    if (FRACTIONS.test(path)) return `${decimal(100 * value, 4)}\u202f%`;
    if (AMOUNTS.test(path) && Math.abs(value) >= 1) return safeMoney(value, scenario.currency ?? "EUR");
    return decimal(value, 9);
  }
  if (Array.isArray(value)) return value.map((one) => String(one)).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function safeMoney(value: number, currency: string): string {
  try {
    return exactMoney(value, currency);
  } catch {
    return decimal(value, 2);
  }
}

const KINDS: Readonly<Record<string, MessageKey>> = {
  null: "errors.kind_null",
  boolean: "errors.kind_boolean",
  number: "errors.kind_number",
  text: "errors.kind_text",
  list: "errors.kind_list",
  object: "errors.kind_object",
};

/** Types by their names; “number or object” is named piece by piece. */
function kind(value: unknown): string {
  const names = String(value ?? "").split(" or ");
  const words = names.map((name) => (KINDS[name] ? t(KINDS[name]) : name));
  return words.reduce((all, word) => t("errors.kind_either", { one: all, other: word }));
}

const SECTIONS: Readonly<Record<string, MessageKey>> = {
  pipeline_generation: "growth.pipeline_generation",
  arr_cohorts: "growth.arr_cohorts",
  partner_pnl: "partners.partner_pnl",
  partner_vendor_programme: "partners.partner_vendor_programme",
};

const WORDS: Readonly<Record<string, MessageKey>> = {
  title: "app.title",
  notes: "app.notes",
  currency: "app.currency",
  start_month: "app.start_month",
  seed: "app.seed",
  trials: "app.trials_label",
  stop_at_half_width: "app.accuracy",
  target: "app.target",
  already_won: "app.already_won",
  horizon_months: "app.horizon",
  target_window: "app.window",
  first_month: "app.window_first",
  last_month: "app.window_last",
  latent_correlation: "app.correlation",
  slippage_factor_loading: "app.loading",
  default_slippage: "app.slippage",
  slippage: "app.slippage",
  monthly_slip_probability: "app.slip_probability",
  probability_by_months_late: "app.slip_pmf",
  amount_range: "app.amount_range",
  low: "app.amount_low",
  high: "app.amount_high",
  stages: "app.stages",
  stage: "app.stage",
  win_rate: "app.win_rate",
  win_probability: "app.win_rate",
  won: "app.won",
  closed: "app.closed",
  stage_prior_strength: "app.prior_strength",
  meddic: "app.meddic",
  qualification_gate: "app.gate",
  kill_rule: "app.kill_rule",
  minimum_score: "app.minimum_score",
  maximum_age_days: "app.maximum_age",
  probability_goal: "app.probability_goal",
  from_month: "growth.regime_month",
  hires: "growth.hires",
  new_customers_by_month: "growth.new_customers_per_month",
  demand_noise: "partners.demand_noise",
  count_noise: "partners.count_noise",
  deals: "app.deals",
  deal_id: "app.deal_id",
  name: "app.name",
  amount: "app.amount",
  expected_close_month: "app.close_month",
  close_date: "app.close_month",
  close_month: "app.close_month",
  probability: "app.win_rate",
  created_date: "app.age",
  age_days: "app.age",
  owner: "app.owner",
  segment: "app.segment",
  source: "app.lead_source",
  forecast_category: "app.forecast_category",
  min: "app.low_value",
  mode: "app.likely_value",
  max: "app.high_value",
  cost: "compare.cost",
  of: "compare.builds_on",
};

function wordOf(field: string): string | undefined {
  const key = WORDS[field];
  return key ? t(key) : undefined;
}

/** The place of an error in the words of the page: “Deal Acme: amount”. */
export function placeOf(path: string, scenario: Scenario): string {
  const steps = path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (steps.length === 0) return t("errors.whole_document");
  if (steps[0] === "open_pipeline") steps.shift();
  const words: string[] = [];
  const field = fieldAt(path, scenario);
  const section = SECTIONS[steps[0] ?? ""];
  if (section) words.push(t(section));
  const regime = /^\/pipeline_generation\/regimes\/(\d+)/.exec(path)?.[1];
  const from = scenario.pipeline_generation?.regimes?.[Number(regime)]?.from_month;
  if (regime !== undefined && Number(regime) > 0 && from !== undefined)
    words.push(t("growth.from_month", { month: String(from) }));
  if (field) {
    words.push(t(field.label));
    steps.splice(0, field.path.split("/").length - 1);
  } else if (section) {
    steps.splice(0, regime === undefined ? 1 : 3);
  }
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? "";
    const position = /^\d+$/.test(steps[index + 1] ?? "") ? Number(steps[index + 1]) : undefined;
    if (step === "deals" && position !== undefined) {
      const deal = scenario.open_pipeline?.deals[position];
      words.push(t("errors.deal", { name: deal?.name || deal?.deal_id || String(position + 1) }));
      index++;
    } else if (step === "plans" && position !== undefined) {
      const plan = scenario.plans?.[position];
      words.push(t("errors.plan", { name: plan?.name || String(position + 1) }));
      index++;
      const at = steps[index + 1] === "levers" ? Number(steps[index + 2]) : undefined;
      if (at !== undefined) {
        words.push(t("errors.lever", { name: plan?.levers[at]?.name || String(at + 1) }));
        index += 2;
        // Where in a change it is says the lever's own line.
        if (steps[index + 1] === "changes") index = steps.length;
      }
    } else if (step === "stages" && position !== undefined) {
      const stage = scenario.open_pipeline?.stages?.[position];
      words.push(t("errors.stage", { name: stage?.stage || String(position + 1) }));
      index++;
    } else {
      words.push(wordOf(step) ?? step);
    }
  }
  return words.join(", ");
}
