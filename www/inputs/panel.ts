/** The assumptions, in the words of the trade, in groups that open and close. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { isUnder, sentenceOf } from "../errors.js";
import { decimal, money, percent } from "../format.js";
import type { InputError, SlippageName } from "../generated/dealcast.js";
import { canLink, isLinked, setLink } from "../growth/links.js";
import { type MessageKey, t } from "../i18n.js";
import type { Recipe } from "../state/store.js";
import { defineButton } from "../ui/define.js";
import { PageElement } from "../ui/element.js";
import { leverButton } from "../ui/lever.js";
import type { Services } from "../ui/services.js";
import { currency, group, notes, runFields, switchField } from "./common.js";
import { months } from "./months.js";
import { fieldId, type NumberSpec } from "./number-field.js";
import * as specs from "./specs.js";
import "./number-field.js";

/** A win rate after its log-odds moved. */
function rateAfter(rate: number, shift: number): number {
  const odds = (rate / (1 - rate)) * Math.exp(shift);
  return odds / (1 + odds);
}

@customElement("dc-inputs")
export class Inputs extends PageElement {
  drawSeed: Services["drawSeed"] | undefined;
  /** On a phone the groups start closed: the answer comes first. */
  #wide = matchMedia("(min-width: 50.01rem)").matches;

  protected override render(): TemplateResult {
    return html`
      <h2 class="visually-hidden">${t("app.inputs")}</h2>
      ${group("goal", "app.group_goal", this.#wide, this.#goal())}
      ${group("uncertainty", "app.group_uncertainty", this.#wide, this.#uncertainty())}
      ${group("rates", "app.group_rates", false, this.#rates())}
      ${group("rules", "app.group_rules", false, this.#rules())}
      ${group("run", "app.group_run", false, runFields(this.store, this.drawSeed))}
      ${group("notes", "app.notes", false, notes(this.store))}
    `;
  }

  #number(spec: NumberSpec) {
    return html`<dc-number-field .store=${this.store} .spec=${spec}></dc-number-field>`;
  }

  #edit(label: MessageKey, recipe: Recipe): void {
    this.store.edit(t("app.changed", { what: t(label) }), recipe);
  }

  #errorsAt(path: string): readonly InputError[] {
    return this.store.errors.filter((error) => isUnder(error.path, path));
  }

  #problems(path: string) {
    return this.#errorsAt(path).map(
      (error) => html`<p class="problem">${sentenceOf(error, this.store.scenario)}</p>`,
    );
  }

  #goal(): TemplateResult {
    return html`${this.#number(specs.TARGET)} ${months(this.store)} ${this.#number(specs.ALREADY_WON)}
    ${this.#number(specs.HORIZON)} ${this.#newDeals()} ${this.#number(specs.PROBABILITY_GOAL)} ${this.#goalSeek()}
    ${currency(this.store)}`;
  }

  /** New deals of the sales machine, where the document has one. */
  #newDeals() {
    const { store } = this;
    if (!canLink(store.scenario, "open_pipeline")) return nothing;
    return switchField(store, {
      path: "/open_pipeline/new_deals_from",
      label: "app.link_open_pipeline",
      help: "app.link_open_pipeline_help",
      on: isLinked(store.scenario, "open_pipeline"),
      lever: true,
      set: (draft, on) => setLink(draft, "open_pipeline", on),
    });
  }

  /** What reaching the goal would take. */
  #goalSeek() {
    const goal = this.store.report?.open_pipeline?.goal_seek;
    if (!goal) return nothing;
    const shift = goal.log_odds_shift;
    const words =
      shift == null
        ? t("app.goal_out_of_reach", { best: percent(goal.probability_at_best) })
        : shift <= 0
          ? t("app.goal_reached")
          : t("app.goal_takes", {
              factor: decimal(Math.exp(shift), 2),
              rate: percent(rateAfter(0.25, shift), { decimals: 0 }),
            });
    return html`<p class="effect" id="goal-effect">${words}</p>`;
  }

  #uncertainty(): TemplateResult {
    return html`
      ${this.#number(specs.CORRELATION)} ${this.#slippage()} ${this.#number(specs.LOADING)}
      <fieldset class="pair">
        <legend>${t("app.amount_range")} ${defineButton("amount_range")}</legend>
        ${this.#number(specs.AMOUNT_LOW)} ${this.#number(specs.AMOUNT_HIGH)}
        <p class="help">${t("app.amount_range_help")}</p>
      </fieldset>
    `;
  }

  #slippage(): TemplateResult {
    const path = "/open_pipeline/default_slippage";
    const slippage = specs.section(this.store.scenario).default_slippage;
    const law: SlippageName = slippage?.distribution ?? "geometric";
    const choices: SlippageName[] =
      slippage?.distribution === "pmf" ? ["geometric", "none", "pmf"] : ["geometric", "none"];
    const id = fieldId(path);
    const probability = slippage?.monthly_slip_probability ?? specs.DEFAULT_SLIP_PROBABILITY;
    return html`<div class="field stacked">
          <span class="name"><label for=${id}>${t("app.slippage")}</label>${defineButton("slippage")}${leverButton(path, t("app.slippage"))}</span>
          <select id=${id} aria-describedby="${id}-help" @change=${this.#onSlippage}>
            ${choices.map((name) => html`<option value=${name} .selected=${live(name === law)}>${t(`app.slippage_${name}`)}</option>`)}
          </select>
          <p class="help" id="${id}-help">${t("app.slippage_help")}</p>
        </div>
      ${
        law === "geometric"
          ? html`${this.#number(specs.SLIP_PROBABILITY)}
            <p class="help">${t("app.slip_probability_help", { months: decimal(probability / (1 - probability), 1) })}</p>`
          : this.#problems(path)
      }`;
  }

  #onSlippage(event: Event): void {
    const name = (event.target as HTMLSelectElement).value as SlippageName;
    this.#edit("app.slippage", (draft) => {
      const slippage = { distribution: name };
      specs.section(draft).default_slippage =
        name === "geometric"
          ? { ...slippage, monthly_slip_probability: specs.DEFAULT_SLIP_PROBABILITY }
          : slippage;
    });
  }

  #rates(): TemplateResult {
    const { scenario, report, errors } = this.store;
    return html`
      <dc-stages-editor .scenario=${scenario} .report=${report} .errors=${errors}></dc-stages-editor>
      <dc-meddic-rules .scenario=${scenario} .report=${report} .errors=${errors}></dc-meddic-rules>
    `;
  }

  #rules(): TemplateResult {
    const pipeline = specs.section(this.store.scenario);
    const rules = this.store.report?.open_pipeline?.rules;
    const currency = this.store.report?.currency ?? "EUR";
    const amount = (value: number) => money(value, currency);
    const gate = pipeline.qualification_gate;
    const stages = pipeline.stages ?? [];
    const kill = pipeline.kill_rule;
    const gateEffect =
      rules && gate?.enabled
        ? rules.gate_deals
          ? t("app.gate_effect", {
              count: rules.gate_deals,
              before: amount(rules.gate_weighted_before),
              after: amount(rules.gate_weighted_after),
            })
          : t("app.gate_no_effect")
        : undefined;
    const killEffect =
      rules && kill?.enabled
        ? rules.killed_deals
          ? t("app.kill_effect", {
              count: rules.killed_deals,
              amount: amount(rules.killed_amount),
              weighted: amount(rules.killed_weighted),
            })
          : t("app.kill_no_effect")
        : undefined;
    return html`
      ${this.#switch("qualification_gate", "app.gate", "app.gate_help", gate?.enabled ?? false, stages.length > 0)}
      ${stages.length === 0 ? html`<p class="help">${t("app.gate_needs_stages")}</p>` : nothing}
      ${
        gate?.enabled
          ? html`${this.#gateStage(
              gate.stage,
              stages.map((stage) => stage.stage),
            )} ${this.#number(specs.GATE_SCORE)}
            <p class="effect" id="gate-effect">${gateEffect}</p>`
          : nothing
      }
      ${this.#switch("kill_rule", "app.kill_rule", "app.kill_rule_help", kill?.enabled ?? false, true)}
      ${
        kill?.enabled
          ? html`${this.#number(specs.KILL_SCORE)} ${this.#number(specs.KILL_AGE)}
            <p class="effect" id="kill-effect">${killEffect}</p>`
          : nothing
      }
      ${rules?.meddic_uncalibrated ? html`<p class="caution">${t("app.uncalibrated")}</p>` : nothing}
    `;
  }

  #switch(
    rule: "qualification_gate" | "kill_rule",
    label: MessageKey,
    help: MessageKey,
    on: boolean,
    possible: boolean,
  ) {
    const path = `/open_pipeline/${rule}`;
    const id = fieldId(path);
    return html`<div class="field switch">
        <span class="name"><label for=${id}>${t(label)}</label>${defineButton(rule)}${possible ? leverButton(path, t(label)) : nothing}</span>
        <input
          id=${id}
          type="checkbox"
          role="switch"
          .checked=${on}
          ?disabled=${!possible && !on}
          aria-describedby="${id}-help"
          @change=${(event: Event) => this.#onSwitch(rule, label, (event.target as HTMLInputElement).checked)}
        />
        <p class="help" id="${id}-help">${t(help)}</p>
      </div>`;
  }

  #onSwitch(rule: "qualification_gate" | "kill_rule", label: MessageKey, on: boolean): void {
    this.#edit(label, (draft) => {
      const pipeline = specs.section(draft);
      if (rule === "kill_rule") {
        pipeline.kill_rule = { ...pipeline.kill_rule, enabled: on };
      } else {
        // Without a stage of its own, the gate stands before the middle of the process.
        const stages = pipeline.stages ?? [];
        const stage = stages[Math.floor(stages.length / 2)]?.stage ?? "";
        pipeline.qualification_gate = { stage, ...pipeline.qualification_gate, enabled: on };
      }
    });
  }

  #gateStage(chosen: string, stages: readonly string[]) {
    const path = "/open_pipeline/qualification_gate/stage";
    const id = fieldId(path);
    const choices = stages.includes(chosen) ? stages : [chosen, ...stages];
    return html`<div class="field stacked">
      <span class="name"><label for=${id}>${t("app.gate_stage")}</label>${leverButton(path, t("app.gate_stage"))}</span>
      <select
        id=${id}
        @change=${(event: Event) => {
          const stage = (event.target as HTMLSelectElement).value;
          this.#edit("app.gate_stage", (draft) => {
            const gate = specs.section(draft).qualification_gate;
            if (gate) gate.stage = stage;
          });
        }}
      >
        ${choices.map((stage) => html`<option value=${stage} .selected=${live(stage === chosen)}>${stage}</option>`)}
      </select>
      ${this.#problems(path)}
    </div>`;
  }
}
