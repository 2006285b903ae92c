/** `<dc-levers>`: what each lever of a partner programme would do, computed one by one, and pulled by a button. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { EngineFailure } from "../engine/lane.js";
import { decimal, money, moneyError, percent, points, pointsError } from "../format.js";
import type { CompareOptions, Comparison, PartnerVendorProgramme, Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { produce } from "../state/produce.js";
import { PageElement } from "../ui/element.js";
import type { Services } from "../ui/services.js";
import "../ui/table-file.js";
import {
  alone,
  type Change,
  changesOf,
  type Effect,
  effectOf,
  LEVERS,
  type Lever,
  plansOf,
  pull,
  questions,
} from "./levers.js";
import { headlineMonths, paybackChance, within } from "./sentence.js";

@customElement("dc-levers")
export class Levers extends PageElement {
  expected: Services["expected"] | undefined;
  comparisons: Services["comparisons"] | undefined;
  @state() private effects: readonly Effect[] = [];
  #of: PartnerVendorProgramme | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { report, reportScenario } = this.store;
    const programme = report?.partner_vendor_programme;
    if (!report || !programme) return nothing;
    const amount = (value: number) => money(value, report.currency);
    const { simulation } = programme;
    const months = headlineMonths(programme);
    const now = simulation ? paybackChance(simulation, months) : undefined;
    return html`<h3>${t("partners.levers_title")}</h3>
      <p class="help">${t("partners.levers_note")}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t("partners.levers_title")}>
        <table class="years levers">
          <thead>
            <tr>
              <th scope="col">${t("partners.lever")}</th>
              <th scope="col">${t("partners.npv_median")}</th>
              <th scope="col">${t("partners.payback_within", { within: within(months) })}</th>
              <th scope="col">${t("partners.formula_partners")}</th>
              <th scope="col">${t("partners.cost_per_active")}</th>
              <th scope="col">${t("partners.failed_head")}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">${t("partners.as_it_is")}</th>
              <td data-value=${simulation?.figures.npv_p50 ?? nothing} data-error=${simulation?.standard_error.npv_p50 ?? nothing}>${simulation ? money(simulation.figures.npv_p50, report.currency, { error: simulation.standard_error.npv_p50 }) : t("app.none")}</td>
              <td data-value=${now?.chance ?? nothing} data-error=${now?.error ?? nothing}>${now ? percent(now.chance, { error: now.error, trials: report.trials }) : t("app.none")}</td>
              <td data-value=${programme.recruitment.active_partners}>${decimal(programme.recruitment.active_partners, 1)}</td>
              <td data-value=${programme.recruitment.cost_per_active_partner ?? nothing}>${amountOr(programme.recruitment.cost_per_active_partner, amount)}</td>
              <td data-value=${programme.all_in_cost_per_failed_partner}>${amount(programme.all_in_cost_per_failed_partner)}</td>
              <td></td>
            </tr>
            ${this.effects.map(
              ({ lever, npv, payback, active, cost, failed }) => html`<tr>
                <th scope="row">
                  ${t(`partners.lever_${lever}`)}<small>${t(`partners.lever_${lever}_note`)}</small>
                </th>
                <td data-value=${npv?.value ?? nothing} data-error=${npv?.error ?? nothing}>${npv ? amountChange(npv, report.currency) : t("app.none")}</td>
                <td data-value=${payback?.value ?? nothing} data-error=${payback?.error ?? nothing}>${payback ? shareChange(payback) : t("app.none")}</td>
                <td data-value=${active}>${decimal(active, 1)}</td>
                <td data-value=${cost ?? nothing}>${amountOr(cost, amount)}</td>
                <td data-value=${failed}>${amount(failed)}</td>
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
      </div>
      <dc-table-file .name=${t("partners.levers_title")}></dc-table-file>`;
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

  /** Absent where it was stopped, or the document cannot be compared: the table then has no simulated changes. */
  async #compare(plans: Scenario, options: CompareOptions): Promise<Comparison | undefined> {
    try {
      const answer = await this.comparisons?.full(plans, options);
      return answer && "comparison" in answer ? answer.comparison : undefined;
    } catch (failure) {
      if (failure instanceof EngineFailure) return undefined;
      throw failure;
    }
  }

  async #compute(section: PartnerVendorProgramme): Promise<void> {
    const { reportScenario: scenario, report } = this.store;
    const from = alone(scenario);
    const levers = LEVERS.filter((lever) => Object.keys(changesOf(lever, from)).length > 0);
    const horizon = report?.partner_vendor_programme?.horizon_months ?? 36;
    const asked = questions(Math.min(24, horizon));
    const plans = plansOf(scenario, levers);
    const npv = await this.#compare(plans, asked.npv);
    const payback = section === this.#of ? await this.#compare(plans, asked.payback) : undefined;
    const effects: Effect[] = [];
    for (const lever of levers) {
      if (section !== this.#of) return;
      const found = await this.expected?.(produce(from, (draft) => pull(lever, draft)));
      const programme = found?.partner_vendor_programme;
      if (programme) effects.push(effectOf(lever, programme, npv, payback));
    }
    if (section !== this.#of) return;
    this.effects = effects;
  }
}

/** “+€45K ± 2K”. */
function amountChange({ value, error }: Change, currency: string): string {
  const sign = value > 0 ? "+" : "";
  return `${sign}${money(value, currency, { error })} ± ${moneyError(error, currency)}`;
}

/** “+4.2 points ± 0.3”. */
function shareChange({ value, error }: Change): string {
  return `${points(value, { error })} ± ${pointsError(error)}`;
}

function amountOr(value: number | null | undefined, write: (value: number) => string): string {
  return value == null ? t("app.none") : write(value);
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-levers": Levers;
  }
}
