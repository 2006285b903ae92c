// A static file server for dist/, with the headers that a host should send.
//   node scripts/serve.mjs [DIRECTORY] [--port N]
import { createReadStream, realpathSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CSP } from "./csp.mjs";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};

/**
 * The file that a request names, or nothing when there is none inside the directory.
 * @param {string} root
 * @param {string} url
 */
function fileFor(root, url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    if (path.includes("\0")) return undefined;
    let file = join(root, normalize(path));
    if (statSync(file).isDirectory()) file = join(file, "index.html");
    if (!statSync(file).isFile()) return undefined;
    return realpathSync(file).startsWith(join(root, "/")) ? file : undefined;
  } catch {
    return undefined; // malformed address, or no such file
  }
}

/**
 * Serves a directory on the loopback address. A port of 0 means any free one; without `strict`, a port in use
 * means the next free one.
 * @param {string} directory
 * @param {{ port?: number, strict?: boolean, csp?: string | null, headers?: Record<string, string> }} [options] `headers` are sent with every file
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export function serve(directory, { port = 0, strict = false, csp = CSP, headers: more = {} } = {}) {
  const root = realpathSync(resolve(directory));
  const server = createServer((request, response) => {
    const headers = {
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { ...headers, allow: "GET, HEAD" }).end();
      return;
    }
    const file = fileFor(root, request.url ?? "/");
    if (!file) {
      response.writeHead(404, { ...headers, "content-type": "text/plain" }).end("not found\n");
      return;
    }
    response.writeHead(200, {
      ...headers,
      // Named by their content: what was read once need never be asked for again.
      ...(file.startsWith(join(root, "assets/")) && {
        "cache-control": "public, max-age=31536000, immutable",
      }),
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": statSync(file).size,
      ...more,
      ...(csp ? { "content-security-policy": csp } : {}),
    });
    if (request.method === "HEAD") response.end();
    else
      createReadStream(file)
        .on("error", () => response.destroy())
        .pipe(response);
  });
  return new Promise((done, fail) => {
    let tries = 0;
    server.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "EADDRINUSE" && !strict && ++tries < 50) server.listen(++port, "127.0.0.1");
      else fail(error);
    });
    server.on("listening", () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      done({
        url: `http://127.0.0.1:${address.port}/`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
    server.listen(port, "127.0.0.1");
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const args = process.argv.slice(2);
  const at = args.indexOf("--port");
  const port = at < 0 ? 4173 : Number(args.splice(at, 2)[1]);
  const { url } = await serve(args[0] ?? "dist", { port });
  console.log(`serving ${args[0] ?? "dist"} at ${url} (Ctrl+C stops it)`);
}
