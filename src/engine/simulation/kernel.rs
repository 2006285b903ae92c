//! One block of trials, deal by deal.

use super::delays::{Row, RowDraw};
use super::joining::in_units;
use super::lanes;
use super::part::{Part, sums};
use super::strata::STRATA;
use super::{BLOCK, DealPlan, FAN_BINS, GROUP, Plan};
use crate::model::open_pipeline::win_probability::RATE_CLASSES;
use crate::rng::{MARKET_FACTOR, Purpose, Stream, stream};

const TRIALS: usize = BLOCK as usize;
/// Trials that the deals go through at a time: their months stay in the processor's nearest cache.
const SPAN: usize = 1024;
/// Groups of a span.
const SPAN_GROUPS: usize = SPAN / GROUP as usize;
/// From a month to the next in a span's months: not a power of two, whose rows would displace one another
/// from the cache.
const ROW: usize = SPAN + 16;

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
    /// Revenue of the span's trials, month after month; the last row is what comes after the horizon.
    months: Vec<u32>,
    /// The trials of the span that a deal wins, one after another, and those of them outside the window: scratch.
    winners: [u16; SPAN + 8],
    outside: [u16; SPAN],
    /// Revenue of the window by trial.
    totals: Box<[u32; TRIALS]>,
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
        months: vec![0; (plan.pipeline.horizon_months as usize + 1) * ROW],
        winners: [0; SPAN + 8],
        outside: [0; SPAN],
        totals: Box::new([0; TRIALS]),
        won: vec![[0; STRATA]; plan.deals.len()],
    };
    let joining = plan.joining.map(|source| in_units(&source.revenue(number), plan.scales.units, plan.scales.joining));
    for span in 0..(trials as usize).div_ceil(SPAN) {
        block.months.fill(0);
        if let Some(revenue) = &joining {
            block.join(revenue, span);
        }
        for (index, deal) in plan.deals.iter().enumerate() {
            block.simulate_deal(index, deal, span);
        }
        block.add_months_to(part, span);
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
    /// Starts the months of a span with what joins the deals.
    fn join(&mut self, revenue: &[u32], span: usize) {
        for (month, amounts) in self.months.chunks_exact_mut(ROW).zip(revenue.chunks_exact(TRIALS)) {
            month[..SPAN].copy_from_slice(&amounts[span * SPAN..(span + 1) * SPAN]);
        }
    }

    fn groups(&self) -> usize {
        self.trials.div_ceil(GROUP) as usize
    }

    /// Bits of the group's trials that count.
    fn counting(&self, group: usize) -> u16 {
        let left = self.trials - group as u32 * GROUP;
        if left >= GROUP { u16::MAX } else { (1 << left) - 1 }
    }

    /// Not inlined, like its neighbours: a browser replaces a slow first compilation function by function, at calls.
    #[inline(never)]
    fn simulate_deal(&mut self, index: usize, deal: &DealPlan, span: usize) {
        let plan = self.plan;
        let mut won = self.outcomes(deal, span);
        let winners = list(&won, &mut self.winners);
        let detail = stream(plan.seed, self.number, deal.key, Purpose::Amount);
        let trials = Trials { winners, outside: &mut self.outside, first: (span * SPAN) as u32, detail };
        let months = &mut self.months[..];
        let row = |rows: &RowDraw, draw| rows.row(draw, deal, plan.pipeline);
        // One loop for each kind of deal: what does not change is decided outside.
        match (plan.rows.of(index), &deal.amount.varying) {
            ([rows], Some(shape)) => {
                let cells = &shape.cells[..];
                let units = |draw| deal.amount.varying_units(shape, cells, draw);
                add(trials, months, &mut won, |_, draw| row(rows, draw), units);
            }
            ([rows], None) => {
                add(trials, months, &mut won, |_, draw| row(rows, draw), |_| deal.amount.least);
            }
            (rows, _) => {
                let strata = &self.strata[span * SPAN_GROUPS..];
                let row = |group: usize, draw| row(&rows[usize::from(strata[group])], draw);
                add(trials, months, &mut won, row, |draw| deal.amount.units(draw));
            }
        }
        self.won[index][span * SPAN_GROUPS..(span + 1) * SPAN_GROUPS].copy_from_slice(&won);
    }

    /// Trials of the span that the deal wins, whenever it closes: a bit each.
    fn outcomes(&self, deal: &DealPlan, span: usize) -> [u16; SPAN_GROUPS] {
        let outcome = stream(self.plan.seed, self.number, deal.key, Purpose::Outcome);
        let thresholds = &self.plan.thresholds[deal.win];
        let mut won = [0_u16; SPAN_GROUPS];
        let groups = (span * SPAN_GROUPS)..self.groups();
        for (group, won) in groups.zip(&mut won) {
            let stratum = usize::from(self.strata[group]);
            *won = self.counting(group)
                & match deal.shared_rate {
                    None => won_at_threshold(outcome, group as u32, thresholds[0][stratum]),
                    Some(rate) => {
                        let first = group * GROUP as usize;
                        let classes = &self.classes[rate][first..first + GROUP as usize];
                        won_by_class(outcome, group as u32, |lane| thresholds[usize::from(classes[lane])][stratum])
                    }
                };
        }
        won
    }

    /// Adds what the span's months bring to the totals and to the part.
    #[inline(never)]
    fn add_months_to(&mut self, part: &mut Part, span: usize) {
        let first = span * SPAN;
        let trials = (self.trials as usize - first).min(SPAN);
        let window = self.plan.pipeline.first_month as usize - 1..self.plan.pipeline.last_month as usize;
        let totals = &mut self.totals[first..first + SPAN];
        let scales = self.plan.scales;
        let (month_bins, cumulative_bins) = (Bins::up_to(scales.monthly_fan), Bins::up_to(scales.cumulative_fan));
        let mut cumulative = [0; SPAN];
        for (index, (amounts, month)) in self.months.chunks_exact(ROW).zip(&mut part.months).enumerate() {
            let amounts = &amounts[..SPAN];
            if window.contains(&index) {
                totals.iter_mut().zip(amounts).for_each(|(total, amount)| *total += amount);
            }
            cumulative.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
            let (sum, squares) = sums(&amounts[..trials]);
            month.sum += sum;
            month.sum_of_squares += squares;
            month_bins.count(&amounts[..trials], &mut month.monthly_fan);
            cumulative_bins.count(&cumulative[..trials], &mut month.cumulative_fan);
        }
    }

    /// Adds the totals and what each deal did to the part.
    fn add_to(self, part: &mut Part) {
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
            let ones = |bits: &[u16; STRATA]| bits.iter().map(|bits| bits.count_ones()).sum::<u32>();
            part.deals[index].won += ones(won);
            part.deals[index].won_and_hit += ones(&std::array::from_fn(|group| won[group] & hits[group]));
            let (swing, squared) = self.swing(index, deal, won, &misses);
            part.deals[index].swing += swing;
            part.deals[index].swing_squared += squared;
        }
        part.totals.push((self.number, self.totals[..self.trials as usize].to_vec()));
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
        let plan = self.plan;
        let detail = stream(plan.seed, self.number, deal.key, Purpose::Amount);
        let (mut sum, mut squares) = (0, 0);
        for miss in misses.iter().take_while(|miss| miss.gap <= deal.amount.largest) {
            let (group, lane) = ((miss.trial / GROUP) as usize, miss.trial % GROUP);
            if won[group] >> lane & 1 == 1 {
                continue;
            }
            let closed = || deal.amount.units((detail.word(miss.trial) >> 32) as u32) >= miss.gap;
            if miss.gap > deal.amount.least && !closed() {
                continue;
            }
            let stratum = usize::from(self.strata[group]);
            let class = deal.shared_rate.map_or(0, |rate| usize::from(self.classes[rate][miss.trial as usize]));
            let win = f64::from(plan.thresholds[deal.win][class][stratum]) / 4_294_967_296.0;
            let closes = plan.rows.closes_in_window(index, deal, stratum, plan.pipeline);
            let weight = 1.0 / (1.0 - (win * closes).min(0.9999));
            sum += (weight * 1_048_576.0 + 0.5) as i64;
            squares += (weight * weight * 1_048_576.0 + 0.5) as i64;
        }
        (sum, squares)
    }
}

/// The trials of a span that a deal wins.
struct Trials<'a> {
    /// Counted from the first of the span.
    winners: &'a [u16],
    /// Memory for those that close outside the window.
    outside: &'a mut [u16; SPAN],
    /// First trial of the span.
    first: u32,
    /// What month and amount are drawn from.
    detail: Stream,
}

/// Draws month and amount of each winner, adds the one to the other, and unmarks those outside the window.
#[inline(always)]
fn add(
    trials: Trials,
    months: &mut [u32],
    won: &mut [u16; SPAN_GROUPS],
    row: impl Fn(usize, u32) -> Row,
    units: impl Fn(u32) -> u32,
) {
    let mut outside = 0;
    for trial in trials.winners {
        let group = usize::from(trial / GROUP as u16) % SPAN_GROUPS;
        let word = trials.detail.word(trials.first + u32::from(*trial));
        let row = row(group, word as u32);
        // Noted without a branch, and unmarked afterwards: marks in memory would wait for one another.
        trials.outside[outside % SPAN] = *trial;
        outside += usize::from(row.outside());
        months[row.index() as usize * ROW + usize::from(*trial)] += units((word >> 32) as u32);
    }
    for trial in &trials.outside[..outside.min(SPAN)] {
        won[usize::from(trial / GROUP as u16) % SPAN_GROUPS] &= !(1 << (trial % GROUP as u16));
    }
}

/// Lists the trials whose bit is set, in ascending order.
fn list<'a>(bits: &[u16; SPAN_GROUPS], trials: &'a mut [u16; SPAN + 8]) -> &'a [u16] {
    let mut count = 0;
    for (group, bits) in bits.iter().enumerate() {
        for (half, byte) in bits.to_le_bytes().into_iter().enumerate() {
            let first = (group * GROUP as usize + 8 * half) as u16;
            // Eight at once, of which the next call overwrites those past the count.
            let lanes = &SET_BITS[usize::from(byte)];
            let slots = &mut trials[count..count + 8];
            slots.iter_mut().zip(lanes).for_each(|(slot, lane)| *slot = first + u16::from(*lane));
            count += byte.count_ones() as usize;
        }
    }
    &trials[..count]
}

/// Numbers of the set bits of each byte, then zeros.
static SET_BITS: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut bit, mut count) = (0, 0);
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                table[byte][count] = bit as u8;
                count += 1;
            }
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// Bits of the 16 trials of a group whose 32-bit draw is below the threshold.
///
/// The first byte of each draw decides alone unless it equals the threshold's.
#[inline]
fn won_at_threshold(outcome: Stream, group: u32, threshold: u32) -> u16 {
    let (low, high) = (outcome.word(2 * group), outcome.word(2 * group + 1));
    let (mut below, mut ties) = lanes::compare(low, high, (threshold >> 24) as u8);
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

/// Bins of a fan: 0 for nothing, then equal widths up to the top.
struct Bins {
    /// Bins per unit, as a multiple of 2^−`shift`: between 2³¹ and 2³².
    per_unit: u64,
    shift: u32,
}

impl Bins {
    fn up_to(top: u32) -> Self {
        let shift = top.ilog2() + u32::BITS - 1 - FAN_BINS.ilog2();
        Self { per_unit: ((FAN_BINS as u64) << shift) / u64::from(top), shift }
    }

    /// Counts amounts by bin.
    fn count(&self, amounts: &[u32], bins: &mut [u32]) {
        let mut nothing = 0;
        for amount in amounts {
            if *amount == 0 {
                nothing += 1;
                continue;
            }
            let bin = (u64::from(*amount) * self.per_unit) >> self.shift;
            bins[1 + (bin as usize).min(FAN_BINS - 1)] += 1;
        }
        bins[0] += nothing;
    }
}
