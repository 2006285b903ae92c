/** Assumptions that every view has: groups, currency, calculation, notes. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { isUnder, sentenceOf } from "../errors.js";
import type { Scenario } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import type { Recipe, Store } from "../state/store.js";
import { leverButton } from "../ui/lever.js";
import type { Services } from "../ui/services.js";
import { fieldId, type NumberSpec } from "./number-field.js";
import { accuracy, put, SEED, TRIALS } from "./specs.js";

/** Currencies offered; a scenario may have any other. Amounts are not converted. */
const CURRENCIES: readonly string[] = [
  "EUR",
  "USD",
  "GBP",
  "CHF",
  "CAD",
  "MAD",
  "TND",
  "XOF",
  "SEK",
  "PLN",
  "JPY",
  "INR",
];

/** A group of assumptions that opens and closes. */
export function group(id: string, title: MessageKey, open: boolean, body: TemplateResult): TemplateResult {
  return html`<details class="group" id="group-${id}" ?open=${open}>
    <summary><h3>${t(title)}</h3></summary>
    <div class="group-body">${body}</div>
  </details>`;
}

function edit(store: Store, label: MessageKey, recipe: Recipe): void {
  store.edit(t("app.changed", { what: t(label) }), recipe);
}

function number(store: Store, spec: NumberSpec): TemplateResult {
  return html`<dc-number-field .store=${store} .spec=${spec}></dc-number-field>`;
}

export function currency(store: Store): TemplateResult {
  const path = "/currency";
  const id = fieldId(path);
  const chosen = store.scenario.currency ?? "EUR";
  const offered = CURRENCIES.includes(chosen) ? CURRENCIES : [chosen, ...CURRENCIES];
  return html`<div class="field">
    <label for=${id}>${t("app.currency")}</label>
    <select
      id=${id}
      @change=${(event: Event) => {
        const next = (event.target as HTMLSelectElement).value;
        edit(store, "app.currency", (draft) => {
          draft.currency = next;
        });
      }}
    >
      ${offered.map((one) => html`<option value=${one} .selected=${live(one === chosen)}>${one}</option>`)}
    </select>
    ${store.errors
      .filter((error) => isUnder(error.path, path))
      .map((error) => html`<p class="problem">${sentenceOf(error, store.scenario)}</p>`)}
  </div>`;
}

/** Trials and seed. */
export function runFields(store: Store, drawSeed: Services["drawSeed"] | undefined): TemplateResult {
  const onNewSeed = async () => {
    const seed = await drawSeed?.();
    if (seed === undefined) return;
    edit(store, "app.seed", (draft) => {
      draft.seed = seed;
    });
  };
  return html`${number(store, TRIALS)} ${number(store, accuracy(store.scenario))} ${number(store, SEED)}
    <button id="new-seed" @click=${onNewSeed}>${t("app.new_seed")}</button>`;
}

export function notes(store: Store): TemplateResult {
  return html`<textarea
    id=${fieldId("/notes")}
    rows="8"
    maxlength="100000"
    aria-label=${t("app.notes")}
    .value=${live(store.scenario.notes ?? "")}
    @change=${(event: Event) => {
      const text = (event.target as HTMLTextAreaElement).value;
      edit(store, "app.notes", (draft) => put(draft, "notes", text || undefined));
    }}
  ></textarea>`;
}

/** Something that is on or off. */
export interface Switch {
  readonly path: string;
  readonly label: MessageKey;
  readonly help: MessageKey;
  readonly on: boolean;
  /** Whether the plans of a comparison can turn it. */
  readonly lever?: true;
  set(draft: Scenario, on: boolean): void;
}

export function switchField(store: Store, { path, label, help, on, set, lever }: Switch): TemplateResult {
  const id = fieldId(path);
  const own = store.errors.filter((error) => error.path === path);
  return html`<div class="field switch">
    <span class="name"><label for=${id}>${t(label)}</label>${lever ? leverButton(path, t(label)) : nothing}</span>
    <input
      id=${id}
      type="checkbox"
      role="switch"
      .checked=${live(on)}
      aria-describedby="${id}-help"
      @change=${(event: Event) => {
        const next = (event.target as HTMLInputElement).checked;
        edit(store, label, (draft) => set(draft, next));
      }}
    />
    <p class="help" id="${id}-help">${t(help)}</p>
    ${own.map((error) => html`<p class="problem">${sentenceOf(error, store.scenario)}</p>`)}
  </div>`;
}
