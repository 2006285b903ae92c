//! Model of the open pipeline: deals that are won or not, late or not, together or not.
//!
//! [`resolve`] turns a scenario's section into a [`Pipeline`], in which every default is filled in,
//! every rate decided, and the deals stand in the order of their random-number key, so that nothing
//! that follows depends on the order of the rows.

pub mod dependence;
pub mod moments;
pub mod resolve;
pub mod win_probability;

use crate::distribution::Distribution;

/// A pipeline ready to compute.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// The deals, in the order of their key.
    pub deals: Vec<PipelineDeal>,
    /// Win laws that deals refer to.
    pub win_laws: Vec<WinLaw>,
    /// Delay laws that deals refer to.
    pub delay_laws: Vec<DelayLaw>,
    /// Keys of the uncertain win rates that several deals share.
    pub rate_keys: Vec<u64>,
    /// Correlation ρ of the deals' latent variables.
    pub latent_correlation: f64,
    /// Loading b of delays on the market factor.
    pub slippage_factor_loading: f64,
    /// Revenue already won.
    pub already_won: f64,
    /// Revenue to reach, already won included.
    pub target: f64,
    /// First month of the target window, from 1.
    pub first_month: u32,
    /// Last month of the target window.
    pub last_month: u32,
    /// Months of the fan.
    pub horizon_months: u32,
}

/// A deal ready to compute.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineDeal {
    /// Index of the deal in the scenario.
    pub row: usize,
    /// Key of the deal's random numbers.
    pub key: u64,
    /// Index of the win law.
    pub win: usize,
    /// Index of the delay law.
    pub delay: usize,
    /// Amount.
    pub amount: Distribution,
    /// Month of the expected signature, from 1.
    pub close_month: u32,
}

/// Probability of winning: one number, or equally likely classes of an uncertain rate.
#[derive(Debug, Clone, PartialEq)]
pub struct WinLaw {
    /// Probability in each class; one class where it is known.
    pub classes: Vec<f64>,
    /// The rate whose class decides, where several deals share it; absent: the classes only average.
    pub shared_rate: Option<usize>,
}

/// Months late: cumulative probabilities F(0), F(1), …, the last one 1.
#[derive(Debug, Clone, PartialEq)]
pub struct DelayLaw {
    /// P(months late ≤ k).
    pub cumulative: Vec<f64>,
}

impl WinLaw {
    /// Unconditional probability of winning.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.classes.iter().sum::<f64>() / self.classes.len() as f64
    }
}

impl DelayLaw {
    /// P(months late ≤ k); 0 for negative k.
    #[must_use]
    pub fn at_most(&self, months: i64) -> f64 {
        match usize::try_from(months) {
            Ok(months) => self.cumulative.get(months).copied().unwrap_or(1.0),
            Err(_) => 0.0,
        }
    }
}

impl Pipeline {
    /// Whether deals depend on the market factor at all.
    #[must_use]
    pub fn depends_on_market(&self) -> bool {
        self.latent_correlation > 0.0 || self.slippage_factor_loading > 0.0
    }

    /// Whether a win rate is uncertain and shared, so that deals depend on one another through it.
    #[must_use]
    pub fn has_shared_rates(&self) -> bool {
        self.win_laws.iter().any(|law| law.shared_rate.is_some())
    }

    /// The same pipeline with independent deals: no market factor. Uncertain rates stay shared.
    #[must_use]
    pub fn independent(&self) -> Self {
        Self { latent_correlation: 0.0, slippage_factor_loading: 0.0, ..self.clone() }
    }

    /// The same pipeline with the log-odds of every deal shifted.
    #[must_use]
    pub fn with_log_odds_shift(&self, shift: f64) -> Self {
        let mut shifted = self.clone();
        for probability in shifted.win_laws.iter_mut().flat_map(|law| &mut law.classes) {
            *probability = crate::math::expit(crate::math::logit(*probability) + shift).clamp(1e-12, 1.0 - 1e-12);
        }
        shifted
    }
}
