//! Money as whole numbers: the unit is the power of ten that keeps every total in 32 bits.

use crate::distribution::Distribution;
use crate::model::open_pipeline::Pipeline;

/// Largest total, in units: below 2³² with room for the rounding of every deal.
const LARGEST_TOTAL: f64 = 4.2e9;
/// Powers of ten, each rounded once.
const POWERS: [f64; 19] =
    [1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

/// Units of money: 10^k units make 1 of the scenario's currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Units {
    per_money: f64,
}

impl Units {
    /// Units fine enough for the pipeline, with the sum of all its largest amounts and of the largest total that
    /// joins them below 4.2·10⁹ units.
    ///
    /// Up to 42 M€ are counted in cents, up to 4.2 G€ in euros: amounts that are whole numbers of units
    /// meet the target exactly where they sum to it; others are rounded, by half a unit at most.
    #[must_use]
    pub fn of(pipeline: &Pipeline, joining: f64) -> Self {
        let target = (pipeline.target - pipeline.already_won).abs();
        // The end of a law, or where it has none what no draw is above.
        let largest = |amount: &Distribution| match amount.support() {
            (_, end) if end < f64::INFINITY => end,
            _ => amount.quantile(1.0 - 1.0 / 8_589_934_592.0),
        };
        let largest = pipeline.deals.iter().map(|deal| largest(&deal.amount)).sum::<f64>();
        Self::of_total((largest + joining).max(target))
    }

    /// Units for totals up to `total`.
    #[must_use]
    pub fn of_total(total: f64) -> Self {
        let total = total.max(1e-6);
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
    pub fn count(self, amount: f64) -> u32 {
        libm::floor(amount * self.per_money + 0.5) as u32
    }

    /// The same for what may be negative.
    #[must_use]
    pub fn signed(self, amount: f64) -> i64 {
        libm::floor(amount * self.per_money + 0.5) as i64
    }

    /// Units as an amount.
    #[must_use]
    pub fn money(self, units: f64) -> f64 {
        units / self.per_money
    }
}
