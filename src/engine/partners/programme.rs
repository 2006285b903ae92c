//! Simulation of the vendor's programme: expected counts, or candidates, partners and deals one by one.

use super::cash::{Discount, NET, SCALARS, finish, present_value};
use super::counts::Counts;
use crate::engine::paths::{Draws, Group, Input, LANES, PathModel, STRIP, Shape};
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};
use crate::rng::{Purpose, fnv1a_64};

/// Streams of [`programme_streams`].
pub(super) const SIGNATURES: usize = 0;
pub(super) const FRACTIONS: usize = 1;
pub(super) const STARTS: usize = 2;
pub(super) const LIVES: usize = 3;
pub(super) const REPEATS: usize = 4;
/// Number of them.
pub(super) const STREAMS: usize = 5;

/// Random streams of the programme.
pub(super) fn programme_streams() -> Vec<(u64, Purpose)> {
    ["signatures", "candidates", "first deals", "lives", "repeat deals"]
        .iter()
        .map(|use_| (fnv1a_64(format!("partner_vendor_programme/{use_}").as_bytes()), Purpose::Count))
        .collect()
}

/// Inputs of the programme, by name.
pub(super) fn programme_inputs(programme: &Programme) -> Vec<Input> {
    ProgrammeValues::NAMES.iter().zip(&programme.laws).map(|(name, law)| Input::new(name, *law)).collect()
}

/// Values of the inputs, which begin with the programme's, in the strip that begins at lane `first`.
pub(super) fn programme_values(draws: &Draws, first: usize) -> [ProgrammeValues; STRIP] {
    std::array::from_fn(|lane| ProgrammeValues::from_fn(|input| draws.input(input)[first + lane]))
}

/// The programme as a path model: series net and cumulative cash, numbers of a cash path.
pub struct ProgrammePaths {
    programme: Programme,
    inputs: Vec<Input>,
    streams: Vec<(u64, Purpose)>,
    discount: Discount,
}

impl ProgrammePaths {
    /// Prepares a programme.
    #[must_use]
    pub fn new(programme: &Programme) -> Self {
        Self {
            programme: programme.clone(),
            inputs: programme_inputs(programme),
            streams: programme_streams(),
            discount: Discount::new(&programme.laws[0]),
        }
    }

    /// Net present values in expected counts at many inputs, each in the order of their names.
    #[must_use]
    pub fn expected_npv(&self, rows: &[Vec<f64>]) -> Vec<f64> {
        let months = self.programme.horizon_months + 1;
        let (mut counts, mut net) = (Counts::new(months), vec![[0.0; STRIP]; months]);
        let mut found = Vec::with_capacity(rows.len());
        for rows in rows.chunks(STRIP) {
            // Lanes without a row repeat the first.
            let row = |lane: usize| rows.get(lane).unwrap_or(&rows[0]);
            let values = std::array::from_fn(|lane| ProgrammeValues::from_fn(|input| row(lane)[input]));
            counts.expect(&self.programme, &values);
            counts.cash(&self.programme, &values, |month, cash| net[month] = *cash);
            let factors = self.discount.factors(&values.map(|values| values.discount_rate_annual));
            found.extend_from_slice(&present_value(&net, &factors)[..rows.len()]);
        }
        found
    }
}

/// Memory of [`ProgrammePaths`].
pub struct Workspace(Counts);

impl PathModel for ProgrammePaths {
    type Workspace = Workspace;

    fn shape(&self) -> Shape {
        Shape { series: 2, months: self.programme.horizon_months + 1, scalars: SCALARS }
    }

    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }

    fn workspace(&self) -> Workspace {
        Workspace(Counts::new(self.programme.horizon_months + 1))
    }

    fn simulate(&self, draws: &Draws, work: &mut Workspace, group: &mut Group) {
        let counts = &mut work.0;
        let mut investment = [0.0; LANES];
        for first in (0..LANES).step_by(STRIP) {
            let values = programme_values(draws, first);
            if self.programme.partner_level {
                counts.draw(&self.programme, &values, draws, first);
            } else {
                counts.expect(&self.programme, &values);
            }
            let invested = counts.cash(&self.programme, &values, |month, net| group.write(NET, month, first, net));
            investment[first..first + STRIP].copy_from_slice(&invested);
        }
        finish(group, &self.discount.factors(draws.input(0)), &investment);
    }
}
