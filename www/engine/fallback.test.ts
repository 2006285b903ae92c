import { expect, it } from "vitest";
import type { Report, Scenario } from "../generated/dealcast.js";
import { EngineClient } from "./client.js";
import { FallbackWorker } from "./fallback.js";
import type { WorkerLike } from "./lane.js";
import { PageThread } from "./page-thread.js";
import type { Call, FromWorker, Reply, ToWorker } from "./protocol.js";

const scenario: Scenario = { schema: "dealcast/1", seed: 1, open_pipeline: { target: 1, deals: [] } };

/** A worker that says one thing when it is started, and nothing more. */
class Refused implements WorkerLike {
  #message: ((event: MessageEvent<FromWorker>) => void)[] = [];
  #error: ((event: ErrorEvent) => void)[] = [];
  constructor(private readonly how: "error" | "unable") {}
  addEventListener(type: "message" | "error", listener: never): void {
    (type === "message" ? this.#message : this.#error).push(listener);
  }
  terminate(): void {}
  postMessage(message: ToWorker): void {
    if (message.kind !== "start") return;
    setTimeout(() => {
      const data: FromWorker = { kind: "unable", message: "refused" };
      if (this.how === "unable") for (const tell of this.#message) tell({ data } as MessageEvent<FromWorker>);
      else for (const tell of this.#error) tell({ preventDefault: () => {}, message: "" } as ErrorEvent);
    });
  }
}

/** An engine of six blocks that notes its calls. */
function pageEngine() {
  const calls: string[] = [];
  let engines = 0;
  const answer = (call: Call): Reply => {
    calls.push(call.name === "simulate" ? `simulate ${call.args[1]}+${call.args[2]}` : call.name);
    const reply = (value: unknown) => ({ kind: "reply", id: call.id, ok: true, value }) as Reply;
    if (call.name === "plan") return reply({ plan: { blocks: 6, trials_per_block: 4096, trials: 24576 } });
    if (call.name === "simulate") return reply(Uint8Array.of(call.args[1]));
    if (call.name === "report") return reply({ report: { seed: 1 } as Report });
    return { kind: "reply", id: call.id, ok: false, name: "RuntimeError", message: "unreachable" };
  };
  const thread = new PageThread(async () => {
    engines += 1;
    return answer;
  });
  return { thread, calls, engines: () => engines };
}

function clientOf(first: () => WorkerLike, { thread }: { thread: PageThread }) {
  let onPage = false;
  return new EngineClient({
    code: () => Promise.resolve({ kind: "present" }),
    workers: 3,
    onPage: () => onPage,
    spawn: () =>
      new FallbackWorker(
        first,
        () => thread.worker(),
        () => {
          onPage = true;
        },
      ),
  });
}

const refusals: Record<string, () => WorkerLike> = {
  "reports an error": () => new Refused("error"),
  "cannot load the engine": () => new Refused("unable"),
  "may not be made": () => {
    throw new DOMException("refused", "SecurityError");
  },
};

for (const [how, first] of Object.entries(refusals)) {
  it(`where a worker ${how}, the page's thread takes over, block by block`, async () => {
    const page = pageEngine();
    const outcome = await clientOf(first, page).run(scenario);
    expect(outcome).toEqual({ report: { seed: 1 } });
    const blocks = [0, 1, 2, 3, 4, 5].map((block) => `simulate ${block}+1`);
    expect(page.calls).toEqual(["plan", ...blocks, "report"]);
    // All lanes share one instance.
    expect(page.engines()).toBe(1);
  });
}

it("stops between two blocks when it is cancelled on the page's thread", async () => {
  const page = pageEngine();
  const client = clientOf(refusals["may not be made"] as () => WorkerLike, page);
  let done = 0;
  const stopped = client.run(scenario, () => {
    if (++done === 2) client.cancel();
  });
  await expect(stopped).rejects.toMatchObject({ reason: "cancelled" });
  expect(page.calls).toEqual(["plan", "simulate 0+1", "simulate 1+1"]);
});

it("makes a fresh engine after one that broke", async () => {
  const page = pageEngine();
  const client = clientOf(refusals["may not be made"] as () => WorkerLike, page);
  await expect(client.call("newSeed")).rejects.toMatchObject({ reason: "broken" });
  await expect(client.call("newSeed")).rejects.toMatchObject({ reason: "broken" });
  expect(page.engines()).toBe(2);
});
