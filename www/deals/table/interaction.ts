/** The hand in the grid: which cell has the focus, which is being edited, what keys and clicks do. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type MessageKey, t } from "../../i18n.js";
import type { DraftEdit } from "../events.js";
import { CARD_COLUMNS, type Column, type ColumnKey, type Row } from "./columns.js";
import { CLEARABLE, choiceValue, type Editing, outcomeOf } from "./editors.js";
import { clearField } from "./edits.js";
import type { FormKind } from "./form-popover.js";
import { type Action, actionOf, type Place } from "./keys.js";
import { editText } from "./show.js";

/** The grid as the hand finds it, and what the hand can ask of it. */
export interface Grid {
  /** Rows in view order. */
  readonly shown: readonly Row[];
  /** All rows, in the scenario's order. */
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly cards: boolean;
  /** Rows that PageUp and PageDown move by. */
  readonly page: number;
  isExpanded(row: Row): boolean;
  edit(edit: DraftEdit, key: ColumnKey): void;
  openForm(kind: FormKind, row: Row, anchor: HTMLElement): void;
  sortBy(column: Column): void;
  toggle(row: Row, range: boolean): void;
  select(rows: readonly Row[]): void;
  selectAll(always: boolean): void;
  selectNone(): void;
  expand(row: Row): void;
  scrollTo(place: number): void;
  say(text: string): void;
  /** The focus has left the rows. */
  left(): void;
}

export class GridInteraction implements ReactiveController {
  /** The cell that Tab comes to; row 0 is the header. */
  active: Place = { row: 1, column: 1 };
  editing: Editing | undefined;
  /** Whether the focus is in the rows. */
  inside = false;
  #focusNext = false;
  #selectText = false;
  #byKey = false;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly grid: Grid,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const target = this.#focusNext ? this.element(this.active) : undefined;
    if (!target) return;
    this.#focusNext = false;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (this.#selectText && target instanceof HTMLInputElement) target.select();
    this.#selectText = false;
  }

  /** Keeps the active cell inside a grid that became smaller. */
  clamp(): void {
    const row = Math.min(this.active.row, this.grid.shown.length);
    const column = Math.max(0, Math.min(this.active.column, this.grid.columns.length - 1));
    this.active = { row, column };
  }

  /** What takes the focus at a place. */
  element(place: Place): HTMLElement | undefined {
    const key = this.grid.columns[place.column]?.key;
    const row = place.row === 0 ? ".dc-head" : `[data-place="${place.row - 1}"]`;
    const found = this.host.querySelector<HTMLElement>(`${row} [data-column="${key}"]`);
    return found?.querySelector<HTMLElement>("[data-focus]") ?? found ?? undefined;
  }

  #placeOf(target: EventTarget | null): Place | undefined {
    if (!(target instanceof Element)) return undefined;
    const found = target.closest<HTMLElement>("[data-column]");
    const column = this.grid.columns.findIndex(({ key }) => key === found?.dataset.column);
    if (!found || column < 0) return undefined;
    if (found.closest(".dc-head")) return { row: 0, column };
    const place = found.closest<HTMLElement>("[data-place]")?.dataset.place;
    return place === undefined ? undefined : { row: Number(place) + 1, column };
  }

  readonly onFocusIn = (event: FocusEvent): void => {
    const place = this.#placeOf(event.target);
    this.inside = place !== undefined && place.row > 0;
    if (!place || (place.row === this.active.row && place.column === this.active.column)) return;
    this.active = place;
    this.host.requestUpdate();
  };

  readonly onFocusOut = (event: FocusEvent): void => {
    if (event.target instanceof HTMLElement && event.target.matches(".dc-cell-input")) this.#commit(false);
    if (this.#placeOf(event.relatedTarget)) return;
    this.inside = false;
    this.grid.left();
  };

  readonly onClick = (event: MouseEvent): void => {
    const { target } = event;
    const place = this.#placeOf(target);
    if (!place || !(target instanceof Element) || target.closest(".dc-cell-input")) return;
    const column = this.grid.columns[place.column] as Column;
    if (place.row === 0) {
      if (column.key === "selected") this.grid.selectAll(false);
      else if (target.closest("button")) this.grid.sortBy(column);
      return;
    }
    const row = this.grid.shown[place.row - 1];
    if (!row) return;
    this.active = place;
    if (column.key === "selected") {
      if (target instanceof HTMLInputElement) this.grid.toggle(row, event.shiftKey);
    } else if (column.key === "more") {
      if (target.closest("button")) this.grid.expand(row);
    } else {
      this.#focus();
      this.open(row, column, undefined, target.closest(".dc-range") !== null);
    }
  };

  readonly onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const { target } = event;
    if (this.editing && target instanceof Element && target.matches(".dc-cell-input")) {
      this.#onEditorKey(event);
      return;
    }
    const place = this.#placeOf(target);
    if (!place) return;
    const { shown, columns, page } = this.grid;
    const action = actionOf(event, place, { rows: shown.length + 1, columns: columns.length, page });
    if (!action) return;
    // A control in a cell answers Enter and Space by itself; a checkbox only Space.
    const control = target instanceof HTMLInputElement || target instanceof HTMLButtonElement;
    if (control && (event.key === "Enter" || event.key === " ") && !event.shiftKey) {
      if (target instanceof HTMLInputElement && event.key === "Enter") target.click();
      return;
    }
    event.preventDefault();
    this.#do(action, place);
  };

  #do(action: Action, at: Place): void {
    const row = this.grid.shown[at.row - 1];
    const column = this.grid.columns[at.column];
    switch (action.do) {
      case "move":
        this.moveTo(action.to, at);
        break;
      case "open":
        if (row && column) this.open(row, column, action.text, action.form === true);
        break;
      case "clear":
        if (row && column && CLEARABLE.has(column.key))
          this.grid.edit(clearField(row.index, column.key), column.key);
        break;
      case "toggle-row":
        if (row) this.grid.toggle(row, false);
        break;
      case "extend-rows": {
        const next = this.grid.shown[at.row - 1 + action.by];
        if (!row || !next) break;
        this.grid.select([row, next]);
        this.moveTo({ row: at.row + action.by, column: at.column }, at);
        break;
      }
      case "select-all":
        this.grid.selectAll(true);
        break;
      case "select-none":
        this.grid.selectNone();
    }
  }

  /** Moves the focus; among cards, past what a card does not show, and not into the hidden header. */
  moveTo(to: Place, from: Place = this.active): void {
    let { row, column } = to;
    if (this.grid.cards) {
      row = Math.max(row, 1);
      const card = this.grid.shown[row - 1];
      const drawn = (index: number) => {
        const key = this.grid.columns[index]?.key;
        return key !== undefined && ((card && this.grid.isExpanded(card)) || CARD_COLUMNS.has(key));
      };
      const step = column < from.column ? -1 : 1;
      while (column >= 0 && column < this.grid.columns.length && !drawn(column)) column += step;
      if (!drawn(column)) column = from.column;
    }
    this.active = { row, column };
    this.#focus();
    if (row > 0) this.grid.scrollTo(row - 1);
  }

  #focus(): void {
    this.#focusNext = true;
    this.host.requestUpdate();
  }

  /** Opens the editor of a cell: where it stands, or the small form. */
  open(row: Row, column: Column, text: string | undefined, form: boolean): void {
    if (column.editor === "none") return;
    const distribution = typeof row.deal.amount !== "number";
    const inForm =
      column.editor === "form" ||
      (column.editor === "amount" && text === undefined && (form || distribution));
    if (inForm) {
      const anchor = this.element(this.active);
      if (text === undefined && anchor) this.grid.openForm(column.key as FormKind, row, anchor);
      return;
    }
    const choice = column.editor === "choice";
    this.editing = {
      index: row.index,
      key: column.key,
      text: choice ? choiceValue(row, column.key) : (text ?? editText(row, column.key)),
      touched: !choice && text !== undefined,
      problem: undefined,
    };
    this.#selectText = text === undefined;
    this.#focus();
  }

  readonly onInput = (event: Event): void => {
    const { target } = event;
    if (!this.editing || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    if (!target.matches(".dc-cell-input")) return;
    this.editing = { ...this.editing, text: target.value, touched: true, problem: undefined };
    this.host.requestUpdate();
  };

  /** A choice by pointer is meant; one by arrow keys waits for Enter. */
  readonly onChange = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement && this.editing && !this.#byKey) this.#commit(true);
  };

  #onEditorKey(event: KeyboardEvent): void {
    this.#byKey = event.key !== "Enter" && event.key !== "Escape" && event.key !== "Tab";
    // Once this key's own events are over, the pointer counts again.
    setTimeout(() => {
      this.#byKey = false;
    });
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.editing = undefined;
      this.#focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.#commit(true))
        this.moveTo({
          row: Math.min(this.active.row + 1, this.grid.shown.length),
          column: this.active.column,
        });
    } else if (event.key === "Tab") {
      event.preventDefault();
      if (!this.#commit(true)) return;
      const column = this.active.column + (event.shiftKey ? -1 : 1);
      this.moveTo({
        row: this.active.row,
        column: Math.min(Math.max(column, 0), this.grid.columns.length - 1),
      });
    }
  }

  /** Ends the editor with what stands in it; a text that is not understood keeps it open. */
  #commit(stay: boolean): boolean {
    const { editing } = this;
    const row = editing && this.grid.rows[editing.index];
    if (!editing || !row) return true;
    const outcome = editing.touched
      ? outcomeOf(row, editing.key, editing.text)
      : ({ unchanged: true } as const);
    if ("problem" in outcome) {
      this.#refuse(editing, outcome.problem, stay);
      return false;
    }
    this.editing = undefined;
    if (stay) this.#focusNext = true;
    this.host.requestUpdate();
    if ("edit" in outcome) this.grid.edit(outcome.edit, editing.key);
    return true;
  }

  #refuse(editing: Editing, problem: MessageKey, stay: boolean): void {
    this.editing = { ...editing, problem };
    this.host.requestUpdate();
    if (!stay) this.grid.say(t(problem));
  }
}
