/** Which rows are drawn: @tanstack/virtual-core bound to a Lit element. */
import {
  defaultRangeExtractor,
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  type Range,
  type VirtualItem,
  Virtualizer,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";

export interface ScrollerOptions {
  readonly count: number;
  /** Height in pixels of a row that was not measured yet. */
  readonly rowHeight: number;
  /** Heights above and below the rows that cover them: header and totals. */
  readonly covered: { readonly above: number; readonly below: number };
  /** Rows that are drawn wherever the view is: the one with the focus. */
  readonly always: readonly number[];
  /** What keeps a measured height; another function when the rows are in another order. */
  readonly key: (index: number) => string | number;
}

export class Scroller implements ReactiveController {
  #virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  #unmount: (() => void) | undefined;
  #options: ScrollerOptions = {
    count: 0,
    rowHeight: 40,
    covered: { above: 0, below: 0 },
    always: [],
    key: (index) => index,
  };

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly element: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const virtualizer = new Virtualizer(this.#settings());
    this.#virtualizer = virtualizer;
    this.#unmount = virtualizer._didMount();
  }

  hostDisconnected(): void {
    this.#unmount?.();
    this.#virtualizer = undefined;
  }

  hostUpdated(): void {
    this.#virtualizer?._willUpdate();
  }

  /** To be called before the rows are drawn. */
  set(options: ScrollerOptions): void {
    const reshaped = options.rowHeight !== this.#options.rowHeight || options.key !== this.#options.key;
    if (options.always.join() !== this.#options.always.join()) this.#drawn = withRows(options.always);
    this.#options = options;
    this.#virtualizer?.setOptions(this.#settings());
    if (reshaped) this.#virtualizer?.measure();
  }

  // One function each for good: the virtual list measures everything anew when they change.
  readonly #height = () => this.#options.rowHeight;
  readonly #key = (index: number) => this.#options.key(index);
  readonly #changed = () => this.host.requestUpdate();
  // Another function asks for other rows.
  #drawn = withRows([]);

  get items(): VirtualItem[] {
    return this.#virtualizer?.getVirtualItems() ?? [];
  }

  get totalHeight(): number {
    return this.#virtualizer?.getTotalSize() ?? 0;
  }

  /** Rows that fit in the view. */
  get page(): number {
    const { covered, rowHeight } = this.#options;
    const height = (this.element()?.clientHeight ?? 400) - covered.above - covered.below;
    return Math.max(1, Math.floor(height / rowHeight) - 1);
  }

  scrollTo(index: number): void {
    this.#virtualizer?.scrollToIndex(index, { align: "auto" });
  }

  /** For rows whose height their content decides. */
  readonly measure = (row: Element | undefined): void => {
    if (row instanceof HTMLElement) this.#virtualizer?.measureElement(row);
  };

  #settings(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { count, covered } = this.#options;
    return {
      count,
      getScrollElement: this.element,
      estimateSize: this.#height,
      getItemKey: this.#key,
      overscan: 6,
      scrollPaddingStart: covered.above,
      scrollPaddingEnd: covered.below,
      initialRect: { width: 1000, height: 600 },
      indexAttribute: "data-place",
      measureElement,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: this.#changed,
      rangeExtractor: this.#drawn,
    };
  }
}

/** Which rows are drawn: those in view, and these. */
function withRows(always: readonly number[]) {
  return (range: Range): number[] => {
    const drawn = new Set(defaultRangeExtractor(range));
    for (const index of always) if (index >= 0 && index < range.count) drawn.add(index);
    return [...drawn].sort((a, b) => a - b);
  };
}
