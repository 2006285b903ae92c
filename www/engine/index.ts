/** Engines for the page: the code is compiled once and handed to every worker of every engine. */
import { AtHand } from "./at-hand.js";
import { byText } from "./by-text.js";
import { circumstances } from "./circumstances.js";
import { EngineClient, type EngineOptions } from "./client.js";
import { Comparisons } from "./comparisons.js";
import { FallbackWorker } from "./fallback.js";
import type { WorkerLike } from "./lane.js";
import { PageThread } from "./page-thread.js";
import type { Code, Extent } from "./protocol.js";
import { WasmRefused } from "./source.js";
import { source } from "./source-folder.js";

/** One core stays with the page; more than four workers gain little and cost memory. */
function poolSize(): number {
  return Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
}

const fetched: Partial<Record<Extent, Promise<Code>>> = {};
const thread = new PageThread(source.onPage);
async function engineCode(extent: Extent): Promise<Code> {
  const found = await source.code(extent).catch((error: unknown) => {
    if (error instanceof WasmRefused) circumstances.turn("refused");
    throw error;
  });
  if (found.kind !== "wasm") circumstances.turn("javascript");
  return found;
}

/** Each module once, when it is first needed. */
function once(extent: Extent): () => Promise<Code> {
  return () => {
    const coming = fetched[extent] ?? engineCode(extent);
    fetched[extent] = coming;
    return coming;
  };
}

/** A worker that starts while the engine's code is on its way to it. */
let early: FallbackWorker | undefined;

function worker(): FallbackWorker {
  return new FallbackWorker(
    () => byText(source.worker()),
    () => thread.worker(),
    () => circumstances.turn("onPage"),
  );
}

function spawn(): WorkerLike {
  if (circumstances.onPage) return thread.worker();
  const found = early ?? worker();
  early = undefined;
  return found;
}

function options(): EngineOptions {
  return {
    code: once("whole"),
    ...(source.parted && { pipelineCode: once("pipeline") }),
    spawn,
    workers: poolSize(),
    onPage: () => circumstances.onPage,
  };
}

export function createEngine(): EngineClient {
  const atHand = new AtHand(once(source.parted ? "pipeline" : "whole"), source.onPage);
  return new EngineClient({ ...options(), atHand });
}

/** Fetches the engine before it is asked for: all of it, or what the first sight takes. */
export function prefetch(extent: Extent): void {
  // Whoever asks for it says what went wrong.
  once(source.parted ? extent : "whole")().catch(() => {});
}

/** Starts the worker that the page's first question goes to, before that is asked. */
export function startEarly(): void {
  // In the single file a worker holds the code it was made with.
  if (source.parted) early ??= worker();
}

/** Its workers start with the first comparison. */
export function createComparisons(): Comparisons {
  return new Comparisons(options());
}
