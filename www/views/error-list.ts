/** Everything that keeps the document from being computed, each with a link to its field. */
import { html, nothing } from "lit";
import { placeOf, sentenceOf } from "../errors.js";
import type { InputError, Scenario } from "../generated/dealcast.js";
import { parts, t } from "../i18n.js";
import { fieldId } from "../inputs/number-field.js";
import type { Store } from "../state/store.js";
import { rootOf } from "../ui/root.js";

/** Errors listed; a broken import can have thousands. */
const MOST_LISTED = 8;

/** `more`: errors that another calculation of the view found. */
export function errorList(store: Store, more: readonly InputError[] = []) {
  const { scenario } = store;
  const known = new Set(store.errors.map(({ path, code }) => `${code} ${path}`));
  const errors = [...store.errors, ...more.filter(({ path, code }) => !known.has(`${code} ${path}`))];
  if (errors.length === 0) return nothing;
  const rest = errors.length - MOST_LISTED;
  return html`<div class="errors" role="alert" id="errors">
    <p><strong>${t("app.errors_title", { count: errors.length })}</strong>${store.report ? html` ${t("app.errors_stale")}` : nothing}</p>
    <ul>
      ${errors.slice(0, MOST_LISTED).map((error) => html`<li>${line(error, scenario)}</li>`)}
      ${rest > 0 ? html`<li>${t("app.errors_more", { count: rest })}</li>` : nothing}
    </ul>
  </div>`;
}

/** “Target: −5 is below 0.”, the place as a link. */
function line(error: InputError, scenario: Scenario) {
  const places = { place: placeOf(error.path, scenario), problem: sentenceOf(error, scenario) };
  return parts("errors.at_place", places).map((part) => {
    if (typeof part === "string") return part;
    if (part.name === "problem") return part.text;
    return html`<a href="#${fieldId(error.path)}" @click=${(event: Event) => goTo(event, error)}>${part.text}</a>`;
  });
}

/** Shows the field of an error; what is in no field of the view answers `show-error`: deals, other views. */
function goTo(event: Event, error: InputError): void {
  event.preventDefault();
  const from = event.currentTarget as HTMLElement;
  if (!focusField(error.path, from))
    from.dispatchEvent(new CustomEvent("show-error", { detail: { error }, bubbles: true }));
}

/** Goes to the field of a place of the document, or to the nearest one in sight; false where there is none. */
export function focusField(place: string, from: Node): boolean {
  const root = rootOf(from);
  for (let path = place; path; path = path.slice(0, path.lastIndexOf("/"))) {
    const field = root.getElementById(fieldId(path));
    if (!field) continue;
    for (let at = field.closest("details"); at; at = at.parentElement?.closest("details") ?? null)
      at.open = true;
    field.focus();
    return true;
  }
  return false;
}

declare global {
  interface HTMLElementEventMap {
    "show-error": CustomEvent<{ readonly error: InputError }>;
  }
}
