/**
 * Comparisons on workers of their own, apart from the forecast's: each keeps what it simulated last, so
 * that of several scenarios only the changed one is simulated again. A quick one answers while the hand
 * moves, the full one when it rests.
 */
import type {
  CompareOptions,
  ComparisonAnswer,
  FigureOptions,
  GoalSeekAnswerOrErrors,
  GoalSeekOptions,
  LeversAnswer,
  Scenario,
  ScenarioAnswer,
  SensitivityAnswer,
  SensitivityOptions,
  WaterfallAnswer,
} from "../generated/dealcast.js";
import type { EngineOptions, OnProgress } from "./client.js";
import { Lane } from "./lane.js";
import { Latest } from "./latest.js";

/** Trials of the quick answer: a few per cent of error, a few frames of time. */
const QUICK_TRIALS = 10_000;

export class Comparisons {
  #quick: Lane;
  #full: Lane;
  #causes: Lane;
  #drivers: Lane;
  #goals: Lane;
  #latest = new Latest((scenario: Scenario, options: CompareOptions) =>
    this.#quick.call("compare", scenario, options),
  );

  constructor(options: Pick<EngineOptions, "code" | "spawn">) {
    const lane = () => new Lane(options.code, options.spawn);
    this.#quick = lane();
    this.#full = lane();
    this.#causes = lane();
    this.#drivers = lane();
    this.#goals = lane();
  }

  /** A first answer; `undefined` where a later question overtook it. */
  quick(scenario: Scenario, options: CompareOptions): Promise<ComparisonAnswer | undefined> {
    return this.#latest.ask(scenario, quickened(scenario, options));
  }

  /** The whole answer. Throws an `EngineFailure` when it is stopped. */
  full(scenario: Scenario, options: CompareOptions): Promise<ComparisonAnswer> {
    return this.#full.call("compare", scenario, options);
  }

  /** Stops the whole answer, if it is under way. */
  cancel(): void {
    this.#full.cancel();
  }

  /** Stops everything and ends the workers; a later question starts anew. */
  end(): void {
    for (const lane of [this.#quick, this.#full, this.#causes, this.#drivers, this.#goals]) lane.end();
  }

  /** Which lever brings how much. A newer question stops the one under way, as with those below. */
  waterfall(scenario: Scenario, options: FigureOptions, progress: OnProgress): Promise<WaterfallAnswer> {
    this.#causes.cancel();
    return this.#causes.long(progress, "waterfall", scenario, options);
  }

  /** What drives an outcome. */
  sensitivity(
    scenario: Scenario,
    options: SensitivityOptions,
    progress: OnProgress,
  ): Promise<SensitivityAnswer> {
    this.#drivers.cancel();
    return this.#drivers.long(progress, "sensitivity", scenario, options);
  }

  /** What it takes to reach a goal. */
  goalSeek(
    scenario: Scenario,
    options: GoalSeekOptions,
    progress: OnProgress,
  ): Promise<GoalSeekAnswerOrErrors> {
    this.#goals.cancel();
    return this.#goals.long(progress, "goalSeek", scenario, options);
  }

  /** Stops a question that is under way. */
  stop(question: "waterfall" | "sensitivity" | "goalSeek"): void {
    ({ waterfall: this.#causes, sensitivity: this.#drivers, goalSeek: this.#goals })[question].cancel();
  }

  /** The trade's usual moves for a document. */
  levers(scenario: Scenario): Promise<LeversAnswer> {
    return this.#quick.call("leverCatalogue", scenario);
  }

  /** The scenario that a plan makes, by its place. */
  apply(scenario: Scenario, plan: number): Promise<ScenarioAnswer> {
    return this.#quick.call("applyPlan", scenario, plan);
  }
}

function quickened(scenario: Scenario, options: CompareOptions): CompareOptions {
  return { ...options, trials: Math.min(QUICK_TRIALS, options.trials ?? scenario.trials ?? QUICK_TRIALS) };
}
