import { expect, it } from "vitest";
import type { Scenario } from "../../generated/dealcast.js";
import {
  addStage,
  moveStage,
  removeStage,
  renameStage,
  setPriorStrength,
  setRule,
  setStageRate,
} from "./edits.js";

const base = (): Scenario => ({
  schema: "dealcast/1",
  open_pipeline: {
    target: 1,
    stages: [
      { stage: "Demo", win_rate: 0.2 },
      { stage: "Proposal", win_rate: { won: 3, closed: 5 } },
    ],
    qualification_gate: { enabled: true, stage: "Proposal" },
    deals: [
      { deal_id: "A", amount: 1, expected_close_month: 1, stage: "Demo" },
      { deal_id: "B", amount: 1, expected_close_month: 1, stage: "Proposal" },
    ],
  },
});

function edited(...edits: ((draft: Scenario) => void)[]) {
  const draft = base();
  for (const edit of edits) edit(draft);
  return draft.open_pipeline;
}

it("renames a stage with its deals and the gate", () => {
  const section = edited(renameStage(1, "Offer"));
  expect(section?.stages?.[1]?.stage).toBe("Offer");
  expect(section?.deals.map((deal) => deal.stage)).toEqual(["Demo", "Offer"]);
  expect(section?.qualification_gate?.stage).toBe("Offer");
});

it("leaves the deals alone when two stages share the name", () => {
  const section = edited(renameStage(1, "Demo"), renameStage(1, "Offer"));
  expect(section?.deals.map((deal) => deal.stage)).toEqual(["Demo", "Demo"]);
  expect(section?.stages?.map((stage) => stage.stage)).toEqual(["Demo", "Offer"]);
});

it("adds, moves and removes stages, and sets rates", () => {
  expect(edited(moveStage(1, -1))?.stages?.map((stage) => stage.stage)).toEqual(["Proposal", "Demo"]);
  expect(edited(removeStage(0))?.stages).toHaveLength(1);
  expect(edited(removeStage(1), addStage("Offer"))?.stages?.[1]).toEqual({ stage: "Offer", win_rate: 0.3 });
  expect(edited(setStageRate(0, { won: 1, closed: 9 }))?.stages?.[0]?.win_rate).toEqual({
    won: 1,
    closed: 9,
  });
});

it("takes rules out of the document when they go back to their default", () => {
  expect(edited(setRule("champion", 3))?.meddic).toEqual({ champion: 3 });
  expect(edited(setRule("champion", 3), setRule("champion", undefined))).not.toHaveProperty("meddic");
  expect(edited(setPriorStrength(20))?.stage_prior_strength).toBe(20);
  expect(edited(setPriorStrength(20), setPriorStrength(undefined))).not.toHaveProperty(
    "stage_prior_strength",
  );
});
