/** What each chart of the Partners view shows, in words and numbers. Pure. */
import type { Described } from "../charts/line-chart.js";
import type { Lines, Marked } from "../charts/lines.js";
import type { Share } from "../charts/shares.js";
import type { Stacked } from "../charts/stacked.js";
import type { Tornado } from "../charts/tornado.js";
import { money, percent } from "../format.js";
import type {
  FanMonth,
  PartnerBothSidesReport,
  PartnerVendorProgrammeReport,
  Report,
  TornadoBar,
} from "../generated/dealcast.js";
import { type MessageKey, t } from "../i18n.js";
import { quantityText } from "../inputs/words.js";
import { type FieldName, fieldAt, type Side } from "./fields.js";
import { type CashPlan, within } from "./sentence.js";

const MILESTONES = [12, 18, 24, 36];

function months(values: readonly unknown[]): number[] {
  return values.map((_, index) => index);
}

/** Sums of three months each; month 0 counts with the first quarter. */
export function quarters(monthly: readonly number[]): number[] {
  const sums: number[] = [];
  for (const [month, value] of monthly.entries()) {
    const quarter = Math.max(Math.ceil(month / 3) - 1, 0);
    sums[quarter] = (sums[quarter] ?? 0) + value;
  }
  return sums;
}

/** Cumulative cash from month 0: simulated, or the expected one without width where nothing varies. */
export function cashFan(plan: CashPlan): readonly FanMonth[] {
  return (
    plan.simulation?.cumulative_cash_fan ??
    plan.cumulative_cash.map((cash, month) => ({
      month,
      mean: cash,
      p10: cash,
      p25: cash,
      p50: cash,
      p75: cash,
      p90: cash,
    }))
  );
}

/** Margin by source, stacked by quarter. */
export function marginChart(report: Report, side: Side): Described<Stacked> | undefined {
  const { partner_pnl: plan, partner_vendor_programme: programme, currency } = report;
  const parts: { name: string; values: number[] }[] = [];
  if (side === "partner_pnl" && plan) {
    const { resale, services, renewals } = plan.margin_by_source;
    parts.push(
      { name: t("partners.source_resale"), values: quarters(resale) },
      { name: t("partners.source_services"), values: quarters(services) },
      { name: t("partners.source_renewals"), values: quarters(renewals) },
    );
  } else if (side === "partner_vendor_programme" && programme) {
    const { new_deals, renewals } = programme.margin_by_source;
    parts.push(
      { name: t("partners.source_new"), values: quarters(new_deals) },
      { name: t("partners.source_renewals"), values: quarters(renewals) },
    );
  } else return undefined;
  const sums = parts.map(({ name, values }) => {
    const sum = values.reduce((total, value) => total + value, 0);
    return `${name} ${money(sum, currency)}`;
  });
  return {
    title: t("partners.margin_title"),
    caption: t(side === "partner_pnl" ? "partners.margin_caption" : "partners.margin_caption_vendor"),
    summary: t("partners.margin_summary", { sums: sums.join(", ") }),
    data: {
      periods: (parts[0]?.values ?? []).map((_, index) => t("app.quarter", { number: String(index + 1) })),
      parts,
      currency,
      period: t("app.quarter_head"),
      total: t("app.total"),
    },
  };
}

/** P(payback by month m). */
export function paybackChart(
  { trials }: Pick<Report, "trials">,
  plan: CashPlan,
): Described<Lines> | undefined {
  const curve = plan.simulation?.figures.prob_payback_by_month;
  if (!curve) return undefined;
  const errors = plan.simulation?.standard_error.prob_payback_by_month ?? [];
  const write = (month: number) => percent(curve[month] ?? 0, { error: errors[month], trials });
  const marked: Marked[] = MILESTONES.filter((month) => month <= plan.horizon_months).map((month) => ({
    at: month,
    words: write(month),
  }));
  const last = curve.at(-1) ?? 0;
  return {
    title: t("partners.payback_title"),
    caption: t(last > 0 ? "partners.payback_caption" : "partners.payback_caption_never"),
    summary: t("partners.payback_summary", {
      chance: write(plan.horizon_months),
      within: within(plan.horizon_months),
    }),
    data: {
      places: months(curve),
      series: [{ name: t("partners.payback_series"), values: curve }],
      unit: "share",
      trials,
      marked,
      axis: t("app.month_axis"),
    },
  };
}

/** What moves the net present value most. */
export function tornadoChart(report: Report, side: Side): Described<Tornado> | undefined {
  const plan = report[side];
  if (!plan) return undefined;
  const { currency } = report;
  const rows = plan.tornado.map((bar) => ({
    name: inputName(bar),
    from: inputText(side, bar, bar.input_p10, currency),
    to: inputText(side, bar, bar.input_p90, currency),
    atLow: bar.npv_at_p10,
    atHigh: bar.npv_at_p90,
  }));
  const first = rows[0];
  return {
    title: t("partners.tornado_title"),
    caption: first ? t("partners.tornado_caption", { base: money(plan.npv, currency) }) : "",
    summary: first
      ? t("partners.tornado_summary", {
          name: first.name,
          low: money(first.atLow, currency),
          high: money(first.atHigh, currency),
        })
      : t("partners.tornado_empty"),
    data: {
      rows,
      base: plan.npv,
      currency,
      empty: t("partners.tornado_empty"),
      heads: [
        t("partners.assumption"),
        t("partners.low_case"),
        t("partners.npv_at_low"),
        t("partners.high_case"),
        t("partners.npv_at_high"),
      ],
    },
  };
}

function inputName({ input }: TornadoBar): string {
  return t(`partners.${input as FieldName}` as MessageKey);
}

function inputText(side: Side, { input }: TornadoBar, value: number, currency: string): string {
  const field = fieldAt(`/${side}/${input}`);
  return field ? quantityText(value, field.unit, currency) : String(value);
}

/** In which share of the trials both earn, one alone, none. */
export function bothChart(
  { trials }: Pick<Report, "trials">,
  { figures, standard_error: error }: PartnerBothSidesReport,
): Described<readonly Share[]> {
  const one = (name: "both" | "partner_only" | "vendor_only" | "none"): Share => ({
    name: t(`partners.earns_${name}`),
    share: figures[`prob_${name}`],
    error: error[`prob_${name}`],
    trials,
  });
  const data = [one("both"), one("partner_only"), one("vendor_only"), one("none")];
  return {
    title: t("partners.both_title"),
    caption: t("partners.both_caption"),
    summary: data.map(({ name, share }) => `${name} ${percent(share, { decimals: 0, trials })}`).join(", "),
    data,
  };
}

/** Both sides' expected value as the margin moves from one to the other. */
export function splitChart(report: Report, both: PartnerBothSidesReport): Described<Lines> | undefined {
  if (both.margins.length === 0) return undefined;
  const unit = { currency: report.currency };
  // One partner against one partner: the programme's value over those that it signs.
  const signed = Math.max(report.partner_vendor_programme?.signed_partners_total ?? 1, 1);
  const { smallest_margin_for_partner: least, largest_margin_for_vendor: most } = both;
  const write = (share: number) => percent(share, { decimals: 0 });
  const caption =
    least == null || most == null
      ? t("partners.split_none")
      : least <= most
        ? t("partners.split_zone", { low: write(least), high: write(most) })
        : t("partners.split_gap", { low: write(least), high: write(most) });
  return {
    title: t("partners.split_title"),
    caption: `${t("partners.split_caption")} ${caption}`,
    summary: caption,
    data: {
      places: both.margins.map(({ margin_rate }) => margin_rate),
      along: "shares",
      series: [
        { name: t("partners.split_partner"), values: both.margins.map(({ partner_npv }) => partner_npv) },
        {
          name: t("partners.split_vendor"),
          values: both.margins.map(({ vendor_npv }) => vendor_npv / signed),
        },
      ],
      unit,
      axis: t("partners.margin_axis"),
    },
  };
}

/** Whether a partner that stays silent can sell at all. */
export function silentChart(programme: PartnerVendorProgrammeReport): Described<Lines> {
  const values = programme.prob_capable_given_no_deal;
  const ages = [3, 6, 9, 12].filter((age) => age < values.length);
  const write = (age: number) => percent(values[age] ?? 0, { decimals: 0 });
  return {
    title: t("partners.silent_title"),
    caption: t("partners.silent_caption"),
    summary: ages.map((age) => t("partners.silent_at", { age: String(age), share: write(age) })).join(" "),
    data: {
      places: months(values),
      series: [{ name: t("partners.silent_series"), values }],
      unit: "share",
      marked: ages.map((age) => ({ at: age, words: write(age) })),
      axis: t("partners.age_axis"),
    },
  };
}

/** What the programme is worth with each stop rule. */
export function stopChart(
  report: Report,
  programme: PartnerVendorProgrammeReport,
): Described<Lines> | undefined {
  const { stop_rules: rules, best_stop_rule_months: best } = programme.recruitment;
  const dated = rules.flatMap(({ stop_rule_months: age, npv }) => (age == null ? [] : [{ age, npv }]));
  const never = rules.find(({ stop_rule_months: age }) => age == null);
  if (dated.length === 0) return undefined;
  const { currency } = report;
  const top = dated.find(({ age }) => age === best);
  return {
    title: t("partners.stop_title"),
    caption: t("partners.stop_caption"),
    summary: top
      ? t("partners.stop_best", { age: String(top.age), npv: money(top.npv, currency) })
      : t("partners.stop_best_never", { npv: money(never?.npv ?? programme.npv, currency) }),
    data: {
      places: dated.map(({ age }) => age),
      series: [
        { name: t("partners.stop_series"), values: dated.map(({ npv }) => npv) },
        ...(never ? [{ name: t("partners.stop_never"), values: dated.map(() => never.npv) }] : []),
      ],
      unit: { currency },
      marked: top ? [{ at: top.age, words: t("partners.stop_mark", { age: String(top.age) }) }] : [],
      axis: t("partners.age_axis"),
    },
  };
}
