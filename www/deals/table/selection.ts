/** Selected deals, by identifier, so that they stay selected when the order changes. */
import type { Row } from "./columns.js";

export class Selection {
  readonly ids: ReadonlySet<string>;
  /** The deal that a range starts from. */
  readonly #anchor: string | undefined;

  constructor(ids: Iterable<string> = [], anchor?: string) {
    this.ids = new Set(ids);
    this.#anchor = anchor;
  }

  /** With a row in or out; as a range, with all shown rows since the last one. */
  toggled(row: Row, shown: readonly Row[], range: boolean): Selection {
    const id = row.deal.deal_id;
    const ids = new Set(this.ids);
    const from = shown.findIndex((one) => one.deal.deal_id === this.#anchor);
    const to = shown.indexOf(row);
    if (range && from >= 0)
      for (const one of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(one.deal.deal_id);
    else if (!ids.delete(id)) ids.add(id);
    return new Selection(ids, id);
  }

  with(rows: readonly Row[]): Selection {
    return new Selection([...this.ids, ...rows.map((row) => row.deal.deal_id)], this.#anchor);
  }

  /** Everything shown; nothing where everything is selected already, unless always. */
  all(shown: readonly Row[], always: boolean): Selection {
    const every = shown.every((row) => this.ids.has(row.deal.deal_id));
    return every && !always ? new Selection() : new Selection(shown.map((row) => row.deal.deal_id));
  }

  /** Selected rows among these. */
  of(rows: readonly Row[]): Row[] {
    return this.ids.size === 0 ? [] : rows.filter((row) => this.ids.has(row.deal.deal_id));
  }
}
