/**
 * The engine as the page uses it: quick calls on a lane of their own, full runs on a pool of lanes,
 * so that a preview never waits behind a simulation.
 */
import type { ReportAnswer, Scenario } from "../generated/dealcast.js";
import type { AtHand } from "./at-hand.js";
import { extentOf } from "./extent.js";
import { EngineFailure, Lane, type WorkerLike } from "./lane.js";
import { Latest } from "./latest.js";
import type { Arguments, Call, CallName, Code, Extent, Result } from "./protocol.js";

/** A report, or what is wrong with the scenario. */
export type Outcome = ReportAnswer;
/** Share of a full run that is done, from 0 to 1. */
export type OnProgress = (done: number) => void;

/** Pieces per worker that a run is cut into: enough for a smooth progress bar, few enough that sending the scenario costs nothing. */
const PIECES_PER_WORKER = 4;
/** The same on the page's own thread, which takes each in steps. */
const PIECES_ON_PAGE = 10;

export interface EngineOptions {
  /** The engine, fetched when it is first needed. */
  readonly code: () => Promise<Code>;
  /** The smaller one for open pipelines, where there is one. */
  readonly pipelineCode?: () => Promise<Code>;
  readonly spawn: (code: Code) => WorkerLike;
  /** Workers of a full run. */
  readonly workers: number;
  /** Whether calls run on the page's own thread, known once the first one was answered. */
  readonly onPage?: () => boolean;
  /** The engine on the page's own thread, for short previews. */
  readonly atHand?: AtHand;
}

/** Workers of one module. */
interface Team {
  readonly extent: Extent;
  readonly quick: Lane;
  readonly pool: readonly Lane[];
}

export class EngineClient {
  #team: Team;
  #previews = new Latest((scenario: Scenario) => this.call("preview", scenario));
  #run = 0;
  #ended = false;

  constructor(private readonly options: EngineOptions) {
    this.#team = this.#gathered(options.pipelineCode ? "pipeline" : "whole");
  }

  /** A quick call: checks, files, seeds. */
  call<Name extends CallName>(name: Name, ...args: Arguments<Name>): Promise<Result<Name>> {
    return this.#teamFor(name, args).quick.call(name, ...args);
  }

  #gathered(extent: Extent): Team {
    const { code, pipelineCode = code, spawn, workers } = this.options;
    const lane = () => new Lane(extent === "whole" ? code : pipelineCode, spawn);
    return { extent, quick: lane(), pool: Array.from({ length: Math.max(1, workers) }, lane) };
  }

  /** The workers for a call. Once one needed the whole engine, all go to it: what it answers, it answers alike. */
  #teamFor<Name extends CallName>(name: Name, args: Arguments<Name>): Team {
    const team = this.#team;
    if (this.#ended || team.extent === "whole" || extentOf({ name, args } as Call) === "pipeline")
      return team;
    for (const lane of [team.quick, ...team.pool]) lane.retire();
    this.#team = this.#gathered("whole");
    return this.#team;
  }

  /** A first answer from few trials. Only the latest request is computed: an overtaken one gives `undefined`. */
  preview(scenario: Scenario): Promise<Outcome | undefined> {
    return this.#previews.ask(scenario);
  }

  /** The same at once, where that takes a part of a frame; else `undefined`. */
  previewNow(scenario: Scenario): Outcome | undefined {
    return this.#ended ? undefined : this.options.atHand?.preview(scenario);
  }

  /** Makes ready to answer at once: an edit of the document is near. */
  expectEdit(scenario: Scenario): void {
    if (!this.#ended) this.options.atHand?.expectEdit(scenario);
  }

  /** The full report. Throws an `EngineFailure` when it is cancelled, also by the next run. */
  async run(scenario: Scenario, onProgress: OnProgress = () => {}): Promise<Outcome> {
    this.cancel();
    const run = ++this.#run;
    const { quick, pool } = this.#teamFor("plan", [scenario]);
    const answer = await quick.call("plan", scenario);
    this.#stillWanted(run);
    if ("errors" in answer) return answer;
    const { blocks } = answer.plan;
    const onPage = this.options.onPage?.() ?? false;
    const lanes = onPage ? pool.slice(0, 1) : pool;
    const pieces = cut(blocks, onPage ? PIECES_ON_PAGE : lanes.length * PIECES_PER_WORKER);
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
    const outcome = await (pool[0] as Lane).call("report", scenario, parts);
    this.#stillWanted(run);
    onProgress(1);
    return outcome;
  }

  /** Stops the full run, if one is under way. */
  cancel(): void {
    this.#run++;
    for (const lane of this.#team.pool) lane.cancel();
  }

  /** Stops everything and ends the workers for good. */
  end(): void {
    this.#run++;
    this.#ended = true;
    for (const lane of [this.#team.quick, ...this.#team.pool]) lane.end();
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
