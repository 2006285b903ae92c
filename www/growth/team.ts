/** Hires by month, and the months in which wins count. */
import { html, nothing, type TemplateResult } from "lit";
import { USUAL_HORIZON } from "../compare/time-inputs.js";
import type { Hire, Scenario } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import type { NumberSpec } from "../inputs/number-field.js";
import type { Store } from "../state/store.js";

const MOST = 60;

function listOf(scenario: Scenario): Hire[] {
  return scenario.pipeline_generation?.capacity?.hires ?? [];
}

export function hires(store: Store): TemplateResult {
  const list = listOf(store.scenario);
  return html`<fieldset class="hires">
    <legend>${t("growth.hires")}</legend>
    ${list.map(
      ({ month }, index) => html`<div class="pair">
        <dc-number-field .store=${store} .spec=${spec(index, "month")}></dc-number-field>
        <dc-number-field .store=${store} .spec=${spec(index, "count")}></dc-number-field>
        <button
          class="quiet icon"
          aria-label=${t("growth.remove_hire", { month: String(month) })}
          @click=${() =>
            store.edit(t("growth.remove_hire", { month: String(month) }), (draft) => {
              draft.pipeline_generation?.capacity?.hires?.splice(index, 1);
            })}
        >
          ✕
        </button>
      </div>`,
    )}
    ${
      list.length < MOST
        ? html`<button class="quiet toggle" id="add-hire" @click=${() => add(store)}>${t("growth.add_hire")}</button>`
        : nothing
    }
  </fieldset>`;
}

function spec(index: number, name: "month" | "count"): NumberSpec {
  return {
    path: `/pipeline_generation/capacity/hires/${index}/${name}`,
    label: `growth.hire_${name}`,
    unit: "plain",
    minimum: name === "month" ? 1 : 0,
    maximum: name === "month" ? 120 : 1e5,
    step: 1,
    lever: true,
    read: (scenario) => listOf(scenario)[index]?.[name],
    write: (scenario, value) => {
      const hire = listOf(scenario)[index];
      if (hire && value !== undefined) hire[name] = value;
    },
  };
}

function add(store: Store): void {
  store.edit(t("growth.add_hire"), (draft) => {
    const team = draft.pipeline_generation?.capacity;
    if (!team) return;
    const last = team.hires?.at(-1)?.month ?? 0;
    team.hires = [...(team.hires ?? []), { month: Math.min(last + 3, 120), count: 1 }];
  });
}

/** First and last month in which wins count; without them the whole horizon. */
export function windowFields(store: Store): TemplateResult {
  return html`${(["first_month", "last_month"] as const).map(
    (end) =>
      html`<dc-number-field .store=${store} .spec=${windowSpec(end, horizonOf(store.scenario))}></dc-number-field>`,
  )}`;
}

function horizonOf({ pipeline_generation: machine }: Scenario): number {
  return machine?.horizon_months ?? USUAL_HORIZON;
}

function windowSpec(end: "first_month" | "last_month", horizon: number): NumberSpec {
  const words = end === "first_month" ? "growth.window_first" : "growth.window_last";
  return {
    path: `/pipeline_generation/target_window/${end}`,
    label: words,
    help: `${words}_help` as MessageKey,
    unit: "plain",
    minimum: 1,
    maximum: 120,
    step: 1,
    optional: true,
    lever: true,
    fallback: end === "first_month" ? 1 : horizon,
    read: (scenario) => scenario.pipeline_generation?.target_window?.[end],
    write: (scenario, value) => {
      const section = scenario.pipeline_generation;
      if (!section) return;
      if (value === undefined) {
        delete section.target_window;
        return;
      }
      const whole = { first_month: 1, last_month: horizon };
      section.target_window = { ...whole, ...section.target_window, [end]: value };
    },
  };
}
