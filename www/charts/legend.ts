/** The key of a picture: samples with their names, in as many rows as the width asks for. */
import type { Role } from "./roles.js";
import { dot, line, type Mark, rect, text } from "./scene.js";
import { fitted, textWidth } from "./text.js";

export interface LegendItem {
  readonly shape: "box" | "line" | "dot";
  readonly role: Role;
  readonly words: string;
}

const SAMPLE = 18;
const ROW = 18;
const GAP = 18;

/** The key from `y` down, and its height. */
export function legend(
  items: readonly LegendItem[],
  y: number,
  width: number,
): { marks: Mark[]; height: number } {
  const marks: Mark[] = [];
  let x = 0;
  let row = 0;
  for (const { shape, role, words } of items) {
    const room = SAMPLE + 6 + textWidth(words, "quiet");
    if (x > 0 && x + room > width) {
      x = 0;
      row += 1;
    }
    const middle = y + row * ROW + ROW / 2;
    if (shape === "box") marks.push(rect(role, x, middle - 5, SAMPLE, 10, 1));
    else if (shape === "line") marks.push(line(role, x, middle, x + SAMPLE, middle));
    else marks.push(dot(role, x + SAMPLE / 2, middle, 3.5));
    marks.push(text("quiet", x + SAMPLE + 6, middle + 4, fitted(words, "quiet", width - x - SAMPLE - 6)));
    x += room + GAP;
  }
  return { marks, height: items.length === 0 ? 0 : (row + 1) * ROW };
}
