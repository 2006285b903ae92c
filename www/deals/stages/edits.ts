/** Edits of stages and MEDDIC multipliers, as functions on a draft of the scenario. */
import type { MeddicRules, OpenPipeline, Rate, Scenario, Stage } from "../../generated/dealcast.js";
import type { DraftEdit } from "../events.js";

function sectionOf(draft: Scenario): OpenPipeline {
  draft.open_pipeline ??= { target: 0, deals: [] };
  return draft.open_pipeline;
}

function stagesOf(draft: Scenario): Stage[] {
  const section = sectionOf(draft);
  section.stages ??= [];
  return section.stages;
}

/** Renames a stage, and with it the deals in it and the gate. */
export function renameStage(index: number, name: string): DraftEdit {
  return (draft) => {
    const section = sectionOf(draft);
    const stage = section.stages?.[index];
    if (!stage) return;
    const before = stage.stage;
    stage.stage = name;
    // Two stages of one name are an error to be shown, not a reason to move the other one's deals.
    const shared = section.stages?.some((other, place) => place !== index && other.stage === before);
    if (shared) return;
    for (const deal of section.deals) if (deal.stage === before) deal.stage = name;
    if (section.qualification_gate?.stage === before) section.qualification_gate.stage = name;
  };
}

export function setStageRate(index: number, rate: Rate): DraftEdit {
  return (draft) => {
    const stage = stagesOf(draft)[index];
    if (stage) stage.win_rate = rate;
  };
}

/** Adds a stage at the end, with a rate above the last one's. */
export function addStage(name: string): DraftEdit {
  return (draft) => {
    const stages = stagesOf(draft);
    const last = stages.at(-1)?.win_rate;
    const rate = typeof last === "number" ? Math.min(last + 0.1, 0.95) : 0.2;
    stages.push({ stage: name, win_rate: Number(rate.toFixed(3)) });
  };
}

export function removeStage(index: number): DraftEdit {
  return (draft) => {
    stagesOf(draft).splice(index, 1);
  };
}

/** Moves a stage one place up or down. */
export function moveStage(index: number, by: -1 | 1): DraftEdit {
  return (draft) => {
    const stages = stagesOf(draft);
    const [stage] = stages.splice(index, 1);
    if (stage) stages.splice(index + by, 0, stage);
  };
}

/** Strength with which counts are pulled to the pooled rate; undefined: each stage stands alone. */
export function setPriorStrength(strength: number | undefined): DraftEdit {
  return (draft) => {
    const section = sectionOf(draft);
    if (strength === undefined) delete section.stage_prior_strength;
    else section.stage_prior_strength = strength;
  };
}

/** Sets one of the MEDDIC rules; undefined goes back to its default. */
export function setRule<K extends keyof MeddicRules>(rule: K, value: MeddicRules[K] | undefined): DraftEdit {
  return (draft) => {
    const section = sectionOf(draft);
    section.meddic ??= {};
    if (value === undefined) delete section.meddic[rule];
    else section.meddic[rule] = value;
    if (Object.keys(section.meddic).length === 0) delete section.meddic;
  };
}
