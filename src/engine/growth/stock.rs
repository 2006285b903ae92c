//! The opportunities that are open at the start: what becomes of them.

use crate::engine::paths::Strip;
use crate::model::pipeline_generation::Inputs;
use crate::model::pipeline_generation::cycle::{Cycle, Law};

/// Mean, at mean inputs, up to which all that closes in late months is drawn together.
const LATE: f64 = 0.1;

/// Sums over the months before month 1, per lead of a month that becomes an opportunity, for a prepared law of a cycle.
#[derive(Debug, Clone)]
struct Sums {
    /// What closes in each early month, in all late ones, and what is open beyond the horizon.
    near: Vec<f64>,
    /// What closes in each late month.
    late: Vec<f64>,
}

/// A figure of a law in a month.
type Of<'a> = &'a dyn Fn(&Law, usize) -> f64;

impl Sums {
    /// Of opportunities created so many months before month 0, by age; for so many early months and months.
    #[inline(never)]
    fn new(law: &Law, created: &[f64], (early, months): (usize, usize), closes: Of, stays: Of) -> Self {
        let sum = |of: Of, month: usize| -> f64 {
            created.iter().enumerate().map(|(age, created)| created * of(law, age + month)).sum()
        };
        let mut near: Vec<f64> = (1..=months).map(|month| sum(closes, month)).collect();
        let late = near.split_off(early);
        near.extend([late.iter().sum(), sum(stays, months)]);
        Self { near, late }
    }
}

/// The stock. Rates, levels and the place of an uncertain cycle between its prepared laws only weigh its sums.
#[derive(Debug, Clone)]
pub struct Stock {
    /// Months that are not late.
    early: usize,
    won: Vec<Sums>,
    lost: Vec<Sums>,
    /// What is lost with the kill rule.
    killed: Vec<Sums>,
}

impl Stock {
    /// Of what comes in from month 1 − `longest` on.
    pub fn new(inputs: &Inputs, longest: usize) -> Self {
        let regime = &inputs.regimes[0];
        let months = inputs.horizon_months;
        // Opportunities created `age` months before month 0, per lead: those of later lags than the burn-in are missing.
        let burn_in = inputs.burn_in_months;
        let created: Vec<f64> =
            (0..longest.min(burn_in)).map(|age| regime.lag.iter().take(burn_in - age).sum()).collect();
        let sums = |cycle: &Cycle, early: usize, closes: Of, stays: Of| {
            let of_law = |law| Sums::new(law, &created, (early, months), closes, stays);
            cycle.laws().iter().map(of_law).collect::<Vec<_>>()
        };
        let pmf = |law: &Law, months: usize| law.pmf.get(months).copied().unwrap_or(0.0);
        let beyond = |law: &Law, months: usize| law.beyond.get(months).copied().unwrap_or(0.0);
        let killed = |early: usize| {
            regime.kill.map_or_else(Vec::new, |(_, after)| {
                let closes = |law: &Law, months: usize| match months.cmp(&after) {
                    std::cmp::Ordering::Less => pmf(law, months),
                    std::cmp::Ordering::Equal => pmf(law, months) + beyond(law, months),
                    std::cmp::Ordering::Greater => 0.0,
                };
                let stays = |law: &Law, months: usize| if months < after { beyond(law, months) } else { 0.0 };
                sums(&regime.to_loss, early, &closes, &stays)
            })
        };
        let split = |early: usize| Self {
            early,
            won: sums(&regime.to_win, early, &pmf, &beyond),
            lost: sums(&regime.to_loss, early, &pmf, &beyond),
            killed: killed(early),
        };
        let (mut early, mut late) = (months, 0.0);
        for [won, lost] in split(0).late(inputs).into_iter().rev() {
            late += won + lost;
            if late > LATE {
                break;
            }
            early -= 1;
        }
        split(early)
    }

    /// Months that are not late.
    pub fn early(&self) -> usize {
        self.early
    }

    /// Tells `each` the sums, their weights in a trial, and whether they are of what is won, 0, or lost, 1.
    fn weigh(&self, inputs: &Inputs, mut each: impl FnMut(&Sums, f64, usize)) {
        let regime = &inputs.regimes[0];
        let created = inputs.leads * regime.lead_to_opportunity();
        let (winning, losing) = (created * regime.win_rate, created * (1.0 - regime.win_rate));
        let killed = regime.kill.map_or(0.0, |(share, _)| share);
        for (sums, cycle, weight, outcome) in [
            (&self.won, &regime.to_win, winning, 0),
            (&self.lost, &regime.to_loss, losing * (1.0 - killed), 1),
            (&self.killed, &regime.to_loss, losing * killed, 1),
        ] {
            let (below, above, upper) = cycle.mixture();
            for (law, weight) in [(below, weight * (1.0 - upper)), (above, weight * upper)] {
                if weight != 0.0 {
                    each(&sums[law], weight, outcome);
                }
            }
        }
    }

    /// Means of the trial of a lane: what is won and what is lost in each early month in turn, what closes in all late ones,
    /// and what is open beyond the horizon.
    pub fn mean(&self, inputs: &Inputs, lane: usize, means: &mut [Strip]) {
        means.iter_mut().for_each(|means| means[lane] = 0.0);
        let (early, rest) = means.split_at_mut(2 * self.early);
        self.weigh(inputs, |sums, weight, outcome| {
            for (means, sum) in early.iter_mut().skip(outcome).step_by(2).chain(&mut *rest).zip(&sums.near) {
                means[lane] += weight * sum;
            }
        });
    }

    /// Means of a trial: what is won and what is lost in each late month.
    pub fn late(&self, inputs: &Inputs) -> Vec<[f64; 2]> {
        let mut means = vec![[0.0; 2]; inputs.horizon_months - self.early];
        self.weigh(inputs, |sums, weight, outcome| {
            means.iter_mut().zip(&sums.late).for_each(|(means, sum)| means[outcome] += weight * sum);
        });
        means
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::paths::STRIP;
    use crate::model::pipeline_generation::resolve;
    use crate::scenario::Scenario;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_weighted_sums_are_what_becomes_of_each_month() {
        let document = json!({"schema": "dealcast/1", "pipeline_generation": {
            "horizon_months": 12, "leads_per_month": 300, "burn_in_months": 14,
            "regimes": [{"from_month": 1, "lead_to_opportunity_lag_pmf": [0.2, 0.5, 0.3],
                "months_to_win": {"mean_days": {"distribution": "uniform", "min": 60, "max": 150}},
                "kill_rule": {"enabled": true, "kill_after_months": 2}}]
        }});
        let section = Scenario::from_value(&document).unwrap().pipeline_generation.unwrap();
        let (prepared, _) = resolve(&section).unwrap();
        for longest in [8, 40] {
            let stock = Stock::new(&prepared, longest);
            // Moved as a trial moves them.
            let mut inputs = prepared.clone();
            inputs.leads *= 1.3;
            inputs.regimes[0].win_rate = 0.4;
            inputs.regimes[0].kill = Some((0.7, 2));
            inputs.regimes[0].to_win.set_mean_days(107.3);
            let early = stock.early();
            let mut means = vec![[1.0; STRIP]; 2 * early + 2];
            stock.mean(&inputs, 5, &mut means);
            let late = stock.late(&inputs);
            let all: f64 = late.as_flattened().iter().sum();
            assert!((means[2 * early][5] - all).abs() < 1e-12 && early < 12 && late.len() == 12 - early);
            let regime = &inputs.regimes[0];
            for month in 0..=12 {
                let mut right = [0.0; 2];
                for age in 0..longest.min(14) {
                    let created = inputs.created_in(-(age as i32));
                    let after = age + month + 1;
                    let [win, loss] = if month < 12 {
                        [regime.to_win.probability(after), regime.loss_probability(after)]
                    } else {
                        [regime.to_win.beyond(after - 1), regime.loss_beyond(after - 1)]
                    };
                    right[0] += created * 0.4 * win;
                    right[1] += created * 0.6 * loss;
                }
                let pairs = match month {
                    12 => vec![(means[2 * early + 1][5], right[0] + right[1])],
                    _ if month >= early => late[month - early].into_iter().zip(right).collect(),
                    _ => vec![(means[2 * month][5], right[0]), (means[2 * month + 1][5], right[1])],
                };
                for (found, right) in pairs {
                    assert!((found - right).abs() < 1e-12 * (1.0 + right), "{month}: {found} for {right}");
                }
            }
        }
    }
}
