import type { Exports } from "./core.js";

export type * from "./dealcast.js";

/** The engine's calls. They are synchronous: give long runs a worker of their own, or take them in steps (`begin`). */
export type Engine = Exports;

/** What the Wasm can be given as; without it, the package's own file is read. */
export type WasmSource = WebAssembly.Module | BufferSource | Response;

/** A new engine, with a memory of its own. Rejects where WebAssembly is refused. */
export function load(wasm?: WasmSource | Promise<WasmSource>): Promise<Engine>;
