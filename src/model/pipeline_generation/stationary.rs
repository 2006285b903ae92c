//! What a regime settles to when nothing changes any more.

use super::{Inputs, Regime};
use crate::distribution::DAYS_PER_MONTH;

/// A settled sales machine without capacity limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stationary {
    /// λ: opportunities a month.
    pub opportunities_per_month: f64,
    /// λ·w.
    pub wins_per_month: f64,
    /// λ·w·a.
    pub bookings_per_month: f64,
    /// λ·E\[K\] (Little, Operations Research 1961).
    pub open_opportunities: f64,
    /// Pipeline velocity n·w·a/c, a day. With n = λ·c it is λ·w·a whatever the cycle: a shorter
    /// cycle raises revenue only where it lets the team take on more.
    pub velocity_per_day: f64,
}

impl Regime {
    /// Settled values at `opportunities` a month.
    #[must_use]
    pub fn stationary(&self, opportunities: f64) -> Stationary {
        let months = self.mean_open();
        let wins = opportunities * self.win_rate;
        let open = opportunities * months;
        let velocity = if months > 0.0 {
            open * self.win_rate * self.deal / (months * DAYS_PER_MONTH)
        } else {
            wins * self.deal / DAYS_PER_MONTH
        };
        Stationary {
            opportunities_per_month: opportunities,
            wins_per_month: wins,
            bookings_per_month: wins * self.deal,
            open_opportunities: open,
            velocity_per_day: velocity,
        }
    }
}

impl Inputs {
    /// Settled values of the last regime at the last month's leads, without capacity limit.
    #[must_use]
    pub fn stationary_uncapped(&self) -> Stationary {
        let last = self.horizon_months as i32;
        let regime = &self.regimes[self.regime_of(last)];
        regime.stationary(self.leads_of(last) * regime.lead_to_opportunity())
    }
}
