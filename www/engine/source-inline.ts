/** The single file: the engine is packed into data blocks of the page, the worker is a blob. */
import workerText from "virtual:worker-text";
import type { Code } from "./protocol.js";
import { runner } from "./serve.js";
import { type Source, WasmRefused, wasmAllowed } from "./source.js";

/** A data block of the page: gzip in base64. */
async function unpacked(id: string): Promise<ArrayBuffer> {
  const text = document.getElementById(id)?.textContent;
  if (!text) throw new Error(`no block ${id}`);
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

let script = "";

/** The worker's address, one for all workers. */
let address: string | undefined;

export const source: Source = {
  parted: false,
  async code(extent): Promise<Code> {
    if (wasmAllowed()) {
      return { kind: "wasm", extent, module: await WebAssembly.compile(await unpacked("dealcast-wasm")) };
    }
    if (!document.getElementById("dealcast-core")) throw new WasmRefused();
    script = new TextDecoder().decode(await unpacked("dealcast-core"));
    return { kind: "present" };
  },
  worker() {
    address ??= URL.createObjectURL(new Blob([script, "\n", workerText], { type: "text/javascript" }));
    return new Worker(address);
  },
  async onPage(code) {
    if (code.kind === "present" && !globalThis.dealcastCore) {
      // The page's policy holds the hash of exactly this script.
      const element = document.createElement("script");
      element.textContent = script;
      document.head.append(element);
      element.remove();
    }
    return runner(code);
  },
};
