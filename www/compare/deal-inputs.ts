/** Deals as inputs of levers: one deal's amount, chance, month and stage, or several deals' at once. Pure. */
import type { Change, Deal, Lever, Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import type { Input } from "./inputs.js";
import { pointerStep, stepName } from "./pointer.js";

/** What a lever can do to deals. */
export const DEAL_LEVERS = [
  "amount",
  "win_probability",
  "expected_close_month",
  "stage",
  "left_out",
] as const;
export type DealLever = (typeof DEAL_LEVERS)[number];

const PLACE = /^\/open_pipeline\/deals\/=([^/]*)(?:\/(amount|win_probability|expected_close_month|stage))?$/;
const ALL = "/open_pipeline/deals";

function placeOf(deal: Deal, what: DealLever): string {
  const place = `${ALL}/=${pointerStep(deal.deal_id)}`;
  return what === "left_out" ? place : `${place}/${what}`;
}

/** A deal's field by its pointer. */
export function dealInput(at: string, { open_pipeline: pipeline }: Scenario): Input | undefined {
  const match = PLACE.exec(at);
  if (!match) return undefined;
  const id = stepName(match[1] ?? "");
  const deal = pipeline?.deals.find(({ deal_id: own }) => own === id);
  if (!deal) return undefined;
  const what = (match[2] ?? "left_out") as DealLever;
  const name =
    what === "left_out"
      ? (deal.name ?? id)
      : t("compare.of_deal", { what: t(`compare.deal_${what}`), deal: deal.name ?? id });
  const base = { at, section: "open_pipeline", name, plain: false } as const;
  switch (what) {
    case "amount": {
      const value = typeof deal.amount === "number" ? deal.amount : undefined;
      return { ...base, unit: "money", minimum: 0, maximum: 1e12, step: 1_000, value };
    }
    case "win_probability": {
      const value = typeof deal.win_probability === "number" ? deal.win_probability : undefined;
      return { ...base, unit: "percent", minimum: 0.001, maximum: 0.999, step: 0.01, value };
    }
    case "expected_close_month": {
      const value = deal.expected_close_month;
      return { ...base, unit: "months", minimum: 1, maximum: 120, step: 1, value };
    }
    case "stage": {
      const choices = (pipeline?.stages ?? []).map(({ stage }) => ({
        value: stage,
        name: stage,
        present: stage === deal.stage,
      }));
      return { ...base, unit: "plain", minimum: 0, maximum: 1, step: 1, value: undefined, choices };
    }
    case "left_out": {
      const choices = [{ value: null, name: t("compare.left_out_deal"), present: false }];
      return { ...base, unit: "plain", minimum: 0, maximum: 1, step: 1, value: undefined, choices };
    }
  }
}

/** Whether a lever on these deals has something to act on. */
export function canLever(what: DealLever, deals: readonly Deal[], scenario: Scenario): boolean {
  const stages = scenario.open_pipeline?.stages ?? [];
  if (what === "win_probability") return deals.some(({ win_probability: own }) => own !== undefined);
  // A deal with a chance of its own keeps it in any stage.
  if (what === "stage")
    return stages.length > 1 && deals.some(({ win_probability: own }) => own === undefined);
  return deals.length > 0;
}

/** The next stage of the process, the one before for the last. */
function otherStage(deal: Deal, { open_pipeline: pipeline }: Scenario): string | undefined {
  const stages = (pipeline?.stages ?? []).map(({ stage }) => stage);
  const place = stages.indexOf(deal.stage ?? "");
  return stages[place + 1] ?? stages[place - 1];
}

/** As it is until it is moved; a stage is the other one, a deal is left out. */
function changeOf(what: DealLever, deal: Deal, scenario: Scenario): Omit<Change, "at"> {
  switch (what) {
    case "amount":
      return { multiply: 1 };
    case "win_probability":
      return { log_odds: 0 };
    case "expected_close_month":
      return { add: 0 };
    case "stage":
      return { set: otherStage(deal, scenario) };
    case "left_out":
      return { set: null };
  }
}

/** A lever on deals; its name names none of them, so that it can be shared. */
export function dealsLever(what: DealLever, deals: readonly Deal[], scenario: Scenario): Lever {
  const counted = deals.filter((deal) => canLever(what, [deal], scenario));
  const changes = counted.map((deal) => ({ at: placeOf(deal, what), ...changeOf(what, deal, scenario) }));
  return { name: t(`compare.lever_${what}`, { count: changes.length }), changes };
}
