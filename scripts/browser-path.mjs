// Where the browsers for the tests are: the distribution's, else the builds that Playwright installs.
//   node scripts/browser-path.mjs chromium|firefox|webkit     prints the path; exit code 1 when there is none
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** @typedef {"chromium" | "firefox" | "webkit"} Engine */

const find = (/** @type {(string | undefined)[]} */ ...paths) =>
  paths.find((path) => path && existsSync(path));

/** WebKitGTK's small browser lies in a folder named after the machine and the version of the library. */
function miniBrowser() {
  if (!existsSync("/usr/lib") || !existsSync("/usr/bin/WebKitWebDriver")) return undefined;
  const folders = readdirSync("/usr/lib").filter((name) => name.endsWith("-linux-gnu"));
  return find(
    ...folders.flatMap((name) =>
      ["4.1", "4.0", "6.0"].map((version) => `/usr/lib/${name}/webkit2gtk-${version}/MiniBrowser`),
    ),
  );
}

/**
 * The browser of the distribution, or nothing.
 * @param {Engine} engine
 */
export function systemBrowser(engine) {
  if (engine === "chromium") return find(process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome");
  if (engine === "firefox") return find(process.env.FIREFOX, "/usr/bin/firefox-esr");
  return miniBrowser();
}

/**
 * The browser that Playwright installed, or nothing.
 * @param {Engine} engine
 */
export async function playwrightBrowser(engine) {
  const playwright = await import("@playwright/test");
  return find(playwright[engine].executablePath());
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const engine = /** @type {Engine} */ (process.argv[2]);
  const path = systemBrowser(engine) ?? (await playwrightBrowser(engine));
  if (path) console.log(path);
  else process.exitCode = 1;
}
