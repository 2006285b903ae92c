/** Levers on deals of the table: one deal's field, or the same field of several deals at once. Pure. */
import type { Change, Deal, Lever, Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { criterionOf, type DealLever, dealInput, placeOf } from "./deal-inputs.js";

/** Whether a lever on these deals has something to act on. */
export function canLever(what: DealLever, deals: readonly Deal[], scenario: Scenario): boolean {
  const stages = scenario.open_pipeline?.stages ?? [];
  switch (what) {
    case "win_probability":
      return deals.some(({ win_probability: own }) => own !== undefined);
    case "stage":
      // A deal with a chance of its own keeps it in any stage.
      return stages.length > 1 && deals.some(({ win_probability: own }) => own === undefined);
    case "slip_probability":
      return deals.some(({ slippage }) => slippage?.distribution === "geometric");
    case "age_days":
      return deals.some(({ age_days: age }) => age !== undefined);
    default:
      return deals.length > 0;
  }
}

/** The next stage of the process, the one before for the last. */
function otherStage(deal: Deal, { open_pipeline: pipeline }: Scenario): string | undefined {
  const stages = (pipeline?.stages ?? []).map(({ stage }) => stage);
  const place = stages.indexOf(deal.stage ?? "");
  return stages[place + 1] ?? stages[place - 1];
}

/** As it is until it is moved; what is no number takes its next value, a deal is left out. */
function changeOf(what: DealLever, deal: Deal, scenario: Scenario): Omit<Change, "at"> {
  switch (what) {
    case "amount":
      return { multiply: 1 };
    case "win_probability":
      return { log_odds: 0 };
    case "slip_probability":
      return { multiply: 1 };
    case "expected_close_month":
    case "age_days":
      return { add: 0 };
    case "stage":
      return { set: otherStage(deal, scenario) };
    case "slippage":
      return { set: deal.slippage?.distribution === "none" ? null : { distribution: "none" } };
    case "left_out":
      return { set: null };
    default: {
      const choices = dealInput(placeOf(deal, what), scenario)?.choices ?? [];
      return { set: choices.find(({ present }) => !present)?.value };
    }
  }
}

/** A lever on deals; its name names none of them, so that it can be shared. */
export function dealsLever(what: DealLever, deals: readonly Deal[], scenario: Scenario): Lever {
  const counted = deals.filter((deal) => canLever(what, [deal], scenario));
  const changes = counted.map((deal) => ({ at: placeOf(deal, what), ...changeOf(what, deal, scenario) }));
  return { name: nameOf(what, changes.length), changes };
}

function nameOf(what: DealLever, count: number): string {
  const criterion = criterionOf(what);
  if (criterion) return t("compare.lever_meddic", { count, criterion: t(`deals.criterion_${criterion}`) });
  return t(`compare.lever_${what as Exclude<DealLever, `meddic_${string}`>}`, { count });
}
