import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CSP } from "../../scripts/csp.mjs";
import { serve } from "../../scripts/serve.mjs";

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dealcast-serve-"));
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "dist", "index.html"), "<p>page</p>");
  writeFileSync(join(folder, "dist", "assets", "core.wasm"), new Uint8Array([0, 97, 115, 109]));
  symlinkSync(join(folder, "secret.txt"), join(folder, "dist", "link.txt"));
  server = await serve(join(folder, "dist"));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Status of a path sent as it is: `fetch` would tidy it first. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    request({ port: new URL(server.url).port, path }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    })
      .on("error", fail)
      .end();
  });
}

test("the page comes with the policy, on the loopback address", async () => {
  expect(new URL(server.url).hostname).toBe("127.0.0.1");
  const answer = await fetch(server.url);
  expect(await answer.text()).toBe("<p>page</p>");
  expect(answer.headers.get("content-security-policy")).toBe(CSP);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("Wasm is sent as a type that compiles while it streams", async () => {
  const answer = await fetch(`${server.url}assets/core.wasm`);
  expect(answer.headers.get("content-type")).toBe("application/wasm");
  expect((await answer.arrayBuffer()).byteLength).toBe(4);
});

test("what is named by its content is kept, the page is asked for anew", async () => {
  const cache = async (path: string) => (await fetch(server.url + path)).headers.get("cache-control");
  expect(await cache("assets/core.wasm")).toBe("public, max-age=31536000, immutable");
  expect(await cache("index.html")).toBe("no-cache");
  expect(await cache("assets/none.js")).toBe("no-cache");
});

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/link.txt",
  "/%",
  "/%00",
  "/assets",
  "/none",
])("%s is not found", async (path) => {
  expect(await statusOf(path)).toBe(404);
});

test("a port in use gives the next one, or an error when that port was asked for", async () => {
  const port = Number(new URL(server.url).port);
  await expect(serve(folder, { port, strict: true })).rejects.toThrow("EADDRINUSE");
  const next = await serve(folder, { port });
  expect(Number(new URL(next.url).port)).toBeGreaterThan(port);
  await next.close();
});
