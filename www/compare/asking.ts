/** One long question to the engine: its progress, its answer, what stopped it. */
import { EngineFailure } from "../engine/lane.js";
import type { InputError } from "../generated/dealcast.js";
import type { Stopped } from "../state/store.js";

export class Asking<Answer extends object> {
  answer: Answer | undefined;
  errors: readonly InputError[] = [];
  running = false;
  /** Share that is done. */
  done = 0;
  stopped: Stopped | undefined;
  failure = "";
  #asked = 0;

  constructor(private readonly changed: () => void) {}

  /** Asks; an earlier question is forgotten. */
  async ask(
    call: (progress: (done: number) => void) => Promise<Answer | { errors: InputError[] }>,
  ): Promise<void> {
    const asked = ++this.#asked;
    this.running = true;
    this.done = 0;
    this.stopped = undefined;
    this.changed();
    try {
      const answer = await call((done) => {
        if (asked !== this.#asked) return;
        this.done = done;
        this.changed();
      });
      if (asked !== this.#asked) return;
      this.errors = "errors" in answer ? answer.errors : [];
      if (!("errors" in answer)) this.answer = answer;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.stopped = error instanceof EngineFailure ? error.reason : "broken";
      this.failure = error instanceof Error ? error.message : String(error);
      if (this.stopped === "broken") console.error(error);
    }
    this.running = false;
    this.changed();
  }

  /** The answer is to a question that nobody asks any more. */
  forget(): void {
    this.#asked++;
    this.running = false;
    this.answer = undefined;
    this.errors = [];
  }
}
