/**
 * `<deal-cast>`: the page as an element of another page. A scenario comes from `src`, from a child
 * `<script type="application/json">` or from the property `scenario`; without any, an example is shown.
 *
 * Attributes: `src`, `view` (pipeline, growth, partners…), `mode` (interactive, readonly), `lang` (en, fr), `theme` (auto,
 * light, dark), `currency` (ISO 4217, for a document that states none: amounts are never converted).
 * Parts: see `parts.ts`. Events: `dealcast-result` {scenario, report}, `dealcast-change` {scenario}, `dealcast-error` {errors}.
 */
import type { App } from "../app.js";
import "../app.js";
import type { EngineClient } from "../engine/client.js";
import type { Comparisons } from "../engine/comparisons.js";
import { extentOf } from "../engine/extent.js";
import { createComparisons, createEngine, prefetch } from "../engine/index.js";
import { sentenceOf } from "../errors.js";
import type { InputError, Report, Scenario } from "../generated/dealcast.js";
import { enterLocale, LOCALES, type Locale, loadLocale, localeAt, setOwnLocale, t } from "../i18n.js";
import { firstCase } from "../state/first-case.js";
import { Persistence } from "../state/persist.js";
import { Store } from "../state/store.js";
import { showTheme, THEMES } from "../state/theme.js";
import { servicesOf } from "../ui/services.js";
import { watchReport } from "../ui/watch.js";
import { VIEWS } from "../views/views.js";
import { nameParts } from "./parts.js";
import { elementSheets } from "./style.js";

/** What a listener of each event finds in `detail`. */
export interface DealCastEvents {
  "dealcast-result": CustomEvent<{ readonly scenario: Scenario; readonly report: Report }>;
  "dealcast-change": CustomEvent<{ readonly scenario: Scenario }>;
  "dealcast-error": CustomEvent<{ readonly errors: readonly InputError[] }>;
}

/** Touching the element makes its language the current one. */
const TOUCHES = ["pointerdown", "focusin", "keydown", "input", "change", "click", "drop", "paste"] as const;

export class DealCast extends HTMLElement {
  static readonly observedAttributes = ["src", "view", "mode", "lang", "theme", "currency"];

  #engine: EngineClient | undefined;
  #comparisons: Comparisons | undefined;
  #store: Store | undefined;
  #app: App | undefined;
  #given: Scenario | undefined;
  #language: Locale = localeAt(document);
  /** Counts starts: what an overtaken one still fetches is dropped. */
  #start = 0;
  #stopNaming: (() => void) | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = elementSheets();
    for (const type of TOUCHES) this.addEventListener(type, () => enterLocale(this), { capture: true });
  }

  /** The document as it stands. Setting it opens another one. */
  get scenario(): Scenario | undefined {
    return this.#store?.scenario ?? this.#given;
  }

  set scenario(value: Scenario | undefined) {
    this.#given = value;
    if (this.isConnected) void this.#begin();
  }

  /** The report of the last document that could be computed. */
  get report(): Report | undefined {
    return this.#store?.report;
  }

  connectedCallback(): void {
    this.#look();
    this.#stopNaming = this.shadowRoot ? nameParts(this.shadowRoot) : undefined;
    // While the page is being read, the children are not there yet.
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", () => this.isConnected && void this.#begin(), {
        once: true,
      });
    else void this.#begin();
  }

  /** The workers end with the element; put back, it starts from the document as it was left. */
  disconnectedCallback(): void {
    this.#given = this.#store?.scenario ?? this.#given;
    this.#stopNaming?.();
    this.#end();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === "src") {
      this.#given = undefined;
      void this.#begin();
    } else if (name === "view") {
      const view = VIEWS.find(({ id }) => id === after)?.id;
      if (view && this.#app) this.#app.view = view;
    } else if (name === "mode") {
      if (this.#app) this.#app.readonly = after === "readonly";
    } else if (name !== "currency") this.#look();
  }

  /** Language and theme, as the attributes say. */
  #look(): void {
    const asked = this.getAttribute("lang") ?? this.closest("[lang]")?.getAttribute("lang");
    const language = LOCALES.find((known) => asked?.toLowerCase().split("-")[0] === known);
    this.#language = language ?? localeAt(document);
    setOwnLocale(this, this.#language);
    showTheme(THEMES.find((known) => known === this.getAttribute("theme")) ?? "auto", this);
  }

  #end(): void {
    this.#start += 1;
    this.#app?.remove();
    this.#engine?.end();
    this.#comparisons?.end();
    this.#app = undefined;
    this.#engine = undefined;
    this.#comparisons = undefined;
    this.#store = undefined;
  }

  async #begin(): Promise<void> {
    this.#end();
    const start = this.#start;
    const engine = createEngine();
    this.#engine = engine;
    this.#prefetch();
    let document: Scenario;
    await loadLocale(this.#language);
    if (start !== this.#start) return;
    try {
      const answer = await this.#document(engine);
      if (start !== this.#start) return;
      if ("errors" in answer) return this.#refuse(answer.errors);
      document = answer.scenario;
      const currency = this.getAttribute("currency")?.toUpperCase();
      if (!document.currency && currency && /^[A-Z]{3}$/.test(currency)) document = { ...document, currency };
      if (document.seed === undefined) document = { ...document, seed: await engine.call("newSeed") };
      if (start !== this.#start) return;
    } catch (error) {
      if (start === this.#start) this.#refuse([], error instanceof Error ? error.message : String(error));
      return;
    }
    this.#show(engine, document);
  }

  /** The engine comes while the words do, where the document is at hand. */
  #prefetch(): void {
    if (this.#given) prefetch(extentOf({ name: "preview", args: [this.#given] }));
    else if (this.getAttribute("src") === null) {
      const child = this.querySelector('script[type="application/json"]');
      const text = child?.textContent;
      prefetch(text ? extentOf({ name: "readScenarioText", args: [text] }) : "pipeline");
    }
  }

  /** The document that the element is to show. */
  async #document(engine: EngineClient) {
    if (this.#given) return engine.call("readScenarioText", JSON.stringify(this.#given));
    const src = this.getAttribute("src");
    if (src !== null) {
      const response = await fetch(src);
      if (!response.ok) throw new Error(`${src}: ${response.status}`);
      return engine.call("readScenarioText", await response.text());
    }
    const child = this.querySelector('script[type="application/json"]');
    if (child) return engine.call("readScenarioText", child.textContent ?? "");
    enterLocale(this);
    return { scenario: firstCase() };
  }

  #show(engine: EngineClient, document: Scenario): void {
    const store = new Store(document, engine, new Persistence(undefined));
    this.#store = store;
    const app = window.document.createElement("dc-app");
    app.store = store;
    this.#comparisons = createComparisons();
    app.services = servicesOf(engine, this.#comparisons);
    app.frame = this;
    app.readonly = this.getAttribute("mode") === "readonly";
    const view = VIEWS.find(({ id }) => id === this.getAttribute("view"))?.id;
    if (view) app.view = view;
    this.#app = app;
    this.#report(store);
    watchReport(store, this);
    this.shadowRoot?.replaceChildren(app);
    void store.start();
  }

  /** Events for the page around. */
  #report(store: Store): void {
    let { scenario } = store;
    let errors: readonly InputError[] = [];
    let sent: Report | undefined;
    store.subscribe(() => {
      if (store !== this.#store) return;
      if (store.scenario !== scenario) {
        scenario = store.scenario;
        this.#tell("dealcast-change", { scenario });
      }
      if (store.errors.length > 0 && store.errors !== errors)
        this.#tell("dealcast-error", { errors: store.errors });
      errors = store.errors;
      if (store.quality === "full" && store.report && store.report !== sent) {
        sent = store.report;
        this.#tell("dealcast-result", { scenario: store.reportScenario, report: sent });
      }
    });
  }

  #refuse(errors: readonly InputError[], message = ""): void {
    enterLocale(this);
    const box = document.createElement("div");
    box.className = "problem";
    box.setAttribute("role", "alert");
    const lines = errors
      .slice(0, 12)
      .map((error) => `${error.path || "/"}: ${sentenceOf(error, firstCase())}`);
    box.textContent = [
      t("app.file_refused", { name: this.getAttribute("src") ?? t("app.untitled") }),
      message,
      ...lines,
    ]
      .filter(Boolean)
      .join(" · ");
    this.shadowRoot?.replaceChildren(box);
    this.#tell("dealcast-error", { errors });
  }

  #tell<Name extends keyof DealCastEvents>(name: Name, detail: DealCastEvents[Name]["detail"]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

export type { Locale };

declare global {
  interface HTMLElementTagNameMap {
    "deal-cast": DealCast;
  }
  interface HTMLElementEventMap extends DealCastEvents {}
}
