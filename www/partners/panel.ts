/** The assumptions of the Partners view: the reseller's plan, the vendor's programme, and what both share. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { CountNoise, DemandNoise } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { currency, group, notes, runFields, switchField } from "../inputs/common.js";
import { startMonth } from "../inputs/months.js";
import { put } from "../inputs/specs.js";
import { PageElement } from "../ui/element.js";
import type { Services } from "../ui/services.js";
import { type Group, PNL_GROUPS, PROGRAMME_GROUPS, type Side } from "./fields.js";
import { usualPlan, usualProgramme } from "./starter.js";
import "../inputs/quantity-field.js";

@customElement("dc-partner-inputs")
export class PartnerInputs extends PageElement {
  drawSeed: Services["drawSeed"] | undefined;
  @property({ attribute: false }) reader: true | undefined;
  /** On a phone the groups start closed: the answer comes first. */
  #wide = matchMedia("(min-width: 50.01rem)").matches;

  protected override render(): TemplateResult {
    const { store } = this;
    return html`
      <h2 class="visually-hidden">${t("app.inputs")}</h2>
      ${
        this.reader
          ? nothing
          : html`<button class="framed" id="guided" @click=${() => this.#ask("show-guided")}>${t("app.start_guided")}</button>`
      }
      ${this.#side("partner_pnl", PNL_GROUPS, ["deals", "margins"])}
      ${this.#side("partner_vendor_programme", PROGRAMME_GROUPS, [])}
      <h3 class="side">${t("partners.both_sides")}</h3>
      ${group("frame", "app.group_frame", false, html`${startMonth(store)} ${currency(store)}`)}
      ${group("run", "app.group_run", false, runFields(store, this.drawSeed))}
      ${group("notes", "app.notes", false, notes(store))}
    `;
  }

  #ask(name: "show-guided"): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true }));
  }

  #side(side: Side, groups: readonly Group[], open: readonly string[]): TemplateResult {
    const { store } = this;
    const title = t(`partners.${side}`);
    if (!store.scenario[side]) {
      return html`<h3 class="side">${title}</h3>
        <p class="help">${t(`partners.${side}_absent`)}</p>
        <button class="framed" id="add-${side}" @click=${() => this.#add(side)}>${t(`partners.add_${side}`)}</button>`;
    }
    return html`<h3 class="side">${title}</h3>
      ${groups.map(({ id, fields }) =>
        group(
          `${side}-${id}`,
          `partners.group_${id}` as MessageKey,
          this.#wide && open.includes(id),
          html`${fields.map((field) => html`<dc-quantity-field .store=${store} .field=${field}></dc-quantity-field>`)}
          ${id === "deals" || id === "yield" ? this.#noise(side) : nothing}`,
        ),
      )}`;
  }

  #add(side: Side): void {
    this.store.edit(t("app.started_step", { view: t(`partners.${side}`) }), (draft) => {
      if (side === "partner_pnl") draft.partner_pnl = usualPlan();
      else draft.partner_vendor_programme = usualProgramme(this.store.scenario.partner_pnl ?? usualPlan());
    });
  }

  /** Whether chance has a say in the counts, or the expected ones stand. */
  #noise(side: Side): TemplateResult {
    const { scenario } = this.store;
    const partner = side === "partner_pnl";
    const name = partner ? "demand_noise" : "count_noise";
    return switchField(this.store, {
      path: `/${side}/${name}`,
      label: `partners.${name}`,
      help: `partners.${name}_help`,
      on: partner
        ? scenario.partner_pnl?.demand_noise === "poisson"
        : scenario.partner_vendor_programme?.count_noise === "partner_level",
      lever: true,
      set: (draft, on) => {
        const demand: DemandNoise = on ? "poisson" : "none";
        const counts: CountNoise = on ? "partner_level" : "none";
        if (partner && draft.partner_pnl) put(draft.partner_pnl, "demand_noise", demand);
        if (!partner && draft.partner_vendor_programme)
          put(draft.partner_vendor_programme, "count_noise", counts);
      },
    });
  }
}

declare global {
  interface HTMLElementEventMap {
    "show-guided": CustomEvent<undefined>;
  }
}
