//! Characteristic functions on the grid, their products over deals and averages over the market.

use super::frequencies::{Block, Frequencies};
use super::lattice::{Lattice, fixed_value};
use super::masses::{Characteristic, Masses, STEP_BLOCKS};
use super::products::{Complex, LANES, Worth, product};
use super::tail::TailBounds;
use super::wins::Wins;
use crate::distribution::Distribution;
use crate::math::fft::Fft;
use crate::model::open_pipeline::Pipeline;
use crate::steps::pause;

/// Modulus below which a product of characteristic functions, times the weight of its market, is left out: over all
/// frequencies and nodes no probability moves by more than points × nodes × this, below 2·10⁻¹¹.
const NEGLIGIBLE: f64 = 1e-18;

/// What the total is worth in a functional, with one deal in each of its states.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LeaveOneOut {
    /// The deal made to be won.
    pub made_won: f64,
    /// The deal made not to be.
    pub made_not: f64,
    /// With the event that it is won.
    pub won: f64,
    /// With the event that it is not.
    pub not_won: f64,
}

impl LeaveOneOut {
    /// Sum of two parts.
    pub fn plus(self, other: Self) -> Self {
        Self {
            made_won: self.made_won + other.made_won,
            made_not: self.made_not + other.made_not,
            won: self.won + other.won,
            not_won: self.not_won + other.not_won,
        }
    }
}

/// Characteristic functions of the deals' amounts.
pub struct Spectrum {
    amounts: Characteristic,
    tails: TailBounds,
    /// Which of the distinct amounts, by deal.
    of_deal: Vec<usize>,
    /// Whether the deal's amount is fixed.
    fixed: Vec<bool>,
}

impl Spectrum {
    /// Discretises the amounts.
    pub async fn new(pipeline: &Pipeline, lattice: &Lattice) -> Self {
        let mut distinct: Vec<Distribution> = Vec::new();
        let mut masses = Vec::new();
        let mut of_deal = Vec::new();
        for deal in &pipeline.deals {
            let known = distinct.iter().position(|amount| *amount == deal.amount);
            of_deal.push(known.unwrap_or(distinct.len()));
            if known.is_none() {
                distinct.push(deal.amount);
                masses.push(Masses::of(deal.amount, lattice));
                pause().await;
            }
        }
        // The length is a power of two by construction.
        let fft = Fft::new(lattice.length).unwrap_or_else(|| unreachable!("grid of {} points", lattice.length));
        let fixed = pipeline.deals.iter().map(|deal| fixed_value(deal.amount).is_some()).collect();
        Self {
            tails: TailBounds::new(&masses, lattice.length),
            amounts: Characteristic::new(fft, Frequencies::new(lattice.length), masses),
            of_deal,
            fixed,
        }
    }

    /// Points of the whole grid.
    fn length(&self) -> usize {
        self.amounts.fft.length()
    }

    /// What `of` makes of the number of points, for the whole grid and as often as it may be cut in half.
    fn grids<T>(&self, of: impl Fn(usize) -> T) -> Vec<T> {
        (0..=self.amounts.frequencies.halvings).map(|halving| of(self.length() >> halving)).collect()
    }

    /// How often the grid may be cut in half at each node of the market.
    fn halvings(&self, wins: &Wins) -> Vec<usize> {
        let amounts = wins.order().iter().map(|&deal| self.of_deal[deal]);
        let most = self.amounts.frequencies.halvings;
        wins.nodes().map(|(_, wins)| self.tails.halvings(amounts.clone(), wins, self.length(), most)).collect()
    }

    /// φ − 1 of the deals from that of the amounts; in the atomic part continuous amounts have no φ.
    fn gather(&self, amounts: &[Complex], order: &[usize], atomic: bool, less: &mut [Complex]) {
        for (less, &deal) in less.iter_mut().zip(order) {
            *less = if atomic && !self.fixed[deal] {
                Complex { re: [-1.0; LANES], im: [0.0; LANES] }
            } else {
                amounts[self.of_deal[deal]]
            };
        }
    }

    /// Shows φ − 1 of the deals at each block of frequencies that grids cut in half so often take, and its class.
    async fn each_block(
        &self,
        wins: &Wins,
        halvings: &[usize],
        atomic: bool,
        mut show: impl FnMut(usize, Block, &[Complex]),
    ) {
        let frequencies = self.amounts.frequencies;
        let mut less = vec![Complex::ZERO; self.of_deal.len()];
        for class in halvings.iter().copied().min().unwrap_or(0)..=frequencies.halvings {
            let amounts = self.amounts.class(class).await;
            for (index, block) in frequencies.blocks(class).enumerate() {
                if index % STEP_BLOCKS == 0 {
                    pause().await;
                }
                self.gather(&amounts[index * self.amounts.distinct()..], wins.order(), atomic, &mut less);
                show(class, block, &less);
            }
        }
    }

    /// Distribution of the sum on the grid; of its atomic part (no continuous amount won) if `atomic`.
    pub async fn distribution(&self, wins: &Wins, atomic: bool) -> Vec<f64> {
        let halvings = self.halvings(wins);
        let mut grids = self.grids(|length| (vec![0.0; length], vec![0.0; length]));
        let mut sums = vec![Complex::ZERO; grids.len()];
        self.each_block(wins, &halvings, atomic, |class, block, less| {
            sums.fill(Complex::ZERO);
            add_products(&mut sums[..=class], less, wins, &halvings);
            for (halving, sum) in sums[..=class].iter().enumerate() {
                let (re, im) = &mut grids[halving];
                for (lane, frequency) in block.frequencies() {
                    let (frequency, length) = (frequency >> halving, re.len());
                    (re[frequency], im[frequency]) = (sum.re[lane], sum.im[lane]);
                    if frequency > 0 && frequency < length / 2 {
                        (re[length - frequency], im[length - frequency]) = (sum.re[lane], -sum.im[lane]);
                    }
                }
            }
        })
        .await;
        let mut masses = vec![0.0; self.length()];
        for (re, im) in &mut grids {
            self.amounts.fft.inverse(re, im);
            masses.iter_mut().zip(re).for_each(|(mass, re)| *mass += *re);
        }
        masses.iter_mut().for_each(|mass| *mass = mass.max(0.0));
        masses
    }

    /// Σ_k functional_k · P(sum = k·h) with each deal left out and put back in each of its states.
    pub async fn leave_one_out(&self, wins: &Wins, functional: &[f64], atomic: bool) -> Vec<LeaveOneOut> {
        let halvings = self.halvings(wins);
        let grids = self.grids(|length| {
            let (mut re, mut im) = (functional[..length].to_vec(), vec![0.0; length]);
            self.amounts.fft.forward(&mut re, &mut im);
            (re, im)
        });
        let mut worth: Vec<Worth> = wins.nodes().map(|(_, wins)| Worth::new(wins)).collect();
        let mut weights = vec![Complex::ZERO; grids.len()];
        self.each_block(wins, &halvings, atomic, |class, block, less| {
            weights.fill(Complex::ZERO);
            for (halving, weights) in weights[..=class].iter_mut().enumerate() {
                let (re, im) = &grids[halving];
                for (lane, frequency) in block.frequencies() {
                    let frequency = frequency >> halving;
                    // Both of the conjugate frequencies, where there are two.
                    let scale = if frequency == 0 || frequency == re.len() / 2 { 1.0 } else { 2.0 } / re.len() as f64;
                    (weights.re[lane], weights.im[lane]) = (scale * re[frequency], scale * im[frequency]);
                }
            }
            add_worth(&mut worth, less, wins, &halvings, &weights[..=class]);
        })
        .await;
        let mut results = vec![LeaveOneOut::default(); self.of_deal.len()];
        for ((weight, wins_here), worth) in wins.nodes().zip(&worth) {
            for ((place, win), &deal) in wins_here.iter().enumerate().zip(wins.order()) {
                let (made_won, made_not) = worth.of(place, *win);
                let result = &mut results[deal];
                result.made_won += weight * made_won;
                result.made_not += weight * made_not;
                result.won += weight * win * made_won;
                result.not_won += weight * (1.0 - win) * made_not;
            }
        }
        results
    }
}

/// Adds the products of the factors at each node of the market, weighted, to the sum of its grid.
#[inline(never)]
fn add_products(sums: &mut [Complex], less: &[Complex], wins: &Wins, halvings: &[usize]) {
    for ((weight, wins), halving) in wins.nodes().zip(halvings) {
        // A shorter grid does not take these frequencies.
        let Some(sum) = sums.get_mut(*halving) else { continue };
        if let Some(product) = product(less, wins, NEGLIGIBLE / weight) {
            sum.add(weight, &product);
        }
    }
}

/// Adds a block of frequencies to what the functional is worth at each value of the market, given its transform by grid.
#[inline(never)]
fn add_worth(worth: &mut [Worth], less: &[Complex], wins: &Wins, halvings: &[usize], weights: &[Complex]) {
    for (((weight, wins), halving), worth) in wins.nodes().zip(halvings).zip(worth) {
        if let Some(weights) = weights.get(*halving)
            && *weights != Complex::ZERO
        {
            worth.add(less, wins, weights, NEGLIGIBLE / weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::open_pipeline::dependence::Conditional;
    use crate::model::open_pipeline::resolve::resolve;
    use crate::scenario::Scenario;
    use crate::steps::at_once;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Deals of several amounts, some of them fixed if `fixed`.
    fn pipeline(deals: usize, correlation: f64, fixed: bool) -> Pipeline {
        let deal = |place: usize| {
            let amount = match place % 3 {
                0 if fixed => serde_json::json!(4_000 + 500 * place),
                1 => serde_json::json!({ "distribution": "lognormal", "mean": 5_000, "coefficient_of_variation": 0.5 }),
                _ => serde_json::json!({ "distribution": "pert", "min": 2_000, "mode": 5_000 + place, "max": 11_000 }),
            };
            serde_json::json!({
                "deal_id": place.to_string(),
                "amount": amount,
                "win_probability": 0.02 + 0.9 * place as f64 / deals as f64,
                "expected_close_month": 1,
            })
        };
        let document = serde_json::json!({
            "schema": "dealcast/1", "title": "Grids", "start_month": "2026-01", "seed": 1,
            "open_pipeline": {
                "target": 100_000, "horizon_months": 3, "latent_correlation": correlation,
                "deals": (0..deals).map(deal).collect::<Vec<_>>(),
            },
        });
        let scenario = Scenario::from_json(&document.to_string()).unwrap();
        resolve(scenario.open_pipeline.as_ref().unwrap()).unwrap().pipeline
    }

    #[test]
    fn short_grids_agree_with_the_whole_one() {
        for (deals, correlation, fixed) in [(1, 0.0, false), (30, 0.2, true), (60, 0.0, false), (40, 0.7, false)] {
            let pipeline = pipeline(deals, correlation, fixed);
            let conditional = Conditional::new(&pipeline);
            let lattice = Lattice::of(&pipeline, &conditional).unwrap();
            let wins = Wins::new(&pipeline, &conditional);
            let short = at_once(Spectrum::new(&pipeline, &lattice));
            let mut whole = at_once(Spectrum::new(&pipeline, &lattice));
            whole.tails = TailBounds::none();
            let halvings = short.halvings(&wins);
            assert!(deals < 30 || halvings.iter().any(|halvings| *halvings > 1), "{halvings:?}");
            let functional: Vec<f64> =
                (0..lattice.length).map(|k| if 3 * k > lattice.length { 1.0 } else { 0.0 }).collect();
            for atomic in [false, true] {
                let masses = [&short, &whole].map(|spectrum| at_once(spectrum.distribution(&wins, atomic)));
                for (k, (short, whole)) in masses[0].iter().zip(&masses[1]).enumerate() {
                    assert!((short - whole).abs() < 2e-12, "{deals} {k}: {short} {whole}");
                }
                let found = [&short, &whole].map(|s| at_once(s.leave_one_out(&wins, &functional, atomic)));
                for (short, whole) in found[0].iter().zip(&found[1]) {
                    for (short, whole) in [(short.made_won, whole.made_won), (short.made_not, whole.made_not)] {
                        assert!((short - whole).abs() < 1e-10, "{deals}: {short} {whole}");
                    }
                }
            }
        }
    }

    /// The bound against the mass that is there.
    #[test]
    fn nothing_that_matters_is_beyond_a_short_grid() {
        let pipeline = pipeline(60, 0.0, false);
        let lattice = Lattice::of(&pipeline, &Conditional::new(&pipeline)).unwrap();
        let spectrum = at_once(Spectrum::new(&pipeline, &lattice));
        let mut seen = 0_u32;
        for shift in [-4.0, -2.0, 0.0, 2.0] {
            let shifted = pipeline.with_log_odds_shift(shift);
            let wins = Wins::new(&shifted, &Conditional::new(&shifted));
            let halvings = spectrum.halvings(&wins)[0];
            seen |= 1 << halvings;
            let mut whole = at_once(Spectrum::new(&shifted, &lattice));
            whole.tails = TailBounds::none();
            let masses = at_once(whole.distribution(&wins, false));
            let beyond: f64 = masses[lattice.length >> halvings..].iter().sum();
            assert!(beyond < 2e-12, "{shift} {halvings}: {beyond}");
        }
        assert!(u32::count_ones(seen) > 2, "several lengths");
    }
}
