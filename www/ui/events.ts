/** Events of the page that rise through its parts. */
import type { DefinitionId } from "../dialogs/definitions.js";

/** Asks the page to open the definition of a figure: `show-definition` with its id. */
export function showDefinition(from: HTMLElement, id: DefinitionId): void {
  from.dispatchEvent(new CustomEvent("show-definition", { detail: { id }, bubbles: true, composed: true }));
}

declare global {
  interface HTMLElementEventMap {
    "show-definition": CustomEvent<{ readonly id: DefinitionId }>;
  }
}
