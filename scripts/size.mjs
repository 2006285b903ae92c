// What a reader downloads, against a ceiling and a floor: a size that falls below its floor has earned a lower ceiling.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

/** @typedef {{ least: number, most: number }} Bounds in bytes after gzip -9, or of the file as it is */

/**
 * Change one only with a reason: readers open this page on a phone, or in a wiki. What they see first, the forecast of an
 * open pipeline, comes with a module of that model alone; the whole engine (five models, files, what-if) when something
 * asks for it. The single file holds it whole. The JavaScript core would add two thirds to that, which is why it is in a
 * file of its own. DESIGN.md says what others reach. (The single file grew with levers on deals and the
 * kernel's tables, then with the pauses of long computations.)
 * @type {Record<string, Bounds>}
 */
const BOUNDS = {
  "page: scripts": { least: 110_000, most: 150_000 },
  "page: Wasm": { least: 160_000, most: 250_000 },
  "page: styles": { least: 5_000, most: 14_000 },
  "page: all at first sight": { least: 300_000, most: 405_000 },
  "whole engine, for other views, files and what-if": { least: 400_000, most: 695_000 },
  "JavaScript core, where Wasm is refused": { least: 400_000, most: 1_045_000 },
  "dealcast.html (as a file)": { least: 850_000, most: 1_850_000 },
  "dealcast-compat.html (as a file)": { least: 1_500_000, most: 3_240_000 },
};

/** @param {string} name in dist/ */
const read = (name) => readFileSync(`dist/${name}`);
const assets = readdirSync("dist/assets");
/** The only file of dist/assets of this kind. @param {RegExp} pattern */
function only(pattern) {
  const found = assets.filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${found.length} files are like ${pattern}: npm run build`);
  return `assets/${found[0]}`;
}

/** What files need before anything is asked for: those that they name, and what these import at once. */
function closure(/** @type {string[]} */ start) {
  const seen = new Set(start);
  for (const name of seen) {
    if (!/\.(html|js)$/.test(name)) continue;
    const text = read(name).toString();
    const named = name.endsWith(".html")
      ? text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)
      : text.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w${},\s*]+?from)?\s*"\.\/([^"]+)"/g);
    for (const [, file = ""] of named) {
      const path = name.startsWith("assets/") ? `assets/${file}` : file;
      if (existsSync(`dist/${path}`)) seen.add(path);
    }
  }
  return [...seen];
}

/** @typedef {{ raw: number, gzip: number, brotli: number }} Sizes */
/** Each file once, on all cores. @type {Map<string, Promise<Sizes>>} */
const packed = new Map();
/** @param {string} file */
async function pack(file) {
  const bytes = read(file);
  const [small, smaller] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes),
  ]);
  return { raw: bytes.length, gzip: small.length, brotli: smaller.length };
}

/** @type {Record<string, Promise<Sizes>>} */
const sizes = {};
/** Adds files up under a name. @param {string} name @param {string[]} files */
function measure(name, files) {
  for (const file of files) if (!packed.has(file)) packed.set(file, pack(file));
  sizes[name] = Promise.all(files.map((file) => /** @type {Promise<Sizes>} */ (packed.get(file)))).then(
    (all) => {
      const sum = { raw: 0, gzip: 0, brotli: 0 };
      for (const { raw, gzip, brotli } of all) {
        sum.raw += raw;
        sum.gzip += gzip;
        sum.brotli += brotli;
      }
      return sum;
    },
  );
}

// The page opens on this view, and in one language: the longer one is counted.
const first = closure(["index.html", only(/^pipeline-.*\.js$/), only(/^fr-first-.*\.js$/)]);
// Styles that come with the view.
const styles = assets.filter((name) => name.endsWith(".css") && !name.startsWith("embed-"));
for (const name of styles) if (!first.includes(`assets/${name}`)) first.push(`assets/${name}`);
// Asked for at once by the scripts: the engine, and its worker.
const engine = [only(/^pipeline_bg.*\.wasm$/), only(/^worker-.*\.js$/)];
const ending = (/** @type {string} */ end) => [...first, ...engine].filter((name) => name.endsWith(end));
measure("page: scripts", ending(".js"));
measure("page: Wasm", ending(".wasm"));
measure("page: styles", ending(".css"));
measure("page: all at first sight", [...first, ...engine]);
measure("whole engine, for other views, files and what-if", [only(/^dealcast_bg.*\.wasm$/)]);
measure("JavaScript core, where Wasm is refused", [only(/^dealcast-core-.*\.js$/)]);
for (const name of ["dealcast.html", "dealcast-compat.html"]) measure(`${name} (as a file)`, [`../${name}`]);

const cell = (/** @type {string | number} */ value) => value.toLocaleString("en-GB").padStart(11);
const width = Math.max(...Object.keys(BOUNDS).map((name) => name.length)) + 1;
console.log(
  "".padEnd(width) + ["bytes", "gzip", "brotli", "at least", "at most"].map((word) => cell(word)).join(""),
);
let wrong = 0;
for (const [name, { least, most }] of Object.entries(BOUNDS)) {
  const size = await sizes[name];
  if (!size) throw new Error(`nothing was measured as ${name}`);
  console.log(name.padEnd(width) + [size.raw, size.gzip, size.brotli, least, most].map(cell).join(""));
  const held = name.endsWith("(as a file)") ? size.raw : size.gzip;
  if (held <= most && held >= least) continue;
  wrong += 1;
  if (held > most) console.error(`${name} is ${held - most} bytes over its ceiling`);
  else
    console.error(`${name} is ${least - held} bytes under its floor: lower both bounds in scripts/size.mjs`);
}
process.exitCode = wrong > 0 ? 1 : 0;
