/**
 * One worker and the calls under way on it. A call that must stop takes its worker down with it: the
 * engine has no other way to be interrupted.
 */
import type { Arguments, Call, CallName, Code, FromWorker, Result, ToWorker } from "./protocol.js";

/** What a lane needs of a `Worker`; tests bring their own. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
}

/** The engine did not answer: it was stopped, or it broke. */
export class EngineFailure extends Error {
  override name = "EngineFailure";
  constructor(
    readonly reason: "cancelled" | "broken",
    message: string,
  ) {
    super(message);
  }
}

const ENDED = "the engine was ended";

interface Pending {
  resolve(value: unknown): void;
  reject(error: EngineFailure): void;
  progress?: ((done: number) => void) | undefined;
}

export class Lane {
  #worker: WorkerLike | undefined;
  #pending = new Map<number, Pending>();
  #lastId = 0;
  /** Calls that wait for the worker to start. */
  #unsent: Call[] = [];
  #starting = false;
  #retiring = false;
  #ended = false;

  constructor(
    private readonly code: () => Promise<Code>,
    private readonly spawn: (code: Code) => WorkerLike,
  ) {}

  /** Whether a call is under way. */
  get busy(): boolean {
    return this.#pending.size > 0;
  }

  /** Calls an export of the engine; calls on one lane run one after the other. */
  call<Name extends CallName>(name: Name, ...args: Arguments<Name>): Promise<Result<Name>> {
    return this.long(undefined, name, ...args);
  }

  /** The same, telling the share that is done, where the call knows it. */
  async long<Name extends CallName>(
    progress: ((done: number) => void) | undefined,
    name: Name,
    ...args: Arguments<Name>
  ): Promise<Result<Name>> {
    if (this.#ended) throw new EngineFailure("cancelled", ENDED);
    const id = ++this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) =>
      this.#pending.set(id, { resolve, reject, progress }),
    );
    const message = { kind: "call", id, name, args } as unknown as Call;
    // A worker that is there has its message before the page does anything else.
    if (this.#worker) this.#worker.postMessage(message);
    else {
      this.#unsent.push(message);
      void this.#start();
    }
    return (await answer) as Result<Name>;
  }

  /** Stops every call under way; the next call starts a fresh worker. */
  cancel(): void {
    if (this.busy) this.#fail("cancelled", "stopped on request");
  }

  /** Ends the worker once the calls under way are answered; a run that is not over may call it again. */
  retire(): void {
    this.#retiring = true;
    if (!this.busy) this.#fail("cancelled", ENDED);
  }

  /** Ends the worker for good: calls under way are stopped, later ones refused, as a timer may still make them. */
  end(): void {
    this.#ended = true;
    this.#fail("cancelled", ENDED);
  }

  /** Starts the worker once there is code for it, and sends what is still wanted then. */
  async #start(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    const code = await this.code().catch((error: unknown) => this.#fail("broken", String(error)));
    this.#starting = false;
    const wanted = this.#unsent.filter(({ id }) => this.#pending.has(id));
    this.#unsent = [];
    if (!code || wanted.length === 0) return;
    const worker = this.spawn(code);
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#settle(worker, data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#fail("broken", event.message || "the worker did not start");
    });
    for (const message of [{ kind: "start", code } as const, ...wanted]) worker.postMessage(message);
  }

  #settle(worker: WorkerLike, reply: FromWorker): void {
    if (worker !== this.#worker || reply.kind === "ready") return;
    if (reply.kind === "unable") {
      this.#fail("broken", reply.message);
      return;
    }
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    if (reply.kind === "progress") {
      pending.progress?.(reply.done);
      return;
    }
    if (reply.ok) {
      this.#pending.delete(reply.id);
      pending.resolve(reply.value);
      if (this.#retiring && !this.busy) this.#fail("cancelled", ENDED);
    } else {
      // A panic leaves the engine's memory in an unknown state: no further call may use it.
      this.#fail("broken", `${reply.name}: ${reply.message}`);
    }
  }

  #fail(reason: EngineFailure["reason"], message: string): undefined {
    this.#worker?.terminate();
    this.#worker = undefined;
    const stopped = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of stopped) pending.reject(new EngineFailure(reason, message));
    return undefined;
  }
}
