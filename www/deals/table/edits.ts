/** Edits of deals, as functions on a draft of the scenario. */
import type { Deal, Scenario } from "../../generated/dealcast.js";
import type { DraftEdit } from "../events.js";

/** The deals of a draft; an edit of a scenario without the section starts one. */
function dealsOf(draft: Scenario): Deal[] {
  draft.open_pipeline ??= { target: 0, deals: [] };
  return draft.open_pipeline.deals;
}

/** Sets a field of a deal; undefined takes it out. */
export function setField<K extends keyof Deal>(
  index: number,
  field: K,
  value: Deal[K] | undefined,
): DraftEdit {
  return (draft) => {
    const deal = dealsOf(draft)[index];
    if (!deal) return;
    if (value === undefined) delete deal[field];
    else deal[field] = value;
  };
}

/** Takes an optional field out of a deal. */
export function clearField(index: number, field: string): DraftEdit {
  return (draft) => {
    const deal = dealsOf(draft)[index];
    if (deal) delete (deal as unknown as Record<string, unknown>)[field];
  };
}

/** An identifier that no deal has: the base, then base-2, base-3… */
export function freeId(taken: ReadonlySet<string>, base: string): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const id = `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Identifier of a new deal: one more than the largest number among identifiers of its form. */
export function nextId(deals: readonly Deal[], prefix: string): string {
  let largest = 0;
  for (const deal of deals) {
    if (!deal.deal_id.startsWith(prefix)) continue;
    const rest = deal.deal_id.slice(prefix.length);
    if (/^\d{1,9}$/.test(rest)) largest = Math.max(largest, Number(rest));
  }
  return `${prefix}${largest + 1}`;
}

/** A new deal like the others: their usual amount, the first stage or a plain win rate. */
export function newDeal(scenario: Scenario, name: string): Deal {
  const section = scenario.open_pipeline;
  const deals = section?.deals ?? [];
  const amounts = deals.flatMap(({ amount }) => (typeof amount === "number" && amount > 0 ? [amount] : []));
  amounts.sort((a, b) => a - b);
  const usual = amounts[Math.floor(amounts.length / 2)] ?? 10_000;
  const first = section?.stages?.[0]?.stage;
  return {
    deal_id: nextId(deals, "N"),
    name,
    amount: usual,
    ...(first === undefined ? { win_probability: 0.2 } : { stage: first }),
    expected_close_month: section?.target_window?.last_month ?? 3,
  };
}

/** Puts deals into the list, each at its place, places in rising order. */
export function insertDeals(placed: readonly { readonly index: number; readonly deal: Deal }[]): DraftEdit {
  return (draft) => {
    const deals = [...dealsOf(draft)];
    for (const { index, deal } of placed) deals.splice(index, 0, deal);
    if (draft.open_pipeline) draft.open_pipeline.deals = deals;
  };
}

/** Copies of deals, each right after its original, with identifiers of their own. */
export function duplicateDeals(indices: Iterable<number>, copyName: (name: string) => string): DraftEdit {
  const chosen = new Set(indices);
  return (draft) => {
    const taken = new Set(dealsOf(draft).map((deal) => deal.deal_id));
    const deals = dealsOf(draft).flatMap((deal, index) => {
      if (!chosen.has(index)) return [deal];
      const deal_id = freeId(taken, deal.deal_id);
      taken.add(deal_id);
      const copy: Deal = { ...plain(deal), deal_id };
      if (deal.name !== undefined) copy.name = copyName(deal.name);
      return [deal, copy];
    });
    if (draft.open_pipeline) draft.open_pipeline.deals = deals;
  };
}

/** A deal that shares nothing with the draft, which may be a proxy. */
function plain(deal: Deal): Deal {
  return JSON.parse(JSON.stringify(deal)) as Deal;
}

/** Takes deals out. */
export function deleteDeals(indices: Iterable<number>): DraftEdit {
  const chosen = new Set(indices);
  return (draft) => {
    const kept = dealsOf(draft).filter((_, index) => !chosen.has(index));
    if (draft.open_pipeline) draft.open_pipeline.deals = kept;
  };
}
