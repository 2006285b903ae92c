// Turns wasm-bindgen's module, which holds one instance of the engine for good, into a function that makes one:
// a page thread whose engine panicked needs a fresh one, and the JavaScript core brings its own exports.
//   node scripts/glue.mjs FOLDER [NAME CORE]     reads FOLDER/NAME.js (dealcast), writes FOLDER/CORE.js and CORE.d.ts (core)
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** Replaces what must be there exactly once. */
export function replaced(
  /** @type {string} */ text,
  /** @type {RegExp} */ what,
  /** @type {string} */ by,
  /** @type {string} */ name,
) {
  if ([...text.matchAll(new RegExp(what, `${what.flags}g`))].length !== 1)
    throw new Error(`wasm-bindgen's module has no ${name}, or several: see scripts/glue.mjs`);
  return text.replace(what, () => by);
}

/** @param {string} glue the text of wasm-bindgen's module (target web) */
export function factory(glue) {
  const names = [...glue.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
  if (names.length === 0) throw new Error("wasm-bindgen's module exports no function");
  let body = glue.replace(/^export (function|class) /gm, "$1 ");
  // How it loads itself is left out: whoever makes an engine has the instance.
  body = replaced(body, /async function __wbg_load\([\s\S]*$/, "", "loading at its end");
  body = replaced(body, /\/\* @ts-self-types=.*\*\//, "", "types line");
  return `/** Makes an engine: \`imports()\` for the instance, \`finish(exports)\`, then its calls. */
export function createCore() {
${body}
return { imports: __wbg_get_imports, finish: (exports) => void __wbg_finalize_init({ exports }), ${names.join(", ")} };
}
`;
}

const types = (/** @type {string} */ name) => `import type * as exported from "./${name}.js";

/** The engine's exports; of tasks the type alone: \`begin\` makes them. */
export type Exports = Omit<typeof exported, "default" | "initSync" | "Task">;

/** An engine in the making: instantiate with \`imports()\`, then \`finish(exports)\`, then call. */
export interface Core extends Exports {
  imports(): WebAssembly.Imports;
  finish(exports: WebAssembly.Exports): void;
}

export function createCore(): Core;
`;

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const [folder = ".", name = "dealcast", core = "core"] = process.argv.slice(2);
  writeFileSync(`${folder}/${core}.js`, factory(readFileSync(`${folder}/${name}.js`, "utf8")));
  writeFileSync(`${folder}/${core}.d.ts`, types(name));
}
