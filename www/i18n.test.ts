// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { frenchTypography, type Locale, locale, onLocaleChange, parts, setLocale, t } from "./i18n.js";
import { en } from "./messages/en/index.js";
import { fr } from "./messages/fr/index.js";

afterEach(() => setLocale("en"));

type Catalogue = Record<string, Record<string, string | { one: string; other: string }>>;

function texts(catalogue: Catalogue): [string, string][] {
  return Object.entries(catalogue).flatMap(([area, messages]) =>
    Object.entries(messages).flatMap(([key, message]) =>
      (typeof message === "string" ? [message] : [message.one, message.other]).map(
        (text): [string, string] => [`${area}.${key}`, text],
      ),
    ),
  );
}

function places(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(" ");
}

describe("catalogues", () => {
  it("have the same keys and the same places in both languages", () => {
    const summary = (catalogue: Catalogue) => {
      const byKey = new Map<string, Set<string>>();
      for (const [key, text] of texts(catalogue))
        byKey.set(key, (byKey.get(key) ?? new Set()).add(places(text)));
      return [...byKey].map(([key, set]) => `${key}: ${[...set].sort().reverse()[0]}`).sort();
    };
    expect(summary(fr)).toEqual(summary(en));
  });

  it("leave no message empty, and no straight or spaced punctuation in French", () => {
    for (const [key, text] of [...texts(en), ...texts(fr)]) expect(text.trim(), key).not.toBe("");
    for (const [key, text] of texts(fr)) {
      const shown = frenchTypography(text).replace(/\{\w+\}/g, "x");
      expect(shown, key).not.toMatch(/[a-zà-ÿ)»x][;!?]|[a-zà-ÿ)»]:(?!\/\/)(\s|$)|'| [;:!?%]/);
    }
  });
});

describe("t", () => {
  it("fills places and picks the plural of the language", () => {
    expect(t("app.trials", { count: 1 })).toBe("1 trial");
    expect(t("app.trials", { count: 102_400 })).toBe("102,400 trials");
    setLocale("fr");
    expect(t("app.trials", { count: 0 })).toBe("0 tirage");
    expect(t("app.trials", { count: 102_400 })).toBe("102\u202f400 tirages");
  });

  it("keeps the places apart for marking up", () => {
    expect(parts("app.undo_what", { what: "x" })).toEqual(["Undo: ", { name: "what", text: "x" }]);
  });

  it("refuses a message whose place has no value", () => {
    expect(() => t("app.undo_what")).toThrow("{what}");
  });
});

describe("setLocale", () => {
  it("tells listeners, the document and the next visit", () => {
    const seen: Locale[] = [];
    const stop = onLocaleChange(() => seen.push(locale()));
    setLocale("fr");
    setLocale("fr");
    stop();
    setLocale("en");
    expect(seen).toEqual(["fr"]);
    expect(document.documentElement.lang).toBe("en");
    expect(localStorage.getItem("dealcast.locale")).toBe("en");
  });
});

describe("frenchTypography", () => {
  it("sets the spaces and apostrophes that French asks for", () => {
    expect(frenchTypography("« l'objectif » : 62 % ; quoi ?")).toBe(
      "«\u202fl’objectif\u202f»\u00a0: 62\u202f%\u202f; quoi\u202f?",
    );
  });
});
