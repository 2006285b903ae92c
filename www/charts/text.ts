/**
 * Room that texts take, without a screen to measure on: widths are those of a wide font, so that
 * what does not overlap here overlaps nowhere.
 */
import { type Role, textLook } from "./roles.js";
import type { Box, TextMark } from "./scene.js";

/** Widths already looked up, in ems. */
const known = new Map<string, number>();

/** Width of a text in pixels, rather too wide than too narrow. */
export function textWidth(words: string, role: Role): number {
  const { size, bold } = textLook(role);
  let ems = 0;
  for (const character of words) {
    let own = known.get(character);
    if (own === undefined) {
      own = emsOf(character);
      known.set(character, own);
    }
    ems += own;
  }
  return ems * size * (bold ? 1.1 : 1);
}

function emsOf(character: string): number {
  if (/[\u202f\u2009]/.test(character)) return 0.2;
  if (/[\s.,:;'’!|·iljI()[\]]/.test(character)) return 0.36;
  if (/[mwMW%@—–]/.test(character)) return 0.96;
  if (/\p{Lu}|[<>+±−=~]/u.test(character)) return 0.76;
  // East Asian characters and pictures fill the square.
  return (character.codePointAt(0) ?? 0) > 0x2e7f ? 1.05 : 0.64;
}

/** The box that a text fills. */
export function textBox(mark: TextMark): Box {
  const { size } = textLook(mark.role);
  const width = textWidth(mark.text, mark.role);
  const shift = mark.anchor === "start" ? 0 : mark.anchor === "middle" ? width / 2 : width;
  return { x: mark.x - shift, y: mark.y - 0.8 * size, width, height: size };
}

/** The text, cut with an ellipsis where it is wider than the room. */
export function fitted(words: string, role: Role, room: number): string {
  if (textWidth(words, role) <= room) return words;
  const characters = [...words];
  while (characters.length > 0) {
    characters.pop();
    const short = `${characters.join("").trimEnd()}…`;
    if (textWidth(short, role) <= room) return short;
  }
  return "";
}

/** The text in lines no wider than the room. */
export function wrapped(words: string, role: Role, room: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of words.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current !== "" && textWidth(longer, role) > room) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  if (current !== "") lines.push(current);
  return lines.map((text) => fitted(text, role, room));
}

/** Something that wants a place along a line. */
export interface Claim {
  /** Wanted centre. */
  readonly at: number;
  readonly size: number;
  /** Who stays where not all fit: the higher. */
  readonly priority: number;
}

/**
 * Places claims between `from` and `to` without overlap, each as near to its wish as the others let
 * it, in the order of the wishes. Where there is no room for all, the least important stay out.
 */
export function spread(claims: readonly Claim[], from: number, to: number): (number | undefined)[] {
  const order = claims.map((_, index) => index);
  let kept = order.sort((a, b) => wish(claims, a).at - wish(claims, b).at || a - b);
  const total = () => kept.reduce((sum, index) => sum + wish(claims, index).size, 0);
  while (kept.length > 0 && total() > to - from + 1e-9) {
    const last = kept.reduce((low, index) =>
      wish(claims, index).priority < wish(claims, low).priority ? index : low,
    );
    kept = kept.filter((index) => index !== last);
  }
  const places = new Array<number | undefined>(claims.length).fill(undefined);
  // Down until nothing overlaps the one above, then up until the last is inside.
  let edge = from;
  for (const index of kept) {
    const { at, size } = wish(claims, index);
    const centre = Math.max(at, edge + size / 2);
    places[index] = centre;
    edge = centre + size / 2;
  }
  edge = to;
  for (const index of [...kept].reverse()) {
    const { size } = wish(claims, index);
    const centre = Math.min(places[index] ?? edge, edge - size / 2);
    places[index] = centre;
    edge = centre - size / 2;
  }
  return places;
}

function wish(claims: readonly Claim[], index: number): Claim {
  return claims[index] ?? { at: 0, size: 0, priority: 0 };
}
