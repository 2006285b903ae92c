// Vite plugins of the page's build: where the JavaScript core is; and for the single file the worker as text,
// the engine as data blocks, a policy of hashes.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { singleFilePolicy } from "./csp.mjs";
import { ROOT } from "./lib.mjs";

/** @typedef {import("vite").Plugin} Plugin */

const WASM = `${ROOT}/www/generated/dealcast_bg.wasm`;
const SCRIPT = `${ROOT}/www/generated/dealcast-core.js`;

const sha256 = (/** @type {string} */ text) => createHash("sha256").update(text).digest("base64");

/** A file of the engine as the page unpacks it: gzip in base64. */
function block(/** @type {string} */ id, /** @type {Uint8Array} */ bytes) {
  const packed = gzipSync(bytes, { level: 9 }).toString("base64");
  // A type that no browser runs: the policy does not concern it.
  return `<script type="application/gzip+base64" id="${id}">${packed}</script>\n`;
}

/**
 * `virtual:core-script`: the address of the JavaScript core, or nothing where the core was built quickly, without it.
 * @type {Plugin}
 */
export const coreScript = {
  name: "core-script",
  resolveId: (id) => (id === "virtual:core-script" ? "\0core-script" : undefined),
  load: (id) =>
    id === "\0core-script"
      ? existsSync(SCRIPT)
        ? `export { default } from ${JSON.stringify(`${SCRIPT}?url`)}`
        : "export default undefined"
      : undefined,
};

/** `virtual:worker-text`: the worker, bundled as one classic script. @type {Plugin} */
const workerText = {
  name: "worker-text",
  resolveId: (id) => (id === "virtual:worker-text" ? "\0worker-text" : undefined),
  async load(id) {
    if (id !== "\0worker-text") return undefined;
    const result = await build({
      configFile: false,
      logLevel: "warn",
      root: ROOT,
      build: {
        write: false,
        target: "es2022",
        lib: { entry: `${ROOT}/www/engine/worker.ts`, formats: ["iife"], name: "dealcastWorker" },
      },
    });
    const [bundle] = /** @type {import("vite").Rolldown.RolldownOutput[]} */ ([result].flat());
    const chunk = bundle?.output[0];
    if (chunk?.type !== "chunk") throw new Error("the worker did not build");
    return `export default ${JSON.stringify(chunk.code)}`;
  },
};

/** Puts the engine into the page and writes it to `file`, with a policy that names each script and style by its hash. */
const finished = (/** @type {string} */ file, /** @type {{ core: boolean }} */ { core }) =>
  /** @type {Plugin} */ ({
    name: "single-file",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("no page");
        const others = Object.keys(bundle).filter((name) => name !== "index.html");
        if (others.length > 0) this.error(`left outside the single file: ${others.join(", ")}`);
        let html = String(page.source).replaceAll(" crossorigin", "");
        // A script may hold tags in its texts: they are looked for outside of scripts.
        const script = /<script\b[^>]*>([\s\S]*?)<\/script>/g;
        const style = /<style\b[^>]*>([\s\S]*?)<\/style>/g;
        const hashes = (/** @type {string} */ text, /** @type {RegExp} */ tag) =>
          [...text.matchAll(tag)].map(([, inside]) => sha256(inside ?? ""));
        const scripts = hashes(html, script);
        const styles = hashes(html.replace(script, ""), style);
        let blocks = block("dealcast-wasm", readFileSync(WASM));
        if (core) {
          scripts.push(sha256(readFileSync(SCRIPT, "utf8")));
          blocks += block("dealcast-core", readFileSync(SCRIPT));
        }
        const policy = `<meta http-equiv="Content-Security-Policy" content="${singleFilePolicy({ scripts, styles })}">`;
        html = html.replace(/<head>/, () => `<head>\n${policy}`);
        // Before the page's script, which reads them as it starts.
        const body = html.lastIndexOf("<body>");
        html = `${html.slice(0, body)}<body>\n${blocks}${html.slice(body + "<body>".length)}`;
        if (!html.includes(policy) || body < 0) throw new Error("no head or no body");
        delete bundle["index.html"];
        writeFileSync(file, html);
      },
    },
  });

/**
 * @param {string} file
 * @param {{ core: boolean }} options whether the JavaScript core is in it too
 * @returns {Plugin[]}
 */
export const singleFile = (file, options) => [workerText, finished(file, options)];
