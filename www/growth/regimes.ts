/** Rates that change in time: a group of fields from each change's month on. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../i18n.js";
import { switchField } from "../inputs/common.js";
import type { NumberSpec } from "../inputs/number-field.js";
import type { Store } from "../state/store.js";
import { type Group, killFields, regimeGroups, withRegimes } from "./fields.js";

/** Longest list of changes that the engine takes. */
const MOST = 60;

export function regimes(store: Store, wide: boolean): TemplateResult {
  const stated = store.scenario.pipeline_generation?.regimes ?? [];
  const count = Math.max(stated.length, 1);
  return html`${Array.from({ length: count }, (_, index) => regime(store, index, wide))}
    ${
      count < MOST
        ? html`<button class="quiet toggle" id="add-regime" @click=${() => add(store)}>${t("growth.add_regime")}</button>`
        : nothing
    }`;
}

function regime(store: Store, index: number, wide: boolean): TemplateResult {
  const { scenario } = store;
  const stated = scenario.pipeline_generation?.regimes?.[index];
  const from = stated?.from_month ?? 1;
  const changes = (scenario.pipeline_generation?.regimes?.length ?? 1) > 1;
  const title = index === 0 ? t("growth.from_start") : t("growth.from_month", { month: String(from) });
  const fields = (
    group: Group,
  ) => html`<details class="group" id="group-growth-${group.id}-${index}" ?open=${wide && index === 0 && group.id === "conversion"}>
    <summary><h3>${t(`growth.group_${group.id}` as "growth.group_conversion")}${changes ? html` <small>${title}</small>` : nothing}</h3></summary>
    <div class="group-body">
      ${index > 0 && group.id === "conversion" ? change(store, index, from) : nothing}
      ${group.fields.map((field) =>
        isListed(scenario, field.path)
          ? html`<p class="help">${t(field.label)}${t("app.colon")}${t("growth.cycle_by_month")}</p>`
          : html`<dc-quantity-field .store=${store} .field=${field}></dc-quantity-field>`,
      )}
      ${group.id === "cycle" ? kill(store, index) : nothing}
    </div>
  </details>`;
  return html`${regimeGroups(scenario, index).map(fields)}`;
}

/** Whether the file gives a cycle month by month instead of its mean. */
function isListed(scenario: Store["scenario"], path: string): boolean {
  const match = /\/regimes\/(\d+)\/(months_to_win|months_to_loss)\//.exec(path);
  const regime = scenario.pipeline_generation?.regimes?.[Number(match?.[1])];
  return regime?.[match?.[2] as "months_to_win" | "months_to_loss"]?.pmf !== undefined;
}

function change(store: Store, index: number, from: number): TemplateResult {
  const before = store.scenario.pipeline_generation?.regimes?.[index - 1]?.from_month ?? 1;
  const spec: NumberSpec = {
    path: `/pipeline_generation/regimes/${index}/from_month`,
    label: "growth.regime_month",
    help: "growth.regime_month_help",
    unit: "plain",
    minimum: before + 1,
    maximum: 120,
    step: 1,
    lever: true,
    read: (scenario) => scenario.pipeline_generation?.regimes?.[index]?.from_month,
    write: (scenario, value) => {
      const regime = scenario.pipeline_generation?.regimes?.[index];
      if (regime && value !== undefined) regime.from_month = value;
    },
  };
  return html`<dc-number-field .store=${store} .spec=${spec}></dc-number-field>
    <p class="help">${t("growth.inherited")}</p>
    <button class="quiet toggle" @click=${() => remove(store, index, from)}>${t("growth.remove_regime", { month: String(from) })}</button>`;
}

function kill(store: Store, index: number): TemplateResult {
  const stated = store.scenario.pipeline_generation?.regimes ?? [];
  const rule = stated.slice(0, index + 1).findLast((one) => one.kill_rule !== undefined)?.kill_rule;
  const own = stated[index]?.kill_rule !== undefined;
  return html`${switchField(store, {
    path: `/pipeline_generation/regimes/${index}/kill_rule`,
    label: "growth.kill_rule",
    help: "growth.kill_rule_help",
    on: rule?.enabled ?? false,
    lever: true,
    set: (draft, on) => {
      withRegimes(draft);
      const regime = draft.pipeline_generation?.regimes?.[index];
      if (regime) regime.kill_rule = { ...rule, enabled: on };
    },
  })}
  ${
    own && rule?.enabled
      ? killFields(index).map(
          (field) => html`<dc-quantity-field .store=${store} .field=${field}></dc-quantity-field>`,
        )
      : nothing
  }`;
}

function add(store: Store): void {
  store.edit(t("growth.add_regime"), (draft) => {
    withRegimes(draft);
    const section = draft.pipeline_generation;
    const last = section?.regimes?.at(-1)?.from_month ?? 1;
    section?.regimes?.push({ from_month: Math.min(last + 6, 120) });
  });
}

function remove(store: Store, index: number, month: number): void {
  store.edit(t("growth.remove_regime", { month: String(month) }), (draft) => {
    draft.pipeline_generation?.regimes?.splice(index, 1);
  });
}
