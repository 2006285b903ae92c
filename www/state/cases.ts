/** The case library: worked examples that open in one click. The first one is the start page's. */

import first from "../../cases/example-quarter.json";
import index from "../../cases/index.json";
import type { Scenario } from "../generated/dealcast.js";
import type { Locale } from "../i18n.js";

export interface Case {
  readonly file: string;
  /** The view that it is an example of; the Pipeline's unless stated. */
  readonly view?: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly description: Readonly<Record<Locale, string>>;
  readonly source: Readonly<Record<Locale, string>>;
}

export const CASES: readonly Case[] = index;

/** The examples of a view. */
export function casesOf(view: string): Case[] {
  return CASES.filter((one) => (one.view ?? "pipeline") === view);
}

/** Loaded with the page, so that it is never empty. */
export const FIRST_CASE = first as unknown as Scenario;

const files = import.meta.glob<Scenario>("../../cases/*.json", { import: "default" });

export async function openCase(one: Case): Promise<Scenario> {
  const load = files[`../../cases/${one.file}`];
  if (!load) throw new Error(`no case ${one.file}`);
  return load();
}
