import { expect, it } from "vitest";
import type { Report, Scenario } from "../generated/dealcast.js";
import { EngineClient } from "./client.js";
import { FallbackWorker } from "./fallback.js";
import { Lane, type WorkerLike } from "./lane.js";
import { PageThread } from "./page-thread.js";
import type { Call, FromWorker, Reply, ToWorker } from "./protocol.js";
import type { Runner, Steps } from "./serve.js";

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

/** Calls that are answered in the third step. */
const inThree =
  (answer: Runner["answer"]): Runner["begin"] =>
  (call) => {
    let steps = 0;
    return { next: () => (++steps < 3 ? undefined : answer(call)), leave: () => {} };
  };

/** An engine of six blocks that notes its calls; each takes three steps. */
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
    return { answer, begin: inThree(answer) };
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

/** An engine whose calls take as many steps as their seed says, and what they did in order. */
function steppedEngine() {
  const seen: string[] = [];
  const begin = (call: Call): Steps => {
    const { seed } = call.args[0] as Scenario;
    let step = 0;
    return {
      next: () => {
        step += 1;
        seen.push(`${seed}.${step}`);
        // Longer than a slice, so that the others have their turn.
        for (const end = performance.now() + 15; performance.now() < end; );
        return step === seed ? ({ kind: "reply", id: call.id, ok: true, value: seed } as never) : undefined;
      },
      leave: () => seen.push(`${seed} left`),
    };
  };
  const answer = (call: Call): Reply => ({ kind: "reply", id: call.id, ok: false, name: "", message: "" });
  return { seen, thread: new PageThread(async () => ({ answer, begin })) };
}

it("takes long calls of several lanes in turn, gives up one that nobody waits for, and lets timers in", async () => {
  const { seen, thread } = steppedEngine();
  const lane = () =>
    new Lane(
      () => Promise.resolve({ kind: "present" }),
      () => thread.worker(),
    );
  const [long, short, given] = [lane(), lane(), lane()];
  const call = (lane: Lane, seed: number) => lane.call("preview", { ...scenario, seed }) as Promise<unknown>;
  const answers = [call(long, 4), call(short, 2)];
  const stopped = call(given, 9);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
    if (seen.includes("9.1")) given.cancel();
  }, 1);
  await expect(stopped).rejects.toMatchObject({ reason: "cancelled" });
  expect(await Promise.all(answers)).toEqual([4, 2]);
  await expect.poll(() => seen).toContain("9 left");
  clearInterval(timer);
  expect(seen.slice(0, 3)).toEqual(["4.1", "2.1", "9.1"]);
  expect(seen.indexOf("2.2")).toBeLessThan(seen.indexOf("4.3"));
  expect(seen).not.toContain("9.9");
  expect(turns).toBeGreaterThan(1);
});
