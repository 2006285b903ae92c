/**
 * The engine on the page's own thread, for previews that take it some milliseconds: a picture follows the hand within the
 * frame, where a worker's answer would come after it. It steps aside, for good, where that takes too long.
 */
import type { ReportAnswer, Scenario } from "../generated/dealcast.js";
import { textOf } from "./by-text.js";
import { extentOf } from "./extent.js";
import type { Call, Code } from "./protocol.js";
import type { Runner } from "./serve.js";

/** Deals of a pipeline that is previewed in a part of a frame. */
const MOST_DEALS = 250;
/** What a preview may take, in milliseconds: a frame. */
const BUDGET = 16;
/** Previews in a row above it, after which workers are the better place. */
const STRIKES = 3;
/** How long to wait for a moment of leisure at most, in milliseconds. */
const LEISURE = 200;

/** Whether a preview of the document is short. */
function isShort(scenario: Scenario): boolean {
  return (
    extentOf({ name: "preview", args: [scenario] }) === "pipeline" &&
    (scenario.open_pipeline?.deals?.length ?? 0) <= MOST_DEALS
  );
}

export class AtHand {
  #engine: Runner | undefined;
  #asked = false;
  #slow = 0;

  constructor(
    private readonly code: () => Promise<Code>,
    private readonly load: (code: Code) => Promise<Runner>,
  ) {}

  /** A first answer from few trials, at once; `undefined` where a worker is to be asked. */
  preview(scenario: Scenario): ReportAnswer | undefined {
    if (!isShort(scenario)) return undefined;
    const engine = this.#engine;
    if (!engine) {
      this.expectEdit(scenario);
      return undefined;
    }
    const start = performance.now();
    const answer = answered(engine, scenario);
    this.#slow = performance.now() - start > BUDGET ? this.#slow + 1 : 0;
    if (!answer || this.#slow === STRIKES) this.#engine = undefined;
    return answer;
  }

  /** An edit of the document is near, or has come: who only reads has no use for a second engine. */
  expectEdit(scenario: Scenario): void {
    if (this.#asked || !isShort(scenario)) return;
    this.#asked = true;
    // Where the engine cannot be had, a worker says so.
    this.#prepare(scenario).catch(() => {});
  }

  /** When the browser has time for it. */
  async #prepare(scenario: Scenario): Promise<void> {
    const code = await this.code();
    // JavaScript takes too long for a frame.
    if (code.kind !== "wasm") return;
    const engine = await this.load(code);
    await leisure();
    // The first answer makes tables that the next ones find.
    if (!answered(engine, scenario)) return;
    this.#engine = engine;
    performance.mark("dealcast:at-hand");
  }
}

/** The engine's answer; none where it broke, which a worker will tell. */
function answered(engine: Runner, scenario: Scenario): ReportAnswer | undefined {
  const call = { kind: "call", id: 0, name: "preview", args: [textOf(scenario)] } as unknown as Call;
  const reply = engine.answer(call);
  return reply.ok ? (JSON.parse(reply.value as unknown as string) as ReportAnswer) : undefined;
}

/** When the browser has nothing else to do. */
function leisure(): Promise<void> {
  return new Promise((done) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => done(), { timeout: LEISURE });
    else setTimeout(done, LEISURE);
  });
}
