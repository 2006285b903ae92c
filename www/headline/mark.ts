/** The small line under the sentence: how it was computed, and what is going on. */
import { html, nothing } from "lit";
import type { DefinitionId } from "../dialogs/definitions.js";
import { t } from "../i18n.js";
import type { Store } from "../state/store.js";

/** Beyond this many standard errors, exact and simulated figures do not confirm one another. */
const MOST_STANDARD_ERRORS = 5;

export function engineMark(store: Store, define: (id: DefinitionId) => void) {
  const forecast = store.report?.open_pipeline;
  if (!forecast || !store.report) return nothing;
  return html`<p class="mark">
    <button class="quiet" @click=${() => define("engines")}>${words(store)}</button>
    ${runState(store)}
  </p>`;
}

/** The same for figures that only the simulation gives. */
export function simulationMark(
  store: Store,
  simulated: boolean,
  define: (id: DefinitionId) => void,
  expected: DefinitionId = "partner_net_cash",
) {
  if (!store.report) return nothing;
  const count = store.report.trials;
  const words = simulated
    ? t(store.quality === "preview" ? "app.mark_preview" : "app.mark_simulated", { count })
    : t("app.mark_expected");
  return html`<p class="mark">
    <button class="quiet" @click=${() => define(simulated ? "standard_error" : expected)}>${words}</button>
    ${runState(store)}
  </p>`;
}

function words(store: Store): string {
  const report = store.report;
  const forecast = report?.open_pipeline;
  if (!report || !forecast) return "";
  const count = report.trials;
  if (store.quality === "preview") return t("app.mark_preview", { count });
  if (forecast.headline_engine === "simulation") return t("app.mark_simulated", { count });
  const apart = forecast.cross_check.some(
    (check) => Math.abs(check.difference_in_standard_errors ?? 0) > MOST_STANDARD_ERRORS,
  );
  return t(apart ? "app.mark_apart" : "app.mark_exact", { count });
}

/** Progress with its stop button, or why the full run did not finish. */
function runState(store: Store) {
  if (store.running) {
    return html`<progress max="1" .value=${store.progress} aria-label=${t("app.computing")}></progress
      ><button class="quiet" id="cancel" @click=${() => store.cancel()}>${t("app.cancel")}</button>`;
  }
  if (!store.stopped) return nothing;
  const words = store.stopped === "cancelled" ? t("app.run_cancelled") : t("app.run_broken");
  return html`<span role="status">${words}</span>
    <button class="quiet" id="run-again" @click=${() => void store.runFull()}>${t("app.run_again")}</button>`;
}
