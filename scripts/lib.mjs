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
 * Runs a command in the root of the clone, its output shown; answers whether it succeeded.
 * @param {string} command
 * @param {string[]} args
 * @param {{ minutes?: number }} [options] after which the command and all it started are ended
 * @returns {Promise<boolean>}
 */
export function run(command, args, { minutes = 20 } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      detached: true,
    });
    const end = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (child.pid) process.kill(-child.pid, signal);
      } catch {
        // it has ended already
      }
    };
    const timer = setTimeout(() => {
      console.error(`\nstopped after ${minutes} minutes: ${command} ${args.join(" ")}`);
      end("SIGKILL");
    }, minutes * 60_000);
    const interrupted = (/** @type {NodeJS.Signals} */ signal) => {
      end(signal);
      process.exit(130);
    };
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    const finish = (/** @type {boolean} */ ok) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      done(ok);
    };
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      finish(false);
    });
    child.on("exit", (code) => finish(code === 0));
  });
}

/** Installs the npm packages when node_modules is missing or was made from another lock file. */
export async function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(`${ROOT}/package-lock.json`))
    .digest("hex");
  const stamp = `${ROOT}/node_modules/.dealcast-lock`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return true;
  console.log("installing npm packages");
  if (!(await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]))) return false;
  writeFileSync(stamp, lock);
  return true;
}

/** Sets up tools by name: see scripts/setup.sh. */
export const setUp = (/** @type {string[]} */ ...tools) =>
  run("bash", ["scripts/setup.sh", ...tools], { minutes: 30 });
