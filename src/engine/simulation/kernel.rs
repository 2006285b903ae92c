//! One block of trials, deal by deal.

use super::adding::{Detail, ROW, add_anywhere, add_in_window};
use super::bins::Bins;
use super::joining::in_units;
use super::part::{Part, sums};
use super::strata::STRATA;
use super::winners::{OUTCOME_BITS, Winners};
use super::{BLOCK, DealPlan, GROUP, Plan, PlanDetail};
use crate::model::open_pipeline::win_probability::RATE_CLASSES;
use crate::rng::{MARKET_FACTOR, Purpose, Stream, stream};
use crate::steps::pause;

/// Trials of a block, to size arrays with.
pub const TRIALS: usize = BLOCK as usize;
/// Deals of a step.
const STEP_DEALS: usize = 250;

/// Trials whose total misses the target by little, sorted by what they miss.
struct NearMiss {
    gap: u32,
    trial: u32,
}

/// What the deals of a block did.
struct Block<'a> {
    plan: &'a Plan<'a>,
    number: u32,
    /// Trials of the block that count; the last block may be short.
    trials: u32,
    /// Stratum of each group.
    strata: [u8; STRATA],
    /// Class of each shared rate, by trial.
    classes: Vec<Vec<u8>>,
    /// Revenue of the trials, month after month.
    months: Vec<u32>,
    winners: Winners,
    /// Revenue of the window by trial.
    totals: Box<[u32; TRIALS]>,
    /// Trials in which each deal is won in the window: a bit per trial.
    won: Vec<[u16; STRATA]>,
}

/// Simulates one block and adds it to the part.
pub async fn simulate_block(plan: &Plan<'_>, number: u32, part: &mut Part) {
    let trials = BLOCK.min(plan.trials - number * BLOCK);
    let mut block = Block {
        plan,
        number,
        trials,
        strata: draw_strata(stream(plan.seed, number, MARKET_FACTOR, Purpose::Factor)),
        classes: plan.pipeline.rate_keys.iter().map(|key| draw_classes(plan.seed, number, *key)).collect(),
        months: vec![0; plan.pipeline.horizon_months as usize * ROW],
        winners: Winners::default(),
        totals: Box::new([0; TRIALS]),
        won: vec![[0; STRATA]; plan.deals.len()],
    };
    let joining = plan.joining.map(|source| in_units(&source.revenue(number), plan.scales.units, plan.scales.joining));
    if let Some(revenue) = &joining {
        block.join(revenue);
    }
    for (index, deal) in plan.deals.iter().enumerate() {
        block.simulate_deal(index, deal);
        if index % STEP_DEALS == 0 {
            pause().await;
        }
    }
    match plan.detail {
        PlanDetail::Everything => {
            block.add_months_to(part);
            block.add_deals_to(part);
        }
        PlanDetail::Totals => block.add_totals(),
    }
    part.totals.push((number, block.totals[..trials as usize].to_vec()));
}

/// A random order of the strata (Fisher–Yates).
fn draw_strata(factor: Stream) -> [u8; STRATA] {
    let mut strata: [u8; STRATA] = std::array::from_fn(|stratum| stratum as u8);
    for last in (1..STRATA).rev() {
        strata.swap(last, factor.below(last as u32, last as u32 + 1) as usize);
    }
    strata
}

/// Class of a shared rate in each trial.
fn draw_classes(seed: u32, block: u32, key: u64) -> Vec<u8> {
    let rate = stream(seed, block, key, Purpose::WinRate);
    (0..BLOCK).map(|trial| rate.below(trial, RATE_CLASSES as u32) as u8).collect()
}

/// Number of bits that are set in both.
fn count_ones(bits: &[u16; STRATA], mask: &[u16; STRATA]) -> u32 {
    let word = |bits: &[u16]| bits.iter().rev().fold(0, |word: u64, bits| word << 16 | u64::from(*bits));
    bits.chunks_exact(4).zip(mask.chunks_exact(4)).map(|(bits, mask)| (word(bits) & word(mask)).count_ones()).sum()
}

/// A number without its last bits, rounded.
fn rounded(number: u64, bits: u32) -> u32 {
    ((number + (1 << (bits - 1))) >> bits) as u32
}

impl Block<'_> {
    /// Starts the months with what joins the deals.
    fn join(&mut self, revenue: &[u32]) {
        for (month, amounts) in self.months.chunks_exact_mut(ROW).zip(revenue.chunks_exact(TRIALS)) {
            month[..TRIALS].copy_from_slice(amounts);
        }
    }

    fn groups(&self) -> usize {
        self.trials.div_ceil(GROUP) as usize
    }

    /// Bits of the group's trials that count.
    fn counting(&self, group: usize) -> u16 {
        let left = self.trials.saturating_sub(group as u32 * GROUP);
        if left >= GROUP { u16::MAX } else { (1 << left) - 1 }
    }

    /// Not inlined, like its neighbours: a browser replaces a slow first compilation function by function, at calls.
    #[inline(never)]
    fn simulate_deal(&mut self, index: usize, deal: &DealPlan) {
        let detail = Detail::of(self.plan, self.number, deal);
        let mut won = self.list_winners(index, deal, detail);
        let months = &mut self.months[..];
        match self.plan.rows.of(index) {
            [rows] if !rows.leaves_window() => add_in_window(deal, detail, rows, &self.winners, months),
            rows => {
                let strata = &self.strata;
                let stratum = |trial: u16| usize::from(strata[usize::from(trial / GROUP as u16) % STRATA]);
                let rows = |trial| &rows[stratum(trial).min(rows.len() - 1)];
                add_anywhere(deal, detail, rows, &mut self.winners, months, &mut won);
            }
        }
        self.won[index] = won;
    }

    /// Lists the trials that the deal wins within the horizon: a bit each.
    fn list_winners(&mut self, index: usize, deal: &DealPlan, detail: Detail) -> [u16; STRATA] {
        let draws = detail.of_groups();
        let thresholds = &self.plan.thresholds[deal.win];
        let rows = self.plan.rows.of(index);
        // By stratum: of the one law, or of the law of the stratum.
        let in_horizon: [u64; STRATA] = match rows {
            [row] => [row.in_horizon; STRATA],
            rows => std::array::from_fn(|stratum| rows[stratum].in_horizon),
        };
        let narrowed = |threshold: u32, stratum: usize| {
            rounded(u64::from(threshold) * in_horizon[stratum], 2 * u32::BITS - OUTCOME_BITS)
        };
        let strata = &self.strata;
        let mut won = [0; STRATA];
        match deal.shared_rate {
            None => {
                let by_stratum: [u32; STRATA] =
                    std::array::from_fn(|stratum| narrowed(thresholds[0][stratum], stratum));
                self.winners.list(&draws, &strata.map(|stratum| by_stratum[usize::from(stratum)]), &mut won);
            }
            Some(rate) => {
                let classes = &self.classes[rate];
                let threshold = |group: usize, trial: usize| {
                    let stratum = usize::from(strata[group]);
                    let class = classes[group * GROUP as usize + trial];
                    narrowed(thresholds[usize::from(class)][stratum], stratum)
                };
                self.winners.list_by_class(&draws, threshold, &mut won);
            }
        }
        if self.trials < BLOCK {
            self.winners.keep_below(self.trials);
            won.iter_mut().enumerate().for_each(|(group, won)| *won &= self.counting(group));
        }
        self.winners.place();
        won
    }

    /// Adds the months of the window to the totals.
    fn add_totals(&mut self) {
        let window = self.plan.pipeline.first_month as usize - 1..self.plan.pipeline.last_month as usize;
        for amounts in self.months.chunks_exact(ROW).take(window.end).skip(window.start) {
            self.totals.iter_mut().zip(amounts).for_each(|(total, amount)| *total += amount);
        }
    }

    /// Adds what the months bring to the totals and to the part.
    #[inline(never)]
    fn add_months_to(&mut self, part: &mut Part) {
        self.add_totals();
        let trials = self.trials as usize;
        let scales = self.plan.scales;
        let (month_bins, cumulative_bins) = (Bins::up_to(scales.monthly_fan), Bins::up_to(scales.cumulative_fan));
        let mut cumulative = [0; TRIALS];
        for (amounts, month) in self.months.chunks_exact(ROW).zip(&mut part.months) {
            let amounts = &amounts[..TRIALS];
            cumulative.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
            let (sum, squares) = sums(&amounts[..trials]);
            month.sum += sum;
            month.sum_of_squares += squares;
            month_bins.count(&amounts[..trials], &mut month.monthly_fan);
            cumulative_bins.count(&cumulative[..trials], &mut month.cumulative_fan);
        }
    }

    /// Adds what each deal did to the part.
    fn add_deals_to(&self, part: &mut Part) {
        let target = self.plan.target;
        let hits: [u16; STRATA] = std::array::from_fn(|group| {
            let lanes = &self.totals[group * GROUP as usize..(group + 1) * GROUP as usize];
            let bits = lanes
                .iter()
                .enumerate()
                .fold(0, |bits, (lane, total)| bits | u16::from(i64::from(*total) >= target) << lane);
            if group < self.groups() { bits & self.counting(group) } else { 0 }
        });
        let misses = self.near_misses();
        for (index, deal) in self.plan.deals.iter().enumerate() {
            let won = &self.won[index];
            let deal_part = &mut part.deals[index];
            deal_part.won += count_ones(won, &[u16::MAX; STRATA]);
            deal_part.won_and_hit += count_ones(won, &hits);
            let (swing, squared) = self.swing(index, deal, won, &misses);
            deal_part.swing += swing;
            deal_part.swing_squared += squared;
        }
    }

    /// Trials below the target by at most the largest amount.
    fn near_misses(&self) -> Vec<NearMiss> {
        let largest = self.plan.deals.iter().map(|deal| deal.amount.largest).max().unwrap_or(0);
        let target = self.plan.target;
        let gap = |total: u32| u32::try_from(target - i64::from(total)).ok().filter(|gap| *gap > 0 && *gap <= largest);
        let trials = self.totals[..self.trials as usize].iter().enumerate();
        let mut misses: Vec<NearMiss> =
            trials.filter_map(|(trial, total)| Some(NearMiss { gap: gap(*total)?, trial: trial as u32 })).collect();
        misses.sort_unstable_by_key(|miss| (miss.gap, miss.trial));
        misses
    }

    /// Σ over the trials that the deal would turn: its interventional swing, in 2⁻²⁰, and the sum of
    /// the squares, in 2⁻²⁰.
    ///
    /// A trial in which the deal is not won in the window shows the total of the other deals. It
    /// turns if the deal's own amount closes the gap. Such trials stand for all trials of their
    /// stratum, hence the weight 1 / (1 − P(won in window | stratum, rate)).
    #[inline(never)]
    fn swing(&self, index: usize, deal: &DealPlan, won: &[u16; STRATA], misses: &[NearMiss]) -> (i64, i64) {
        const WEIGHT_BITS: u32 = 18;
        let plan = self.plan;
        let detail = Detail::of(plan, self.number, deal);
        let (thresholds, rows) = (&plan.thresholds[deal.win], plan.rows.of(index));
        let reached = misses.partition_point(|miss| miss.gap <= deal.amount.largest);
        let (mut sum, mut squares) = (0, 0);
        for miss in &misses[..reached] {
            let (group, lane) = ((miss.trial / GROUP) as usize % STRATA, miss.trial % GROUP);
            if won[group] >> lane & 1 == 1 || miss.gap > deal.amount.least && deal.units(detail, miss.trial) < miss.gap
            {
                continue;
            }
            let stratum = usize::from(self.strata[group]);
            let class = deal.shared_rate.map_or(0, |rate| usize::from(self.classes[rate][miss.trial as usize]));
            let rows = &rows[stratum.min(rows.len() - 1)];
            let win = f64::from(thresholds[class][stratum]) / 4_294_967_296.0;
            let weight = 1.0 / (1.0 - (win * rows.in_window).min(0.9999));
            let weight = (weight * f64::from(1_u32 << WEIGHT_BITS) + 0.5) as u32;
            sum += u64::from(weight);
            squares += u128::from(u64::from(weight) * u64::from(weight));
        }
        // Weights are below 10⁴, in 2⁻¹⁸ below 2³².
        const TO_PART: u32 = 20 - WEIGHT_BITS;
        ((sum << TO_PART) as i64, (squares >> (2 * WEIGHT_BITS - 20)) as i64)
    }
}
