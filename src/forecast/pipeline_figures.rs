//! Puts the report of the open pipeline together.

use super::distribution_figures::{Distributed, TotalFigures, TotalSummary};
use super::new_deals::NewDeals;
use super::simulated::Simulated;
use crate::math::sqrt;
use crate::model::open_pipeline::moments::PipelineMoments;
use crate::model::open_pipeline::resolve::{DealDecision, Resolved};
use crate::model::open_pipeline::win_probability::stage_rates;
use crate::report::open_pipeline::{
    self as report, CategorySum, CdfPoint, CrossCheck, DealResult, ExceedancePoint, GoalSeek, Histogram,
    IndependentCase, OpenPipelineReport, QuantilePoint, RulesEffect, WithoutNewDeals,
};
use crate::scenario::open_pipeline::{ForecastCategory, OpenPipeline, TargetWindow};

/// Bins of the histogram, about.
const BINS: f64 = 48.0;
/// Points of the exceedance curve in each bin of the histogram.
const POINTS_PER_BIN: usize = 5;

/// What the report is made of.
pub struct Inputs<'a> {
    /// The scenario's section.
    pub section: &'a OpenPipeline,
    /// What was made of it.
    pub resolved: &'a Resolved,
    /// Closed forms.
    pub moments: &'a PipelineMoments,
    /// The simulation.
    pub simulated: &'a Simulated,
    /// The distribution of the total.
    pub figures: &'a TotalFigures<'a>,
    /// Result of the goal seek.
    pub goal_seek: Option<GoalSeek>,
    /// New deals of the sales machine, and the pipeline without them.
    pub new_deals: Option<(&'a NewDeals, WithoutNewDeals)>,
}

/// Values by deal of the pipeline, put in the order of the scenario's deals; 0 where there is none.
fn by_row(inputs: &Inputs, values: &[f64]) -> Vec<f64> {
    let mut list = vec![0.0; inputs.section.deals.len()];
    inputs.resolved.pipeline.deals.iter().zip(values).for_each(|(deal, value)| list[deal.row] = *value);
    list
}

/// The report.
pub fn report(inputs: Inputs) -> OpenPipelineReport {
    let pipeline = &inputs.resolved.pipeline;
    let figures = inputs.figures;
    let window = &inputs.moments.window;
    let summary = figures.summary;
    let open_pipeline: f64 = sum_by_key(&inputs, |decision| decision.mean_amount);
    let weighted_pipeline = sum_by_key(&inputs, |decision| decision.probability * decision.mean_amount);
    let missing = pipeline.target - pipeline.already_won;
    let moments = Moments::of(&inputs);
    let quantiles = [(0.1, summary.p10), (0.5, summary.p50), (0.9, summary.p90)];
    let histogram = histogram(inputs.simulated);
    let exceedance = exceedance(&histogram, figures.distribution.as_ref());
    let independent_exceedance = self::exceedance(&histogram, figures.independent_distribution.as_ref());
    let probability = by_row(&inputs, &window.probability);
    OpenPipelineReport {
        headline_engine: figures.engine,
        not_exact: figures.not_exact,
        exact_error_bound: figures.error_bound,
        target: pipeline.target,
        target_window: TargetWindow { first_month: pipeline.first_month, last_month: pipeline.last_month },
        already_won: pipeline.already_won,
        weighted_pipeline,
        open_pipeline,
        coverage_ratio: (missing > 0.0).then(|| open_pipeline / missing),
        required_coverage_ratio: (window.mean > 0.0).then(|| open_pipeline / window.mean),
        mean: moments.mean,
        sd: moments.sd,
        sd_if_independent: moments.sd_if_independent,
        p10: summary.p10,
        p50: summary.p50,
        p90: summary.p90,
        prob_at_least_target: summary.prob_at_least_target,
        prob_zero_in_window: summary.prob_zero_in_window,
        expected_gap_to_target: summary.expected_gap,
        conditional_gap_if_missed: summary.conditional_gap,
        lower_tail_mean_10pct: summary.lower_tail_mean,
        monthly_mean: moments.monthly_mean,
        monthly_sd: moments.monthly_sd,
        deal_variance_share: by_row(&inputs, &window.variance_shares())
            .into_iter()
            .map(|share| share * (1.0 - moments.joined_share))
            .collect(),
        deal_swing_interventional: figures.swing_interventional.clone(),
        deal_swing_conditional: figures.swing_conditional.clone(),
        cdf_check: cdf_check(inputs.section, figures.distribution.as_ref()),
        quantile_check: quantiles
            .map(|(level, quantile)| QuantilePoint {
                level,
                quantile,
                prob_total_at_most: figures.distribution.prob_at_most(quantile),
                prob_total_below: figures.distribution.prob_below(quantile),
            })
            .to_vec(),
        cross_check: cross_check(&inputs, moments.mean),
        independent: independent(figures, moments.sd_if_independent, independent_exceedance),
        cumulative_fan: inputs.simulated.cumulative_fan.clone(),
        monthly_fan: inputs.simulated.monthly_fan.clone(),
        histogram,
        exceedance,
        categories: categories(&inputs, &probability),
        rules: rules(inputs.section, inputs.resolved),
        stage_rates: stage_rates(inputs.section),
        deals: deals(&inputs, &probability),
        deal_prob_won_in_window: probability,
        simulated: inputs.simulated.headline.clone(),
        standard_error: inputs.simulated.standard_error.clone(),
        new_deals: new_deals(&inputs, moments.joined_share),
        goal_seek: inputs.goal_seek,
    }
}

/// Means and standard deviations of the total: closed forms of the deals; with new deals simulated, but for a mean
/// that is a sum of closed forms.
struct Moments {
    mean: f64,
    sd: f64,
    sd_if_independent: f64,
    monthly_mean: Vec<f64>,
    monthly_sd: Vec<f64>,
    /// Share of the variance that new deals add.
    joined_share: f64,
}

impl Moments {
    fn of(inputs: &Inputs) -> Self {
        let (window, months) = (&inputs.moments.window, &inputs.moments.months);
        let (mean, independent) = (inputs.resolved.pipeline.already_won + window.mean, window.variance_if_independent);
        let Some((joined, _)) = &inputs.new_deals else {
            return Self {
                mean,
                sd: window.sd(),
                sd_if_independent: sqrt(independent.max(0.0)),
                monthly_mean: months.iter().map(|month| month.mean).collect(),
                monthly_sd: months.iter().map(|month| month.sd()).collect(),
                joined_share: 0.0,
            };
        };
        let simulated = &inputs.simulated.headline;
        let variance = simulated.sd * simulated.sd;
        let added = (variance - window.sd() * window.sd()).max(0.0);
        Self {
            mean: if joined.exact_means() { mean + in_window(inputs, &joined.course.bookings) } else { simulated.mean },
            sd: simulated.sd,
            sd_if_independent: sqrt(independent.max(0.0) + added),
            monthly_mean: simulated.monthly_mean.clone(),
            monthly_sd: simulated.monthly_sd.clone(),
            joined_share: if variance > 0.0 { added / variance } else { 0.0 },
        }
    }
}

/// Sum over the months of the window.
fn in_window(inputs: &Inputs, monthly: &[f64]) -> f64 {
    let pipeline = &inputs.resolved.pipeline;
    monthly[pipeline.first_month as usize - 1..pipeline.last_month as usize].iter().sum()
}

fn new_deals(inputs: &Inputs, variance_share: f64) -> Option<report::NewDeals> {
    let (joined, without) = inputs.new_deals.as_ref()?;
    Some(report::NewDeals {
        expected_wins: in_window(inputs, &joined.course.wins),
        expected_bookings: in_window(inputs, &joined.course.bookings),
        expected_bookings_by_month: joined.course.bookings.clone(),
        variance_share,
        without: without.clone(),
    })
}

/// Sum over the open deals in the order of their keys, whatever the order of the rows.
fn sum_by_key(inputs: &Inputs, of: impl Fn(&DealDecision) -> f64) -> f64 {
    let deals = inputs.resolved.pipeline.deals.iter();
    // From zero: the sum of nothing would be -0, which shows in ratios.
    deals.map(|deal| of(&inputs.resolved.decisions[deal.row])).fold(0.0, |sum, value| sum + value)
}

fn cdf_check(section: &OpenPipeline, distribution: &dyn Distributed) -> Vec<CdfPoint> {
    let amounts = section.cdf_check_amounts.iter().flatten();
    amounts.map(|&amount| CdfPoint { amount, prob_total_at_most: distribution.prob_at_most(amount) }).collect()
}

fn independent(figures: &TotalFigures, sd: f64, exceedance: Vec<ExceedancePoint>) -> IndependentCase {
    let TotalSummary { p10, p50, p90, prob_at_least_target, .. } = figures.independent;
    IndependentCase { engine: figures.engine, sd, p10, p50, p90, prob_at_least_target, exceedance }
}

/// Exact figures against simulated ones: moments wherever they have closed forms, the distribution where the exact engine applies.
fn cross_check(inputs: &Inputs, mean: f64) -> Vec<CrossCheck> {
    let (simulated, error) = (&inputs.simulated.headline, &inputs.simulated.standard_error);
    let summary = inputs.figures.summary;
    let moments =
        [("mean", mean, simulated.mean, error.mean), ("sd", inputs.moments.window.sd(), simulated.sd, error.sd)];
    // With new deals there is a closed form of the mean at most.
    let closed = inputs.new_deals.as_ref().map_or(2, |(joined, _)| usize::from(joined.exact_means()));
    // Percentiles of a lattice jump: their probabilities are compared.
    let at_quantile = |output, quantile: f64| {
        let exact = inputs.figures.distribution.prob_at_most(quantile);
        let simulated = inputs.simulated.prob_at_most(quantile);
        (output, exact, simulated, sqrt((exact * (1.0 - exact)).max(0.0) / inputs.simulated.trials()))
    };
    let distribution = [
        at_quantile("prob_total_at_most_p10", summary.p10),
        at_quantile("prob_total_at_most_p50", summary.p50),
        at_quantile("prob_total_at_most_p90", summary.p90),
        (
            "prob_at_least_target",
            summary.prob_at_least_target,
            simulated.prob_at_least_target,
            error.prob_at_least_target,
        ),
        ("prob_zero_in_window", summary.prob_zero_in_window, simulated.prob_zero_in_window, error.prob_zero_in_window),
        (
            "expected_gap_to_target",
            summary.expected_gap,
            simulated.expected_gap_to_target,
            error.expected_gap_to_target,
        ),
        (
            "lower_tail_mean_10pct",
            summary.lower_tail_mean,
            simulated.lower_tail_mean_10pct,
            error.lower_tail_mean_10pct,
        ),
    ];
    let exact = inputs.figures.not_exact.is_none();
    let rows = moments.into_iter().take(closed).chain(distribution.into_iter().filter(|_| exact));
    rows.map(|(output, exact, simulated, standard_error)| CrossCheck {
        output: output.to_owned(),
        exact,
        simulated,
        standard_error,
        difference_in_standard_errors: (standard_error > 0.0).then(|| (simulated - exact) / standard_error),
    })
    .collect()
}

/// A round number (1, 2, 2.5 or 5 times a power of ten) that is at least `width`.
fn round_width(width: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(width)));
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= width).unwrap_or(width)
}

/// Histogram of the simulated totals with round edges.
fn histogram(simulated: &Simulated) -> Histogram {
    /// Level at which a long tail is cut, and how much longer than the rest makes it long.
    const CUT: (f64, f64) = (0.999, 1.5);
    let (smallest, largest) = simulated.range();
    let cut = simulated.quantile(CUT.0);
    let upper = if largest - smallest > CUT.1 * (cut - smallest) && cut > smallest { cut } else { largest };
    let spread = upper - smallest;
    if spread <= 0.0 {
        let width = round_width(smallest.abs().max(1.0) / 100.0);
        return Histogram { lower: smallest, width, share: vec![1.0], share_above: 0.0 };
    }
    let width = round_width(spread / BINS);
    let lower = libm::floor(smallest / width) * width;
    let bins = (libm::floor((upper - lower) / width) as usize + 1).max(1);
    let at_least: Vec<f64> = (0..=bins).map(|bin| simulated.prob_at_least(lower + bin as f64 * width)).collect();
    let share = at_least.windows(2).map(|edges| edges[0] - edges[1]).collect();
    Histogram { lower, width, share, share_above: at_least[bins] }
}

/// The exceedance curve over the range of the histogram.
fn exceedance(histogram: &Histogram, distribution: &dyn Distributed) -> Vec<ExceedancePoint> {
    let step = histogram.width / POINTS_PER_BIN as f64;
    (0..=histogram.share.len() * POINTS_PER_BIN)
        .map(|point| {
            let amount = histogram.lower + point as f64 * step;
            ExceedancePoint { amount, prob_at_least: distribution.prob_at_least(amount) }
        })
        .collect()
}

fn categories(inputs: &Inputs, probability: &[f64]) -> Vec<CategorySum> {
    let section = inputs.section;
    let pipeline = &inputs.resolved.pipeline;
    let order = [
        Some(ForecastCategory::Commit),
        Some(ForecastCategory::BestCase),
        Some(ForecastCategory::Pipeline),
        Some(ForecastCategory::Omitted),
        None,
    ];
    let sum_of = |category: Option<ForecastCategory>| {
        let mut sum = CategorySum {
            category,
            deals: 0,
            amount: 0.0,
            weighted: 0.0,
            amount_in_window: 0.0,
            expected_in_window: 0.0,
        };
        for deal in pipeline.deals.iter().filter(|deal| section.deals[deal.row].forecast_category == category) {
            let decision = &inputs.resolved.decisions[deal.row];
            sum.deals += 1;
            sum.amount += decision.mean_amount;
            sum.weighted += decision.probability * decision.mean_amount;
            if (pipeline.first_month..=pipeline.last_month).contains(&deal.close_month) {
                sum.amount_in_window += decision.mean_amount;
            }
            sum.expected_in_window += probability[deal.row] * decision.mean_amount;
        }
        sum
    };
    order.into_iter().map(sum_of).filter(|sum| sum.deals > 0).collect()
}

fn rules(section: &OpenPipeline, resolved: &Resolved) -> RulesEffect {
    let decisions = || resolved.rows_by_key.iter().map(|row| &resolved.decisions[*row]);
    let calibrated = section.meddic.as_ref().and_then(|rules| rules.calibrated).unwrap_or(false);
    let moved = decisions().any(|decision| decision.odds_multiplier != 1.0);
    let mut effect = RulesEffect {
        meddic_uncalibrated: moved && !calibrated,
        gate_deals: 0,
        gate_weighted_before: 0.0,
        gate_weighted_after: 0.0,
        killed_deals: 0,
        killed_amount: 0.0,
        killed_weighted: 0.0,
    };
    for decision in decisions() {
        if decision.killed {
            effect.killed_deals += 1;
            effect.killed_amount += decision.mean_amount;
            effect.killed_weighted += decision.probability * decision.mean_amount;
        } else if decision.held_by_gate {
            effect.gate_deals += 1;
            effect.gate_weighted_before += decision.probability_without_gate * decision.mean_amount;
            effect.gate_weighted_after += decision.probability * decision.mean_amount;
        }
    }
    effect
}

fn deals(inputs: &Inputs, in_window: &[f64]) -> Vec<DealResult> {
    let before = by_row(inputs, &inputs.moments.won_before);
    let rows = inputs.section.deals.iter().zip(&inputs.resolved.decisions).enumerate();
    rows.map(|(row, (deal, decision))| {
        let win_probability = if decision.killed { 0.0 } else { decision.probability };
        DealResult {
            deal_id: deal.deal_id.clone(),
            win_probability_source: decision.source,
            base_win_probability: decision.base,
            win_probability,
            meddic_score: decision.score,
            odds_multiplier: decision.odds_multiplier,
            capped: decision.capped,
            held_by_gate: decision.held_by_gate,
            killed: decision.killed,
            mean_amount: decision.mean_amount,
            prob_won_in_window: in_window[row],
            prob_won_late: (win_probability - in_window[row] - before[row]).max(0.0),
            prob_won_early: before[row],
            prob_lost: 1.0 - win_probability,
        }
    })
    .collect()
}
