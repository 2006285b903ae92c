//! Both sides of the same simulated partners.
//!
//! A trial is a trial of the programme, partner by partner, on the very draws of
//! [`ProgrammePaths`](super::programme::ProgrammePaths). The partner's side follows the first partner that
//! signs: partners of a trial are alike in law, so that it stands for any of them. Its first deal, the months it
//! stays and its deals are those of the programme: given the repeat deals K of all partners in a month, its own
//! are binomial (K, its share of the expected ones), by thinning; after the programme's horizon, Poisson. Money is
//! counted by the partner's section, from its own signature: it spends until the programme drops it or it leaves,
//! and keeps the renewals of what it sold. Inputs of the same name in both sections share their draw.

use super::cash::{Discount, Measures, SCALARS, measure};
use super::counts::{Counts, silent_month};
use super::pnl::{Economics, renew};
use super::programme::{LIVES, STARTS, STREAMS, programme_inputs, programme_streams, programme_values};
use super::signed::{first_draw, is_above, threshold};
use crate::engine::paths::{Draws, Group, Input, LANES, PathModel, STRIP, Shape, Strip};
use crate::math::poisson;
use crate::model::partner_pnl::{PnlPlan, PnlValues};
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};
use crate::rng::{Purpose, fnv1a_64};

/// Numbers: the vendor's measures.
pub const VENDOR: usize = 0;
/// Numbers: the partner's measures, zero where nobody signs.
pub const PARTNER: usize = SCALARS;
/// Number: 1 where a partner signs.
pub const SIGNED: usize = 2 * SCALARS;
/// Number: 1 where it makes a first deal within its own horizon.
pub const STARTED: usize = 2 * SCALARS + 1;

/// Streams of the partner's side, after those of the programme.
const SHARE: usize = STREAMS;
const LATER: usize = STREAMS + 1;
/// Draws of a month in the stream of shares.
const PER_MONTH: u32 = 4096;

/// Both sides as a path model: no series, the numbers of two cash paths.
pub struct BothSides {
    programme: Programme,
    plan: PnlPlan,
    inputs: Vec<Input>,
    streams: Vec<(u64, Purpose)>,
    vendor_discount: Discount,
    partner_discount: Discount,
}

/// Reused memory.
pub struct Workspace {
    counts: Counts,
    vendor_net: Vec<Strip>,
    vendor_cumulative: Vec<Strip>,
    deals: Vec<Strip>,
    renewed: Vec<Strip>,
    net: Vec<Strip>,
    cumulative: Vec<Strip>,
}

impl BothSides {
    /// Prepares both sections.
    #[must_use]
    pub fn new(programme: &Programme, plan: &PnlPlan) -> Self {
        let mut inputs = programme_inputs(programme);
        inputs.extend(PnlValues::NAMES.iter().zip(&plan.laws).map(|(name, law)| Input::new(name, *law)));
        let mut streams = programme_streams();
        streams.extend([
            (fnv1a_64(b"partner_both_sides/share"), Purpose::Count),
            (fnv1a_64(b"partner_both_sides/later"), Purpose::Count),
        ]);
        Self {
            programme: programme.clone(),
            plan: plan.clone(),
            inputs,
            streams,
            vendor_discount: Discount::new(&programme.laws[0]),
            partner_discount: Discount::new(&plan.laws[0]),
        }
    }

    /// Age of the first deal, within its own horizon, of the partner with these draws, if any.
    fn start_age(&self, values: &ProgrammeValues, draw: u32) -> Option<usize> {
        let horizon = self.plan.horizon_months;
        let last = self.programme.stop_rule_months.unwrap_or(horizon).min(horizon);
        let (g, _) = silent_month(values);
        let mut silent = 1.0;
        (1..=last).find(|_| {
            silent *= g;
            !is_above(draw, threshold(values.capable_share * (1.0 - silent)))
        })
    }

    /// Months, up to `most`, that the partner with this draw stays after its first deal.
    fn life(values: &ProgrammeValues, draw: u32, most: usize) -> usize {
        let mut staying = 1.0;
        (0..most)
            .take_while(|_| {
                staying *= 1.0 - values.active_partner_monthly_attrition_rate;
                !is_above(draw, threshold(staying))
            })
            .count()
    }

    /// Deals of the reference partner by month since its signature, in the trial of a lane, at a place in the strip; gives
    /// the month of its first deal, if any, and the last month it spends.
    fn partner_deals(
        &self,
        values: &ProgrammeValues,
        counts: &Counts,
        draws: &Draws,
        (lane, place): (usize, usize),
        deals: &mut [Strip],
    ) -> (Option<usize>, usize) {
        let horizon = self.plan.horizon_months;
        deals.iter_mut().for_each(|month| month[place] = 0.0);
        let approached = counts.earliest[place] as usize;
        let own = |stream: usize| draws.bits(stream, lane, first_draw(approached));
        let Some(age) = (approached > 0).then(|| self.start_age(values, own(STARTS))).flatten() else {
            return (None, self.programme.stop_rule_months.unwrap_or(horizon).min(horizon));
        };
        let end = age + Self::life(values, own(LIVES), horizon - age);
        let ramp = values.deal_ramp_months.max(1.0);
        deals[age][place] = 1.0;
        for (month, deals) in deals.iter_mut().enumerate().take(end + 1).skip(age + 1) {
            let since = (month - age) as f64;
            let at = approached + self.programme.signing_lag_months + month;
            deals[place] = if at <= self.programme.horizon_months {
                let share = since.min(ramp) / counts.weights[at][place];
                let repeats = (counts.deals[at][place] - counts.first[at][place]) as u32;
                let own = |deal: &u32| draws.uniform(SHARE, lane, at as u32 * PER_MONTH + deal) < share;
                (0..repeats.min(PER_MONTH)).filter(own).count() as f64
            } else {
                let mean = values.deals_per_active_partner_per_month / ramp * since.min(ramp);
                poisson::quantile(draws.uniform(LATER, lane, month as u32), mean)
            };
        }
        (Some(age), end)
    }
}

impl PathModel for BothSides {
    type Workspace = Workspace;

    fn shape(&self) -> Shape {
        Shape { series: 0, months: 0, scalars: 2 * SCALARS + 2 }
    }

    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }

    fn workspace(&self) -> Workspace {
        let lanes = |horizon: usize| vec![[0.0; STRIP]; horizon + 1];
        let (vendor, partner) = (self.programme.horizon_months, self.plan.horizon_months);
        Workspace {
            counts: Counts::new(vendor + 1),
            vendor_net: lanes(vendor),
            vendor_cumulative: lanes(vendor),
            deals: lanes(partner),
            renewed: lanes(partner),
            net: lanes(partner),
            cumulative: lanes(partner),
        }
    }

    fn simulate(&self, draws: &Draws, work: &mut Workspace, group: &mut Group) {
        for first in (0..LANES).step_by(STRIP) {
            let values = programme_values(draws, first);
            self.vendor_side(&values, draws, work, group, first);
            self.partner_side(&values, draws, work, group, first);
        }
    }
}

/// Writes the measures of a strip to the numbers from `scalar` on.
fn write(group: &mut Group, scalar: usize, first: usize, measures: Measures<STRIP>) {
    for (further, values) in measures.by_scalar().iter().enumerate() {
        group.write_scalar(scalar + further, first, values);
    }
}

impl BothSides {
    /// Counts of the programme and the vendor's measures, for the strip that begins at lane `first`.
    fn vendor_side(
        &self,
        values: &[ProgrammeValues; STRIP],
        draws: &Draws,
        work: &mut Workspace,
        group: &mut Group,
        first: usize,
    ) {
        let Workspace { counts, vendor_net: net, vendor_cumulative: cumulative, .. } = work;
        counts.draw(&self.programme, values, draws, first);
        let investment = counts.cash(&self.programme, values, |month, cash| net[month] = *cash);
        let factors = self.vendor_discount.factors(&draws.input_strip(0, first));
        write(group, VENDOR, first, measure(net, cumulative, &factors, &investment));
    }

    /// The partner's measures.
    fn partner_side(
        &self,
        vendor: &[ProgrammeValues; STRIP],
        draws: &Draws,
        work: &mut Workspace,
        group: &mut Group,
        first: usize,
    ) {
        let offset = ProgrammeValues::NAMES.len();
        let partner: [PnlValues; STRIP] =
            std::array::from_fn(|lane| PnlValues::from_fn(|input| draws.input(offset + input)[first + lane]));
        let economics = Economics::of(&partner);
        let (mut last, mut signed, mut started) = ([0; STRIP], [0.0; STRIP], [0.0; STRIP]);
        for lane in 0..STRIP {
            let (start, end) =
                self.partner_deals(&vendor[lane], &work.counts, draws, (first + lane, lane), &mut work.deals);
            last[lane] = end;
            if work.counts.earliest[lane] > 0.0 {
                signed[lane] = 1.0;
                started[lane] = if start.is_some() { 1.0 } else { 0.0 };
            }
        }
        renew(&work.deals, &mut work.renewed, &economics.renewal_rate);
        let mut investment = economics.initial;
        for (month, net) in work.net.iter_mut().enumerate() {
            let funded = month <= self.plan.vendor_marketing_fund_months;
            let certified = if self.plan.certifies(month) { 1.0 } else { 0.0 };
            for lane in 0..STRIP {
                net[lane] = if month == 0 {
                    -economics.initial[lane]
                } else if month <= last[lane] {
                    let cost = economics.running[lane] + certified * economics.certification[lane];
                    investment[lane] += cost;
                    (if funded { economics.funding[lane] } else { 0.0 }) - cost
                } else {
                    0.0
                };
            }
            if let Some(at) = month.checked_sub(self.plan.payment_delay_months) {
                let (deals, renewed) = (&work.deals[at], &work.renewed[at]);
                for (lane, net) in net.iter_mut().enumerate() {
                    *net += deals[lane] * economics.deal[lane] + renewed[lane] * economics.renewal[lane];
                }
            }
        }
        let factors = self.partner_discount.factors(&draws.input_strip(offset, first));
        write(group, PARTNER, first, measure(&work.net, &mut work.cumulative, &factors, &investment));
        group.write_scalar(SIGNED, first, &signed);
        group.write_scalar(STARTED, first, &started);
    }
}
