//! Selling hours of a team whose reps ramp up, leave and are replaced.

use crate::math::powi;

/// A sales team.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Reps at full productivity at the start.
    pub ramped_reps: f64,
    /// Selling hours of a rep, a month.
    pub hours_per_rep: f64,
    /// Months to full productivity.
    pub ramp: f64,
    /// Reps hired at the beginning of a month: month, count.
    pub hires: Vec<(usize, f64)>,
    /// Share of the reps that leaves at the end of a month.
    pub attrition: f64,
    /// Whether leavers are replaced at the beginning of the next month.
    pub replaced: bool,
    /// Share of the waiting opportunities lost a month.
    pub backlog_loss: f64,
}

impl Team {
    /// Whole months after which a rep has ramped up.
    fn whole_ramp(&self) -> usize {
        libm::ceil(self.ramp - 0.5).clamp(0.0, MONTHS as f64 + 1.0) as usize
    }

    /// Share of those hired who are still there then.
    #[inline(never)]
    fn staying(&self) -> f64 {
        powi(1.0 - self.attrition, self.whole_ramp() as i32)
    }

    /// Tells `each`, for months 1 to `months`, the month, the selling hours of each of several teams and its heads. A rep
    /// hired at the beginning of month s has a productivity of min(1, (t − s + ½)/ramp) in month t: of those who ramp up,
    /// their number and the sum of their months are carried from month to month.
    pub fn hours<const N: usize>(teams: [&Self; N], months: usize, mut each: impl FnMut(usize, [f64; N], [f64; N])) {
        let mut hired = [[0.0; N]; MONTHS + 2];
        for (lane, team) in teams.iter().enumerate() {
            for &(month, count) in &team.hires {
                if month <= months {
                    hired[month][lane] += count;
                }
            }
        }
        let (whole, staying) = (teams.map(Self::whole_ramp), teams.map(Self::staying));
        let (attrition, ramp) = (teams.map(|team| team.attrition), teams.map(|team| team.ramp));
        let hours_per_rep = teams.map(|team| team.hours_per_rep);
        let replaced = teams.map(|team| if team.replaced { team.attrition } else { 0.0 });
        let (mut ramped, mut ramping, mut tenures) = (teams.map(|team| team.ramped_reps), [0.0; N], [0.0; N]);
        // Loops so short that each becomes vector instructions.
        for month in 1..=months {
            let new = hired[month];
            // Nobody was hired before month 1.
            let done: [f64; N] =
                std::array::from_fn(|lane| hired[month.saturating_sub(whole[lane])][lane] * staying[lane]);
            for lane in 0..N {
                ramped[lane] += done[lane];
                ramping[lane] = at_least_nothing(ramping[lane] + new[lane] - done[lane]);
                let ramped_up = (whole[lane] as f64 + 0.5) * done[lane];
                tenures[lane] = at_least_nothing(tenures[lane] + 0.5 * new[lane] - ramped_up);
            }
            let all: [f64; N] = std::array::from_fn(|lane| ramped[lane] + ramping[lane]);
            let while_ramping: [f64; N] = std::array::from_fn(|lane| tenures[lane] / ramp[lane]);
            let working: [f64; N] =
                std::array::from_fn(|lane| ramped[lane] + if ramping[lane] > 0.0 { while_ramping[lane] } else { 0.0 });
            each(month, std::array::from_fn(|lane| hours_per_rep[lane] * working[lane]), all);
            for lane in 0..N {
                hired[month + 1][lane] += replaced[lane] * all[lane];
                ramped[lane] *= 1.0 - attrition[lane];
                ramping[lane] *= 1.0 - attrition[lane];
                tenures[lane] = tenures[lane] * (1.0 - attrition[lane]) + ramping[lane];
            }
        }
    }
}

/// Without what rounding leaves below nobody.
#[inline(always)]
fn at_least_nothing(reps: f64) -> f64 {
    if reps > 0.0 { reps } else { 0.0 }
}

/// Most months of a horizon.
const MONTHS: usize = crate::scenario::validate::MAXIMUM_MONTHS as usize;

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn team() -> Team {
        Team {
            ramped_reps: 8.0,
            hours_per_rep: 95.0,
            ramp: 6.0,
            hires: vec![],
            attrition: 0.02,
            replaced: true,
            backlog_loss: 0.1,
        }
    }

    fn hours(team: &Team) -> (Vec<f64>, Vec<f64>) {
        let (mut hours, mut heads) = (Vec::new(), Vec::new());
        Team::hours([team], 24, |_, [of_month], [there]| {
            hours.push(of_month);
            heads.push(there);
        });
        (hours, heads)
    }

    #[test]
    fn replacement_keeps_heads_and_costs_hours() {
        let (hours, heads) = hours(&team());
        assert!(heads.iter().all(|&heads| (heads - 8.0).abs() < 1e-12));
        // Each month 2 % are new: 2 % of the team at (j + ½)/6 of the hours for six months, that is
        // half of 0.12 of it (slightly less: some of them leave again).
        let lost = 1.0 - hours[23] / (8.0 * 95.0);
        assert!((0.055..0.06).contains(&lost), "{lost}");
    }

    /// min(1, (t − s + ½)/ramp).
    fn productivity(hired: usize, month: usize, ramp: f64) -> f64 {
        let tenure = (month - hired) as f64 + 0.5;
        if tenure >= ramp { 1.0 } else { tenure / ramp }
    }

    #[test]
    fn the_sums_are_those_over_the_reps() {
        for (ramp, attrition, replaced, ramped_reps) in [
            (6.0, 0.02, true, 8.0),
            (4.5, 0.03, true, 8.0),
            (3.2, 0.1, false, 0.0),
            (0.3, 0.02, true, 2.0),
            (0.0, 0.0, false, 1.0),
            (36.0, 1.0, true, 3.0),
            (1e9, 0.05, true, 3.0),
        ] {
            let hires = vec![(1, 2.0), (5, 1.5), (24, 1.0), (25, 9.0)];
            let team = Team { ramped_reps, ramp, hires, attrition, replaced, ..team() };
            let (hours, heads) = hours(&team);
            let mut present = [0.0; 26];
            team.hires.iter().for_each(|&(month, count)| present[month] += count);
            let mut ramped = ramped_reps;
            for month in 1..=24 {
                let here = 1..=month;
                let all = ramped + here.clone().map(|hired| present[hired]).sum::<f64>();
                let working =
                    ramped + here.clone().map(|hired| present[hired] * productivity(hired, month, ramp)).sum::<f64>();
                assert!((heads[month - 1] - all).abs() < 1e-12, "{ramp} {month}: {} {all}", heads[month - 1]);
                let error = (hours[month - 1] - 95.0 * working).abs();
                assert!(error < 1e-10, "{ramp} {month}: {} {}", hours[month - 1], 95.0 * working);
                here.for_each(|hired| present[hired] *= 1.0 - attrition);
                ramped *= 1.0 - attrition;
                if replaced {
                    present[month + 1] += attrition * all;
                }
            }
        }
    }

    #[test]
    fn a_hire_costs_half_the_ramp() {
        let full = Team { attrition: 0.0, ..team() };
        let hired = Team { hires: vec![(3, 1.0)], ..full.clone() };
        let gained: f64 = hours(&hired).0.iter().sum::<f64>() - hours(&full).0.iter().sum::<f64>();
        assert!((gained / 95.0 - (22.0 - 3.0)).abs() < 1e-9, "{gained}");
    }
}
