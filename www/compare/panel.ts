/** The plans at the left: their levers with switch, size and cost, and what can be done with each plan. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { isUnder, sentenceOf } from "../errors.js";
import type { ComparisonError, InputError, Lever, Outcome, Plan, ReadyLever } from "../generated/dealcast.js";
import { locale, type MessageKey, t } from "../i18n.js";
import { fieldId } from "../inputs/number-field.js";
import type { Recipe } from "../state/store.js";
import { PageElement } from "../ui/element.js";
import { leverChooser } from "./chooser.js";
import { type Input, inputAt, inputsOf } from "./inputs.js";
import { costSpec, operationOf, readyOf, sizeSpec, sizesOf } from "./levers.js";
import { sectionsOf } from "./outcomes.js";
import * as plans from "./plans.js";
import { sameValue } from "./pointer.js";
import { changeText, movedInputs } from "./words.js";
import "../inputs/number-field.js";

/** Changes of a lever that are spelt out; a lever may act on many deals. */
const MOST_TEXTS = 6;

/** What all plans are drawn from, beside their own place in the document. */
type Shared = readonly [inputs: readonly Input[], ...others: unknown[]];

/** Fires `make-base` with the place of a plan. */
@customElement("dc-plans")
export class Plans extends PageElement {
  /** Plans that cannot be computed, and why. */
  @property({ attribute: false }) planErrors: readonly ComparisonError[] = [];
  /** The outcome compared: what it comes from is offered first. */
  @property({ attribute: false }) outcome: Outcome | undefined;
  /** The trade's usual moves for this document. */
  @property({ attribute: false }) catalogue: readonly ReadyLever[] = [];

  protected override render(): TemplateResult {
    const { scenario } = this.store;
    const all = plans.plansOf(scenario);
    const inputs = inputsOf(scenario);
    const { errors } = this.store;
    // While a lever is dragged, nothing of this changes: what is drawn of the others stays.
    const shared = [
      inputs,
      errors,
      this.planErrors,
      this.catalogue,
      this.outcome,
      scenario.currency,
      locale(),
    ] as const;
    const tied = all.map(({ name, of }) => `${name}\n${of ?? ""}`).join("\n\n");
    return html`<h2>${t("compare.plans")}</h2>
      <p class="help">${t("compare.plans_help")}</p>
      ${all.map((plan, place) => guard([plan, place, tied, ...shared], () => this.#plan(plan, place, all, shared)))}
      ${
        all.length < plans.MOST_PLANS
          ? html`<p><button class="framed" id="add-plan" @click=${this.#add}>${t("compare.add_plan")}</button></p>`
          : html`<p class="help">${t("compare.most_plans")}</p>`
      }`;
  }

  get #planErrors(): readonly InputError[] {
    return this.planErrors.flatMap(({ errors }) => errors);
  }

  #edit(label: string, recipe: Recipe): void {
    this.store.edit(label, recipe);
  }

  /** Moves the focus to an element once it is there. */
  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  #add = (): void => {
    const { scenario } = this.store;
    const name = plans.nextName(scenario, (letter) => t("compare.plan_named", { letter }));
    this.#edit(t("compare.added", { what: name }), (draft) => plans.addPlan(draft, name));
    void this.#focus(`#plan-${plans.plansOf(this.store.scenario).length - 1} .add-lever`);
  };

  #plan(plan: Plan, place: number, all: readonly Plan[], shared: Shared): TemplateResult {
    const [inputs] = shared;
    const path = `/plans/${place}`;
    const { name } = plan;
    const errors = [...this.store.errors, ...this.#planErrors].filter(
      (error) => isUnder(error.path, path) && !error.path.startsWith(`${path}/levers/`),
    );
    const button = (
      id: string,
      key: MessageKey,
      action: () => void,
      more: { readonly sign?: string; readonly disabled?: boolean } = {},
    ) => html`<button
      class=${more.sign ? "quiet icon" : "quiet"}
      id="${id}-${place}"
      ?disabled=${more.disabled ?? false}
      aria-label=${t("app.of_plan", { what: t(key), plan: name })}
      title=${t(key)}
      @click=${action}
    >${more.sign ?? t(key)}</button>`;
    return html`<section class="plan" id="plan-${place}" data-series=${place + 1} aria-label=${name}>
      <div class="plan-head">
        <span class="swatch" aria-hidden="true"></span>
        <input
          class="plan-name"
          id=${fieldId(`${path}/name`)}
          aria-label=${t("compare.plan_name")}
          maxlength="200"
          .value=${name}
          @change=${(event: Event) => this.#rename(event, place, name)}
        />
        ${button("up", "compare.move_up", () => this.#move(place, -1), { sign: "↑", disabled: place === 0 })}
        ${button("down", "compare.move_down", () => this.#move(place, 1), { sign: "↓", disabled: place === all.length - 1 })}
        ${button("delete", "compare.delete", () => this.#delete(place, name), { sign: "✕" })}
      </div>
      ${this.#builtOn(plan, place, all)}
      ${errors.map((error) => html`<p class="problem">${sentenceOf(error, this.store.scenario)}</p>`)}
      ${
        plan.levers.length > 0
          ? html`<ul class="levers-list">${plan.levers.map((lever, at) => guard([lever, place, at, ...shared], () => this.#lever(lever, place, at, inputs)))}</ul>`
          : html`<p class="help">${t("compare.no_levers")}</p>`
      }
      ${leverChooser({
        plan: name,
        inputs,
        catalogue: this.catalogue,
        first: this.outcome ? sectionsOf(this.outcome, this.store.scenario) : [],
        choose: (lever) => this.#addLever(place, lever),
      })}
      <p class="plan-tools">
        ${button("duplicate", "compare.duplicate", () => this.#duplicate(place, name), { disabled: all.length >= plans.MOST_PLANS })}
        ${button("base", "compare.make_base", () => this.#makeBase(place))}
      </p>
    </section>`;
  }

  /** What the plan builds on, where there is a choice. */
  #builtOn(plan: Plan, place: number, all: readonly Plan[]): TemplateResult | typeof nothing {
    const others = all.filter(({ name }, at) => at !== place && plans.mayBuildOn(all, place, name));
    if (others.length === 0) return nothing;
    const id = fieldId(`/plans/${place}/of`);
    return html`<div class="field">
      <label for=${id}>${t("compare.builds_on")}</label>
      <select
        id=${id}
        @change=${(event: Event) => {
          const of = (event.target as HTMLSelectElement).value;
          this.#edit(t("app.changed", { what: t("compare.builds_on") }), (draft) =>
            plans.buildOn(draft, place, of || undefined),
          );
        }}
      >
        <option value="" .selected=${live(plan.of === undefined)}>${t("compare.base")}</option>
        ${others.map(({ name }) => html`<option value=${name} .selected=${live(plan.of === name)}>${name}</option>`)}
      </select>
    </div>`;
  }

  #lever(lever: Lever, plan: number, place: number, inputs: readonly Input[]): TemplateResult {
    const { store } = this;
    const path = `/plans/${plan}/levers/${place}`;
    const id = fieldId(path);
    const on = lever.on ?? true;
    const sizes = sizesOf(lever);
    const ready = readyOf(lever, this.catalogue);
    const sized = new Set(sizes.flatMap(({ changes }) => changes));
    const errors = [
      ...store.errors.filter((error) => isUnder(error.path, path) && !error.path.includes("/changes/")),
      ...this.#planErrors.filter((error) => isUnder(error.path, path)),
    ];
    // Sizes of their own are named by their inputs, one for the whole lever by what it does.
    const named = (at: number) =>
      lever.changes.length > 1 ||
      inputAt(lever.changes[at]?.at ?? "", inputs, store.scenario)?.name !== lever.name;
    const texts = lever.changes.map((change, at) => {
      const choices = this.#choices(lever, plan, place, at, inputs);
      if (choices || !(named(at) || !sized.has(at))) return choices ?? nothing;
      return html`<p class="help">${changeText(change, inputs, store.scenario)}</p>`;
    });
    const shown = texts.slice(0, MOST_TEXTS);
    return html`<li class="lever" id=${id} tabindex="-1" ?data-off=${!on}>
      <div class="lever-head">
        <input
          class="lever-name"
          aria-label=${t("compare.lever_name")}
          maxlength="200"
          .value=${lever.name}
          @change=${(event: Event) => this.#renameLever(event, plan, place, lever.name)}
        />
        <input
          type="checkbox"
          role="switch"
          aria-label=${t("compare.switch", { lever: lever.name })}
          .checked=${live(on)}
          @change=${(event: Event) => this.#switch(plan, place, lever.name, (event.target as HTMLInputElement).checked)}
        />
        <button
          class="quiet icon"
          aria-label=${t("app.of_plan", { what: t("compare.delete"), plan: lever.name })}
          title=${t("compare.delete")}
          @click=${() => this.#remove(plan, place, lever.name)}
        >✕</button>
      </div>
      ${ready ? html`<p class="help">${movedInputs(lever, inputs, store.scenario)}</p>` : shown}
      ${
        !ready && texts.length > shown.length
          ? html`<p class="help">${t("compare.more_changes", { count: texts.length - shown.length })}</p>`
          : nothing
      }
      ${sizes.map((size) => {
        const input = inputAt(lever.changes[size.changes[0] ?? 0]?.at ?? "", inputs, store.scenario);
        return html`<dc-number-field .store=${store} .spec=${sizeSpec(plan, place, size, input, ready)}></dc-number-field>`;
      })}
      <dc-number-field .store=${store} .spec=${costSpec(plan, place)}></dc-number-field>
      ${errors.map((error) => html`<p class="problem">${sentenceOf(error, store.scenario)}</p>`)}
    </li>`;
  }

  /** What a change sets, where it is one of a list. */
  #choices(lever: Lever, plan: number, place: number, at: number, inputs: readonly Input[]) {
    const { store } = this;
    const change = lever.changes[at];
    const found = change && operationOf(change);
    const input = change && inputAt(change.at, inputs, store.scenario);
    if (found?.operation !== "set" || !input?.choices || input.choices.length < 2) return undefined;
    const { choices, name } = input;
    const id = fieldId(`/plans/${plan}/levers/${place}/changes/${at}/set`);
    return html`<div class="field">
      <label for=${id}>${name === lever.name ? t("compare.size_set") : name}</label>
      <select
        id=${id}
        @change=${(event: Event) => {
          const value = choices[(event.target as HTMLSelectElement).selectedIndex]?.value;
          this.#edit(t("app.changed", { what: lever.name }), (draft) =>
            plans.choose(draft, plan, place, at, value),
          );
        }}
      >
        ${choices.map((one) => html`<option .selected=${live(sameValue(one.value, found.value))}>${one.name}</option>`)}
      </select>
    </div>`;
  }

  #addLever(place: number, lever: Lever): void {
    this.#edit(t("compare.added", { what: lever.name }), (draft) => plans.addLever(draft, place, lever));
    const last = (this.store.scenario.plans?.[place]?.levers.length ?? 1) - 1;
    const id = fieldId(`/plans/${place}/levers/${last}`);
    void this.#focus(`#${id} :is(.slide > input, select)`);
  }

  #rename(event: Event, place: number, before: string): void {
    const field = event.target as HTMLInputElement;
    const name = field.value.trim();
    // A name names: none, or one that another plan has, is not taken.
    const taken = plans.plansOf(this.store.scenario).some((plan, at) => at !== place && plan.name === name);
    if (!name || taken) {
      field.value = before;
      return;
    }
    field.value = name;
    this.#edit(t("compare.renamed", { what: before }), (draft) => plans.renamePlan(draft, place, name));
  }

  #renameLever(event: Event, plan: number, place: number, before: string): void {
    const field = event.target as HTMLInputElement;
    const name = field.value.trim();
    if (!name) {
      field.value = before;
      return;
    }
    field.value = name;
    this.#edit(t("compare.renamed", { what: before }), (draft) => {
      const lever = draft.plans?.[plan]?.levers[place];
      if (lever) lever.name = name;
    });
  }

  #switch(plan: number, place: number, name: string, on: boolean): void {
    this.#edit(t(on ? "compare.switched_on" : "compare.switched_off", { what: name }), (draft) => {
      const lever = draft.plans?.[plan]?.levers[place];
      if (!lever) return;
      if (on) delete lever.on;
      else lever.on = false;
    });
  }

  #move(place: number, by: -1 | 1): void {
    const name = this.store.scenario.plans?.[place]?.name ?? "";
    this.#edit(t("compare.moved", { what: name }), (draft) => plans.movePlan(draft, place, by));
    const last = plans.plansOf(this.store.scenario).length - 1;
    const now = place + by;
    // At an end the button is no use any more: its neighbour takes the focus.
    const up = now === 0 ? false : now === last ? true : by < 0;
    void this.#focus(`#${up ? "up" : "down"}-${now}`);
  }

  #delete(place: number, name: string): void {
    this.#edit(t("compare.deleted", { what: name }), (draft) => plans.deletePlan(draft, place));
    void this.#focus("#add-plan");
  }

  #remove(plan: number, place: number, name: string): void {
    this.#edit(t("compare.deleted", { what: name }), (draft) => plans.removeLever(draft, plan, place));
    void this.#focus(`#plan-${plan} .add-lever`);
  }

  #duplicate(place: number, name: string): void {
    const copy = plans.freeName(this.store.scenario, t("compare.copy_of", { what: name }));
    this.#edit(t("compare.added", { what: copy }), (draft) => plans.duplicatePlan(draft, place, copy));
    void this.#focus(`#${fieldId(`/plans/${place + 1}/name`)}`);
  }

  #makeBase(place: number): void {
    this.dispatchEvent(new CustomEvent("make-base", { detail: { place } }));
  }
}

declare global {
  interface HTMLElementEventMap {
    "make-base": CustomEvent<{ readonly place: number }>;
  }
}
