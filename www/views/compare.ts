/** The Compare view: plans and their levers at the left, the scenarios side by side beside them. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { Comparing, sameQuestion } from "../compare/comparing.js";
import { beatsTable, figuresTable } from "../compare/figures.js";
import { isOf, outcomesOf } from "../compare/outcomes.js";
import { asBase, plansOf } from "../compare/plans.js";
import { planSentence } from "../compare/sentence.js";
import { decimal } from "../format.js";
import type { Comparison, ComparisonError, Outcome, ReadyLever, Scenario } from "../generated/dealcast.js";
import { plain } from "../headline/sentence.js";
import { locale, t } from "../i18n.js";
import { PageElement } from "../ui/element.js";
import { showDefinition } from "../ui/events.js";
import type { Services } from "../ui/services.js";
import { errorList } from "./error-list.js";
import { type Section, VIEWS, type ViewId } from "./views.js";
import "../compare/causes.js";
import "../compare/charts.js";
import "../compare/drivers.js";
import "../compare/goal.js";
import "../compare/panel.js";

const NO_ERRORS: readonly ComparisonError[] = [];
/** Quiet time before changed sentences are read out. */
const ANNOUNCE_AFTER_MS = 900;

@customElement("dc-compare-view")
export class CompareView extends PageElement {
  @property({ attribute: false }) services!: Services;
  /** The view that the reader came from: its outcome is compared first. */
  @property() from: ViewId | undefined;
  @state() private chosen: Outcome | undefined;
  @state() private announced = "";
  /** The trade's usual moves for the document. */
  @state() private catalogue: readonly ReadyLever[] = [];
  #catalogueOf: Scenario | undefined;
  #comparing: Comparing | undefined;
  #said: { readonly of: Comparison; readonly locale: string; readonly sentences: string[] } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#comparing ??= new Comparing(this.services.comparisons, () => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#comparing?.leave();
  }

  /** The outcome compared: the one chosen, where the document still has it. */
  get #outcome(): Outcome | undefined {
    const outcomes = outcomesOf(this.store.scenario);
    if (this.chosen && outcomes.includes(this.chosen)) return this.chosen;
    const sections: readonly Section[] = VIEWS.find(({ id }) => id === this.from)?.sections ?? [];
    return outcomes.find((one) => sections.some((section) => isOf(one, section))) ?? outcomes[0];
  }

  protected override willUpdate(): void {
    const outcome = this.#outcome;
    if (outcome) this.#comparing?.ask(this.store.scenario, outcome);
    void this.#listLevers();
  }

  /** The catalogue of the document at hand; its plans have no say in it. */
  async #listLevers(): Promise<void> {
    const { plans: _, ...base } = this.store.scenario;
    const { plans: __, ...listed } = this.#catalogueOf ?? { schema: "" };
    if (this.#catalogueOf && sameQuestion(listed as Scenario, base)) return;
    this.#catalogueOf = this.store.scenario;
    // An engine that does not start says so in the comparison.
    const answer = await this.services.comparisons.levers(base).catch(() => undefined);
    // A document with errors keeps the last catalogue.
    if (answer && "levers" in answer) this.catalogue = answer.levers;
  }

  protected override updated(_: PropertyValues): void {
    this.#comparing?.drawn();
    const comparison = this.#comparing?.comparison;
    const said = comparison ? this.#sentences(comparison).join(" ") : "";
    if (!said || said === this.announced) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.announced = said;
    }, ANNOUNCE_AFTER_MS);
  }

  protected override render(): TemplateResult {
    const { store } = this;
    const comparing = this.#comparing;
    const comparison = comparing?.comparison;
    const documentErrors = comparing?.errors.filter(({ code }) => code !== "no_such_outcome") ?? [];
    const stale = store.errors.length > 0 || (comparing?.errors.length ?? 0) > 0;
    return html`
      <aside class="inputs" aria-label=${t("compare.plans")}>
        <dc-plans .store=${store} .planErrors=${comparing?.planErrors ?? NO_ERRORS} .catalogue=${this.catalogue} .outcome=${this.#outcome} @make-base=${this.#makeBase}></dc-plans>
      </aside>
      <section class="results" id="results" tabindex="-1" aria-label=${t("compare.comparison")}>
        ${errorList(store, documentErrors)} ${this.#question()}
        <div class=${classMap({ forecast: true, stale })}>
          ${comparison ? guard(this.#shown(comparison), () => this.#answer(comparison)) : this.#waiting()}
        </div>
      </section>
      ${comparison ? this.#questions(comparison, stale) : nothing}
    `;
  }

  #question(): TemplateResult {
    const outcomes = outcomesOf(this.store.scenario);
    return html`<p class="question">
      <label for="outcome">${t("compare.compared_on")}</label>
      <select
        id="outcome"
        @change=${(event: Event) => {
          this.chosen = (event.target as HTMLSelectElement).value as Outcome;
        }}
      >
        ${outcomes.map((one) => html`<option value=${one} .selected=${live(one === this.#outcome)}>${t(`compare.outcome_${one}`)}</option>`)}
      </select>
    </p>`;
  }

  #waiting(): TemplateResult | typeof nothing {
    const comparing = this.#comparing;
    if (comparing?.stopped === "broken")
      return html`<p class="waiting" role="alert">${t("app.engine_failed", { reason: comparing.failure })}</p>`;
    const absent = comparing?.errors.find(({ code }) => code === "no_such_outcome");
    if (absent) return html`<p class="waiting">${t("compare.nothing_simulated")}</p>`;
    if (this.store.errors.length > 0 || (comparing?.errors.length ?? 0) > 0) return nothing;
    return html`<p class="waiting">${t("app.computing")}…</p>`;
  }

  #sentences(comparison: Comparison): string[] {
    if (this.#said?.of !== comparison || this.#said.locale !== locale()) {
      const sentences = comparison.scenarios.slice(1).map((one) => plain(planSentence(comparison, one)));
      this.#said = { of: comparison, locale: locale(), sentences };
    }
    return this.#said.sentences;
  }

  /** All that the answer is drawn from: an edit on its own changes none of it. */
  #shown(comparison: Comparison): unknown[] {
    const { quality, running, stopped } = this.#comparing ?? {};
    const any = plansOf(this.store.scenario).length > 0;
    return [comparison, quality, running, stopped, any, this.announced, locale()];
  }

  #answer(comparison: Comparison): TemplateResult {
    const [first, ...others] = this.#sentences(comparison);
    const plans = plansOf(this.store.scenario);
    const series = this.#comparing?.series ?? [];
    return html`
      <h1 class="sentence" id="sentence">${first ?? t(plans.length === 0 ? "compare.no_plans" : "compare.no_plan_computed")}</h1>
      <p class="visually-hidden" aria-live="polite" aria-atomic="true" id="announcement">${this.announced}</p>
      ${others.map((words) => html`<p class="who-earns">${words}</p>`)}
      ${comparison.errors.map(({ plan }) => html`<p class="problem">${t("compare.left_out", { plan })}</p>`)}
      ${this.#mark(comparison)} ${figuresTable(comparison, series)} ${beatsTable(comparison)}
      <h2 class="visually-hidden">${t("app.pictures")}</h2>
      <div class="pictures two">
        <dc-compared-curves .run=${comparison} .comparison=${comparison} .series=${series} .currency=${comparison.currency}></dc-compared-curves>
        <dc-compared-fans .run=${comparison} .comparison=${comparison} .series=${series} .currency=${comparison.currency}></dc-compared-fans>
      </div>
    `;
  }

  /** What else can be asked about the scenarios. */
  #questions(comparison: Comparison, stale: boolean): TemplateResult {
    const { store, services } = this;
    return html`<div class=${classMap({ wide: true, stale })}>
      <dc-causes
        .store=${store}
        .services=${services}
        .comparison=${comparison}
        .rested=${this.#comparing?.quality === "full"}
      ></dc-causes>
      <dc-goal .store=${store} .services=${services} .comparison=${comparison} .catalogue=${this.catalogue}></dc-goal>
      <dc-drivers .store=${store} .services=${services} .comparison=${comparison}></dc-drivers>
    </div>`;
  }

  /** Where the figures come from, and what is under way. */
  #mark(comparison: Comparison): TemplateResult {
    const comparing = this.#comparing;
    const { trials: count, stop_at_half_width: asked, half_width: reached } = comparison;
    const points = (width: number) => decimal(100 * width, 2);
    const enough =
      asked === undefined || reached === undefined
        ? ""
        : reached <= asked
          ? t("compare.mark_enough", { points: points(asked) })
          : t("compare.mark_short", { points: points(reached), asked: points(asked) });
    const words =
      comparing?.quality === "full"
        ? t("compare.mark_full", { count }) + enough
        : t("compare.mark_preview", { count });
    return html`<p class="mark" id="compare-mark" data-quality=${comparing?.quality ?? nothing}>
      <button class="figure" title=${t("app.show_the_math")} @click=${() => showDefinition(this, "compare_common")}>${words}</button>
      ${
        comparing?.running
          ? html`<progress aria-label=${t("app.computing")}></progress>
            <button id="cancel-comparison" class="quiet" @click=${() => comparing.cancel()}>${t("app.cancel")}</button>`
          : nothing
      }
      ${
        comparing?.stopped
          ? html`<span role="status">${t(comparing.stopped === "cancelled" ? "app.run_cancelled" : "app.run_broken")}</span>
            <button class="quiet" @click=${() => comparing.runFull()}>${t("app.run_again")}</button>`
          : nothing
      }
    </p>`;
  }

  /** The plan's levers are written into the document; the step can be undone. */
  #makeBase = async (event: CustomEvent<{ readonly place: number }>): Promise<void> => {
    const { store } = this;
    const { scenario } = store;
    const { place } = event.detail;
    const name = plansOf(scenario)[place]?.name;
    const answer = await this.services.comparisons.apply(scenario, place);
    // Overtaken by another edit, or a plan that does not fit: its errors stand at its levers.
    if (scenario !== store.scenario || name === undefined || !("scenario" in answer)) return;
    store.edit(t("compare.made_base", { what: name }), () => asBase(scenario, place, answer.scenario));
    await this.updateComplete;
    this.querySelector<HTMLElement>("#add-plan")?.focus();
  };
}
