import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { CSP } from "./scripts/csp.mjs";

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

export default defineConfig({
  root: fileURLToPath(new URL("www", import.meta.url)),
  base: "./",
  cacheDir: fileURLToPath(new URL("node_modules/.vite", import.meta.url)),
  plugins: [policy],
  worker: { format: "es" },
  server: { host: "127.0.0.1" },
  build: {
    target: "es2022",
    outDir: fileURLToPath(new URL("dist", import.meta.url)),
    emptyOutDir: true,
    // Nothing inlined as data: the policy above allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    setupFiles: ["tests/property-seed.ts"],
    include: ["www/**/*.test.ts", "tests/**/*.test.ts"],
  },
});
