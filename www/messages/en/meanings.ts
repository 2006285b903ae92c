/** English explanations of every figure and assumption, and of the signs in their formulas. */
export const meanings = {
  symbols:
    "R: revenue signed in the window, W₀ already won included; T: target; wᵢ: deal i is won, with probability pᵢ; Aᵢ: its amount; eᵢ: its expected month; Sᵢ: its months late; f to l: the window; M: the market factor; Φ: the normal distribution function; n: trials, or deals counted.",
  symbols_partners:
    "CF_t: cash of month t, C_t cumulative; H: horizon; R: discount rate a year; d: deals a month once established, f: month of the first; V: average deal, ρ: resale margin, g: renewal rate; s: share of deals with services, S: their revenue, μ: its margin; q: share of partners able to sell, m: median months to the first deal, ψ: reduction by the start plan, τ: stop rule, T: months until the first deal; n: trials.",
  symbols_growth:
    "ARR_t: annual recurring revenue at the end of month t; A_{k,a}: that of cohort k at age a; h: churn, E: early churn, e: expansion, c: contraction, a month; S, G: what is left of customers and of a survivor’s revenue; ν: new customers, a: ARR of one, GM: gross margin, S&M: sales and marketing cost; G: goal, H: horizon; r: monthly discount rate. L: leads, f: share followed up in time, η: relative conversion of late ones, ℓ: delay, c₁ to c₃: conversion rates, D: demand; w: win rate, V: average deal, K: months open; λ: inflow; h_w, h_l: hours of a won and a lost deal, B: opportunities waiting, δ: their monthly loss; n: trials, or open deals in the velocity.",
  prob_at_least_target:
    "Share of all possible outcomes in which the revenue signed in the target window, what is already won included, is at least the target.",
  standard_error:
    "How far a simulated figure typically is from the one that endless trials would give. It says nothing about whether the assumptions are right. Figures show as many digits as it allows.",
  p10: "One outcome in ten ends at or below this amount. It is the 10th percentile of the outcome, so the low case (some trades number the other way round).",
  p50: "Half of the outcomes end at or below this amount, half above. It differs from the mean where outcomes are lopsided.",
  p90: "Nine outcomes in ten end at or below this amount.",
  mean: "Mean of all outcomes in the target window, what is already won included. Correlation does not change it, it changes the range around it.",
  sd: "Typical distance of an outcome from the mean. With correlated deals it does not melt away as the number of deals grows.",
  new_deals:
    "Revenue signed in the target months of opportunities that the sales machine takes on after today (s: month in which they are taken on, K: months to the signature, d: deal). It joins the deals of the list trial by trial, from the machine's own simulation, and does not move with the market factor. The expected value takes every input at its mean.",
  weighted_pipeline:
    "Sum over all open deals of win probability times mean amount, whatever the month of signature. It ignores slippage, the window and the range, which is why it is not a forecast of the quarter.",
  coverage_ratio: "Open pipeline, unweighted, over what is missing to the target.",
  required_coverage_ratio:
    "The coverage at which the expected revenue meets the target, given this pipeline's win rates and delays. Comparing it with the coverage says more than the usual rule of three.",
  prob_zero_in_window: "Probability that no open deal is signed in the target window.",
  expected_gap_to_target:
    "What is missing to the target on average over all outcomes, counting zero where the target is reached.",
  conditional_gap_if_missed: "By how much the target is missed on average, in the outcomes that miss it.",
  lower_tail_mean_10pct: "Average of the worst ten percent of the outcomes (expected shortfall).",
  engines:
    "The exact engine computes the whole distribution by convolution, deal by deal, for each state of the market, and weighs the states. The simulation draws outcomes. Where both can work, the exact figures are shown and the simulated ones check them: the difference is counted in standard errors, and values beyond 4 would be a sign of trouble. Win rates given as counts are uncertain themselves; then the simulation alone speaks.",
  latent_correlation:
    "Deals share a market factor M: in a good market more of them are won together, in a bad one fewer. ρ is the correlation of the latent variables behind winning, not of the wins themselves. At 0 the deals are independent and the range is too narrow to be true; 0.10 is the default, 0.05 to 0.25 is usual.",
  slippage:
    "Whole months by which a signature comes later than expected, never earlier. With a chance q to slip each month, the mean delay is q/(1−q) months. A deal that slips past the window is not lost: it counts later.",
  slippage_factor_loading:
    "How strongly delays depend on the same market factor as winning: in a bad market, deals are not only lost but late.",
  amount_range:
    "A plain amount from the CRM stands for a PERT distribution: the amount itself is the most likely value, the low and high ends are set as percentages of it.",
  win_rate:
    "Share of the deals that entered the stage and were won in the end, all closed deals counted. Given as counts, w won of n closed, it is uncertain: every trial draws it from its posterior, so that 3 of 5 says less than 300 of 500.",
  meddic:
    "Each of the six answers moves the odds of the stage's rate: yes multiplies them by the root of the criterion's multiplier, no divides them by it, unknown leaves them. The product is capped. The multipliers are an assumption until they are fitted to closed deals: uncalibrated.",
  qualification_gate:
    "From the chosen stage on, a deal whose MEDDIC score is below the minimum takes the win rate of the stage before.",
  kill_rule:
    "A deal whose score stays below the minimum and that has been open for longer than the limit counts as lost.",
  deal_swing_interventional:
    "What the deal itself is worth to the target: the chance of reaching it if the deal is signed in the window, minus the chance if it is not, the other deals staying as they are.",
  deal_swing_conditional:
    "Difference of the chances after hearing that the deal was won or lost. It is larger than the deal's own weight, because the news also says something about the market.",
  deal_variance_share: "Part of the variance of the total that comes with the deal. The shares sum to one.",
  fan: "For each month on its own, the range of what is signed until then. The edges are no paths: no single outcome follows them.",
  categories:
    "Sums of the deals that the team put in each category and expects inside the window, to compare a judged forecast with the computed range.",
  goal_seek:
    "By how much the odds of every deal would have to rise, all alike, for the chance of reaching the target to be the goal.",
  partner_payback:
    "First month from which cumulative cash stays at or above zero until the horizon. A plan that touches zero and falls back has not paid back. The month in the sentence is that of the expected cash, every assumption at its mean.",
  partner_prob_payback:
    "Share of the outcomes in which cumulative cash stays at or above zero from the month on.",
  partner_peak:
    "Lowest point of cumulative cash: what has to be found before the plan carries itself. The high case is exceeded in one outcome out of ten.",
  partner_npv:
    "Cash of each month, discounted to today; month 0 is not discounted. P10, P50 and P90: one, five and nine outcomes in ten end at or below.",
  partner_net_cash:
    "All that comes in less all that goes out up to the horizon, not discounted. Expected: every assumption at its mean, deals at their expected numbers.",
  partner_roi:
    "Net cash over investment, undiscounted. Investment of the reseller: the start, staff, marketing and certification. Of the vendor: all outflows of the programme, market development funds included.",
  partner_irr:
    "Discount rate at which the plan is worth nothing. Given only where it is provably the only one.",
  partner_first_margin:
    "What one new deal leaves: resale margin, and services margin times the share of deals with services; before commission.",
  partner_break_even:
    "Deals a month at the established pace at which cumulative cash at the horizon is zero.",
  partner_cash_fan:
    "For each month on its own, the range of what has been paid and collected until then. The edges are no paths: no single outcome follows them.",
  partner_margin_sources:
    "Resale of new contracts, services sold with them, renewals 12, 24, … months later; when collected, net of commission.",
  partner_years:
    "Revenue counts at signature, everything else when the money moves, so that margins, funds and costs add up to the cash of the year. Year one includes the start.",
  partner_tornado:
    "Each uncertain assumption alone moves from its own low case to its high case, the others stay at their means. Widest first. The shares of variance let all vary at once (f: NPV; A and B: two independent draws of all assumptions; A_Bⁱ: A with the i-th of B).",
  partner_both_sides:
    "Both sides are drawn from the same simulated partners: who signs, when the first deal comes, if ever, how many follow. The partner is the first that signs, its costs and margins are those of the reseller’s plan. A side earns when its net present value is above zero.",
  partner_margin_split:
    "The partner’s margin on resale is the vendor’s discount. Both sides in expected values as it moves, everything else at its mean.",
  partner_formula:
    "Eligible partners times signing rate times share active after six months, against what recruitment costs: candidates, signatures, onboarding, support before the first deal, failures.",
  partner_failed_cost:
    "All that was spent on a partner that never made a deal: signature, onboarding, support until the stop rule or the horizon, and the extra cost of failure. The guide speaks of 15 to 70 k€: the length of the wait explains the range.",
  partner_silent:
    "Of the partners without a deal after some months, the share that is able to sell and only slow. It falls with every silent month, faster with a start plan.",
  partner_stop_rule:
    "With room for more partners: the age at which letting silent partners go makes the programme worth most, found by trying every age. When managed slots are the limit: the age that yields most per month of a slot, κ being the cost of acquiring a partner over the value of an active one.",
  growth_arr:
    "What customers pay a year, at the end of the month. Each cohort of new customers shrinks with those who leave and grows with the expansion of those who stay; the parts add up to the change of ARR exactly.",
  growth_goal_month: "First month at whose end the expected ARR is at the goal or above.",
  growth_goal_chance: "Share of the simulated outcomes in which ARR has been at the goal or above by then.",
  growth_multiplier:
    "Factor on the whole path of new customers with which the expected ARR is exactly the goal at the horizon: ARR is affine in that path.",
  growth_bridge:
    "In each month customers leave first, then those who stay expand and contract, then new ones come.",
  growth_layers: "Recurring revenue of the customers who came in each year, as they leave and expand.",
  growth_retention:
    "Share of a new cohort’s customers, and of its revenue, that is left at each age. Early churn is spread over the first three months.",
  growth_nrr:
    "Three readings that are often mixed up. Over the last twelve months: today’s ARR of the customers of a year ago over theirs then; a mature base without young customers; and the first year of new customers, early churn included.",
  growth_grr: "As NRR over twelve months, but without expansion: never above 100%.",
  growth_logo: "Customers, whatever they pay.",
  growth_cac: "All sales and marketing cost over the horizon divided by all new customers.",
  growth_payback_simple: "Months of gross margin that pay for the acquisition, as if no customer left.",
  growth_payback_survival:
    "Months until the margins of a cohort, shrunk by those who leave and grown by those who expand, add up to its acquisition cost; interpolated inside the month.",
  growth_ltv_simple:
    "The usual short formula: monthly margin over monthly churn. It knows neither early churn nor expansion nor interest.",
  growth_ltv:
    "Discounted margins of a new customer: over five years, and for ever. The latter does not exist once the revenue of those who stay grows faster than churn and interest take away, as with an NRR above 110% at 10% interest; the five-year value always does.",
  growth_magic:
    "Two definitions: growth of quarterly revenue times four, or net new ARR, each over the sales and marketing cost of the quarter before. Above 0.75 is usually called efficient.",
  growth_burn:
    "Cash burnt for each unit of net new ARR: below 1 excellent, 1 to 1.5 great, 1.5 to 2 good, 2 to 3 suspect, above 3 bad.",
  growth_quick:
    "How much recurring revenue is gained for each unit that is lost. Above 4 is usually called healthy.",
  growth_wins:
    "Deals signed in the months that count. Where the team takes on every opportunity and the rates are known, their number follows a Poisson law exactly; else it is simulated, deal by deal.",
  growth_bookings: "Revenue of the deals signed in each month.",
  growth_funnel:
    "Leads followed up late keep only a part of the usual conversion; what is left becomes MQL, SQL and opportunity, some months later.",
  growth_open:
    "Opportunities that are neither won nor lost yet. Once settled their number is the inflow times the mean time open (Little’s law).",
  growth_velocity:
    "Open deals times win rate times amount over the cycle. Because the number of open deals is itself the inflow times the cycle, velocity is settled revenue a day, and the cycle cancels out: a shorter cycle raises it only if the team can then handle more.",
  growth_capacity:
    "The team accepts as many opportunities as its selling hours allow; the others wait, and some are lost. If the inflow limits, revenue goes with win rate times inflow; if the team limits, with win rate over hours per opportunity.",
  growth_lost_time: "Share of the selling hours that goes to opportunities that are lost.",
  compare_shapley:
    "Levers help or hinder each other, so what one brings depends on which are pulled already. The contribution is its effect averaged over all orders of pulling them; the contributions add up to the whole difference. Up to eight levers every combination is simulated, beyond that a sample of the orders.",
  compare_tornado:
    "Each assumption is moved alone from its low to its high end, with the same draws. An uncertain one goes from its own P10 to its own P90; one given as a single number by a stated swing.",
  compare_sobol:
    "How much of the spread of the outcome an uncertain assumption explains: by itself, and with its interactions. Chance is everything that is drawn and is no assumption.",
  compare_goal:
    "The smallest size of an assumption at which the figure reaches what is wanted, on the same draws. Its error is that of the figure, divided by how fast the figure moves.",
  compare_common:
    "All scenarios are simulated with the same random draws: in each trial, the same luck meets every plan. What differs is caused by the levers, and the error of a difference is far smaller than that of its two sides. A plan beats the base in a trial when its outcome is better; ties count half.",
  growth_change:
    "First month from which bookings have made nine tenths of the way from the old settled level to the new one. Old slow deals and new fast ones may close together on the way.",
  seed: "Number from which all random draws follow. Each deal's draws depend on it and on the deal's identifier alone: changing one deal leaves the others' luck as it was.",
};
