/** What definitions are called; their texts and formulas are read when one is opened. */
import type { MessageKey } from "../i18n.js";
import type { DefinitionId } from "./definitions.js";

/** Catalogue keys of a definition. */
export function wordsOf(id: DefinitionId): { readonly name: MessageKey; readonly meaning: MessageKey } {
  return { name: `definitions.${id}_name`, meaning: `meanings.${id}` };
}
