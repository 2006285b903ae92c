//! From a scenario's section to a pipeline that is ready to compute, and what was decided on the way.

use super::win_probability::{meddic_log_odds, meddic_score, posterior, rate_classes, shifted, stage_prior};
use super::{DelayLaw, Pipeline, PipelineDeal, WinLaw};
use crate::distribution::Distribution;
use crate::error::{ErrorCode, InputError};
use crate::model::inputs::distribution;
use crate::report::open_pipeline::WinProbabilitySource;
use crate::rng::fnv1a_64;
use crate::scenario::amount::Quantity;
use crate::scenario::open_pipeline::{AmountRange, Deal, OpenPipeline, Rate, Slippage, SlippageName, TargetWindow};
use std::collections::BTreeMap;

/// Default latent correlation.
pub const LATENT_CORRELATION: f64 = 0.10;
/// Default probability of slipping by one more month.
pub const MONTHLY_SLIP_PROBABILITY: f64 = 0.30;
/// Default ends of the PERT distribution around a plain amount.
pub const AMOUNT_RANGE: AmountRange = AmountRange { low: 0.7, high: 1.2 };
/// Months in which a signature counts, where a document does not say.
pub const TARGET_WINDOW: TargetWindow = TargetWindow { first_month: 1, last_month: 3 };
/// Score that the qualification gate asks for where it does not say.
pub const GATE_SCORE: f64 = 4.0;

/// Score below which, and age in days above which, the kill rule closes a deal where it does not say.
pub const KILL_SCORE: f64 = 3.0;
/// See [`KILL_SCORE`].
pub const KILL_AGE_DAYS: f64 = 30.0;

/// Months after which geometric slippage is cut.
const LONGEST_SLIPPAGE: usize = 200;

/// What was decided for one deal of the scenario.
#[derive(Debug, Clone)]
pub struct DealDecision {
    /// Where the win probability comes from.
    pub source: WinProbabilitySource,
    /// Rate before MEDDIC and gate.
    pub base: f64,
    /// Rate before MEDDIC, with the gate.
    pub gated: f64,
    /// Probability after MEDDIC and gate, whatever the kill rule says.
    pub probability: f64,
    /// The same without the gate.
    pub probability_without_gate: f64,
    /// MEDDIC score.
    pub score: Option<f64>,
    /// Multiplier of the odds.
    pub odds_multiplier: f64,
    /// Whether the cap limited it.
    pub capped: bool,
    /// Whether the gate holds the deal below its stage.
    pub held_by_gate: bool,
    /// Whether the kill rule closed the deal.
    pub killed: bool,
    /// E[amount].
    pub mean_amount: f64,
}

/// A resolved section.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// What is computed. Killed deals are not in it.
    pub pipeline: Pipeline,
    /// What was decided, in the order of the scenario's deals.
    pub decisions: Vec<DealDecision>,
    /// All rows of the scenario in the order of their key: sums over rows go this way, so that they do
    /// not depend on the order of the rows.
    pub rows_by_key: Vec<usize>,
}

/// Resolves a section that was checked.
///
/// # Errors
/// Amounts that no distribution has, or identifiers whose keys coincide; both located.
pub fn resolve(section: &OpenPipeline) -> Result<Resolved, Vec<InputError>> {
    let window = section.target_window.as_ref().unwrap_or(&TARGET_WINDOW);
    let last_month = window.last_month;
    let mut resolver = Resolver::new(section);
    let mut errors = Vec::new();
    let mut deals = Vec::with_capacity(section.deals.len());
    let mut decisions = Vec::with_capacity(section.deals.len());
    for (row, deal) in section.deals.iter().enumerate() {
        match resolver.deal(row, deal) {
            Ok((resolved, decision)) => {
                deals.push(resolved);
                decisions.push(decision);
            }
            Err(error) => errors.push(error),
        }
    }
    deals.sort_by_key(|deal| deal.key);
    for pair in deals.windows(2).filter(|pair| pair[0].key == pair[1].key) {
        let (first, second) = (pair[0].row.min(pair[1].row), pair[0].row.max(pair[1].row));
        errors.push(
            InputError::at(format!("/open_pipeline/deals/{second}/deal_id"), ErrorCode::Duplicate)
                .with("value", section.deals[second].deal_id.as_str())
                .with("first", format!("/open_pipeline/deals/{first}")),
        );
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let rows_by_key = deals.iter().map(|deal| deal.row).collect();
    deals.retain(|deal| !decisions[deal.row].killed);
    let pipeline = Pipeline {
        deals,
        win_laws: resolver.win_laws,
        delay_laws: resolver.delay_laws,
        rate_keys: resolver.rate_keys,
        latent_correlation: section.latent_correlation.unwrap_or(LATENT_CORRELATION),
        slippage_factor_loading: section.slippage_factor_loading.unwrap_or(0.0),
        already_won: section.already_won.unwrap_or(0.0),
        target: section.target,
        first_month: window.first_month,
        last_month,
        horizon_months: section.horizon_months.unwrap_or(last_month),
    };
    Ok(Resolved { pipeline, decisions, rows_by_key })
}

/// An amount as a distribution.
///
/// # Errors
/// Where the parameters make none.
pub fn amount(quantity: &Quantity, range: &AmountRange) -> Option<Distribution> {
    match quantity {
        Quantity::Number(value) => Distribution::pert(range.low * value, *value, range.high * value, 4.0).ok(),
        Quantity::Uncertain(object) => distribution(object),
    }
}

/// Cumulative probabilities of a delay.
fn delay_law(slippage: &Slippage) -> DelayLaw {
    let pmf: Vec<f64> = match slippage.distribution {
        SlippageName::None => vec![1.0],
        SlippageName::Pmf => slippage.probability_by_months_late.clone().unwrap_or_else(|| vec![1.0]),
        SlippageName::Geometric => {
            let q = slippage.monthly_slip_probability.unwrap_or(MONTHLY_SLIP_PROBABILITY);
            let mut tail = 1.0;
            let mut pmf = Vec::new();
            while pmf.len() <= LONGEST_SLIPPAGE && tail > 0.0 {
                pmf.push((1.0 - q) * tail);
                tail *= q;
            }
            pmf
        }
    };
    let total: f64 = pmf.iter().sum();
    let mut sum = 0.0;
    let mut cumulative: Vec<f64> = pmf
        .iter()
        .map(|probability| {
            sum += probability;
            (sum / total).min(1.0)
        })
        .collect();
    if let Some(last) = cumulative.last_mut() {
        *last = 1.0;
    }
    DelayLaw { cumulative }
}

struct Resolver<'a> {
    section: &'a OpenPipeline,
    default_slippage: Slippage,
    amount_range: AmountRange,
    /// Strength and pooled rate of the prior of stage counts.
    prior: Option<(f64, f64)>,
    stage_index: BTreeMap<&'a str, usize>,
    /// Classes of each counted stage's rate.
    stage_classes: Vec<Option<Vec<f64>>>,
    /// Index among the shared rates, by stage.
    stage_rate: BTreeMap<usize, usize>,
    rate_keys: Vec<u64>,
    win_laws: Vec<WinLaw>,
    /// (shared rate or none, bits of the class probabilities' identity) → index of the law.
    win_law_index: BTreeMap<(Option<usize>, u64, u64), usize>,
    delay_laws: Vec<DelayLaw>,
    delay_law_index: BTreeMap<Vec<u64>, usize>,
}

impl<'a> Resolver<'a> {
    fn new(section: &'a OpenPipeline) -> Self {
        let stages = section.stages.as_deref().unwrap_or_default();
        let prior = stage_prior(section);
        let stage_classes = stages
            .iter()
            .map(|stage| match &stage.win_rate {
                Rate::Known(_) => None,
                Rate::Counted(counts) => {
                    let (a, b) = posterior(counts, prior);
                    Some(rate_classes(a, b))
                }
            })
            .collect();
        Self {
            section,
            default_slippage: section.default_slippage.clone().unwrap_or(Slippage {
                distribution: SlippageName::Geometric,
                probability_by_months_late: None,
                monthly_slip_probability: Some(MONTHLY_SLIP_PROBABILITY),
            }),
            amount_range: section.amount_range.clone().unwrap_or(AMOUNT_RANGE),
            prior,
            stage_index: stages.iter().enumerate().map(|(index, stage)| (stage.stage.as_str(), index)).collect(),
            stage_classes,
            stage_rate: BTreeMap::new(),
            rate_keys: Vec::new(),
            win_laws: Vec::new(),
            win_law_index: BTreeMap::new(),
            delay_laws: Vec::new(),
            delay_law_index: BTreeMap::new(),
        }
    }

    fn deal(&mut self, row: usize, deal: &Deal) -> Result<(PipelineDeal, DealDecision), InputError> {
        let path = format!("/open_pipeline/deals/{row}");
        let amount = amount(&deal.amount, &self.amount_range)
            .ok_or_else(|| InputError::at(format!("{path}/amount"), ErrorCode::OutOfRange))?;
        let score = deal.meddic.as_ref().map(meddic_score);
        let killed = self.kills(deal, score);
        let (win, mut decision) = match &deal.win_probability {
            Some(Rate::Known(p)) => (self.known(*p), plain(WinProbabilitySource::Deal, *p)),
            Some(Rate::Counted(counts)) => {
                let (a, b) = posterior(counts, None);
                let law = self.average(rate_classes(a, b));
                let mean = self.win_laws[law].probability();
                (law, plain(WinProbabilitySource::DealCounts, mean))
            }
            None => self.win_from_stage(&path, deal, score)?,
        };
        decision.score = score;
        decision.killed = killed;
        decision.mean_amount = amount.mean();
        let delay = self.delay(deal.slippage.as_ref());
        let key = fnv1a_64(deal.deal_id.as_bytes());
        Ok((PipelineDeal { row, key, win, delay, amount, close_month: deal.expected_close_month }, decision))
    }

    /// The kill rule judges deals whose MEDDIC answers and age are given.
    fn kills(&self, deal: &Deal, score: Option<f64>) -> bool {
        let (Some(rule), Some(score), Some(age)) = (&self.section.kill_rule, score, deal.age_days) else {
            return false;
        };
        let minimum_score = rule.minimum_score.unwrap_or(KILL_SCORE);
        rule.enabled && score < minimum_score && age > rule.maximum_age_days.unwrap_or(KILL_AGE_DAYS)
    }

    /// The stage whose rate counts: the one before the gate where the gate holds the deal.
    fn gated_stage(&self, stage: usize, score: Option<f64>) -> usize {
        let Some(gate) = self.section.qualification_gate.as_ref().filter(|gate| gate.enabled) else {
            return stage;
        };
        let minimum_score = gate.minimum_score.unwrap_or(GATE_SCORE);
        match (self.stage_index.get(gate.stage.as_str()), score) {
            (Some(&first), Some(score)) if stage >= first && first > 0 && score < minimum_score => first - 1,
            _ => stage,
        }
    }

    fn win_from_stage(
        &mut self,
        path: &str,
        deal: &Deal,
        score: Option<f64>,
    ) -> Result<(usize, DealDecision), InputError> {
        let stage = deal.stage.as_deref().and_then(|name| self.stage_index.get(name).copied());
        let stage = stage.ok_or_else(|| InputError::at(format!("{path}/win_probability"), ErrorCode::NoWinRate))?;
        let gated = self.gated_stage(stage, score);
        let rules = self.section.meddic.as_ref();
        let adjusts = rules.and_then(|rules| rules.enabled).unwrap_or(true);
        let (log_odds, capped) = match &deal.meddic {
            Some(answers) if adjusts => meddic_log_odds(answers, rules),
            _ => (0.0, false),
        };
        let law = self.stage_law(gated, log_odds);
        let probability = self.win_laws[law].probability();
        let counted = self.stage_classes[gated].is_some();
        let without_gate =
            if gated == stage { probability } else { self.mean_rate(stage, |rate| shifted(rate, log_odds)) };
        let decision = DealDecision {
            source: if counted { WinProbabilitySource::StageCounts } else { WinProbabilitySource::Stage },
            base: self.mean_rate(stage, |rate| rate),
            gated: self.mean_rate(gated, |rate| rate),
            probability,
            probability_without_gate: without_gate,
            odds_multiplier: crate::math::exp(log_odds),
            capped,
            held_by_gate: gated != stage,
            ..plain(WinProbabilitySource::Stage, probability)
        };
        Ok((law, decision))
    }

    /// Mean of a function of a stage's rate.
    fn mean_rate(&self, stage: usize, of: impl Fn(f64) -> f64) -> f64 {
        let stages = self.section.stages.as_deref().unwrap_or_default();
        match (&self.stage_classes[stage], &stages[stage].win_rate) {
            (Some(classes), _) => classes.iter().map(|rate| of(*rate)).sum::<f64>() / classes.len() as f64,
            (None, Rate::Known(rate)) => of(*rate),
            (None, Rate::Counted(counts)) => {
                let (a, b) = posterior(counts, self.prior);
                of(a / (a + b))
            }
        }
    }

    fn stage_law(&mut self, stage: usize, log_odds: f64) -> usize {
        let Some(classes) = &self.stage_classes[stage] else {
            let probability = self.mean_rate(stage, |rate| shifted(rate, log_odds));
            return self.known(probability);
        };
        let classes: Vec<f64> = classes.iter().map(|rate| shifted(*rate, log_odds)).collect();
        let name = &self.section.stages.as_deref().unwrap_or_default()[stage].stage;
        let rate_keys = &mut self.rate_keys;
        let rate = *self.stage_rate.entry(stage).or_insert_with(|| {
            rate_keys.push(fnv1a_64(format!("stage {name}").as_bytes()));
            rate_keys.len() - 1
        });
        self.law((Some(rate), log_odds.to_bits(), 0), WinLaw { classes, shared_rate: Some(rate) })
    }

    fn known(&mut self, probability: f64) -> usize {
        self.law((None, probability.to_bits(), 1), WinLaw { classes: vec![probability], shared_rate: None })
    }

    /// A rate of one deal alone: its uncertainty only averages.
    fn average(&mut self, classes: Vec<f64>) -> usize {
        let identity = classes.iter().fold(0_u64, |hash, rate| fnv1a_64(&(hash ^ rate.to_bits()).to_le_bytes()));
        let classes = classes.into_iter().map(|rate| shifted(rate, 0.0)).collect();
        self.law((None, identity, 2), WinLaw { classes, shared_rate: None })
    }

    fn law(&mut self, identity: (Option<usize>, u64, u64), law: WinLaw) -> usize {
        let laws = &mut self.win_laws;
        *self.win_law_index.entry(identity).or_insert_with(|| {
            laws.push(law);
            laws.len() - 1
        })
    }

    fn delay(&mut self, slippage: Option<&Slippage>) -> usize {
        let slippage = slippage.unwrap_or(&self.default_slippage);
        let pmf = slippage.probability_by_months_late.iter().flatten();
        let numbers = slippage.monthly_slip_probability.iter().chain(pmf).map(|number| number.to_bits());
        let identity: Vec<u64> = std::iter::once(slippage.distribution as u64).chain(numbers).collect();
        if let Some(&known) = self.delay_law_index.get(&identity) {
            return known;
        }
        self.delay_laws.push(delay_law(slippage));
        self.delay_law_index.insert(identity, self.delay_laws.len() - 1);
        self.delay_laws.len() - 1
    }
}

/// A decision without stage, gate and MEDDIC.
fn plain(source: WinProbabilitySource, probability: f64) -> DealDecision {
    DealDecision {
        source,
        base: probability,
        gated: probability,
        probability,
        probability_without_gate: probability,
        score: None,
        odds_multiplier: 1.0,
        capped: false,
        held_by_gate: false,
        killed: false,
        mean_amount: 0.0,
    }
}
