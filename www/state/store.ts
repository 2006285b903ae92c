/**
 * The page's one state: a scenario document with its history, and what the engine makes of it.
 *
 * An edit replaces the document, asks for a quick preview at once and for the full report when the
 * hand rests. Within a gesture each answer is shown when it comes, so that the picture follows the hand even
 * where the engine is slower; other answers to overtaken documents are dropped. While a document has errors,
 * the last good report stays.
 */
import type { EngineClient, Outcome } from "../engine/client.js";
import { EngineFailure } from "../engine/lane.js";
import type { InputError, Report, Scenario } from "../generated/dealcast.js";
import { History } from "./history.js";
import type { Persistence } from "./persist.js";
import { produce } from "./produce.js";

/** Quiet time after an edit before the full run starts. */
const REST_MS = 250;

export type Quality = "preview" | "full";
/** Why there is no newer report: the reader stopped it, or the engine broke. */
export type Stopped = "cancelled" | "broken";

/** The engine as the store uses it; tests bring their own. */
export type StoreEngine = Pick<EngineClient, "preview" | "previewNow" | "expectEdit" | "run" | "cancel">;

export interface EditOptions {
  /** Edits in a row with the same gesture are one step of the history. */
  readonly gesture?: string;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a recipe that edits returns nothing.
export type Recipe = (draft: Scenario) => Scenario | void;

/** Whether two documents differ in their plans at most: the forecast has nothing to do with them. */
function sameForecast(one: Scenario, other: Scenario): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Scenario>;
  return [...names].every((name) => name === "plans" || one[name] === other[name]);
}

export class Store {
  #history: History<Scenario>;
  #listeners = new Set<() => void>();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #fieldErrors = new Map<string, InputError>();
  #documentErrors: readonly InputError[] = [];
  #reportOf: Scenario | undefined;
  /** The gesture under way, and its documents that no answer has come for, oldest first. */
  #gesture: string | undefined;
  #unanswered: Scenario[] = [];

  /** The last good report, of this document or an earlier one. */
  report: Report | undefined;
  quality: Quality = "preview";
  /** Whether a full run is under way. */
  running = false;
  /** Share of the full run that is done. */
  progress = 0;
  stopped: Stopped | undefined;
  /** What the engine said when it broke. */
  failure = "";
  /** Whether the browser keeps the work. */
  kept = true;
  /** Target under the hand while it is dragged. The document follows on release, and then its report, until which this stays. */
  draggedTarget: number | undefined;
  /** Whether the hand let go of it. */
  #released = false;

  constructor(
    scenario: Scenario,
    private readonly engine: StoreEngine,
    private readonly persistence: Persistence,
  ) {
    this.#history = new History(scenario);
  }

  get scenario(): Scenario {
    return this.#history.current;
  }

  /** The document the report is of; older than `scenario` while a run is under way or there are errors. */
  get reportScenario(): Scenario {
    return this.#reportOf ?? this.scenario;
  }

  /** Everything wrong with the document, and with texts in fields that it cannot hold. */
  get errors(): readonly InputError[] {
    return this.#fieldErrors.size
      ? [...this.#fieldErrors.values(), ...this.#documentErrors]
      : this.#documentErrors;
  }

  get undoLabel(): string | undefined {
    return this.#history.undoLabel;
  }

  get redoLabel(): string | undefined {
    return this.#history.redoLabel;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Computes the first document. `lastComputed` stands in for the picture when it has errors. */
  async start(lastComputed?: Scenario): Promise<void> {
    const first = await this.#preview();
    if (first && "errors" in first && lastComputed) {
      const outcome = await this.engine.preview(lastComputed).catch(() => undefined);
      if (outcome && "report" in outcome && !this.report) {
        this.report = outcome.report;
        this.#reportOf = lastComputed;
        this.#changed();
      }
    }
    if (first && "report" in first) void this.runFull();
  }

  /** Edits the document. The label names the step for undo. */
  edit(label: string, recipe: Recipe, options: EditOptions = {}): void {
    const next = produce(this.scenario, recipe);
    if (next === this.scenario) return;
    this.#history.push(next, label, options.gesture);
    if (options.gesture === undefined || options.gesture !== this.#gesture) this.#unanswered = [];
    this.#gesture = options.gesture;
    this.#documentChanged();
  }

  /** Closes a gesture: the next edit is a step of its own. */
  endGesture(): void {
    this.#gesture = undefined;
    this.#history.endGesture();
  }

  undo(): void {
    this.#travel(this.#history.undo());
  }

  redo(): void {
    this.#travel(this.#history.redo());
  }

  /** Opens another document in place of this one: one step to undo. */
  open(label: string, scenario: Scenario): void {
    this.#history.push(scenario, label);
    this.#travel(true);
  }

  /** Back to the document that was there first. */
  reset(): void {
    this.#travel(this.#history.reset());
  }

  #travel(moved: boolean): void {
    if (!moved) return;
    this.#fieldErrors.clear();
    this.#gesture = undefined;
    this.#unanswered = [];
    this.#documentChanged();
  }

  /** A text in a field that the document cannot hold, or `undefined` when it is right again. */
  setFieldError(path: string, error: InputError | undefined): void {
    if (!error && !this.#fieldErrors.has(path)) return;
    if (error) this.#fieldErrors.set(path, error);
    else this.#fieldErrors.delete(path);
    this.#changed();
  }

  dragTarget(amount: number): void {
    this.draggedTarget = amount;
    this.#released = false;
    this.#changed();
  }

  /** The hand lets go of the target: an edit like any other, whose picture is already there. */
  releaseTarget(label: string, recipe: Recipe): void {
    const before = this.scenario;
    this.#released = true;
    this.edit(label, recipe);
    if (this.scenario === before) this.#forgetDrag();
    this.#changed();
  }

  /** What the reader let go of is shown by the report now, or cannot be. */
  #forgetDrag(): void {
    if (this.#released) this.draggedTarget = undefined;
    this.#released = false;
  }

  setKept(kept: boolean): void {
    if (kept === this.kept) return;
    this.kept = kept;
    this.#changed();
  }

  /** The full run, at once. */
  async runFull(): Promise<void> {
    clearTimeout(this.#rest);
    const scenario = this.scenario;
    this.running = true;
    this.progress = 0;
    this.stopped = undefined;
    this.#changed();
    try {
      const outcome = await this.engine.run(scenario, (done) => {
        this.progress = done;
        this.#changed();
      });
      if (scenario !== this.scenario) return;
      this.running = false;
      this.#take(scenario, outcome, "full");
    } catch (error) {
      if (scenario !== this.scenario) return;
      this.#stop(error);
    }
  }

  /** Stops the full run on the reader's request. */
  cancel(): void {
    if (this.running) this.engine.cancel();
  }

  /** The reader's hand is where edits are made. */
  expectEdit(): void {
    if (this.#documentErrors.length === 0) this.engine.expectEdit(this.scenario);
  }

  #documentChanged(): void {
    performance.mark("dealcast:edit");
    if (!this.#released) this.draggedTarget = undefined;
    if (this.running) {
      this.running = false;
      this.engine.cancel();
    }
    this.stopped = undefined;
    clearTimeout(this.#rest);
    const known = this.#documentErrors.length === 0 && this.quality === "full" ? this.#reportOf : undefined;
    if (known && sameForecast(known, this.scenario)) {
      // Plans were edited: the report is that of this document as well.
      this.#reportOf = this.scenario;
    } else {
      const outcome = this.engine.previewNow(this.scenario);
      if (outcome) {
        // Answers on their way are older.
        this.#unanswered = [];
        this.#take(this.scenario, outcome, "preview");
      } else void this.#preview();
      this.#rest = setTimeout(() => {
        if (this.#documentErrors.length === 0) void this.runFull();
      }, REST_MS);
    }
    this.#save();
    this.#changed();
  }

  async #preview(): Promise<Outcome | undefined> {
    const scenario = this.scenario;
    this.#unanswered.push(scenario);
    try {
      const outcome = await this.engine.preview(scenario);
      if (outcome && this.#follows(scenario, outcome)) this.#take(scenario, outcome, "preview");
      return outcome;
    } catch (error) {
      if (scenario === this.scenario) this.#stop(error);
      return undefined;
    }
  }

  /** Whether an answer to a document is to be shown: of this document, or of this gesture and newer than what is shown. */
  #follows(scenario: Scenario, outcome: Outcome): boolean {
    const place = this.#unanswered.indexOf(scenario);
    this.#unanswered.splice(0, place + 1);
    return scenario === this.scenario || (place >= 0 && "report" in outcome);
  }

  #take(scenario: Scenario, outcome: Outcome, quality: Quality): void {
    this.#forgetDrag();
    if ("errors" in outcome) {
      this.#documentErrors = outcome.errors;
      this.#save();
    } else {
      this.#documentErrors = [];
      // A full report of this very document stays, as after an undo: a preview says less.
      if (quality === "full" || this.quality !== "full" || this.#reportOf !== scenario) {
        this.report = outcome.report;
        this.quality = quality;
        this.#reportOf = scenario;
      }
      // Previews on their way say less than it.
      if (quality === "full") this.#unanswered = [];
    }
    this.#changed();
  }

  #stop(error: unknown): void {
    this.#forgetDrag();
    this.running = false;
    this.stopped = error instanceof EngineFailure ? error.reason : "broken";
    this.failure = error instanceof Error ? error.message : String(error);
    if (this.stopped === "broken") console.error(error);
    this.#changed();
  }

  #save(): void {
    const good = this.#documentErrors.length === 0;
    this.persistence.save({ scenario: this.scenario, lastComputed: good ? undefined : this.#reportOf });
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
