/** dealcast for browsers and bundlers: the Wasm file lies beside this one. */
import { engineFrom } from "./engine.js";

/** @type {import("./index.js").load} */
export const load = (wasm) => engineFrom(wasm ?? fetch(new URL("./dealcast_bg.wasm", import.meta.url)));
