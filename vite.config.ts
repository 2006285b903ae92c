import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { defineConfig } from "vitest/config";
import { CSP } from "./scripts/csp.mjs";
import { coreScript, singleFile } from "./scripts/single-file.mjs";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The policy travels with the page, for hosts that send no header. Vite's development server needs more than it allows. */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: CSP },
      injectTo: "head-prepend",
    },
  ],
};

/**
 * The view that the page opens on is read with the page: its scripts are named there, so that the browser need not run others
 * first to learn of them.
 */
const firstView: Plugin = {
  name: "first-view",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle = {}, filename }) => {
      if (!filename.endsWith("index.html")) return [];
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      const files = new Set<string>();
      const add = (name: string | undefined) => {
        const chunk = chunks.find(({ fileName }) => fileName === name);
        if (!chunk || files.has(chunk.fileName)) return;
        files.add(chunk.fileName);
        for (const imported of chunk.imports) add(imported);
      };
      add(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("views/pipeline.ts"))?.fileName);
      if (files.size === 0) throw new Error("the first view has no script of its own: see vite.config.ts");
      return [...files]
        .filter((file) => !html.includes(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` },
          injectTo: "head",
        }));
    },
  },
};

/** Single files by build mode: with Wasm alone, and with the JavaScript core as well, for hosts that refuse Wasm. */
const SINGLE: Record<string, string> = { single: "dealcast.html", compat: "dealcast-compat.html" };

// `vite build` makes the folder dist/; with `--mode single` or `--mode compat` a single file beside it.
export default defineConfig(({ mode }) => {
  const single = SINGLE[mode];
  return {
    root: path("www"),
    base: "./",
    cacheDir: path("node_modules/.vite"),
    plugins: [
      coreScript,
      ...(single
        ? [viteSingleFile(), ...singleFile(path(single), { core: mode === "compat" })]
        : [policy, firstView]),
    ],
    resolve: {
      alias: single ? [{ find: /^(.*)\/source-folder\.js$/, replacement: "$1/source-inline.ts" }] : [],
    },
    worker: { format: "es" },
    server: { host: "127.0.0.1" },
    build: {
      target: "es2022",
      outDir: path(single ? `target/${mode}` : "dist"),
      emptyOutDir: true,
      // Nothing inlined as data: the folder's policy allows files only.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: single
        ? {}
        : {
            // The page, the page about embedding, and the element, whose address must not change.
            input: {
              index: path("www/index.html"),
              embed: path("www/embed.html"),
              "deal-cast": path("www/embed/deal-cast.ts"),
            },
            output: {
              entryFileNames: ({ name }) =>
                name === "deal-cast" ? "deal-cast.js" : "assets/[name]-[hash].js",
            },
          },
    },
    test: {
      root: path("."),
      setupFiles: ["tests/property-seed.ts", "tests/messages.ts"],
      include: ["www/**/*.test.ts", "tests/**/*.test.ts"],
    },
  };
});
