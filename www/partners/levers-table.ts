/** `<dc-levers>`: what each lever of a partner programme would do, computed one by one, and pulled by a button. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { decimal, money } from "../format.js";
import type { PartnerVendorProgramme } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { produce } from "../state/produce.js";
import { PageElement } from "../ui/element.js";
import type { Services } from "../ui/services.js";
import { alone, changesOf, type Effect, effectOf, LEVERS, type Lever, pull } from "./levers.js";

@customElement("dc-levers")
export class Levers extends PageElement {
  expected: Services["expected"] | undefined;
  @state() private effects: readonly Effect[] = [];
  #of: PartnerVendorProgramme | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { report, reportScenario } = this.store;
    const programme = report?.partner_vendor_programme;
    if (!report || !programme) return nothing;
    const amount = (value: number) => money(value, report.currency);
    const difference = (value: number) => `${value > 0 ? "+" : ""}${amount(value)}`;
    return html`<h3>${t("partners.levers_title")}</h3>
      <p class="help">${t("partners.levers_note")}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t("partners.levers_title")}>
        <table class="years levers">
          <thead>
            <tr>
              <th scope="col">${t("partners.lever")}</th>
              <th scope="col">${t("partners.npv_change")}</th>
              <th scope="col">${t("partners.formula_partners")}</th>
              <th scope="col">${t("partners.cost_per_active")}</th>
              <th scope="col">${t("partners.failed_head")}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">${t("partners.as_it_is")}</th>
              <td>${amount(programme.npv)}</td>
              <td>${decimal(programme.recruitment.active_partners, 1)}</td>
              <td>${amountOr(programme.recruitment.cost_per_active_partner, amount)}</td>
              <td>${amount(programme.all_in_cost_per_failed_partner)}</td>
              <td></td>
            </tr>
            ${this.effects.map(
              ({ lever, npv, active, cost, failed }) => html`<tr>
                <th scope="row">
                  ${t(`partners.lever_${lever}`)}<small>${t(`partners.lever_${lever}_note`)}</small>
                </th>
                <td>${difference(npv - programme.npv)}</td>
                <td>${decimal(active, 1)}</td>
                <td>${amountOr(cost, amount)}</td>
                <td>${amount(failed)}</td>
                <td>
                  <button
                    class="framed"
                    aria-label=${`${t("app.apply")}${t("app.colon")}${t(`partners.lever_${lever}`)}`}
                    ?disabled=${Object.keys(changesOf(lever, reportScenario)).length === 0}
                    @click=${() => this.#pull(lever)}
                  >
                    ${t("app.apply")}
                  </button>
                </td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #pull(lever: Lever): void {
    this.store.edit(t(`partners.lever_${lever}`), (draft) => pull(lever, draft));
  }

  protected override updated(_: PropertyValues): void {
    const { store } = this;
    const section = store.reportScenario.partner_vendor_programme;
    // Once the full report is there: live previews come first.
    if (!section || section === this.#of || store.quality !== "full") return;
    this.#of = section;
    void this.#compute(section);
  }

  async #compute(section: PartnerVendorProgramme): Promise<void> {
    const from = alone(this.store.reportScenario);
    const effects: Effect[] = [];
    for (const lever of LEVERS) {
      if (Object.keys(changesOf(lever, from)).length === 0) continue;
      const report = await this.expected?.(produce(from, (draft) => pull(lever, draft)));
      if (section !== this.#of) return;
      if (report?.partner_vendor_programme) effects.push(effectOf(lever, report.partner_vendor_programme));
    }
    this.effects = effects;
  }
}

function amountOr(value: number | null | undefined, write: (value: number) => string): string {
  return value == null ? t("app.none") : write(value);
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-levers": Levers;
  }
}
