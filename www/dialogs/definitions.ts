/**
 * What every figure means and how it is computed. Names and explanations are in the catalogues; the
 * formula and its source are the same in every language.
 */

export interface Definition {
  /** In mathematical notation; one entry per line. */
  readonly formula: readonly string[];
  /** Where it comes from: author, title, year. */
  readonly source?: string;
  /** Whose symbols the formula uses; the open pipeline's unless stated. */
  readonly symbols?: "partners" | "growth";
}

export const DEFINITIONS = {
  prob_at_least_target: {
    formula: ["P(R ≥ T),   R = W₀ + Σᵢ 1{wᵢ}·1{f ≤ eᵢ + Sᵢ ≤ l}·Aᵢ"],
    source: "Vasicek, “Loan portfolio value”, Risk, 2002",
  },
  standard_error: {
    formula: ["SE = √(p(1−p)/n)"],
    source: "Law, Simulation Modeling and Analysis",
  },
  p10: {
    formula: ["P10 = inf{x : P(R ≤ x) ≥ 0.10}"],
    source: "Hyndman & Fan, The American Statistician, 1996",
  },
  p50: {
    formula: ["P50 = inf{x : P(R ≤ x) ≥ 0.50}"],
    source: "Hyndman & Fan, The American Statistician, 1996",
  },
  p90: {
    formula: ["P90 = inf{x : P(R ≤ x) ≥ 0.90}"],
    source: "Hyndman & Fan, The American Statistician, 1996",
  },
  mean: { formula: ["E[R] = W₀ + Σᵢ P(wᵢ, f ≤ eᵢ + Sᵢ ≤ l)·E[Aᵢ]"] },
  sd: {
    formula: ["sd(R) = √(E[R²] − E[R]²)", "n = 25, p = 0.25, ρ = 0.10 : sd(R) = 1.52 · sd(R | ρ = 0)"],
    source: "Vasicek, “Loan portfolio value”, Risk, 2002",
  },
  new_deals: {
    formula: [
      "R' = R + N,   N = Σ_{s ≥ 1} Σ_{f ≤ t ≤ l} wins_{s,t}·d_s",
      "E[N] = Σ_{s ≥ 1} a_s·w_s·P(f ≤ s + K ≤ l)·d_s",
    ],
  },
  weighted_pipeline: { formula: ["Σᵢ pᵢ·E[Aᵢ]"] },
  coverage_ratio: { formula: ["Σᵢ E[Aᵢ] / (T − W₀)"] },
  required_coverage_ratio: { formula: ["Σᵢ E[Aᵢ] / E[R − W₀]"] },
  prob_zero_in_window: { formula: ["P(R = W₀)"] },
  expected_gap_to_target: { formula: ["E[(T − R)₊]"] },
  conditional_gap_if_missed: { formula: ["E[T − R | R < T] = E[(T − R)₊] / P(R < T)"] },
  lower_tail_mean_10pct: {
    formula: ["(1/0.1) · ∫₀^0.1 F⁻¹(u) du"],
    source: "Acerbi & Tasche, Journal of Banking & Finance, 2002",
  },
  engines: {
    formula: ["φ(ω) = Σ_q v_q Πᵢ (1 + wᵢ(m_q)(φᵢ(ω) − 1))", "z = (simulated − exact) / SE"],
    source: "Andersen, Sidenius & Basu, “All your hedges in one basket”, Risk, 2003; Ackerer & Vatter, 2016",
  },
  latent_correlation: {
    formula: [
      "Xᵢ = √ρ·M + √(1−ρ)·εᵢ,   M, εᵢ ~ N(0,1)",
      "wᵢ ⇔ Xᵢ > −Φ⁻¹(pᵢ)",
      "pᵢ(m) = Φ((Φ⁻¹(pᵢ) + √ρ·m) / √(1−ρ))",
    ],
    source: "Vasicek, 1987; Li, Journal of Fixed Income, 2000",
  },
  slippage: { formula: ["P(S = k) = (1−q)·qᵏ,   k = 0, 1, 2…", "E[S] = q / (1−q)"] },
  slippage_factor_loading: { formula: ["P(S ≤ k | m) = Φ((Φ⁻¹(P(S ≤ k)) + b·m) / √(1−b²))"] },
  amount_range: {
    formula: [
      "A = a·PERT(l, 1, h),   l + (h−l)·Beta(1 + 4(1−l)/(h−l), 1 + 4(h−1)/(h−l))",
      "E[A] = a·(l + 4 + h)/6",
    ],
    source: "Malcolm et al., Operations Research, 1959",
  },
  win_rate: {
    formula: ["p ~ Beta(w + ½, n − w + ½)", "p̃ₖ = (wₖ + κ·p̄) / (nₖ + κ)"],
    source: "Brown, Cai & DasGupta, Statistical Science, 2001",
  },
  meddic: {
    formula: [
      "logit p = logit p_stage + Σⱼ (aⱼ − ½)·ln θⱼ,   aⱼ = 1, 0, ½",
      "s = Σⱼ aⱼ,   θⱼ = e^0.8 ≈ 2.23",
    ],
  },
  qualification_gate: { formula: ["s < s_min ⇒ p = p_k−1"] },
  kill_rule: { formula: ["s < s_min ∧ t > t_max ⇒ p = 0"] },
  deal_swing_interventional: { formula: ["Δᵢ = P(R₋ᵢ + Aᵢ ≥ T) − P(R₋ᵢ ≥ T)"] },
  deal_swing_conditional: { formula: ["P(R ≥ T | wᵢ) − P(R ≥ T | ¬wᵢ)"] },
  deal_variance_share: {
    formula: ["vᵢ = Cov(Rᵢ, R) / Var(R),   Σᵢ vᵢ = 1"],
    source: "Tasche, “Capital allocation to business units: the Euler principle”, 2008",
  },
  fan: { formula: ["P(Cₜ ≤ qₜ) = 10, 25, 50, 75, 90 %,   Cₜ = W₀ + Σᵢ 1{wᵢ}·1{eᵢ + Sᵢ ≤ t}·Aᵢ"] },
  categories: { formula: ["Σ E[Aᵢ],   Σ pᵢ·E[Aᵢ],   f ≤ eᵢ ≤ l"] },
  goal_seek: { formula: ["P(R ≥ T | logit pᵢ + θ) = g", "pᵢ/(1−pᵢ) → e^θ · pᵢ/(1−pᵢ)"] },
  partner_payback: {
    formula: ["min{t : C_u ≥ 0 for all u = t … H},   C_t = Σ_{s≤t} CF_s"],
    symbols: "partners",
  },
  partner_prob_payback: {
    formula: ["P(C_u ≥ 0 for all u = m … H)", "SE = √(p(1−p)/n)"],
    symbols: "partners",
  },
  partner_peak: { formula: ["max(0, −min_t C_t)"], symbols: "partners" },
  partner_npv: { formula: ["Σ_{t=0…H} CF_t / (1+r)^t,   r = (1+R)^{1/12} − 1"], symbols: "partners" },
  partner_net_cash: { formula: ["C_H = Σ_{t=0…H} CF_t"], symbols: "partners" },
  partner_roi: { formula: ["C_H / I"], symbols: "partners" },
  partner_irr: {
    formula: ["Σ CF_t / (1+i)^t = 0,   IRR = (1+i)¹² − 1"],
    symbols: "partners",
    source: "Norstrøm, Journal of Financial and Quantitative Analysis, 1972",
  },
  partner_first_margin: { formula: ["m₀ = V·ρ + s·S·μ"], symbols: "partners" },
  partner_break_even: { formula: ["C_H(d*) = 0,   C_H is affine in d"], symbols: "partners" },
  partner_cash_fan: { formula: ["P(C_t ≤ q_t) = 10, 25, 50, 75, 90 %"], symbols: "partners" },
  partner_margin_sources: {
    formula: [
      "new: dₜ·V·ρ,   services: dₜ·s·S·μ,   renewals: dₜ·V·g^y·ρ_ren at t + 12y",
      "d_t = d·min(1, (t−f+1)/ramp),   t ≥ f",
    ],
    symbols: "partners",
  },
  partner_years: {
    formula: ["net cash = margins + vendor’s funds − commission − costs"],
    symbols: "partners",
  },
  partner_tornado: {
    formula: [
      "NPV(xᵢ = P10 or P90, xⱼ = E[xⱼ])",
      "Sᵢ = 1 − E[(f(B) − f(A_Bⁱ))²] / 2Var(f),   S_Tᵢ = E[(f(A) − f(A_Bⁱ))²] / 2Var(f)",
    ],
    symbols: "partners",
    source: "Jansen, Computer Physics Communications, 1999; Saltelli et al., same journal, 2010",
  },
  partner_both_sides: { formula: ["P(NPV_partner > 0 ∧ NPV_vendor > 0),   …"], symbols: "partners" },
  partner_margin_split: { formula: ["ρ = discount:   NPV_partner(ρ),   NPV_vendor(ρ)"], symbols: "partners" },
  partner_formula: {
    formula: [
      "active = eligible × signing rate × q·F(6),   F(a) = 1 − 2^{−a/(m(1−ψ))}",
      "cost per active partner = acquisition outlays / active",
    ],
    symbols: "partners",
    source: "PAD Consulting, guide to partner recruitment, 2019",
  },
  partner_failed_cost: {
    formula: ["signature + onboarding + min(τ, H)·support + failure cost"],
    symbols: "partners",
    source: "PAD Consulting, guide to partner recruitment, 2019",
  },
  partner_silent: {
    formula: ["P(capable | no deal by a) = q(1−F(a)) / (1 − q·F(a))"],
    symbols: "partners",
    source: "Bayes’ rule",
  },
  partner_stop_rule: { formula: ["max_τ NPV(τ)", "max_τ (q·F(τ) − κ) / E[min(T, τ)]"], symbols: "partners" },
  growth_arr: {
    formula: [
      "ARR_t = ARR_{t−1} + new + expansion − contraction − churn",
      "A_{k,a} = A_{k,a−1}·(1 − h_a)·(1 + e_a − c_a)",
    ],
    symbols: "growth",
  },
  growth_goal_month: {
    formula: ["min{t : ARR_t ≥ G}"],
    symbols: "growth",
  },
  growth_goal_chance: {
    formula: ["P(ARR_s ≥ G for some s ≤ t)", "SE = √(p(1−p)/n)"],
    symbols: "growth",
  },
  growth_multiplier: {
    formula: ["(G − base_H) / (ARR_H − base_H)"],
    symbols: "growth",
  },
  growth_bridge: {
    formula: ["new_t = ν_t·a,   churn_t = Σ h·A,   expansion_t = Σ e·(1−h)·A,   contraction_t = Σ c·(1−h)·A"],
    symbols: "growth",
  },
  growth_layers: {
    formula: ["Σ_{k in year} A_{k,t−k}"],
    symbols: "growth",
  },
  growth_retention: {
    formula: [
      "S(a) = Π (1 − h_i),   h_i = 1 − (1−E)^{1/3} for i ≤ 3, h after",
      "S(a)·G(a),   G(a) = Π (1 + e_i − c_i)",
    ],
    symbols: "growth",
  },
  growth_nrr: {
    formula: ["NRR_t = Σ_{k ≤ t−12} A_{k,t} / ARR_{t−12}", "mature: ((1−h)(1+e−c))¹²", "new: S(12)·G(12)"],
    symbols: "growth",
  },
  growth_grr: {
    formula: ["GRR_t = NRR_t with e = 0 ≤ 1"],
    symbols: "growth",
  },
  growth_logo: {
    formula: ["customers of t−12 still there / customers at t−12"],
    symbols: "growth",
  },
  growth_cac: {
    formula: ["CAC = Σ S&M / Σ ν"],
    symbols: "growth",
  },
  growth_payback_simple: {
    formula: ["CAC / (a/12·GM)"],
    symbols: "growth",
  },
  growth_payback_survival: {
    formula: ["min{j : Σ_{i≤j} a/12·GM·S(i−1)·G(i−1) ≥ CAC}"],
    symbols: "growth",
  },
  growth_ltv_simple: {
    formula: ["a·GM / (12·h)"],
    symbols: "growth",
    source: "Skok, “SaaS Metrics 2.0”, 2010",
  },
  growth_ltv: {
    formula: ["Σ_{j=1…60} a/12·GM·S(j−1)·G(j−1) / (1+r)^j", "for ever: defined when (1−h)(1+e−c) < 1+r"],
    symbols: "growth",
  },
  growth_magic: {
    formula: ["4·(Rev_q − Rev_{q−1}) / S&M_{q−1}", "net new ARR_q / S&M_{q−1}"],
    symbols: "growth",
    source: "Scale Venture Partners, 2008",
  },
  growth_burn: {
    formula: ["net burn / net new ARR"],
    symbols: "growth",
    source: "Sacks, “The burn multiple”, 2020",
  },
  growth_quick: {
    formula: ["(new + expansion) / (churn + contraction)"],
    symbols: "growth",
  },
  growth_wins: {
    formula: ["wins_t = Σ_s a_s·w·P(K_w = t−s)", "wins ~ Poisson where the team’s hours do not bind"],
    symbols: "growth",
    source: "Eick, Massey & Whitt, Management Science, 1993",
  },
  growth_bookings: {
    formula: ["wins_t · V"],
    symbols: "growth",
  },
  growth_funnel: {
    formula: ["F = f + (1−f)·η", "D_t = Σ_k ℓ_k·L_{t−k}·F·c₁·c₂·c₃"],
    symbols: "growth",
  },
  growth_open: {
    formula: ["open_t = Σ_{s≤t} a_s·[w·P(K_w > t−s) + (1−w)·P(K_l > t−s)]", "open = λ·E[K]"],
    symbols: "growth",
    source: "Little, Operations Research, 1961",
  },
  growth_velocity: {
    formula: ["n·w·V / c = λ·w·V,   n = λ·E[K],   c = 30.4375·E[K]"],
    symbols: "growth",
    source: "Little, Operations Research, 1961",
  },
  growth_capacity: {
    formula: [
      "a_t = min(B_{t−1} + D_t, hours_t / h),   h = w·h_w + (1−w)·h_l",
      "B_t = (B_{t−1} + D_t − a_t)·(1−δ)",
      "gain: ratio of w·λ (inflow), of w/h (capacity)",
    ],
    symbols: "growth",
  },
  growth_lost_time: {
    formula: ["(1−w)·h_l / h"],
    symbols: "growth",
  },
  growth_change: {
    formula: ["bookings(t ≥ m) ≥ old + 0.9·(new − old)"],
    symbols: "growth",
  },
  compare_common: {
    formula: [
      "Δ = E[X_plan] − E[X_base],   SE = sd(X_plan − X_base)/√n",
      "P(X_plan > X_base) + ½·P(X_plan = X_base)",
    ],
    source: "Law, Simulation Modeling and Analysis: common random numbers",
  },
  compare_shapley: {
    formula: ["φᵢ = Σ_{S ∌ i} |S|!(k−|S|−1)!/k! · (v(S ∪ i) − v(S)),   Σ φᵢ = v(all) − v(none)"],
    source: "Shapley, “A value for n-person games”, 1953",
  },
  compare_tornado: { formula: ["v(xᵢ = low) … v(xᵢ = high),   all xⱼ, j ≠ i, as they are"] },
  compare_sobol: {
    formula: ["Sᵢ = 1 − E[(f(B) − f(A_Bⁱ))²] / 2Var(f),   S_Tᵢ = E[(f(A) − f(A_Bⁱ))²] / 2Var(f)"],
    source: "Jansen, Computer Physics Communications, 1999; Saltelli et al., same journal, 2010",
  },
  compare_goal: { formula: ["min{θ : v(θ) ≥ g},   SE(θ) = SE(v) / |dv/dθ|"] },
  seed: { formula: ["u = f(seed, block, deal_id)"] },
} as const satisfies Record<string, Definition>;

export type DefinitionId = keyof typeof DEFINITIONS;
