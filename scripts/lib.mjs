// What start.mjs and test.mjs share. Uses nothing but Node: it runs before any package is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Ends the process: what is wrong, then what to do. */
export function die(/** @type {string} */ what, /** @type {string} */ todo) {
  console.error(`\nerror: ${what}\n   do: ${todo}`);
  process.exit(1);
}

export function checkMachine() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12))
    die(
      `Node ${process.versions.node} is too old`,
      "install Node 20.19 or later (22.12 or later of 22) from https://nodejs.org",
    );
  if (process.platform === "win32")
    die("Windows has no bash", "run this in WSL: https://learn.microsoft.com/windows/wsl/install");
}

/**
 * Runs a command in the root of the clone, its output shown or handed on; answers whether it succeeded.
 * @param {string} command
 * @param {string[]} args
 * @param {{ minutes?: number, show?: (text: string | Uint8Array) => void }} [options] `minutes`: after which the command and all
 *   it started are ended; `show`: takes the output instead of the terminal
 * @returns {Promise<boolean>}
 */
export function run(command, args, { minutes = 20, show } = {}) {
  return new Promise((done) => {
    const out = show ? "pipe" : "inherit";
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", out, out],
      detached: true,
    });
    if (show) for (const stream of [child.stdout, child.stderr]) stream?.on("data", show);
    const tell = show ? (/** @type {string} */ text) => show(`${text}\n`) : console.error;
    const end = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (child.pid) process.kill(-child.pid, signal);
      } catch {
        // it has ended already
      }
    };
    const timer = setTimeout(() => {
      tell(`\nstopped after ${minutes} minutes: ${command} ${args.join(" ")}`);
      end("SIGKILL");
    }, minutes * 60_000);
    const interrupted = (/** @type {NodeJS.Signals} */ signal) => {
      end(signal);
      // Once the others that run have ended theirs.
      setImmediate(() => process.exit(130));
    };
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    const finish = (/** @type {boolean} */ ok) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      done(ok);
    };
    child.on("error", (error) => {
      tell(`${command}: ${error.message}`);
      finish(false);
    });
    child.on("exit", (code) => {
      if (!show) return finish(code === 0);
      // Once all output is here; but what a command left running keeps neither the step open nor this process.
      const late = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, 2000);
      child.once("close", () => {
        clearTimeout(late);
        finish(code === 0);
      });
    });
  });
}

/** @typedef {{ show?: (text: string | Uint8Array) => void }} Shown where the output goes, if not to the terminal */

/** Installs the npm packages when node_modules is missing or was made from another lock file. @param {Shown} [shown] */
export async function installPackages(shown) {
  const lock = createHash("sha256")
    .update(readFileSync(`${ROOT}/package-lock.json`))
    .digest("hex");
  const stamp = `${ROOT}/node_modules/.dealcast-lock`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return true;
  console.log("installing npm packages");
  if (!(await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], shown))) return false;
  writeFileSync(stamp, lock);
  return true;
}

/** Sets up tools by name: see scripts/setup.sh. @param {string[]} tools @param {Shown} [shown] */
export const setUp = (tools, shown) => run("bash", ["scripts/setup.sh", ...tools], { ...shown, minutes: 30 });
