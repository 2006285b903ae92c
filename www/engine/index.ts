/** Engines for the page: the code is compiled once and handed to every worker of every engine. */
import { byText } from "./by-text.js";
import { circumstances } from "./circumstances.js";
import { EngineClient, type EngineOptions } from "./client.js";
import { Comparisons } from "./comparisons.js";
import { FallbackWorker } from "./fallback.js";
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

function options(): EngineOptions {
  return {
    code: once("whole"),
    ...(source.parted && { pipelineCode: once("pipeline") }),
    spawn: (found) =>
      circumstances.onPage
        ? thread.worker()
        : new FallbackWorker(
            () => byText(source.worker(found)),
            () => thread.worker(),
            () => circumstances.turn("onPage"),
          ),
    workers: poolSize(),
    onPage: () => circumstances.onPage,
  };
}

export function createEngine(): EngineClient {
  return new EngineClient(options());
}

/** Fetches the engine before it is asked for: all of it, or what the first sight takes. */
export function prefetch(extent: Extent): void {
  // Whoever asks for it says what went wrong.
  once(source.parted ? extent : "whole")().catch(() => {});
}

/** Its workers start with the first comparison. */
export function createComparisons(): Comparisons {
  return new Comparisons(options());
}
