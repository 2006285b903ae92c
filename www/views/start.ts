/** Where a view starts when the document has nothing for it: what it answers, and the ways in. */
import { html, nothing, type TemplateResult } from "lit";
import { locale, t } from "../i18n.js";
import type { Case } from "../state/cases.js";
import type { ViewId } from "./views.js";

export interface StartActions {
  /** Opens an example in place of the document. */
  open(one: Case): void;
  /** Adds the view's sections to the document, with usual values. */
  begin(): void;
  /** A few questions instead of a form, where the view has them. */
  guided?(): void;
}

/** The same for those who only read, who have no way in. */
export function nothingHere(view: ViewId): TemplateResult {
  return html`<section class="start" id="results" tabindex="-1" aria-labelledby="start-title">
    <h1 id="start-title">${t(`app.start_${view}_title`)}</h1>
    <p>${t("app.start_nothing")}</p>
  </section>`;
}

export function startPanel(
  view: ViewId,
  cases: readonly Case[],
  { open, begin, guided }: StartActions,
): TemplateResult {
  return html`<section class="start" id="results" tabindex="-1" aria-labelledby="start-title">
    <h1 id="start-title">${t(`app.start_${view}_title`)}</h1>
    <p>${t(`app.start_${view}_answers`)}</p>
    <p class="ways">
      ${guided ? html`<button class="main" id="start-guided" @click=${guided}>${t("app.start_guided")}</button>` : nothing}
      <button class=${guided ? "framed" : "main"} id="start-defaults" @click=${begin}>${t(`app.start_${view}_defaults`)}</button>
    </p>
    <p class="help">${t("app.start_keeps")}</p>
    ${
      cases.length > 0
        ? html`<h2>${t("app.start_examples")}</h2>
          <ul class="cases">
            ${cases.map(
              (one) => html`<li>
                <button class="framed" @click=${() => open(one)}>
                  <strong>${one.title[locale()]}</strong>
                  <small>${one.description[locale()]} ${one.source[locale()]}</small>
                </button>
              </li>`,
            )}
          </ul>`
        : nothing
    }
  </section>`;
}
