/**
 * The page's words: which language, and the sentence for a key.
 *
 * Catalogues are flat objects, one file per area of the page (`messages/<locale>/<area>.ts`); English
 * is the type that French must have, so a missing key does not compile. Those of the first sight come together
 * (`<locale>-first.ts`), the others when they are asked for. Numbers, money and dates are
 * formatted by `format.ts` before they come here; a plain number as a parameter is a count.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { en } from "./messages/en/index.js";

export type Locale = "en" | "fr";
export const LOCALES: readonly Locale[] = ["en", "fr"];

/** A text with `{name}` places, or one per plural category of the parameter `count`. */
export type Message = string | { readonly one: string; readonly other: string };
/** Values of the places. Numbers are counts, shown with the locale's digit groups. */
export type Params = Readonly<Record<string, string | number>>;

type Catalogue = typeof en;
export type Area = keyof Catalogue;
/** `area.key` of every message. */
export type MessageKey = {
  [Area in keyof Catalogue]: `${Area & string}.${keyof Catalogue[Area] & string}`;
}[keyof Catalogue];

/** A reader needs one language: the other is read when it is chosen. */
const READ_FIRST: Record<Locale, () => Promise<Partial<Catalogue>>> = {
  en: async () => (await import("./messages/en/en-first.js")).first,
  fr: async () => (await import("./messages/fr/fr-first.js")).first,
};
/** Areas that the first sight does without. */
const READ_LATER = {
  compare: { en: () => import("./messages/en/compare.js"), fr: () => import("./messages/fr/compare.js") },
  embed: { en: () => import("./messages/en/embed.js"), fr: () => import("./messages/fr/embed.js") },
  growth: { en: () => import("./messages/en/growth.js"), fr: () => import("./messages/fr/growth.js") },
  meanings: { en: () => import("./messages/en/meanings.js"), fr: () => import("./messages/fr/meanings.js") },
  partners: { en: () => import("./messages/en/partners.js"), fr: () => import("./messages/fr/partners.js") },
} satisfies Partial<Record<Area, Record<Locale, () => Promise<unknown>>>>;
type Later = keyof typeof READ_LATER;
/** Every area that is read later: for tests, which speak of everything at once. */
export const LATER = Object.keys(READ_LATER) as Later[];
/** What was read, and what is on its way. */
const catalogues: Partial<Record<Locale, Partial<Catalogue>>> = {};
const coming = new Map<string, Promise<void>>();
/** Areas that were asked for: a language that is chosen later brings them along. */
const wanted = new Set<Later>();
const STORAGE_KEY = "dealcast.locale";
const listeners = new Set<() => void>();
let current: Locale = initialLocale();
/** Language of the page: of all that has none of its own. */
let pageLocale = current;
/** Languages of parts that have their own: embedded elements. */
const own = new WeakMap<Node, Locale>();
let anyOwn = false;
/** What was asked for last, by the page and by its parts: words that come later than others change nothing. */
let asked: Locale | undefined;
const ownAsked = new WeakMap<Node, Locale>();
const plurals: Record<Locale, Intl.PluralRules> = {
  en: new Intl.PluralRules("en"),
  fr: new Intl.PluralRules("fr"),
};
const counts: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat("en"),
  fr: new Intl.NumberFormat("fr"),
};

/** The language of what is being drawn, or was last touched; the page's where nothing has its own. */
export function locale(): Locale {
  return current;
}

/** Reads the words of a language; before that, nothing can be said in it. */
export async function loadLocale(one: Locale): Promise<void> {
  await Promise.all([
    once(one, async () => {
      catalogues[one] = { ...(await READ_FIRST[one]()), ...catalogues[one] };
    }),
    ...[...wanted].map((area) => readArea(one, area)),
  ]);
}

/** Reads the words of areas that the first sight does without, in the languages in use. */
export async function loadWords(...areas: readonly Later[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  const used = LOCALES.filter((one) => coming.has(one));
  await Promise.all(used.flatMap((one) => areas.map((area) => readArea(one, area))));
}

function readArea(one: Locale, area: Later): Promise<void> {
  return once(`${one} ${area}`, async () => {
    const read = (await READ_LATER[area][one]()) as Partial<Catalogue>;
    catalogues[one] = { ...catalogues[one], [area]: read[area] };
  });
}

/** Does what was not begun yet; a reading that failed may be tried again. */
function once(what: string, begin: () => Promise<void>): Promise<void> {
  const known = coming.get(what);
  if (known) return known;
  const begun = begin();
  coming.set(what, begun);
  begun.catch(() => coming.delete(what));
  return begun;
}

/** Whether all that was asked for is there in a language. */
function isThere(one: Locale): boolean {
  const catalogue = catalogues[one];
  return catalogue?.app !== undefined && [...wanted].every((area) => catalogue[area] !== undefined);
}

/** Words that nobody asked for beforehand: they are read, and what is on the page is drawn again. */
function fetchWords(area: Area): void {
  const later = LATER.find((one) => one === area);
  if (!later) throw new Error(`no words of ${area}`);
  void loadWords(later).then(() => {
    for (const listener of listeners) listener();
  });
}

/** Changes the language, once its words are there, remembers it where the browser allows, and redraws what is localised. */
export function setLocale(next: Locale): void {
  asked = next;
  if (isThere(next)) takeLocale(next);
  else void loadLocale(next).then(() => asked === next && takeLocale(next));
}

function takeLocale(next: Locale): void {
  if (next === pageLocale && next === current) return;
  pageLocale = next;
  current = next;
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // Storage is refused in a sandbox: the choice lasts as long as the page.
  }
  markDocument();
  for (const listener of listeners) listener();
}

/** Gives a part a language of its own, and redraws what is localised. */
export function setOwnLocale(part: Node, next: Locale): void {
  ownAsked.set(part, next);
  if (isThere(next)) takeOwnLocale(part, next);
  else void loadLocale(next).then(() => ownAsked.get(part) === next && takeOwnLocale(part, next));
}

function takeOwnLocale(part: Node, next: Locale): void {
  anyOwn = true;
  own.set(part, next);
  current = next;
  for (const listener of listeners) listener();
}

/** The language at a place: of the nearest part around it that has its own, else the page's. */
export function localeAt(place: Node): Locale {
  if (!anyOwn) return pageLocale;
  for (let at: Node | null = place; at; at = at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null) {
    const found = own.get(at);
    if (found) return found;
  }
  return pageLocale;
}

/** From here on, what happens outside of drawing happens in the language of this place: it was touched. */
export function enterLocale(place: Node): void {
  current = localeAt(place);
}

/** Calls back after every change of language; returns how to stop. */
export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Redraws a Lit element when the language changes: `readonly localized = new Localized(this)`. */
export class Localized implements ReactiveController {
  #stop: (() => void) | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
    // An element with its own language around it draws in that one, whatever was touched last.
    const element = host as unknown as Node & { performUpdate?(): void };
    const perform = element.performUpdate;
    if (!perform) return;
    element.performUpdate = () => {
      const before = current;
      current = localeAt(element);
      try {
        perform.call(element);
      } finally {
        current = before;
      }
    };
  }

  hostConnected(): void {
    this.#stop = onLocaleChange(() => this.host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}

/** The message of a key in the page's language. */
export function t(key: MessageKey, params: Params = {}): string {
  const text = template(key, params, current);
  // Most have no places to fill.
  if (!text.includes("{")) return text;
  return fill(text, params)
    .map((part) => (typeof part === "string" ? part : part.text))
    .join("");
}

/** A place of a message, filled. */
export interface FilledPlace {
  readonly name: string;
  readonly text: string;
}

/** The message of a key in pieces: texts, and the filled places by name, to be marked up. */
export function parts(key: MessageKey, params: Params = {}): (string | FilledPlace)[] {
  return fill(template(key, params, current), params);
}

function template(key: MessageKey, params: Params, language: Locale): string {
  const dot = key.indexOf(".");
  const catalogue = catalogues[language];
  if (!catalogue) throw new Error(`the words of ${language} are not there yet`);
  const name = key.slice(0, dot) as Area;
  const area = catalogue[name] as Record<string, Message> | undefined;
  if (!area) {
    fetchWords(name);
    return "";
  }
  const message = area[key.slice(dot + 1)];
  if (message === undefined) throw new Error(`no message ${key}`);
  const text = typeof message === "string" ? message : pluralForm(message, params.count);
  return language === "fr" ? spaced(text) : text;
}

/** Texts of the catalogue as they are printed: each is set once. */
const printedTexts = new Map<string, string>();

function spaced(text: string): string {
  let printed = printedTexts.get(text);
  if (printed === undefined) {
    printed = frenchTypography(text);
    printedTexts.set(text, printed);
  }
  return printed;
}

function pluralForm(message: Exclude<Message, string>, count: string | number | undefined): string {
  return plurals[current].select(Number(count ?? 0)) === "one" ? message.one : message.other;
}

function fill(text: string, params: Params): (string | FilledPlace)[] {
  const pieces: (string | FilledPlace)[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{(\w+)\}/g)) {
    const name = match[1] ?? "";
    const value = params[name];
    if (value === undefined) throw new Error(`no value for {${name}} in “${text}”`);
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push({ name, text: typeof value === "number" ? counts[current].format(value) : value });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/**
 * French spacing, so that catalogues are written with plain spaces: a narrow no-break space before
 * `; ! ? %` and inside « », a no-break space before `:`, and curly apostrophes.
 */
export function frenchTypography(text: string): string {
  return text
    .replace(/ ([;!?%»])/g, "\u202f$1")
    .replace(/« /g, "«\u202f")
    .replace(/ :/g, "\u00a0:")
    .replace(/'/g, "’");
}

function initialLocale(): Locale {
  const asked: (string | null | undefined)[] = [];
  try {
    // After “#” it reaches no server.
    for (const part of [location.hash.slice(1), location.search])
      asked.push(new URLSearchParams(part).get("lang"));
    asked.push(localStorage.getItem(STORAGE_KEY));
  } catch {
    // No address or no storage (a sandbox, a test): the browser's languages decide.
  }
  if (typeof navigator !== "undefined") asked.push(...(navigator.languages ?? []));
  for (const tag of asked) {
    const match = LOCALES.find((known) => tag?.toLowerCase().split("-")[0] === known);
    if (match) return match;
  }
  return "en";
}

/** Tells the browser and screen readers which language the page is in. */
export function markDocument(): void {
  if (typeof document !== "undefined") document.documentElement.lang = current;
}
