/** A worked case that is open: the verdict on its figures, those figures one by one, source and assumptions. */
import { html, nothing, type TemplateResult } from "lit";
import { until } from "lit/directives/until.js";
import { decimal, money, percent } from "../format.js";
import type { Scenario } from "../generated/dealcast.js";
import { locale, t } from "../i18n.js";
import { type CaseLever, leversBetween } from "../state/case-levers.js";
import { type BackCast, type Case, caseOf, documentBefore } from "../state/cases.js";
import type { Store } from "../state/store.js";
import "../ui/table-file.js";

export function casePanel(store: Store): TemplateResult | typeof nothing {
  const known = caseOf(store.scenario);
  if (!known?.verdict) return nothing;
  const language = locale();
  const currency = store.scenario.currency ?? "EUR";
  return html`<section class="case" id="case" aria-label=${t("app.case_verdict")}>
    <p><strong>${t("app.case_verdict")}${t("app.colon")}</strong>${known.verdict[language]}</p>
    <details>
      <summary>${t("app.case_figures")}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${t("app.case_figures")}>
        <table class="years">
          <thead>
            <tr>
              <th scope="col">${t("app.case_figure")}</th>
              <th scope="col">${t("app.case_reported")}</th>
              <th scope="col">${t("app.case_model")}</th>
            </tr>
          </thead>
          <tbody>
            ${(known.back_cast ?? []).map(
              (row) => html`<tr>
                <th scope="row">${row.figure[language]}</th>
                <td>${row.reported?.[language] ?? t("app.case_silent")}</td>
                <td data-value=${row.model}>${modelText(row, currency)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <dc-table-file .name=${t("app.case_figures")}></dc-table-file>
      <p class="help">${t("app.case_as_opened")}</p>
      ${levers(known, store.scenario)}
      <p><strong>${t("app.case_source")}${t("app.colon")}</strong>${known.source[language]}</p>
      ${
        known.assumed
          ? html`<p><strong>${t("app.case_assumed")}${t("app.colon")}</strong>${known.assumed[language]}</p>`
          : nothing
      }
    </details>
  </section>`;
}

/** What was changed, assumption by assumption; nothing where the case stands alone. */
function levers(known: Case, scenario: Scenario): unknown {
  const before = documentBefore(known);
  if (!before) return nothing;
  const table = (from: Scenario) => leverTable(leversBetween(from, scenario));
  return before instanceof Promise ? until(before.then(table), nothing) : table(before);
}

function leverTable(found: readonly CaseLever[]): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t("app.case_levers")}>
    <table class="years" id="case-levers">
      <thead>
        <tr>
          <th scope="col">${t("app.case_levers")}</th>
          <th scope="col">${t("app.case_before")}</th>
          <th scope="col">${t("app.case_after")}</th>
        </tr>
      </thead>
      <tbody>
        ${found.map(
          ({ name, before, after }) => html`<tr>
            <th scope="row">${name}</th>
            <td>${before}</td>
            <td>${after}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    </div>
    <dc-table-file .name=${t("app.case_levers")}></dc-table-file>`;
}

/** The model's figure in the reader's language. */
export function modelText({ model, unit }: BackCast, currency: string): string {
  switch (unit) {
    case "money":
      return money(model, currency);
    case "percent":
      return percent(model);
    case "months":
      return t("app.months", { count: Number(model.toFixed(1)) });
    case "number":
      return decimal(model, 2);
  }
}
