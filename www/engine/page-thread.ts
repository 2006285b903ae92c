/**
 * The engine on the page's own thread, for hosts that refuse workers: one call per task, and a turn of
 * the browser between two, so that the page answers its reader while a run is under way.
 */
import type { WorkerLike } from "./lane.js";
import type { Call, Code, FromWorker, ToWorker } from "./protocol.js";
import type { Runner } from "./serve.js";

/** One thread, whatever the number of lanes: they share one instance of a module, and their calls one queue. */
export class PageThread {
  #engines = new Map<string, Promise<Runner>>();
  #queue: (() => Promise<void>)[] = [];
  #working = false;

  constructor(private readonly loadEngine: (code: Code) => Promise<Runner>) {}

  /** What a lane takes for a worker. */
  worker(): WorkerLike {
    return new PageWorker(this);
  }

  engine(code: Code): Promise<Runner> {
    const module = code.kind === "wasm" ? code.extent : code.kind;
    const engine = this.#engines.get(module) ?? this.loadEngine(code);
    this.#engines.set(module, engine);
    return engine;
  }

  /** After a panic the memory of the engine is in an unknown state: the next call gets a fresh one. */
  forget(): void {
    this.#engines.clear();
  }

  enqueue(task: () => Promise<void>): void {
    this.#queue.push(task);
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let task = this.#queue.shift(); task; task = this.#queue.shift()) {
      await nextTurn();
      await task();
    }
    this.#working = false;
  }
}

/** Lets the browser handle input and draw. */
function nextTurn(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}

class PageWorker implements WorkerLike {
  #ended = false;
  #code: Code | undefined;
  #onMessage: ((event: MessageEvent<FromWorker>) => void)[] = [];

  constructor(private readonly thread: PageThread) {}

  addEventListener(type: "message" | "error", listener: (event: never) => void): void {
    // Failures come as messages here: no event stands for them.
    if (type === "message") this.#onMessage.push(listener as (event: MessageEvent<FromWorker>) => void);
  }

  terminate(): void {
    this.#ended = true;
  }

  postMessage(message: ToWorker): void {
    this.thread.enqueue(() => (message.kind === "start" ? this.#start(message.code) : this.#answer(message)));
  }

  async #start(code: Code): Promise<void> {
    if (this.#ended) return;
    this.#code = code;
    try {
      await this.thread.engine(code);
      this.#send({ kind: "ready" });
    } catch (error) {
      this.thread.forget();
      this.#send({ kind: "unable", message: String(error) });
    }
  }

  async #answer(call: Call): Promise<void> {
    if (this.#ended || !this.#code) return;
    let answer: Runner;
    try {
      answer = await this.thread.engine(this.#code);
    } catch {
      return; // `unable` has said so.
    }
    const reply = answer(call);
    if (!reply.ok) this.thread.forget();
    this.#send(reply);
  }

  #send(data: FromWorker): void {
    if (this.#ended) return;
    for (const listener of this.#onMessage) listener({ data } as MessageEvent<FromWorker>);
  }
}
