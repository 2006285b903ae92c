//! Simulation of the plan of one partner.

use super::cash::{Discount, SCALARS, finish};
use crate::engine::paths::{Draws, Group, Input, LANES, Lanes, PathModel, STRIP, Shape, Strip};
use crate::math::poisson;
use crate::model::partner_pnl::{PnlPlan, PnlValues};
use crate::rng::{Purpose, fnv1a_64};

/// The plan as a path model: series net and cumulative cash, numbers of a cash path.
pub struct PnlPaths {
    plan: PnlPlan,
    inputs: Vec<Input>,
    streams: [(u64, Purpose); 1],
    discount: Discount,
}

/// Reused memory: deals signed and contracts renewed, by month.
pub struct Workspace {
    deals: Vec<Lanes>,
    renewed: Vec<Lanes>,
}

/// What a plan earns and spends, by lane.
pub(super) struct Economics<const N: usize> {
    /// Margin kept of a new deal.
    pub deal: [f64; N],
    /// Margin kept of a renewal.
    pub renewal: [f64; N],
    /// Contracts renewed, a year.
    pub renewal_rate: [f64; N],
    /// Staff and marketing, a month.
    pub running: [f64; N],
    /// Outlay at the start.
    pub initial: [f64; N],
    /// Certification, a year.
    pub certification: [f64; N],
    /// Vendor's funds, a month.
    pub funding: [f64; N],
}

impl<const N: usize> Economics<N> {
    /// From the inputs of each lane. Not part of what uses it, so that loops over lanes are done by vectors.
    #[inline(never)]
    pub fn of(values: &[PnlValues; N]) -> Self {
        let lanes = |of: &dyn Fn(&PnlValues) -> f64| std::array::from_fn(|lane| of(&values[lane]));
        Self {
            deal: lanes(&|values| values.deal_margin() * values.kept()),
            renewal: lanes(&|values| values.renewal_margin() * values.kept()),
            renewal_rate: lanes(&|values| values.annual_renewal_rate),
            running: lanes(&PnlPlan::running_cost),
            initial: lanes(&|values| values.initial_training_certification + values.initial_marketing),
            certification: lanes(&|values| values.annual_certification_renewal),
            funding: lanes(&|values| values.vendor_marketing_fund_monthly),
        }
    }
}

/// Contracts renewed in each month: W_t = g·(d_{t−12} + W_{t−12}).
pub(super) fn renew<const N: usize>(deals: &[[f64; N]], renewed: &mut [[f64; N]], rate: &[f64; N]) {
    for month in 0..deals.len() {
        if month < 12 {
            renewed[month] = [0.0; N];
            continue;
        }
        for lane in 0..N {
            renewed[month][lane] = rate[lane] * (deals[month - 12][lane] + renewed[month - 12][lane]);
        }
    }
}

impl PnlPaths {
    /// Prepares a plan.
    #[must_use]
    pub fn new(plan: &PnlPlan) -> Self {
        let named = PnlValues::NAMES.iter().zip(&plan.laws);
        Self {
            plan: plan.clone(),
            inputs: named.map(|(name, law)| Input::new(name, *law)).collect(),
            streams: [(fnv1a_64(b"partner_pnl/deals"), Purpose::Count)],
            discount: Discount::new(&plan.laws[0]),
        }
    }

    /// Deals of each month: expected ones, or Poisson by inversion.
    fn deals(&self, draws: &Draws, values: &[PnlValues; LANES], deals: &mut [Lanes]) {
        let first = self.plan.first_deal_month;
        for (month, lanes) in deals.iter_mut().enumerate() {
            for (lane, deals) in lanes.iter_mut().enumerate() {
                *deals = self.plan.deals(&values[lane], month);
            }
        }
        if !self.plan.poisson || deals.len() <= first {
            return;
        }
        for (month, lanes) in deals.iter_mut().enumerate().skip(first) {
            for first in (0..LANES).step_by(STRIP) {
                let means: Strip = std::array::from_fn(|lane| lanes[first + lane]);
                let counts = poisson::in_lanes(&draws.uniforms(0, first, month as u32), &means);
                lanes[first..first + STRIP].copy_from_slice(&counts);
            }
        }
    }
}

impl PathModel for PnlPaths {
    type Workspace = Workspace;

    fn shape(&self) -> Shape {
        Shape { series: 2, months: self.plan.horizon_months + 1, scalars: SCALARS }
    }

    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }

    fn workspace(&self) -> Workspace {
        let months = vec![[0.0; LANES]; self.plan.horizon_months + 1];
        Workspace { deals: months.clone(), renewed: months }
    }

    fn simulate(&self, draws: &Draws, work: &mut Workspace, group: &mut Group) {
        let plan = &self.plan;
        let values: [PnlValues; LANES] =
            std::array::from_fn(|lane| PnlValues::from_fn(|input| draws.input(input)[lane]));
        let economics = Economics::of(&values);
        self.deals(draws, &values, &mut work.deals);
        renew(&work.deals, &mut work.renewed, &economics.renewal_rate);
        let mut investment = economics.initial;
        for (month, net) in group.series_mut(0).iter_mut().enumerate() {
            *net = if month == 0 { economics.initial.map(|cost| -cost) } else { [0.0; LANES] };
            if month > 0 {
                let funded = if month <= plan.vendor_marketing_fund_months { 1.0 } else { 0.0 };
                let certified = if plan.certifies(month) { 1.0 } else { 0.0 };
                for lane in 0..LANES {
                    let cost = economics.running[lane] + certified * economics.certification[lane];
                    investment[lane] += cost;
                    net[lane] = funded * economics.funding[lane] - cost;
                }
            }
            if let Some(signed) = month.checked_sub(plan.payment_delay_months) {
                let (deals, renewed) = (&work.deals[signed], &work.renewed[signed]);
                for lane in 0..LANES {
                    net[lane] += deals[lane] * economics.deal[lane] + renewed[lane] * economics.renewal[lane];
                }
            }
        }
        let factors = self.discount.factors(draws.input(0));
        finish(group, &factors, &investment);
    }
}
