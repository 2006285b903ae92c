/** `<dc-stages-editor>`: stages of the sales process, their win rates as numbers or counts, their order. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { pointerStep } from "../../compare/pointer.js";
import { percent } from "../../format.js";
import type { InputError, Rate, Report, Scenario, Stage } from "../../generated/dealcast.js";
import { Localized, type MessageKey, t } from "../../i18n.js";
import { USUAL_STRENGTH } from "../../inputs/specs.js";
import { leverButton } from "../../ui/lever.js";
import "../deals.css";
import { type DraftEdit, fireEdit } from "../events.js";
import { parseNumber, parseRate } from "../table/parse.js";
import { editableNumber, rateText } from "../table/show.js";
import { addStage, moveStage, removeStage, renameStage, setPriorStrength, setStageRate } from "./edits.js";
import { parseText, TextFields } from "./text-field.js";

export class StagesEditor extends LitElement {
  @property({ attribute: false }) scenario: Scenario | undefined;
  @property({ attribute: false }) report: Report | undefined;
  @property({ attribute: false }) errors: readonly InputError[] = [];

  readonly localized = new Localized(this);
  readonly #fields = new TextFields(() => this.requestUpdate());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add("dc-deals", "dc-side");
  }

  protected override render(): TemplateResult | typeof nothing {
    const { scenario } = this;
    if (!scenario) return nothing;
    const stages = scenario.open_pipeline?.stages ?? [];
    const counted = stages.some((stage) => typeof stage.win_rate !== "number");
    return html`<fieldset class="dc-list">
      <legend>${t("deals.stages")}</legend>
      <p class="dc-note">${t("deals.stages_help")}</p>
      <ol class="dc-stages">
        ${repeat(
          stages,
          (_, index) => index,
          (stage, index) => this.#stage(stage, index, stages, scenario),
        )}
      </ol>
      <button type="button" class="dc-button" @click=${() => this.#add(stages)}>${t("deals.add_stage")}</button>
      ${counted ? this.#shrinkage(scenario) : nothing}
    </fieldset>`;
  }

  #stage(stage: Stage, index: number, stages: readonly Stage[], scenario: Scenario) {
    const path = `/open_pipeline/stages/${index}`;
    const name = stage.stage || String(index + 1);
    const deals = (scenario.open_pipeline?.deals ?? []).filter((deal) => deal.stage === stage.stage).length;
    const range = this.report?.open_pipeline?.stage_rates.find((rate) => rate.stage === stage.stage);
    return html`<li class="dc-stage">
      ${this.#fields.field(
        {
          path: `${path}/stage`,
          label: t("deals.stage_name", { number: String(index + 1) }),
          text: stage.stage,
          parse: parseText,
          problem: "deals.needed",
          take: (value) => this.#edit("deals.stage", renameStage(index, value ?? "")),
        },
        this.errors,
        scenario,
      )}
      ${this.#fields.field<Rate>(
        {
          path: `${path}/win_rate`,
          label: t("deals.stage_rate", { stage: name }),
          text: rateText(stage.win_rate),
          parse: parseNeededRate,
          problem: "deals.not_a_stage_rate",
          take: (value) => value !== undefined && this.#edit("deals.win_rate", setStageRate(index, value)),
        },
        this.errors,
        scenario,
      )}
      <span class="dc-stage-tools">
        <button type="button" class="dc-icon" ?disabled=${index === 0} aria-label=${t("deals.stage_up", { stage: name })} @click=${() => this.#edit("deals.stage_order", moveStage(index, -1))}>↑</button>
        <button type="button" class="dc-icon" ?disabled=${index === stages.length - 1} aria-label=${t("deals.stage_down", { stage: name })} @click=${() => this.#edit("deals.stage_order", moveStage(index, 1))}>↓</button>
        <button type="button" class="dc-icon" aria-label=${t("deals.stage_remove", { stage: name })} @click=${() => this.#edit("deals.stage", removeStage(index))}>×</button>
      </span>
      <span class="dc-stage-note">
        ${t("deals.count", { count: deals })}${
          typeof stage.win_rate === "number" || !range
            ? nothing
            : html` · <span title=${t("deals.posterior_help")}>${t("deals.posterior", {
                mean: percent(range.mean),
                low: percent(range.p10, { decimals: 0 }),
                high: percent(range.p90, { decimals: 0 }),
              })}</span>`
        }
        ${stage.stage ? leverButton(`/open_pipeline/stages/=${pointerStep(stage.stage)}/win_rate`, t("app.stage_win_rate", { stage: name })) : nothing}
      </span>
    </li>`;
  }

  #shrinkage(scenario: Scenario) {
    const strength = scenario.open_pipeline?.stage_prior_strength;
    return html`<div class="dc-shrink">
      <div class="dc-check-row"><label class="dc-check">
        <input
          type="checkbox"
          .checked=${strength !== undefined}
          @change=${(event: Event) => this.#edit("deals.shrinkage", setPriorStrength((event.target as HTMLInputElement).checked ? USUAL_STRENGTH : undefined))}
        />
        <span>${t("deals.shrinkage")}</span>
      </label>
      ${leverButton("/open_pipeline/stage_prior_strength", t("deals.shrinkage"))}</div>
      ${
        strength === undefined
          ? nothing
          : this.#fields.field(
              {
                path: "/open_pipeline/stage_prior_strength",
                label: t("deals.shrinkage_strength"),
                visible: true,
                numeric: true,
                text: editableNumber(strength),
                parse: parseNumber,
                problem: "deals.not_a_number",
                take: (value) => this.#edit("deals.shrinkage", setPriorStrength(value)),
              },
              this.errors,
              scenario,
            )
      }
      <p class="dc-note">${t("deals.shrinkage_help")}</p>
    </div>`;
  }

  #add(stages: readonly Stage[]): void {
    const names = new Set(stages.map((stage) => stage.stage));
    let number = stages.length + 1;
    while (names.has(t("deals.new_stage", { number: String(number) }))) number += 1;
    this.#edit("deals.stage", addStage(t("deals.new_stage", { number: String(number) })));
    void this.updateComplete.then(() => {
      const inputs = this.querySelectorAll<HTMLInputElement>(".dc-stage:last-child input");
      inputs[0]?.focus();
      inputs[0]?.select();
    });
  }

  #edit(what: MessageKey, edit: DraftEdit): void {
    fireEdit(this, t("deals.step_edit", { field: t(what) }), edit);
  }
}

/** A stage has no other stage to take a rate from: empty is not enough. */
const parseNeededRate: typeof parseRate = (text, language) => {
  const parsed = parseRate(text, language);
  return parsed.ok && parsed.value === undefined ? { ok: false } : parsed;
};

if (!customElements.get("dc-stages-editor")) customElements.define("dc-stages-editor", StagesEditor);

declare global {
  interface HTMLElementTagNameMap {
    "dc-stages-editor": StagesEditor;
  }
}
