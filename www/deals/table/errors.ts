/** Which cell an error belongs to. */
import type { InputError } from "../../generated/dealcast.js";
import { COLUMNS, type ColumnKey } from "./columns.js";

/** Errors of one deal by column. */
export type CellErrors = ReadonlyMap<ColumnKey, readonly InputError[]>;

const DEAL = /^\/open_pipeline\/deals\/(\d+)(?:\/([^/]+))?/;
const KEYS = new Set<string>(COLUMNS.map((column) => column.key));

/** Place and column that an error points at; an unknown field or the whole deal shows at its name. */
export function cellOf(error: InputError): { index: number; key: ColumnKey } | undefined {
  const match = DEAL.exec(error.path);
  if (!match) return undefined;
  const field = match[2] ?? "";
  return { index: Number(match[1]), key: KEYS.has(field) ? (field as ColumnKey) : "name" };
}

/** The errors of deals, by deal and column. */
export function errorsByCell(errors: readonly InputError[]): ReadonlyMap<number, CellErrors> {
  const deals = new Map<number, Map<ColumnKey, InputError[]>>();
  for (const error of errors) {
    const cell = cellOf(error);
    if (!cell) continue;
    const cells = deals.get(cell.index) ?? new Map<ColumnKey, InputError[]>();
    cells.set(cell.key, [...(cells.get(cell.key) ?? []), error]);
    deals.set(cell.index, cells);
  }
  return deals;
}
