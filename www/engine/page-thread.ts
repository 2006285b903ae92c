/**
 * The engine on the page's own thread, for hosts that refuse workers: calls are taken in steps of some
 * milliseconds, in turns, with a turn of the browser after each slice, so that the page answers its reader.
 */
import type { WorkerLike } from "./lane.js";
import type { Call, Code, FromWorker, Reply, ToWorker } from "./protocol.js";
import type { Runner, Steps } from "./serve.js";

/** Time after which steps give way to the browser, in milliseconds: with the last of them, some frames at most. */
const SLICE = 12;

/** Something to do, a step at a time; true when it is done. */
type Job = () => boolean;

/** One thread, whatever the number of lanes: they share one instance of a module. */
export class PageThread {
  #engines = new Map<string, Promise<Runner>>();
  /** Instances that broke, with calls that others had begun. */
  #broken = new WeakSet<Runner>();
  #jobs: Job[] = [];
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
  forget(engine?: Runner): void {
    this.#engines.clear();
    if (engine) this.#broken.add(engine);
  }

  /** Whether an instance broke. */
  isBroken(engine: Runner): boolean {
    return this.#broken.has(engine);
  }

  /** Works on a job, a slice at a time, in turn with the others. */
  enqueue(job: Job): void {
    this.#jobs.push(job);
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) {
      await nextTurn();
      const end = performance.now() + SLICE;
      let done = job();
      while (!done && performance.now() < end) done = job();
      if (!done) this.#jobs.push(job);
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
  #engine: Promise<Runner | undefined> | undefined;
  /** Calls are answered one after the other, as by a worker. */
  #last: Promise<void> = Promise.resolve();
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
    if (message.kind === "start") this.#engine = this.#start(message.code);
    else this.#last = this.#last.then(() => this.#answer(message));
  }

  async #start(code: Code): Promise<Runner | undefined> {
    try {
      const engine = await this.thread.engine(code);
      this.#send({ kind: "ready" });
      return engine;
    } catch (error) {
      this.thread.forget();
      this.#send({ kind: "unable", message: String(error) });
      return undefined;
    }
  }

  async #answer(call: Call): Promise<void> {
    const engine = await this.#engine;
    if (this.#ended || !engine) return;
    const progress = (done: number) => this.#send({ kind: "progress", id: call.id, done });
    const steps = engine.begin(call, progress);
    await new Promise<void>((answered) =>
      this.thread.enqueue(() => {
        const reply = this.#ended ? undefined : this.#next(engine, call, steps);
        if (!reply && !this.#ended) return false;
        if (reply) this.#send(reply);
        if (!this.thread.isBroken(engine)) steps.leave();
        answered();
        return true;
      }),
    );
  }

  /** The next step of a call. What an instance that broke had begun cannot go on; nobody touches its memory again. */
  #next(engine: Runner, { id }: Call, steps: Steps): Reply | undefined {
    if (this.thread.isBroken(engine))
      return { kind: "reply", id, ok: false, name: "Error", message: "the engine broke" };
    const reply = steps.next();
    if (reply && !reply.ok) this.thread.forget(engine);
    return reply;
  }

  #send(data: FromWorker): void {
    if (this.#ended) return;
    for (const listener of this.#onMessage) listener({ data } as MessageEvent<FromWorker>);
  }
}
