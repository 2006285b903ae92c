/** The case library: worked examples that open in one click. The page starts on the first of them: see `first-case.ts`. */

import index from "../../cases/index.json";
import type { Scenario } from "../generated/dealcast.js";
import { LOCALES, type Locale } from "../i18n.js";

export interface Case {
  readonly file: string;
  /** The case that this one is compared with: the same before. */
  readonly before?: string;
  /** The view that it is an example of; the Pipeline's unless stated. */
  readonly view?: string;
  readonly title: Words;
  readonly description: Words;
  readonly source: Words;
  /** What the model says of the reported figures. */
  readonly verdict?: Words;
  /** Figure by figure: reported, and as the model gives it. */
  readonly back_cast?: readonly BackCast[];
  /** What the source does not give. */
  readonly assumed?: Words;
}

type Words = Readonly<Record<Locale, string>>;

/** A figure of a case. */
export interface BackCast {
  readonly figure: Words;
  /** Absent: the source is silent. */
  readonly reported?: Words;
  /** Place of the model's value in the report of the case, as a JSON pointer; absent: derived from several. */
  readonly at?: string;
  readonly unit: "money" | "percent" | "months" | "number";
  readonly model: number;
}

export const CASES = index as readonly Case[];

/** The case that a document is, as long as it keeps its title. */
export function caseOf({ title }: Scenario): Case | undefined {
  return CASES.find((one) => one.verdict && LOCALES.some((language) => one.title[language] === title));
}

/** The examples of a view. */
export function casesOf(view: string): Case[] {
  return CASES.filter((one) => (one.view ?? "pipeline") === view);
}

const files = import.meta.glob<Scenario>("../../cases/*.json", { import: "default" });

/** Its document, titled in the reader's language. */
export async function openCase(one: Case, language: Locale): Promise<Scenario> {
  const load = files[`../../cases/${one.file}`];
  if (!load) throw new Error(`no case ${one.file}`);
  return { ...(await load()), title: one.title[language] };
}

const loaded = new Map<string, Scenario | Promise<Scenario>>();

/** The document that a case is compared with: at hand, or on its way once. */
export function documentBefore({ before }: Case): Scenario | Promise<Scenario> | undefined {
  const one = CASES.find(({ file }) => file === before);
  if (!one) return undefined;
  const known = loaded.get(one.file);
  if (known) return known;
  const coming = openCase(one, "en");
  loaded.set(one.file, coming);
  void coming.then((scenario) => loaded.set(one.file, scenario));
  return coming;
}
