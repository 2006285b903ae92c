//! Selling hours of a team whose reps ramp up, leave and are replaced.

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

/// Productivity of a rep hired at the beginning of month `hired`, in month `month`:
/// min(1, (t − s + ½)/ramp).
#[must_use]
pub fn productivity(hired: usize, month: usize, ramp: f64) -> f64 {
    let tenure = (month - hired) as f64 + 0.5;
    if tenure >= ramp { 1.0 } else { tenure / ramp }
}

impl Team {
    /// Selling hours and heads of months 1 to `months`, into the two lists.
    pub fn hours(&self, months: usize, hours: &mut Vec<f64>, heads: &mut Vec<f64>) {
        hours.clear();
        heads.clear();
        let stay = 1.0 - self.attrition;
        // Those still there of the hires of each month.
        let mut present = [0.0; MONTHS + 2];
        for &(month, count) in &self.hires {
            if month <= months {
                present[month] += count;
            }
        }
        let mut ramped = self.ramped_reps;
        for month in 1..=months {
            let (mut working, mut all) = (ramped, ramped);
            for (hired, present) in present.iter_mut().enumerate().take(month + 1).skip(1) {
                working += *present * productivity(hired, month, self.ramp);
                all += *present;
                *present *= stay;
            }
            hours.push(self.hours_per_rep * working);
            heads.push(all);
            ramped *= stay;
            if self.replaced {
                present[month + 1] += self.attrition * all;
            }
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
        team.hours(24, &mut hours, &mut heads);
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

    #[test]
    fn a_hire_costs_half_the_ramp() {
        let full = Team { attrition: 0.0, ..team() };
        let hired = Team { hires: vec![(3, 1.0)], ..full.clone() };
        let gained: f64 = hours(&hired).0.iter().sum::<f64>() - hours(&full).0.iter().sum::<f64>();
        assert!((gained / 95.0 - (22.0 - 3.0)).abs() < 1e-9, "{gained}");
    }
}
