// The same rounds in Chromium's Wasm: in a worker of a page that is served from this machine.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const generated = fileURLToPath(new URL("../www/generated/", import.meta.url));
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
const WORKER = `import init, { preview, report, simulate } from "/pipeline.js";
addEventListener("message", async ({ data: { runs, text } }) => {
  await init({ module_or_path: "/pipeline_bg.wasm" });
  const rounds = [];
  for (let run = 0; run < runs + 16; run++) {
    const scenario = { ...JSON.parse(text), seed: 1000 + run };
    const timed = (work) => { const start = performance.now(); work(); return performance.now() - start; };
    let part;
    let document;
    const round = { preview: timed(() => { document = JSON.stringify(scenario); JSON.parse(preview(document)); }) };
    round.simulate = timed(() => { part = simulate(document, 0, 25); });
    round.report = timed(() => JSON.parse(report(document, [part])));
    if (run >= 16) rounds.push(round);
  }
  postMessage(rounds);
});`;

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Rounds of the reference pipeline, sixteen warm ones left out, as in Node. */
export async function inChromium(runs, text) {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no browser found");
  const server = createServer((request, response) => {
    const name = request.url === "/" ? "/index.html" : request.url;
    if (name === "/index.html" || name === "/worker.js") {
      response.setHeader("content-type", name === "/worker.js" ? "text/javascript" : "text/html");
      response.end(name === "/worker.js" ? WORKER : "<!doctype html><title>bench</title>");
      return;
    }
    response.setHeader("content-type", TYPES[extname(name)] ?? "text/plain");
    createReadStream(join(generated, name.replaceAll("..", "")))
      .on("error", () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(
      (runs, text) =>
        new Promise((resolve, reject) => {
          const worker = new Worker("/worker.js", { type: "module" });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
          worker.postMessage({ runs, text });
        }),
      runs,
      text,
    );
  } finally {
    await browser.close();
    server.close();
  }
}
