import { describe, expect, it } from "vitest";
import type { Scenario } from "../generated/dealcast.js";
import { addressOf, holds, VIEWS, viewAfter, viewFor, viewIn, viewOfPath } from "./views.js";

const pipeline: Scenario = { schema: "dealcast/1", open_pipeline: { target: 1, deals: [] } };
const partners: Scenario = { schema: "dealcast/1", partner_pnl: {} };
const both: Scenario = { ...pipeline, partner_vendor_programme: {} };

describe("views", () => {
  it("show the documents that have their sections", () => {
    expect(VIEWS.map(({ id }) => holds(both, id))).toEqual([true, false, true, true]);
    expect(holds(pipeline, "partners")).toBe(false);
    expect(holds(partners, "partners")).toBe(true);
  });

  it("stay with a document they can show, and give way to one they cannot", () => {
    expect(viewFor(both, "partners")).toBe("partners");
    expect(viewFor(both)).toBe("pipeline");
    expect(viewFor(pipeline, "partners")).toBe("pipeline");
    expect(viewFor(partners)).toBe("partners");
    expect(viewFor({ schema: "dealcast/1" }, "partners")).toBe("partners");
  });

  it("follow what is opened, not what is edited or undone", () => {
    expect(viewAfter(pipeline, partners, "pipeline")).toBe("partners");
    expect(viewAfter(partners, pipeline, "partners")).toBe("pipeline");
    expect(viewAfter(pipeline, both, "partners")).toBe("partners");
    // Undoing the start of a section: the rest of the document is as it was.
    expect(viewAfter(both, pipeline, "partners")).toBe("partners");
    expect(viewAfter(pipeline, { ...pipeline, title: "x" }, "partners")).toBe("partners");
  });

  it("are kept in the address, whatever else it says", () => {
    for (const { id } of VIEWS) expect(viewIn(addressOf(id))).toBe(id);
    expect(viewIn("#s=abc&view=partners")).toBe("partners");
    for (const hash of ["", "#", "#results", "#view=", "#view=__proto__"])
      expect(viewIn(hash)).toBeUndefined();
  });

  it("own the places of their sections", () => {
    expect(viewOfPath("/partner_pnl/average_deal/min")).toBe("partners");
    expect(viewOfPath("/arr_cohorts/arr_goal")).toBe("growth");
    expect(viewOfPath("/open_pipeline/deals/0")).toBe("pipeline");
    expect(viewOfPath("/plans/0/levers/1")).toBe("compare");
    expect(viewOfPath("/seed")).toBeUndefined();
    expect(viewOfPath("")).toBeUndefined();
  });
});
