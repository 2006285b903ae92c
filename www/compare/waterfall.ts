/** From one scenario to another, lever by lever: bars that add up. Pure. */
import { scaleLinear } from "d3-scale";
import { line, type Mark, type Picture, rect, text } from "../charts/scene.js";
import { fitted, textWidth } from "../charts/text.js";

export interface WaterfallStep {
  readonly name: string;
  /** Its size in words. */
  readonly words: string;
  /** Where its bar begins and ends. */
  readonly from: number;
  readonly to: number;
  /** Start and end, between which the steps lead. */
  readonly whole: boolean;
}

export interface WaterfallSteps {
  readonly steps: readonly WaterfallStep[];
}

const PITCH = 36;

/** A finished waterfall. */
export interface WaterfallPicture extends Picture {
  /** Whether the first and the last bar begin above nought. */
  readonly cut: boolean;
}

export function waterfallPicture({ steps }: WaterfallSteps, width: number): WaterfallPicture {
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const inside = steps.filter(({ whole }) => !whole).flatMap(({ from, to }) => [from, to]);
  const low = Math.min(...inside);
  const high = Math.max(...inside);
  // Bars that are short beside the whole are shown large: the axis need not begin at nought.
  const near = inside.length > 0 && low > 0 && high - low < 0.35 * high;
  const start = near ? Math.max(0, low - 0.6 * (high - low || 0.1 * high)) : Math.min(0, ...ends);
  const x = scaleLinear([start, Math.max(...ends, start + 1e-9)], [1, width - 1]).clamp(true);
  const marks: Mark[] = steps.flatMap((step, index) => {
    const y = index * PITCH;
    const room = width - textWidth(step.words, "strong") - 12;
    const name = fitted(step.name, "label", room);
    const [left, right] = [Math.min(x(step.from), x(step.to)), Math.max(x(step.from), x(step.to))];
    const role = step.whole ? "barMuted" : step.to >= step.from ? "bar" : "compareBar";
    const next = steps[index + 1];
    return [
      text(step.whole ? "strong" : "label", 0, y + 13, name),
      text(step.whole ? "strong" : "label", width, y + 13, step.words, "end"),
      rect(role, left, y + 18, Math.max(right - left, 1), 11, 1.5),
      ...(next ? [line("leader", x(step.to), y + 29, x(step.to), y + PITCH + 18)] : []),
    ];
  });
  return { width, height: steps.length * PITCH, marks, cut: start > 0 };
}
