// One small interface over three engines, each the system's own browser where there is one:
// Chromium by Playwright, Firefox by WebDriver BiDi (no driver needed), WebKitGTK by its WebDriver.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, firefox, webkit } from "@playwright/test";
import puppeteer from "puppeteer-core";
import { Builder } from "selenium-webdriver";
import { systemBrowser } from "../../scripts/browser-path.mjs";

export type Engine = "chromium" | "firefox" | "webkit";

/** A page open in a browser. */
export interface OpenPage {
  /** Name and version of the browser. */
  browser: string;
  /** Value of an expression in the page; a promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** Errors the page reported, where the engine tells. */
  errors: string[];
  close(): Promise<void>;
}

/** Opens an address in a new browser with an empty profile. */
export function openIn(engine: Engine, url: string): Promise<OpenPage> {
  const path = systemBrowser(engine);
  if (path && engine === "firefox") return openFirefox(path, url);
  if (path && engine === "webkit") return openWebKit(path, url);
  return openWithPlaywright(engine, path, url);
}

/** Waits until an expression holds in the page. */
export async function waitFor(page: OpenPage, expression: string, milliseconds = 30_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await page.evaluate(expression))) {
    if (Date.now() > end) {
      const state = await page.evaluate("document.documentElement.outerHTML.slice(0, 400)");
      throw new Error(`never true in ${page.browser}: ${expression}\n${page.errors.join("\n")}\n${state}`);
    }
    await pause(50);
  }
}

async function openWithPlaywright(engine: Engine, path: string | undefined, url: string): Promise<OpenPage> {
  const browser = await { chromium, firefox, webkit }[engine].launch(
    engine === "chromium"
      ? {
          ...(path ? { executablePath: path } : {}),
          chromiumSandbox: false,
          args: ["--disable-gpu", "--disable-dev-shm-usage"],
        }
      : {},
  );
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(url);
  return {
    browser: `${engine} ${browser.version()}`,
    evaluate: (expression) => page.evaluate(expression),
    errors,
    close: () => browser.close(),
  };
}

async function openFirefox(path: string, url: string): Promise<OpenPage> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: path,
    headless: true,
    extraPrefsFirefox: {
      "app.normandy.enabled": false,
      "browser.aboutwelcome.enabled": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
      "toolkit.telemetry.enabled": false,
    },
  });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(url);
  return {
    browser: await browser.version(),
    evaluate: (expression) => page.evaluate(expression),
    errors,
    close: () => browser.close(),
  };
}

async function openWebKit(path: string, url: string): Promise<OpenPage> {
  const home = mkdtempSync(join(tmpdir(), "dealcast-webkit-"));
  const started: ChildProcess[] = [];
  const kill = () => started.splice(0).reverse().forEach(killGroup);
  // Groups of their own do not end with the test runner.
  process.once("exit", kill);
  const end = async () => {
    process.off("exit", kill);
    kill();
    await removeFolder(home);
  };
  try {
    // A profile of its own: the browser keeps its data under these folders.
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      XDG_DATA_HOME: home,
      XDG_CACHE_HOME: home,
      XDG_CONFIG_HOME: home,
    };
    if (!env.DISPLAY) env.DISPLAY = await startDisplay(started);
    const port = await freePort();
    // A group of its own, so that its browser and the browser's helpers end with it.
    started.push(
      spawn("/usr/bin/WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env, detached: true }),
    );
    await listening(port);
    const driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({
        browserName: "MiniBrowser",
        "webkitgtk:browserOptions": { binary: path, args: ["--automation"] },
      })
      .build();
    const capabilities = await driver.getCapabilities();
    await driver.manage().setTimeouts({ script: 30_000, pageLoad: 30_000 });
    await driver.get(url);
    return {
      browser: `${capabilities.get("browserName")} ${capabilities.get("browserVersion")}`,
      evaluate: async (expression) => {
        const [value, error] = await driver.executeAsyncScript<[unknown, string?]>(
          `const done = arguments[arguments.length - 1];
           Promise.resolve().then(() => (${expression})).then((v) => done([v]), (e) => done([null, String(e)]));`,
        );
        if (error) throw new Error(error);
        return value;
      },
      errors: [],
      close: async () => {
        await driver.quit();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // Ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Removes a profile; what outlives its browser for a moment may still write into it. */
async function removeFolder(path: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      // Lists the folder anew each time, which the option `maxRetries` does not.
      await rm(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
      await pause(250);
    }
  }
  process.stderr.write(`left behind: ${path}\n`);
}

/** Starts a display in memory and answers its name; Xvfb chooses a free number itself. */
async function startDisplay(started: ChildProcess[]): Promise<string> {
  const xvfb = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    detached: true,
  });
  started.push(xvfb);
  return new Promise((done, fail) => {
    xvfb.stdio[3]?.once("data", (text) => done(`:${String(text).trim()}`));
    xvfb.once("error", fail);
    xvfb.once("exit", (code) => fail(new Error(`Xvfb ended with ${code}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? done(address.port) : fail(new Error("no port")),
      );
    });
  });
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.end();
        done(true);
      }).once("error", () => done(false));
    });
    if (open) return;
    await pause(100);
  }
  throw new Error(`nothing listens on port ${port}`);
}
