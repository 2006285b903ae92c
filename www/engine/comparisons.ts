/**
 * Comparisons on workers of their own, apart from the forecast's: each keeps what it simulated last, so
 * that of several scenarios only the changed one is simulated again. A quick one answers while the hand
 * moves, the full one when it rests.
 */
import type { CompareOptions, ComparisonAnswer, Scenario, ScenarioAnswer } from "../generated/dealcast.js";
import type { EngineOptions } from "./client.js";
import { Lane } from "./lane.js";
import { Latest } from "./latest.js";

/** Trials of the quick answer: a few per cent of error, a few frames of time. */
const QUICK_TRIALS = 10_000;

export class Comparisons {
  #quick: Lane;
  #full: Lane;
  #latest = new Latest((scenario: Scenario, options: CompareOptions) =>
    this.#quick.call("compare", scenario, options),
  );

  constructor(private readonly options: Pick<EngineOptions, "code" | "spawn" | "onPage">) {
    this.#quick = new Lane(options.code, options.spawn);
    this.#full = new Lane(options.code, options.spawn);
  }

  /** A first answer; `undefined` where a later question overtook it. */
  quick(scenario: Scenario, options: CompareOptions): Promise<ComparisonAnswer | undefined> {
    return this.#latest.ask(scenario, quickened(scenario, options));
  }

  /** The whole answer. Throws an `EngineFailure` when it is stopped. */
  full(scenario: Scenario, options: CompareOptions): Promise<ComparisonAnswer> {
    // On the page's own thread nothing can be stopped: the quick answer is all there is.
    return this.#full.call(
      "compare",
      scenario,
      this.options.onPage?.() ? quickened(scenario, options) : options,
    );
  }

  /** Stops the whole answer, if it is under way. */
  cancel(): void {
    this.#full.cancel();
  }

  /** Stops everything and ends the workers; a later call starts anew. */
  end(): void {
    this.#quick.end();
    this.#full.end();
  }

  /** The scenario that a plan makes, by its place. */
  apply(scenario: Scenario, plan: number): Promise<ScenarioAnswer> {
    return this.#quick.call("applyPlan", scenario, plan);
  }
}

function quickened(scenario: Scenario, options: CompareOptions): CompareOptions {
  return { ...options, trials: Math.min(QUICK_TRIALS, options.trials ?? scenario.trials ?? QUICK_TRIALS) };
}
