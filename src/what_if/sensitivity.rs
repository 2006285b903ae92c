//! What drives an outcome: each input moved by itself on the same draws, and shares of the variance.
//!
//! A bar of the tornado goes from the figure with the input at its low end to the one at its high end, all other
//! inputs left uncertain as they are: on common random numbers the difference is the input's alone. Shares of
//! variance are Sobol indices by Jansen's estimators (see [`crate::sobol`]): every trial is simulated once more
//! with all draws new, and once per input with the draws of that input alone new.

use super::inputs::{moved, relevant, swings, uncertain};
use super::pipeline_variance::{Indices, pipeline_variance};
use super::question::{FigureOptions, Question};
use super::score::Score;
use super::until::end_at;
use crate::error::{InputError, pointer_step};
use crate::forecast::{Forecast, Redraw};
use crate::model::open_pipeline::resolve::resolve;
use crate::report::cash::SobolEstimate;
use crate::report::what_if::{
    Outcome, OutcomeSensitivity, SensitivityBar, Statistic, SwingFigures, VarianceShare, VarianceShares, VarianceSource,
};
use crate::rng::fnv1a_64;
use crate::scenario::Scenario;
use crate::scenario::open_pipeline::document;
use crate::sobol::{self, InputIndices, SobolIndex};
use crate::steps::at_once;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Swing of known inputs where the question does not say.
const SWING: f64 = 0.1;
/// Points of the shares of variance: two blocks.
const POINTS: u32 = 8192;

document! {
/// What a sensitivity analysis is about.
pub struct SensitivityOptions {
    /// The figure; bars are sorted by it.
    pub figure: FigureOptions,
    /// Share of its value by which a known input is moved to either side, 0 to 0.5; 0: known inputs are left out.
    /// Default 0.1. The assumptions of an open pipeline have swings of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swing: Option<f64>,
    /// Whether shares of variance are wanted as well. Default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variance: Option<bool>,
}
}

/// Moves every input of the sections that an outcome is computed from. `progress` is told the share that is done.
/// Inputs that change nothing are left out.
///
/// # Errors
/// What is wrong with the document or the plan.
pub fn sensitivity(
    document: &Value,
    options: &SensitivityOptions,
    seed: u32,
    progress: &mut dyn FnMut(f64),
) -> Result<OutcomeSensitivity, Vec<InputError>> {
    at_once(sensitivity_in_steps(document, options, seed, progress))
}

/// [`sensitivity`], with pauses.
///
/// # Errors
/// As [`sensitivity`].
pub async fn sensitivity_in_steps(
    document: &Value,
    options: &SensitivityOptions,
    seed: u32,
    progress: &mut dyn FnMut(f64),
) -> Result<OutcomeSensitivity, Vec<InputError>> {
    let mut question = Question::new(document, &options.figure, seed)?;
    let document = question.document_of(options.figure.plan.as_deref())?;
    let base = question.score(Scenario::from_value(&document)?).await?;
    question.estimate(&base)?;
    let swing = options.swing.unwrap_or(SWING).clamp(0.0, 0.5);
    let document = relevant(&document, question.outcome);
    let swings = swings(&document, question.outcome, swing);
    let variance = options.variance.unwrap_or(false);
    let steps = swings.len() as f64 * if variance { 1.5 } else { 1.0 };
    let mut bars = Vec::new();
    for (done, swing) in swings.into_iter().enumerate() {
        let ends = moved(&document, &swing, swing.low).zip(moved(&document, &swing, swing.high));
        let Some(((_, low, low_end), (_, high, high_end))) = ends else { continue };
        let (low, high) = (question.score(low).await?, question.score(high).await?);
        let (at_low, at_high) = (question.estimate(&low)?, question.estimate(&high)?);
        let bar = SensitivityBar {
            at: swing.at,
            operation: swing.operation,
            source: swing.source,
            low: low_end,
            high: high_end,
            at_low: figures(&low),
            at_high: figures(&high),
            standard_error: high.less(&low, &at_high, &at_low).1,
        };
        if bar.at_low != bar.at_high {
            bars.push(((at_high.value - at_low.value).abs(), bar));
        }
        progress((done + 1) as f64 / steps);
    }
    bars.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let shares = match (variance, question.outcome) {
        (false, _) => None,
        (true, Outcome::PipelineTotal) => pipeline_shares(&document, options.figure.month)?,
        (true, outcome) => variance_shares(&document, outcome, options.figure.month, question.seed).await?,
    };
    progress(1.0);
    Ok(OutcomeSensitivity {
        outcome: question.outcome,
        statistic: question.statistic,
        seed: question.seed,
        trials: question.trials(),
        target: base.target(),
        base: figures(&base),
        bars: bars.into_iter().map(|(_, bar)| bar).collect(),
        variance: shares,
    })
}

fn figures(score: &Score) -> SwingFigures {
    let value = |statistic| score.estimate(statistic).map(|estimate| estimate.value);
    SwingFigures {
        mean: value(Statistic::Mean).unwrap_or_default(),
        p50: value(Statistic::P50).unwrap_or_default(),
        prob_target: value(Statistic::ProbTarget),
    }
}

/// Shares of the variance of an open pipeline's total; `None` where it does not vary, or the sales machine adds to it.
fn pipeline_shares(document: &Value, month: Option<u32>) -> Result<Option<VarianceShares>, Vec<InputError>> {
    let mut scenario = Scenario::from_value(document)?;
    if let Some(month) = month {
        end_at(&mut scenario, Outcome::PipelineTotal, month)?;
    }
    let Some(section) = scenario.open_pipeline.filter(|section| section.new_deals_from.is_none()) else {
        return Ok(None);
    };
    let pipeline = resolve(&section)?.pipeline;
    let Some(found) = pipeline_variance(&pipeline) else { return Ok(None) };
    let share = |source, at: Option<String>, indices: Indices| {
        let estimate = |value| SobolEstimate { value, low: value, high: value };
        VarianceShare { source, at, first_order: estimate(indices.first), total_order: estimate(indices.total) }
    };
    let amounts = found
        .amounts
        .map(|indices| share(VarianceSource::Input, Some("/open_pipeline/deals/*/amount".to_owned()), indices));
    let mut shares: Vec<VarianceShare> = amounts.into_iter().collect();
    for stage in section.stages.iter().flatten() {
        let rate =
            pipeline.rate_keys.iter().position(|key| *key == fnv1a_64(format!("stage {}", stage.stage).as_bytes()));
        let at = || format!("{}/win_rate", pointer_step("/open_pipeline/stages", &format!("={}", stage.stage)));
        shares.extend(rate.map(|rate| share(VarianceSource::Input, Some(at()), found.rates[rate])));
    }
    shares.extend(found.market.map(|indices| share(VarianceSource::Market, None, indices)));
    shares.push(share(VarianceSource::Chance, None, found.luck));
    let residual_share = 1.0 - shares.iter().map(|share| share.first_order.value).sum::<f64>();
    Ok(Some(VarianceShares { points: 0, shares, residual_share }))
}

/// Key of the draws of an input: partners' inputs share theirs by name between the sections.
fn key(at: &str) -> u64 {
    let name = match at.strip_prefix("/partner_") {
        Some(_) => at.rsplit('/').next().unwrap_or_default(),
        None => at.trim_start_matches('/'),
    };
    fnv1a_64(name.as_bytes())
}

/// Shares of the variance of an outcome by uncertain input, and by chance; `None` where no input is uncertain or
/// the outcome does not vary.
async fn variance_shares(
    document: &Value,
    outcome: Outcome,
    month: Option<u32>,
    seed: u32,
) -> Result<Option<VarianceShares>, Vec<InputError>> {
    let mut scenario = Scenario::from_value(document)?;
    if let Some(month) = month {
        end_at(&mut scenario, outcome, month)?;
    }
    let mut inputs: Vec<(Option<String>, Redraw)> = Vec::new();
    for input in uncertain(document, outcome) {
        let redraw = Redraw::Input(key(&input.at));
        if inputs.iter().all(|(_, known)| *known != redraw) {
            inputs.push((Some(input.at), redraw));
        }
    }
    if inputs.is_empty() {
        return Ok(None);
    }
    inputs.push((None, Redraw::Chance));
    let values = async |redraw: Redraw| {
        let forecast = Forecast::with_trials(&scenario, seed, POINTS)?.redrawn(redraw);
        let part = forecast.simulate_for_in_steps(outcome, 0, forecast.blocks()).await;
        Ok::<_, Vec<InputError>>(forecast.outcome(outcome, &part).map(|trials| trials.values).unwrap_or_default())
    };
    let (a, b): (Vec<f64>, Vec<f64>) = (values(Redraw::Nothing).await?, values(Redraw::Everything).await?);
    let mut mixed = Vec::new();
    for (_, redraw) in &inputs {
        mixed.push(values(*redraw).await?);
    }
    if a.is_empty() {
        return Ok(None);
    }
    // Without chance of its own, the model is a function of its inputs.
    if mixed.last() == Some(&a) {
        inputs.pop();
    }
    let outputs: Vec<[f64; 2]> = a.iter().zip(&b).map(|(a, b)| [*a, *b]).collect();
    let found = sobol::sensitivity_of_outputs(seed, outputs, &mixed[..inputs.len()]).await;
    let Some(found) = found else { return Ok(None) };
    let estimate = |index: SobolIndex| SobolEstimate { value: index.value, low: index.low, high: index.high };
    let share = |((at, _), indices): ((Option<String>, Redraw), InputIndices)| VarianceShare {
        source: if at.is_some() { VarianceSource::Input } else { VarianceSource::Chance },
        at,
        first_order: estimate(indices.first_order),
        total_order: estimate(indices.total),
    };
    Ok(Some(VarianceShares {
        points: POINTS,
        shares: inputs.into_iter().zip(found.inputs).map(share).collect(),
        residual_share: found.residual_share,
    }))
}
