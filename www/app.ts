/** The shell: header, view, dialogs, files, keyboard. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { downloadsDoubtful } from "./charts/sandbox.js";
import { makeLever } from "./compare/make-lever.js";
import { listen, type Source } from "./deals/csv/source.js";
import type { ScenarioEdit } from "./deals/events.js";
import type { DefinitionId } from "./dialogs/definitions.js";
import { replay } from "./dialogs/replay.js";
import type { ShortcutsDialog } from "./dialogs/shortcuts.js";
import { circumstances } from "./engine/circumstances.js";
import { placeOf, sentenceOf } from "./errors.js";
import type { InputError, Scenario } from "./generated/dealcast.js";
import { LOCALES, type Locale, loadWords, locale, setLocale, setOwnLocale, t } from "./i18n.js";
import { type Refused, readLink } from "./share/read-link.js";
import { asked, withParameter } from "./state/address.js";
import { download, fileName, readScenarioFile, scenarioText } from "./state/files.js";
import { setTheme, showTheme, THEMES, type Theme, theme } from "./state/theme.js";
import { PageElement } from "./ui/element.js";
import { onShortcut } from "./ui/keyboard.js";
import type { LeverAsked } from "./ui/lever.js";
import { forReaders, type Services } from "./ui/services.js";
import "./dialogs/shortcuts.js";
import type { Choice } from "./ui/menu.js";
import "./ui/menu.js";
import type { GuidedEntry } from "./partners/guided.js";
import { focusField } from "./views/error-list.js";
import { isLoaded, loadView, WORDS } from "./views/load.js";
import { nothingHere, startPanel } from "./views/start.js";
import { STARTERS } from "./views/starters.js";
import {
  addressOf,
  holds,
  VIEWS,
  type ViewId,
  viewAfter,
  viewFor,
  viewIn,
  viewOfPath,
} from "./views/views.js";

/** Each language by its own name. */
const LANGUAGES: Record<Locale, string> = { en: "English", fr: "Français" };

@customElement("dc-app")
export class App extends PageElement {
  @property({ attribute: false }) services!: Services;
  /** A word to the reader about the work kept in the browser. */
  @property() notice = "";
  /** Levers move, nothing is opened and nothing is saved. */
  @property({ type: Boolean }) readonly = false;
  /** The element that it is embedded in, which has its own language and theme; absent: it is the page. */
  @property({ attribute: false }) frame: HTMLElement | undefined;
  /** A file or a link that was not opened. */
  @property({ attribute: false }) refused: Refused | undefined;
  /** Dialogs that are read when first asked for. */
  @state() private loaded: readonly ("definition" | "guided" | "import" | "share")[] = [];
  /** The case library, once it was asked for. */
  @state() private library: typeof import("./views/library.js") | undefined;
  @state() private dropping = false;
  @property({ attribute: false }) view: ViewId = VIEWS[0].id;
  @query("dc-shortcuts") private shortcuts!: ShortcutsDialog;
  @query("dc-guided") private guided!: GuidedEntry;
  @query("#file") private fileInput!: HTMLInputElement;
  #stopShortcuts: (() => void) | undefined;
  #stopCircumstances: (() => void) | undefined;
  #listening: AbortController | undefined;
  /** The view before this one. */
  #before: ViewId | undefined;
  /** The link that readers see: moving between views does not open it again. */
  #shownLink: string | undefined;
  /** The document that the view was chosen for. */
  #seen: Scenario | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopShortcuts = onShortcut(
      {
        undo: () => this.store.undo(),
        redo: () => this.store.redo(),
        open: () => this.readonly || this.fileInput.click(),
        save: () => this.readonly || this.#save(),
        help: () => this.shortcuts.open(),
        cancel: () => this.store.cancel(),
      },
      this.frame ? this : document,
    );
    this.#stopCircumstances = circumstances.subscribe(() => this.requestUpdate());
    this.view = (this.frame ? undefined : viewIn(location.hash)) ?? viewFor(this.store.scenario, this.view);
    this.#seen = this.store.scenario;
    if (!this.frame) {
      if (this.readonly) this.#shownLink = asked(location.search, location.hash).link;
      addEventListener("popstate", this.#onAddress);
      addEventListener("hashchange", this.#onAddress);
    }
    this.addEventListener("scenario-edit", this.#onEdit);
    this.addEventListener("show-error", this.#onShowError);
    this.addEventListener("make-lever", this.#onMakeLever);
    this.addEventListener("show-guided", () => void this.#openGuided());
    this.addEventListener("show-definition", (event) => void this.#define(event.detail.id));
    this.addEventListener("import-request", () => void this.#import());
    this.#listening = new AbortController();
    listen(
      this.frame ?? document,
      { receive: (source) => void this.#import(source) },
      this.#listening.signal,
    );
    this.addEventListener("dragover", this.#onDragOver);
    this.addEventListener("dragleave", this.#onDragLeave);
    this.addEventListener("drop", this.#onDrop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopShortcuts?.();
    this.#stopCircumstances?.();
    this.#listening?.abort();
    removeEventListener("popstate", this.#onAddress);
    removeEventListener("hashchange", this.#onAddress);
  }

  protected override willUpdate(): void {
    const { scenario } = this.store;
    if (!this.#seen || scenario === this.#seen) return;
    const next = viewAfter(this.#seen, scenario, this.view);
    this.#seen = scenario;
    if (next !== this.view) this.#show(next, "replace");
  }

  protected override render(): TemplateResult {
    const { store } = this;
    if (!this.frame)
      document.title = t("app.page_title", { title: store.scenario.title || t("app.untitled") });
    return html`
      <a class="skip" href="#results" @click=${this.#onSkip}>${t("app.skip_to_results")}</a>
      ${this.#header()} ${this.#notices()}
      ${store.scenario.title === t("app.first_case") ? nothing : this.#library()?.casePanel(store)}
      ${
        // A page has one main part; an element on it is not that.
        this.frame
          ? html`<div class="page" part="main" ?data-dropping=${this.dropping}>${this.#content()}</div>`
          : html`<main class="page" part="main" ?data-dropping=${this.dropping}>${this.#content()}</main>`
      }
      <footer part="footer">
        <p>${t("app.made_by")}</p>
        ${this.#engineNote()}
        ${store.report ? html`<p>${replay(store.report)}</p>` : nothing}
      </footer>
      ${
        this.loaded.includes("import")
          ? html`<dc-csv-import .scenario=${store.scenario} .files=${this.services.files}></dc-csv-import>`
          : nothing
      }
      ${this.loaded.includes("definition") ? html`<dc-definition .store=${store}></dc-definition>` : nothing}
      ${this.loaded.includes("guided") ? html`<dc-guided .store=${store}></dc-guided>` : nothing}
      <dc-shortcuts .store=${store}></dc-shortcuts>
      ${this.loaded.includes("share") ? html`<dc-share .store=${store}></dc-share>` : nothing}
    `;
  }

  /** The view, or where it starts when the document has nothing for it. */
  #content(): TemplateResult {
    const { store, view } = this;
    const services = this.readonly ? forReaders(this.services) : this.services;
    if (!holds(store.scenario, view)) {
      if (this.readonly) return nothingHere(view);
      return startPanel(view, this.#library()?.casesOf(view) ?? [], {
        open: (one) => void this.#openExample(one.file),
        begin: () => store.edit(t("app.started_step", { view: t(`app.view_${view}`) }), STARTERS[view]),
        ...(view === "partners" ? { guided: () => void this.#openGuided() } : {}),
      });
    }
    if (!isLoaded(view)) {
      void loadView(view).then(() => this.requestUpdate());
      return html`<section class="results" id="results" tabindex="-1" aria-busy="true"></section>`;
    }
    switch (view) {
      case "pipeline":
        return html`<dc-pipeline-view .store=${store} .services=${services}></dc-pipeline-view>`;
      case "growth":
        return html`<dc-growth-view .store=${store} .services=${services}></dc-growth-view>`;
      case "partners":
        return html`<dc-partners-view .store=${store} .services=${services}></dc-partners-view>`;
      case "compare":
        return html`<dc-compare-view .store=${store} .services=${services} .from=${this.#before}></dc-compare-view>`;
    }
  }

  #header(): TemplateResult {
    const { store } = this;
    return html`<header class="top" part="header">
      <p class="brand">${t("app.name_of_page")}</p>
      <nav class="views" aria-label=${t("app.views")}>
        ${VIEWS.filter(({ id }) => !this.readonly || id === this.view || holds(store.scenario, id)).map(
          ({ id }) =>
            html`<a href=${this.frame ? addressOf(id) : withParameter(location.hash, "view", id)} aria-current=${id === this.view ? "page" : nothing} @click=${(event: MouseEvent) => this.#onView(event, id)}
              >${t(`app.view_${id}`)}</a
            >`,
        )}
      </nav>
      ${
        this.readonly
          ? html`<p class="title" id="field-title">${store.scenario.title ?? t("app.untitled")}</p>`
          : html`<input
        class="title"
        id="field-title"
        aria-label=${t("app.title")}
        placeholder=${t("app.untitled")}
        maxlength="400"
        .value=${store.scenario.title ?? ""}
        @change=${this.#onTitle}
      />`
      }
      <div class="tools" role="group" aria-label=${t("app.toolbar")}>
        ${this.readonly ? this.#readerTools() : this.#documentTools()}
        <dc-menu
          id="language"
          .hint=${t("app.language")}
          .label=${LANGUAGES[locale()]}
          .choices=${LOCALES.map((one) => ({ id: one, label: LANGUAGES[one], chosen: one === locale() }))}
          @choose=${(event: CustomEvent<{ id: Locale }>) => this.#setLocale(event.detail.id)}
        ></dc-menu>
        <dc-menu
          id="theme"
          .label=${t("app.theme")}
          .choices=${THEMES.map((one) => ({ id: one, label: t(`app.theme_${one}`), chosen: one === theme(this.frame) }))}
          @choose=${(event: CustomEvent<{ id: Theme }>) => this.#setTheme(event.detail.id)}
        ></dc-menu>
        <button id="shortcuts" class="icon" aria-label=${t("app.shortcuts")} title=${t("app.shortcuts")} @click=${() => this.shortcuts.open()}>
          ?
        </button>
      </div>
      <input id="file" type="file" accept=".json,application/json" hidden @change=${this.#onFile} />
    </header>`;
  }

  /** What changes the document as a whole, or takes it elsewhere. */
  #documentTools(): TemplateResult {
    const { store } = this;
    const { undoLabel, redoLabel } = store;
    return html`<dc-menu
          id="examples"
          .label=${t("app.examples")}
          .choices=${this.#examples()}
          @pointerenter=${() => this.#library()}
          @focusin=${() => this.#library()}
          @choose=${(event: CustomEvent<{ id: string }>) => void this.#openExample(event.detail.id)}
        ></dc-menu>
        <button id="open" @click=${() => this.fileInput.click()}>${t("app.open")}</button>
        <button id="save" @click=${() => this.#save()}>${t("app.save")}</button>
        <button
          id="undo"
          class="icon"
          ?disabled=${undoLabel === undefined}
          aria-label=${t("app.undo")}
          title=${undoLabel ? t("app.undo_what", { what: undoLabel }) : t("app.undo")}
          @click=${() => store.undo()}
        >
          ↶
        </button>
        <button
          id="redo"
          class="icon"
          ?disabled=${redoLabel === undefined}
          aria-label=${t("app.redo")}
          title=${redoLabel ? t("app.redo_what", { what: redoLabel }) : t("app.redo")}
          @click=${() => store.redo()}
        >
          ↷
        </button>
        <button id="share" @click=${() => void this.#share()}>${t("share.share")}</button>`;
  }

  /** For those who only read: the way back. */
  #readerTools(): TemplateResult {
    return html`<button id="reset" ?disabled=${this.store.undoLabel === undefined} @click=${() => this.store.reset()}>
      ${t("share.readonly_reset")}
    </button>`;
  }

  async #share(how: "open" | "openSaved" = "open"): Promise<void> {
    const [{ ChartElement }] = await Promise.all([
      import("./charts/frame.js"),
      this.#dialog("share", () => import("./share/dialog.js")),
    ]);
    await this.querySelector("dc-share")?.[how]({
      view: this.view,
      sentence: this.querySelector("#sentence")?.textContent?.trim() ?? "",
      pictures: () =>
        [...this.querySelectorAll(".page *")].flatMap((part) =>
          part instanceof ChartElement ? [part.svg()].filter(Boolean) : [],
        ),
    });
  }

  async #define(id: DefinitionId): Promise<void> {
    await this.#dialog("definition", () =>
      Promise.all([import("./dialogs/definition.js"), loadWords("meanings")]),
    );
    this.querySelector("dc-definition")?.open(id);
  }

  /** Deals from a file: one that was dropped or pasted, or one to pick. */
  async #import(source?: Source): Promise<void> {
    if (this.readonly) return;
    await this.#dialog("import", () => import("./deals/csv/csv-import.js"));
    this.querySelector("dc-csv-import")?.open(source);
  }

  /** The case library; where it is not there yet, it is fetched and the page drawn again. */
  #library(): typeof this.library {
    if (!this.library)
      void import("./views/library.js").then((library) => {
        this.library = library;
      });
    return this.library;
  }

  async #openGuided(): Promise<void> {
    if (this.readonly) return;
    await this.#dialog("guided", () => Promise.all([import("./partners/guided.js"), loadWords("partners")]));
    this.guided.open();
  }

  /** Reads a dialog and puts it on the page. */
  async #dialog(name: (typeof this.loaded)[number], read: () => Promise<unknown>): Promise<void> {
    await read();
    if (!this.loaded.includes(name)) this.loaded = [...this.loaded, name];
    await this.updateComplete;
  }

  /** The case library, view by view. */
  #examples(): Choice[] {
    const { library } = this;
    if (!library) return [];
    return VIEWS.flatMap(({ id }) =>
      library.casesOf(id).map((one) => ({
        id: one.file,
        label: one.title[locale()],
        note: `${one.description[locale()]} ${one.source[locale()]}`,
        group: t(`app.view_${id}`),
      })),
    );
  }

  #notices() {
    const kept =
      this.store.kept || this.readonly
        ? nothing
        : html`<p class="notice" role="status">${t("app.not_kept")}</p>`;
    const notice = this.notice ? html`<p class="notice" role="status">${this.notice}</p>` : nothing;
    const refused = circumstances.refused
      ? html`<p class="notice" role="alert" id="engine-refused">${t("app.wasm_refused")}</p>`
      : nothing;
    return html`${refused} ${notice} ${kept} ${this.refused ? this.#refusal(this.refused) : nothing}`;
  }

  #refusal({ name, why, errors }: Refused) {
    // Not the document at hand, whose deals are others: places are told by their number.
    const scenario: Scenario = { schema: "dealcast/1" };
    return html`<div class="errors" role="alert" id="refused">
      <p>
        <strong>${t("app.file_refused", { name })}.</strong> ${why ?? nothing} ${t("app.file_refused_kept")}
        <button class="quiet icon" aria-label=${t("app.close")} @click=${() => this.#forgetRefusal()}>✕</button>
      </p>
      <ul>
        ${errors
          .slice(0, 12)
          .map(
            (error) =>
              html`<li><code>${error.path || "/"}</code> ${t("errors.at_place", { place: placeOf(error.path, scenario), problem: sentenceOf(error, scenario) })}</li>`,
          )}
        ${errors.length > 12 ? html`<li>${t("app.errors_more", { count: errors.length - 12 })}</li>` : nothing}
      </ul>
    </div>`;
  }

  /** What a host refuses makes the engine slower: said where it does not stand in the way. */
  #engineNote() {
    const { javascript, onPage } = circumstances;
    if (!javascript && !onPage) return nothing;
    return html`<p id="engine-note">${javascript ? t("app.slow_javascript") : t("app.slow_page")}</p>`;
  }

  #forgetRefusal(): void {
    this.refused = undefined;
  }

  #setLocale(next: Locale): void {
    if (this.frame) setOwnLocale(this.frame, next);
    else setLocale(next);
  }

  #setTheme(next: Theme): void {
    if (this.frame) showTheme(next, this.frame);
    else setTheme(next);
    this.requestUpdate();
  }

  /** Deals come from the table or from a CSV file, which may be dropped on any view. */
  #onEdit = (event: CustomEvent<ScenarioEdit>): void => {
    this.store.edit(event.detail.label, event.detail.edit);
    this.#show("pipeline", "push");
  };

  /** Shows a view, and keeps it in the address where the page may write there. */
  #show(view: ViewId, entry: "push" | "replace"): void {
    if (view === this.view) return;
    this.#before = this.view;
    this.view = view;
    if (view !== "pipeline") this.services.prepare();
    if (this.frame) return;
    try {
      const address = withParameter(location.hash, "view", view);
      if (entry === "push") history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    } catch {
      // A sandbox without a history: the view lasts as long as the page.
    }
  }

  #onView(event: MouseEvent, view: ViewId): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#show(view, "push");
  }

  #onAddress = (): void => {
    const { link } = asked(location.search, location.hash);
    if (link !== undefined && link !== this.#shownLink) void this.#openLink(link);
    this.view = viewIn(location.hash) ?? viewFor(this.store.scenario);
  };

  /** Skips without changing the address, which names the view. */
  #onSkip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>("#results")?.focus();
  }

  /** Goes to an error in another view. */
  #onShowError = (event: CustomEvent<{ readonly error: InputError }>): void => {
    const { path } = event.detail.error;
    const view = viewOfPath(path);
    if (!view || view === this.view) return;
    this.#show(view, "push");
    // The fields of the view are there after the frame that shows it.
    void loadView(view).then(() => requestAnimationFrame(() => setTimeout(() => focusField(path, this))));
  };

  /** A field becomes a lever of the last plan, which is shown. */
  #onMakeLever = async (event: CustomEvent<LeverAsked>): Promise<void> => {
    await loadWords(...WORDS.compare);
    const lever = makeLever(this.store, event.detail);
    if (lever === undefined) return;
    this.#show("compare", "push");
    void loadView("compare").then(() =>
      requestAnimationFrame(() => setTimeout(() => focusField(lever, this))),
    );
  };

  #onTitle(event: Event): void {
    const title = (event.target as HTMLInputElement).value.trim();
    this.store.edit(t("app.changed", { what: t("app.title") }), (draft) => {
      if (title) draft.title = title;
      else delete draft.title;
    });
  }

  #save(): void {
    // A sandbox may drop the file without a word: there the text is shown as well.
    if (downloadsDoubtful()) {
      void this.#share("openSaved");
      return;
    }
    const { scenario } = this.store;
    download(fileName(scenario.title), scenarioText(scenario));
  }

  /** A link that was put into the address of the open page. */
  async #openLink(value: string): Promise<void> {
    // Where nothing is kept, the link stays in the address: a reload shows its document again.
    if (this.readonly) this.#shownLink = value;
    else
      try {
        history.replaceState(null, "", withParameter(location.hash, "s", undefined) || "#");
      } catch {
        // A sandbox without a history: a second event would open the same document once more.
      }
    const outcome = await readLink(value, this.services.read);
    if ("refused" in outcome) this.refused = outcome.refused;
    else await this.#open(outcome.scenario, t("share.link_name"));
  }

  async #openExample(file: string): Promise<void> {
    const one = this.library?.CASES.find((known) => known.file === file);
    if (one && this.library)
      await this.#open(await this.library.openCase(one, locale()), one.title[locale()]);
  }

  async #onFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (file) await this.#openFile(file);
  }

  async #openFile(file: File): Promise<void> {
    const outcome = await readScenarioFile(file, this.services.read);
    if ("scenario" in outcome) await this.#open(outcome.scenario, outcome.scenario.title || file.name);
    else this.refused = outcome;
  }

  async #open(scenario: Scenario, title: string): Promise<void> {
    this.refused = undefined;
    this.notice = "";
    const seed = scenario.seed ?? (await this.services.drawSeed());
    this.store.open(t("app.opened_step", { title }), { ...scenario, seed });
  }

  #onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files") || event.defaultPrevented) return;
    event.preventDefault();
    this.dropping = !this.readonly;
  };

  #onDragLeave = (event: DragEvent): void => {
    if (!this.contains(event.relatedTarget as Node | null)) this.dropping = false;
  };

  #onDrop = (event: DragEvent): void => {
    this.dropping = false;
    const file = [...(event.dataTransfer?.files ?? [])].find((one) => one.name.endsWith(".json"));
    if (!file || event.defaultPrevented) return;
    // Also for those who only read: the browser would leave the page for the file.
    event.preventDefault();
    if (!this.readonly) void this.#openFile(file);
  };
}
