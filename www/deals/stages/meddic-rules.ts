/** `<dc-meddic-rules>`: what each MEDDIC answer multiplies the odds by, the cap, and whether that was fitted. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { decimal } from "../../format.js";
import type { InputError, MeddicRules, Report, Scenario } from "../../generated/dealcast.js";
import { Localized, type MessageKey, t } from "../../i18n.js";
import { DEFAULT_CAP, DEFAULT_MULTIPLIER } from "../../inputs/specs.js";
import { leverButton } from "../../ui/lever.js";
import "../deals.css";
import { CRITERIA } from "../criteria.js";
import { fireEdit } from "../events.js";
import { parseNumber } from "../table/parse.js";
import { editableNumber } from "../table/show.js";
import { setRule } from "./edits.js";
import { TextFields } from "./text-field.js";

export class MeddicRulesEditor extends LitElement {
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
    const rules: MeddicRules = scenario.open_pipeline?.meddic ?? {};
    const on = rules.enabled ?? true;
    return html`<fieldset class="dc-list">
      <legend>
        ${t("deals.meddic_rules")}
        ${on && !rules.calibrated ? html`<span class="dc-badge">${t("deals.uncalibrated")}</span>` : nothing}
      </legend>
      <div class="dc-check-row"><label class="dc-check">
        <input type="checkbox" .checked=${live(on)} @change=${(event: Event) => this.#set("enabled", isChecked(event) ? undefined : false, "deals.meddic_enabled")} />
        <span>${t("deals.meddic_enabled")}</span>
      </label>
      ${leverButton("/open_pipeline/meddic/enabled", t("deals.meddic_enabled"))}</div>
      <p class="dc-note">${t("deals.meddic_rules_help")}</p>
      ${
        on
          ? html`<div class="dc-multipliers">
              ${CRITERIA.map((criterion) => this.#multiplier(criterion, `deals.criterion_${criterion}`, rules[criterion], DEFAULT_MULTIPLIER, scenario))}
              ${this.#multiplier("maximum_odds_multiplier", "deals.cap", rules.maximum_odds_multiplier, DEFAULT_CAP, scenario)}
            </div>
            <label class="dc-check">
              <input type="checkbox" .checked=${live(rules.calibrated ?? false)} @change=${(event: Event) => this.#set("calibrated", isChecked(event) || undefined, "deals.calibrated")} />
              <span>${t("deals.calibrated")}</span>
            </label>
            <p class="dc-note">${t(rules.calibrated ? "deals.calibrated_help" : "deals.uncalibrated_help")}</p>`
          : nothing
      }
    </fieldset>`;
  }

  #multiplier(
    rule: (typeof CRITERIA)[number] | "maximum_odds_multiplier",
    label: MessageKey,
    value: number | undefined,
    fallback: number,
    scenario: Scenario,
  ) {
    const path = `/open_pipeline/meddic/${rule}`;
    return this.#fields.field(
      {
        path,
        label: t(label),
        lever: leverButton(path, t(label)),
        visible: true,
        numeric: true,
        text: value === undefined ? "" : editableNumber(value),
        placeholder: decimal(fallback, 2),
        parse: parseNumber,
        problem: "deals.not_a_number",
        take: (taken) => this.#set(rule, taken, label),
      },
      this.errors,
      scenario,
    );
  }

  #set<K extends keyof MeddicRules>(rule: K, value: MeddicRules[K] | undefined, label: MessageKey): void {
    fireEdit(this, t("deals.step_edit", { field: t(label) }), setRule(rule, value));
  }
}

function isChecked(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}

if (!customElements.get("dc-meddic-rules")) customElements.define("dc-meddic-rules", MeddicRulesEditor);

declare global {
  interface HTMLElementTagNameMap {
    "dc-meddic-rules": MeddicRulesEditor;
  }
}
