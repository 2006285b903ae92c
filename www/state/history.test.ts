import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { History } from "./history.js";

describe("History", () => {
  it("takes steps back and forth by their labels", () => {
    const history = new History("a");
    history.push("b", "to b");
    history.push("c", "to c");
    expect([history.undoLabel, history.redoLabel]).toEqual(["to c", undefined]);
    expect(history.undo()).toBe(true);
    expect([history.current, history.undoLabel, history.redoLabel]).toEqual(["b", "to b", "to c"]);
    expect(history.redo()).toBe(true);
    expect(history.redo()).toBe(false);
    expect(history.current).toBe("c");
  });

  it("makes one step of a gesture, and a new one after it", () => {
    const history = new History(0);
    for (const value of [1, 2, 3]) history.push(value, "drag", "slider");
    history.endGesture();
    for (const value of [4, 5]) history.push(value, "drag", "slider");
    history.push(6, "drag", "another slider");
    history.undo();
    expect(history.current).toBe(5);
    history.undo();
    expect(history.current).toBe(3);
    history.undo();
    expect(history.current).toBe(0);
    expect(history.undo()).toBe(false);
  });

  it("does not continue a gesture after an undo", () => {
    const history = new History(0);
    history.push(1, "drag", "slider");
    history.undo();
    history.push(2, "drag", "slider");
    expect(history.redoLabel).toBeUndefined();
    history.undo();
    expect(history.current).toBe(0);
  });

  it("forgets what could be redone when something else is done, and ignores no change", () => {
    const history = new History("a");
    history.push("b", "to b");
    history.undo();
    history.push("a", "nothing");
    expect(history.redoLabel).toBe("to b");
    history.push("c", "to c");
    expect(history.redoLabel).toBeUndefined();
  });

  it("undoes everything, then redoes everything, whatever was pushed", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), (values) => {
        const history = new History<number>(Number.NaN);
        for (const value of values) history.push(value, "step");
        while (history.undo());
        expect(history.current).toBeNaN();
        while (history.redo());
        expect(history.current).toBe(values.at(-1) ?? Number.NaN);
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it("goes back to the first document at once, and forward again step by step", () => {
    const history = new History("a");
    expect(history.reset()).toBe(false);
    history.push("b", "to b");
    history.push("c", "to c");
    expect(history.reset()).toBe(true);
    expect([history.current, history.undoLabel, history.redoLabel]).toEqual(["a", undefined, "to b"]);
    history.redo();
    history.redo();
    expect(history.current).toBe("c");
  });
});
