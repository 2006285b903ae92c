/** Before the first report of a view: that it comes, or why it does not. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../i18n.js";
import type { Store } from "../state/store.js";

export function waiting(store: Store): TemplateResult | typeof nothing {
  if (store.stopped === "broken")
    return html`<p class="waiting" role="alert">${t("app.engine_failed", { reason: store.failure })}</p>`;
  if (store.errors.length > 0) return nothing;
  return html`<p class="waiting">${t("app.computing")}…</p>`;
}
