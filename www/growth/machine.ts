/** What limits the sales machine, in words, and what each change of its rates is worth. */
import { html, nothing, type TemplateResult } from "lit";
import { decimal, money, percent } from "../format.js";
import type { PipelineGenerationReport, RegimeChange, RegimeFigures, Report } from "../generated/dealcast.js";
import { monthWords } from "../headline/sentence.js";
import { type MessageKey, t } from "../i18n.js";
import { defineButton } from "../ui/define.js";
import "../ui/table-file.js";

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

type Row = readonly [
  label: MessageKey,
  of: (regime: RegimeFigures) => number | null | undefined,
  write: (value: number) => string,
];

function rows(currency: string): readonly Row[] {
  const amount = (value: number) => money(value, currency);
  const decimals = (digits: number) => (value: number) => decimal(value, digits);
  return [
    ["growth.row_followup", (one) => one.effective_followup_share, whole],
    ["growth.row_lead_rate", (one) => one.lead_to_opportunity_rate, (rate) => percent(rate, { decimals: 1 })],
    ["growth.row_win_rate", (one) => one.opportunity_to_win, whole],
    ["growth.row_deal", (one) => one.average_deal, amount],
    ["growth.row_cycle", (one) => one.mean_months_to_win, decimals(1)],
    ["growth.row_hours", (one) => one.hours_per_opportunity, decimals(1)],
    ["growth.row_lost_time", (one) => one.share_of_time_on_lost_deals, whole],
    ["growth.row_inflow", (one) => one.stationary_uncapped.opportunities_per_month, decimals(1)],
    ["growth.row_wins", (one) => one.stationary_uncapped.wins_per_month, decimals(1)],
    ["growth.row_bookings", (one) => one.stationary_uncapped.bookings_per_month, amount],
    [
      "growth.velocity",
      (one) => one.stationary_uncapped.velocity_per_day,
      (value) => t("growth.per_day", { amount: amount(value) }),
    ],
    ["growth.row_open", (one) => one.stationary_uncapped.open_opportunities, decimals(0)],
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
            ([label, of, write]) => html`<tr>
              <th scope="row">${t(label)}</th>
              ${machine.regimes.map((regime) => {
                const value = of(regime);
                return html`<td data-value=${value ?? nothing}>${value == null ? t("app.none") : write(value)}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <dc-table-file .name=${t("growth.regimes_title")}></dc-table-file>
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
