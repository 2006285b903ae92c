/** The list that a plan takes its levers from: the usual moves, then every input, section by section. */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Lever, ReadyLever } from "../generated/dealcast.js";
import { locale, type MessageKey, t } from "../i18n.js";
import type { Section } from "../views/views.js";
import type { Input } from "./inputs.js";
import { leverOf, leverOfReady, readyName } from "./levers.js";

const SECTIONS: Readonly<Record<Section, MessageKey>> = {
  open_pipeline: "app.view_pipeline",
  pipeline_generation: "growth.pipeline_generation",
  arr_cohorts: "growth.arr_cohorts",
  partner_pnl: "partners.partner_pnl",
  partner_vendor_programme: "partners.partner_vendor_programme",
};

export interface Offer {
  /** Name of the plan. */
  readonly plan: string;
  readonly inputs: readonly Input[];
  readonly catalogue: readonly ReadyLever[];
  /** The sections that the outcome comes from: offered first. */
  readonly first: readonly Section[];
  choose(lever: Lever): void;
}

/** Every input of the document, section by section; choosing one makes it a lever. */
export function leverChooser({ plan, inputs, catalogue, first, choose }: Offer): TemplateResult {
  return html`<div class="field stacked">
    <select
      class="add-lever"
      aria-label=${t("app.of_plan", { what: t("compare.add_lever"), plan })}
      @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        const input = inputs.find(({ at }) => at === select.value);
        const ready = catalogue[Number(/^ready-(\d+)$/.exec(select.value)?.[1] ?? Number.NaN)];
        select.value = "";
        const lever = input ? leverOf(input) : ready && leverOfReady(ready);
        if (lever) choose(lever);
      }}
    >
      ${guard([inputs, catalogue, first.join(), locale()], () => options({ inputs, catalogue, first }))}
    </select>
  </div>`;
}

function options({
  inputs,
  catalogue,
  first,
}: Pick<Offer, "inputs" | "catalogue" | "first">): TemplateResult {
  const all = [...new Set(inputs.map(({ section }) => section))];
  const sections = [
    ...all.filter((one) => first.includes(one)),
    ...all.filter((one) => !first.includes(one)),
  ];
  const moves = catalogue.map((ready, at) => ({ ready, at }));
  const near = (section: string) => (first.some((one) => one === section) ? 0 : 1);
  moves.sort((a, b) => near(a.ready.section) - near(b.ready.section) || a.at - b.at);
  return html`<option value="">${t("compare.add_lever")}…</option>
      ${
        catalogue.length > 0
          ? html`<optgroup label=${t("compare.usual_moves")}>
            ${moves.map(({ ready, at }) => html`<option value="ready-${at}">${readyName(ready)}</option>`)}
          </optgroup>`
          : nothing
      }
      ${sections.map(
        (section) => html`<optgroup label=${t(SECTIONS[section])}>
          ${inputs.filter((input) => input.section === section).map(({ at, name }) => html`<option value=${at}>${name}</option>`)}
        </optgroup>`,
      )}`;
}
