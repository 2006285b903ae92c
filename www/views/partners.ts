/** The Partners view: assumptions at the left, the plan beside them, both sides and the recruitment below. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { t } from "../i18n.js";
import { bothSides } from "../partners/both-sides.js";
import type { Side } from "../partners/fields.js";
import { cashFan, marginChart, paybackChart, tornadoChart } from "../partners/pictures.js";
import { recruitment } from "../partners/recruitment.js";
import { yearsData, yearsTable } from "../partners/years.js";
import { defineButton } from "../ui/define.js";
import { PageElement } from "../ui/element.js";
import type { Services } from "../ui/services.js";
import { errorList } from "./error-list.js";
import { waiting } from "./waiting.js";
import "../charts/index.js";
import "../partners/headline.js";
import "../partners/panel.js";
import "../partners/sheet.js";
import "../ui/table-file.js";

@customElement("dc-partners-view")
export class PartnersView extends PageElement {
  @property({ attribute: false }) services!: Services;
  /** Whether the one-page business plan is shown in place of the view. */
  @state() private sheet = false;

  protected override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const { scenario, report } = store;
    if (!scenario.partner_pnl && !scenario.partner_vendor_programme) return nothing;
    if (this.sheet && report?.partner_pnl) {
      return html`<dc-business-plan .store=${store} @close-sheet=${this.#closeSheet}></dc-business-plan>`;
    }
    const stale = store.errors.length > 0;
    const computed = report?.partner_pnl ?? report?.partner_vendor_programme;
    return html`
      <aside class="inputs" aria-label=${t("app.inputs")}>
        <dc-partner-inputs .store=${store} .drawSeed=${this.services.drawSeed} .reader=${this.services.reader}></dc-partner-inputs>
      </aside>
      <section class="results" id="results" tabindex="-1" aria-label=${t("app.forecast")}>
        ${errorList(store)}
        <div class=${classMap({ forecast: true, stale })}>
          ${computed ? nothing : waiting(store)}
          <dc-partner-headline .store=${store}></dc-partner-headline>
          ${
            report?.partner_pnl
              ? html`<p class="ways"><button class="framed" id="show-sheet" @click=${this.#openSheet}>${t("partners.show_sheet")}</button></p>`
              : nothing
          }
          ${this.#pictures()}
        </div>
      </section>
      <div class=${classMap({ wide: true, stale })}>${this.#below()}</div>
    `;
  }

  #openSheet(): void {
    this.sheet = true;
    scrollTo({ top: 0 });
  }

  async #closeSheet(): Promise<void> {
    this.sheet = false;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#show-sheet")?.focus();
  }

  #pictures(): TemplateResult | typeof nothing {
    const { report } = this.store;
    if (!report) return nothing;
    return html`<h2 class="visually-hidden">${t("app.pictures")}</h2>
      ${this.#ofSide(report.partner_pnl ? "partner_pnl" : "partner_vendor_programme")}`;
  }

  /** The charts of one side's cash. */
  #ofSide(side: Side): TemplateResult | typeof nothing {
    const { report } = this.store;
    const plan = report?.[side];
    if (!report || !plan) return nothing;
    const { currency, start_month: startMonth } = report;
    const fan = cashFan(plan);
    const opening = fan[0]?.mean ?? 0;
    const payback = paybackChart(report, plan);
    return html`<div class="pictures two">
      <dc-cash-fan
        .definition=${"partner_cash_fan"}
        .run=${report}
        .fan=${fan.slice(1)}
        .alreadyWon=${opening}
        .payback=${plan.payback_month_sustained}
        .startMonth=${startMonth}
        .currency=${currency}
      ></dc-cash-fan>
      <dc-stacked-bars
        .definition=${"partner_margin_sources"}
        .run=${report}
        .chart=${marginChart(report, side)}
        .currency=${currency}
      ></dc-stacked-bars>
      ${
        payback
          ? html`<dc-line-chart
            class="payback"
            .definition=${"partner_prob_payback"}
            .run=${report}
            .chart=${payback}
            .currency=${currency}
          ></dc-line-chart>`
          : nothing
      }
      <dc-tornado
        .definition=${"partner_tornado"}
        .run=${report}
        .chart=${tornadoChart(report, side)}
        .currency=${currency}
      ></dc-tornado>
    </div>`;
  }

  #below(): TemplateResult | typeof nothing {
    const { report } = this.store;
    if (!report) return nothing;
    const { partner_pnl: plan, partner_vendor_programme: programme, partner_both_sides: both } = report;
    return html`
      ${
        plan
          ? html`<section aria-labelledby="years-title">
            <h2 id="years-title">${t("partners.years_title")} ${defineButton("partner_years")}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=${t("partners.years_title")}>${yearsTable(plan, report.currency)}</div>
            <dc-table-file .name=${t("partners.years_title")} .table=${() => yearsData(plan, report.currency)}></dc-table-file>
          </section>`
          : nothing
      }
      ${both ? bothSides(report, both, this.store) : nothing}
      ${
        plan && programme
          ? html`<section aria-labelledby="vendor-title">
            <h2 id="vendor-title">${t("partners.vendor_title")}</h2>
            ${this.#ofSide("partner_vendor_programme")}
          </section>`
          : nothing
      }
      ${programme ? recruitment(report, programme, this.store, this.services) : nothing}
    `;
  }
}
