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
    /// Tells `each` selling hours and heads of months 1 to `months`, after the month. A rep hired at the beginning of month s has a
    /// productivity of min(1, (t − s + ½)/ramp) in month t: of those who ramp up, their number and the sum of their
    /// months are carried from month to month.
    pub fn hours(&self, months: usize, mut each: impl FnMut(usize, f64, f64)) {
        let stay = 1.0 - self.attrition;
        let mut hired = [0.0; MONTHS + 2];
        for &(month, count) in &self.hires {
            if month <= months {
                hired[month] += count;
            }
        }
        // Whole months after which a rep has ramped up, and the share of those hired who are still there.
        let whole = libm::ceil(self.ramp - 0.5).clamp(0.0, MONTHS as f64 + 1.0) as usize;
        let staying = powi(stay, whole as i32);
        let (mut ramped, mut ramping, mut tenures) = (self.ramped_reps, 0.0_f64, 0.0_f64);
        for month in 1..=months {
            ramping += hired[month];
            tenures += 0.5 * hired[month];
            if let Some(since) = month.checked_sub(whole) {
                let done = hired[since] * staying;
                ramped += done;
                // Rounding leaves no less than nobody.
                ramping = (ramping - done).max(0.0);
                tenures = (tenures - (whole as f64 + 0.5) * done).max(0.0);
            }
            let all = ramped + ramping;
            let working = ramped + if ramping > 0.0 { tenures / self.ramp } else { 0.0 };
            each(month, self.hours_per_rep * working, all);
            if self.replaced {
                hired[month + 1] += self.attrition * all;
            }
            ramped *= stay;
            ramping *= stay;
            tenures = tenures * stay + ramping;
        }
    }
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
        team.hours(24, |_, of_month, there| {
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
