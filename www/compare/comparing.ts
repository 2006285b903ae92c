/**
 * Keeps a comparison of the document at hand: a quick one at every change, the full one when the hand
 * rests. While the hand moves, answers are shown as they come, also to questions just overtaken: the picture
 * follows. What comes later than an answer to a newer question is dropped.
 */
import type { Comparisons } from "../engine/comparisons.js";
import { EngineFailure } from "../engine/lane.js";
import type {
  Comparison,
  ComparisonAnswer,
  ComparisonError,
  InputError,
  Outcome,
  Scenario,
} from "../generated/dealcast.js";
import type { Quality, Stopped } from "../state/store.js";

/** Quiet time after a change before the full comparison starts. */
const REST_MS = 350;

export type CompareEngine = Pick<
  Comparisons,
  "quick" | "full" | "cancel" | "apply" | "levers" | "waterfall" | "sensitivity" | "goalSeek" | "stop"
>;

/** What a comparison depends on; a change of anything else asks for nothing. */
const PARTS = [
  "seed",
  "trials",
  "currency",
  "start_month",
  "open_pipeline",
  "pipeline_generation",
  "arr_cohorts",
  "partner_pnl",
  "partner_vendor_programme",
  "plans",
] as const satisfies readonly (keyof Scenario)[];

/** Whether two documents give the same comparison. */
export function sameQuestion(one: Scenario | undefined, other: Scenario): boolean {
  return one !== undefined && PARTS.every((part) => one[part] === other[part]);
}

export class Comparing {
  /** The last comparison, of this document or an earlier one. */
  comparison: Comparison | undefined;
  /** Colours of its scenarios: 0 for the base, then the places of the plans, also of those left out. */
  series: readonly number[] = [];
  /** What is wrong with the document itself. */
  errors: readonly InputError[] = [];
  quality: Quality = "preview";
  /** Whether a full comparison is under way. */
  running = false;
  stopped: Stopped | undefined;
  failure = "";
  #scenario: Scenario | undefined;
  #outcome: Outcome | undefined;
  #asked = 0;
  /** The question that the answer at hand is to. */
  #answered = 0;
  /** When it was asked. */
  #askedAt = 0;
  #drawn: Comparison | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly engine: CompareEngine,
    private readonly changed: () => void,
  ) {}

  /** Plans that cannot be computed. */
  get planErrors(): readonly ComparisonError[] {
    return this.comparison?.errors ?? [];
  }

  /** Compares a document, unless that is what was asked last. */
  ask(scenario: Scenario, outcome: Outcome): void {
    if (this.#outcome === outcome && sameQuestion(this.#scenario, scenario)) return;
    const asked = ++this.#asked;
    if (this.#outcome !== outcome) {
      this.comparison = undefined;
      this.#answered = asked - 1;
    }
    this.#scenario = scenario;
    this.#outcome = outcome;
    this.#stopFull();
    this.stopped = undefined;
    void this.#answer(asked, "preview", scenario, () => this.engine.quick(scenario, { outcome }));
    this.#rest = setTimeout(() => this.runFull(), REST_MS);
  }

  /** The full comparison of the document at hand, at once. */
  runFull(): void {
    const { engine } = this;
    const [scenario, outcome] = [this.#scenario, this.#outcome];
    clearTimeout(this.#rest);
    if (!scenario || !outcome || this.running || this.errors.length > 0) return;
    this.running = true;
    this.stopped = undefined;
    this.changed();
    void this.#answer(this.#asked, "full", scenario, () => engine.full(scenario, { outcome }));
  }

  /** Stops the full comparison on the reader's request. */
  cancel(): void {
    if (this.running) this.engine.cancel();
  }

  /** The answer at hand is on screen: for whoever measures. */
  drawn(): void {
    if (!this.comparison || this.#drawn === this.comparison || this.quality !== "preview") return;
    this.#drawn = this.comparison;
    performance.measure("dealcast:compare", { start: this.#askedAt, end: performance.now() });
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#answered = ++this.#asked;
    this.#stopFull();
    this.#scenario = undefined;
  }

  #stopFull(): void {
    clearTimeout(this.#rest);
    if (!this.running) return;
    this.running = false;
    this.engine.cancel();
  }

  async #answer(
    asked: number,
    quality: Quality,
    scenario: Scenario,
    call: () => Promise<ComparisonAnswer | undefined>,
  ): Promise<void> {
    const askedAt = performance.now();
    try {
      const answer = await call();
      const newest = asked === this.#asked;
      // A full answer to the same question says more than a quick one that comes late.
      if (!answer || asked <= this.#answered - (quality === "full" ? 1 : 0)) return;
      if (!newest && (quality === "full" || "errors" in answer)) return;
      if (quality === "full") this.running = false;
      this.errors = "errors" in answer ? answer.errors : [];
      if ("comparison" in answer) {
        this.#answered = asked;
        this.#askedAt = askedAt;
        this.comparison = answer.comparison;
        this.quality = quality;
        const names = (scenario.plans ?? []).map(({ name }) => name);
        this.series = answer.comparison.scenarios.map(({ plan }) =>
          plan == null ? 0 : names.indexOf(plan) + 1,
        );
      }
    } catch (error) {
      if (asked !== this.#asked) return;
      // A full run that was stopped for a newer one is no news.
      const reason = error instanceof EngineFailure ? error.reason : "broken";
      this.running = false;
      this.stopped = reason;
      this.failure = error instanceof Error ? error.message : String(error);
      if (reason === "broken") console.error(error);
    }
    this.changed();
  }
}
