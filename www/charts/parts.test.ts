import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { ExceedancePoint } from "../generated/dealcast.js";
import { setLocale } from "../i18n.js";
import { snapped } from "./distribution-chart.js";
import { probabilityAtLeast, refined, visibleCurve } from "./exceedance.js";
import { fileName } from "./export.js";
import { svgFile } from "./file.js";
import { LIGHT } from "./roles.js";
import { text } from "./scene.js";
import { number, type Table, toConfluence, toCsv, toHtml, toMarkdown, toMediaWiki, words } from "./table.js";
import { fitted, spread, textWidth, wrapped } from "./text.js";

afterEach(() => setLocale("en"));

const curve: ExceedancePoint[] = [
  { amount: 100, prob_at_least: 1 },
  { amount: 200, prob_at_least: 0.6 },
  { amount: 300, prob_at_least: 0 },
];

describe("exceedance", () => {
  it("is read between its points, 1 before and 0 after", () => {
    expect([0, 100, 150, 200, 250, 300, 301].map((at) => probabilityAtLeast(curve, at))).toEqual([
      1,
      1,
      0.8,
      0.6,
      expect.closeTo(0.3, 12),
      0,
      0,
    ]);
    expect(probabilityAtLeast([], 5)).toBe(0);
  });

  it("passes through what is known between its points, and steps where an amount has its own share", () => {
    const finer = refined(curve, [
      { amount: 150, atLeast: 0.65, above: 0.65 },
      { amount: 100, atLeast: 1, above: 0.7 },
    ]);
    expect(probabilityAtLeast(finer, 100)).toBe(1);
    expect(probabilityAtLeast(finer, 100.000001)).toBeCloseTo(0.7, 6);
    expect(probabilityAtLeast(finer, 150)).toBe(0.65);
    expect(probabilityAtLeast(finer, 200)).toBe(0.6);
    expect(refined(curve, [])).toEqual(curve);
    expect(refined([], [{ amount: 1, atLeast: 1, above: 0 }])).toEqual([]);
  });

  it("never rises, wherever it is read and whatever is added", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const place = fc.integer({ min: 0, max: 1000 });
    const grid = fc.uniqueArray(place, { minLength: 1, maxLength: 30 });
    const known = fc.array(fc.record({ amount: place, atLeast: share, above: share }), { maxLength: 6 });
    fc.assert(
      fc.property(grid, known, (list, points) => {
        const sorted = [...list].sort((a, b) => a - b);
        const falling = sorted.map((amount, index) => ({ amount, prob_at_least: 1 - index / sorted.length }));
        const finer = refined(falling, points);
        const read = Array.from({ length: 1001 }, (_, index) => probabilityAtLeast(finer, index));
        const rises = read.filter((value, index) => value > (read[index - 1] ?? 1) + 1e-12);
        expect(rises).toEqual([]);
        expect(finer.every(({ amount }, index) => amount >= (finer[index - 1]?.amount ?? 0))).toBe(true);
      }),
    );
  });

  it("is drawn level outside its points", () => {
    expect(visibleCurve(curve, 0, 400)).toEqual([
      [0, 1],
      [100, 1],
      [100, 1],
      [200, 0.6],
      [300, 0],
      [300, 0],
      [400, 0],
    ]);
    expect(visibleCurve(curve, 150, 250)).toEqual([
      [150, 0.8],
      [200, 0.6],
      [250, expect.closeTo(0.3, 12)],
    ]);
  });
});

describe("labels", () => {
  it("are spread without overlap, in order, and all of them where there is room", () => {
    const claims = fc.array(
      fc.record({
        at: fc.double({ min: -50, max: 250, noNaN: true }),
        size: fc.constantFrom(10, 15),
        priority: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(claims, (list) => {
        const places = spread(list, 0, 150);
        const room = list.reduce((sum, { size }) => sum + size, 0);
        if (room <= 150) expect(places).not.toContain(undefined);
        const kept = list.flatMap(({ at, size }, index) => {
          const place = places[index];
          return place === undefined ? [] : [{ at, from: place - size / 2, to: place + size / 2 }];
        });
        kept.sort((a, b) => a.from - b.from);
        for (const [index, { at, from, to }] of kept.entries()) {
          expect(from).toBeGreaterThanOrEqual(-1e-9);
          expect(to).toBeLessThanOrEqual(150 + 1e-9);
          const before = kept[index - 1];
          if (!before) continue;
          expect(from).toBeGreaterThanOrEqual(before.to - 1e-9);
          expect(at).toBeGreaterThanOrEqual(before.at);
        }
      }),
    );
  });

  it("stay where they want to be when nothing is in the way, and give way by priority", () => {
    const claim = (at: number, priority = 1) => ({ at, size: 10, priority });
    expect(spread([claim(20), claim(80)], 0, 100)).toEqual([20, 80]);
    expect(spread([claim(50), claim(50)], 0, 100)).toEqual([50, 60]);
    expect(spread([claim(50, 2), claim(50, 1), claim(50, 3)], 40, 60)).toEqual([45, undefined, 55]);
  });

  it("are cut and wrapped to their room", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 30, max: 400 }), (written, room) => {
        expect(textWidth(fitted(written, "label", room), "label")).toBeLessThanOrEqual(room);
        for (const row of wrapped(written, "caption", room))
          expect(textWidth(row, "caption")).toBeLessThanOrEqual(room);
      }),
    );
    expect(fitted("Norbank", "label", 500)).toBe("Norbank");
    expect(fitted("Norbank, fraud detection", "label", 90)).toMatch(/^Norbank.*…$/);
  });
});

describe("table", () => {
  const table: Table = {
    columns: [
      { name: "Deal", numeric: false },
      { name: "Amount", numeric: true },
    ],
    rows: [
      [words('=HYPERLINK("x")'), number(1234.5, "€1,235")],
      [words('A, "B"; C\nD'), number(-0.1 - 0.2, "-0.3")],
      [words("pipe | <b> {x} [y]"), number(Number.NaN, "")],
    ],
  };

  it("is CSV in the language's own separators, safe from formulas", () => {
    expect(toCsv(table)).toBe(
      'Deal,Amount\r\n"\'=HYPERLINK(""x"")",1234.5\r\n"A, ""B""; C\nD",-0.3\r\npipe | <b> {x} [y],\r\n'.replace(
        `"'=HYPERLINK(""x"")"`,
        `"'=HYPERLINK(""x"")"`,
      ),
    );
    setLocale("fr");
    expect(toCsv(table).split("\r\n").slice(0, 2)).toEqual(["Deal;Amount", `"'=HYPERLINK(""x"")";1234,5`]);
  });

  it("lets no text begin like a formula", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("", " ", "\u00a0", "' "),
        fc.constantFrom("=", "+", "-", "@", "＝", "＠", "\t=", "\r="),
        fc.string(),
        (blank, sign, rest) => {
          const text = blank + sign + rest;
          const one = { columns: [{ name: text, numeric: false }], rows: [[words(text)]] };
          const [head, ...body] = toCsv(one).split("\r\n");
          expect(head).toMatch(/^"?'/);
          expect(body.join("\r\n")).toMatch(/^"?'|^$/);
          // Pasted as a table, a cell is told to be a text.
          expect(toHtml(one).match(/mso-number-format: '\\@'/g)).toHaveLength(2);
        },
      ),
    );
    expect(toHtml({ columns: [{ name: "x", numeric: true }], rows: [[number(-5, "-5")]] })).not.toContain(
      "mso",
    );
  });

  it("shows people no column that is for spreadsheets alone", () => {
    const both: Table = {
      columns: [
        { name: "Deal", numeric: false },
        { name: "Its error", numeric: true, spreadsheet: true },
      ],
      rows: [[words("A"), number(0.25, "0.25")]],
    };
    expect(toCsv(both)).toBe("Deal,Its error\r\nA,0.25\r\n");
    for (const write of [toMarkdown, toMediaWiki, toConfluence, toHtml])
      expect(write(both)).not.toContain("rror");
  });

  it("is Markdown, MediaWiki and Confluence markup with its signs escaped", () => {
    expect(toMarkdown(table).split("\n")).toEqual([
      "| Deal | Amount |",
      "| --- | ---: |",
      '| =HYPERLINK("x") | €1,235 |',
      '| A, "B"; C D | -0.3 |',
      "| pipe \\| \\<b> {x} \\[y\\] |  |",
      "",
    ]);
    expect(toMediaWiki(table)).toContain("|-\n| <nowiki>pipe | &lt;b> {x} [y]</nowiki>\n");
    expect(toConfluence(table)).toContain("|pipe \\| <b> \\{x\\} \\[y\\]| |\n");
    expect(toHtml(table)).toContain("pipe | &lt;b&gt; {x} [y]</th>");
    expect(toHtml(table)).not.toContain("<b>");
  });
});

describe("files", () => {
  it("escape what XML does not take", () => {
    const picture = { width: 100, height: 20, marks: [text("label", 0, 10, 'a<b & "c"\u0000\ud800')] };
    const svg = svgFile(picture, { title: "T", caption: "", source: "S" }, LIGHT, "id");
    expect(svg).toContain("a&lt;b &amp; &quot;c&quot;\ufffd</text>");
    expect(svg).not.toMatch(/var\(|class=|style=/);
  });

  it("have plain names", () => {
    expect(fileName("Affaires décisives : l’été", "csv")).toBe("dealcast-affaires-decisives-l-ete.csv");
  });
});

describe("snapped", () => {
  it("gives round amounts, none below zero", () => {
    expect(snapped(123_456, 5_000)).toBe(125_000);
    expect(snapped(0.34, 0.1)).toBe(0.3);
    expect(snapped(-3, 5)).toBe(0);
  });
});
