// What a reader downloads to see the page for the first time, against ceilings.
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

// Bytes after gzip -9. Raise one only with a reason: readers open this page on a phone, or in a wiki.
// Where version 0.1 stands, not where it should: five models with their documents, checks and reports make 508 kB
// of core; four views with their charts and their words in two languages take 25 to 40 kB of the scripts each.
/** @type {Record<string, number>} */
const CEILINGS = { ".wasm": 520_000, ".js": 245_000, ".css": 20_000, ".html": 10_000 };

/** @type {Record<string, { files: number, raw: number, gzip: number, brotli: number }>} */
const sums = {};
for (const entry of readdirSync("dist", { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const bytes = readFileSync(`${entry.parentPath}/${entry.name}`);
  sums[extname(entry.name)] ??= { files: 0, raw: 0, gzip: 0, brotli: 0 };
  const sum = /** @type {typeof sums[string]} */ (sums[extname(entry.name)]);
  sum.files += 1;
  sum.raw += bytes.length;
  sum.gzip += gzipSync(bytes, { level: 9 }).length;
  sum.brotli += brotliCompressSync(bytes).length;
}

const cell = (/** @type {string | number} */ value) => value.toLocaleString("en-GB").padStart(12);
console.log(
  ["kind    ", "files", "bytes", "gzip", "brotli", "at most"].map((t, i) => (i ? cell(t) : t)).join(""),
);
let over = 0;
for (const [kind, { files, raw, gzip, brotli }] of Object.entries(sums)) {
  const ceiling = CEILINGS[kind];
  console.log(kind.padEnd(8) + [files, raw, gzip, brotli, ceiling ?? "no ceiling"].map(cell).join(""));
  if (ceiling !== undefined && gzip > ceiling) {
    console.error(`${kind} is ${gzip - ceiling} bytes over its ceiling`);
    over += 1;
  }
}
for (const kind of Object.keys(CEILINGS))
  if (!sums[kind] && kind !== ".css") {
    console.error(`dist/ holds no ${kind} file: npm run build`);
    over += 1;
  }
process.exitCode = over > 0 ? 1 : 0;
