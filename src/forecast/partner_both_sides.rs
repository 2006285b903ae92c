//! Both sides of the same simulated partners.

use super::cash_figures::cash_figures;
use super::{Effort, Run, SectionForecast};
use crate::engine::partners::NPV;
use crate::engine::partners::both_sides::{BothSides, PARTNER, SIGNED, STARTED, VENDOR};
use crate::engine::paths::{Outcome, PathPart, Paths};
use crate::math::sqrt;
use crate::model::partner_pnl::PnlPlan;
use crate::model::partner_pnl::programme_partner::MarginSplit;
use crate::model::partner_vendor_programme::Programme;
use crate::report::partner_both_sides::{BothSidesFigures, MarginPoint, PartnerBothSidesReport};
use crate::statistics::CompensatedSum;
use crate::statistics::order::probability_standard_error;
use crate::steps::pause;
use std::cell::OnceCell;

/// Margins that both sides are shown at.
const MARGINS: std::ops::RangeInclusive<u32> = 0..=20;
/// Step between them.
const MARGIN_STEP: f64 = 0.025;

/// Both sections prepared to be computed together.
pub struct BothSidesForecast {
    programme: Programme,
    plan: PnlPlan,
    paths: OnceCell<Paths<BothSides>>,
}

impl BothSidesForecast {
    /// Prepares both sections.
    pub fn new(programme: &Programme, plan: &PnlPlan) -> Self {
        Self { programme: programme.clone(), plan: plan.clone(), paths: OnceCell::new() }
    }

    pub(super) fn paths(&self, run: Run) -> &Paths<BothSides> {
        self.paths.get_or_init(|| {
            Paths::new(BothSides::new(&self.programme, &self.plan), run.seed, run.trials).redrawn(run.redraw)
        })
    }
}

impl SectionForecast for BothSidesForecast {
    type Part = PathPart;
    type Report = Option<PartnerBothSidesReport>;

    async fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> PathPart {
        self.paths(run).simulate_in_steps(first_block, blocks).await
    }

    /// `Some(None)` where no partner signs in any trial: there is no partner's side.
    async fn report(&self, run: Run, part: &PathPart, _: Effort) -> Option<Option<PartnerBothSidesReport>> {
        let outcome = self.paths(run).outcome(part)?;
        pause().await;
        let signed: Vec<bool> = outcome.values(SIGNED).iter().map(|signed| *signed > 0.0).collect();
        if !signed.contains(&true) {
            return Some(None);
        }
        let of_signed = |number: usize| -> Vec<f64> {
            let values = outcome.values(number).iter().zip(&signed);
            values.filter_map(|(value, signed)| signed.then_some(*value)).collect()
        };
        let (partner, partner_standard_error) =
            cash_figures(self.plan.horizon_months, |number| of_signed(PARTNER + number));
        pause().await;
        let (vendor, vendor_standard_error) =
            cash_figures(self.programme.horizon_months, |number| outcome.values(VENDOR + number).to_vec());
        pause().await;
        let (figures, standard_error) = shares(&outcome, &signed);
        pause().await;
        let split = MarginSplit::new(&self.plan, &self.programme);
        Some(Some(PartnerBothSidesReport {
            figures,
            standard_error,
            partner,
            partner_standard_error,
            vendor,
            vendor_standard_error,
            margins: MARGINS
                .map(|step| {
                    let margin_rate = f64::from(step) * MARGIN_STEP;
                    let (partner_npv, vendor_npv) = split.at(margin_rate);
                    MarginPoint { margin_rate, partner_npv, vendor_npv }
                })
                .collect(),
            smallest_margin_for_partner: split.smallest_for_partner(),
            largest_margin_for_vendor: split.largest_for_vendor(),
        }))
    }
}

/// In which share of the trials who earns, and how the two sides go together.
fn shares(outcome: &Outcome, signed: &[bool]) -> (BothSidesFigures, BothSidesFigures) {
    let trials = signed.len() as u64;
    let (vendor, partner) = (outcome.values(VENDOR + NPV), outcome.values(PARTNER + NPV));
    let mut counts = [0_u64; 4];
    for trial in 0..signed.len() {
        let earns = (signed[trial] && partner[trial] > 0.0, vendor[trial] > 0.0);
        let place = match earns {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        counts[place] += 1;
    }
    let signatures = signed.iter().filter(|signed| **signed).count() as u64;
    let starts = outcome.values(STARTED).iter().filter(|started| **started > 0.0).count() as u64;
    let pairs = || (0..signed.len()).filter(|trial| signed[*trial]).map(|trial| (vendor[trial], partner[trial]));
    let correlation = correlation(pairs);
    let share = |count: u64, of: u64| count as f64 / of as f64;
    let error = |count: u64, of: u64| probability_standard_error(share(count, of), of);
    let figures = |of: &dyn Fn(u64, u64) -> f64, correlation: f64| BothSidesFigures {
        prob_both: of(counts[0], trials),
        prob_partner_only: of(counts[1], trials),
        prob_vendor_only: of(counts[2], trials),
        prob_none: of(counts[3], trials),
        prob_any_signature: of(signatures, trials),
        prob_partner_starts: of(starts, signatures),
        correlation,
    };
    // Fisher: (1 − r²)/√(n − 1), for values near normal.
    let spread = (1.0 - correlation * correlation) / sqrt((signatures.max(2) - 1) as f64);
    (figures(&share, correlation), figures(&error, spread))
}

/// Correlation of pairs; 0 where one side does not vary.
fn correlation<I: Iterator<Item = (f64, f64)>>(pairs: impl Fn() -> I) -> f64 {
    let sum = |of: &dyn Fn((f64, f64)) -> f64| pairs().map(of).collect::<CompensatedSum>().value();
    let n = sum(&|_| 1.0);
    let (mean_a, mean_b) = (sum(&|(a, _)| a) / n, sum(&|(_, b)| b) / n);
    let (aa, bb) = (sum(&|(a, _)| (a - mean_a) * (a - mean_a)), sum(&|(_, b)| (b - mean_b) * (b - mean_b)));
    let ab = sum(&|(a, b)| (a - mean_a) * (b - mean_b));
    if aa > 0.0 && bb > 0.0 { ab / sqrt(aa * bb) } else { 0.0 }
}
