/** The small sign beside a label that opens its definition. */
import { html } from "lit";
import type { DefinitionId } from "../dialogs/definitions.js";
import { wordsOf } from "../dialogs/words.js";
import { t } from "../i18n.js";
import { showDefinition } from "./events.js";

export function defineButton(id: DefinitionId) {
  return html`<button
    class="quiet define"
    aria-label=${`${t(wordsOf(id).name)}, ${t("app.show_the_math")}`}
    title=${t("app.show_the_math")}
    @click=${(event: Event) => showDefinition(event.currentTarget as HTMLElement, id)}
    >ƒ</button
  >`;
}
