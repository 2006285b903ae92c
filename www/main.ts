/** The page's start: the last work or the example, computed at once. */
import "./app.js";
import type { App } from "./app.js";
import { createComparisons, createEngine } from "./engine/index.js";
import type { Scenario } from "./generated/dealcast.js";
import { markDocument, t } from "./i18n.js";
import { FIRST_CASE } from "./state/cases.js";
import { browserStorage, Persistence } from "./state/persist.js";
import { Store } from "./state/store.js";
import { restoreTheme } from "./state/theme.js";
import { watchReport } from "./ui/watch.js";

const engine = createEngine();
restoreTheme();
markDocument();

const persistence = new Persistence(browserStorage(), (kept) => store.setKept(kept));
const work = persistence.load();
const kept = typeof work === "string" ? undefined : work;
const store = new Store(await seeded(kept?.scenario ?? FIRST_CASE), engine, persistence);
watchReport(store);
addEventListener("pagehide", () => persistence.flush());

const app: App = document.createElement("dc-app");
app.store = store;
app.services = {
  read: (text) => engine.call("readScenarioText", text),
  expected: async (scenario) => {
    const answer = await engine.call("preview", scenario);
    return "report" in answer ? answer.report : undefined;
  },
  comparisons: createComparisons(),
  drawSeed: () => engine.call("newSeed"),
  files: {
    importCsv: (bytes, options) => engine.call("importCsv", bytes, options),
    exportDealsCsv: (scenario, options) => engine.call("exportDealsCsv", scenario, options),
  },
};
if (work === "unreadable") app.notice = t("app.unreadable_work");
document.body.append(app);
void store.start(kept?.lastComputed);

/** Every document on the page has a seed, so that what is shown can be computed again. */
async function seeded(scenario: Scenario): Promise<Scenario> {
  if (scenario.seed !== undefined) return scenario;
  // An engine that does not start says so on the page, which is there without it.
  const seed = await engine.call("newSeed").catch(() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  return { ...scenario, seed };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-app": App;
  }
}
