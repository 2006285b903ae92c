/**
 * The engine as the page uses it: quick calls on a lane of their own, full runs on a pool of lanes,
 * so that a preview never waits behind a simulation.
 */
import type { ReportAnswer, Scenario } from "../generated/dealcast.js";
import { EngineFailure, Lane, type WorkerLike } from "./lane.js";
import { Latest } from "./latest.js";
import type { Arguments, CallName, Code, Result } from "./protocol.js";

/** A report, or what is wrong with the scenario. */
export type Outcome = ReportAnswer;
/** Share of a full run that is done, from 0 to 1. */
export type OnProgress = (done: number) => void;

/** Pieces per worker that a run is cut into: enough for a smooth progress bar, few enough that sending the scenario costs nothing. */
const PIECES_PER_WORKER = 4;

export interface EngineOptions {
  readonly code: Promise<Code>;
  readonly spawn: (code: Code) => WorkerLike;
  /** Workers of a full run. */
  readonly workers: number;
  /** Whether calls run on the page's own thread, known once the first one was answered: a run is cut as fine as it goes. */
  readonly onPage?: () => boolean;
}

export class EngineClient {
  #quick: Lane;
  #pool: Lane[];
  #previews = new Latest((scenario: Scenario) => this.#quick.call("preview", scenario));
  #run = 0;

  #onPage: () => boolean;

  constructor(options: EngineOptions) {
    const lane = () => new Lane(options.code, options.spawn);
    this.#onPage = options.onPage ?? (() => false);
    this.#quick = lane();
    this.#pool = Array.from({ length: Math.max(1, options.workers) }, lane);
  }

  /** A quick call: checks, files, seeds. */
  call<Name extends CallName>(name: Name, ...args: Arguments<Name>): Promise<Result<Name>> {
    return this.#quick.call(name, ...args);
  }

  /** A first answer from few trials. Only the latest request is computed: an overtaken one gives `undefined`. */
  preview(scenario: Scenario): Promise<Outcome | undefined> {
    return this.#previews.ask(scenario);
  }

  /** The full report. Throws an `EngineFailure` when it is cancelled, also by the next run. */
  async run(scenario: Scenario, onProgress: OnProgress = () => {}): Promise<Outcome> {
    this.cancel();
    const run = ++this.#run;
    const answer = await this.#quick.call("plan", scenario);
    this.#stillWanted(run);
    if ("errors" in answer) return answer;
    const { blocks } = answer.plan;
    const lanes = this.#onPage() ? this.#pool.slice(0, 1) : this.#pool;
    const pieces = cut(blocks, this.#onPage() ? blocks : lanes.length * PIECES_PER_WORKER);
    const parts: Uint8Array[] = new Array(pieces.length);
    let next = 0;
    let done = 0;
    const work = async (lane: Lane): Promise<void> => {
      for (let index = next++; index < pieces.length; index = next++) {
        const [first, count] = pieces[index] as Piece;
        parts[index] = await lane.call("simulate", scenario, first, count);
        this.#stillWanted(run);
        // The exact engine comes last; it counts for a tenth of the bar.
        onProgress((0.9 * ++done) / pieces.length);
        // Whoever is told may have cancelled.
        this.#stillWanted(run);
      }
    };
    try {
      await Promise.all(lanes.map(work));
    } catch (error) {
      if (run === this.#run) this.cancel();
      throw error;
    }
    const outcome = await (this.#pool[0] as Lane).call("report", scenario, parts);
    this.#stillWanted(run);
    onProgress(1);
    return outcome;
  }

  /** Stops the full run, if one is under way. */
  cancel(): void {
    this.#run++;
    for (const lane of this.#pool) lane.cancel();
  }

  /** Stops everything and ends the workers; a later call starts anew. */
  end(): void {
    this.#run++;
    for (const lane of [this.#quick, ...this.#pool]) lane.end();
  }

  #stillWanted(run: number): void {
    if (run !== this.#run) throw new EngineFailure("cancelled", "overtaken by a newer run");
  }
}

type Piece = readonly [first: number, count: number];

/** Cuts blocks into at most `most` runs of neighbours, as even as they go. */
export function cut(blocks: number, most: number): Piece[] {
  const pieces = Math.min(blocks, most);
  const edge = (index: number) => Math.floor((index * blocks) / pieces);
  return Array.from({ length: pieces }, (_, index) => [edge(index), edge(index + 1) - edge(index)] as const);
}
