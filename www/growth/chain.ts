/** From leads to cash: the sections as a chain, and the links between them with their switches. */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { live } from "lit/directives/live.js";
import { decimal, money } from "../format.js";
import type { Report } from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import type { Store } from "../state/store.js";
import { leverButton } from "../ui/lever.js";
import { canLink, isLinked, LINK_PLACES, LINKS, type Link, setLink } from "./links.js";
import { onAverage } from "./sentence.js";

interface Node {
  readonly name: MessageKey;
  /** Absent: the document has no such section. */
  readonly value: string | undefined;
}

const arrow = html`<span class="arrow" aria-hidden="true"></span>`;

export function chain(store: Store, report: Report): TemplateResult {
  return html`<section class="chain" id="chain" aria-labelledby="chain-title">
    <h2 id="chain-title">${t("growth.chain_title")}</h2>
    ${LINKS.map((link) => row(store, report, link))}
  </section>`;
}

function row(store: Store, report: Report, link: Link): TemplateResult {
  const [before, after] = nodes(report)[link];
  return html`<div class=${classMap({ row: true, linked: isLinked(store.scenario, link) })}>
    ${before.map((node, index) => html`${index > 0 ? arrow : nothing}${box(node)}`)}
    ${linkSwitch(store, link)}
    ${after.map((node, index) => html`${index > 0 ? arrow : nothing}${box(node)}`)}
  </div>`;
}

function box({ name, value }: Node): TemplateResult {
  return html`<span class=${classMap({ node: true, absent: value === undefined })}
    ><span>${t(name)}</span> <strong>${value ?? t("growth.chain_absent")}</strong></span
  >`;
}

/** What stands before a link and what after it, with their figures. */
export function nodes(report: Report): Record<Link, readonly [before: Node[], after: Node[]]> {
  const { pipeline_generation: machine, arr_cohorts: arr, open_pipeline: open, currency } = report;
  const of = <T>(section: T | null | undefined, write: (one: T) => string) =>
    section == null ? undefined : write(section);
  const leads: Node = {
    name: "growth.stage_leads",
    value: of(machine, ({ leads: [first = 0] }) => t("growth.per_month", { number: decimal(first, 0) })),
  };
  const wins: Node = {
    name: "growth.chain_wins",
    value: of(machine, ({ total_expected_wins: count, horizon_months: months }) =>
      t("growth.chain_over", { what: decimal(count, 0), months: String(months) }),
    ),
  };
  const created: Node = {
    name: "growth.chain_opened",
    value: of(machine, ({ opportunities_accepted: [first = 0] }) =>
      t("growth.per_month", { number: decimal(first, 1) }),
    ),
  };
  const recurring: Node = {
    name: "growth.chain_arr",
    value: of(arr, (cohorts) =>
      t("growth.chain_over", {
        what: money(onAverage(cohorts).closing, currency),
        months: String(cohorts.horizon_months),
      }),
    ),
  };
  const cash: Node = {
    name: "growth.chain_cash",
    value: of(arr, ({ cumulative_cash: path }) => money(path.at(-1) ?? 0, currency)),
  };
  const pipeline: Node = {
    name: "growth.chain_pipeline",
    value: of(open, ({ mean }) => money(mean, currency)),
  };
  return {
    arr_cohorts: [
      [leads, wins],
      [recurring, cash],
    ],
    open_pipeline: [[leads, created], [pipeline]],
  };
}

/** The switch of a link; off and out of reach where one of its ends is not in the document. */
export function linkSwitch(store: Store, link: Link): TemplateResult {
  const { scenario } = store;
  const on = isLinked(scenario, link);
  const label = t(link === "open_pipeline" ? "app.link_open_pipeline" : "growth.link_arr_cohorts");
  const customers = store.report?.arr_cohorts?.new_customers[0];
  return html`<span class="link-switch"><label class="link"
    ><span>${label}</span>
    <input
      type="checkbox"
      role="switch"
      id="link-${link}"
      .checked=${live(on)}
      ?disabled=${!canLink(scenario, link)}
      @change=${(event: Event) => {
        const next = (event.target as HTMLInputElement).checked;
        store.edit(t("app.changed", { what: label }), (draft) =>
          setLink(draft, link, next, customers === undefined ? undefined : Number(customers.toPrecision(3))),
        );
      }}
  /></label>
  ${canLink(scenario, link) ? leverButton(LINK_PLACES[link], label) : nothing}</span>`;
}
