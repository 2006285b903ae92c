/** `<dc-share>`: the scenario as a link, in a wiki, or as a picture that stands still. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { copyText, downloadsDoubtful, saveFile } from "../charts/export.js";
import { Modal } from "../dialogs/modal.js";
import { day } from "../format.js";
import { locale, type MessageKey, t } from "../i18n.js";
import { fileName, scenarioText } from "../state/files.js";
import { VIEWS, type ViewId } from "../views/views.js";
import { HOSTS, type Host, snippet } from "./hosts.js";
import { holdsPrivate, type Included, shared } from "./leave-out.js";
import { LONG_LINK, packed } from "./link.js";
import { assumptionsOf, type Snapshot, snapshotHtml, snapshotSvg } from "./snapshot.js";

/** The page's own address, where others can open it. */
function pageAddress(): string | undefined {
  return /^https?:$/.test(location.protocol) ? location.href.replace(/[?#].*$/s, "") : undefined;
}

const NOTHING: Included = { names: false, owners: false, notes: false };
const PARTS = ["link", "embed", "snapshot"] as const;
type Part = (typeof PARTS)[number];

/** What is on the page behind the dialog. */
export interface Shown {
  readonly view: ViewId;
  /** The view's first sentence, as it stands. */
  readonly sentence: string;
  /** Its pictures, as drawings that stand alone. */
  pictures(): string[];
}

@customElement("dc-share")
export class ShareDialog extends Modal {
  @state() private shown: Shown | undefined;
  @state() private turned: Part = "link";
  @state() private included = NOTHING;
  /** The scenario as a parameter of an address. */
  @state() private packed = "";
  @state() private host: Host = "confluence_cloud";
  @state() private folder = "";
  @state() private said: MessageKey | undefined;
  /** What could not be copied, to copy by hand. */
  @state() private byHand: string | undefined;
  #asked = 0;

  async open(shown: Shown): Promise<void> {
    this.shown = shown;
    this.said = undefined;
    this.byHand = undefined;
    this.included = NOTHING;
    this.folder ||= (pageAddress() ?? "https://intranet.example/dealcast/").replace(/[^/]*$/, "");
    void this.#pack();
    await this.show();
  }

  /** The same with the whole document saved: for pages whose downloads may be dropped. */
  async openSaved(shown: Shown): Promise<void> {
    await this.open(shown);
    const { scenario } = this.store;
    this.#save(fileName(scenario.title), "application/json", scenarioText(scenario));
  }

  protected override heading(): string {
    return t("share.title");
  }

  protected override body(): TemplateResult {
    return html`
      <p class="parts" role="group" aria-label=${t("share.title")}>
        ${PARTS.map(
          (part) =>
            html`<button
              class=${part === this.turned ? "main" : "framed"}
              id="share-part-${part}"
              aria-pressed=${part === this.turned}
              @click=${() => this.#turnTo(part)}
            >
              ${t(`share.part_${part}`)}
            </button>`,
        )}
      </p>
      ${this.#part()} ${this.#included()}
      <p role="status">${this.said ? t(this.said) : nothing}</p>
      ${this.byHand === undefined ? nothing : this.#area("share-by-hand", t("share.by_hand"), this.byHand)}
    `;
  }

  #part(): TemplateResult {
    switch (this.turned) {
      case "link":
        return this.#linkPart();
      case "embed":
        return this.#embedPart();
      case "snapshot":
        return this.#snapshotPart();
    }
  }

  #linkPart(): TemplateResult {
    const link = this.#link();
    const long = link.length > LONG_LINK;
    return html`
      <p>${t("share.link_explained")}</p>
      ${pageAddress() ? nothing : html`<p class="help">${t("share.bare_link")}</p>`}
      ${this.#area("share-link", t("share.link_name"), link)}
      <p class=${long ? "notice" : "help"} id="share-length">
        ${long ? t("share.too_long", { count: link.length, most: LONG_LINK }) : t("share.length", { count: link.length })}
      </p>
      <p class="actions">
        <button class=${long ? "framed" : "main"} id="share-copy" @click=${() => this.#copy(link)}>${t("share.copy_link")}</button>
        <button class=${long ? "main" : "framed"} id="share-file" @click=${this.#saveScenario}>${t("share.save_file")}</button>
      </p>
    `;
  }

  #embedPart(): TemplateResult {
    const text = this.#snippet();
    return html`
      <label
        >${t("share.host")}
        <select
          id="share-host"
          @change=${(event: Event) => {
            this.host = (event.target as HTMLSelectElement).value as Host;
          }}
        >
          ${HOSTS.map((host) => html`<option value=${host} ?selected=${host === this.host}>${t(`share.host_${host}`)}</option>`)}
        </select>
      </label>
      <label
        >${t("share.folder")}
        <input
          id="share-folder"
          type="text"
          inputmode="url"
          .value=${this.folder}
          @change=${(event: Event) => {
            this.folder = (event.target as HTMLInputElement).value.trim().replace(/\/*$/, "/");
          }}
        />
      </label>
      <p id="share-settings">${t(`share.settings_${this.host}`, { example: "{{#widget:Dealcast}}", wasm: "'wasm-unsafe-eval'" })}</p>
      <p class="help">${t("share.settings_all", { header: "Content-Security-Policy: frame-ancestors" })}</p>
      ${this.#area("share-snippet", t("share.snippet"), text)}
      <p class="actions">
        <button class="main" id="share-copy-snippet" @click=${() => this.#copy(text)}>${t("share.copy_snippet")}</button>
      </p>
    `;
  }

  #snapshotPart(): TemplateResult {
    const ready = this.store.report !== undefined && this.shown?.sentence;
    const save = (extension: string, type: string, write: (snapshot: Snapshot) => string) => () => {
      const name = fileName(this.store.scenario.title).replace(/\.dealcast\.json$/, `.${extension}`);
      this.#save(name, type, write(this.#snapshot()));
    };
    return html`
      <p>${t("share.snapshot_explained")}</p>
      <p class="actions">
        <button class="main" id="snapshot-save-html" ?disabled=${!ready} @click=${save("html", "text/html", snapshotHtml)}>${t("share.save_html")}</button>
        <button class="framed" id="snapshot-save-svg" ?disabled=${!ready} @click=${save("svg", "image/svg+xml", snapshotSvg)}>${t("share.save_svg")}</button>
        <button class="framed" id="snapshot-copy-html" ?disabled=${!ready} @click=${() => this.#copy(snapshotHtml(this.#snapshot()))}>${t("share.copy_html")}</button>
        <button class="framed" id="snapshot-copy-svg" ?disabled=${!ready} @click=${() => this.#copy(snapshotSvg(this.#snapshot()))}>${t("share.copy_svg")}</button>
      </p>
    `;
  }

  /** What goes into the link beside the figures. */
  #included(): TemplateResult | typeof nothing {
    const held = holdsPrivate(this.store.scenario);
    if (this.turned === "snapshot" || !(held.names || held.owners || held.notes)) return nothing;
    return html`<fieldset>
        <legend>${t("share.include")}</legend>
        ${held.names ? this.#box("names", t("share.include_names")) : nothing}
        ${held.owners ? this.#box("owners", t("share.include_owners")) : nothing}
        ${held.notes ? this.#box("notes", t("share.include_notes")) : nothing}
      </fieldset>
      ${held.names && !this.included.names ? html`<p class="help">${t("share.names_left_out")}</p>` : nothing}`;
  }

  #box(what: keyof Included, words: string): TemplateResult {
    return html`<label class="tick"
      ><input
        type="checkbox"
        .checked=${this.included[what]}
        @change=${(event: Event) => {
          this.included = { ...this.included, [what]: (event.target as HTMLInputElement).checked };
          void this.#pack();
        }}
      />
      ${words}</label
    >`;
  }

  #area(id: string, label: string, text: string): TemplateResult {
    return html`<textarea
      id=${id}
      rows="4"
      readonly
      aria-label=${label}
      .value=${text}
      @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}
    ></textarea>`;
  }

  #turnTo(part: Part): void {
    this.turned = part;
    this.said = undefined;
    this.byHand = undefined;
  }

  async #pack(): Promise<void> {
    const asked = ++this.#asked;
    this.said = undefined;
    const value = await packed(JSON.stringify(shared(this.store.scenario, this.included)));
    if (asked === this.#asked) this.packed = value;
  }

  #link(): string {
    return `${pageAddress() ?? ""}#view=${this.shown?.view ?? ""}&s=${this.packed}`;
  }

  #snippet(): string {
    const { scenario } = this.store;
    const view = this.shown?.view ?? VIEWS[0].id;
    return snippet(this.host, {
      folder: this.folder,
      fragment: `#view=${view}&mode=readonly&lang=${locale()}&s=${this.packed}`,
      title: scenario.title || t("app.untitled"),
      view,
      lang: locale(),
      json: JSON.stringify(shared(scenario, this.included)),
    });
  }

  #snapshot(): Snapshot {
    const { report, reportScenario } = this.store;
    if (!report || !this.shown) throw new Error("no report to take a snapshot of");
    const sections = VIEWS.find(({ id }) => id === this.shown?.view)?.sections ?? [];
    return {
      title: reportScenario.title || t("app.untitled"),
      sentence: this.shown.sentence,
      pictures: this.shown.pictures(),
      assumptionsTitle: t("app.inputs"),
      assumptions: assumptionsOf(reportScenario, sections),
      source: t("charts.source", {
        version: report.engine.version,
        trials: t("app.trials", { count: report.trials }),
        seed: String(report.seed),
        date: day(new Date()),
      }),
    };
  }

  async #copy(text: string): Promise<void> {
    const copied = await copyText(text);
    this.said = copied ? "share.copied" : "share.copy_refused";
    this.byHand = copied ? undefined : text;
    void this.#toByHand();
  }

  readonly #saveScenario = (): void => {
    const scenario = shared(this.store.scenario, this.included);
    this.#save(fileName(scenario.title), "application/json", scenarioText(scenario));
  };

  /** Saves a text, and shows it where the browser may have dropped it. */
  #save(name: string, type: string, text: string): void {
    saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
    const doubtful = downloadsDoubtful();
    this.said = doubtful ? "share.saved_perhaps" : "share.saved";
    this.byHand = doubtful ? text : undefined;
    void this.#toByHand();
  }

  /** The text to copy, in sight and selected. */
  async #toByHand(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLTextAreaElement>("#share-by-hand")?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-share": ShareDialog;
  }
}
