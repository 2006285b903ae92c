/** Deals as inputs of levers: each field of one deal that a plan can change. Pure. */
import { ANSWERS, CRITERIA, type Criterion } from "../deals/criteria.js";
import type { Deal, Scenario, Slippage } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { DEFAULT_SLIP_PROBABILITY } from "../inputs/specs.js";
import type { Choice, Input } from "./inputs.js";
import { pointerStep, sameValue, stepName } from "./pointer.js";

/** What a lever can do to deals. */
export type DealLever =
  | "amount"
  | "win_probability"
  | "expected_close_month"
  | "stage"
  | "slippage"
  | "slip_probability"
  | "age_days"
  | `meddic_${Criterion}`
  | "left_out";
export const DEAL_LEVERS: readonly DealLever[] = [
  "amount",
  "win_probability",
  "expected_close_month",
  "stage",
  "slippage",
  "slip_probability",
  "age_days",
  ...CRITERIA.map((criterion) => `meddic_${criterion}` as const),
  "left_out",
];

/** The MEDDIC question that a lever answers. */
export function criterionOf(what: DealLever): Criterion | undefined {
  return CRITERIA.find((criterion) => what === `meddic_${criterion}`);
}

/** Where a lever acts inside a deal; empty: on the deal as a whole. */
function fieldOf(what: DealLever): string {
  const criterion = criterionOf(what);
  if (criterion) return `meddic/${criterion}`;
  if (what === "slip_probability") return "slippage/monthly_slip_probability";
  return what === "left_out" ? "" : what;
}

const FIELDS: ReadonlyMap<string, DealLever> = new Map(DEAL_LEVERS.map((what) => [fieldOf(what), what]));
const PLACE = /^\/open_pipeline\/deals\/=([^/]*)(?:\/(.+))?$/;

/** Pointer of what a lever changes of a deal. */
export function placeOf({ deal_id: id }: Deal, what: DealLever): string {
  const field = fieldOf(what);
  return `/open_pipeline/deals/=${pointerStep(id)}${field && `/${field}`}`;
}

/** What a lever does, as the table and the list of a plan name it. */
export function dealLeverName(what: DealLever): string {
  const criterion = criterionOf(what);
  if (criterion) return t("compare.deal_meddic", { criterion: t(`deals.criterion_${criterion}`) });
  return t(`compare.deal_${what as Exclude<DealLever, `meddic_${Criterion}`>}`);
}

/** The same field of all deals, by its pointer. */
export function allDealsInput(at: string): Input | undefined {
  const what = FIELDS.get(at.replace("/open_pipeline/deals/*/", ""));
  if (!what || what === "left_out" || !at.startsWith("/open_pipeline/deals/*/")) return undefined;
  const name = t("compare.of_all_deals", { what: dealLeverName(what) });
  const base = { at, section: "open_pipeline", name, plain: false } as const;
  const none: Deal = { deal_id: "", amount: 0, expected_close_month: 1 };
  const number = numberOf(what, none);
  if (number) return { ...base, ...number, value: undefined };
  const choices = choicesOf(what, none, []).map((one) => ({ ...one, present: false }));
  return { ...base, unit: "plain", minimum: 0, maximum: 1, step: 1, value: undefined, choices };
}

/** A deal's field by its pointer. */
export function dealInput(at: string, { open_pipeline: pipeline }: Scenario): Input | undefined {
  const match = PLACE.exec(at);
  const what = match && FIELDS.get(match[2] ?? "");
  if (!what) return undefined;
  const id = stepName(match[1] ?? "");
  const deal = pipeline?.deals.find(({ deal_id: own }) => own === id);
  if (!deal) return undefined;
  const shown = deal.name ?? id;
  const name = what === "left_out" ? shown : t("compare.of_deal", { what: dealLeverName(what), deal: shown });
  const base = { at, section: "open_pipeline", name, plain: false } as const;
  const number = numberOf(what, deal);
  if (number) return { ...base, ...number };
  const choices = choicesOf(
    what,
    deal,
    (pipeline?.stages ?? []).map(({ stage }) => stage),
  );
  return { ...base, unit: "plain", minimum: 0, maximum: 1, step: 1, value: undefined, choices };
}

/** Unit, bounds and value of a field that is a number. */
function numberOf(
  what: DealLever,
  deal: Deal,
): Pick<Input, "unit" | "minimum" | "maximum" | "step" | "value"> | undefined {
  const plain = (value: unknown) => (typeof value === "number" ? value : undefined);
  switch (what) {
    case "amount":
      return { unit: "money", minimum: 0, maximum: 1e12, step: 1_000, value: plain(deal.amount) };
    case "win_probability":
      return {
        unit: "percent",
        minimum: 0.001,
        maximum: 0.999,
        step: 0.01,
        value: plain(deal.win_probability),
      };
    case "expected_close_month":
      return { unit: "months", minimum: 1, maximum: 120, step: 1, value: deal.expected_close_month };
    case "slip_probability":
      return {
        unit: "percent",
        minimum: 0,
        maximum: 0.95,
        step: 0.01,
        value: deal.slippage?.monthly_slip_probability,
      };
    case "age_days":
      return { unit: "days", minimum: 0, maximum: 36_500, step: 5, value: deal.age_days };
    default:
      return undefined;
  }
}

/** What a field that is no number can be set to. */
function choicesOf(what: DealLever, deal: Deal, stages: readonly string[]): Choice[] {
  const criterion = criterionOf(what);
  if (criterion) {
    const now = deal.meddic?.[criterion] ?? "unknown";
    return ANSWERS.map((value) => ({ value, name: t(`deals.answer_${value}`), present: value === now }));
  }
  if (what === "stage")
    return stages.map((stage) => ({ value: stage, name: stage, present: stage === deal.stage }));
  if (what === "slippage")
    return slippages(deal).map(([value, name]) => ({
      value,
      name,
      present: sameValue(value, deal.slippage),
    }));
  return [{ value: null, name: t("compare.left_out_deal"), present: false }];
}

const USUAL: Slippage = { distribution: "geometric", monthly_slip_probability: DEFAULT_SLIP_PROBABILITY };

/** A deal's delay: as the others', never, by chance month by month, or as its own list says. */
function slippages({ slippage: own }: Deal): (readonly [Slippage | null, string])[] {
  const geometric = own?.distribution === "geometric" ? own : USUAL;
  return [
    [null, t("deals.slippage_default")],
    [{ distribution: "none" }, t("deals.slippage_none")],
    [geometric, t("deals.slippage_geometric")],
    ...(own?.distribution === "pmf" ? ([[own, t("deals.slippage_pmf")]] as const) : []),
  ];
}
