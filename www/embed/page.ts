/** The page about embedding: the text for each host, what its administrator allows, live examples, the element's reference. */
import { html, LitElement, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { copyText } from "../charts/export.js";
import {
  enterLocale,
  LOCALES,
  type Locale,
  Localized,
  loadLocale,
  loadWords,
  locale,
  type MessageKey,
  markDocument,
  onLocaleChange,
  setLocale,
  t,
} from "../i18n.js";
import { HOSTS, type Host, snippet } from "../share/hosts.js";
import { THEMES } from "../state/theme.js";
import { VIEWS, type ViewId } from "../views/views.js";
import { PARTS } from "./parts.js";

const LANGUAGES: Record<Locale, string> = { en: "English", fr: "Français" };
const MODES = ["readonly", "interactive"] as const;
const VARIABLES = [
  "--accent",
  "--accent-strong",
  "--accent-soft",
  "--on-accent",
  "--paper",
  "--surface",
  "--ink",
  "--ink-2",
  "--ink-3",
  "--line",
  "--font",
  "--radius",
  "--chart-line",
  "--chart-bar",
];
/** What the texts of a plain page carry: three deals. */
const EXAMPLE = {
  schema: "dealcast/1",
  currency: "EUR",
  start_month: "2026-01",
  seed: 7,
  open_pipeline: {
    target: 90000,
    deals: [
      { deal_id: "d1", amount: 60000, win_probability: 0.5, expected_close_month: 1 },
      { deal_id: "d2", amount: 45000, win_probability: 0.3, expected_close_month: 2 },
      { deal_id: "d3", amount: 30000, win_probability: 0.7, expected_close_month: 3 },
    ],
  },
};
/** Names in the page's code, as the texts of the catalogues place them. */
const CODE: Readonly<Record<string, string>> = {
  script: '<script type="application/json">',
  views: "pipeline, growth, partners, compare",
  interactive: "interactive",
  readonly: "readonly",
  en: "en",
  fr: "fr",
  auto: "auto",
  light: "light",
  dark: "dark",
  fields: "code, path, params",
  selector: "deal-cast::part(headline)",
  names: "view, mode, theme, lang, currency",
};
const DETAIL: Partial<Record<MessageKey, string>> = {
  "embed.event_result": "detail.scenario, detail.report",
  "embed.event_change": "detail.scenario",
  "embed.event_error": "detail.errors",
};

const code = (text: string) => html`<code>${text}</code>`;

export class EmbedPage extends LitElement {
  readonly localized = new Localized(this);
  @state() private host: Host = "confluence_cloud";
  @state() private mode: (typeof MODES)[number] = "readonly";
  @state() private view: ViewId = "pipeline";
  @state() private language: Locale | "" = "";
  @state() private theme: (typeof THEMES)[number] = "auto";
  @state() private folder = new URL(".", location.href).href;
  @state() private said: MessageKey | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    document.title = t("embed.page_title");
    return html`
      <header>
        <h1>${t("embed.page_title")}</h1>
        <p class="languages">
          ${LOCALES.map(
            (one) =>
              html`<button type="button" lang=${one} aria-pressed=${one === locale()} @click=${() => setLocale(one)}>${LANGUAGES[one]}</button>`,
          )}
        </p>
      </header>
      <p>${t("embed.lead")}</p>
      ${this.#chooser()} ${server()}
      <h2>${t("embed.file")}</h2>
      <p>${t("embed.file_explained")}</p>
    `;
  }

  #chooser(): TemplateResult {
    const text = this.#snippet();
    return html`<section aria-labelledby="where">
      <h2 id="where">${t("embed.where")}</h2>
      <form class="choices" @submit=${(event: Event) => event.preventDefault()}>
        ${choice(
          "host",
          t("share.host"),
          HOSTS,
          this.host,
          (one) => t(`share.host_${one}`),
          (one) => {
            this.host = one;
          },
        )}
        ${choice(
          "mode",
          t("embed.mode"),
          MODES,
          this.mode,
          (one) => t(`embed.mode_${one}`),
          (one) => {
            this.mode = one;
          },
        )}
        ${choice(
          "view",
          t("embed.view"),
          VIEWS.map(({ id }) => id),
          this.view,
          (one) => t(`app.view_${one}`),
          (one) => {
            this.view = one;
          },
        )}
        ${choice(
          "language",
          t("embed.language"),
          ["", ...LOCALES] as const,
          this.language,
          (one) => (one ? LANGUAGES[one] : t("embed.language_reader")),
          (one) => {
            this.language = one;
          },
        )}
        ${choice(
          "theme",
          t("embed.theme"),
          THEMES,
          this.theme,
          (one) => t(`app.theme_${one}`),
          (one) => {
            this.theme = one;
          },
        )}
        <label class="wide"
          >${t("share.folder")}
          <input
            id="folder"
            type="url"
            .value=${this.folder}
            @change=${(event: Event) => {
              this.folder = (event.target as HTMLInputElement).value.trim().replace(/\/*$/, "/");
            }}
          />
        </label>
      </form>
      <h3>${t("share.snippet")}</h3>
      <pre id="snippet" tabindex="0">${text}</pre>
      <p>
        <button type="button" id="copy" @click=${() => void this.#copy(text)}>${t("share.copy_snippet")}</button>
        <span role="status">${this.said ? t(this.said) : ""}</span>
      </p>
      <h3>${t("embed.host_settings")}</h3>
      <p id="settings">${t(`share.settings_${this.host}`, { example: "{{#widget:Dealcast}}", wasm: "'wasm-unsafe-eval'" })}</p>
      <p class="aside">${t("embed.own_scenario")}</p>
    </section>`;
  }

  #snippet(): string {
    const { host, folder, mode, view, language, theme } = this;
    const asked = new URLSearchParams({
      mode,
      view,
      ...(language && { lang: language }),
      ...(theme !== "auto" && { theme }),
    });
    return snippet(host, {
      folder,
      fragment: `#${asked}`,
      title: "dealcast",
      view,
      mode,
      lang: language,
      theme,
      json: JSON.stringify(EXAMPLE),
    });
  }

  async #copy(text: string): Promise<void> {
    if (await copyText(text)) {
      this.said = "share.copied";
      return;
    }
    this.said = "share.copy_refused";
    const snippet = this.querySelector("#snippet");
    if (snippet) getSelection()?.selectAllChildren(snippet);
  }
}

/** The element's reference, below its live examples. */
export class EmbedReference extends LitElement {
  readonly localized = new Localized(this);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const list = (
      prefix: string,
      names: readonly string[],
      kind: "attribute" | "property" | "event" | "part",
    ) =>
      html`<dl>
        ${names.map((name) => {
          const key = `embed.${kind}_${name.replaceAll("-", "_")}` as MessageKey;
          return html`<dt>${code(`${prefix}${name}`)}</dt><dd>${t(key, { ...CODE, detail: DETAIL[key] ?? "" })}</dd>`;
        })}
      </dl>`;
    return html`
      <h2>${t("embed.attributes")}</h2>
      ${list("", ["src", "view", "mode", "lang", "theme", "currency"], "attribute")}
      <h2>${t("embed.properties")}</h2>
      ${list("", ["scenario", "report"], "property")}
      <h2>${t("embed.events")}</h2>
      ${list("dealcast-", ["result", "change", "error"], "event")}
      <h2>${t("embed.variables")}</h2>
      <p>${t("embed.variables_explained")}</p>
      <p>${VARIABLES.map((name, index) => html`${index > 0 ? ", " : ""}${code(name)}`)}</p>
      <h2 id="parts">${t("embed.parts")}</h2>
      <p>${t("embed.parts_explained", CODE)}</p>
      ${list("", PARTS, "part")}
      <h2>${t("embed.frames")}</h2>
      <p>${t("embed.frame_out")}</p>
      <pre>{context: "iframe.resize", height}
{dealcast: 1, type: "height", height}</pre>
      <p>${t("embed.frame_in")}</p>
      <pre>{dealcast: 1, type: "show", view, theme, lang}</pre>
      <p>${t("embed.frame_address", CODE)}</p>
    `;
  }
}

/** The words between the examples, which stand in the page's own text. */
function nameExamples(): void {
  // In the page's language: an element on it may have been touched last.
  enterLocale(document.body);
  for (const place of document.querySelectorAll<HTMLElement>("[data-words]"))
    place.textContent = t(`embed.${place.dataset.words}` as MessageKey);
}

/** What the folder's own server has to send. */
function server(): TemplateResult {
  return html`<h2>${t("embed.server")}</h2>
    <ul>
      <li>${t("embed.server_frame", { header: "Content-Security-Policy: frame-ancestors" })}</li>
      <li>${t("embed.server_types", { wasm: "application/wasm", script: "text/javascript" })}</li>
      <li>${t("embed.server_origin", { header: "Access-Control-Allow-Origin" })}</li>
      <li>${t("embed.server_cache")}</li>
    </ul>`;
}

function choice<T extends string>(
  id: string,
  label: string,
  all: readonly T[],
  chosen: T,
  words: (one: T) => string,
  choose: (one: T) => void,
): TemplateResult {
  return html`<label
    >${label}
    <select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as T)}>
      ${all.map((one) => html`<option value=${one} ?selected=${one === chosen}>${words(one)}</option>`)}
    </select>
  </label>`;
}

markDocument();
await Promise.all([loadLocale(locale()), loadWords("embed")]);
// Defined once their words are there.
customElements.define("dc-embed-page", EmbedPage);
customElements.define("dc-embed-reference", EmbedReference);
nameExamples();
onLocaleChange(nameExamples);
