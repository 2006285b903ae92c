// The steps of scripts/js-core.sh that no tool does.
//   node scripts/js-core.mjs disallow FROM TO        a module that says it may use neither reference types nor several
//                                                    results, so that wasm-bindgen leaves both alone: wasm2js has neither
//   node scripts/js-core.mjs join GLUE ASM TO        one script from wasm-bindgen's module and wasm2js's: it sets
//                                                    `dealcastCore`, a function that makes an engine as core.js does
import { readFileSync, writeFileSync } from "node:fs";
import { minifySync } from "vite";
import { factory, replaced } from "./glue.mjs";

const [step, ...files] = process.argv.slice(2);
const [first = "", second = "", third = ""] = files;

/** Turns `+feature` into `-feature` in the module's list of the features that it uses. */
function disallow() {
  const bytes = readFileSync(first);
  for (const feature of ["reference-types", "multivalue"]) {
    const used = Buffer.concat([Buffer.from("+"), Buffer.from([feature.length]), Buffer.from(feature)]);
    const at = bytes.lastIndexOf(used);
    if (at >= 0) bytes[at] = "-".charCodeAt(0);
  }
  writeFileSync(second, bytes);
}

function join() {
  let glue = readFileSync(first, "utf8");
  // Compiled as for reference types, the core asks where the fixed values end: where the heap of values begins.
  const [, fixed] = /function dropObject\(idx\) \{\s+if \(idx < (\d+)\) return;/.exec(glue) ?? [];
  if (!fixed) throw new Error("wasm-bindgen's heap is not laid out as expected: see scripts/js-core.mjs");
  glue = replaced(
    glue,
    /import \* as import1 from "__wbindgen_externref_xform__"/,
    `const import1 = { __wbindgen_externref_statics_end: () => ${fixed} };`,
    "placeholder",
  );
  // A buffer that grew is another one, and the old one is not detached as Wasm's would be.
  for (const [view, test] of /** @type {const} */ ([
    ["cachedDataViewMemory0", /cachedDataViewMemory0\.buffer\.detached === true \|\| \(.*?\)\)/],
    ["cachedUint8ArrayMemory0", /cachedUint8ArrayMemory0\.byteLength === 0\)/],
  ]))
    glue = replaced(glue, test, `${view}.buffer !== wasm.memory.buffer)`, `test of ${view}`);
  glue = factory(glue).replace("export function createCore", "function createCore");
  const asm = readFileSync(second, "utf8");
  const start = asm.indexOf("var bufferView;");
  const end = asm.lastIndexOf("var retasmFunc = asmFunc(");
  if (start < 0 || end < start || !asm.includes("function asmFunc(imports)"))
    throw new Error("wasm2js's module is not laid out as expected: see scripts/js-core.mjs");
  // All of wasm2js's module stands inside the function: each engine has a memory of its own.
  const text = `globalThis.dealcastCore = () => {
${glue}
${asm.slice(start, end)}
const core = createCore();
core.finish(asmFunc(core.imports()));
return core;
};`;
  const { code, errors } = minifySync("dealcast-core.js", text, {
    compress: true,
    mangle: true,
    module: false,
  });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  writeFileSync(third, code);
}

if (step === "disallow") disallow();
else if (step === "join") join();
else throw new Error(`no step ${step}`);
