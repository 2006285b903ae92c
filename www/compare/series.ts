/** What pictures of several scenarios share: their names, colours and legend. */
import { legend } from "../charts/legend.js";
import { type Role, SERIES } from "../charts/roles.js";

/** A scenario in a picture. */
export interface Series {
  readonly name: string;
  /** Its colour. */
  readonly series: number;
}

export function lineOf({ series }: Pick<Series, "series">): Role {
  return SERIES[series]?.line ?? "curve";
}

export function bandOf({ series }: Pick<Series, "series">): Role {
  return SERIES[series]?.band ?? "bandOuter";
}

export function dotOf({ series }: Pick<Series, "series">): Role {
  return SERIES[series]?.dot ?? "point";
}

/** One line and name per scenario. */
export function seriesLegend(all: readonly Series[], width: number): ReturnType<typeof legend> {
  return legend(
    all.map((one) => ({ shape: "line", role: lineOf(one), words: one.name })),
    0,
    width,
  );
}
