import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outcome } from "../engine/client.js";
import { EngineFailure } from "../engine/lane.js";
import type { InputError, Report, Scenario } from "../generated/dealcast.js";
import { Persistence } from "./persist.js";
import { Store, type StoreEngine } from "./store.js";

const scenario: Scenario = { schema: "dealcast/1", seed: 1, open_pipeline: { target: 100, deals: [] } };
const outOfRange: InputError = { code: "out_of_range", path: "/open_pipeline/target", params: { value: -1 } };

function target(of: Scenario): number | undefined {
  return of.open_pipeline?.target;
}

/** Answers when the test says so. What it reports is the document's target, as the number of trials. */
class SlowEngine implements StoreEngine {
  previews: { scenario: Scenario; settle(): void }[] = [];
  runs: { scenario: Scenario; settle(): void; progress(done: number): void }[] = [];
  /** Whether short previews are answered at once. */
  atHand = false;
  expected: Scenario[] = [];
  #cancelRun: (() => void) | undefined;

  outcome(of: Scenario): Outcome {
    const value = target(of) ?? 0;
    return value < 0 ? { errors: [outOfRange] } : { report: { trials: value } as Report };
  }

  preview(of: Scenario): Promise<Outcome | undefined> {
    return new Promise((resolve) =>
      this.previews.push({ scenario: of, settle: () => resolve(this.outcome(of)) }),
    );
  }

  previewNow(of: Scenario): Outcome | undefined {
    return this.atHand ? this.outcome(of) : undefined;
  }

  expectEdit(of: Scenario): void {
    this.expected.push(of);
  }

  run(of: Scenario, progress: (done: number) => void): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#cancelRun = () => reject(new EngineFailure("cancelled", ""));
      this.runs.push({ scenario: of, progress, settle: () => resolve(this.outcome(of)) });
    });
  }

  cancel(): void {
    this.#cancelRun?.();
  }
}

let engine: SlowEngine;
let store: Store;

beforeEach(() => {
  vi.useFakeTimers();
  engine = new SlowEngine();
  store = new Store(scenario, engine, new Persistence(undefined));
});
afterEach(() => void vi.useRealTimers());

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

function setTarget(value: number, gesture?: string): void {
  store.edit(
    "target",
    (draft) => {
      if (draft.open_pipeline) draft.open_pipeline.target = value;
    },
    gesture ? { gesture } : {},
  );
}

describe("Store", () => {
  it("previews the first document, then computes it in full", async () => {
    void store.start();
    engine.previews[0]?.settle();
    await settled();
    expect([store.report?.trials, store.quality, store.running]).toEqual([100, "preview", true]);
    engine.runs[0]?.progress(0.5);
    expect(store.progress).toBe(0.5);
    engine.runs[0]?.settle();
    await settled();
    expect([store.quality, store.running]).toEqual(["full", false]);
  });

  it("previews every edit, and runs in full once the hand rests", async () => {
    for (const value of [110, 120, 130]) {
      setTarget(value, "drag");
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(engine.previews.map((one) => target(one.scenario))).toEqual([110, 120, 130]);
    expect(engine.runs).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(250);
    expect(engine.runs.map((one) => target(one.scenario))).toEqual([130]);
    store.undo();
    expect(target(store.scenario)).toBe(100);
  });

  it("drops answers to overtaken documents, in whatever order they come", async () => {
    setTarget(110);
    setTarget(120);
    engine.previews[1]?.settle();
    await settled();
    engine.previews[0]?.settle();
    await settled();
    expect(store.report?.trials).toBe(120);
    await vi.advanceTimersByTimeAsync(250);
    setTarget(130);
    engine.runs[0]?.settle();
    await settled();
    expect([store.report?.trials, store.quality, store.running]).toEqual([120, "preview", false]);
  });

  it("follows the hand within a gesture, never backwards", async () => {
    for (const value of [200, 300, 400]) setTarget(value, "drag");
    const [first, second, third] = engine.previews.slice(-3);
    second?.settle();
    await settled();
    expect(store.report?.trials).toBe(300);
    expect(target(store.reportScenario)).toBe(300);
    first?.settle();
    await settled();
    expect(store.report?.trials).toBe(300);
    third?.settle();
    await settled();
    expect(store.report?.trials).toBe(400);
    expect(store.reportScenario).toBe(store.scenario);
  });

  it("shows nothing of a gesture that is over", async () => {
    setTarget(200, "drag");
    setTarget(300, "another");
    engine.previews.at(-2)?.settle();
    await settled();
    expect(store.report?.trials).not.toBe(200);
    setTarget(500, "another");
    store.undo();
    engine.previews.at(-2)?.settle();
    await settled();
    expect(store.report?.trials).not.toBe(500);
  });

  it("tells the engine that an edit is near, unless the document has errors", async () => {
    store.expectEdit();
    expect(engine.expected).toEqual([store.scenario]);
    setTarget(-1);
    engine.previews[0]?.settle();
    await settled();
    store.expectEdit();
    expect(engine.expected).toHaveLength(1);
  });

  it("shows an answer that is there at once with the edit, and none that was asked for before", async () => {
    setTarget(110, "drag");
    engine.atHand = true;
    const drawn = vi.fn();
    store.subscribe(() => drawn(store.report?.trials, target(store.scenario)));
    setTarget(120, "drag");
    expect(drawn.mock.calls).toContainEqual([120, 120]);
    expect(drawn.mock.calls.some(([report]) => report !== 120)).toBe(false);
    setTarget(-1, "drag");
    expect([store.errors, store.report?.trials]).toEqual([[outOfRange], 120]);
    setTarget(130, "drag");
    engine.previews[0]?.settle();
    await settled();
    expect([store.report?.trials, store.quality, engine.previews.length]).toEqual([130, "preview", 1]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(engine.runs.length).toBe(1);
  });

  it("does not fall back from a full report to a late preview of the same document", async () => {
    setTarget(110);
    await vi.advanceTimersByTimeAsync(250);
    engine.runs[0]?.settle();
    await settled();
    engine.previews[0]?.settle();
    await settled();
    expect(store.quality).toBe("full");
  });

  it("keeps the last good report while the document has errors", async () => {
    void store.start();
    engine.previews[0]?.settle();
    await settled();
    setTarget(-1);
    engine.previews[1]?.settle();
    await vi.advanceTimersByTimeAsync(300);
    expect(store.errors).toEqual([outOfRange]);
    expect(store.report?.trials).toBe(100);
    expect(store.reportScenario).toBe(scenario);
    expect(engine.runs).toHaveLength(1);
    store.undo();
    engine.previews[2]?.settle();
    await settled();
    expect(store.errors).toEqual([]);
  });

  it("forgets the errors when an undo leads back to a document computed in full", async () => {
    void store.start();
    engine.previews[0]?.settle();
    await settled();
    engine.runs[0]?.settle();
    await settled();
    expect(store.quality).toBe("full");
    setTarget(-1);
    engine.previews[1]?.settle();
    await settled();
    expect(store.errors).toEqual([outOfRange]);
    store.undo();
    engine.previews[2]?.settle();
    await settled();
    expect(store.errors).toEqual([]);
    expect(store.quality).toBe("full");
  });

  it("keeps a full report when only the plans change, and asks for nothing", async () => {
    void store.start();
    engine.previews[0]?.settle();
    await settled();
    engine.runs[0]?.settle();
    await settled();
    const { report } = store;
    store.edit("plan", (draft) => {
      draft.plans = [{ name: "A", levers: [] }];
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect([engine.previews.length, engine.runs.length]).toEqual([1, 1]);
    expect(store.report).toBe(report);
    expect(store.reportScenario).toBe(store.scenario);
    setTarget(50);
    expect(engine.previews).toHaveLength(2);
    store.undo();
    store.undo();
    expect(store.scenario).toBe(scenario);
  });

  it("shows the last computed document when the kept one has errors", async () => {
    store = new Store(
      { ...scenario, open_pipeline: { target: -1, deals: [] } },
      engine,
      new Persistence(undefined),
    );
    void store.start(scenario);
    engine.previews[0]?.settle();
    await settled();
    engine.previews[1]?.settle();
    await settled();
    expect(store.errors).toEqual([outOfRange]);
    expect(store.report?.trials).toBe(100);
  });

  it("says when a run was stopped, and runs again on request", async () => {
    void store.runFull();
    store.cancel();
    await settled();
    expect([store.running, store.stopped]).toEqual([false, "cancelled"]);
    void store.runFull();
    expect([store.running, store.stopped]).toEqual([true, undefined]);
  });

  it("holds texts that the document cannot, until they are right or another document is there", () => {
    const typed: InputError = { code: "wrong_type", path: "/open_pipeline/target", params: {} };
    store.setFieldError(typed.path, typed);
    setTarget(110);
    expect(store.errors).toEqual([typed]);
    store.setFieldError(typed.path, undefined);
    expect(store.errors).toEqual([]);
    store.setFieldError(typed.path, typed);
    store.undo();
    expect(store.errors).toEqual([]);
  });

  it("opens another document as one step", () => {
    const other = { ...scenario, title: "other" };
    store.open("open", other);
    expect(store.scenario).toBe(other);
    expect(store.undoLabel).toBe("open");
    store.undo();
    expect(store.scenario).toBe(scenario);
  });
});

describe("a dragged target", () => {
  const release = (value: number) =>
    store.releaseTarget("target", (draft) => {
      if (draft.open_pipeline) draft.open_pipeline.target = value;
    });

  it("stays in sight until the report of the edit is there", async () => {
    store.dragTarget(150);
    release(150);
    expect([store.draggedTarget, target(store.scenario)]).toEqual([150, 150]);
    engine.previews.at(-1)?.settle();
    await settled();
    expect([store.draggedTarget, store.report?.trials]).toEqual([undefined, 150]);
    // Let go where it was: nothing to wait for.
    store.dragTarget(150);
    release(150);
    expect(store.draggedTarget).toBeUndefined();
  });

  it("is forgotten where the document has errors, and is not while the hand holds it", async () => {
    store.dragTarget(-5);
    release(-5);
    engine.previews.at(-1)?.settle();
    await settled();
    expect([store.draggedTarget, store.errors]).toEqual([undefined, [outOfRange]]);
    const start = store.start();
    store.dragTarget(120);
    engine.previews.at(-1)?.settle();
    await start;
    expect(store.draggedTarget).toBe(120);
  });
});
