//! Figures of a simulation, and their standard errors.
//!
//! Standard errors take the trials as independent. The market is stratified and the trials of a group share out each
//! deal's range, so that the true errors are smaller: the ones stated are on the safe side.

use crate::engine::simulation::{DealPart, FAN_BINS, MonthPart, Part, Scales, Units, ZERO_BINS, sums};
use crate::math::sqrt;
use crate::model::open_pipeline::Pipeline;
use crate::report::open_pipeline::{FanMonth, Headline};

/// Lower tail that [`Headline::lower_tail_mean_10pct`] is the mean of.
pub const TAIL: f64 = 0.10;

/// A simulation, merged and sorted.
pub struct Simulated {
    /// Totals in units, ascending, already won not included.
    sorted: Vec<u32>,
    units: Units,
    already_won: f64,
    target: f64,
    /// The figures.
    pub headline: Headline,
    /// Their standard errors.
    pub standard_error: Headline,
    /// Fan of each month's revenue.
    pub monthly_fan: Vec<FanMonth>,
    /// Fan of the revenue up to each month, already won included.
    pub cumulative_fan: Vec<FanMonth>,
}

/// A figure and its standard error.
type Figure = (f64, f64);

impl Simulated {
    /// Reads a part that holds all of `trials` trials; `None` where it does not. `rows` is the number of
    /// the scenario's deals, which the lists by deal follow.
    pub fn new(pipeline: &Pipeline, scales: Scales, part: &Part, trials: u32, rows: usize) -> Option<Self> {
        let fits = part.months.len() == pipeline.horizon_months as usize && part.deals.len() == pipeline.deals.len();
        if fits { Self::read(pipeline, scales, part, trials, rows) } else { None }
    }

    /// Reads a part of a plan for the totals alone: the lists by month and by deal are empty.
    pub fn of_totals(pipeline: &Pipeline, scales: Scales, part: &Part, trials: u32) -> Option<Self> {
        Self::read(pipeline, scales, part, trials, 0)
    }

    fn read(pipeline: &Pipeline, scales: Scales, part: &Part, trials: u32, rows: usize) -> Option<Self> {
        let units = scales.units;
        let sorted = part.sorted_totals(trials)?;
        if sorted.is_empty() {
            return None;
        }
        let totals = Totals { sorted: &sorted, units, already_won: pipeline.already_won, target: pipeline.target };
        let n = f64::from(trials);
        let (mean, sd) = totals.mean_and_sd();
        let quantile = |level| totals.quantile(level);
        let (p10, p50, p90) = (quantile(0.1), quantile(0.5), quantile(0.9));
        let at_least = probability(totals.at_least(pipeline.target) as f64, n);
        let zero = probability(sorted.partition_point(|total| *total == 0) as f64, n);
        let (gap, conditional_gap) = totals.gaps();
        let tail = totals.lower_tail();
        let months: Vec<(Figure, Figure)> =
            part.months.iter().map(|month| month_figures(month, units, n, scales.monthly_fan)).collect();
        let hits = totals.at_least(pipeline.target) as f64;
        let mut deals = vec![(Figure::default(), Figure::default(), None); rows];
        for (deal, counts) in pipeline.deals.iter().zip(&part.deals) {
            deals[deal.row] =
                (probability(f64::from(counts.won), n), swing(counts, n), conditional_swing(counts, hits, n));
        }
        let headline = |pick: fn(Figure) -> f64| Headline {
            mean: pick(mean),
            sd: pick(sd),
            p10: pick(p10),
            p50: pick(p50),
            p90: pick(p90),
            prob_at_least_target: pick(at_least),
            prob_zero_in_window: pick(zero),
            expected_gap_to_target: pick(gap),
            conditional_gap_if_missed: conditional_gap.map(pick),
            lower_tail_mean_10pct: pick(tail),
            monthly_mean: months.iter().map(|(mean, _)| pick(*mean)).collect(),
            monthly_sd: months.iter().map(|(_, sd)| pick(*sd)).collect(),
            deal_prob_won_in_window: deals.iter().map(|(won, ..)| pick(*won)).collect(),
            deal_swing_interventional: deals.iter().map(|(_, swing, _)| pick(*swing)).collect(),
            deal_swing_conditional: deals.iter().map(|(.., swing)| swing.map(pick)).collect(),
        };
        let fan = |month: usize| {
            let totals = &part.months[month];
            let mean = units.money(totals.sum as f64 / n);
            let scaled = |counts: &[u32], top: u32, mean: f64, offset: f64| {
                let [p10, p25, p50, p75, p90] =
                    fan_quantiles(counts, n, top).map(|quantile| offset + units.money(quantile));
                FanMonth { month: month as u32 + 1, mean, p10, p25, p50, p75, p90 }
            };
            let until: i128 = part.months[..=month].iter().map(|month| month.sum).sum();
            let already_won = pipeline.already_won;
            let cumulative_mean = already_won + units.money(until as f64 / n);
            (
                scaled(&*totals.monthly_fan, scales.monthly_fan, mean, 0.0),
                scaled(&*totals.cumulative_fan, scales.cumulative_fan, cumulative_mean, already_won),
            )
        };
        let (monthly_fan, cumulative_fan) = (0..part.months.len()).map(fan).unzip();
        let (headline, standard_error) = (headline(|figure| figure.0), headline(|figure| figure.1));
        Some(Self {
            sorted,
            units,
            already_won: pipeline.already_won,
            target: pipeline.target,
            headline,
            standard_error,
            monthly_fan,
            cumulative_fan,
        })
    }

    fn totals(&self) -> Totals<'_> {
        Totals { sorted: &self.sorted, units: self.units, already_won: self.already_won, target: self.target }
    }

    /// Trials.
    pub fn trials(&self) -> f64 {
        self.sorted.len() as f64
    }

    /// Share of the trials with total ≥ amount.
    pub fn prob_at_least(&self, amount: f64) -> f64 {
        self.totals().at_least(amount) as f64 / self.sorted.len() as f64
    }

    /// Share of the trials with total ≤ amount.
    pub fn prob_at_most(&self, amount: f64) -> f64 {
        let units = self.units.signed(amount - self.already_won);
        self.sorted.partition_point(|total| i64::from(*total) <= units) as f64 / self.sorted.len() as f64
    }

    /// Type-1 quantile of the total.
    pub fn quantile(&self, level: f64) -> f64 {
        self.totals().quantile(level).0
    }

    /// Smallest and largest total.
    pub fn range(&self) -> (f64, f64) {
        let money = |units: u32| self.already_won + self.units.money(f64::from(units));
        (money(self.sorted[0]), money(self.sorted[self.sorted.len() - 1]))
    }
}

struct Totals<'a> {
    sorted: &'a [u32],
    units: Units,
    already_won: f64,
    target: f64,
}

impl Totals<'_> {
    fn n(&self) -> f64 {
        self.sorted.len() as f64
    }

    /// Trials with total ≥ amount.
    fn at_least(&self, amount: f64) -> usize {
        let units = self.units.signed(amount - self.already_won);
        self.sorted.len() - self.sorted.partition_point(|total| i64::from(*total) < units)
    }

    /// Mean with s/√n; standard deviation with √((m₄ − s⁴)/n) / 2s.
    fn mean_and_sd(&self) -> (Figure, Figure) {
        let n = self.n();
        let (sum, squares) = sums(self.sorted);
        let (mean, variance) = mean_and_variance(sum, squares, n);
        let fourth = self.sorted.iter().map(|total| fourth_power(f64::from(*total) - mean)).sum::<f64>() / n;
        let sd = sqrt(variance);
        let sd_error = if sd > 0.0 { sqrt(((fourth - variance * variance) / n).max(0.0)) / (2.0 * sd) } else { 0.0 };
        let money = |units: f64| self.units.money(units);
        ((self.already_won + money(mean), money(sd / sqrt(n))), (money(sd), money(sd_error)))
    }

    /// Type-1 quantile x_(⌈np⌉) (Hyndman & Fan 1996) with half the width of its 95 % order-statistic
    /// interval (Conover), over 1.96.
    fn quantile(&self, level: f64) -> Figure {
        const SPREAD: f64 = 1.959_963_984_540_054;
        let n = self.n();
        let rank = |rank: f64| f64::from(self.sorted[(rank.max(1.0).min(n) as usize) - 1]);
        let value = rank(libm::ceil(n * level - 1e-9));
        let half = SPREAD * sqrt(n * level * (1.0 - level));
        let (low, high) = (rank(libm::floor(n * level - half)), rank(libm::ceil(n * level + half) + 1.0));
        (self.already_won + self.units.money(value), self.units.money((high - low) / (2.0 * SPREAD)))
    }

    /// E[(T − R)₊] and E[T − R | R < T].
    fn gaps(&self) -> (Figure, Option<Figure>) {
        let n = self.n();
        let target = self.units.signed(self.target - self.already_won);
        let misses = &self.sorted[..self.sorted.partition_point(|total| i64::from(*total) < target)];
        let gaps = || misses.iter().map(|total| i128::from(target - i64::from(*total)));
        let (sum, squares) = (gaps().sum(), gaps().map(|gap| gap * gap).sum());
        let money =
            |(mean, variance): (f64, f64), n: f64| (self.units.money(mean), self.units.money(sqrt(variance / n)));
        let count = misses.len() as f64;
        let conditional = (!misses.is_empty()).then(|| money(mean_and_variance(sum, squares, count), count));
        (money(mean_and_variance(sum, squares, n), n), conditional)
    }

    /// Mean of the worst tenth, the trial on the edge split, with √(Var((q − R)₊)/n) / 0.1.
    fn lower_tail(&self) -> Figure {
        let n = self.n();
        let wanted = n * TAIL;
        let whole = (libm::floor(wanted) as usize).min(self.sorted.len() - 1);
        let edge = self.sorted[whole];
        let below: i128 = self.sorted[..whole].iter().map(|total| i128::from(*total)).sum();
        let mean = (below as f64 + (wanted - whole as f64) * f64::from(edge)) / wanted;
        let shortfalls = || self.sorted[..whole].iter().map(|total| i128::from(edge - total));
        let squares: i128 = shortfalls().map(|shortfall| shortfall * shortfall).sum();
        let (_, variance) = mean_and_variance(shortfalls().sum(), squares, n);
        (self.already_won + self.units.money(mean), self.units.money(sqrt(variance / n) / TAIL))
    }
}

/// Share k/n with √(p(1−p)/n).
fn probability(k: f64, n: f64) -> Figure {
    let p = k / n;
    (p, sqrt(p * (1.0 - p) / n))
}

/// Mean and unbiased variance from whole-number sums.
fn mean_and_variance(sum: i128, squares: i128, n: f64) -> (f64, f64) {
    let mean = sum as f64 / n;
    if n < 2.0 {
        return (mean, 0.0);
    }
    // n Σx² − (Σx)², exact as long as it fits: 10⁶ trials of 10¹³ units do.
    let spread = (n as i128).checked_mul(squares).zip(sum.checked_mul(sum)).map(|(a, b)| (a - b) as f64);
    let spread = spread.unwrap_or(n * (squares as f64 - mean * sum as f64));
    (mean, (spread / n / (n - 1.0)).max(0.0))
}

fn fourth_power(x: f64) -> f64 {
    let square = x * x;
    square * square
}

/// Mean and standard deviation of a month; the fourth moment, which the error of the latter needs,
/// comes from the bins of the fan.
fn month_figures(month: &MonthPart, units: Units, n: f64, top: u32) -> (Figure, Figure) {
    let (mean, variance) = mean_and_variance(month.sum, month.sum_of_squares, n);
    let sd = sqrt(variance);
    let width = f64::from(top) / FAN_BINS as f64;
    let middle = |bin: usize| if bin < ZERO_BINS { 0.0 } else { ((bin - ZERO_BINS) as f64 + 0.5) * width };
    let bins = month.monthly_fan.iter().enumerate();
    let fourth = bins.map(|(bin, count)| f64::from(*count) * fourth_power(middle(bin) - mean)).sum::<f64>() / n;
    let sd_error = if sd > 0.0 { sqrt(((fourth - variance * variance) / n).max(0.0)) / (2.0 * sd) } else { 0.0 };
    ((units.money(mean), units.money(sd / sqrt(n))), (units.money(sd), units.money(sd_error)))
}

/// Levels of a fan.
const FAN_LEVELS: [f64; 5] = [0.10, 0.25, 0.50, 0.75, 0.90];

/// Quantiles of a fan's bins in units: exact where nothing is signed, else linear inside its bin.
fn fan_quantiles(counts: &[u32], n: f64, top: u32) -> [f64; 5] {
    let width = f64::from(top) / FAN_BINS as f64;
    let ranks = FAN_LEVELS.map(|level| libm::ceil(n * level - 1e-9) as u32);
    let mut quantiles = [f64::from(top); 5];
    let (mut next, mut below) = (0, 0);
    for (bin, count) in counts.iter().enumerate() {
        while next < ranks.len() && ranks[next] <= below + count {
            let inside = (f64::from(ranks[next] - below) - 0.5) / f64::from(*count);
            quantiles[next] = if bin < ZERO_BINS { 0.0 } else { ((bin - ZERO_BINS) as f64 + inside) * width };
            next += 1;
        }
        below += count;
    }
    quantiles
}

/// Interventional swing: mean of the weights of the trials that the deal turns.
fn swing(counts: &DealPart, n: f64) -> Figure {
    const SCALE: f64 = 1_048_576.0;
    let mean = counts.swing as f64 / SCALE / n;
    let square = counts.swing_squared as f64 / SCALE / n;
    (mean, sqrt((square - mean * mean).max(0.0) / n))
}

/// P(hit | won) − P(hit | not won); none where one of the two never happened.
fn conditional_swing(counts: &DealPart, hits: f64, n: f64) -> Option<Figure> {
    let (won, both) = (f64::from(counts.won), f64::from(counts.won_and_hit));
    if won == 0.0 || won == n {
        return None;
    }
    let (given_won, given_not) = (both / won, (hits - both) / (n - won));
    let variance = given_won * (1.0 - given_won) / won + given_not * (1.0 - given_not) / (n - won);
    Some((given_won - given_not, sqrt(variance)))
}
