// The npm package of the core: pkg/, from npm/, the built www/generated and schemas/.
//   node scripts/package.mjs [FOLDER]     run after scripts/wasm.sh; then: npm pack ./pkg
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { replaced } from "./glue.mjs";
import { ROOT } from "./lib.mjs";

const folder = process.argv[2] ?? `${ROOT}/pkg`;
const cargo = readFileSync(`${ROOT}/Cargo.toml`, "utf8");
/** A text of Cargo.toml's first table. */
const told = (/** @type {string} */ key) => {
  const [, value] = new RegExp(`^${key} = "(.*)"$`, "m").exec(cargo) ?? [];
  if (!value) throw new Error(`Cargo.toml tells no ${key}`);
  return value;
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(`${ROOT}/npm`, folder, { recursive: true });
for (const name of ["core.js", "core.d.ts", "dealcast.d.ts", "dealcast_bg.wasm"])
  cpSync(`${ROOT}/www/generated/${name}`, `${folder}/${name}`);
// Types that a project without the newest library of TypeScript reads: `free` is there for all.
const types = readFileSync(`${folder}/dealcast.d.ts`, "utf8");
writeFileSync(
  `${folder}/dealcast.d.ts`,
  replaced(types, /^ *\[Symbol\.dispose\]\(\): void;\n/m, "", "disposal of tasks"),
);
cpSync(`${ROOT}/schemas`, `${folder}/schemas`, { recursive: true });
writeFileSync(
  `${folder}/package.json`,
  `${JSON.stringify(
    {
      name: "dealcast",
      version: told("version"),
      description: told("description"),
      license: told("license"),
      type: "module",
      sideEffects: false,
      engines: { node: ">=20" },
      exports: {
        ".": { types: "./index.d.ts", node: "./node.js", default: "./index.js" },
        "./dealcast_bg.wasm": "./dealcast_bg.wasm",
        "./schemas/*": "./schemas/*",
        "./package.json": "./package.json",
      },
      types: "./index.d.ts",
      main: "./node.js",
    },
    undefined,
    2,
  )}\n`,
);
