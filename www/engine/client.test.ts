import { describe, expect, it } from "vitest";
import type { Scenario } from "../generated/dealcast.js";
import { cut, EngineClient } from "./client.js";
import type { EngineFailure, WorkerLike } from "./lane.js";
import type { Call, FromWorker, ToWorker } from "./protocol.js";

const scenario: Scenario = { schema: "dealcast/1", seed: 1, open_pipeline: { target: 1, deals: [] } };

/** A worker that answers in a later turn what its script says; a `"hang"` never answers, a `"die"` breaks. */
class ScriptedWorker implements WorkerLike {
  terminated = false;
  #message: ((event: MessageEvent<FromWorker>) => void)[] = [];
  #error: ((event: ErrorEvent) => void)[] = [];

  constructor(private readonly script: (call: Call) => unknown) {}

  addEventListener(type: "message" | "error", listener: never): void {
    (type === "message" ? this.#message : this.#error).push(listener);
  }

  terminate(): void {
    this.terminated = true;
  }

  postMessage(message: ToWorker): void {
    if (message.kind === "start") return;
    const value = this.script(message);
    if (value === "hang") return;
    setTimeout(() => {
      if (this.terminated) return;
      if (value === "die") {
        for (const listener of this.#error)
          listener({ message: "unreachable", preventDefault: () => {} } as ErrorEvent);
        return;
      }
      const data = { kind: "reply", id: message.id, ok: true, value } as FromWorker;
      for (const listener of this.#message) listener({ data } as MessageEvent<FromWorker>);
    });
  }
}

function clientOf(script: (call: Call) => unknown, workers = 2) {
  const spawned: ScriptedWorker[] = [];
  const client = new EngineClient({
    code: () => Promise.resolve({ kind: "wasm", extent: "whole", module: {} as WebAssembly.Module }),
    workers,
    spawn: () => {
      const worker = new ScriptedWorker(script);
      spawned.push(worker);
      return worker;
    },
  });
  return { client, spawned };
}

/** An engine of ten blocks whose parts are the blocks' numbers and whose report is all of them. */
function tenBlocks(call: Call): unknown {
  switch (call.name) {
    case "plan":
      return { plan: { blocks: 10, trials_per_block: 4096, trials: 40960 } };
    case "simulate":
      return Uint8Array.from({ length: call.args[2] }, (_, index) => call.args[1] + index);
    case "report":
      return { report: { trials: 0, blocks: call.args[1].flatMap((part) => [...part]) } };
    default:
      return "hang";
  }
}

describe("cut", () => {
  it("covers all blocks once, in order, as evenly as they go", () => {
    for (const [blocks, most] of [
      [1, 8],
      [25, 8],
      [25, 40],
      [245, 16],
    ] as const) {
      const pieces = cut(blocks, most);
      expect(pieces.flatMap(([first, count]) => Array.from({ length: count }, (_, i) => first + i))).toEqual(
        Array.from({ length: blocks }, (_, i) => i),
      );
      const sizes = pieces.map(([, count]) => count);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(pieces.length).toBeLessThanOrEqual(most);
    }
  });
});

describe("EngineClient", () => {
  it.each([1, 2, 5])("hands over the parts in block order with %i workers", async (workers) => {
    const { client } = clientOf(tenBlocks, workers);
    const progress: number[] = [];
    const outcome = await client.run(scenario, (done) => progress.push(done));
    expect(outcome).toEqual({ report: { trials: 0, blocks: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } });
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });

  it("sends what is asked in the order of asking, at once when the worker is there", async () => {
    const asked: string[] = [];
    const { client } = clientOf((call) => {
      asked.push(call.name);
      return "hang";
    });
    const ask = (name: "newSeed" | "preview") => void client.call(name, scenario).catch(() => {});
    ask("newSeed");
    ask("preview");
    expect(asked).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toEqual(["newSeed", "preview"]);
    ask("newSeed");
    expect(asked).toEqual(["newSeed", "preview", "newSeed"]);
    client.end();
  });

  it("goes to the whole engine when a call needs it, and stays there", async () => {
    const spawned: [extent: string, worker: ScriptedWorker, calls: string[]][] = [];
    const code = (extent: "whole" | "pipeline") => () =>
      Promise.resolve({ kind: "wasm", extent, module: {} as WebAssembly.Module } as const);
    const client = new EngineClient({
      code: code("whole"),
      pipelineCode: code("pipeline"),
      workers: 2,
      spawn: (found) => {
        const calls: string[] = [];
        const worker = new ScriptedWorker((call) => {
          calls.push(call.name);
          return call.name === "newSeed" ? 5 : tenBlocks(call);
        });
        spawned.push([found.kind === "wasm" ? found.extent : found.kind, worker, calls]);
        return worker;
      },
    });
    expect(await client.run(scenario)).toHaveProperty("report");
    expect(spawned.map(([extent]) => extent)).toEqual(["pipeline", "pipeline", "pipeline"]);
    const seed = client.call("newSeed");
    expect(await client.run({ ...scenario, arr_cohorts: {} } as Scenario)).toHaveProperty("report");
    // A call under way is answered before its worker goes.
    expect(await seed).toBe(5);
    expect(spawned.map(([extent]) => extent)).toEqual([
      ...["pipeline", "pipeline", "pipeline"],
      ...["whole", "whole", "whole"],
    ]);
    await client.run(scenario);
    expect(spawned).toHaveLength(6);
    expect(spawned.map(([, { terminated }]) => terminated)).toEqual([true, true, true, false, false, false]);
  });

  it("stops a run: busy workers go, and the next run works", async () => {
    let hanging = true;
    const { client, spawned } = clientOf((call) =>
      hanging && call.name === "simulate" ? "hang" : tenBlocks(call),
    );
    const run = client.run(scenario);
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.cancel();
    await expect(run).rejects.toMatchObject({ name: "EngineFailure", reason: "cancelled" });
    // One lane for quick calls stays, the two of the pool were at work.
    expect(spawned.map((worker) => worker.terminated)).toEqual([false, true, true]);
    hanging = false;
    expect(await client.run(scenario)).toHaveProperty("report");
  });

  it("gives a newer run way", async () => {
    const { client } = clientOf(tenBlocks);
    const first = client.run(scenario);
    const second = client.run(scenario);
    await expect(first).rejects.toMatchObject({ reason: "cancelled" });
    expect(await second).toHaveProperty("report");
  });

  it("reports a worker that breaks, and starts a fresh one", async () => {
    let broken = true;
    const { client } = clientOf((call) => (broken && call.name === "simulate" ? "die" : tenBlocks(call)));
    const failure = await client.run(scenario).catch((error: EngineFailure) => error);
    expect(failure).toMatchObject({ reason: "broken", message: "unreachable" });
    broken = false;
    expect(await client.run(scenario)).toHaveProperty("report");
  });

  it("previews only the latest of the documents that wait", async () => {
    const seen: unknown[] = [];
    const { client } = clientOf((call) => {
      if (call.name !== "preview") return "hang";
      seen.push(call.args[0].title);
      return { report: { title: call.args[0].title } };
    });
    const titles = ["a", "b", "c", "d"];
    const outcomes = await Promise.all(titles.map((title) => client.preview({ ...scenario, title })));
    expect(seen).toEqual(["a", "d"]);
    expect(outcomes.map((one) => one && "report" in one && one.report.title)).toEqual([
      "a",
      undefined,
      undefined,
      "d",
    ]);
  });

  it("starts nothing any more once it was ended, whoever still asks", async () => {
    const { client, spawned } = clientOf(tenBlocks);
    await client.run(scenario);
    const started = spawned.length;
    const underWay = client.run(scenario);
    client.end();
    const growth: Scenario = { schema: "dealcast/1", seed: 1, arr_cohorts: { horizon_months: 12 } };
    const refused = { name: "EngineFailure", reason: "cancelled" };
    await expect(underWay).rejects.toMatchObject(refused);
    for (const late of [
      client.run(scenario),
      client.preview(scenario),
      client.call("newSeed"),
      client.run(growth),
    ])
      await expect(late).rejects.toMatchObject(refused);
    expect(spawned.every(({ terminated }) => terminated)).toBe(true);
    expect(spawned).toHaveLength(started);
  });

  it("says why when the engine cannot be compiled", async () => {
    const client = new EngineClient({
      code: () => Promise.reject(new Error("no Wasm")),
      workers: 1,
      spawn: () => new ScriptedWorker(tenBlocks),
    });
    await expect(client.preview(scenario)).rejects.toMatchObject({ reason: "broken", message: /no Wasm/ });
  });
});
