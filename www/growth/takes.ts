/** “What would it take?”: an ARR goal and its date in, what each lever alone would have to be out. */
import { html, nothing, type TemplateResult } from "lit";
import { decimal, money, percent } from "../format.js";
import type { ArrCohortsReport, GoalLever, Report } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { entry, type Quantifiable } from "../inputs/quantity.js";
import type { Store } from "../state/store.js";
import { defineButton } from "../ui/define.js";
import { GOAL, GOAL_MONTH } from "./fields.js";
import "../inputs/number-field.js";
import "../ui/table-file.js";

export interface Need {
  readonly lever: string;
  readonly now: string;
  readonly needed: string;
  /** The numbers behind them, where there are any. */
  readonly exact: { readonly now: number; readonly needed: number | undefined };
}

/** What the goal at its month asks of each lever alone. */
export function needs({ goal_needs: found }: ArrCohortsReport): Need[] {
  return (found?.levers ?? []).map((lever) => ({
    lever: t(`growth.takes_${lever.lever}`),
    now: written(lever, lever.now),
    needed: needed(lever),
    exact: { now: lever.now, needed: lever.required ?? undefined },
  }));
}

/** A lever's value: customers and reps are counted, rates are shares. */
function written({ lever }: GoalLever, value: number): string {
  switch (lever) {
    case "new_customers":
      return t("growth.takes_customers_count", { count: Math.round(value) });
    case "ramped_reps":
      return decimal(value, 1);
    case "mature_nrr":
    case "win_rate":
      return percent(value, { decimals: 1 });
  }
}

function needed(lever: GoalLever): string {
  const { lever: name, now, required } = lever;
  if (required == null) return t(`growth.takes_out_${name}`);
  if (required <= 0) return t("growth.takes_none");
  if (required <= now) return t("growth.takes_enough", { value: written(lever, required) });
  if (name === "new_customers" && now > 0)
    return t("growth.takes_customers_needed", {
      customers: written(lever, required),
      factor: decimal(required / now, 2),
    });
  return written(lever, required);
}

export function takes(store: Store, { currency }: Report, arr: ArrCohortsReport): TemplateResult {
  const found = needs(arr);
  // The goal's month is the last one unless the document says another.
  const month = { ...GOAL_MONTH, fallback: arr.horizon_months, maximum: arr.horizon_months };
  const field = (of: Quantifiable, id: string) =>
    // The same value as on the left, under a name of its own: an id stands once on a page.
    html`<dc-number-field .store=${store} .spec=${{ ...entry(of), id, help: undefined }}></dc-number-field>`;
  return html`<section class="takes" id="takes" aria-labelledby="takes-title">
    <h2 id="takes-title">${t("growth.takes_title")} ${defineButton("growth_multiplier")}</h2>
    <div class="pair">${field(GOAL, "takes-goal")} ${field(month, "takes-by")}</div>
    ${
      found.length === 0
        ? html`<p class="help">${t("growth.takes_no_goal")}</p>`
        : html`<p class="help">${t("growth.takes_lead", {
            month: String(arr.goal_needs?.month ?? arr.horizon_months),
            arr: money(arr.goal_needs?.arr_at_month ?? arr.closing_arr, currency),
          })}</p>
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
                ({ lever, now, needed, exact }) => html`<tr>
                  <th scope="row">${lever}</th>
                  <td data-value=${exact.now}>${now}</td>
                  <td data-value=${exact.needed ?? nothing}>${needed}</td>
                </tr>`,
              )}
            </tbody>
          </table>
          <dc-table-file .name=${t("growth.takes_title")}></dc-table-file>`
    }
  </section>`;
}
