// The built page in Chromium, for benches of what a reader sees: served from this machine, closed when the work is done.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { systemBrowser } from "../scripts/browser-path.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const PORT = 4870;

/** The reference pipeline as a document. */
export const reference = () => JSON.parse(readFileSync(here("reference-pipeline.json"), "utf8"));

/** Opens dist/ (or the folder DIST) in a window of a laptop, waits for its first full report, and gives the page to `work`. */
export async function withPage(work) {
  const server = spawn(process.execPath, [here("../scripts/serve.mjs"), process.env.DIST ?? here("../dist"), "--port", String(PORT)], {
    stdio: "ignore",
  });
  const executablePath = systemBrowser("chromium");
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    chromiumSandbox: false,
    args: ["--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    for (let tries = 0; ; tries++) {
      const found = await page.goto(`http://127.0.0.1:${PORT}/?lang=en`).catch(() => undefined);
      if (found?.ok()) break;
      if (tries === 50) throw new Error("no page to open: npm run build");
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await ready(page);
    await work(page);
  } finally {
    await browser.close();
    server.kill();
  }
}

/** Waits for a full report on the screen. */
export const ready = (page) =>
  page.locator("html[data-ready=true]").waitFor({ state: "attached", timeout: 240_000 });

/** Opens a document as a reader would, from a file. */
export const openFile = (page, document) =>
  page.setInputFiles("#file", {
    name: "pipeline.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(document)),
  });

/** The value that a share of the values is below; the median unless told. */
export function quantile(values, share = 0.5) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}

export const ms = (value) => `${value.toFixed(1)} ms`;
