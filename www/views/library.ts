/** The case library, read when it is asked for: its cases, and what is said of one that is open. */
export { CASES, casesOf, openCase } from "../state/cases.js";
export { casePanel } from "./case.js";
