import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Scenario } from "../generated/dealcast.js";
import { AtHand } from "./at-hand.js";
import type { Code, Reply } from "./protocol.js";
import type { Runner } from "./serve.js";

const wasm: Code = { kind: "wasm", extent: "pipeline", module: {} as WebAssembly.Module };
const scenario: Scenario = { schema: "dealcast/1", seed: 1, open_pipeline: { target: 7, deals: [] } };

/** Milliseconds that an answer takes. */
let took = 0;
let broken = false;
let loaded = 0;
let asked = 0;

/** Reports the target as the number of trials. */
function load(): Promise<Runner> {
  loaded++;
  const answer: Runner["answer"] = ({ id, args: [text] }): Reply => {
    asked++;
    vi.advanceTimersByTime(took);
    if (broken) return { kind: "reply", id, ok: false, name: "RuntimeError", message: "unreachable" };
    const { target } = JSON.parse(text as unknown as string).open_pipeline;
    return { kind: "reply", id, ok: true, value: JSON.stringify({ report: { trials: target } }) as never };
  };
  return Promise.resolve({ answer, begin: () => expect.unreachable() });
}

/** One that was prepared by a first edit. */
async function prepared(code: () => Promise<Code> = () => Promise.resolve(wasm)): Promise<AtHand> {
  const atHand = new AtHand(code, load);
  expect(atHand.preview(scenario)).toBeUndefined();
  expect(atHand.preview(scenario)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1000);
  return atHand;
}

describe("the engine at hand", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    [took, broken, loaded, asked] = [0, false, 0, 0];
  });
  afterEach(() => void vi.useRealTimers());

  it("is loaded once, with the first edit, and answers at once from then on", async () => {
    const atHand = await prepared();
    expect([loaded, asked]).toEqual([1, 1]);
    expect(atHand.preview(scenario)).toEqual({ report: { trials: 7 } });
  });

  it("answers the first edit where that was expected, of documents that it answers", async () => {
    const atHand = new AtHand(() => Promise.resolve(wasm), load);
    atHand.expectEdit({ ...scenario, arr_cohorts: {} } as Scenario);
    await vi.advanceTimersByTimeAsync(1000);
    expect(loaded).toBe(0);
    atHand.expectEdit(scenario);
    atHand.expectEdit(scenario);
    await vi.advanceTimersByTimeAsync(1000);
    expect([loaded, asked]).toEqual([1, 1]);
    expect(atHand.preview(scenario)).toEqual({ report: { trials: 7 } });
  });

  it("leaves long documents and other models to the workers", async () => {
    const atHand = await prepared();
    const deal = {
      deal_id: "A",
      amount: { distribution: "fixed", value: 1 },
      expected_close_month: 1,
    } as const;
    const long = { ...scenario, open_pipeline: { target: 7, deals: Array(251).fill(deal) } };
    expect(atHand.preview(long)).toBeUndefined();
    expect(atHand.preview({ ...scenario, arr_cohorts: {} } as Scenario)).toBeUndefined();
    expect(asked).toBe(1);
    expect(atHand.preview(scenario)).toBeDefined();
  });

  it("steps aside after three answers in a row that took longer than a frame", async () => {
    const atHand = await prepared();
    for (const [answer, time] of [20, 20, 10, 20, 20, 20].entries()) {
      took = time;
      expect(atHand.preview(scenario), String(answer)).toBeDefined();
    }
    expect(atHand.preview(scenario)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1000);
    expect([atHand.preview(scenario), loaded]).toEqual([undefined, 1]);
  });

  it("leaves a document that breaks it, and all after it, to the workers", async () => {
    const atHand = await prepared();
    broken = true;
    expect(atHand.preview(scenario)).toBeUndefined();
    broken = false;
    expect(atHand.preview(scenario)).toBeUndefined();
    expect(asked).toBe(2);
  });

  it("is not there for JavaScript, nor where the engine cannot be had", async () => {
    for (const code of [
      () => Promise.resolve<Code>({ kind: "present" }),
      () => Promise.reject(new Error("offline")),
    ]) {
      const atHand = await prepared(code);
      expect(atHand.preview(scenario)).toBeUndefined();
    }
    expect(loaded).toBe(0);
  });
});
