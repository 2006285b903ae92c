// Builds the page and serves it. Installs what is missing first.
//   npm start [-- --no-open] [-- --port N]     npm run dev: rebuilt on every change     npm run build: build alone: dist/, dealcast.html, dealcast-compat.html
import { spawn } from "node:child_process";
import { checkMachine, die, installPackages, run, setUp } from "./lib.mjs";
import { serve } from "./serve.mjs";

const args = process.argv.slice(2);
const has = (/** @type {string} */ flag) => args.includes(flag);
const portAt = args.indexOf("--port");
const port = Number(portAt >= 0 ? args[portAt + 1] : (process.env.PORT ?? 4173));
if (!Number.isInteger(port) || port < 0 || port > 65535)
  die("the port is no number", "npm start -- --port 4173");

checkMachine();
if (!(await installPackages()))
  die("npm ci failed", "read npm's message above; rm -rf node_modules and try again");
if (!(await setUp(["wasm", "bindgen"]))) process.exit(1);

if (has("--dev")) {
  if (!(await run("bash", ["scripts/wasm.sh", "--quick"])))
    die(
      "the core did not build for Wasm",
      "read the compiler's message above; bash scripts/wasm.sh --quick repeats this step",
    );
  process.exit((await run("node_modules/.bin/vite", ["--port", String(port)], { minutes: 24 * 60 })) ? 0 : 1);
}
if (!(await run("bash", ["scripts/steps/build.sh"], { minutes: 40 })))
  die("the page did not build", "read the message above; bash scripts/steps/build.sh repeats this step");
if (has("--build-only")) process.exit(0);

const { url } = await serve("dist", { port });
console.log(`\ndealcast is at ${url}   (Ctrl+C stops it)`);
if (!has("--no-open") && !process.env.CI && process.env.BROWSER !== "none") openBrowser(url);

/** Opens the reader's browser where there is a desktop; the address above is enough where there is none. */
function openBrowser(/** @type {string} */ address) {
  const desktop = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const command = process.platform === "darwin" ? "open" : desktop ? "xdg-open" : undefined;
  if (!command) return;
  const child = spawn(command, [address], { stdio: "ignore", detached: true });
  child.on("error", () => console.log("(no browser could be opened: open the address by hand)"));
  child.unref();
}
