/** The folder: the engine and the worker are files beside the page, the JavaScript core is read only when needed. */
import scriptUrl from "virtual:core-script";
import wasmUrl from "../generated/dealcast_bg.wasm?url";
import pipelineUrl from "../generated/pipeline_bg.wasm?url";
import type { Code } from "./protocol.js";
import { type Source, WasmRefused, wasmAllowed } from "./source.js";
import workerUrl from "./worker.ts?worker&url";

async function compiled(wasmUrl: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compileStreaming(fetch(wasmUrl));
  } catch {
    // A host that names another type than application/wasm: whole, then compiled.
    const response = await fetch(wasmUrl);
    if (!response.ok) throw new Error(`${wasmUrl}: ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  }
}

export const source: Source = {
  parted: true,
  async code(extent): Promise<Code> {
    if (wasmAllowed())
      return { kind: "wasm", extent, module: await compiled(extent === "whole" ? wasmUrl : pipelineUrl) };
    if (!scriptUrl) throw new WasmRefused();
    return { kind: "script", url: new URL(scriptUrl, import.meta.url).href };
  },
  worker() {
    if (new URL(import.meta.url).origin === location.origin)
      return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    // An element from another host: browsers start no worker from there, but one of the page's own may import it.
    const text = `import ${JSON.stringify(new URL(workerUrl, import.meta.url).href)};`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new Worker(address, { type: "module" });
    const release = () => URL.revokeObjectURL(address);
    worker.addEventListener("message", release, { once: true });
    worker.addEventListener("error", release, { once: true });
    return worker;
  },
  // Read only where workers are refused.
  onPage: async (code) => (await import("./serve.js")).runner(code),
};
