//! One block of trials, deal by deal.

use super::adding::{Detail, ROW, add, unmark};
use super::bins::Bins;
use super::delays::window;
use super::joining::in_units;
use super::part::{Part, sums};
use super::strata::STRATA;
use super::winners::{AtHand, Winners};
use super::{BLOCK, DealPlan, GROUP, Plan, PlanDetail};
use crate::model::open_pipeline::win_probability::RATE_CLASSES;
use crate::rng::{MARKET_FACTOR, Purpose, Stream, stream};
use crate::steps::pause;
use std::ops::Range;

/// Trials of a block, to size arrays with.
pub const TRIALS: usize = BLOCK as usize;
/// Deals of a step.
const STEP_DEALS: usize = 125;

/// A trial whose total misses the target by little.
struct NearMiss {
    gap: u32,
    trial: u16,
    /// Stratum of its group.
    stratum: u8,
}

/// What the deals of a block did.
struct Block<'a> {
    plan: &'a Plan<'a>,
    number: u32,
    /// Trials of the block that count; the last block may be short.
    trials: u32,
    /// Stratum of each group: in their order, so that neighbours are alike; in a short block, whose last groups do not
    /// count, in a random one.
    strata: [u8; STRATA],
    /// Class of each shared rate, by trial.
    classes: Vec<Vec<u8>>,
    /// Revenue of the trials, month after month.
    months: Vec<u32>,
    /// Revenue of the window by trial.
    totals: Box<[u32; TRIALS]>,
    /// Trials in which each deal is won in the window: a bit per trial.
    won: Vec<[u16; STRATA]>,
}

/// Simulates some blocks side by side and adds them to the part: what a deal brings along is at hand for all of them.
pub async fn simulate_blocks(plan: &Plan<'_>, numbers: Range<u32>, part: &mut Part) {
    let mut blocks = Vec::new();
    for number in numbers {
        blocks.push(Block::new(plan, number));
        pause().await;
    }
    let (mut at_hand, mut winners) = (Box::new(AtHand::new()), Box::new(Winners::default()));
    for (index, deal) in plan.deals.each.iter().enumerate() {
        at_hand.start(deal, &plan.deals.rows[deal.rows]);
        for block in &mut blocks {
            block.simulate_deal(index, deal, &at_hand, &mut winners);
        }
        if index % STEP_DEALS == 0 {
            pause().await;
        }
    }
    for mut block in blocks {
        block.add_to(part);
        pause().await;
    }
}

/// A random order (Fisher–Yates).
fn shuffle(strata: &mut [u8; STRATA], factor: Stream) {
    for last in (1..STRATA).rev() {
        strata.swap(last, factor.below(last as u32, last as u32 + 1) as usize);
    }
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

/// Bits of a group's trials that count, of so many in the block.
fn counting(trials: u32, group: usize) -> u16 {
    let left = trials.saturating_sub(group as u32 * GROUP);
    if left >= GROUP { u16::MAX } else { (1 << left) - 1 }
}

impl<'a> Block<'a> {
    /// The block before any deal.
    fn new(plan: &'a Plan<'a>, number: u32) -> Self {
        let mut months = vec![0; plan.pipeline.horizon_months as usize * ROW];
        if let Some(source) = plan.joining {
            let revenue = in_units(&source.revenue(number), plan.scales.units, plan.scales.joining);
            for (month, amounts) in months.chunks_exact_mut(ROW).zip(revenue.chunks_exact(TRIALS)) {
                month[..TRIALS].copy_from_slice(amounts);
            }
        }
        let trials = BLOCK.min(plan.trials - number * BLOCK);
        let mut strata = std::array::from_fn(|group| group as u8);
        if trials < BLOCK {
            shuffle(&mut strata, stream(plan.seed, number, MARKET_FACTOR, Purpose::Factor));
        }
        Self {
            plan,
            number,
            trials,
            strata,
            classes: plan.pipeline.rate_keys.iter().map(|key| draw_classes(plan.seed, number, *key)).collect(),
            months,
            totals: Box::new([0; TRIALS]),
            won: vec![[0; STRATA]; plan.deals.each.len()],
        }
    }

    /// Adds all there is to the part, once the deals are simulated.
    fn add_to(&mut self, part: &mut Part) {
        self.add_totals();
        if self.plan.deals.detail == PlanDetail::Everything {
            self.add_months_to(part);
            self.add_deals_to(part);
        }
        part.totals.push((self.number, self.totals[..self.trials as usize].to_vec()));
    }

    /// Not inlined, like its neighbours: a browser replaces a slow first compilation function by function, at calls.
    #[inline(never)]
    fn simulate_deal(&mut self, index: usize, deal: &DealPlan, at_hand: &AtHand, winners: &mut Winners) {
        let detail = Detail::of(self.plan, self.number, deal);
        detail.draw(winners);
        self.list_winners(index, deal, at_hand, winners);
        let rows = &self.plan.deals.rows[deal.rows];
        let strata = &self.strata;
        let rows_of = |trial: u32| rows.of(strata[(trial / GROUP) as usize % STRATA]);
        add(deal, detail, rows_of, winners, &mut self.months);
        if rows.leave_window {
            unmark(winners, window(self.plan.pipeline), &mut self.won[index]);
        }
    }

    /// Lists the trials that the deal wins within the horizon: a bit each.
    fn list_winners(&mut self, index: usize, deal: &DealPlan, at_hand: &AtHand, winners: &mut Winners) {
        let thresholds = &self.plan.deals.chances[deal.chances].thresholds;
        let rows = &self.plan.deals.rows[deal.rows];
        let (strata, won) = (&self.strata, &mut self.won[index]);
        let by_group = |group: usize| &*rows.of(strata[group]).by_entry;
        match deal.shared_rate {
            None => {
                let in_order;
                let thresholds = if self.trials == BLOCK {
                    &thresholds[0]
                } else {
                    in_order = strata.map(|stratum| thresholds[0][usize::from(stratum)]);
                    &in_order
                };
                if rows.by_stratum.len() == 1 {
                    winners.list(at_hand, thresholds, won);
                } else {
                    winners.list_by_stratum(at_hand, thresholds, by_group, won);
                }
            }
            Some(rate) => {
                let classes = &self.classes[rate];
                let threshold = |group: usize, trial: usize| {
                    let class = classes[group * GROUP as usize + trial];
                    thresholds[usize::from(class)][usize::from(strata[group])]
                };
                winners.list_by_class(at_hand, threshold, by_group, won);
            }
        }
        if self.trials < BLOCK {
            winners.keep_below(self.trials);
            won.iter_mut().enumerate().for_each(|(group, won)| *won &= counting(self.trials, group));
        }
    }

    /// Adds the months of the window to the totals.
    fn add_totals(&mut self) {
        let window = window(self.plan.pipeline);
        for amounts in self.months.chunks_exact(ROW).take(window.end).skip(window.start) {
            self.totals.iter_mut().zip(amounts).for_each(|(total, amount)| *total += amount);
        }
    }

    /// Adds what the months bring to the totals and to the part.
    #[inline(never)]
    fn add_months_to(&self, part: &mut Part) {
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
            bits & counting(self.trials, group)
        });
        let misses = self.near_misses();
        for (index, deal) in self.plan.deals.each.iter().enumerate() {
            let won = &self.won[index];
            let deal_part = &mut part.deals[index];
            deal_part.won += count_ones(won, &[u16::MAX; STRATA]);
            deal_part.won_and_hit += count_ones(won, &hits);
            let (swing, squared) = self.swing(deal, won, &misses);
            deal_part.swing += swing;
            deal_part.swing_squared += squared;
        }
    }

    /// Trials below the target by at most the largest amount, sorted by what they miss.
    fn near_misses(&self) -> Vec<NearMiss> {
        let largest = self.plan.deals.each.iter().map(|deal| deal.amount.largest).max().unwrap_or(0);
        let target = self.plan.target;
        let gap = |total: u32| u32::try_from(target - i64::from(total)).ok().filter(|gap| *gap > 0 && *gap <= largest);
        let trials = self.totals[..self.trials as usize].iter().enumerate();
        let miss = |(trial, total): (usize, &u32)| {
            let stratum = self.strata[trial / GROUP as usize];
            Some(NearMiss { gap: gap(*total)?, trial: trial as u16, stratum })
        };
        let mut misses: Vec<NearMiss> = trials.filter_map(miss).collect();
        misses.sort_unstable_by_key(|miss| (miss.gap, miss.trial));
        misses
    }

    /// Σ over the trials that the deal would turn: its interventional swing, and Σ of the squares, in 2⁻²⁰.
    ///
    /// A trial in which the deal is not won in the window shows the total of the other deals. It
    /// turns with the probability that the deal's own amount closes the gap. Such trials stand for all trials of their
    /// stratum, hence the weight 1 / (1 − P(won in window | stratum, rate)).
    #[inline(never)]
    fn swing(&self, deal: &DealPlan, won: &[u16; STRATA], misses: &[NearMiss]) -> (i64, i64) {
        let chances = &self.plan.deals.chances[deal.chances];
        let reached = misses.partition_point(|miss| miss.gap <= deal.amount.largest);
        let misses = &misses[..reached];
        let (sum, squares) = match (deal.shared_rate, deal.amount.share_from()) {
            (None, Some(share)) => turned(misses, won, |miss| chances.weights[0][usize::from(miss.stratum)], share),
            (rate, share) => {
                let class =
                    |miss: &NearMiss| rate.map_or(0, |rate| usize::from(self.classes[rate][usize::from(miss.trial)]));
                let weight = |miss: &NearMiss| chances.weights[class(miss)][usize::from(miss.stratum)];
                turned(misses, won, weight, |gap| share.as_ref().map_or(1.0, |share| share(gap)))
            }
        };
        let whole = |sum: f64| (sum * 1_048_576.0 + 0.5) as i64;
        (whole(sum), whole(squares))
    }
}

/// Sums, over trials in which a deal is not won, of what each stands for times the share of amounts that close its gap;
/// and of the squares.
#[inline(always)]
fn turned(
    misses: &[NearMiss],
    won: &[u16; STRATA],
    weight: impl Fn(&NearMiss) -> f32,
    share: impl Fn(u32) -> f32,
) -> (f64, f64) {
    misses.iter().fold((0.0, 0.0), |(sum, squares), miss| {
        // Whether the deal is won is the toss of a coin: by arithmetic, not by a branch.
        let won = won[usize::from(miss.trial / GROUP as u16) % STRATA] >> (miss.trial % GROUP as u16) & 1;
        let turned = f64::from(weight(miss) * share(miss.gap) * f32::from(1 - won as u8));
        (sum + turned, squares + turned * turned)
    })
}
