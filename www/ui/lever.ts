/** The small sign beside an assumption that makes it a lever of a plan. */
import { html } from "lit";
import { type DealLever, dealLeverName } from "../compare/deal-inputs.js";
import type { Deal } from "../generated/dealcast.js";
import { t } from "../i18n.js";

/** What is to become a lever: a field, or something of some deals. */
export type LeverAsked =
  | { readonly path: string; readonly deals?: undefined }
  | {
      readonly path?: undefined;
      readonly deals: { readonly what: DealLever; readonly ids: readonly string[] };
    };

/** Asks the page for a lever. */
export function askLever(from: EventTarget, wish: LeverAsked): void {
  from.dispatchEvent(new CustomEvent("make-lever", { detail: wish, bubbles: true, composed: true }));
}

/** Makes a field a lever. */
export function leverButton(path: string, name: string) {
  return button({ path }, name);
}

/** Makes something of one deal a lever. */
export function dealLeverButton({ deal_id: id }: Deal, what: DealLever) {
  return button({ deals: { what, ids: [id] } }, dealLeverName(what));
}

function button(wish: LeverAsked, name: string) {
  return html`<button
    type="button"
    class="quiet make-lever"
    aria-label=${t("app.of_plan", { what: t("app.make_lever"), plan: name })}
    title=${t("app.make_lever")}
    @click=${(event: Event) => askLever(event.currentTarget as HTMLElement, wish)}
    ><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M1 5h14M1 11h14M5 2.5v5M11 8.5v5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" /></svg></button
  >`;
}

declare global {
  interface HTMLElementEventMap {
    "make-lever": CustomEvent<LeverAsked>;
  }
}
