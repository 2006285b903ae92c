/** Keeps the work over a reload, where the browser allows storage. */
import type { Scenario } from "../generated/dealcast.js";

const KEY = "dealcast.work";
/** Where work goes that cannot be read any more, instead of being overwritten. */
const UNREADABLE_KEY = "dealcast.work.unreadable";
/** Quiet time before a change is written. */
const DELAY_MS = 300;

/** What is kept: the document as it stands, and the last one that could be computed when it cannot. */
export interface SavedWork {
  readonly scenario: Scenario;
  readonly lastComputed?: Scenario | undefined;
}

export type LoadedWork = SavedWork | "nothing" | "unreadable";

export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The browser's storage, or none where it is refused (a sandbox, a private window). */
export function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

export class Persistence {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next: SavedWork | undefined;

  constructor(
    private readonly storage: Storage | undefined,
    /** Told whether the last change is safe. */
    private readonly onResult: (kept: boolean) => void = () => {},
  ) {}

  load(): LoadedWork {
    const text = this.#read();
    if (text === null) return "nothing";
    const work = parse(text);
    if (work) return work;
    this.#write(UNREADABLE_KEY, text);
    return "unreadable";
  }

  /** Writes after a quiet moment; `flush` writes at once (the page is being left). */
  save(work: SavedWork): void {
    this.#next = work;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), DELAY_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    if (!this.#next) return;
    const { scenario, lastComputed } = this.#next;
    this.#next = undefined;
    this.onResult(this.#write(KEY, JSON.stringify({ scenario, lastComputed })));
  }

  #read(): string | null {
    try {
      return this.storage?.getItem(KEY) ?? null;
    } catch {
      return null;
    }
  }

  #write(key: string, text: string): boolean {
    try {
      this.storage?.setItem(key, text);
      return this.storage !== undefined;
    } catch {
      // Full, or refused.
      return false;
    }
  }
}

function parse(text: string): SavedWork | undefined {
  try {
    const work: unknown = JSON.parse(text);
    if (!isObject(work) || !isEditable(work.scenario)) return undefined;
    const { scenario, lastComputed } = work;
    return { scenario, lastComputed: isEditable(lastComputed) ? lastComputed : undefined };
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The model sections of a document. */
const SECTIONS = [
  "open_pipeline",
  "pipeline_generation",
  "arr_cohorts",
  "partner_vendor_programme",
  "partner_pnl",
] as const satisfies readonly (keyof Scenario)[];

/** Whether the page can show and edit a document; the engine says whether it is right. */
export function isEditable(value: unknown): value is Scenario {
  if (!isObject(value) || value.schema !== "dealcast/1") return false;
  const present = SECTIONS.filter((name) => value[name] !== undefined);
  if (present.length === 0 || !present.every((name) => isObject(value[name]))) return false;
  const pipeline = value.open_pipeline;
  return !isObject(pipeline) || (Array.isArray(pipeline.deals) && pipeline.deals.every(isObject));
}
