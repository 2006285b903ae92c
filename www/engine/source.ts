/** Where the engine's code comes from, which is what differs between the folder and the single file. */
import type { Code, Extent } from "./protocol.js";
import type { Runner } from "./serve.js";

export interface Source {
  /** Whether open pipelines have a module of their own. */
  readonly parted: boolean;
  /** The engine: Wasm, or JavaScript, which is always whole, where Wasm is refused. */
  code(extent: Extent): Promise<Code>;
  /** Starts a worker; may throw, or the worker report an error, where workers are refused. */
  worker(): Worker;
  /** An instance on the page's own thread. */
  onPage(code: Code): Promise<Runner>;
}

/** WebAssembly is refused, and what was built has no JavaScript core. */
export class WasmRefused extends Error {
  constructor() {
    super("WebAssembly is refused here, and this build has no JavaScript core");
  }
}

/** Whether WebAssembly may run here: a policy or a hardened browser may refuse it. */
export function wasmAllowed(): boolean {
  try {
    // The shortest module there is: magic number and version.
    return (
      new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) instanceof WebAssembly.Module
    );
  } catch {
    return false;
  }
}
