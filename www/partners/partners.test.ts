import { afterEach, describe, expect, it } from "vitest";
import type { PartnerPnlReport, Report, Scenario } from "../generated/dealcast.js";
import { plain } from "../headline/sentence.js";
import { setLocale } from "../i18n.js";
import { entry, likelyOf, narrow, shapeOf, widen } from "../inputs/quantity.js";
import { assumption } from "../inputs/words.js";
import { aligned, differences } from "./align.js";
import { type Field, fieldAt, PNL_GROUPS, PROGRAMME_GROUPS } from "./fields.js";
import { quarters } from "./pictures.js";
import { firstAnswers, planOf, QUESTIONS } from "./questions.js";
import { planSentence, verdictOf } from "./sentence.js";
import { dated, startPartners, usualPlan } from "./starter.js";
import { STEPS, steps } from "./steps.js";
import { lineOf, ROWS } from "./years.js";

afterEach(() => setLocale("en"));

const scenario = (): Scenario => ({ schema: "dealcast/1", partner_pnl: { average_deal: 30_000 } });
const field = (path: string): Field => {
  const found = fieldAt(path);
  if (!found) throw new Error(`no field at ${path}`);
  return found;
};
const DEAL = field("/partner_pnl/average_deal");

describe("fields", () => {
  it("are found by the pointer of their value or of a part of it", () => {
    expect(fieldAt("/partner_pnl/average_deal/min")).toBe(DEAL);
    expect(fieldAt("/partner_vendor_programme/average_deal")).not.toBe(DEAL);
    expect(fieldAt("/partner_pnl")).toBeUndefined();
    expect(fieldAt("/open_pipeline/target")).toBeUndefined();
  });

  it("have defaults inside their bounds", () => {
    for (const { fields } of [...PNL_GROUPS, ...PROGRAMME_GROUPS])
      for (const { name, fallback, minimum, maximum } of fields)
        if (fallback !== undefined)
          expect([name, minimum <= fallback && fallback <= maximum]).toEqual([name, true]);
  });
});

describe("a quantity", () => {
  it("turns from a number to a range around it and back", () => {
    const draft = scenario();
    expect(shapeOf(draft, DEAL)).toEqual({ kind: "number" });
    widen(draft, DEAL);
    expect(draft.partner_pnl?.average_deal).toEqual({
      distribution: "pert",
      min: 24_000,
      mode: 30_000,
      max: 37_500,
    });
    expect(shapeOf(draft, DEAL)).toEqual({ kind: "range", parts: ["min", "mode", "max"] });
    narrow(draft, DEAL);
    expect(draft.partner_pnl?.average_deal).toBe(30_000);
  });

  it("stays inside its bounds, and has a width at zero", () => {
    const draft = scenario();
    const share = field("/partner_pnl/annual_renewal_rate");
    widen(draft, share);
    expect(draft.partner_pnl?.annual_renewal_rate).toEqual({
      distribution: "pert",
      min: 0.72,
      mode: 0.9,
      max: 1,
    });
    const discount = field("/partner_pnl/marketing_monthly");
    draft.partner_pnl = { marketing_monthly: 0 };
    widen(draft, discount);
    expect(draft.partner_pnl.marketing_monthly).toMatchObject({ min: 0, mode: 0, max: 100 });
  });

  it("keeps a law that the form does not edit", () => {
    const draft: Scenario = {
      schema: "dealcast/1",
      partner_pnl: {
        average_deal: { distribution: "lognormal", mean: 28_000, coefficient_of_variation: 0.4 },
      },
    };
    expect(shapeOf(draft, DEAL).kind).toBe("law");
    expect(likelyOf(draft, DEAL)).toBe(28_000);
    expect(entry(DEAL).read(draft)).toBeUndefined();
  });

  it("writes one end of a range, and never an end that is missing", () => {
    const draft = scenario();
    widen(draft, DEAL);
    entry(DEAL, "max").write(draft, 50_000);
    entry(DEAL, "min").write(draft, undefined);
    expect(draft.partner_pnl?.average_deal).toMatchObject({ min: 24_000, mode: 30_000, max: 50_000 });
  });

  it("is written with its unit and its range", () => {
    const draft = scenario();
    expect(assumption(draft, DEAL)).toBe("€30K");
    widen(draft, DEAL);
    expect(assumption(draft, DEAL)).toBe("€30K (€24K to €37.5K)");
    expect(assumption(draft, field("/partner_pnl/resale_margin_rate"))).toBe("30%");
    expect(assumption(draft, field("/partner_pnl/first_deal_month"))).toBe("4 months");
  });
});

describe("the guided entry", () => {
  it("asks five questions and starts from the usual plan or the one at hand", () => {
    expect(QUESTIONS.length).toBe(5);
    expect(firstAnswers({ schema: "dealcast/1" })).toMatchObject({ average_deal: 30_000, sales_fte: 0.5 });
    expect(firstAnswers({ schema: "dealcast/1", partner_pnl: { average_deal: 12_000 } }).average_deal).toBe(
      12_000,
    );
  });

  it("makes a plan with ranges around what nobody can know, shares at most one", () => {
    const plan = planOf({ average_deal: 50_000, annual_renewal_rate: 0.98, sales_fte: 2 }, undefined);
    expect(plan.average_deal).toEqual({ distribution: "pert", min: 40_000, mode: 50_000, max: 65_000 });
    expect(plan.annual_renewal_rate).toMatchObject({ mode: 0.98, max: 1 });
    expect(plan.sales_fte).toBe(2);
    expect(plan.demand_noise).toBe("poisson");
    expect(plan.ramp_months).toEqual(usualPlan().ramp_months);
  });

  it("leaves alone what it does not ask", () => {
    const plan = planOf({ resale_margin_rate: 0 }, { payment_delay_months: 3, marketing_monthly: 7 });
    expect(plan).toMatchObject({ payment_delay_months: 3, marketing_monthly: 7, resale_margin_rate: 0 });
  });
});

describe("the start", () => {
  it("adds what is missing, and a first month", () => {
    const draft: Scenario = {
      schema: "dealcast/1",
      partner_pnl: { average_deal: 1 },
      start_month: "2026-05",
    };
    startPartners(draft);
    expect(draft.partner_pnl).toEqual({ average_deal: 1 });
    expect(draft.partner_vendor_programme?.count_noise).toBe("partner_level");
    expect(draft.start_month).toBe("2026-05");
    const undated: Scenario = { schema: "dealcast/1" };
    dated(undated, new Date(2026, 11, 31));
    expect(undated.start_month).toBe("2027-01");
  });
});

describe("both sides", () => {
  it("start from the same partnership, and say where they part", () => {
    const draft: Scenario = { schema: "dealcast/1", partner_pnl: { average_deal: 50_000 } };
    startPartners(draft);
    expect(differences(draft)).toEqual([]);
    expect(draft.partner_vendor_programme).toMatchObject({
      average_deal: 50_000,
      partner_discount_rate: 0.3,
    });
    // The defaults of both sections are not those of one partnership.
    const apart: Scenario = { schema: "dealcast/1", partner_pnl: {}, partner_vendor_programme: {} };
    expect(differences(apart).map(({ programme }) => programme.name)).toEqual([
      "deals_per_active_partner_per_month",
      "average_deal",
      "annual_renewal_rate",
    ]);
    expect(differences({ ...apart, partner_vendor_programme: aligned({ capable_share: 0.5 }, {}) })).toEqual(
      [],
    );
    expect(differences({ schema: "dealcast/1", partner_pnl: {} })).toEqual([]);
  });
});

describe("the ten steps", () => {
  it("run in order, from the month before the start to the end of the last start plan", () => {
    const all = steps({ recruitment: 12, lag: 2 });
    expect(all.length).toBe(STEPS);
    expect(all[0]).toEqual({ number: 1, from: 0, to: 0 });
    expect(all[7]).toEqual({ number: 8, from: 3, to: 14 });
    expect(all[9]).toEqual({ number: 10, from: 3, to: 18 });
    for (const lag of [0, 1, 2, 7])
      for (const [index, step] of steps({ recruitment: 3, lag }).entries()) {
        const before = steps({ recruitment: 3, lag })[index - 1];
        expect(step.from).toBeGreaterThanOrEqual(before?.from ?? 0);
        expect(step.to).toBeGreaterThanOrEqual(before?.to ?? 0);
      }
  });
});

describe("quarters", () => {
  it("sum three months each, the start with the first", () => {
    expect(quarters([1, 2, 3, 4, 5])).toEqual([10, 5]);
    expect(quarters(Array.from({ length: 37 }, () => 1)).length).toBe(12);
  });
});

describe("profit and loss", () => {
  it("adds up to the cash of the year", () => {
    const year = {
      year: 1,
      deals: 4,
      product_revenue_new: 120,
      product_revenue_renewals: 0,
      services_revenue: 48,
      resale_margin: 36,
      renewal_margin: 2,
      services_margin: 19,
      commission: 4,
      initial: 25,
      staff: 75,
      marketing: 12,
      certification: 3,
      vendor_funding: 6,
      net_cash: -56,
      cumulative_cash: -56,
    };
    const cash = ROWS.filter(({ line, kind }) => !kind && !/revenue/.test(line)).map(
      (row) => lineOf(row, [year]).total ?? 0,
    );
    expect(cash.reduce((sum, value) => sum + value, 0)).toBe(year.net_cash);
    expect(lineOf({ line: "cumulative_cash", kind: "level" }, [year]).total).toBeUndefined();
  });
});

const report = { currency: "EUR", start_month: "2027-01", trials: 102_400 } as Report;

function plan(changes: Record<string, unknown> = {}, curve?: readonly number[]): PartnerPnlReport {
  const by_month = curve ?? Array.from({ length: 37 }, (_, month) => (month < 24 ? 0 : 0.71));
  const errors = by_month.map((p) => Math.sqrt((p * (1 - p)) / 8_192));
  return {
    horizon_months: 36,
    payback_month_sustained: 14,
    peak_funding_need: 96_000,
    net_cash_total: 136_000,
    break_even_deals_per_month_at_maturity: 0.68,
    simulation: {
      figures: { prob_payback_by_month: by_month },
      standard_error: { prob_payback_by_month: errors },
    },
    ...changes,
  } as unknown as PartnerPnlReport;
}

const read = (changes = {}, curve?: readonly number[]) =>
  plain(planSentence(report, plan(changes, curve), 1));

describe("the sentence", () => {
  it("says when it pays back, how likely within two years, and what it needs", () => {
    expect(read()).toBe(
      "Pays back in month 14 (February 2028) on average; 71% ± 0.5 within two years; needs €96K before it pays.",
    );
    setLocale("fr");
    expect(read()).toBe(
      "Rentabilisé au mois 14 (février 2028) en moyenne\u202f; 71\u202f% ± 0,5 de chances de l’être en deux ans\u202f; demande 96\u00a0k€ de trésorerie d’ici là.",
    );
  });

  it("has no error where all outcomes agree, and no chance where nothing varies", () => {
    expect(read({}, new Array(37).fill(1))).toContain("on average; more than 99.9% within two years;");
    expect(read({ simulation: undefined })).toBe(
      "Pays back in month 14 (February 2028); needs €96K before it pays.",
    );
  });

  it("is calm about a plan that does not pay back on average, or never", () => {
    const lost = { payback_month_sustained: undefined, net_cash_total: -52_000 };
    const rarely = [...new Array(36).fill(0), 0.12];
    expect(read(lost, rarely)).toMatch(
      /^Does not pay back within three years on average; 12(\.0)?% ± 0\.4 that it does; needs €96K on the way\. It would take 0\.68 deals a month/,
    );
    expect(read(lost, new Array(37).fill(0))).toBe(
      "Does not pay back within three years: €52K short at the end, €96K needed on the way. It would take 0.68 deals a month once established, instead of 1.",
    );
    expect(
      read({ ...lost, break_even_deals_per_month_at_maturity: undefined }, new Array(37).fill(0)),
    ).toContain("No number of deals would make it pay.");
    expect(verdictOf(plan({ ...lost, simulation: undefined }))).toBe("never");
  });

  it("says when no cash is needed", () => {
    expect(read({ payback_month_sustained: 0 })).toBe(
      "Needs no cash in advance; earns €136K within three years on average.",
    );
  });
});
