/** Tornado: how far each assumption alone, from its low to its high case, moves a result. */
import { scaleLinear } from "d3-scale";
import { decimal, money, percent } from "../format.js";
import { amountAxis, plainAxis } from "./axis.js";
import { line, type Mark, type Picture, rect, text } from "./scene.js";
import { fitted, textWidth } from "./text.js";

export interface TornadoRow {
  readonly name: string;
  /** The assumption's own P10 and P90, as text. */
  readonly from: string;
  readonly to: string;
  /** The result with the assumption at its P10, and at its P90. */
  readonly atLow: number;
  readonly atHigh: number;
}

export interface Tornado {
  /** Widest first. */
  readonly rows: readonly TornadoRow[];
  /** The result with every assumption at its mean. */
  readonly base: number;
  readonly currency: string;
  /** Where the result is no amount. */
  readonly unit?: "share" | "count";
  /** Said where nothing varies. */
  readonly empty: string;
  /** Heads of the table. */
  readonly heads: readonly [name: string, from: string, atLow: string, to: string, atHigh: string];
}

const PITCH = 38;
const MOST_ROWS = 10;

/** A result as its labels show it. */
function resultText(value: number, { unit, currency }: Tornado): string {
  if (unit === "share") return percent(value, { decimals: 1 });
  return unit === "count" ? decimal(value, 1) : money(value, currency);
}

export function tornadoPicture(input: Tornado, width: number): Picture {
  const { base, currency, empty, unit } = input;
  const rows = input.rows.slice(0, MOST_ROWS);
  if (rows.length === 0)
    return { width, height: 32, marks: [text("quiet", 0, 20, fitted(empty, "quiet", width))] };
  const ends = rows.flatMap(({ atLow, atHigh }) => [atLow, atHigh]);
  const x = scaleLinear([Math.min(base, ...ends), Math.max(base, ...ends)], [1, width - 1]).nice();
  const bottom = rows.length * PITCH + 4;
  const marks: Mark[] = rows.flatMap((row, index) => {
    const y = index * PITCH;
    const span = `${row.from} → ${row.to}`;
    const room = width - textWidth(span, "quiet") - 12;
    const bar = (value: number, role: "bar" | "barMuted") =>
      rect(role, Math.min(x(base), x(value)), y + 20, Math.abs(x(value) - x(base)), 10, 1.5);
    const short = fitted(row.name, "label", room);
    const name = text("label", 0, y + 14, short);
    return [
      short === row.name ? name : { ...name, full: row.name },
      text("quiet", width, y + 14, span, "end"),
      bar(row.atLow, "barMuted"),
      bar(row.atHigh, "bar"),
    ];
  });
  marks.push(line("needle", x(base), 17, x(base), bottom));
  if (x.domain()[0] !== undefined && (x.domain()[0] ?? 0) < 0 && (x.domain()[1] ?? 0) > 0)
    marks.push(line("leader", x(0), 17, x(0), bottom));
  return {
    width,
    height: bottom + 42,
    marks: [
      ...marks,
      ...(unit
        ? plainAxis(x, bottom, width, (value) =>
            unit === "share" ? percent(value, { decimals: 0 }) : decimal(value, 1),
          )
        : amountAxis(x, bottom, width, currency)),
      text(
        "quiet",
        Math.min(Math.max(x(base), 40), width - 40),
        bottom + 36,
        resultText(base, input),
        "middle",
      ),
    ],
  };
}
