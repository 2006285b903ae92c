import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Scenario } from "../generated/dealcast.js";
import { Persistence, type Storage } from "./persist.js";

const scenario: Scenario = { schema: "dealcast/1", title: "t", open_pipeline: { target: 1, deals: [] } };

class Memory implements Storage {
  readonly items = new Map<string, string>();
  full = false;
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.items.set(key, value);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("Persistence", () => {
  it("keeps the last document over a reload", () => {
    const memory = new Memory();
    const first = new Persistence(memory);
    first.save({ scenario: { ...scenario, title: "older" } });
    first.save({ scenario });
    expect(memory.items.size).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(new Persistence(memory).load()).toEqual({ scenario, lastComputed: undefined });
  });

  it("writes at once when the page is left, and only once", () => {
    const memory = new Memory();
    const persistence = new Persistence(memory);
    persistence.save({ scenario, lastComputed: scenario });
    persistence.flush();
    expect(new Persistence(memory).load()).toEqual({ scenario, lastComputed: scenario });
    memory.items.clear();
    vi.advanceTimersByTime(1_000);
    expect(memory.items.size).toBe(0);
  });

  it("says when nothing can be kept", () => {
    const results: boolean[] = [];
    const memory = new Memory();
    memory.full = true;
    const full = new Persistence(memory, (kept) => results.push(kept));
    full.save({ scenario });
    full.flush();
    const none = new Persistence(undefined, (kept) => results.push(kept));
    none.save({ scenario });
    none.flush();
    expect(results).toEqual([false, false]);
    expect(none.load()).toBe("nothing");
  });

  it("keeps a document without deals", () => {
    const partners: Scenario = { schema: "dealcast/1", partner_pnl: { average_deal: 30_000 } };
    const memory = new Memory();
    const first = new Persistence(memory);
    first.save({ scenario: partners });
    first.flush();
    expect(new Persistence(memory).load()).toEqual({ scenario: partners, lastComputed: undefined });
  });

  it.each([
    ["{", "broken JSON"],
    ["[]", "not an object"],
    ['{"scenario":{"schema":"dealcast/2"}}', "another version"],
    ['{"scenario":{"schema":"dealcast/1"}}', "no section at all"],
    ['{"scenario":{"schema":"dealcast/1","partner_pnl":[]}}', "a section that is no object"],
    ['{"scenario":{"schema":"dealcast/1","open_pipeline":{"deals":3}}}', "deals that are no list"],
    ['{"scenario":{"schema":"dealcast/1","open_pipeline":{"deals":[null]}}}', "a deal that is no object"],
  ])("sets %s aside (%s)", (text) => {
    const memory = new Memory();
    memory.items.set("dealcast.work", text);
    expect(new Persistence(memory).load()).toBe("unreadable");
    expect(memory.items.get("dealcast.work.unreadable")).toBe(text);
  });
});
