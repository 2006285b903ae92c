/** Start month and target window, as calendar months where the scenario has a start. */
import { html, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { isUnder, sentenceOf } from "../errors.js";
import { monthName } from "../format.js";
import { locale, type MessageKey, t } from "../i18n.js";
import type { Store } from "../state/store.js";
import { leverButton } from "../ui/lever.js";
import { fieldId } from "./number-field.js";
import { DEFAULT_WINDOW, MOST_MONTHS, put, section } from "./specs.js";

/** Months offered for the window; a window beyond them shows as well. */
const OFFERED_MONTHS = 36;

export function months(store: Store): TemplateResult {
  const { scenario } = store;
  const window = section(scenario).target_window ?? DEFAULT_WINDOW;
  return html`<fieldset class="pair">
      <legend>${t("app.window")}</legend>
      ${monthChoice(store, "first_month", "app.window_first", window.first_month, 1)}
      ${monthChoice(store, "last_month", "app.window_last", window.last_month, window.first_month)}
      ${problems(store, "/open_pipeline/target_window")}
    </fieldset>
    ${startMonth(store)}`;
}

function monthChoice(
  store: Store,
  end: "first_month" | "last_month",
  label: MessageKey,
  chosen: number,
  from: number,
): TemplateResult {
  const path = `/open_pipeline/target_window/${end}`;
  const id = fieldId(path);
  const startMonth = store.scenario.start_month;
  const last = Math.min(MOST_MONTHS, Math.max(OFFERED_MONTHS, chosen + 12));
  const offered = Array.from({ length: last - from + 1 }, (_, index) => from + index);
  if (!offered.includes(chosen)) offered.unshift(chosen);
  return html`<div class="field">
    <span class="name"><label for=${id}>${t(label)}</label>${leverButton(path, t(`compare.window_${end}`))}</span>
    <select
      id=${id}
      @change=${(event: Event) => setWindow(store, end, Number((event.target as HTMLSelectElement).value))}
    >
      ${guard([locale(), startMonth, from, chosen], () =>
        offered.map(
          (month) =>
            html`<option value=${month} .selected=${live(month === chosen)}>${monthName(startMonth, month, "medium")}</option>`,
        ),
      )}
    </select>
  </div>`;
}

/** Moves an end of the window; the other end and the horizon give way. */
function setWindow(store: Store, end: "first_month" | "last_month", month: number): void {
  store.edit(t("app.changed", { what: t("app.window") }), (draft) => {
    const pipeline = section(draft);
    const window = { ...DEFAULT_WINDOW, ...pipeline.target_window, [end]: month };
    window.last_month = Math.max(window.first_month, window.last_month);
    pipeline.target_window = window;
    if (pipeline.horizon_months !== undefined && pipeline.horizon_months < window.last_month) {
      pipeline.horizon_months = window.last_month;
    }
  });
}

/** The calendar month that month 1 stands for. */
export function startMonth(store: Store): TemplateResult {
  const path = "/start_month";
  const id = fieldId(path);
  const known = /^(\d{4})-(\d{2})$/.exec(store.scenario.start_month ?? "");
  const thisYear = new Date().getFullYear();
  const year = known ? Number(known[1]) : thisYear;
  const month = known ? Number(known[2]) : 0;
  const years = Array.from({ length: 9 }, (_, index) => thisYear - 4 + index);
  if (!years.includes(year)) years.push(year);
  const set = (newYear: number, newMonth: number) =>
    store.edit(t("app.changed", { what: t("app.start_month") }), (draft) =>
      put(draft, "start_month", newMonth ? `${newYear}-${String(newMonth).padStart(2, "0")}` : undefined),
    );
  const chosen = (event: Event) => Number((event.target as HTMLSelectElement).value);
  return html`<fieldset class="pair">
    <legend>${t("app.start_month")}</legend>
    <div class="field">
      <label for=${id} class="visually-hidden">${t("app.start_month")}</label>
      <select id=${id} @change=${(event: Event) => set(year, chosen(event))}>
        <option value="0" .selected=${live(month === 0)}>${t("app.no_start_month")}</option>
        ${guard([locale(), month], () => {
          const names = new Intl.DateTimeFormat(locale(), { month: "long", timeZone: "UTC" });
          return Array.from(
            { length: 12 },
            (_, index) =>
              html`<option value=${index + 1} .selected=${live(month === index + 1)}>${names.format(new Date(Date.UTC(2026, index, 1)))}</option>`,
          );
        })}
      </select>
    </div>
    <div class="field">
      <label for="${id}-year" class="visually-hidden">${t("app.start_year")}</label>
      <select id="${id}-year" ?disabled=${!known} @change=${(event: Event) => set(chosen(event), month)}>
        ${years.map((one) => html`<option value=${one} .selected=${live(one === year)}>${one}</option>`)}
      </select>
    </div>
    <p class="help">${t("app.start_month_help")}</p>
    ${problems(store, path)}
  </fieldset>`;
}

function problems(store: Store, path: string) {
  return store.errors
    .filter((error) => isUnder(error.path, path))
    .map((error) => html`<p class="problem">${sentenceOf(error, store.scenario)}</p>`);
}
