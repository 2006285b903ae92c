/** The page's one engine: compiled once, handed to every worker. */
import wasmUrl from "../generated/dealcast_bg.wasm?url";
import { EngineClient } from "./client.js";

/** One core stays with the page; more than four workers gain little and cost memory. */
function poolSize(): number {
  return Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
}

export const engine = new EngineClient({
  module: WebAssembly.compileStreaming(fetch(wasmUrl)),
  spawn: () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
  workers: poolSize(),
});
