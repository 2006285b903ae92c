//! What it takes to reach a goal: one input moved, all others kept.

use super::{Inputs, NewCustomers};
use crate::math::powf;
use crate::math::roots::bisect;

/// Highest net retention looked for.
const HIGHEST_NRR: f64 = 3.0;
/// Precision of a net retention.
const NRR_TOLERANCE: f64 = 1e-10;

impl Inputs {
    /// ARR at the end of month `month`.
    #[must_use]
    pub fn arr_at(&self, month: usize) -> f64 {
        let (survival, value) = self.survival(month);
        self.base_arr_at(month)
            + (1..=month)
                .map(|acquired| {
                    let age = month - acquired;
                    self.new_customers(acquired) * self.arr_per_new_customer * survival[age] * value[age]
                })
                .sum::<f64>()
    }

    /// Part of it that the opening base holds.
    fn base_arr_at(&self, month: usize) -> f64 {
        let kept = (1.0 - self.mature_churn) * (1.0 + self.expansion - self.contraction);
        self.opening_arr * crate::math::powi(kept, month as i32)
    }

    /// Factor on the whole path of new customers with which ARR at the end of `month` is `goal`:
    /// (goal − base)/new part, since ARR is affine in the path. 0 where the base alone holds the
    /// goal, `None` where new customers add nothing.
    #[must_use]
    pub fn new_customer_multiplier(&self, goal: f64, month: usize) -> Option<f64> {
        let base = self.base_arr_at(month);
        let new = self.arr_at(month) - base;
        (new > 0.0).then(|| ((goal - base) / new).max(0.0))
    }

    /// Monthly expansion with which ARR at the end of `month` is `goal`, by bisection of the
    /// (increasing) course, and the yearly NRR of a mature base that it stands for. 0 where no
    /// expansion is needed, `None` where the goal asks for an NRR above 300 %.
    #[must_use]
    pub fn required_expansion(&self, goal: f64, month: usize) -> Option<(f64, f64)> {
        let mut trial = self.clone();
        let stays = 1.0 - self.mature_churn;
        let highest = powf(HIGHEST_NRR, 1.0 / 12.0) / stays - 1.0 + self.contraction;
        let mut gap = |expansion: f64| {
            trial.expansion = expansion;
            trial.arr_at(month) - goal
        };
        if gap(highest) < 0.0 {
            return None;
        }
        let expansion = if gap(0.0) >= 0.0 { 0.0 } else { bisect(gap, 0.0, highest, NRR_TOLERANCE, 200)? };
        trial.expansion = expansion;
        Some((expansion, trial.mature_nrr()))
    }

    /// The same inputs with all new customers times `multiplier`.
    #[must_use]
    pub fn with_new_customers_times(&self, multiplier: f64) -> Self {
        let mut scaled = self.clone();
        match &mut scaled.new_customers {
            NewCustomers::Path { base, .. } => *base *= multiplier,
            NewCustomers::List(list) => list.iter_mut().for_each(|count| *count *= multiplier),
        }
        scaled
    }
}
