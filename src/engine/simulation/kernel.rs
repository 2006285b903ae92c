//! One block of trials, deal by deal.

use super::part::Part;
use super::strata::STRATA;
use super::{BLOCK, DealPlan, FAN_BINS, GROUP, Plan};
use crate::model::open_pipeline::win_probability::RATE_CLASSES;
use crate::rng::{MARKET_FACTOR, Purpose, Stream, stream};

/// Trials whose total misses the target by little, sorted by what they miss.
struct NearMiss {
    gap: i64,
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
    /// Revenue of the window, by trial.
    totals: Vec<i64>,
    /// Revenue by month and trial.
    months: Vec<Vec<i64>>,
    /// Trials in which each deal is won in the window: a bit per trial.
    won: Vec<[u16; STRATA]>,
}

/// Simulates one block and adds it to the part.
pub fn simulate_block(plan: &Plan, number: u32, part: &mut Part) {
    let trials = BLOCK.min(plan.trials - number * BLOCK);
    let mut block = Block {
        plan,
        number,
        trials,
        strata: draw_strata(stream(plan.seed, number, MARKET_FACTOR, Purpose::Factor)),
        classes: plan.pipeline.rate_keys.iter().map(|key| draw_classes(plan.seed, number, *key)).collect(),
        totals: vec![0; BLOCK as usize],
        months: vec![vec![0; BLOCK as usize]; plan.pipeline.horizon_months as usize],
        won: Vec::with_capacity(plan.deals.len()),
    };
    for deal in &plan.deals {
        block.simulate_deal(deal);
    }
    block.add_to(part);
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

impl Block<'_> {
    fn groups(&self) -> usize {
        self.trials.div_ceil(GROUP) as usize
    }

    /// Bits of the group's trials that count.
    fn counting(&self, group: usize) -> u16 {
        let left = self.trials - group as u32 * GROUP;
        if left >= GROUP { u16::MAX } else { (1 << left) - 1 }
    }

    fn simulate_deal(&mut self, deal: &DealPlan) {
        let plan = self.plan;
        let outcome = stream(plan.seed, self.number, deal.key, Purpose::Outcome);
        let detail = stream(plan.seed, self.number, deal.key, Purpose::Amount);
        let thresholds = &plan.thresholds[deal.win];
        let delays = &plan.delays[deal.delay];
        let window = plan.pipeline.first_month..=plan.pipeline.last_month;
        let mut won_in_window = [0_u16; STRATA];
        for (group, won_in_group) in won_in_window.iter_mut().enumerate().take(self.groups()) {
            let stratum = usize::from(self.strata[group]);
            let won = match deal.shared_rate {
                None => won_at_threshold(outcome, group as u32, thresholds[0][stratum]),
                Some(rate) => {
                    let first = group * GROUP as usize;
                    let classes = &self.classes[rate][first..first + GROUP as usize];
                    won_by_class(outcome, group as u32, |lane| thresholds[usize::from(classes[lane])][stratum])
                }
            };
            let mut left = won & self.counting(group);
            let late_thresholds = &delays[stratum.min(delays.len() - 1)];
            while left != 0 {
                let lane = left.trailing_zeros();
                left &= left - 1;
                let trial = group as u32 * GROUP + lane;
                let draw = detail.word(trial);
                let late = months_late(late_thresholds, draw as u32);
                let month = deal.close_month + late;
                if month > plan.pipeline.horizon_months {
                    continue;
                }
                let amount = deal.amount.units((draw >> 32) as u32);
                self.months[month as usize - 1][trial as usize] += amount;
                if window.contains(&month) {
                    self.totals[trial as usize] += amount;
                    *won_in_group |= 1 << lane;
                }
            }
        }
        self.won.push(won_in_window);
    }

    fn add_to(mut self, part: &mut Part) {
        let trials = self.trials as usize;
        let target = self.plan.target;
        let hits: [u16; STRATA] = std::array::from_fn(|group| {
            let lanes = &self.totals[group * GROUP as usize..(group + 1) * GROUP as usize];
            let bits =
                lanes.iter().enumerate().fold(0, |bits, (lane, total)| bits | u16::from(*total >= target) << lane);
            if group < self.groups() { bits & self.counting(group) } else { 0 }
        });
        let misses = self.near_misses();
        for (index, deal) in self.plan.deals.iter().enumerate() {
            let won = &self.won[index];
            part.deals[index].won += won.iter().map(|bits| bits.count_ones()).sum::<u32>();
            part.deals[index].won_and_hit +=
                won.iter().zip(&hits).map(|(won, hit)| (won & hit).count_ones()).sum::<u32>();
            let (swing, squared) = self.swing(deal, won, &misses);
            part.deals[index].swing += swing;
            part.deals[index].swing_squared += squared;
        }
        self.months.iter_mut().for_each(|month| month.truncate(trials));
        self.totals.truncate(trials);
        let mut cumulative = vec![0_i64; trials];
        for (month, amounts) in self.months.iter().enumerate() {
            for (trial, amount) in amounts.iter().enumerate() {
                cumulative[trial] += amount;
                let wide = i128::from(*amount);
                part.months[month].sum += wide;
                part.months[month].sum_of_squares += wide * wide;
                part.months[month].monthly_fan[bin(*amount, self.plan.scales.monthly_fan)] += 1;
                part.months[month].cumulative_fan[bin(cumulative[trial], self.plan.scales.cumulative_fan)] += 1;
            }
        }
        part.totals.push((self.number, self.totals));
    }

    /// Trials below the target by at most the largest amount.
    fn near_misses(&self) -> Vec<NearMiss> {
        let largest = self.plan.deals.iter().map(|deal| deal.amount.largest()).max().unwrap_or(0);
        let target = self.plan.target;
        let mut misses: Vec<NearMiss> = self.totals[..self.trials as usize]
            .iter()
            .enumerate()
            .map(|(trial, total)| NearMiss { gap: target - total, trial: trial as u32 })
            .filter(|miss| miss.gap > 0 && miss.gap <= largest)
            .collect();
        misses.sort_unstable_by_key(|miss| (miss.gap, miss.trial));
        misses
    }

    /// Σ over the trials that the deal would turn: its interventional swing, in 2⁻²⁰, and the sum of
    /// the squares, in 2⁻²⁰.
    ///
    /// A trial in which the deal is not won in the window shows the total of the other deals. It
    /// turns if the deal's own amount closes the gap. Such trials stand for all trials of their
    /// stratum, hence the weight 1 / (1 − P(won in window | stratum, rate)).
    fn swing(&self, deal: &DealPlan, won: &[u16; STRATA], misses: &[NearMiss]) -> (i64, i64) {
        let plan = self.plan;
        let delays = &plan.delays[deal.delay];
        let detail = stream(plan.seed, self.number, deal.key, Purpose::Amount);
        let (mut sum, mut squares) = (0, 0);
        for miss in misses.iter().take_while(|miss| miss.gap <= deal.amount.largest()) {
            let (group, lane) = ((miss.trial / GROUP) as usize, miss.trial % GROUP);
            if won[group] >> lane & 1 == 1 {
                continue;
            }
            if deal.amount.units((detail.word(miss.trial) >> 32) as u32) < miss.gap {
                continue;
            }
            let stratum = usize::from(self.strata[group]);
            let class = deal.shared_rate.map_or(0, |rate| usize::from(self.classes[rate][miss.trial as usize]));
            let win = f64::from(plan.thresholds[deal.win][class][stratum]) / 4_294_967_296.0;
            let closes = closes_in_window(plan, deal, &delays[stratum.min(delays.len() - 1)]);
            let weight = 1.0 / (1.0 - (win * closes).min(0.9999));
            sum += (weight * 1_048_576.0 + 0.5) as i64;
            squares += (weight * weight * 1_048_576.0 + 0.5) as i64;
        }
        (sum, squares)
    }
}

/// P(closes in the window) from the delay thresholds.
fn closes_in_window(plan: &Plan, deal: &DealPlan, thresholds: &[u32]) -> f64 {
    let until = |month: u32| match month.checked_sub(deal.close_month) {
        Some(late) if (late as usize) + 1 < thresholds.len() => f64::from(thresholds[late as usize]) / 4_294_967_296.0,
        Some(_) => 1.0,
        None => 0.0,
    };
    until(plan.pipeline.last_month) - until(plan.pipeline.first_month - 1)
}

/// Bits of the 16 trials of a group whose 32-bit draw is below the threshold.
///
/// The first byte of each draw decides alone unless it equals the threshold's.
#[inline]
fn won_at_threshold(outcome: Stream, group: u32, threshold: u32) -> u16 {
    let bytes = first_bytes(outcome, group);
    let top = (threshold >> 24) as u8;
    let (mut below, mut ties) = (0_u16, 0_u16);
    for (lane, byte) in bytes.iter().enumerate() {
        below |= u16::from(*byte < top) << lane;
        ties |= u16::from(*byte == top) << lane;
    }
    while ties != 0 {
        let lane = ties.trailing_zeros();
        ties &= ties - 1;
        below |= u16::from(last_bits(outcome, group * GROUP + lane) < threshold & 0x00FF_FFFF) << lane;
    }
    below
}

/// The same with a threshold per trial.
#[inline]
fn won_by_class(outcome: Stream, group: u32, threshold: impl Fn(usize) -> u32) -> u16 {
    let bytes = first_bytes(outcome, group);
    let mut below = 0_u16;
    for (lane, byte) in bytes.iter().enumerate() {
        let threshold = threshold(lane);
        let top = (threshold >> 24) as u8;
        let won =
            *byte < top || *byte == top && last_bits(outcome, group * GROUP + lane as u32) < threshold & 0x00FF_FFFF;
        below |= u16::from(won) << lane;
    }
    below
}

/// The first bytes of the draws of a group's trials.
#[inline]
fn first_bytes(outcome: Stream, group: u32) -> [u8; GROUP as usize] {
    let mut bytes = [0; GROUP as usize];
    bytes[..8].copy_from_slice(&outcome.word(2 * group).to_le_bytes());
    bytes[8..].copy_from_slice(&outcome.word(2 * group + 1).to_le_bytes());
    bytes
}

/// The 24 further bits of a trial's draw.
#[inline]
fn last_bits(outcome: Stream, trial: u32) -> u32 {
    (outcome.word(2 * STRATA as u32 + trial) >> 40) as u32
}

/// Months late: the first k whose threshold is above the draw; the last one has the rest.
#[inline]
fn months_late(thresholds: &[u32], draw: u32) -> u32 {
    let last = thresholds.len() - 1;
    thresholds[..last].iter().position(|threshold| draw < *threshold).unwrap_or(last) as u32
}

/// Bin of a fan: 0 for nothing, then equal widths up to the top.
#[inline]
fn bin(amount: i64, top: i64) -> usize {
    if amount == 0 {
        return 0;
    }
    let bin = amount as f64 * (FAN_BINS as f64 / top as f64);
    1 + (bin as usize).min(FAN_BINS - 1)
}
