/** What a link leaves out unless the reader ticks it: names of deals, owners, notes. */
import type { Scenario } from "../generated/dealcast.js";
import { produce } from "../state/produce.js";

export interface Included {
  readonly names: boolean;
  readonly owners: boolean;
  readonly notes: boolean;
}

/** Whether an identifier is nothing but a key: one word that is not the deal's name, and not only letters. */
function opaque(id: string, name: string | undefined): boolean {
  return (
    /^[\w.:-]{1,64}$/.test(id) && /\d/.test(id) && !(name && id.toLowerCase().includes(name.toLowerCase()))
  );
}

/**
 * The document without what is left out. An identifier that says more than a key goes with the names: the deal's
 * random draws hang on it, so its simulated figures move within their standard errors.
 */
export function shared(scenario: Scenario, { names, owners, notes }: Included): Scenario {
  const deals = scenario.open_pipeline?.deals ?? [];
  const taken = new Set(deals.map(({ deal_id: id }) => id));
  const renamed = new Map<string, string>();
  if (!names) {
    let number = 0;
    for (const { deal_id: id, name } of deals) {
      if (opaque(id, name)) continue;
      let key: string;
      do key = `d${++number}`;
      while (taken.has(key));
      renamed.set(id, key);
    }
  }
  return produce(scenario, (draft) => {
    if (!notes) delete draft.notes;
    for (const deal of draft.open_pipeline?.deals ?? []) {
      const key = renamed.get(deal.deal_id);
      if (key) deal.deal_id = key;
      if (!names) delete deal.name;
      if (!owners) delete deal.owner;
    }
    if (renamed.size === 0) return;
    // Changes of a plan name a deal by its identifier.
    for (const plan of draft.plans ?? [])
      for (const lever of plan.levers)
        for (const change of lever.changes) change.at = repointed(change.at, renamed);
  });
}

/** A JSON pointer whose step `=identifier` follows the new name. */
function repointed(pointer: string, renamed: ReadonlyMap<string, string>): string {
  if (!pointer.startsWith("/open_pipeline/deals/=")) return pointer;
  return pointer
    .split("/")
    .map((step) => {
      if (!step.startsWith("=")) return step;
      const key = renamed.get(step.slice(1).replaceAll("~1", "/").replaceAll("~0", "~"));
      return key ? `=${key}` : step;
    })
    .join("/");
}

/** What of it the document holds at all. */
export function holdsPrivate(scenario: Scenario): Included {
  const deals = scenario.open_pipeline?.deals ?? [];
  return {
    names: deals.some(({ name, deal_id: id }) => name !== undefined || !opaque(id, name)),
    owners: deals.some(({ owner }) => owner !== undefined),
    notes: scenario.notes !== undefined,
  };
}
