//! What a change of regime is worth in the end, and how long it takes to show.

use super::{Inputs, Regime};

/// Share of the effect that counts as reached.
pub const REACHED: f64 = 0.9;
/// Longest time followed, in months.
const LONGEST: usize = 240;

/// What holds the sales machine back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Too few opportunities: gains are those of w·λ.
    Inflow,
    /// Too few selling hours: gains are those of w/h.
    Capacity,
}

/// Effect of going from one regime to the next, everything else held at its value of that month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// First month of the new regime.
    pub from_month: usize,
    /// What limits after the change.
    pub limit: Limit,
    /// Ratio of w·λ, new over old; `None` when the old one is nought.
    pub wins_ratio_if_inflow_limited: Option<f64>,
    /// Ratio of w/h, new over old.
    pub wins_ratio_if_capacity_limited: Option<f64>,
    /// Bookings a month of the old regime, settled.
    pub bookings_before: f64,
    /// Bookings a month of the new regime, settled.
    pub bookings_after: f64,
    /// First month in which at least 90 % of the difference shows in the expected bookings; `None`
    /// when there is no difference.
    pub month_90_percent_reached: Option<usize>,
    /// Highest expected bookings a month on the way, over the settled ones: old slow deals and new fast
    /// ones close together.
    pub overshoot: Option<f64>,
}

/// Opportunities a month that a regime settles to, and what limits them.
fn settled(regime: &Regime, leads: f64, hours: Option<f64>) -> (f64, Limit) {
    let inflow = leads * regime.lead_to_opportunity();
    let needed = regime.hours_per_opportunity();
    match hours {
        Some(hours) if needed > 0.0 && hours / needed < inflow => (hours / needed, Limit::Capacity),
        _ => (inflow, Limit::Inflow),
    }
}

fn ratio(new: f64, old: f64) -> Option<f64> {
    (old > 0.0).then(|| new / old)
}

impl Inputs {
    /// The effect of each change of regime within the horizon; `hours`: selling hours by month,
    /// empty without capacity limit.
    #[must_use]
    pub fn changes(&self, hours: &[f64]) -> Vec<Change> {
        let starts = |regime: &&[Regime]| regime[1].from_month <= self.horizon_months;
        self.regimes.windows(2).take_while(starts).map(|pair| self.change(&pair[0], &pair[1], hours)).collect()
    }

    fn change(&self, old: &Regime, new: &Regime, hours: &[f64]) -> Change {
        let leads = self.leads_of(new.from_month as i32);
        let hours = hours.get(new.from_month - 1).copied();
        let (before, _) = settled(old, leads, hours);
        let (after, limit) = settled(new, leads, hours);
        let bookings = |regime: &Regime, accepted: f64| accepted * regime.win_rate * regime.deal;
        let (bookings_before, bookings_after) = (bookings(old, before), bookings(new, after));
        let mut change = Change {
            from_month: new.from_month,
            limit,
            wins_ratio_if_inflow_limited: ratio(
                new.win_rate * new.lead_to_opportunity(),
                old.win_rate * old.lead_to_opportunity(),
            ),
            wins_ratio_if_capacity_limited: ratio(
                new.win_rate * old.hours_per_opportunity(),
                old.win_rate * new.hours_per_opportunity(),
            ),
            bookings_before,
            bookings_after,
            month_90_percent_reached: None,
            overshoot: None,
        };
        let effect = bookings_after - bookings_before;
        let path = self.bookings_after_change(old, new, before, leads, hours);
        if effect.abs() > 1e-9 * bookings_before.abs().max(bookings_after.abs()) {
            let reached = path.iter().position(|value| (value - bookings_before) / effect >= REACHED);
            change.month_90_percent_reached = reached.map(|months| new.from_month + months);
        }
        change.overshoot = ratio(path.iter().copied().fold(bookings_after, f64::max), bookings_after);
        change
    }

    /// Expected bookings of the months from the change on: the old regime's settled deals close at
    /// their pace, leads of before arrive at their lag, the new regime builds up.
    fn bookings_after_change(
        &self,
        old: &Regime,
        new: &Regime,
        before: f64,
        leads: f64,
        hours: Option<f64>,
    ) -> Vec<f64> {
        let needed = new.hours_per_opportunity();
        let limit = hours.filter(|_| needed > 0.0).map_or(f64::INFINITY, |hours| hours / needed);
        let (old_rate, new_rate) = (old.lead_to_opportunity(), new.lead_to_opportunity());
        let (mut old_due, mut new_come) = (1.0, 0.0);
        let mut accepted: Vec<f64> = Vec::new();
        let longest = LONGEST.min(old.to_win.longest().max(new.to_win.longest()) + old.lag.len() + new.lag.len() + 12);
        // Wins of deals accepted before, in month u after the change: before·w·P(K > u).
        (0..longest)
            .map(|month| {
                old_due -= old.lag.get(month).copied().unwrap_or(0.0);
                new_come += new.lag.get(month).copied().unwrap_or(0.0);
                let inflow = leads * (old_rate * old_due.max(0.0) + new_rate * new_come);
                accepted.push(inflow.min(limit));
                let fresh: f64 = accepted
                    .iter()
                    .enumerate()
                    .map(|(start, accepted)| accepted * new.to_win.probability(month - start))
                    .sum();
                before * old.win_rate * old.to_win.beyond(month) * old.deal + fresh * new.win_rate * new.deal
            })
            .collect()
    }
}
