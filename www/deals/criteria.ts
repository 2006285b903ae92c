/** The questions of MEDDIC. */
import type { MeddicAnswer, MeddicAnswers } from "../generated/dealcast.js";

/** The criteria, in the order of the letters. */
export const CRITERIA = [
  "metrics",
  "economic_buyer",
  "decision_criteria",
  "decision_process",
  "identified_pain",
  "champion",
] as const satisfies readonly (keyof MeddicAnswers)[];
export type Criterion = (typeof CRITERIA)[number];

export const ANSWERS = ["yes", "no", "unknown"] as const satisfies readonly MeddicAnswer[];
