/** A worker that may be refused: what was sent to it goes to a second one when it does not start. */
import type { WorkerLike } from "./lane.js";
import type { FromWorker, ToWorker } from "./protocol.js";

export class FallbackWorker implements WorkerLike {
  #worker: WorkerLike | undefined;
  /** Sent so far; forgotten with the worker's first sign of life. */
  #sent: ToWorker[] | undefined = [];
  #onMessage: ((event: MessageEvent<FromWorker>) => void)[] = [];
  #onError: ((event: ErrorEvent) => void)[] = [];

  constructor(
    first: () => WorkerLike,
    private readonly second: () => WorkerLike,
    /** Told that the first one did not start. */
    private readonly onRefused: () => void,
  ) {
    try {
      this.#listen(first());
    } catch {
      // WebKit throws where the others report an error later.
      this.#fallBack();
    }
  }

  postMessage(message: ToWorker): void {
    this.#sent?.push(message);
    this.#worker?.postMessage(message);
  }

  terminate(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  addEventListener(type: "message" | "error", listener: (event: never) => void): void {
    if (type === "message") this.#onMessage.push(listener as (event: MessageEvent<FromWorker>) => void);
    else this.#onError.push(listener as (event: ErrorEvent) => void);
  }

  #listen(worker: WorkerLike): void {
    this.#worker = worker;
    worker.addEventListener("message", (event) => {
      if (worker !== this.#worker) return;
      if (event.data.kind === "unable" && this.#sent) this.#fallBack();
      else {
        this.#sent = undefined;
        for (const listener of this.#onMessage) listener(event);
      }
    });
    worker.addEventListener("error", (event) => {
      if (worker !== this.#worker) return;
      if (this.#sent) {
        event.preventDefault();
        this.#fallBack();
      } else for (const listener of this.#onError) listener(event);
    });
  }

  #fallBack(): void {
    const sent = this.#sent ?? [];
    this.#sent = undefined;
    this.#worker?.terminate();
    this.onRefused();
    const worker = this.second();
    this.#listen(worker);
    for (const message of sent) worker.postMessage(message);
  }
}
