/** dealcast for Node: the Wasm file is read from the disk. */
import { readFile } from "node:fs/promises";
import { engineFrom } from "./engine.js";

/** @type {import("./index.js").load} */
export const load = (wasm) => engineFrom(wasm ?? readFile(new URL("./dealcast_bg.wasm", import.meta.url)));
