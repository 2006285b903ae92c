/** Funnel: what is left at each stage, and between the stages what is lost and how long it takes. */
import { decimal } from "../format.js";
import { type Mark, type Picture, path, rect, text } from "./scene.js";
import { fitted, textWidth } from "./text.js";

export interface FunnelStage {
  readonly name: string;
  readonly count: number;
  /** On the way from the stage before: share that passes, and the delay, in words. */
  readonly passes?: string;
  /** Mean months on the way from the stage before. */
  readonly months?: number;
}

export interface Funnel {
  readonly stages: readonly FunnelStage[];
  /** Heads of the table. */
  readonly heads: readonly [stage: string, count: string, share: string, months: string];
}

const BAR = 20;
const BETWEEN = 26;
/** A stage of one in a thousand still shows. */
const THINNEST = 3;

/** Decimals that a count needs to be told apart from nothing. */
export function countText(count: number): string {
  return decimal(count, count < 10 ? 1 : 0);
}

export function funnelPicture({ stages }: Funnel, width: number): Picture {
  const widest = Math.max(...stages.map(({ count }) => count), 0) || 1;
  const names = Math.max(...stages.map(({ name }) => textWidth(name, "label")), 0);
  const left = Math.min(names + 12, width * 0.42);
  const room =
    width - left - Math.max(...stages.map(({ count }) => textWidth(countText(count), "strong"))) - 10;
  const wide = (count: number) => Math.max((room * count) / widest, THINNEST);
  const marks: Mark[] = stages.flatMap((stage, index) => {
    const y = index * (BAR + BETWEEN);
    const before = stages[index - 1];
    const short = fitted(stage.name, "label", left - 12);
    const name = text("label", left - 12, y + 15, short, "end");
    return [
      ...(before ? [slope(left, y - BETWEEN, wide(before.count), wide(stage.count))] : []),
      ...(before && stage.passes
        ? [text("quiet", left + 6, y - 8, fitted(stage.passes, "quiet", width - left - 6))]
        : []),
      rect(index === stages.length - 1 ? "point" : "bar", left, y, wide(stage.count), BAR, 1.5),
      short === stage.name ? name : { ...name, full: stage.name },
      text("strong", left + wide(stage.count) + 6, y + 15, countText(stage.count)),
    ];
  });
  return { width, height: stages.length * (BAR + BETWEEN) - BETWEEN + 4, marks };
}

/** The band that narrows from one stage to the next. */
function slope(left: number, y: number, from: number, to: number): Mark {
  const x = (value: number) => Math.round(100 * (left + value)) / 100;
  return path("bandOuter", `M${x(0)},${y}H${x(from)}L${x(to)},${y + BETWEEN}H${x(0)}Z`);
}
