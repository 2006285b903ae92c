/**
 * The frame that all charts share: title, caption, picture as wide as there is room, data table, copy
 * and save. A chart says what is inside ({@link ChartContent}); the frame does the rest.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { DefinitionId } from "../dialogs/definitions.js";
import { day } from "../format.js";
import type { Report } from "../generated/dealcast.js";
import { Localized, t } from "../i18n.js";
import { showDefinition } from "../ui/events.js";
import { dataTable } from "./data-table.js";
import { draw } from "./draw.js";
import {
  copyImage,
  copyText,
  downloadsDoubtful,
  fileName,
  lightColours,
  pngImage,
  saveFile,
} from "./export.js";
import { pictureWidth, svgFile } from "./file.js";
import type { Picture } from "./scene.js";
import { chartStyles } from "./styles.js";
import { TABLE_FORMS, type Table, toCsv } from "./table.js";

/** What a chart shows. */
export interface ChartContent<P extends Picture = Picture> {
  readonly title: string;
  readonly caption: string;
  /** The caption of a file, where that of the page speaks of what only the page can do. */
  readonly fileCaption?: string;
  /** The picture in one sentence, for those who do not see it. */
  readonly summary: string;
  readonly picture: P;
  /** Its data, made when asked for. */
  readonly table: () => Table;
}

/** What a picture came from; the line at the foot of its files says it. */
export type Provenance = Pick<Report, "engine" | "seed" | "trials">;

/** Width of a saved picture, in CSS pixels. */
const FILE_WIDTH = 960;
/** Width before the page says how wide. */
const FIRST_WIDTH = 640;
/** Narrower than this a picture is not laid out anew but shrunk. */
const LEAST_WIDTH = 280;

interface Note {
  readonly message: string;
  readonly text?: string;
  readonly image?: string;
}

let files = 0;

/** Base of the chart elements. */
export abstract class ChartElement<P extends Picture = Picture> extends LitElement {
  static override styles = chartStyles;

  /** Currency of the amounts, ISO 4217. */
  @property() currency = "EUR";
  /** Said under the title in place of the chart's own words. */
  @property() caption: string | undefined;
  /** The report that the data is from, for its engine version, seed and trials. */
  @property({ attribute: false }) run: Provenance | undefined;

  /** Definition that the chart's figures rest on; the page opens it. */
  @property({ attribute: false }) definition: DefinitionId | undefined;

  @state() protected width = 0;
  @state() private tableOpen = false;
  @state() private note: Note | undefined;

  protected content: ChartContent<P> | undefined;
  #sizes: ResizeObserver | undefined;

  constructor() {
    super();
    new Localized(this);
  }

  /** What to show at a width; absent: nothing to show yet. */
  protected abstract contentAt(width: number): ChartContent<P> | undefined;

  /** The picture of a file: that of the page, and what is drawn over it there. */
  protected picture(width: number): Picture | undefined {
    return this.contentAt(width)?.picture;
  }

  /** Draws what moves, into `layer`. */
  protected drawLive(_layer: SVGGElement): void {}

  /** What stands below the picture. */
  protected readout(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** Names of states that change nothing of the content. */
  protected lightStates(): readonly PropertyKey[] {
    return ["tableOpen", "note"];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // For pages that embed the element: see `embed/parts.ts`.
    this.setAttribute("part", "chart");
    this.setAttribute("exportparts", "title: chart-title, caption: chart-caption, tools: chart-tools, table");
    document.addEventListener("pointerdown", this.#closeMenu);
    if (typeof ResizeObserver === "undefined") return;
    this.#sizes = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      // A hidden chart has no width: it keeps the one it had.
      if (width > 0) this.width = Math.max(width, LEAST_WIDTH);
    });
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#closeMenu);
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const light = this.lightStates();
    const heavy = changed.size === 0 || [...changed.keys()].some((name) => !light.includes(name));
    if (heavy) this.content = this.contentAt(this.width || FIRST_WIDTH);
  }

  protected override updated(): void {
    const layer = this.renderRoot.querySelector<SVGGElement>(".live");
    if (layer && this.content) this.drawLive(layer);
    this.renderRoot.querySelector("textarea")?.select();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { content } = this;
    if (!content) return nothing;
    const { title, summary, picture } = content;
    const caption = this.caption ?? content.caption;
    return html`
      <figure aria-labelledby="title">
        <h3 id="title" part="title">${title}</h3>
        ${caption ? html`<p class="caption" part="caption">${caption}</p>` : nothing}
        <div class="plot">
          <svg viewBox="0 0 ${picture.width} ${picture.height}" role="group" aria-labelledby="title">
            <g role="img" aria-label=${summary}>${guard([picture], () => draw(picture.marks))}</g>
            <g class="live"></g>
          </svg>
        </div>
        ${this.readout()}
        ${this.#tools()}
        ${this.tableOpen ? guard([content], () => dataTable(title, content.table())) : nothing}
      </figure>
    `;
  }

  #tools(): TemplateResult {
    const button = (words: string, action: () => void | Promise<void>) =>
      html`<button type="button" @click=${() => this.#choose(action)}>${words}</button>`;
    return html`
      <div class="tools" part="tools">
        <button
          type="button"
          aria-expanded=${this.tableOpen}
          @click=${() => {
            this.tableOpen = !this.tableOpen;
          }}
        >
          ${t("charts.data_table")}
        </button>
        <details @keydown=${this.#menuKey}>
          <summary>${t("charts.copy_or_save")}</summary>
          <div class="menu">
            <div role="group" aria-labelledby="copy">
              <strong id="copy">${t("charts.copy")}</strong>
              ${button(t("charts.as_image"), () => this.#copyImage())}
              ${button(t("charts.as_drawing"), () => this.#copy(this.svg()))}
              ${TABLE_FORMS.map(([form, write]) => button(t(`charts.${form}`), () => this.#copy(this.#table(write))))}
            </div>
            <div role="group" aria-labelledby="save">
              <strong id="save">${t("charts.save")}</strong>
              ${button(t("charts.as_image"), () => this.#saveImage())}
              ${button(t("charts.as_drawing"), () => this.#save("svg", "image/svg+xml", this.svg()))}
              ${button(t("charts.as_csv"), () => this.#save("csv", "text/csv", `\ufeff${this.#table(toCsv)}`))}
            </div>
          </div>
        </details>
        ${this.definition ? html`<button type="button" class="define" @click=${this.#define}>${t("app.show_the_math")}</button>` : nothing}
        <div class="note">${this.#noteContent()}</div>
      </div>
    `;
  }

  readonly #define = (): void => {
    if (this.definition) showDefinition(this, this.definition);
  };

  /** The chart as an SVG file that stands alone, in the page's language and light colours. */
  svg(): string {
    const { content } = this;
    const picture = this.picture(pictureWidth(FILE_WIDTH));
    if (!content || !picture) return "";
    files += 1;
    const framing = {
      title: content.title,
      caption: this.caption ?? content.fileCaption ?? content.caption,
      source: this.#source(),
    };
    return svgFile(picture, framing, lightColours(this), `dealcast-${files}`);
  }

  #source(): string {
    const { run } = this;
    if (!run) return day(new Date());
    return t("charts.source", {
      version: run.engine.version,
      trials: t("app.trials", { count: run.trials }),
      seed: String(run.seed),
      date: day(new Date()),
    });
  }

  #table(write: (table: Table) => string): string {
    return this.content ? write(this.content.table()) : "";
  }

  async #copy(text: string): Promise<void> {
    const copied = await copyText(text);
    this.note = copied ? { message: t("charts.copied") } : { message: t("charts.copy_refused"), text };
  }

  async #copyImage(): Promise<void> {
    const image = pngImage(this.svg());
    const copied = copyImage(image);
    try {
      const blob = await image;
      this.note = (await copied)
        ? { message: t("charts.copied") }
        : { message: t("charts.image_refused"), image: await dataAddress(blob) };
    } catch {
      this.note = { message: t("charts.image_failed") };
    }
  }

  async #saveImage(): Promise<void> {
    try {
      const image = await pngImage(this.svg());
      const file = this.#saveBlob("png", image);
      if (downloadsDoubtful())
        this.note = { message: t("charts.image_saved_perhaps", { file }), image: await dataAddress(image) };
    } catch {
      this.note = { message: t("charts.image_failed") };
    }
  }

  #save(extension: string, type: string, text: string): void {
    const file = this.#saveBlob(extension, new Blob([text], { type: `${type};charset=utf-8` }));
    if (downloadsDoubtful())
      this.note = { message: t("charts.saved_perhaps", { file }), text: text.replace(/^\ufeff/, "") };
  }

  #saveBlob(extension: string, content: Blob): string {
    const file = fileName(this.content?.title ?? "", extension);
    saveFile(file, content);
    this.note = { message: t("charts.saved", { file }) };
    return file;
  }

  #noteContent(): TemplateResult {
    const { message = "", text, image } = this.note ?? {};
    const close = () => {
      this.note = undefined;
    };
    // The live region is there before its message: screen readers announce changes, not arrivals.
    return html`
      <span role="status">${message}</span>
      ${text === undefined ? nothing : html`<textarea readonly aria-label=${t("charts.text_to_copy")} .value=${text}></textarea>`}
      ${image === undefined ? nothing : html`<img src=${image} alt=${this.content?.summary ?? ""} />`}
      ${text === undefined && image === undefined ? nothing : html`<button type="button" @click=${close}>${t("charts.close")}</button>`}
    `;
  }

  #choose(action: () => void | Promise<void>): void {
    this.#openMenu(false);
    this.renderRoot.querySelector("summary")?.focus();
    void action();
  }

  readonly #menuKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    this.#openMenu(false);
    this.renderRoot.querySelector("summary")?.focus();
  };

  readonly #closeMenu = (event: Event): void => {
    const menu = this.renderRoot.querySelector("details");
    if (menu?.open && !event.composedPath().includes(menu)) menu.open = false;
  };

  #openMenu(open: boolean): void {
    const menu = this.renderRoot.querySelector("details");
    if (menu) menu.open = open;
  }
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(blob);
  });
}
