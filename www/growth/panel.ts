/** The assumptions of the Growth view: the sales machine with its changes in time, and recurring revenue. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { type MessageKey, t } from "../i18n.js";
import { currency, group, notes, runFields, switchField } from "../inputs/common.js";
import { startMonth } from "../inputs/months.js";
import { fieldId } from "../inputs/number-field.js";
import type { Quantifiable } from "../inputs/quantity.js";
import { PageElement } from "../ui/element.js";
import { leverButton } from "../ui/lever.js";
import type { Services } from "../ui/services.js";
import {
  ARR_HORIZON,
  BASE,
  BUDGET,
  CAC,
  ECONOMICS,
  GOAL,
  GOAL_MONTH,
  type Group,
  LEADS,
  NEW_ARR,
  NEW_CUSTOMERS,
  type Part,
  RETENTION,
  TEAM,
  WINS,
} from "./fields.js";
import { isLinked, LINKS, setLink } from "./links.js";
import { regimes } from "./regimes.js";
import { usualArr, usualMachine } from "./starter.js";
import { hires, windowFields } from "./team.js";
import "../inputs/quantity-field.js";

@customElement("dc-growth-inputs")
export class GrowthInputs extends PageElement {
  drawSeed: Services["drawSeed"] | undefined;
  /** On a phone the groups start closed: the answer comes first. */
  #wide = matchMedia("(min-width: 50.01rem)").matches;

  protected override render(): TemplateResult {
    const { store } = this;
    return html`
      <h2 class="visually-hidden">${t("app.inputs")}</h2>
      ${this.#part("pipeline_generation", () => this.#machine())}
      ${this.#part("arr_cohorts", () => this.#arr())}
      <h3 class="side">${t("growth.for_all")}</h3>
      ${group("frame", "app.group_frame", false, html`${startMonth(store)} ${currency(store)}`)}
      ${group("run", "app.group_run", false, runFields(store, this.drawSeed))}
      ${group("notes", "app.notes", false, notes(store))}
    `;
  }

  #part(part: Part, body: () => TemplateResult): TemplateResult {
    const { scenario } = this.store;
    const other: Part = part === "arr_cohorts" ? "pipeline_generation" : "arr_cohorts";
    if (!scenario[part])
      return html`<h3 class="side">${t(`growth.${part}`)}</h3>
        <p class="help">${t(`growth.${part}_absent`)}</p>
        <button class="framed" id="add-${part}" @click=${() => this.#add(part)}>${t(`growth.add_${part}`)}</button>`;
    return html`<h3 class="side">${t(`growth.${part}`)}</h3>
      ${body()}
      ${
        scenario[other]
          ? html`<button class="quiet toggle" id="remove-${part}" @click=${() => this.#remove(part)}>${t(`growth.remove_${part}`)}</button>`
          : nothing
      }`;
  }

  #add(part: Part): void {
    this.store.edit(t(`growth.add_${part}`), (draft) => {
      if (part === "arr_cohorts") draft.arr_cohorts = usualArr();
      else draft.pipeline_generation = usualMachine();
    });
  }

  #remove(part: Part): void {
    const customers = this.store.report?.arr_cohorts?.new_customers[0];
    this.store.edit(t(`growth.remove_${part}`), (draft) => {
      // What the machine fed stands by itself again.
      if (part === "pipeline_generation")
        for (const link of LINKS) if (isLinked(draft, link)) setLink(draft, link, false, customers);
      delete draft[part];
    });
  }

  #fields(fields: readonly Quantifiable[]): TemplateResult {
    return html`${fields.map((field) => html`<dc-quantity-field .store=${this.store} .field=${field}></dc-quantity-field>`)}`;
  }

  #group({ id, fields }: Group, open: boolean, more: unknown = nothing): TemplateResult {
    const title = `growth.group_${id}` as MessageKey;
    return group(`growth-${id}`, title, this.#wide && open, html`${this.#fields(fields)} ${more}`);
  }

  #machine(): TemplateResult {
    const { store } = this;
    const { capacity } = store.scenario.pipeline_generation ?? {};
    return html`${this.#group(LEADS, true)}
      ${regimes(store, this.#wide)}
      ${group(
        "growth-team",
        "growth.group_team",
        false,
        html`${switchField(store, {
          path: "/pipeline_generation/capacity",
          label: "growth.capacity",
          help: "growth.capacity_help",
          on: capacity !== undefined,
          lever: true,
          set: (draft, on) => {
            if (on) draft.pipeline_generation = { ...draft.pipeline_generation, capacity: {} };
            else delete draft.pipeline_generation?.capacity;
          },
        })}
        ${
          capacity
            ? html`${this.#fields(TEAM.fields)}
              ${switchField(store, {
                path: "/pipeline_generation/capacity/replace_leavers",
                label: "growth.replace_leavers",
                help: "growth.replace_leavers_help",
                on: capacity.replace_leavers ?? true,
                lever: true,
                set: (draft, on) => {
                  const team = draft.pipeline_generation?.capacity;
                  if (team) team.replace_leavers = on;
                },
              })}
              ${hires(store)}`
            : nothing
        }`,
      )}
      ${this.#group(WINS, false, windowFields(store))}`;
  }

  #arr(): TemplateResult {
    const { store } = this;
    const { scenario } = store;
    const listed = scenario.arr_cohorts?.new_customers_by_month !== undefined;
    const linked = isLinked(scenario, "arr_cohorts");
    return html`${this.#group(BASE, true)}
      ${group(
        "growth-new",
        "growth.group_new",
        this.#wide,
        html`${linked ? html`<p class="help" id=${fieldId("/arr_cohorts/new_customers_from")} tabindex="-1">${t("growth.new_customers_linked")}</p>` : listed ? this.#list() : this.#fields(NEW_CUSTOMERS)}
        ${this.#fields([NEW_ARR])}`,
      )}
      ${this.#group(RETENTION, false)}
      ${group("growth-economics", "growth.group_economics", false, html`${this.#acquisition()} ${this.#fields(ECONOMICS)}`)}
      ${this.#group({ id: "goal", fields: [GOAL, GOAL_MONTH, ARR_HORIZON] }, true)}`;
  }

  /** New customers that the file gives month by month. */
  #list(): TemplateResult {
    return html`<p class="help" id=${fieldId("/arr_cohorts/new_customers_by_month")} tabindex="-1">${t("growth.new_customers_listed")}${leverButton("/arr_cohorts/new_customers_by_month/*", t("growth.new_customers_per_month"))}</p>
      <button class="quiet toggle" @click=${() =>
        this.store.edit(t("growth.one_number_instead"), (draft) => {
          const section = draft.arr_cohorts;
          if (!section) return;
          const first = section.new_customers_by_month?.[0];
          delete section.new_customers_by_month;
          if (first !== undefined) section.new_customers_per_month = first;
        })}>${t("growth.one_number_instead")}</button>`;
  }

  /** A cost per customer, or a monthly budget. */
  #acquisition(): TemplateResult {
    const { store } = this;
    const budget = store.scenario.arr_cohorts?.sales_marketing_cost_per_month !== undefined;
    const id = "acquisition";
    return html`<div class="field">
        <label for=${id}>${t("growth.acquisition")}</label>
        <select id=${id} @change=${(event: Event) => this.#setBudget((event.target as HTMLSelectElement).value === "budget")}>
          <option value="customer" ?selected=${!budget}>${t("growth.acquisition_per_customer")}</option>
          <option value="budget" ?selected=${budget}>${t("growth.acquisition_budget")}</option>
        </select>
      </div>
      ${this.#fields(budget ? BUDGET : [CAC])}`;
  }

  #setBudget(on: boolean): void {
    const spent = this.store.report?.arr_cohorts?.sales_marketing_cost[0];
    this.store.edit(t("app.changed", { what: t("growth.acquisition") }), (draft) => {
      const section = draft.arr_cohorts;
      if (!section) return;
      if (on) {
        delete section.cac;
        // What is spent in month 1 as it is.
        section.sales_marketing_cost_per_month = Number((spent ?? 250_000).toPrecision(3));
      } else {
        delete section.sales_marketing_cost_per_month;
        delete section.sales_marketing_monthly_growth;
      }
    });
  }
}
