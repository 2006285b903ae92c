/** From a field of a form to a lever. */
import type { Lever } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import type { Store } from "../state/store.js";
import type { LeverAsked } from "../ui/lever.js";
import { dealsLever } from "./deal-levers.js";
import { inputsOf } from "./inputs.js";
import { leverOf } from "./levers.js";
import { addLever, addPlan, nextName, plansOf } from "./plans.js";

function asked({ scenario }: Store, { path, deals }: LeverAsked): Lever | undefined {
  if (deals) {
    const chosen = new Set(deals.ids);
    const found = scenario.open_pipeline?.deals.filter(({ deal_id: id }) => chosen.has(id)) ?? [];
    const lever = dealsLever(deals.what, found, scenario);
    return lever.changes.length > 0 ? lever : undefined;
  }
  const input = inputsOf(scenario).find(({ at }) => at === path);
  return input && leverOf(input);
}

/** Makes an input a lever of the last plan, or of a new one; gives the lever's place, also of one that was there. */
export function makeLever(store: Store, wish: LeverAsked): string | undefined {
  const { scenario } = store;
  const lever = asked(store, wish);
  if (!lever) return undefined;
  const all = plansOf(scenario);
  const place = Math.max(0, all.length - 1);
  const levers = all[place]?.levers ?? [];
  const places = ({ changes }: Lever) => changes.map(({ at }) => at).join("\n");
  const known = levers.findIndex((one) => places(one) === places(lever));
  if (known >= 0) return `/plans/${place}/levers/${known}`;
  store.edit(t("compare.added", { what: lever.name }), (draft) => {
    if (all.length === 0)
      addPlan(
        draft,
        nextName(scenario, (letter) => t("compare.plan_named", { letter })),
      );
    addLever(draft, place, lever);
  });
  return `/plans/${place}/levers/${levers.length}`;
}
