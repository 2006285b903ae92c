//! Money as whole numbers: the unit is the power of ten that keeps twelve digits of the largest total.

use crate::model::open_pipeline::Pipeline;

/// Largest total, in units.
const LARGEST_TOTAL: f64 = 1e13;
/// Powers of ten, each rounded once.
const POWERS: [f64; 13] = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

/// Units of money: 10^k units make 1 of the scenario's currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Units {
    per_money: f64,
}

impl Units {
    /// Units fine enough for the pipeline, with the sum of all its largest amounts below 10¹³ units.
    ///
    /// A pipeline of 12 M€ is counted in millionths of a euro: amounts in cents are whole numbers of
    /// units, and the target is met exactly where they sum to it.
    #[must_use]
    pub fn of(pipeline: &Pipeline) -> Self {
        let target = (pipeline.target - pipeline.already_won).abs();
        let largest = pipeline.deals.iter().map(|deal| deal.amount.quantile(1.0 - 1.0 / 8_589_934_592.0)).sum::<f64>();
        let total = largest.max(target).max(1e-6);
        let per_money = POWERS.iter().rev().find(|power| *power * total <= LARGEST_TOTAL).unwrap_or(&POWERS[0]);
        Self { per_money: *per_money }
    }

    /// Units that make 1 of the currency.
    #[must_use]
    pub fn per_money(self) -> f64 {
        self.per_money
    }

    /// An amount in whole units, half up.
    #[must_use]
    pub fn count(self, amount: f64) -> i64 {
        libm::floor(amount * self.per_money + 0.5) as i64
    }

    /// Units as an amount.
    #[must_use]
    pub fn money(self, units: f64) -> f64 {
        units / self.per_money
    }
}
