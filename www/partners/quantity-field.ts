/** One assumption of a partner plan: a number, or low, likely and high. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { sentenceOf } from "../errors.js";
import { decimal } from "../format.js";
import { t } from "../i18n.js";
import { fieldId, unitSign } from "../inputs/number-field.js";
import { PageElement } from "../ui/element.js";
import { type Field, pathOf } from "./fields.js";
import { entry, narrow, shapeOf, widen } from "./quantity.js";
import "../inputs/number-field.js";

@customElement("dc-quantity-field")
export class QuantityField extends PageElement {
  @property({ attribute: false }) field!: Field;

  protected override render(): TemplateResult | typeof nothing {
    const { store, field } = this;
    if (!store.scenario[field.section]) return nothing;
    const shape = shapeOf(store.scenario, field);
    if (shape.kind === "number") {
      return html`<dc-number-field .store=${store} .spec=${entry(field)}></dc-number-field>
        ${field.varies ? this.#toggle("partners.give_range", widen) : nothing}`;
    }
    const id = fieldId(pathOf(field));
    const own = store.errors.filter(({ path }) => path === pathOf(field));
    return html`<fieldset class="pair range-entry" id=${id} tabindex="-1">
      <legend>${t(`partners.${field.name}`)} <small>${unitSign(field.unit, store.scenario)}</small></legend>
      ${
        shape.kind === "range"
          ? shape.parts.map(
              (part) => html`<dc-number-field .store=${store} .spec=${entry(field, part)}></dc-number-field>`,
            )
          : html`<p class="help">${t("partners.other_law", {
              law: shape.law.distribution,
              mean: decimal(shape.law.mean ?? shape.law.value ?? 0, 4),
              spread: decimal(shape.law.coefficient_of_variation ?? 0, 3),
            })}</p>`
      }
      <p class="help">${t(`partners.${field.name}_help`)}</p>
      ${own.map((error) => html`<p class="problem">${sentenceOf(error, store.scenario)}</p>`)}
      ${this.#toggle("partners.one_number", narrow)}
    </fieldset>`;
  }

  #toggle(label: "partners.give_range" | "partners.one_number", recipe: typeof widen): TemplateResult {
    const what = t(`partners.${this.field.name}`);
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
