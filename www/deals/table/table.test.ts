// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Scenario } from "../../generated/dealcast.js";
import { setLocale } from "../../i18n.js";
import type { ScenarioEdit } from "../events.js";
import { DealsTable } from "./table.js";

const scenario = (): Scenario => ({
  schema: "dealcast/1",
  start_month: "2026-01",
  open_pipeline: {
    target: 100,
    stages: [{ stage: "Demo", win_rate: 0.2 }],
    deals: [
      { deal_id: "A", name: "Alpha", amount: 10_000, expected_close_month: 1, stage: "Demo" },
      {
        deal_id: "B",
        name: "Beta",
        amount: 30_000,
        expected_close_month: 2,
        win_probability: { won: 3, closed: 5 },
      },
    ],
  },
});

let table: DealsTable;
let edits: ScenarioEdit[];

beforeEach(async () => {
  setLocale("en");
  edits = [];
  table = new DealsTable();
  table.scenario = scenario();
  table.addEventListener("scenario-edit", (event) => {
    edits.push(event.detail);
    const draft = structuredClone(table.scenario as Scenario);
    event.detail.edit(draft);
    table.scenario = draft;
  });
  document.body.append(table);
  await settled();
  // happy-dom has no layout, hence nothing in view: as for a printout, all rows are drawn.
  window.dispatchEvent(new Event("beforeprint"));
});

afterEach(() => table.remove());

async function settled(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await table.updateComplete;
}

const cellAt = (place: number, column: string) =>
  table.querySelector<HTMLElement>(`[data-place="${place}"] [data-column="${column}"]`) as HTMLElement;

function press(key: string, more: KeyboardEventInit = {}): void {
  (document.activeElement ?? table).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
  );
}

describe("the grid", () => {
  it("says what it is: rows, columns, places, what is read-only", () => {
    const grid = table.querySelector("[role=grid]");
    expect(grid?.getAttribute("aria-rowcount")).toBe("4");
    expect(grid?.getAttribute("aria-label")).toBe("Deals");
    expect(table.querySelector('[data-place="1"]')?.getAttribute("aria-rowindex")).toBe("3");
    expect(cellAt(0, "swing").getAttribute("aria-readonly")).toBe("true");
    expect(cellAt(0, "meddic").getAttribute("aria-haspopup")).toBe("dialog");
    const headers = table.querySelectorAll("[role=columnheader]").length;
    expect(grid?.getAttribute("aria-colcount")).toBe(String(headers));
    expect(table.querySelectorAll('[role=grid] [tabindex="0"]')).toHaveLength(1);
  });
  it("shows amounts, months and counts as the language writes them", () => {
    expect(cellAt(0, "amount").textContent).toContain("10,000");
    expect(cellAt(1, "expected_close_month").textContent).toContain("Feb 2026");
    expect(cellAt(1, "win_probability").textContent).toContain("3 of 5");
  });
  it("speaks French when the page does", async () => {
    setLocale("fr");
    await settled();
    expect(cellAt(0, "amount").textContent).toMatch(/10\s000/);
    expect(cellAt(1, "win_probability").textContent).toContain("3 sur 5");
    expect(table.querySelector("[role=grid]")?.getAttribute("aria-label")).toBe("Affaires");
  });
});

describe("an edit", () => {
  it("by keyboard leaves as one step with a name", async () => {
    cellAt(0, "amount").focus();
    press("5");
    await settled();
    const input = table.querySelector<HTMLInputElement>(".dc-cell-input");
    expect(input?.value).toBe("5");
    if (input) input.value = "12.5k";
    input?.dispatchEvent(new Event("input", { bubbles: true }));
    input?.focus();
    press("Enter");
    await settled();
    expect(edits.map(({ label }) => label)).toEqual(["Amount"]);
    expect(table.scenario?.open_pipeline?.deals[0]?.amount).toBe(12_500);
    expect(cellAt(0, "amount").textContent).toContain("12,500");
  });
  it("that changes nothing is none", async () => {
    cellAt(0, "name").focus();
    press("F2");
    await settled();
    table.querySelector<HTMLInputElement>(".dc-cell-input")?.focus();
    press("Enter");
    await settled();
    expect(edits).toEqual([]);
    expect(table.querySelector(".dc-cell-input")).toBeNull();
  });
  it("empties an optional field with Delete, and no needed one", async () => {
    cellAt(1, "win_probability").focus();
    press("Delete");
    cellAt(1, "amount").focus();
    press("Delete");
    await settled();
    expect(edits).toHaveLength(1);
    expect(table.scenario?.open_pipeline?.deals[1]).not.toHaveProperty("win_probability");
  });
});

it("marks the cell of an error with its sentence", async () => {
  table.errors = [
    {
      code: "out_of_range",
      path: "/open_pipeline/deals/1/win_probability/closed",
      params: { value: -1, minimum: 0, maximum: 1_000_000 },
    },
  ];
  await settled();
  const cell = cellAt(1, "win_probability");
  expect(cell.getAttribute("aria-invalid")).toBe("true");
  expect(cell.querySelector(".dc-fault .dc-hidden")?.textContent).toMatch(/\S/);
  expect(table.querySelector(".dc-alert")?.textContent).toContain("1 cell needs attention.");
});
