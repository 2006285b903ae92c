/** What someone types into a cell, read the way the reader of that language means it. */
import type { Rate } from "../../generated/dealcast.js";
import type { Locale } from "../../i18n.js";

/** A value, nothing (the field is left out), or not understood. */
export type Parsed<T> = { readonly ok: true; readonly value: T | undefined } | { readonly ok: false };

const nothing = { ok: true, value: undefined } as const;
const refused = { ok: false } as const;
const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, md: 1e9, bn: 1e9 };

/**
 * A number with the locale's separators: `73 000`, `73,000.50`, `73.000,50`. A lone separator is the
 * decimal one, unless it is not the locale's and exactly three digits follow.
 */
export function parseNumber(text: string, locale: Locale): Parsed<number> {
  const compact = text.replace(/[\s\u00a0\u202f'’_]/g, "").replace(/[−–]/g, "-");
  if (compact === "") return nothing;
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(compact)) return refused;
  const plain = withPointAsDecimal(compact, locale);
  const value = Number(plain);
  return plain !== undefined && Number.isFinite(value) ? { ok: true, value } : refused;
}

function withPointAsDecimal(text: string, locale: Locale): string | undefined {
  const own = locale === "fr" ? "," : ".";
  const marks = text.replace(/[^.,]/g, "");
  if (marks === "") return text;
  const last = marks.at(-1) as string;
  const kinds = new Set(marks);
  const groupsOnly = (mark: string) => new RegExp(`^-?\\d{1,3}(\\${mark}\\d{3})+$`).test(text);
  if (kinds.size === 1) {
    const isGroup = marks.length > 1 || (last !== own && groupsOnly(last));
    if (isGroup) return groupsOnly(last) ? text.replaceAll(last, "") : undefined;
    return text.replace(last, ".");
  }
  if (marks.indexOf(last) !== marks.length - 1) return undefined;
  const other = last === "," ? "." : ",";
  const [whole = "", fraction = ""] = text.split(last);
  if (!new RegExp(`^-?\\d{1,3}(\\${other}\\d{3})+$`).test(whole)) return undefined;
  return `${whole.replaceAll(other, "")}.${fraction}`;
}

/** An amount: a number, with or without a currency sign or code, and `k`, `M` or `Md` behind it. */
export function parseAmount(text: string, locale: Locale): Parsed<number> {
  const match = /^[^\d.,\-−]*([\d.,\s\u00a0\u202f'’\-−]*)(.*)$/su.exec(text.trim());
  const tail = (match?.[2] ?? "").replace(/[\s\u00a0\u202f.]/g, "");
  const unit = /^(k|m|md|bn)?(?:\p{Sc}|[a-z]{3})?$/iu.exec(tail);
  if (!match || !unit) return refused;
  const number = parseNumber(match[1] ?? "", locale);
  if (!number.ok || number.value === undefined) return text.trim() === "" ? nothing : refused;
  return { ok: true, value: exactProduct(number.value, SUFFIXES[(unit[1] ?? "").toLowerCase()] ?? 1) };
}

/** 1.1 × 1,000 is 1,100, not 1100.0000000000002. */
function exactProduct(value: number, factor: number): number {
  return Number((value * factor).toPrecision(15));
}

/**
 * A win rate: `28`, `28 %`, `0.28`, or counts, `3/5`, `3 of 5`, `3 sur 5`. Empty: from the stage.
 * Without a sign, a number below 1 is a fraction, any other one a percentage.
 */
export function parseRate(text: string, locale: Locale): Parsed<Rate> {
  const counts = /^(.+?)\s*(?:\/|\bout of\b|\bof\b|\bsur\b)\s*(.+)$/i.exec(text.trim());
  if (counts) {
    const won = parseNumber(counts[1] ?? "", locale);
    const closed = parseNumber(counts[2] ?? "", locale);
    if (!won.ok || !closed.ok || won.value === undefined || closed.value === undefined) return refused;
    return { ok: true, value: { won: won.value, closed: closed.value } };
  }
  const percent = /%\s*$/.test(text);
  const number = parseNumber(text.replace(/%\s*$/, ""), locale);
  if (!number.ok) return refused;
  if (number.value === undefined) return percent ? refused : nothing;
  const fraction = !percent && number.value < 1 ? number.value : exactProduct(number.value, 0.01);
  return { ok: true, value: fraction };
}

/** Probabilities of 0, 1, 2… months late, as percentages between semicolons or spaces: `60 ; 30 ; 10`. */
export function parsePercentList(text: string, locale: Locale): Parsed<number[]> {
  const pieces = text
    .split(/[;\s\u00a0\u202f]+/)
    .map((piece) => piece.replace(/%$/, ""))
    .filter((piece) => piece !== "");
  if (pieces.length === 0) return nothing;
  const numbers: number[] = [];
  for (const piece of pieces) {
    const number = parseNumber(piece, locale);
    if (!number.ok || number.value === undefined) return refused;
    numbers.push(exactProduct(number.value, 0.01));
  }
  return { ok: true, value: numbers };
}
