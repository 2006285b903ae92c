/** Engines for the page: the code is compiled once and handed to every worker of every engine. */
import { circumstances } from "./circumstances.js";
import { EngineClient, type EngineOptions } from "./client.js";
import { Comparisons } from "./comparisons.js";
import { FallbackWorker } from "./fallback.js";
import { PageThread } from "./page-thread.js";
import type { Code } from "./protocol.js";
import { WasmRefused } from "./source.js";
import { source } from "./source-folder.js";

/** One core stays with the page; more than four workers gain little and cost memory. */
function poolSize(): number {
  return Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
}

let code: Promise<Code> | undefined;
const thread = new PageThread(source.onPage);
async function engineCode(): Promise<Code> {
  const found = await source.code().catch((error: unknown) => {
    if (error instanceof WasmRefused) circumstances.turn("refused");
    throw error;
  });
  if (found.kind !== "wasm") circumstances.turn("javascript");
  return found;
}

function options(): EngineOptions {
  code ??= engineCode();
  return {
    code,
    spawn: (found) =>
      circumstances.onPage
        ? thread.worker()
        : new FallbackWorker(
            () => source.worker(found),
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

/** Its workers start with the first comparison. */
export function createComparisons(): Comparisons {
  return new Comparisons(options());
}
