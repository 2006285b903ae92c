/**
 * Roles of the shapes of a picture, and the one place that says how each looks: the page's style
 * sheet and the attributes of exported files both come from here.
 */

/** The colours of a picture: token of the page, and its value where the page has none or a file is made. */
export const PALETTE = {
  paper: ["--surface", "#ffffff"],
  ink: ["--ink", "#1a1e22"],
  ink2: ["--ink-2", "#474f57"],
  ink3: ["--ink-3", "#656d75"],
  axis: ["--chart-axis", "#656d75"],
  grid: ["--chart-grid", "#e2e4e0"],
  bandOuter: ["--chart-band-outer", "#d5e8e2"],
  bandInner: ["--chart-band-inner", "#a6d1c6"],
  line: ["--chart-line", "#0d6b5d"],
  bar: ["--chart-bar", "#6fb3a5"],
  barMuted: ["--chart-bar-muted", "#c3c9c6"],
  compare: ["--chart-compare", "#7b7f9e"],
  target: ["--chart-target", "#1a1e22"],
  series0: ["--chart-series-0", "#474f57"],
  series1: ["--chart-series-1", "#0069a8"],
  series2: ["--chart-series-2", "#c2510a"],
  series3: ["--chart-series-3", "#0a7d5c"],
  series4: ["--chart-series-4", "#a1397f"],
  series5: ["--chart-series-5", "#8a6a00"],
} as const satisfies Record<string, readonly [token: string, light: string]>;

export type Colour = keyof typeof PALETTE;
/** A value for every colour. */
export type Colours = Readonly<Record<Colour, string>>;

/** The light palette, for files made where no page lends its own. */
export const LIGHT: Colours = Object.fromEntries(
  Object.entries(PALETTE).map(([colour, [, light]]) => [colour, light]),
) as Colours;

interface Look {
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly width?: number;
  readonly dash?: string;
  /** Share of the ground that a fill covers, where others lie under it. */
  readonly cover?: number;
  readonly size?: number;
  readonly weight?: number;
  /** Text that may stand on lines or bars: an outline in the colour of the paper keeps it readable. */
  readonly halo?: boolean;
  /** Lines that touch without corners sticking out. */
  readonly join?: boolean;
}

export const TEXT_SIZE = 12;

const looks = {
  paper: { fill: "paper" },
  title: { fill: "ink", size: 18, weight: 600 },
  caption: { fill: "ink2", size: 13 },
  source: { fill: "ink3", size: 11 },

  axis: { stroke: "axis", width: 1 },
  grid: { stroke: "grid", width: 1 },
  tick: { fill: "axis", size: TEXT_SIZE },
  label: { fill: "ink", size: TEXT_SIZE, halo: true },
  strong: { fill: "ink", size: TEXT_SIZE, weight: 600, halo: true },
  quiet: { fill: "ink3", size: TEXT_SIZE, halo: true },
  leader: { stroke: "axis", width: 0.75 },

  bandOuter: { fill: "bandOuter" },
  bandInner: { fill: "bandInner" },
  median: { stroke: "line", width: 2.25, join: true },
  mean: { stroke: "line", width: 1.5, dash: "2 3", join: true },
  meanDot: { fill: "paper", stroke: "line", width: 1.5 },
  point: { fill: "line" },
  curve: { stroke: "line", width: 2.25, join: true },
  compare: { stroke: "compare", width: 2, dash: "6 4", join: true },
  comparePoint: { fill: "paper", stroke: "compare", width: 2 },
  compareBar: { fill: "compare" },
  compareTick: { stroke: "compare", width: 2 },

  bar: { fill: "bar" },
  barMuted: { fill: "barMuted" },
  needle: { stroke: "ink2", width: 2 },
  needleHead: { fill: "ink2" },

  target: { stroke: "target", width: 1.5, dash: "5 3" },
  targetPoint: { fill: "target", stroke: "paper", width: 2 },
  targetPill: { fill: "target" },
  targetText: { fill: "paper", size: TEXT_SIZE, weight: 600 },
  targetGrip: { stroke: "paper", width: 1.5, join: true },
  crosshair: { stroke: "axis", width: 1 },

  series0: { stroke: "series0", width: 2.25, join: true },
  series1: { stroke: "series1", width: 2.25, dash: "7 3", join: true },
  series2: { stroke: "series2", width: 2.25, dash: "2 3", join: true },
  series3: { stroke: "series3", width: 2.25, dash: "9 3 2 3", join: true },
  series4: { stroke: "series4", width: 2.25, dash: "5 2 1 2 1 2", join: true },
  series5: { stroke: "series5", width: 2.25, dash: "12 4", join: true },
  seriesBand0: { fill: "series0", cover: 0.12 },
  seriesBand1: { fill: "series1", cover: 0.12 },
  seriesBand2: { fill: "series2", cover: 0.12 },
  seriesBand3: { fill: "series3", cover: 0.12 },
  seriesBand4: { fill: "series4", cover: 0.12 },
  seriesBand5: { fill: "series5", cover: 0.12 },
  seriesDot0: { fill: "series0" },
  seriesDot1: { fill: "series1" },
  seriesDot2: { fill: "series2" },
  seriesDot3: { fill: "series3" },
  seriesDot4: { fill: "series4" },
  seriesDot5: { fill: "series5" },
} as const satisfies Record<string, Look>;

/** Scenarios side by side, told apart by colour and by dashes. */
export const SERIES = [
  { line: "series0", band: "seriesBand0", dot: "seriesDot0" },
  { line: "series1", band: "seriesBand1", dot: "seriesDot1" },
  { line: "series2", band: "seriesBand2", dot: "seriesDot2" },
  { line: "series3", band: "seriesBand3", dot: "seriesDot3" },
  { line: "series4", band: "seriesBand4", dot: "seriesDot4" },
  { line: "series5", band: "seriesBand5", dot: "seriesDot5" },
] as const satisfies readonly { readonly [part: string]: Role }[];

export type Role = keyof typeof looks;

/** Attributes of a role with these colours. */
export function attributes(role: Role, colours: Colours): Record<string, string> {
  const look: Look = looks[role];
  const found: Record<string, string> = { fill: look.fill ? colours[look.fill] : "none" };
  if (look.stroke) found.stroke = colours[look.stroke];
  if (look.width) found["stroke-width"] = String(look.width);
  if (look.dash) found["stroke-dasharray"] = look.dash;
  if (look.cover) found["fill-opacity"] = String(look.cover);
  if (look.join) found["stroke-linejoin"] = "round";
  if (look.size) found["font-size"] = String(look.size);
  if (look.weight) found["font-weight"] = String(look.weight);
  if (look.halo) {
    found.stroke = colours.paper;
    found["stroke-width"] = "3";
    found["stroke-linejoin"] = "round";
    found["paint-order"] = "stroke";
  }
  return found;
}

/** Size in pixels and weight of a role's text. */
export function textLook(role: Role): { size: number; bold: boolean } {
  const look: Look = looks[role];
  return { size: look.size ?? TEXT_SIZE, bold: (look.weight ?? 400) >= 600 };
}

/** Style rules of all roles, in the colours of the page. */
export function roleRules(): string {
  const tokens = Object.fromEntries(
    Object.entries(PALETTE).map(([colour, [token, light]]) => [colour, `var(${token}, ${light})`]),
  ) as Colours;
  return (Object.keys(looks) as Role[])
    .map((role) => {
      const rules = Object.entries(attributes(role, tokens)).map(([name, value]) =>
        name === "font-size" ? `${name}:${value}px` : `${name}:${value}`,
      );
      return `.${role}{${rules.join(";")}}`;
    })
    .join("\n");
}
