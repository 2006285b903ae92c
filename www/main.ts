import init, { engineVersion } from "./generated/dealcast.js";
import wasmUrl from "./generated/dealcast_bg.wasm?url";

// Compiled while it streams: the server sends it as application/wasm.
await init({ module_or_path: fetch(wasmUrl) });
const version = engineVersion();
const line = document.querySelector("#engine");
if (line) line.textContent = version;

const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify({ version })));
const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
document.documentElement.dataset.reportHash = hex;
document.documentElement.dataset.ready = "true";
