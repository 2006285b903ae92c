/** What changes between the two documents of a worked case. Pure. */
import { placeOf } from "../errors.js";
import { decimal, percent } from "../format.js";
import type { Deal, Scenario } from "../generated/dealcast.js";
import { growthFields } from "../growth/fields.js";
import { t } from "../i18n.js";
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
  return [...dealLevers(before, after), ...fieldLevers(before, after)];
}

/** How two lists of deals differ as a whole: how many there are, how often they are won. */
function dealLevers(before: Scenario, after: Scenario): CaseLever[] {
  const [from, to] = [before.open_pipeline?.deals, after.open_pipeline?.deals];
  if (!from || !to) return [];
  const count = { name: t("app.case_open_deals"), before: decimal(from.length), after: decimal(to.length) };
  const rates = { name: t("app.case_win_rate"), before: averageRate(from), after: averageRate(to) };
  return [count, rates].filter((lever) => lever.before !== lever.after);
}

/** Average of the deals' own win rates; a dash where some take that of their stage. */
function averageRate(deals: readonly Deal[]): string {
  const known = deals.map(({ win_probability: rate }) => rate).filter((rate) => typeof rate === "number");
  if (known.length === 0 || known.length < deals.length) return t("app.none");
  return percent(known.reduce((sum, rate) => sum + rate, 0) / known.length, { decimals: 0 });
}

function fieldLevers(before: Scenario, after: Scenario): CaseLever[] {
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
