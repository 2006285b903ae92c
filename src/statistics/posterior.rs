//! Win rates estimated from counts: the Jeffreys posterior.

use crate::math::beta::Beta;
use crate::math::{exp, logit, sqrt};

/// Probability left out at each end of the integrals.
const CUT: f64 = 1e-17;
/// Points of the integrals.
const POINTS: u32 = 512;

/// What `won` wins out of `closed` deals tell about a win rate: Beta(won + ½, closed − won + ½),
/// the posterior of Jeffreys' prior (Brown, Cai & DasGupta, "Interval estimation for a binomial
/// proportion", Statistical Science 2001).
///
/// ```
/// use dealcast::statistics::posterior::WinRatePosterior;
/// let before = WinRatePosterior::from_counts(24, 200).unwrap();
/// let after = WinRatePosterior::from_counts(17, 60).unwrap();
/// assert!((before.mean() - 0.122).abs() < 5e-4);
/// assert!((after.prob_exceeds_other(&before) - 0.998).abs() < 5e-4);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WinRatePosterior {
    alpha: f64,
    beta: f64,
}

impl WinRatePosterior {
    /// The posterior after `won` wins out of `closed` deals; `None` if `won` > `closed`.
    pub fn from_counts(won: u64, closed: u64) -> Option<Self> {
        let lost = closed.checked_sub(won)?;
        Some(Self { alpha: won as f64 + 0.5, beta: lost as f64 + 0.5 })
    }

    /// First parameter: wins + ½.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Second parameter: losses + ½.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// Mean α/(α + β).
    pub fn mean(&self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    /// Standard deviation √(αβ/((α + β)²(α + β + 1))).
    pub fn sd(&self) -> f64 {
        let n = self.alpha + self.beta;
        sqrt(self.alpha / n * (self.beta / n) / (n + 1.0))
    }

    /// Quantile: the rate not exceeded with probability `u`.
    pub fn quantile(&self, u: f64) -> f64 {
        self.law().quantile(u)
    }

    /// P(rate > `benchmark`).
    pub fn prob_exceeds(&self, benchmark: f64) -> f64 {
        self.law().tails(benchmark, 1.0 - benchmark).upper
    }

    /// P(this rate > the other), the two being independent.
    ///
    /// The distribution function of the wider law is integrated over the density of the narrower
    /// one, in log-odds, where the trapezoid rule converges exponentially.
    pub fn prob_exceeds_other(&self, other: &Self) -> f64 {
        let spread = |law: &Self| 1.0 / law.alpha + 1.0 / law.beta;
        if spread(self) < spread(other) {
            let other = other.law();
            self.integrate(|x, y| other.tails(x, y).lower)
        } else {
            let this = self.law();
            other.integrate(|x, y| this.tails(x, y).upper)
        }
    }

    /// E\[f(rate, 1 − rate)\].
    fn integrate(&self, f: impl Fn(f64, f64) -> f64) -> f64 {
        let (law, mirrored) = (self.law(), Beta::new(self.beta, self.alpha));
        let (from, to) = (logit(law.quantile(CUT)), -logit(mirrored.quantile(CUT)));
        let (mut total, mut weight) = (0.0, 0.0);
        for i in 0..=POINTS {
            let t = from + (to - from) * (f64::from(i) / f64::from(POINTS));
            let odds = exp(-t.abs());
            let (small, large) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
            let (x, y) = if t < 0.0 { (small, large) } else { (large, small) };
            let density = law.logit_density(x, y);
            total += density * f(x, y);
            weight += density;
        }
        total / weight
    }

    fn law(&self) -> Beta {
        Beta::new(self.alpha, self.beta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Error of an integrated probability.
    const INTEGRATED: f64 = 1e-13;

    fn posterior(won: u64, closed: u64) -> WinRatePosterior {
        WinRatePosterior::from_counts(won, closed).unwrap()
    }

    #[test]
    fn comparison_is_antisymmetric() {
        let counts = [(0, 0), (0, 50), (50, 50), (3, 10), (24, 200), (240, 2000), (99_000, 100_000)];
        for (w1, n1) in counts {
            for (w2, n2) in counts {
                let (one, two) = (posterior(w1, n1), posterior(w2, n2));
                let both = one.prob_exceeds_other(&two) + two.prob_exceeds_other(&one);
                assert!((both - 1.0).abs() < INTEGRATED, "{one:?} {two:?}: {both}");
            }
        }
    }

    #[test]
    fn comparison_agrees_with_the_sum_for_whole_parameters() {
        // P(X > Y), X ~ Beta(a, b), Y ~ Beta(c, d): for whole a,
        // Σ_{i<a} B(c + i, b + d)/((b + i)·B(1 + i, b)·B(c, d)).
        use crate::math::beta::ln_beta;
        let law = |alpha: f64, beta: f64| WinRatePosterior { alpha, beta };
        for (a, b, c, d) in [(3_u32, 7.5, 2.5, 9.0), (20, 4.0, 300.0, 77.5), (1, 0.5, 0.5, 40.5)] {
            let sum: f64 = (0..a)
                .map(f64::from)
                .map(|i| exp(ln_beta(c + i, b + d) - ln_beta(1.0 + i, b) - ln_beta(c, d)) / (b + i))
                .sum();
            let integral = law(f64::from(a), b).prob_exceeds_other(&law(c, d));
            assert!((integral - sum).abs() < INTEGRATED, "{a} {b}: {integral} {sum}");
        }
    }

    #[test]
    fn no_deal_leaves_the_prior() {
        let prior = posterior(0, 0);
        assert_eq!(prior.mean(), 0.5);
        // The arcsine law.
        assert!((prior.quantile(0.25) - 0.146_446_609_406_726_24).abs() < 1e-15);
        assert!(WinRatePosterior::from_counts(3, 2).is_none());
    }

    #[test]
    fn benchmark_outside_the_unit_interval() {
        assert_eq!(posterior(3, 9).prob_exceeds(-0.1), 1.0);
        assert_eq!(posterior(3, 9).prob_exceeds(1.1), 0.0);
    }
}
