/** `<dc-share>`: the scenario as a link, with what it leaves out, or as a file. */
import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { copyText } from "../charts/export.js";
import { Modal } from "../dialogs/modal.js";
import { type MessageKey, t } from "../i18n.js";
import { download, fileName, scenarioText } from "../state/files.js";
import { holdsPrivate, type Included, shared } from "./leave-out.js";
import { LONG_LINK, packed } from "./link.js";

/** The page's own address, where others can open it. */
function pageAddress(): string | undefined {
  return /^https?:$/.test(location.protocol) ? location.href.replace(/[?#].*$/s, "") : undefined;
}

const NOTHING: Included = { names: false, owners: false, notes: false };

@customElement("dc-share")
export class ShareDialog extends Modal {
  /** The view that the link opens. */
  view = "pipeline";
  @state() private included = NOTHING;
  @state() private link = "";
  @state() private said: MessageKey | undefined;
  @query("textarea") private area!: HTMLTextAreaElement;
  #asked = 0;

  open(view: string): void {
    this.view = view;
    this.included = NOTHING;
    void this.#make();
    void this.show();
  }

  protected override heading(): string {
    return t("share.title");
  }

  protected override body(): TemplateResult {
    const held = holdsPrivate(this.store.scenario);
    const long = this.link.length > LONG_LINK;
    const lacksNames = held.names && !this.included.names;
    return html`
      <p>${t("share.link_explained")}</p>
      ${
        held.names || held.owners || held.notes
          ? html`<fieldset>
              <legend>${t("share.include")}</legend>
              ${held.names ? this.#box("names", t("share.include_names")) : nothing}
              ${held.owners ? this.#box("owners", t("share.include_owners")) : nothing}
              ${held.notes ? this.#box("notes", t("share.include_notes")) : nothing}
            </fieldset>`
          : nothing
      }
      ${lacksNames ? html`<p class="help">${t("share.names_left_out")}</p>` : nothing}
      ${pageAddress() ? nothing : html`<p class="help">${t("share.bare_link")}</p>`}
      <textarea
        id="share-link"
        rows="4"
        readonly
        aria-label=${t("share.link_name")}
        .value=${this.link}
        @focus=${() => this.area.select()}
      ></textarea>
      <p class=${long ? "notice" : "help"} id="share-length">
        ${
          long
            ? t("share.too_long", { count: this.link.length, most: LONG_LINK })
            : t("share.length", { count: this.link.length })
        }
      </p>
      <p class="actions">
        <button class=${long ? "framed" : "main"} id="share-copy" @click=${this.#copy}>${t("share.copy_link")}</button>
        <button class=${long ? "main" : "framed"} id="share-file" @click=${this.#save}>${t("share.save_file")}</button>
        <span role="status">${this.said ? t(this.said) : nothing}</span>
      </p>
    `;
  }

  #box(what: keyof Included, words: string): TemplateResult {
    return html`<label class="tick"
      ><input
        type="checkbox"
        .checked=${this.included[what]}
        @change=${(event: Event) => {
          this.included = { ...this.included, [what]: (event.target as HTMLInputElement).checked };
          void this.#make();
        }}
      />
      ${words}</label
    >`;
  }

  async #make(): Promise<void> {
    const asked = ++this.#asked;
    this.said = undefined;
    const value = await packed(JSON.stringify(shared(this.store.scenario, this.included)));
    if (asked === this.#asked) this.link = `${pageAddress() ?? ""}#view=${this.view}&s=${value}`;
  }

  readonly #copy = async (): Promise<void> => {
    const copied = await copyText(this.link);
    this.said = copied ? "share.copied" : "share.copy_refused";
    if (!copied) this.area.focus();
  };

  readonly #save = (): void => {
    const scenario = shared(this.store.scenario, this.included);
    download(fileName(scenario.title), scenarioText(scenario));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-share": ShareDialog;
  }
}
