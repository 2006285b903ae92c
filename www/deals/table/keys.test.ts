import { describe, expect, it } from "vitest";
import { actionOf, type Key, type Place } from "./keys.js";

const size = { rows: 101, columns: 12, page: 10 };
const at = { row: 50, column: 5 };
const press = (key: string, more: Partial<Key> = {}, from: Place = at) =>
  actionOf({ key, ...more }, from, size);
const move = (row: number, column: number) => ({ do: "move", to: { row, column } });

describe("moving", () => {
  it.each([
    ["ArrowUp", {}, 49, 5],
    ["ArrowDown", {}, 51, 5],
    ["ArrowLeft", {}, 50, 4],
    ["ArrowRight", {}, 50, 6],
    ["Home", {}, 50, 0],
    ["End", {}, 50, 11],
    ["Home", { ctrlKey: true }, 1, 0],
    ["End", { metaKey: true }, 100, 11],
    ["PageUp", {}, 40, 5],
    ["PageDown", {}, 60, 5],
    ["ArrowDown", { ctrlKey: true }, 100, 5],
    ["ArrowUp", { ctrlKey: true }, 1, 5],
  ] as const)("%s %o", (key, more, row, column) => {
    expect(press(key, more)).toEqual(move(row, column));
  });
  it("stops at the edges, and reaches the header from the first row alone", () => {
    expect(press("ArrowUp", {}, { row: 1, column: 0 })).toEqual(move(0, 0));
    expect(press("ArrowUp", {}, { row: 0, column: 0 })).toEqual(move(0, 0));
    expect(press("PageUp", {}, { row: 4, column: 0 })).toEqual(move(1, 0));
    expect(press("ArrowLeft", {}, { row: 4, column: 0 })).toEqual(move(4, 0));
    expect(press("PageDown", {}, { row: 99, column: 0 })).toEqual(move(100, 0));
  });
});

describe("acting", () => {
  it("opens the editor with Enter, F2, Space or the first typed letter", () => {
    for (const key of ["Enter", "F2", " "]) expect(press(key)).toEqual({ do: "open" });
    expect(press("7")).toEqual({ do: "open", text: "7" });
    expect(press("É")).toEqual({ do: "open", text: "É" });
  });
  it("opens the small form with Alt and the down arrow", () => {
    expect(press("ArrowDown", { altKey: true })).toEqual({ do: "open", form: true });
  });
  it("selects rows", () => {
    expect(press(" ", { shiftKey: true })).toEqual({ do: "toggle-row" });
    expect(press(" ", {}, { row: 3, column: 0 })).toEqual({ do: "toggle-row" });
    expect(press("ArrowDown", { shiftKey: true })).toEqual({ do: "extend-rows", by: 1 });
    expect(press("a", { ctrlKey: true })).toEqual({ do: "select-all" });
    expect(press("Escape")).toEqual({ do: "select-none" });
  });
  it("leaves Tab and the browser's own commands alone", () => {
    for (const [key, more] of [
      ["Tab", {}],
      ["f", { ctrlKey: true }],
      ["z", { metaKey: true }],
      ["F5", {}],
      ["ArrowLeft", { altKey: true }],
    ] as const)
      expect(press(key, more)).toBeUndefined();
  });
  it("clears with Delete", () => {
    expect(press("Delete")).toEqual({ do: "clear" });
  });
});
