/** From a field of a form to a lever. */
import { t } from "../i18n.js";
import type { Store } from "../state/store.js";
import { inputsOf } from "./inputs.js";
import { addLever, addPlan, nextName, plansOf } from "./plans.js";

/** Makes an input a lever of the last plan, or of a new one; gives the lever's place, also of one that was there. */
export function makeLever(store: Store, path: string): string | undefined {
  const { scenario } = store;
  const input = inputsOf(scenario).find(({ at }) => at === path);
  if (!input) return undefined;
  const all = plansOf(scenario);
  const place = Math.max(0, all.length - 1);
  const levers = all[place]?.levers ?? [];
  const known = levers.findIndex(({ changes }) => changes.length === 1 && changes[0]?.at === path);
  if (known >= 0) return `/plans/${place}/levers/${known}`;
  store.edit(t("compare.added", { what: input.name }), (draft) => {
    if (all.length === 0)
      addPlan(
        draft,
        nextName(scenario, (letter) => t("compare.plan_named", { letter })),
      );
    addLever(draft, place, input);
  });
  return `/plans/${place}/levers/${levers.length}`;
}
