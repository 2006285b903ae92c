/** What a key does in the grid, after the grid pattern of the ARIA Authoring Practices. Pure. */

/** A cell by its place: row 0 is the header, column 0 the first shown one. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  /** Rows, the header included. */
  readonly rows: number;
  readonly columns: number;
  /** Rows that PageUp and PageDown move by. */
  readonly page: number;
}

export interface Key {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly shiftKey?: boolean;
  readonly altKey?: boolean;
}

export type Action =
  | { readonly do: "move"; readonly to: Place }
  /** Edit the cell: from a typed text, or in its small form. */
  | { readonly do: "open"; readonly text?: string; readonly form?: boolean }
  | { readonly do: "clear" }
  | { readonly do: "toggle-row" }
  | { readonly do: "extend-rows"; readonly by: -1 | 1 }
  | { readonly do: "select-all" }
  | { readonly do: "select-none" };

/** The action of a key on a cell; undefined leaves the key to the browser. */
export function actionOf(event: Key, at: Place, size: GridSize): Action | undefined {
  const command = event.ctrlKey || event.metaKey;
  const moved = move(event, at, size);
  if (moved) return { do: "move", to: moved };
  if (event.altKey) return event.key === "ArrowDown" ? { do: "open", form: true } : undefined;
  if (event.shiftKey && !command && (event.key === "ArrowUp" || event.key === "ArrowDown"))
    return { do: "extend-rows", by: event.key === "ArrowUp" ? -1 : 1 };
  if (command) return event.key.toLowerCase() === "a" ? { do: "select-all" } : undefined;
  if (event.key === "Enter" || event.key === "F2") return { do: "open" };
  if (event.key === "Delete" || event.key === "Backspace") return { do: "clear" };
  if (event.key === "Escape") return { do: "select-none" };
  if (event.key === " ") return event.shiftKey || at.column === 0 ? { do: "toggle-row" } : { do: "open" };
  return [...event.key].length === 1 ? { do: "open", text: event.key } : undefined;
}

function move(event: Key, at: Place, size: GridSize): Place | undefined {
  if (event.altKey || event.shiftKey) return undefined;
  const command = event.ctrlKey || event.metaKey;
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = (row: number, column: number): Place => ({
    row: Math.min(Math.max(row, 0), last.row),
    column: Math.min(Math.max(column, 0), last.column),
  });
  switch (event.key) {
    case "ArrowUp":
      return to(command ? 1 : at.row - 1, at.column);
    case "ArrowDown":
      return to(command ? last.row : at.row + 1, at.column);
    case "ArrowLeft":
      return to(at.row, command ? 0 : at.column - 1);
    case "ArrowRight":
      return to(at.row, command ? last.column : at.column + 1);
    case "Home":
      return to(command ? 1 : at.row, 0);
    case "End":
      return to(command ? last.row : at.row, last.column);
    case "PageUp":
      return to(Math.max(at.row - size.page, Math.min(at.row, 1)), at.column);
    case "PageDown":
      return to(at.row + size.page, at.column);
    default:
      return undefined;
  }
}
