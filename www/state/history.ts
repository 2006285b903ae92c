/** Undo and redo over whole documents; documents share what an edit left alone, so steps are cheap. */

/** One step that can be undone or redone: the document on its other side, and what the step did. */
interface Step<T> {
  readonly document: T;
  readonly label: string;
}

/** Steps kept. */
const MOST_STEPS = 500;

export class History<T> {
  #past: Step<T>[] = [];
  #future: Step<T>[] = [];
  #open: string | undefined;

  constructor(private document: T) {}

  get current(): T {
    return this.document;
  }

  /** What undo would take back; `undefined` when there is nothing. */
  get undoLabel(): string | undefined {
    return this.#past.at(-1)?.label;
  }

  get redoLabel(): string | undefined {
    return this.#future.at(-1)?.label;
  }

  /**
   * Adds a step. Steps in a row that name the same `gesture` (a drag, a burst of typing) become one;
   * `endGesture` or any other step closes it.
   */
  push(document: T, label: string, gesture?: string): void {
    if (document === this.document) return;
    const continues = gesture !== undefined && gesture === this.#open;
    if (!continues) {
      this.#past.push({ document: this.document, label });
      if (this.#past.length > MOST_STEPS) this.#past.shift();
    }
    this.#open = gesture;
    this.#future = [];
    this.document = document;
  }

  endGesture(): void {
    this.#open = undefined;
  }

  /** Takes the last step back. False when there is none. */
  undo(): boolean {
    return this.#move(this.#past, this.#future);
  }

  redo(): boolean {
    return this.#move(this.#future, this.#past);
  }

  /** Takes all steps back. False when there is none. */
  reset(): boolean {
    const moved = this.undo();
    while (this.undo());
    return moved;
  }

  #move(from: Step<T>[], to: Step<T>[]): boolean {
    const step = from.pop();
    if (!step) return false;
    to.push({ document: this.document, label: step.label });
    this.document = step.document;
    this.#open = undefined;
    return true;
  }
}
