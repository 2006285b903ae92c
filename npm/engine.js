/** An engine from what its Wasm comes as: module, bytes or an answer of `fetch`, or a promise of one of them. */
import { createCore } from "./core.js";

export async function engineFrom(given) {
  let wasm = await given;
  if (typeof Response === "function" && wasm instanceof Response) {
    if (!wasm.ok) throw new Error(`${wasm.url}: ${wasm.status}`);
    wasm = await wasm.arrayBuffer();
  }
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
  const core = createCore();
  const instance = await WebAssembly.instantiate(module, core.imports());
  core.finish(instance.exports);
  const { imports, finish, ...engine } = core;
  return engine;
}
