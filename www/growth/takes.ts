/** “What would it take?”: an ARR goal and its date in, what each lever alone would have to be out. */
import { html, type TemplateResult } from "lit";
import { decimal } from "../format.js";
import type { ArrCohortsReport } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { entry, type Quantifiable } from "../inputs/quantity.js";
import type { Store } from "../state/store.js";
import { defineButton } from "../ui/define.js";
import { ARR_HORIZON, GOAL } from "./fields.js";
import "../inputs/number-field.js";

export interface Need {
  readonly lever: string;
  readonly now: string;
  readonly needed: string;
}

/** What the goal at the horizon asks of each lever. */
export function needs(arr: ArrCohortsReport): Need[] {
  if (arr.arr_goal == null) return [];
  const total = arr.new_customers.reduce((sum, count) => sum + count, 0);
  const factor = arr.new_customer_multiplier_for_goal_at_horizon;
  return [
    {
      lever: t("growth.takes_customers"),
      now: t("growth.takes_customers_now", { count: Math.round(total) }),
      needed:
        factor == null
          ? t("growth.takes_out")
          : factor === 0
            ? t("growth.takes_base_alone")
            : t("growth.takes_customers_needed", {
                count: Math.round(factor * total),
                factor: decimal(factor, 2),
              }),
    },
  ];
}

export function takes(store: Store, arr: ArrCohortsReport): TemplateResult {
  const found = needs(arr);
  const field = (of: Quantifiable, id: string) =>
    // The same value as on the left, under a name of its own: an id stands once on a page.
    html`<dc-number-field .store=${store} .spec=${{ ...entry(of), id, help: undefined }}></dc-number-field>`;
  return html`<section class="takes" id="takes" aria-labelledby="takes-title">
    <h2 id="takes-title">${t("growth.takes_title")} ${defineButton("growth_multiplier")}</h2>
    <div class="pair">${field(GOAL, "takes-goal")} ${field(ARR_HORIZON, "takes-by")}</div>
    ${
      found.length === 0
        ? html`<p class="help">${t("growth.takes_no_goal")}</p>`
        : html`<p class="help">${t("growth.takes_lead")}</p>
          <table class="years">
            <thead>
              <tr>
                <th scope="col">${t("growth.takes_lever")}</th>
                <th scope="col">${t("growth.takes_now")}</th>
                <th scope="col">${t("growth.takes_needed")}</th>
              </tr>
            </thead>
            <tbody>
              ${found.map(
                ({ lever, now, needed }) => html`<tr>
                  <th scope="row">${lever}</th>
                  <td>${now}</td>
                  <td>${needed}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;
}
