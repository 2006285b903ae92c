/** `<dc-goal>`: what it takes of one input, or of two, to bring an outcome where it is wanted. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { decimal, money, monthName } from "../format.js";
import type {
  FigureOptions,
  GoalInput,
  GoalSeekAnswer,
  GoalSeekReport,
  ReadyLever,
} from "../generated/dealcast.js";
import { locale, t } from "../i18n.js";
import { defineButton } from "../ui/define.js";
import { Asking } from "./asking.js";
import { monthChoice, numberEntry } from "./goal-fields.js";
import { inputsOf } from "./inputs.js";
import type { IsoLine } from "./iso.js";
import type { Scale } from "./levers.js";
import { type Mover, moversOf } from "./movers.js";
import { kindOf, writerOf } from "./outcomes.js";
import { figureWriter, QuestionElement } from "./question.js";
import { amountText } from "./words.js";
import "./iso-chart.js";

/** Bounds as shown, where the reader gave any. */
interface Bounds {
  readonly low?: number;
  readonly high?: number;
}

@customElement("dc-goal")
export class Goal extends QuestionElement {
  /** The trade's usual moves for this document. */
  @property({ attribute: false }) catalogue: readonly ReadyLever[] = [];
  @state() private plan = "";
  @state() private first = "";
  @state() private second = "";
  @state() private goal: number | undefined;
  /** Month by whose end it is asked, where the reader gave one. */
  @state() private month: number | undefined;
  /** What the chance is of, instead of the scenario's own target. */
  @state() private target: number | undefined;
  @state() private bounds: readonly [Bounds, Bounds] = [{}, {}];
  #asking = new Asking<{ goal_seek: GoalSeekReport }>(() => this.requestUpdate());
  /** The inputs that the answer is about. */
  #of: readonly Mover[] = [];
  /** The figure that it is about. */
  #figure: FigureOptions | undefined;

  /** What the numbers given are of: those of another figure mean nothing. */
  #given = "";

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.services.comparisons.stop("goalSeek");
  }

  protected override willUpdate(): void {
    const { outcome } = this.comparison;
    if (!this.#given.startsWith(`${outcome} `)) {
      this.month = undefined;
      this.target = undefined;
      this.bounds = [{}, {}];
    }
    const given = `${outcome} ${this.statistic}`;
    if (this.#given !== given) this.goal = undefined;
    this.#given = given;
  }

  /** The value wanted where the reader gave none: a round one somewhat better than today's. */
  #wanted(): number {
    if (this.goal !== undefined) return this.goal;
    const { comparison, statistic } = this;
    if (statistic === "prob_target") return 0.8;
    const now = comparison.scenarios[0]?.figures[statistic] ?? 0;
    if (kindOf(comparison.outcome) === "month") return Math.max(1, Math.round(now) - 3);
    return Number((now + 0.2 * Math.abs(now)).toPrecision(2));
  }

  #boundsOf(mover: Mover, place: 0 | 1): { low: number; high: number } {
    const own = this.bounds[place];
    return { low: own.low ?? mover.low, high: own.high ?? mover.high };
  }

  #ask = (): void => {
    const { comparison, statistic, store, plan } = this;
    const { scenario } = store;
    const { outcome } = comparison;
    const movers = moversOf(scenario, outcome, this.catalogue);
    const first = movers.find(({ id }) => id === this.first) ?? movers[0];
    const second = movers.find(({ id }) => id === this.second);
    if (!first) return;
    const { month, target } = this.#moment();
    const goalInput = (mover: Mover, place: 0 | 1): GoalInput => {
      const { low, high } = this.#boundsOf(mover, place);
      const [a, b] = [mover.scale.stored(low), mover.scale.stored(high)];
      return { changes: mover.changes, low: Math.min(a, b), high: Math.max(a, b) };
    };
    this.asked = { scenario, outcome };
    this.#of = second ? [first, second] : [first];
    this.#figure = {
      outcome,
      statistic,
      ...(plan ? { plan } : {}),
      ...(month === undefined ? {} : { month }),
      ...(target === undefined ? {} : { target }),
    };
    const options = {
      figure: this.#figure,
      goal: this.#wanted(),
      input: goalInput(first, 0),
      ...(second ? { second: goalInput(second, 1) } : {}),
    };
    void this.#asking.ask((progress) => this.services.comparisons.goalSeek(scenario, options, progress));
  };

  protected override render(): TemplateResult | typeof nothing {
    const movers = moversOf(this.store.scenario, this.comparison.outcome, this.catalogue);
    const first = movers.find(({ id }) => id === this.first) ?? movers[0];
    if (!first) return nothing;
    const second = movers.find(({ id }) => id === this.second);
    const report = this.#asking.answer?.goal_seek;
    const shown = report?.outcome === this.comparison.outcome ? report : undefined;
    return html`<section class="asked" id="goal" aria-labelledby="goal-title">
      <h2 id="goal-title">${t("compare.goal_title")} ${defineButton("compare_goal")}</h2>
      <p class="question">
        ${this.planChoice(this.plan, true, (name) => {
          this.plan = name;
        })}
        ${this.statistics()}
        ${this.#momentFields()}
        ${this.#goalField()}
      </p>
      <p class="question">
        ${this.#moverChoice("goal-first", t("compare.by_moving"), first, movers, (id) => {
          this.first = id;
          this.bounds = [{}, this.bounds[1]];
        })}
        ${this.#boundFields(first, 0)}
      </p>
      <p class="question">
        ${this.#moverChoice(
          "goal-second",
          t("compare.and_by_moving"),
          second,
          movers.filter(({ id }) => id !== first.id),
          (id) => {
            this.second = id;
            this.bounds = [this.bounds[0], {}];
          },
        )}
        ${second ? this.#boundFields(second, 1) : nothing}
        <button class="framed" id="ask-goal" ?disabled=${this.#asking.running} @click=${this.#ask}>${t("compare.seek")}</button>
      </p>
      ${this.state(this.#asking, () => this.services.comparisons.stop("goalSeek"))}
      ${
        shown
          ? html`<div class=${classMap({ stale: this.stale || this.#asking.running })}>
              ${this.stale ? html`<p class="help">${t("compare.stale")}</p>` : nothing}
              <p class="who-earns" id="goal-answer">${this.#sentence(shown)}</p>
              ${shown.iso_line.length > 0 ? guard(this.drawnFor(shown), () => this.#iso(shown)) : nothing}
            </div>`
          : nothing
      }
    </section>`;
  }

  /** A chance can be of any target: the reader may give one. */
  protected override offers(): boolean {
    return true;
  }

  /** Months by whose end an amount can be asked; none where the outcome is a month, or has no course. */
  #months(): { first: number; last: number } | undefined {
    const { outcome, scenarios } = this.comparison;
    const last = scenarios[0]?.fan.at(-1)?.month;
    if (kindOf(outcome) === "month" || last === undefined) return undefined;
    const { open_pipeline: pipeline, pipeline_generation: machine } = this.store.scenario;
    const of = { pipeline_total: pipeline, wins: machine, bookings: machine } as const;
    const section = outcome in of ? of[outcome as keyof typeof of] : undefined;
    return { first: section?.target_window?.first_month ?? 1, last };
  }

  /** By when, and of what: as given, inside what the outcome allows. */
  #moment(): { month: number | undefined; target: number | undefined } {
    const months = this.#months();
    const month =
      months && this.month !== undefined
        ? Math.min(Math.max(Math.round(this.month), months.first), months.last)
        : undefined;
    const chance = this.statistic === "prob_target";
    return { month, target: chance ? (this.target ?? this.#usualTarget()) : undefined };
  }

  /** A target where the scenario has none: what comes out in half of the trials. */
  #usualTarget(): number | undefined {
    const base = this.comparison.scenarios[0];
    if (!base || base.target != null) return undefined;
    return Number((base.figures.p50 ?? base.figures.mean ?? 0).toPrecision(2));
  }

  #momentFields(): TemplateResult {
    const { comparison, statistic } = this;
    const { target, month } = this.#moment();
    const own = target ?? comparison.scenarios[0]?.target;
    const months = this.#months();
    const last = comparison.scenarios[0]?.fan.at(-1)?.month;
    const chance = statistic === "prob_target" && own != null;
    const take = (value: number | undefined) => {
      this.target = value;
    };
    return html`${
      !chance
        ? nothing
        : kindOf(comparison.outcome) !== "month"
          ? numberEntry(this.store.scenario, "goal-target", t("compare.of_at_least"), own, this.#unit(), take)
          : last === undefined
            ? nothing
            : monthChoice(
                this.comparison.start_month,
                "goal-target",
                t("compare.by_the_end_of"),
                own,
                { first: 1, last },
                take,
              )
    }
    ${
      months
        ? monthChoice(
            this.comparison.start_month,
            "goal-month",
            t("compare.by_the_end_of"),
            month,
            months,
            (value) => {
              this.month = value;
            },
            t("compare.own_end"),
          )
        : nothing
    }`;
  }

  #unit(): Scale["unit"] {
    return kindOf(this.comparison.outcome) === "money" ? "money" : "plain";
  }

  #goalField(): TemplateResult {
    const { statistic } = this;
    const unit = statistic === "prob_target" ? "percent" : this.#unit();
    return numberEntry(
      this.store.scenario,
      "goal-wanted",
      t("compare.wanted"),
      this.#wanted(),
      unit,
      (value) => {
        this.goal = value;
      },
    );
  }

  #boundFields(mover: Mover, place: 0 | 1): TemplateResult {
    const { low, high } = this.#boundsOf(mover, place);
    const set = (end: "low" | "high") => (value: number) => {
      const own = { ...this.bounds[place], [end]: value };
      this.bounds = place === 0 ? [own, this.bounds[1]] : [this.bounds[0], own];
    };
    return html`${numberEntry(this.store.scenario, `goal-low-${place}`, t("compare.from_bound"), low, mover.scale.unit, set("low"))}
      ${numberEntry(this.store.scenario, `goal-high-${place}`, t("compare.to_bound"), high, mover.scale.unit, set("high"))}`;
  }

  #moverChoice(
    id: string,
    label: string,
    chosen: Mover | undefined,
    movers: readonly Mover[],
    choose: (id: string) => void,
  ): TemplateResult {
    return html`<label for=${id}>${label}</label>
      <select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${id === "goal-second" ? html`<option value="">${t("compare.nothing_else")}</option>` : nothing}
        ${guard([inputsOf(this.store.scenario), this.catalogue, movers.length, chosen?.id, locale()], () =>
          movers.map(
            ({ id: own, name }) =>
              html`<option value=${own} .selected=${live(own === chosen?.id)}>${name}</option>`,
          ),
        )}
      </select>`;
  }

  /** The answer, and what it is an answer to where that is not the usual question. */
  #sentence(report: GoalSeekReport): string {
    const answer = this.#answer(report);
    const { month, target } = this.#figure ?? {};
    const { comparison } = this;
    const writer = writerOf(comparison);
    const by = month === undefined ? "" : monthName(comparison.start_month, month);
    if (target !== undefined) {
      const words = { target: writer.value(target), month: by, answer };
      if (kindOf(comparison.outcome) === "month") return t("compare.goal_chance_month", words);
      return t(month === undefined ? "compare.goal_chance" : "compare.goal_chance_by", words);
    }
    return month === undefined ? answer : t("compare.goal_by", { month: by, answer });
  }

  #answer(report: GoalSeekReport): string {
    const { comparison } = this;
    const writer = figureWriter(comparison, report.statistic);
    const goal = writer.value(report.goal);
    const present = writer.value(report.present, report.present_standard_error);
    const [first, second] = this.#of;
    const { answer, iso_line: line } = report;
    if (report.reached_already) return t("compare.goal_already", { present, goal });
    if (second) {
      const found = line.filter(({ second: own }) => own.status !== "unreachable").length;
      return found === 0
        ? t("compare.iso_nowhere", { goal })
        : t("compare.iso_found", { goal, found: String(found), points: String(line.length) });
    }
    if (!answer || !first) return "";
    const places = {
      name: first.name,
      size: this.#size(first, answer.size),
      attained: writer.value(answer.attained, answer.attained_standard_error),
      goal,
      present,
    };
    if (answer.status === "unreachable") return t("compare.goal_unreachable", places);
    if (answer.status === "everywhere") return t("compare.goal_everywhere", places);
    const below = answer.not_reached_at == null ? undefined : this.#size(first, answer.not_reached_at);
    return [
      t("compare.goal_reached", { ...places, error: this.#error(first, answer) }),
      below === undefined || below === places.size ? "" : t("compare.goal_bracket", { below }),
    ]
      .filter(Boolean)
      .join(" ");
  }

  #size(mover: Mover, size: number): string {
    const operation = mover.changes[0]?.operation ?? "set";
    return amountText(operation, size, mover.input, this.store.scenario);
  }

  /** The error of a size, in the unit that it is shown in. */
  #error(mover: Mover, { size, size_standard_error: error }: GoalSeekAnswer): string {
    if (error == null) return "?";
    const { scale } = mover;
    const own = Math.abs(scale.shown(size + error) - scale.shown(size));
    if (scale.unit === "percent") return t("charts.points", { number: decimal(100 * own, 1) });
    if (scale.unit.startsWith("money")) return money(own, this.comparison.currency, { digits: 1 });
    return decimal(own, 2);
  }

  #iso(report: GoalSeekReport): TemplateResult {
    const [first, second] = this.#of;
    if (!first || !second) return html``;
    const line: IsoLine = {
      points: report.iso_line.map((point) => ({
        first: first.scale.shown(point.first),
        second: point.second.status === "unreachable" ? undefined : second.scale.shown(point.second.size),
      })),
      firstName: first.name,
      secondName: second.name,
      writeFirst: (value) => this.#size(first, first.scale.stored(value)),
      writeSecond: (value) => this.#size(second, second.scale.stored(value)),
    };
    return html`<dc-iso-line
      .run=${{ ...this.comparison, trials: report.trials }}
      .line=${line}
      .sentence=${this.#sentence(report)}
      .currency=${this.comparison.currency}
    ></dc-iso-line>`;
  }
}
