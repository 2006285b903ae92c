/** The Pipeline view: assumptions at the left, the forecast beside them, the deals below. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { wordsOf } from "../dialogs/words.js";
import type { Report, Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { section } from "../inputs/specs.js";
import { PageElement } from "../ui/element.js";
import { showDefinition } from "../ui/events.js";
import type { Services } from "../ui/services.js";
import { errorList } from "./error-list.js";
import { waiting } from "./waiting.js";
import "../charts/index.js";
import "../deals/stages/meddic-rules.js";
import "../deals/stages/stages-editor.js";
import "../deals/table/table.js";
import "../headline/headline.js";
import { hasNoDeals } from "../headline/sentence.js";
import "../inputs/panel.js";

/** What the columns of the deals rest on. */
const COLUMNS: readonly DefinitionId[] = [
  "win_rate",
  "meddic",
  "slippage",
  "deal_swing_interventional",
  "deal_variance_share",
];

/** How long the first answer may take before the rest of the view is drawn without it. */
const PATIENCE_MS = 200;

/** What tells that the reader's hand comes near something, and what edits are made with. */
const NEAR = ["pointerover", "focusin"] as const;
const EDITED_WITH = "input, select, button, [role=slider]";

/** A report, and the document that it is of. */
interface Shown {
  report: Report | undefined;
  scenario: Scenario;
}

/** In a task of its own once the next frame is drawn, or soon where none is. */
function afterFrame(act: () => void): void {
  let done = false;
  const once = () => {
    if (!done) act();
    done = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, PATIENCE_MS);
}

@customElement("dc-pipeline-view")
export class PipelineView extends PageElement {
  @property({ attribute: false }) services!: Services;
  /** The forecast is what a reader came for: it is drawn first, then the inputs, then the deals, each in a task of its own. */
  @state() private drawn: "forecast" | "inputs" | "all" = "forecast";
  /** What the deals and the pictures below the first ones show: the forecast, a frame later, so that it does not wait for them. */
  @state() private followed: Shown | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** Whether something follows the next frame. */
  #following = false;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const near of NEAR) this.addEventListener(near, this.#near);
    if (this.#answered) {
      this.drawn = "all";
      this.#follow();
    } else this.#patience = setTimeout(() => this.#drawMore(), PATIENCE_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopWaitingForEdits();
    clearTimeout(this.#patience);
  }

  /** The first edit is to be answered at once too. */
  readonly #near = ({ target }: Event): void => {
    if (!(target instanceof Element) || !target.closest(EDITED_WITH)) return;
    this.#stopWaitingForEdits();
    this.store.expectEdit();
  };

  #stopWaitingForEdits(): void {
    for (const near of NEAR) this.removeEventListener(near, this.#near);
  }

  protected override updated(): void {
    const { store } = this;
    const forecast = store.report?.open_pipeline;
    this.#placeDeals(forecast !== undefined && hasNoDeals(forecast));
    if (
      this.drawn === "all"
        ? this.followed?.report === store.report
        : this.drawn === "forecast" && !this.#answered
    )
      return;
    if (this.#following) return;
    this.#following = true;
    afterFrame(() => {
      this.#following = false;
      if (this.drawn === "all") this.#follow();
      else this.#drawMore();
    });
  }

  /** Without deals, the table to add them to takes the place of the pictures. What the hand is at stays in sight. */
  #placeDeals(beside: boolean): void {
    if (beside === this.hasAttribute("data-no-deals")) return;
    const at = this.querySelector(".deals :focus");
    this.toggleAttribute("data-no-deals", beside);
    // A frame to draw the pictures, one to give them their height.
    if (at) afterFrame(() => afterFrame(() => at.scrollIntoView({ block: "center" })));
  }

  /** Whether there is a forecast, or a reason why there is none. */
  get #answered(): boolean {
    const { report, stopped, errors } = this.store;
    return report !== undefined || stopped !== undefined || errors.length > 0;
  }

  #drawMore(): void {
    clearTimeout(this.#patience);
    this.drawn = this.drawn === "forecast" ? "inputs" : "all";
    if (this.drawn === "all") this.#follow();
  }

  #follow(): void {
    const { report, reportScenario } = this.store;
    this.followed = { report, scenario: reportScenario };
  }

  protected override render(): TemplateResult | typeof nothing {
    const { store } = this;
    if (!store.scenario.open_pipeline) return nothing;
    const stale = store.errors.length > 0;
    return html`
      <aside class="inputs" aria-label=${t("app.inputs")}>
        ${
          this.drawn === "forecast"
            ? nothing
            : html`<dc-inputs .store=${store} .drawSeed=${this.services.drawSeed}></dc-inputs>`
        }
      </aside>
      <section class="results" id="results" tabindex="-1" aria-label=${t("app.forecast")}>
        ${errorList(store)}
        <div class=${classMap({ forecast: true, stale })}>
          ${store.report?.open_pipeline ? nothing : waiting(store)}
          <dc-headline .store=${store}></dc-headline>
          ${this.#pictures()}
        </div>
      </section>
      ${this.drawn === "all" ? this.#deals(stale) : nothing}
    `;
  }

  #deals(stale: boolean): TemplateResult {
    const { store } = this;
    return html`<section class="deals" aria-labelledby="deals-title">
        <header>
          <h2 id="deals-title">${t("app.deals")}</h2>
          <p class="defines">
            ${COLUMNS.map(
              (id) =>
                html`<button class="quiet" @click=${() => showDefinition(this, id)}>${t(wordsOf(id).name)}</button>`,
            )}
          </p>
        </header>
        <dc-deals-table
          .scenario=${store.scenario}
          .report=${this.followed?.report}
          .errors=${store.errors}
          .files=${this.services.files}
          .stale=${stale}
        ></dc-deals-table>
      </section>`;
  }

  #pictures(): TemplateResult | typeof nothing {
    const { store } = this;
    const { report } = store;
    const forecast = report?.open_pipeline;
    if (!report || !forecast) return nothing;
    const { currency, start_month: startMonth } = report;
    const target = store.draggedTarget ?? forecast.target;
    const deals = store.reportScenario.open_pipeline?.deals;
    // The sentence says what to do; a picture would have nothing to show.
    if (hasNoDeals(forecast)) return nothing;
    const before = this.followed?.report;
    const later =
      before?.open_pipeline && !hasNoDeals(before.open_pipeline)
        ? { run: before, forecast: before.open_pipeline, deals: this.followed?.scenario.open_pipeline?.deals }
        : { run: report, forecast, deals };
    return html`<h2 class="visually-hidden">${t("app.pictures")}</h2>
    <div class="pictures">
      <dc-distribution-chart
        .definition=${"prob_at_least_target"}
        .run=${report}
        .report=${forecast}
        .target=${target}
        .currency=${currency}
        @target-input=${(event: CustomEvent<number>) => store.dragTarget(event.detail)}
        @target-change=${(event: CustomEvent<number>) => this.#setTarget(event.detail)}
      ></dc-distribution-chart>
      <dc-fan-chart
        .definition=${"fan"}
        .run=${report}
        .fan=${forecast.cumulative_fan}
        .alreadyWon=${forecast.already_won}
        .target=${target}
        .window=${forecast.target_window}
        .startMonth=${startMonth}
        .currency=${currency}
      ></dc-fan-chart>
      <dc-deal-swings
        .definition=${"deal_swing_interventional"}
        .run=${later.run}
        .report=${later.forecast}
        .deals=${later.deals}
        .currency=${later.run.currency}
      ></dc-deal-swings>
      <dc-category-range
        .definition=${"categories"}
        .run=${later.run}
        .report=${later.forecast}
        .target=${target}
        .currency=${later.run.currency}
      ></dc-category-range>
      <dc-correlation-effect
        .definition=${"latent_correlation"}
        .run=${later.run}
        .report=${later.forecast}
        .target=${target}
        .currency=${later.run.currency}
      ></dc-correlation-effect>
    </div>`;
  }

  #setTarget(amount: number): void {
    this.store.releaseTarget(t("app.changed", { what: t("app.target") }), (draft) => {
      section(draft).target = amount;
    });
  }
}
