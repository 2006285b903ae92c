/**
 * What a picture is made of, before it becomes SVG in the page ({@link ./draw}) or a file
 * ({@link ./file}): a handful of shapes, each with a role that says what it shows. Charts are pure
 * functions from a report to these.
 */
import type { Role } from "./roles.js";

export type Anchor = "start" | "middle" | "end";

/** A rectangle of the plane, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RectMark extends Box {
  readonly kind: "rect";
  readonly role: Role;
  readonly radius?: number;
}

export interface LineMark {
  readonly kind: "line";
  readonly role: Role;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface PathMark {
  readonly kind: "path";
  readonly role: Role;
  readonly d: string;
}

export interface DotMark {
  readonly kind: "dot";
  readonly role: Role;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface TextMark {
  readonly kind: "text";
  readonly role: Role;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly text: string;
  readonly anchor: Anchor;
  /** The whole text, where `text` was cut short. */
  readonly full?: string;
}

/** Marks of which only what is inside `clip` shows; it may move without the marks being drawn anew. */
export interface ClippedMark {
  readonly kind: "clipped";
  /** Names the clip inside one picture. */
  readonly id: string;
  readonly clip: Box;
  readonly marks: readonly Mark[];
}

export type Mark = RectMark | LineMark | PathMark | DotMark | TextMark | ClippedMark;

/** A finished picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

export function rect(role: Role, x: number, y: number, width: number, height: number, radius = 0): RectMark {
  return { kind: "rect", role, x, y, width: Math.max(width, 0), height: Math.max(height, 0), radius };
}

export function line(role: Role, x1: number, y1: number, x2: number, y2: number): LineMark {
  return { kind: "line", role, x1, y1, x2, y2 };
}

export function path(role: Role, d: string | null): PathMark {
  return { kind: "path", role, d: d ?? "" };
}

export function dot(role: Role, x: number, y: number, radius: number): DotMark {
  return { kind: "dot", role, x, y, radius };
}

export function text(role: Role, x: number, y: number, words: string, anchor: Anchor = "start"): TextMark {
  return { kind: "text", role, x, y, text: words, anchor };
}

/** Two decimals: enough for a screen, and the same picture everywhere. */
export function rounded(value: number): number {
  const result = Math.round(value * 100) / 100;
  return result === 0 ? 0 : result;
}
