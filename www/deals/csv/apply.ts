/** What an import does to the scenario. Pure. */
import type { CsvImport, CsvStage, Deal, Rate, Scenario, Stage } from "../../generated/dealcast.js";
import type { DraftEdit } from "../events.js";

/** What the reader decided about an import. */
export interface ImportChoices {
  readonly mode: "replace" | "add";
  /** Whether deals keep the probabilities of the file; otherwise their stage's rate counts. */
  readonly ownProbabilities: boolean;
  /** Amount to count as already won; undefined leaves the scenario's. */
  readonly alreadyWon: number | undefined;
  /** Win rates of stages that the scenario does not list. */
  readonly rates: ReadonlyMap<string, Rate>;
  /** Whether the file's currency becomes the scenario's. */
  readonly currency: string | undefined;
}

/** The deals as they will be: without their own probability where the stage's rate is to count. */
export function chosenDeals(result: CsvImport, ownProbabilities: boolean): Deal[] {
  if (ownProbabilities) return result.deals;
  return result.deals.map((deal) => {
    if (deal.stage === undefined) return deal;
    const { win_probability: _, ...rest } = deal;
    return rest;
  });
}

/** Stages whose rate is needed but not known: new to the scenario, and a deal depends on them. */
export function stagesInNeed(result: CsvImport, ownProbabilities: boolean): CsvStage[] {
  const depended = new Set(
    chosenDeals(result, ownProbabilities).flatMap((deal) =>
      deal.win_probability === undefined ? [deal.stage] : [],
    ),
  );
  return result.stages.filter((stage) => !stage.known && depended.has(stage.stage));
}

/** Fewest closed deals of a stage whose counts are worth proposing. */
const ENOUGH_CLOSED = 5;

/** The rate that the file suggests for a stage: its counts, or the mean of its deals' probabilities. */
export function suggestedRate(stage: CsvStage): Rate | undefined {
  const closed = stage.won + stage.lost;
  if (closed >= ENOUGH_CLOSED) return { won: stage.won, closed };
  const mean = stage.mean_probability;
  return mean === undefined ? undefined : Math.min(Math.max(Number(mean.toFixed(3)), 0.001), 0.999);
}

/** How many deals of the file the scenario has already, by identifier. */
export function alreadyThere(scenario: Scenario, result: CsvImport): number {
  const known = new Set(scenario.open_pipeline?.deals.map((deal) => deal.deal_id));
  return result.deals.filter((deal) => known.has(deal.deal_id)).length;
}

/**
 * The import as an edit. Added deals whose identifier is there already update that deal in its place:
 * what the file says wins, what it does not mention (such as MEDDIC answers) stays.
 */
export function applyImport(result: CsvImport, choices: ImportChoices): DraftEdit {
  return (draft) => {
    draft.open_pipeline ??= { target: 0, deals: [] };
    const section = draft.open_pipeline;
    const deals = chosenDeals(result, choices.ownProbabilities);
    section.deals =
      choices.mode === "replace" ? deals : merged(section.deals, deals, choices.ownProbabilities);
    const stages = newStages(section.stages ?? [], result, choices);
    if (stages.length > 0) section.stages = [...(section.stages ?? []), ...stages];
    if (choices.alreadyWon !== undefined) section.already_won = choices.alreadyWon;
    if (choices.currency !== undefined) draft.currency = choices.currency;
    if (result.detected?.start_month !== undefined) draft.start_month = result.detected.start_month;
  };
}

function merged(old: readonly Deal[], fresh: readonly Deal[], ownProbabilities: boolean): Deal[] {
  const updates = new Map(fresh.map((deal) => [deal.deal_id, deal]));
  const kept = old.map((deal) => {
    const update = updates.get(deal.deal_id);
    if (!update) return deal;
    updates.delete(deal.deal_id);
    const both: Deal = { ...deal, ...update };
    if (!ownProbabilities && update.win_probability === undefined) delete both.win_probability;
    return both;
  });
  return [...kept, ...updates.values()];
}

function newStages(known: readonly Stage[], result: CsvImport, choices: ImportChoices): Stage[] {
  const names = new Set(known.map((stage) => stage.stage));
  return result.stages.flatMap(({ stage }) => {
    const rate = choices.rates.get(stage);
    return rate === undefined || names.has(stage) ? [] : [{ stage, win_rate: rate }];
  });
}
