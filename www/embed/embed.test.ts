import fc from "fast-check";
import { expect, it } from "vitest";
import { showIn } from "./messages.js";
import { hosted } from "./style.js";

it("a message of ours is taken, with what it knows of views, themes and languages", () => {
  expect(showIn({ dealcast: 1, type: "show", view: "growth", theme: "dark", lang: "fr", more: 1 })).toEqual({
    view: "growth",
    theme: "dark",
    lang: "fr",
  });
  expect(showIn({ dealcast: 1, type: "show", view: "<b>", lang: "fr" })).toEqual({ lang: "fr" });
});

it("any other message is ignored, whatever its shape", () => {
  for (const data of [
    { dealcast: 2, type: "show", view: "growth" },
    { dealcast: 1, type: "hide", view: "growth" },
    { dealcast: 1, type: "show" },
    { context: "iframe.resize", height: 3 },
  ])
    expect(showIn(data)).toBeUndefined();
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true }), (data) => {
      expect(showIn(data)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.record({ view: fc.anything(), theme: fc.anything(), lang: fc.anything() }), (fields) => {
      const show = showIn({ ...fields, dealcast: 1, type: "show" });
      for (const value of Object.values(show ?? {})) expect(typeof value).toBe("string");
    }),
  );
});

it("style sheets speak of the element where they spoke of the page's root", () => {
  expect(hosted(':root{a:b}:root[data-theme="dark"]{c:d}html,body{e:f}.body html{x:y}')).toBe(
    ':host{a:b}:host([data-theme="dark"]){c:d}:host,:host{e:f}.body html{x:y}',
  );
  expect(hosted("html[data-framed] body{a:b}")).toBe("html[data-framed] body{a:b}");
});
