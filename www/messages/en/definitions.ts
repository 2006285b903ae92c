import type { Message } from "../../i18n.js";

/** English names and explanations of every figure and assumption. */
export const definitions = {
  symbols:
    "R: revenue signed in the window, W₀ already won included; T: target; wᵢ: deal i is won, with probability pᵢ; Aᵢ: its amount; eᵢ: its expected month; Sᵢ: its months late; f to l: the window; M: the market factor; Φ: the normal distribution function; n: trials, or deals counted.",
  prob_at_least_target_name: "Chance of reaching the target",
  prob_at_least_target_meaning:
    "Share of all possible outcomes in which the revenue signed in the target window, what is already won included, is at least the target.",
  standard_error_name: "Monte Carlo standard error",
  standard_error_meaning:
    "How far a simulated figure typically is from the one that endless trials would give. It says nothing about whether the assumptions are right. Figures show as many digits as it allows.",
  p10_name: "P10, the low case",
  p10_meaning:
    "One outcome in ten ends at or below this amount. It is the 10th percentile of the outcome, so the low case (some trades number the other way round).",
  p50_name: "P50, the median",
  p50_meaning:
    "Half of the outcomes end at or below this amount, half above. It differs from the mean where outcomes are lopsided.",
  p90_name: "P90, the high case",
  p90_meaning: "Nine outcomes in ten end at or below this amount.",
  mean_name: "Expected revenue",
  mean_meaning:
    "Mean of all outcomes in the target window, what is already won included. Correlation does not change it, it changes the range around it.",
  sd_name: "Standard deviation",
  sd_meaning:
    "Typical distance of an outcome from the mean. With correlated deals it does not melt away as the number of deals grows.",
  weighted_pipeline_name: "Weighted pipeline",
  weighted_pipeline_meaning:
    "Sum over all open deals of win probability times mean amount, whatever the month of signature. It ignores slippage, the window and the range, which is why it is not a forecast of the quarter.",
  coverage_ratio_name: "Pipeline coverage",
  coverage_ratio_meaning: "Open pipeline, unweighted, over what is missing to the target.",
  required_coverage_ratio_name: "Coverage needed",
  required_coverage_ratio_meaning:
    "The coverage at which the expected revenue meets the target, given this pipeline's win rates and delays. Comparing it with the coverage says more than the usual rule of three.",
  prob_zero_in_window_name: "Chance of signing nothing more",
  prob_zero_in_window_meaning: "Probability that no open deal is signed in the target window.",
  expected_gap_to_target_name: "Expected gap to target",
  expected_gap_to_target_meaning:
    "What is missing to the target on average over all outcomes, counting zero where the target is reached.",
  conditional_gap_if_missed_name: "Gap if missed",
  conditional_gap_if_missed_meaning:
    "By how much the target is missed on average, in the outcomes that miss it.",
  lower_tail_mean_10pct_name: "Mean of the worst tenth",
  lower_tail_mean_10pct_meaning: "Average of the worst ten percent of the outcomes (expected shortfall).",
  engines_name: "Two engines, one answer",
  engines_meaning:
    "The exact engine computes the whole distribution by convolution, deal by deal, for each state of the market, and weighs the states. The simulation draws outcomes. Where both can work, the exact figures are shown and the simulated ones check them: the difference is counted in standard errors, and values beyond 4 would be a sign of trouble. Win rates given as counts are uncertain themselves; then the simulation alone speaks.",
  latent_correlation_name: "Correlation of deals",
  latent_correlation_meaning:
    "Deals share a market factor M: in a good market more of them are won together, in a bad one fewer. ρ is the correlation of the latent variables behind winning, not of the wins themselves. At 0 the deals are independent and the range is too narrow to be true; 0.10 is the default, 0.05 to 0.25 is usual.",
  slippage_name: "Slippage",
  slippage_meaning:
    "Whole months by which a signature comes later than expected, never earlier. With a chance q to slip each month, the mean delay is q/(1−q) months. A deal that slips past the window is not lost: it counts later.",
  slippage_factor_loading_name: "Delays follow the market",
  slippage_factor_loading_meaning:
    "How strongly delays depend on the same market factor as winning: in a bad market, deals are not only lost but late.",
  amount_range_name: "Range of an amount",
  amount_range_meaning:
    "A plain amount from the CRM stands for a PERT distribution: the amount itself is the most likely value, the low and high ends are set as percentages of it.",
  win_rate_name: "Win rate",
  win_rate_meaning:
    "Share of the deals that entered the stage and were won in the end, all closed deals counted. Given as counts, w won of n closed, it is uncertain: every trial draws it from its posterior, so that 3 of 5 says less than 300 of 500.",
  meddic_name: "MEDDIC adjustment",
  meddic_meaning:
    "Each of the six answers moves the odds of the stage's rate: yes multiplies them by the root of the criterion's multiplier, no divides them by it, unknown leaves them. The product is capped. The multipliers are an assumption until they are fitted to closed deals: uncalibrated.",
  qualification_gate_name: "Qualification gate",
  qualification_gate_meaning:
    "From the chosen stage on, a deal whose MEDDIC score is below the minimum takes the win rate of the stage before.",
  kill_rule_name: "Kill rule",
  kill_rule_meaning:
    "A deal whose score stays below the minimum and that has been open for longer than the limit counts as lost.",
  deal_swing_interventional_name: "Make-or-break swing",
  deal_swing_interventional_meaning:
    "What the deal itself is worth to the target: the chance of reaching it if the deal is signed in the window, minus the chance if it is not, the other deals staying as they are.",
  deal_swing_conditional_name: "Swing on hearing the news",
  deal_swing_conditional_meaning:
    "Difference of the chances after hearing that the deal was won or lost. It is larger than the deal's own weight, because the news also says something about the market.",
  deal_variance_share_name: "Share of the uncertainty",
  deal_variance_share_meaning:
    "Part of the variance of the total that comes with the deal. The shares sum to one.",
  fan_name: "Fan by month",
  fan_meaning:
    "For each month on its own, the range of what is signed until then. The edges are no paths: no single outcome follows them.",
  categories_name: "Forecast categories",
  categories_meaning:
    "Sums of the deals that the team put in each category and expects inside the window, to compare a judged forecast with the computed range.",
  goal_seek_name: "Goal seek",
  goal_seek_meaning:
    "By how much the odds of every deal would have to rise, all alike, for the chance of reaching the target to be the goal.",
  seed_name: "Seed",
  seed_meaning:
    "Number from which all random draws follow. Each deal's draws depend on it and on the deal's identifier alone: changing one deal leaves the others' luck as it was.",
} satisfies Record<string, Message>;
