//! Dependence of deals on a common market factor: the one-factor Gaussian copula.
//!
//! X_i = √ρ·M + √(1−ρ)·ε_i, and deal i is won iff X_i > −Φ⁻¹(p_i); ρ, between 0 and 0.95, is the
//! correlation of the latent X_i, not of the won/lost indicators (Vasicek, "Probability of loss on
//! loan portfolio", 1987; "Loan portfolio value", Risk 2002; Li, Journal of Fixed Income 2000).

use super::sum::sum;
use crate::math::normal;
use crate::math::roots::brent;
use crate::math::sqrt;

/// Largest latent correlation.
pub const MAX_LATENT_CORRELATION: f64 = 0.95;

/// Past periods below which a correlation is not fitted.
pub const MIN_PERIODS: usize = 8;

/// Steps of the factor per unit, and its range, in the trapezoid rule over M.
const STEPS_PER_UNIT: i32 = 32;
const FACTOR_RANGE: i32 = 9;

/// P(won | M = factor) = Φ((Φ⁻¹(p) + √ρ·factor)/√(1−ρ)); a high factor is a favourable market.
///
/// ```
/// use dealcast::statistics::copula::conditional_win_probability;
/// assert!((conditional_win_probability(0.25, 0.1, 1.0) - 0.3528485436989386).abs() < 1e-14);
/// ```
pub fn conditional_win_probability(win_probability: f64, latent_correlation: f64, factor: f64) -> f64 {
    let probit = normal::quantile(win_probability);
    normal::cdf((probit + sqrt(latent_correlation) * factor) / sqrt(1.0 - latent_correlation))
}

/// E over M ~ N(0, 1), by the trapezoid rule, which converges exponentially here.
fn expectation(f: impl Fn(f64) -> f64) -> f64 {
    let reach = FACTOR_RANGE * STEPS_PER_UNIT;
    let nodes = (-reach..=reach).map(|i| f64::from(i) / f64::from(STEPS_PER_UNIT));
    let (total, weight) = nodes.fold((0.0, 0.0), |(total, weight), m| {
        let density = normal::pdf(m);
        (total + density * f(m), weight + density)
    });
    total / weight
}

/// P(both deals won) = E_M\[p₁(M)·p₂(M)\].
pub fn prob_both_won(p1: f64, p2: f64, latent_correlation: f64) -> f64 {
    let conditional = |p: f64, m: f64| conditional_win_probability(p, latent_correlation, m);
    expectation(|m| conditional(p1, m) * conditional(p2, m))
}

/// Correlation of the two won/lost indicators; `None` unless both probabilities are strictly between
/// 0 and 1.
pub fn indicator_correlation(p1: f64, p2: f64, latent_correlation: f64) -> Option<f64> {
    let variance = p1 * (1.0 - p1) * (p2 * (1.0 - p2));
    (variance > 0.0).then(|| (prob_both_won(p1, p2, latent_correlation) - p1 * p2) / sqrt(variance))
}

/// How dependence widens the total of equal deals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PortfolioSpread {
    /// sd/mean of the number won if deals were independent: √((1−p)/(np)).
    pub coefficient_of_variation_independent: f64,
    /// sd/mean with the common factor: √(1+(n−1)c) times as much.
    pub coefficient_of_variation_correlated: f64,
    /// What it tends to with ever more deals: √(c(1−p)/p).
    pub coefficient_of_variation_limit: f64,
    /// √(1+(n−1)c).
    pub sd_ratio: f64,
}

/// The spread of `deals` equal deals; `None` unless deals ≥ 1 and 0 < p < 1.
///
/// ```
/// use dealcast::statistics::copula::portfolio_spread;
/// let spread = portfolio_spread(25, 0.25, 0.1).unwrap();
/// assert!((spread.sd_ratio - 1.52).abs() < 0.005);
/// ```
pub fn portfolio_spread(deals: u32, win_probability: f64, latent_correlation: f64) -> Option<PortfolioSpread> {
    let correlation = indicator_correlation(win_probability, win_probability, latent_correlation)?;
    if deals == 0 {
        return None;
    }
    let n = f64::from(deals);
    let odds_against = (1.0 - win_probability) / win_probability;
    let sd_ratio = sqrt(1.0 + (n - 1.0) * correlation);
    let independent = sqrt(odds_against / n);
    Some(PortfolioSpread {
        coefficient_of_variation_independent: independent,
        coefficient_of_variation_correlated: independent * sd_ratio,
        coefficient_of_variation_limit: sqrt(correlation.max(0.0) * odds_against),
        sd_ratio,
    })
}

/// Wins out of the deals closed in one past period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodCounts {
    /// Of which won.
    pub won: u32,
    /// Won or lost.
    pub closed: u32,
}

/// A latent correlation fitted to past periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FittedCorrelation {
    /// Σ won/Σ closed.
    pub win_rate: f64,
    /// Correlation of the indicators c̃.
    pub indicator_correlation: f64,
    /// The ρ that gives it, at most [`MAX_LATENT_CORRELATION`].
    pub latent_correlation: f64,
}

/// Fits ρ to past periods by the method of moments: with p̂ = Σw/Σn and s² the sample variance
/// (divisor k − 1) of the rates w_t/n_t,
/// c̃ = max(0, (s² − p̂(1−p̂)·mean(1/n_t))/(p̂(1−p̂)(1 − mean(1/n_t)))), then c(p̂, ρ) = c̃.
///
/// `None`, meaning "keep the default", with fewer than [`MIN_PERIODS`] periods that closed a deal, if
/// all deals had the same outcome, if no period closed two deals, or if a count is inconsistent.
pub fn fitted_correlation(periods: &[PeriodCounts]) -> Option<FittedCorrelation> {
    let used: Vec<(f64, f64)> =
        periods.iter().filter(|p| p.closed > 0).map(|p| (f64::from(p.won), f64::from(p.closed))).collect();
    if used.len() < MIN_PERIODS || used.iter().any(|(won, closed)| won > closed) {
        return None;
    }
    let k = used.len() as f64;
    let win_rate = sum(used.iter().map(|p| p.0)) / sum(used.iter().map(|p| p.1));
    let bernoulli = win_rate * (1.0 - win_rate);
    let mean_rate = sum(used.iter().map(|(won, closed)| won / closed)) / k;
    let variance = sum(used.iter().map(|(won, closed)| {
        let deviation = won / closed - mean_rate;
        deviation * deviation
    })) / (k - 1.0);
    let inverse = sum(used.iter().map(|(_, closed)| 1.0 / closed)) / k;
    let scale = bernoulli * (1.0 - inverse);
    if scale <= 0.0 {
        return None;
    }
    let correlation = ((variance - bernoulli * inverse) / scale).max(0.0);
    let excess = |rho: f64| indicator_correlation(win_rate, win_rate, rho).unwrap_or(0.0) - correlation;
    let latent = if correlation == 0.0 {
        0.0
    } else if excess(MAX_LATENT_CORRELATION) <= 0.0 {
        MAX_LATENT_CORRELATION
    } else {
        brent(excess, 0.0, MAX_LATENT_CORRELATION, 1e-14, 200)?
    };
    Some(FittedCorrelation { win_rate, indicator_correlation: correlation, latent_correlation: latent })
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Error of the quadrature over the factor.
    const QUADRATURE: f64 = 1e-14;

    #[test]
    fn the_factor_averages_out() {
        for p in [0.001, 0.12, 0.5, 0.999] {
            for rho in [0.0, 0.05, 0.5, 0.95] {
                let mean = expectation(|m| conditional_win_probability(p, rho, m));
                assert!((mean - p).abs() < QUADRATURE, "{p} {rho}");
            }
        }
    }

    #[test]
    fn quadrants_of_the_median() {
        // P(both above the median) = 1/4 + asin(ρ)/2π (Sheppard 1899).
        for rho in [0.0, 0.1, 0.3, 0.6, 0.95] {
            let exact = 0.25 + libm::asin(rho) / (2.0 * core::f64::consts::PI);
            assert!((prob_both_won(0.5, 0.5, rho) - exact).abs() < QUADRATURE, "{rho}");
        }
    }

    #[test]
    fn independence_and_certainty() {
        assert!(indicator_correlation(0.2, 0.7, 0.0).unwrap().abs() < QUADRATURE);
        assert_eq!(indicator_correlation(0.0, 0.7, 0.1), None);
        assert_eq!(indicator_correlation(0.3, 1.0, 0.1), None);
        assert_eq!(conditional_win_probability(1.0, 0.1, -3.0), 1.0);
        assert_eq!(conditional_win_probability(0.0, 0.1, 3.0), 0.0);
        assert_eq!(portfolio_spread(0, 0.2, 0.1), None);
        assert!((portfolio_spread(1, 0.2, 0.1).unwrap().sd_ratio - 1.0).abs() < QUADRATURE);
    }

    #[test]
    fn fitting_recovers_the_moments() {
        let periods: Vec<PeriodCounts> = [(2, 40), (13, 38), (9, 45), (4, 41), (11, 37), (10, 40), (3, 42), (16, 39)]
            .map(|(won, closed)| PeriodCounts { won, closed })
            .to_vec();
        let fitted = fitted_correlation(&periods).unwrap();
        let back = indicator_correlation(fitted.win_rate, fitted.win_rate, fitted.latent_correlation).unwrap();
        assert!((back - fitted.indicator_correlation).abs() < 1e-12);
        assert!(fitted.latent_correlation > 0.02 && fitted.latent_correlation < 0.5, "{fitted:?}");
        assert_eq!(fitted_correlation(&periods[1..]), None);
    }

    #[test]
    fn too_regular_or_too_wild_periods() {
        let all = |won, closed| vec![PeriodCounts { won, closed }; 8];
        assert_eq!(fitted_correlation(&all(10, 40)).unwrap().latent_correlation, 0.0);
        assert_eq!(fitted_correlation(&all(0, 40)), None);
        assert_eq!(fitted_correlation(&all(5, 4)), None);
        assert_eq!(fitted_correlation(&all(1, 1)), None);
        let mut wild = all(0, 40);
        wild.iter_mut().step_by(2).for_each(|period| period.won = 40);
        assert_eq!(fitted_correlation(&wild).unwrap().latent_correlation, MAX_LATENT_CORRELATION);
    }
}
