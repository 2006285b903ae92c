/** What changes between the two documents of a worked case. Pure. */
import { placeOf } from "../errors.js";
import type { Scenario } from "../generated/dealcast.js";
import { growthFields } from "../growth/fields.js";
import { type Quantifiable, quantityOf } from "../inputs/quantity.js";
import { assumption } from "../inputs/words.js";
import { PNL_GROUPS, PROGRAMME_GROUPS } from "../partners/fields.js";

export interface CaseLever {
  /** The assumption, in the words of its form. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The assumptions that differ, as both documents have them. */
export function leversBetween(before: Scenario, after: Scenario): CaseLever[] {
  const partners = [...PROGRAMME_GROUPS, ...PNL_GROUPS].flatMap(({ fields }) => fields);
  const known: readonly Quantifiable[] = [...growthFields(after), ...partners];
  return known.flatMap((field) => {
    // Only what the document after states: a section that neither has differs in nothing.
    if (quantityOf(after, field) === undefined && quantityOf(before, field) === undefined) return [];
    const texts = { before: assumption(before, field), after: assumption(after, field) };
    if (texts.before === texts.after) return [];
    return [{ name: placeOf(field.path, after), ...texts }];
  });
}
