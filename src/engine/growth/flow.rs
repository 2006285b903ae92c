//! The sales machine without a limit to its capacity: independent Poisson counts by regime of acceptance and month.
//!
//! Their means are sums over the months in which leads came in and opportunities were accepted. Rates, levels and the
//! place of an uncertain cycle between its prepared laws only weigh these sums, so that a trial adds a few of them up.

use crate::distribution::PoissonTable;
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::math::poisson;
use crate::model::pipeline_generation::cycle::{Cycle, Law};
use crate::model::pipeline_generation::{Inputs, Regime};

/// Draws kept for a regime: the most months there are.
const MONTHS: usize = crate::scenario::validate::MAXIMUM_MONTHS as usize;

/// Sums by month for one prepared law of a cycle.
type Sums = Vec<Vec<f64>>;

/// Opportunities of one regime that come from leads of one regime, per lead of month 1 that becomes one.
#[derive(Debug, Clone)]
struct Share {
    accepted_under: usize,
    led_under: usize,
    /// By prepared law: what closes in each month, and what is still open.
    won: Sums,
    open_to_win: Sums,
    open_to_loss: Sums,
    /// What is still open past the age of the kill rule.
    stale: Sums,
}

/// The counts of a machine, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Flow {
    shares: Vec<Share>,
    months: usize,
    regimes: usize,
    /// Laws of wins and of open opportunities by regime and month, where no input varies.
    known: Option<Vec<[PoissonTable; 2]>>,
}

/// Means of a strip: of wins and of open opportunities, by regime and month.
pub type Means = Vec<[Strip; 2]>;

impl Flow {
    /// Prepares the sums over what is accepted from month 1 − `longest` on, for leads that grow as in `inputs`; `stock`:
    /// whether what is accepted before month 1 counts; `every`: for every prepared law, not for those of `inputs` alone.
    pub fn new(inputs: &Inputs, longest: usize, stock: bool, every: bool) -> Self {
        let (months, regimes) = (inputs.horizon_months, inputs.regimes.len());
        let mut shares = Vec::new();
        for led_under in 0..regimes {
            let created = inputs.created_per_lead(led_under, longest, stock);
            for (accepted_under, regime) in inputs.regimes.iter().enumerate() {
                // Months of acceptance under this regime, as places in `created`.
                let start = if accepted_under == 0 { 0 } else { longest + regime.from_month - 1 };
                let end =
                    inputs.regimes.get(accepted_under + 1).map_or(usize::MAX, |next| longest + next.from_month - 1);
                if created.iter().take(end).skip(start).all(|created| *created == 0.0) {
                    continue;
                }
                let sums = |cycle: &Cycle, of: &dyn Fn(&Law, usize) -> f64| -> Sums {
                    let sum = |law: &Law, month: usize| {
                        let now = longest + month;
                        (start.max(now - longest)..end.min(now + 1)).map(|at| created[at] * of(law, now - at)).sum()
                    };
                    let (below, above, _) = cycle.mixture();
                    let needed = |place: usize| every || place == below || place == above;
                    let by_month = |(place, law)| {
                        (0..if needed(place) { months } else { 0 }).map(|month| sum(law, month)).collect()
                    };
                    cycle.laws().iter().enumerate().map(by_month).collect()
                };
                let at = |list: &[f64], months: usize| list.get(months).copied().unwrap_or(0.0);
                let after = regime.kill.map_or(usize::MAX, |(_, after)| after);
                shares.push(Share {
                    accepted_under,
                    led_under,
                    won: sums(&regime.to_win, &|law, months| at(&law.pmf, months)),
                    open_to_win: sums(&regime.to_win, &|law, months| at(&law.beyond, months)),
                    open_to_loss: sums(&regime.to_loss, &|law, months| at(&law.beyond, months)),
                    stale: sums(&regime.to_loss, &|law, months| {
                        if months >= after { at(&law.beyond, months) } else { 0.0 }
                    }),
                });
            }
        }
        Self { shares, months, regimes, known: None }
    }

    /// The same for inputs that do not vary.
    pub fn known(mut self, inputs: &Inputs) -> Self {
        let mut means = self.means();
        self.mean(inputs, 0, &mut means);
        self.known = Some(means.iter().map(|means| means.map(|mean| PoissonTable::new(mean[0]))).collect());
        self
    }

    /// Memory for means.
    pub fn means(&self) -> Means {
        vec![[[0.0; STRIP]; 2]; self.regimes * self.months]
    }

    /// Means of the trial of a lane.
    pub fn mean(&self, inputs: &Inputs, lane: usize, means: &mut Means) {
        for means in means.iter_mut() {
            means[0][lane] = 0.0;
            means[1][lane] = 0.0;
        }
        for share in &self.shares {
            let regime = &inputs.regimes[share.accepted_under];
            let created = inputs.leads * inputs.regimes[share.led_under].lead_to_opportunity();
            let (won, lost) = (created * regime.win_rate, created * (1.0 - regime.win_rate));
            let killed = regime.kill.map_or(0.0, |(killed, _)| killed);
            let means = &mut means[share.accepted_under * self.months..][..self.months];
            let mut add = |which: usize, weight: f64, cycle: &Cycle, sums: &Sums| {
                let (below, above, upper) = cycle.mixture();
                for (law, weight) in [(below, weight * (1.0 - upper)), (above, weight * upper)] {
                    if weight != 0.0 {
                        for (means, sum) in means.iter_mut().zip(&sums[law]) {
                            means[which][lane] += weight * sum;
                        }
                    }
                }
            };
            add(0, won, &regime.to_win, &share.won);
            add(1, won, &regime.to_win, &share.open_to_win);
            add(1, lost, &regime.to_loss, &share.open_to_loss);
            add(1, -lost * killed, &regime.to_loss, &share.stale);
        }
        for means in means.iter_mut() {
            // What the kill rule takes away leaves no less than nothing.
            means[1][lane] = means[1][lane].max(0.0);
        }
    }

    /// Wins or open opportunities, the first or the second of [`Means`], of a regime and month in a strip; their stream
    /// is `stream`.
    #[inline]
    pub fn count(
        &self,
        which: usize,
        (draws, stream, first): (&Draws, usize, usize),
        (place, month): (usize, usize),
        means: &Means,
    ) -> Strip {
        let (at, draw) = (place * self.months + month, (place * MONTHS + month) as u32);
        match &self.known {
            Some(laws) => draws.counts(&laws[at][which], stream, first, draw),
            None => poisson::in_lanes(&draws.uniforms(stream, first, draw), &means[at][which]),
        }
    }
}

impl Inputs {
    /// Opportunities created from month 1 − `longest` to the horizon by leads of the months of one regime, per lead of
    /// month 1 that becomes one.
    pub(super) fn created_per_lead(&self, regime: usize, longest: usize, stock: bool) -> Vec<f64> {
        let whole = |place: usize, chosen: &Regime| Regime {
            followup_share: if place == regime { 1.0 } else { 0.0 },
            late_conversion: 0.0,
            lead_to_mql: 1.0,
            mql_to_sql: 1.0,
            sql_to_opportunity: 1.0,
            ..chosen.clone()
        };
        let regimes = self.regimes.iter().enumerate().map(|(place, chosen)| whole(place, chosen)).collect();
        let unit = Self { leads: 1.0, regimes, ..self.clone() };
        let first = 1 - longest as i32;
        (0..longest + self.horizon_months)
            .map(|place| first + place as i32)
            .map(|month| {
                let counts = month > -(self.burn_in_months as i32) && (stock || month >= 1);
                if counts { unit.created_in(month) } else { 0.0 }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pipeline_generation::resolve;
    use crate::scenario::Scenario;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Cycles longer than those followed are left out, with a probability below 10⁻¹².
    const TOLERANCE: f64 = 1e-9;

    #[test]
    fn the_weighted_sums_are_the_expected_course() {
        let document = json!({"schema": "dealcast/1", "pipeline_generation": {
            "horizon_months": 30, "leads_per_month": 300, "leads_monthly_growth": 0.02,
            "regimes": [
                {"from_month": 1, "months_to_win": {"mean_days": {"distribution": "uniform", "min": 60, "max": 150}}},
                {"from_month": 5, "average_deal": 30_000, "kill_rule": {"enabled": true, "kill_after_months": 2}},
                {"from_month": 9, "lead_to_mql": 0.6, "opportunity_to_win": 0.3,
                    "lead_to_opportunity_lag_pmf": [0.2, 0.2, 0.2, 0.2, 0.2]}
            ]
        }});
        let section = Scenario::from_value(&document).unwrap().pipeline_generation.unwrap();
        let (prepared, _) = resolve(&section).unwrap();
        let longest = 90;
        let flow = Flow::new(&prepared, longest, true, true);
        for (win_rate, days) in [(0.22, 105.0), (0.4, 63.2)] {
            // Moved as a trial moves them.
            let mut inputs = prepared.clone();
            inputs.leads *= 1.3;
            inputs.regimes[1].win_rate = win_rate;
            inputs.regimes[0].followup_share = 0.9;
            inputs.regimes[0].to_win.set_mean_days(days);
            inputs.regimes[2].kill = Some((0.7, 2));
            let course = inputs.course();
            let anew = Flow::new(&inputs, longest, true, false);
            for flow in [&flow, &anew] {
                let mut means = flow.means();
                flow.mean(&inputs, 3, &mut means);
                for month in 0..30 {
                    let sum = |which: usize| (0..3).map(|place| means[place * 30 + month][which][3]).sum::<f64>();
                    for (found, right) in [(sum(0), course.wins[month]), (sum(1), course.open[month])] {
                        assert!((found - right).abs() < TOLERANCE * right, "{month}: {found} for {right}");
                    }
                }
            }
        }
    }
}
