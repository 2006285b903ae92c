/** What limits the sales machine, in words, and what each change of its rates is worth. */
import { html, nothing, type TemplateResult } from "lit";
import { decimal, money, percent } from "../format.js";
import type { PipelineGenerationReport, RegimeChange, RegimeFigures, Report } from "../generated/dealcast.js";
import { monthWords } from "../headline/sentence.js";
import { type MessageKey, t } from "../i18n.js";
import { defineButton } from "../ui/define.js";

const whole = (share: number) => percent(share, { decimals: 0 });

/** Inflow-limited or capacity-limited, velocity beside inflow, time on lost deals. */
export function limits(report: Report, machine: PipelineGenerationReport): TemplateResult {
  const settled = machine.stationary_uncapped;
  const lost = machine.share_of_time_on_lost_deals_last_regime;
  return html`<ul class="points" id="limits">
    <li>${limitWords(machine)} ${defineButton("growth_capacity")}</li>
    <li>
      ${t("growth.velocity_words", {
        velocity: money(machine.velocity_per_day.at(-1) ?? 0, report.currency),
        inflow: decimal(settled.opportunities_per_month, 1),
        open: decimal(settled.open_opportunities, 0),
      })}
      ${defineButton("growth_velocity")}
    </li>
    ${
      lost == null
        ? nothing
        : html`<li>${t("growth.lost_time_words", { share: whole(lost) })} ${defineButton("growth_lost_time")}</li>`
    }
  </ul>`;
}

export function limitWords({ capacity, limited_by: limit }: PipelineGenerationReport): string {
  if (!capacity) return t("growth.capacity_unlimited");
  if (limit === "capacity")
    return t("growth.capacity_capacity", {
      waiting: decimal(capacity.backlog_end_of_month.at(-1) ?? 0, 0),
    });
  return t("growth.capacity_inflow", { used: whole(capacity.capacity_utilisation.at(-1) ?? 0) });
}

type Row = readonly [label: MessageKey, of: (regime: RegimeFigures) => string];

function rows(currency: string): readonly Row[] {
  const amount = (value: number) => money(value, currency);
  return [
    ["growth.row_followup", (one) => whole(one.effective_followup_share)],
    ["growth.row_lead_rate", (one) => percent(one.lead_to_opportunity_rate, { decimals: 1 })],
    ["growth.row_win_rate", (one) => whole(one.opportunity_to_win)],
    ["growth.row_deal", (one) => amount(one.average_deal)],
    ["growth.row_cycle", (one) => decimal(one.mean_months_to_win, 1)],
    ["growth.row_hours", (one) => decimal(one.hours_per_opportunity, 1)],
    [
      "growth.row_lost_time",
      ({ share_of_time_on_lost_deals: lost }) => (lost == null ? t("app.none") : whole(lost)),
    ],
    ["growth.row_inflow", (one) => decimal(one.stationary_uncapped.opportunities_per_month, 1)],
    ["growth.row_wins", (one) => decimal(one.stationary_uncapped.wins_per_month, 1)],
    ["growth.row_bookings", (one) => amount(one.stationary_uncapped.bookings_per_month)],
    [
      "growth.velocity",
      (one) => t("growth.per_day", { amount: amount(one.stationary_uncapped.velocity_per_day) }),
    ],
    ["growth.row_open", (one) => decimal(one.stationary_uncapped.open_opportunities, 0)],
  ];
}

/** Rates side by side, and what each change brings. Nothing where nothing changes. */
export function changes(report: Report, machine: PipelineGenerationReport): TemplateResult | typeof nothing {
  if (machine.regimes.length < 2) return nothing;
  return html`<h3 id="regimes-title">${t("growth.regimes_title")} ${defineButton("growth_change")}</h3>
    <p class="help">${t("growth.regimes_caption")}</p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="regimes-title">
      <table class="years regimes">
        <thead>
          <tr>
            <th scope="col">${t("growth.regime")}</th>
            ${machine.regimes.map(
              ({ from_month: from }) =>
                html`<th scope="col">${from === 1 ? t("growth.from_start") : t("growth.from_month", { month: String(from) })}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows(report.currency).map(
            ([label, of]) => html`<tr>
              <th scope="row">${t(label)}</th>
              ${machine.regimes.map((regime) => html`<td>${of(regime)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <ul class="points">
      ${machine.regime_changes.map((change) => html`<li>${changeWords(report, change)}</li>`)}
    </ul>`;
}

export function changeWords(report: Report, change: RegimeChange): string {
  const { limited_by: limit, month_90_percent_reached: reached, overshoot_ratio: overshoot } = change;
  const ratio =
    limit === "inflow" ? change.wins_ratio_if_inflow_limited : change.wins_ratio_if_capacity_limited;
  if (ratio == null) return "";
  const main = t(`growth.change_${limit}`, { month: String(change.from_month), ratio: decimal(ratio, 2) });
  const when =
    reached == null
      ? t("growth.change_not_reached")
      : t("growth.change_reached", { reached: monthWords(report, reached) });
  const over =
    overshoot != null && overshoot > 1.01
      ? t("growth.change_overshoot", { share: whole(overshoot - 1) })
      : "";
  return `${main}${when}${over}`;
}
