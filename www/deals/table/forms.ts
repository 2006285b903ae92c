/** The small forms behind a cell: amount, MEDDIC answers, slippage. Each change is an edit at once. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { decimal, percent } from "../../format.js";
import type {
  Deal,
  DistributionName,
  DistributionObject,
  MeddicAnswer,
  MeddicAnswers,
  Quantity,
  Slippage,
  SlippageName,
} from "../../generated/dealcast.js";
import { locale, type MessageKey, t } from "../../i18n.js";
import { dealLeverButton } from "../../ui/lever.js";
import { ANSWERS, CRITERIA } from "../criteria.js";
import { likelyAmount, type Row } from "./columns.js";
import { type Parsed, parseAmount, parseNumber, parsePercentList } from "./parse.js";
import { plainAmount, type Setting } from "./show.js";

/** Sets a field of the form's deal. */
export type SetField = <K extends keyof Deal>(field: K, value: Deal[K] | undefined) => void;

/** Answers with one changed; none at all where all are unknown. */
export function answered(
  answers: MeddicAnswers | undefined,
  criterion: keyof MeddicAnswers,
  answer: MeddicAnswer,
) {
  const next: MeddicAnswers = { ...answers, [criterion]: answer };
  for (const key of CRITERIA) if (next[key] === undefined || next[key] === "unknown") delete next[key];
  return Object.keys(next).length > 0 ? next : undefined;
}

/** Six questions, and what the answers make of the odds. */
export function meddicForm(row: Row, setting: Setting, set: SetField): TemplateResult {
  const { deal, result } = row;
  const rules = setting.scenario.open_pipeline?.meddic;
  const made = result?.deal;
  return html`<fieldset class="dc-questions">
      <legend class="dc-hidden">${t("deals.meddic_form")}</legend>
      ${CRITERIA.map((criterion) => {
        const answer = deal.meddic?.[criterion] ?? "unknown";
        return html`<fieldset class="dc-question">
          <legend title=${t(`deals.criterion_help_${criterion}`)}>${t(`deals.criterion_${criterion}`)}</legend>
          ${dealLeverButton(deal, `meddic_${criterion}`)}
          ${ANSWERS.map(
            (value) => html`<label class="dc-answer">
              <input
                type="radio"
                name=${`dc-meddic-${criterion}`}
                .value=${value}
                .checked=${live(answer === value)}
                @change=${() => set("meddic", answered(deal.meddic, criterion, value))}
              /><span>${t(`deals.answer_${value}`)}</span>
            </label>`,
          )}
        </fieldset>`;
      })}
    </fieldset>
    ${
      made
        ? html`<dl class="dc-outcome" aria-live="polite">
          ${made.meddic_score == null ? nothing : pair(t("deals.score_label"), t("deals.score", { score: decimal(made.meddic_score, 1) }))}
          ${
            deal.win_probability === undefined
              ? html`${pair(t("deals.odds_label"), `×${decimal(made.odds_multiplier, 2)}${made.capped ? ` (${t("deals.capped")})` : ""}`)}
              ${pair(t("deals.before_label"), percent(made.base_win_probability))} ${pair(t("deals.after_label"), percent(made.win_probability))}`
              : nothing
          }
        </dl>
        ${deal.win_probability === undefined ? nothing : html`<p class="dc-note">${t("deals.meddic_not_used")}</p>`}
        ${made.killed ? html`<p class="dc-note">${t("deals.killed_title")}</p>` : nothing}
        ${made.held_by_gate ? html`<p class="dc-note">${t("deals.gate_title")}</p>` : nothing}`
        : nothing
    }
    ${rules?.enabled === false ? html`<p class="dc-note">${t("deals.meddic_off")}</p>` : nothing}
    ${rules?.calibrated ? nothing : html`<p class="dc-note"><span class="dc-badge">${t("deals.uncalibrated")}</span> ${t("deals.uncalibrated_help")}</p>`}`;
}

function pair(term: string, value: string): TemplateResult {
  return html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
}

/** The parameters of each distribution, in the order a person thinks of them. */
const PARAMETERS: Readonly<
  Record<DistributionName, readonly Exclude<keyof DistributionObject, "distribution">[]>
> = {
  pert: ["min", "mode", "max"],
  triangular: ["min", "mode", "max"],
  uniform: ["min", "max"],
  fixed: ["value"],
  lognormal: ["mean", "coefficient_of_variation"],
  gamma: ["mean", "coefficient_of_variation"],
};
const LAWS = Object.keys(PARAMETERS) as DistributionName[];

/** The amount under another law, keeping what carries over: the likely value and the ends. */
export function withLaw(
  amount: Quantity,
  law: DistributionName | "crm",
  low: number,
  high: number,
): Quantity {
  const likely = likelyAmount(amount) ?? 0;
  if (law === "crm") return likely;
  const object = typeof amount === "number" ? undefined : amount;
  const min = object?.min ?? tidy(low * likely);
  const max = object?.max ?? tidy(high * likely);
  switch (law) {
    case "pert":
    case "triangular":
      return { distribution: law, min, mode: likely, max };
    case "uniform":
      return { distribution: law, min, max };
    case "fixed":
      return { distribution: law, value: likely };
    default:
      return {
        distribution: law,
        mean: likely,
        coefficient_of_variation: object?.coefficient_of_variation ?? 0.3,
      };
  }
}

/** 0.7 × 73,000 is 51,100, not 51099.99999999999. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** A CRM amount with its default range, or a distribution of its own. */
export function amountForm(row: Row, setting: Setting, set: SetField): TemplateResult {
  const { amount } = row.deal;
  const { low = 0.7, high = 1.2 } = setting.scenario.open_pipeline?.amount_range ?? {};
  const law = typeof amount === "number" ? "crm" : amount.distribution;
  const range = { low: decimal(low, 2), high: decimal(high, 2) };
  const setParameter = (name: keyof DistributionObject, value: number | undefined) => {
    if (value === undefined) return;
    set("amount", typeof amount === "number" ? value : { ...amount, [name]: value });
  };
  return html`<label class="dc-field">
      <span>${t("deals.law")}</span>
      <select
        .value=${live(law)}
        @change=${(event: Event) => set("amount", withLaw(amount, chosenIn(event) as DistributionName | "crm", low, high))}
      >
        <option value="crm" ?selected=${law === "crm"}>${t("deals.law_crm", range)}</option>
        ${LAWS.map((name) => html`<option value=${name} ?selected=${law === name}>${t(`deals.law_${name}`)}</option>`)}
      </select>
    </label>
    <div class="dc-parameters">
      ${
        typeof amount === "number"
          ? numberField("deals.amount", editable(amount), parseAmount, "deals.not_an_amount", (value) =>
              setParameter("value", value),
            )
          : PARAMETERS[amount.distribution].map((name) =>
              numberField(
                `deals.param_${name}` as MessageKey,
                editable(amount[name] as number | undefined),
                name === "coefficient_of_variation" ? parseNumber : parseAmount,
                "deals.not_an_amount",
                (value) => setParameter(name, value),
              ),
            )
      }
    </div>
    <p class="dc-note">${t(typeof amount === "number" ? "deals.law_crm_help" : (`deals.law_help_${amount.distribution}` as MessageKey), range)}</p>
    ${row.result ? html`<p class="dc-note">${t("deals.mean_amount", { amount: plainAmount(row.result.deal.mean_amount) })}</p>` : nothing}`;
}

const SLIPPAGE_LAWS = ["none", "geometric", "pmf"] as const satisfies readonly SlippageName[];

function slippageOf(law: string): Slippage | undefined {
  if (law === "none") return { distribution: "none" };
  if (law === "geometric") return { distribution: "geometric", monthly_slip_probability: 0.3 };
  if (law === "pmf") return { distribution: "pmf", probability_by_months_late: [0.6, 0.25, 0.1, 0.05] };
  return undefined;
}

/** The deal's own delay, or the scenario's. */
export function slippageForm(row: Row, setting: Setting, set: SetField): TemplateResult {
  const own = row.deal.slippage;
  const law = own?.distribution ?? "default";
  return html`<label class="dc-field">
      <span>${t("deals.slippage_law")}</span>
      <select .value=${live(law)} @change=${(event: Event) => set("slippage", slippageOf(chosenIn(event)))}>
        <option value="default" ?selected=${law === "default"}>${t("deals.slippage_default")} (${defaultSlippage(setting)})</option>
        ${SLIPPAGE_LAWS.map((name) => html`<option value=${name} ?selected=${law === name}>${t(`deals.slippage_${name}`)}</option>`)}
      </select>
    </label>
    ${
      own?.distribution === "geometric"
        ? html`<div class="dc-parameters dc-with-lever">
          ${numberField(
            "deals.slip_probability",
            shareText(own.monthly_slip_probability),
            parseShare,
            "deals.not_a_number",
            (value) =>
              value === undefined ? undefined : set("slippage", { ...own, monthly_slip_probability: value }),
          )}
          ${dealLeverButton(row.deal, "slip_probability")}
        </div>`
        : nothing
    }
    ${
      own?.distribution === "pmf"
        ? numberField(
            "deals.slip_list",
            (own.probability_by_months_late ?? []).map(shareText).join(" ; "),
            parsePercentList,
            "deals.not_a_list",
            (value) =>
              value === undefined
                ? undefined
                : set("slippage", { ...own, probability_by_months_late: value }),
          )
        : nothing
    }
    <p class="dc-note">${t("deals.slippage_help")}</p>`;
}

/** The scenario's own slippage in words. */
function defaultSlippage({ scenario }: Setting): string {
  const law = scenario.open_pipeline?.default_slippage;
  if (law?.distribution === "none") return t("deals.slippage_none");
  if (law?.distribution === "pmf") return t("deals.slippage_pmf");
  return t("deals.per_month", { share: percent(law?.monthly_slip_probability ?? 0.3, { decimals: 0 }) });
}

function parseShare(text: string): Parsed<number> {
  const list = parsePercentList(text, locale());
  if (!list.ok) return list;
  if (list.value && list.value.length !== 1) return { ok: false };
  return { ok: true, value: list.value?.[0] };
}

function chosenIn(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

function editable(value: number | undefined): string {
  return value === undefined ? "" : decimal(value, 6);
}

function shareText(share: number | undefined): string {
  return share === undefined ? "" : decimal(Number((100 * share).toPrecision(12)), 6);
}

/** A labelled text field that takes a value when it is left; what is not understood is marked and kept. */
export function numberField<T>(
  label: MessageKey,
  text: string,
  parse: (text: string, language: ReturnType<typeof locale>) => Parsed<T>,
  problem: MessageKey,
  take: (value: T | undefined) => void,
): TemplateResult {
  const onChange = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const parsed = parse(input.value, locale());
    input.setCustomValidity(parsed.ok ? "" : t(problem));
    input.setAttribute("aria-invalid", String(!parsed.ok));
    input.title = parsed.ok ? "" : t(problem);
    if (parsed.ok) take(parsed.value);
    else input.reportValidity();
  };
  return html`<label class="dc-field">
    <span>${t(label)}</span>
    <input type="text" inputmode="decimal" autocomplete="off" .value=${text} @change=${onChange} />
  </label>`;
}
