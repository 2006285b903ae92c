import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Scenario } from "../generated/dealcast.js";
import { asked, withParameter } from "../state/address.js";
import { HOSTS, snippet } from "./hosts.js";
import { holdsPrivate, shared } from "./leave-out.js";
import { crc32, packed, unpacked } from "./link.js";
import { assumptionsOf, snapshotHtml, snapshotSvg } from "./snapshot.js";

const example = JSON.parse(readFileSync("cases/example-quarter.json", "utf8")) as Scenario;

describe("a link", () => {
  it("gives back the text that it was made of", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 2000 }), async (text) => {
        const link = await packed(text);
        expect(link).toMatch(/^1\.[0-9a-z]+\.[A-Za-z0-9_-]+$/);
        expect(await unpacked(link)).toEqual({ text });
      }),
      { numRuns: 100 },
    );
  });

  it("is refused when cut anywhere", async () => {
    const link = await packed(JSON.stringify(example));
    for (let length = 0; length < link.length; length += 7) {
      const answer = await unpacked(link.slice(0, length));
      expect(answer).toMatchObject({ problem: { code: expect.stringMatching(/^(malformed|truncated)$/) } });
    }
    expect(await unpacked(link.slice(0, -1))).toMatchObject({ problem: { code: "truncated" } });
  });

  it("is refused when any character of it changes, unless it says the same", async () => {
    const text = JSON.stringify(example);
    const link = await packed(text);
    const start = link.lastIndexOf(".") + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: start, max: link.length - 1 }),
        fc.constantFrom(..."AZaz09-_ %é"),
        async (at, character) => {
          fc.pre(link[at] !== character);
          const altered = link.slice(0, at) + character + link.slice(at + 1);
          // The last bits of the last bytes mean nothing.
          const answer = await unpacked(altered);
          if (at < link.length - 8 || !("text" in answer))
            expect("problem" in answer && answer.problem.code).toBe("altered");
          else expect(answer.text === text).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("of a later version says so", async () => {
    const link = await packed("{}");
    expect(await unpacked(`2${link.slice(1)}`)).toEqual({
      problem: { code: "future", params: { found: "2", supported: "1" } },
    });
  });

  it("is never unpacked beyond its bound, and never throws", async () => {
    const bomb = await packed(" ".repeat(9 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(20_000);
    expect(await unpacked(bomb)).toMatchObject({ problem: { code: "too_large" } });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `1.5.${text}`),
        ),
        async (text) => {
          expect(await unpacked(text)).toHaveProperty("problem");
        },
      ),
    );
  });

  it("carries the checksum of gzip", () => {
    // The check value of CRC-32/ISO-HDLC.
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  });
});

describe("what a link leaves out", () => {
  const scenario: Scenario = {
    schema: "dealcast/1",
    notes: "secret plan",
    open_pipeline: {
      target: 1,
      deals: [
        { deal_id: "006A-1", name: "Acme", owner: "Zoé", amount: 1, expected_close_month: 1 },
        { deal_id: "Globex | Paris", name: "Globex", amount: 2, expected_close_month: 1 },
        { deal_id: "d1", amount: 3, expected_close_month: 1 },
      ],
    },
    plans: [
      {
        name: "p",
        levers: [{ name: "l", changes: [{ at: "/open_pipeline/deals/=Globex | Paris/amount", set: 3 }] }],
      },
    ],
  };

  it("is every name, owner and note, and identifiers that say them", () => {
    const text = JSON.stringify(shared(scenario, { names: false, owners: false, notes: false }));
    for (const word of ["secret", "Acme", "Zoé", "Globex"]) expect(text).not.toContain(word);
    const { open_pipeline: pipeline, plans } = JSON.parse(text) as Scenario;
    expect(pipeline?.deals.map(({ deal_id: id }) => id)).toEqual(["006A-1", "d2", "d1"]);
    expect(plans?.[0]?.levers[0]?.changes[0]?.at).toBe("/open_pipeline/deals/=d2/amount");
  });

  it("is nothing that the reader ticked", () => {
    expect(shared(scenario, { names: true, owners: true, notes: true })).toBe(scenario);
    expect(holdsPrivate(scenario)).toEqual({ names: true, owners: true, notes: true });
  });
});

describe("an address", () => {
  it("asks in its query or its fragment, which wins; a scenario only in the fragment", () => {
    expect(asked("?mode=readonly&theme=dark&s=1.1.a", "#theme=light&currency=usd&s=x")).toEqual({
      readonly: true,
      theme: "light",
      currency: "USD",
      link: "x",
    });
    expect(asked("?s=1.1.a&theme=blue&currency=<b>", "")).toEqual({
      readonly: false,
      theme: undefined,
      currency: undefined,
      link: undefined,
    });
  });

  it("keeps its other parameters when one changes", () => {
    expect(withParameter("#view=growth&s=abc", "s", undefined)).toBe("#view=growth");
    expect(withParameter("", "view", "growth")).toBe("#view=growth");
  });
});

describe("a snippet", () => {
  const embedded = {
    folder: "https://wiki.example/d/",
    fragment: "#view=pipeline&s=1.1.a",
    title: 'A "quoted" <title>',
    view: "pipeline",
    lang: "fr",
    json: JSON.stringify({ title: "</script><b>" }),
  };

  it("holds nothing of the scenario as markup, whatever the host", () => {
    for (const host of HOSTS) {
      const text = snippet(host, embedded);
      expect(text).not.toMatch(/<title>"|<b>/);
      expect(text).toContain("https://wiki.example/d/");
      expect(text.match(/<script/g) ?? []).toHaveLength(text.match(/<\/script/g)?.length ?? 0);
    }
    expect(snippet("confluence_cloud", embedded)).toBe(
      '<iframe src="https://wiki.example/d/index.html#view=pipeline&amp;s=1.1.a" title="A &quot;quoted&quot; &lt;title>" ' +
        'width="100%" height="900" style="border: 0"></iframe>\n',
    );
    const inline = /json">(.*)<\/script>/.exec(snippet("html", embedded))?.[1] ?? "";
    expect(JSON.parse(inline)).toEqual({ title: "</script><b>" });
  });
});

describe("a snapshot", () => {
  const snapshot = {
    title: "<i>T</i>",
    sentence: "62 % & more",
    pictures: [
      '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="300" viewBox="0 0 960 300"></svg>',
    ],
    assumptionsTitle: "Assumptions",
    assumptions: assumptionsOf(example, ["open_pipeline"]),
    source: "dealcast 0.1.0 · seed 2026",
  };

  it("carries sentence, picture, assumptions and source, and no script", () => {
    for (const file of [snapshotHtml(snapshot), snapshotSvg(snapshot)]) {
      expect(file).toContain("62 % &amp; more");
      expect(file).toContain("&lt;i&gt;T&lt;/i&gt;");
      expect(file).toContain("seed 2026");
      expect(file).toContain("800,000");
      expect(file).toContain('width="960" height="300"');
      expect(file).not.toMatch(/<script|<i>| on\w+=/);
    }
    expect(snapshotHtml(snapshot)).toContain("default-src 'none'");
  });

  it("names what the document states, with its values", () => {
    const found = new Map(assumptionsOf(example, ["open_pipeline"]));
    expect(found.get("Target")).toBe("800,000");
    expect([...found.values()]).toContain("42");
  });
});
