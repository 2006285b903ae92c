/** The page's start: the last work or the example, computed at once. */
import "./app.js";
import type { App } from "./app.js";
import { announceHeight, onShow } from "./embed/messages.js";
import { extentOf } from "./engine/extent.js";
import { createComparisons, createEngine, prefetch, startEarly } from "./engine/index.js";
import type { Scenario } from "./generated/dealcast.js";
import { loadLocale, locale, markDocument, setLocale, t } from "./i18n.js";
import { readLink } from "./share/read-link.js";
import { asked, withParameter } from "./state/address.js";
import { firstCase } from "./state/first-case.js";
import { browserStorage, Persistence } from "./state/persist.js";
import { Store } from "./state/store.js";
import { restoreTheme, showTheme } from "./state/theme.js";
import { servicesOf } from "./ui/services.js";
import { watchReport } from "./ui/watch.js";
import { loadView } from "./views/load.js";
import { viewFor, viewIn } from "./views/views.js";

startEarly();
const engine = createEngine();
const ask = asked(location.search, location.hash);
restoreTheme();
if (ask.theme) showTheme(ask.theme);
markDocument();
const words = loadLocale(locale());
// In a frame, the page stands on the ground of the page around it.
if (window.parent !== window) document.documentElement.dataset.framed = "";

// Who only reads keeps nothing, and overwrites nothing.
const persistence = new Persistence(ask.readonly ? undefined : browserStorage(), (kept) =>
  store.setKept(kept),
);
const work = persistence.load();
const kept = typeof work === "string" ? undefined : work;
prefetch(kept ? extentOf({ name: "preview", args: [kept.scenario] }) : "pipeline");
// Read beside the words and the engine; who asks for it says what went wrong.
const view = viewIn(location.hash) ?? (kept ? viewFor(kept.scenario, "pipeline") : "pipeline");
loadView(view).catch(() => {});
await words;
const read = (text: string) => engine.call("readScenarioText", text);
const link = ask.link === undefined ? undefined : await readLink(ask.link, read);
const linked = link && "scenario" in link ? link.scenario : undefined;
const store = new Store(await seeded(kept?.scenario ?? linked ?? firstCase()), engine, persistence);
watchReport(store);
addEventListener("pagehide", () => persistence.flush());
// The engine is asked before the page is drawn: a worker starts while its page has time for it.
if (!(kept && linked)) void store.start(kept?.lastComputed);

const app: App = document.createElement("dc-app");
app.store = store;
app.readonly = ask.readonly;
app.services = servicesOf(engine, createComparisons());
if (work === "unreadable") app.notice = t("app.unreadable_work");
document.body.append(app);
announceHeight();
onShow(({ view, theme, lang }) => {
  if (view) app.view = view;
  if (theme) showTheme(theme);
  if (lang) setLocale(lang);
});
if (link && "refused" in link) app.refused = link.refused;
if (ask.link !== undefined && !ask.readonly) forgetLink();
if (kept && linked) {
  store.open(t("share.opened_from_link"), await seeded(linked));
  app.notice = t("share.opened");
}

/** Every document on the page has a seed, so that what is shown can be computed again, and a currency. */
async function seeded(document: Scenario): Promise<Scenario> {
  const scenario = ask.currency && !document.currency ? { ...document, currency: ask.currency } : document;
  if (scenario.seed !== undefined) return scenario;
  // An engine that does not start says so on the page, which is there without it.
  const seed = await engine.call("newSeed").catch(() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  return { ...scenario, seed };
}

/** Takes a scenario that was opened out of the address: a reload keeps what came of it since. */
function forgetLink(): void {
  try {
    history.replaceState(null, "", withParameter(location.hash, "s", undefined) || "#");
  } catch {
    // A sandbox without a history: it keeps no work either.
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-app": App;
  }
}
