/** The iso-line of two inputs: with this much of the first, what the second needs. Pure. */
import { scaleLinear } from "d3-scale";
import { line as polyline } from "d3-shape";
import { plainAxis } from "../charts/axis.js";
import { dot, line, type Mark, type Picture, path, text } from "../charts/scene.js";
import { textWidth } from "../charts/text.js";

export interface IsoLine {
  /** Sizes as they are shown; no second size where none within the bounds does. */
  readonly points: readonly { readonly first: number; readonly second: number | undefined }[];
  readonly firstName: string;
  readonly secondName: string;
  readonly writeFirst: (value: number) => string;
  readonly writeSecond: (value: number) => string;
}

const BOTTOM = 42;
const TOP = 26;

export function isoPicture(
  { points, firstName, secondName, writeFirst, writeSecond }: IsoLine,
  width: number,
): Picture {
  const height = TOP + Math.round(Math.min(Math.max(width * 0.4, 180), 300)) + BOTTOM;
  const bottom = height - BOTTOM;
  const found = points.flatMap(({ first, second }) => (second === undefined ? [] : [{ first, second }]));
  const seconds = found.map(({ second }) => second);
  const firsts = points.map(({ first }) => first);
  const y = scaleLinear([Math.min(...seconds), Math.max(...seconds)], [bottom, TOP]).nice();
  const ticks = y.ticks(5);
  const left = Math.ceil(Math.max(0, ...ticks.map((at) => textWidth(writeSecond(at), "tick")))) + 10;
  const x = scaleLinear([Math.min(...firsts), Math.max(...firsts)], [left, width - 12]);
  const marks: Mark[] = [
    text("tick", 0, 12, secondName),
    ...ticks.flatMap((at) => [
      line("grid", left, y(at), width - 12, y(at)),
      text("tick", left - 6, y(at) + 4, writeSecond(at), "end"),
    ]),
    ...plainAxis(x, bottom, width, writeFirst),
    text("tick", width - 12, bottom + 35, firstName, "end"),
    path(
      "curve",
      polyline<(typeof points)[number]>(
        ({ first }) => x(first),
        ({ second }) => y(second ?? 0),
      )
        .defined(({ second }) => second !== undefined)
        .digits(2)([...points]),
    ),
    ...found.map(({ first, second }) => dot("point", x(first), y(second), 2.5)),
  ];
  return { width, height, marks };
}
