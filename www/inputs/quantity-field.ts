/** One assumption that may be uncertain: a number, or low, likely and high. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { sentenceOf } from "../errors.js";
import { decimal } from "../format.js";
import { t } from "../i18n.js";
import { PageElement } from "../ui/element.js";
import { leverButton } from "../ui/lever.js";
import { fieldId, unitSign } from "./number-field.js";
import { entry, narrow, type Quantifiable, shapeOf, widen } from "./quantity.js";
import "./number-field.js";

@customElement("dc-quantity-field")
export class QuantityField extends PageElement {
  @property({ attribute: false }) field!: Quantifiable;

  protected override render(): TemplateResult {
    const { store, field } = this;
    const shape = shapeOf(store.scenario, field);
    if (shape.kind === "number") {
      return html`<dc-number-field .store=${store} .spec=${entry(field)}></dc-number-field>
        ${field.varies ? this.#toggle("app.give_range", widen) : nothing}`;
    }
    const id = fieldId(field.path);
    const own = store.errors.filter(({ path }) => path === field.path);
    return html`<fieldset class="pair range-entry" id=${id} tabindex="-1">
      <legend>${t(field.label)} <small>${unitSign(field.unit, store.scenario)}</small>${leverButton(field.path, t(field.label))}</legend>
      ${
        shape.kind === "range"
          ? shape.parts.map(
              (part) => html`<dc-number-field .store=${store} .spec=${entry(field, part)}></dc-number-field>`,
            )
          : html`<p class="help">${t("app.other_law", {
              law: shape.law.distribution,
              mean: decimal(shape.law.mean ?? shape.law.value ?? 0, 4),
              spread: decimal(shape.law.coefficient_of_variation ?? 0, 3),
            })}</p>`
      }
      <p class="help">${t(field.help)}</p>
      ${own.map((error) => html`<p class="problem">${sentenceOf(error, store.scenario)}</p>`)}
      ${this.#toggle("app.one_number", narrow)}
    </fieldset>`;
  }

  #toggle(label: "app.give_range" | "app.one_number", recipe: typeof widen): TemplateResult {
    const what = t(this.field.label);
    return html`<button
      class="quiet toggle"
      aria-label=${`${t(label)}: ${what}`}
      @click=${async () => {
        this.store.edit(t("app.changed", { what }), (draft) => recipe(draft, this.field));
        await this.updateComplete;
        this.querySelector<HTMLElement>(".toggle")?.focus();
      }}
      >${t(label)}</button
    >`;
  }
}
