//! The expected course of the sales machine, month by month.

use super::Inputs;
use super::team::Team;

/// Expected values by month; lists start at month 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Course {
    /// Leads.
    pub leads: Vec<f64>,
    /// Leads after what late follow-up loses.
    pub effective_leads: Vec<f64>,
    /// Marketing-qualified leads.
    pub mqls: Vec<f64>,
    /// Sales-qualified leads.
    pub sqls: Vec<f64>,
    /// Opportunities created.
    pub created: Vec<f64>,
    /// Opportunities that the team takes on.
    pub accepted: Vec<f64>,
    /// Opportunities won.
    pub wins: Vec<f64>,
    /// Revenue won.
    pub bookings: Vec<f64>,
    /// Opportunities lost.
    pub losses: Vec<f64>,
    /// Open opportunities at the end of the month.
    pub open: Vec<f64>,
    /// Their amounts.
    pub open_value: Vec<f64>,
    /// Selling hours; empty without capacity limit.
    pub hours: Vec<f64>,
    /// Reps.
    pub heads: Vec<f64>,
    /// Opportunities that the hours allow.
    pub limit: Vec<f64>,
    /// Accepted over allowed; `None` where nothing is allowed.
    pub utilisation: Vec<Option<f64>>,
    /// Opportunities waiting at the end of the month.
    pub backlog: Vec<f64>,
    /// Waiting opportunities lost in the month.
    pub backlog_lost: Vec<f64>,
    /// Share of the selling time on deals that are lost.
    pub lost_time: Vec<Option<f64>>,
    /// Pipeline velocity n·w·a/c, a day.
    pub velocity_per_day: Vec<f64>,
}

impl Inputs {
    /// Opportunities created in a month: D = Σ over lags of leads × lag probability × conversion,
    /// each at the regime of the lead's month.
    #[must_use]
    pub fn created_in(&self, month: i32) -> f64 {
        let first = 1 - self.burn_in_months as i32;
        let longest = self.regimes.iter().map(|regime| regime.lag.len()).max().unwrap_or(0);
        (0..longest as i32)
            .take_while(|lag| month - lag >= first)
            .map(|lag| {
                let regime = &self.regimes[self.regime_of(month - lag)];
                let share = regime.lag.get(lag as usize).copied().unwrap_or(0.0);
                self.leads_of(month - lag) * share * regime.lead_to_opportunity()
            })
            .sum()
    }

    /// The expected course. With accepted a(s), win rate w and times K by month of acceptance:
    /// wins(t) = Σ a(s)·w·P(K_w = t − s), open(t) = Σ a(s)·(w·P(K_w > t − s) + (1 − w)·P(K_l > t − s)).
    ///
    /// ```
    /// use dealcast::{model::pipeline_generation::resolve, scenario::Scenario};
    /// let text = r#"{"schema": "dealcast/1", "pipeline_generation": {"horizon_months": 12}}"#;
    /// let section = Scenario::from_json(text).unwrap().pipeline_generation.unwrap();
    /// let (inputs, _) = resolve(&section).unwrap();
    /// let course = inputs.course();
    /// let regime = &inputs.regimes[0];
    /// // Little's law: open = inflow × mean time open.
    /// assert!((course.open[11] - course.accepted[11] * regime.mean_open()).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn course(&self) -> Course {
        self.course_since(i32::MIN)
    }

    /// The same of the opportunities taken on in month 1 or later alone: without what is open today.
    #[must_use]
    pub fn course_of_new(&self) -> Course {
        self.course_since(1)
    }

    fn course_since(&self, month: i32) -> Course {
        let mut course = Course::default();
        self.funnel(&mut course);
        self.accept(&mut course);
        self.close(&mut course, month);
        course
    }

    fn funnel(&self, course: &mut Course) {
        for month in 1..=self.horizon_months as i32 {
            let regime = &self.regimes[self.regime_of(month)];
            let leads = self.leads_of(month);
            course.leads.push(leads);
            course.effective_leads.push(leads * regime.followup());
            course.mqls.push(leads * regime.followup() * regime.lead_to_mql);
            course.sqls.push(leads * regime.followup() * regime.lead_to_mql * regime.mql_to_sql);
            course.created.push(self.created_in(month));
        }
    }

    /// accepted = min(backlog + created, limit), limit = hours/h; the rest waits, and a share of it is lost.
    fn accept(&self, course: &mut Course) {
        if let Some(team) = &self.team {
            Team::hours([team], self.horizon_months, |_, [hours], [heads]| {
                course.hours.push(hours);
                course.heads.push(heads);
            });
        }
        let mut backlog = 0.0;
        for month in 1..=self.horizon_months {
            let regime = &self.regimes[self.regime_of(month as i32)];
            let created = course.created[month - 1];
            let Some(team) = &self.team else {
                course.accepted.push(created);
                continue;
            };
            let hours = regime.hours_per_opportunity();
            let limit = if hours > 0.0 { course.hours[month - 1] / hours } else { f64::INFINITY };
            let accepted = limit.min(backlog + created);
            let waiting = backlog + created - accepted;
            backlog = waiting * (1.0 - team.backlog_loss);
            course.limit.push(limit);
            course.accepted.push(accepted);
            course.utilisation.push((limit > 0.0).then(|| accepted / limit));
            course.backlog.push(backlog);
            course.backlog_lost.push(waiting - backlog);
        }
    }

    fn close(&self, course: &mut Course, since: i32) {
        let first = 1 - self.burn_in_months as i32;
        let before: Vec<f64> = (first..1).map(|month| self.created_in(month)).collect();
        for month in 1..=self.horizon_months as i32 {
            let (mut wins, mut bookings, mut losses, mut open, mut value, mut velocity) =
                (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for accepted_in in first.max(since)..=month {
                let accepted = match usize::try_from(accepted_in - 1) {
                    Ok(index) => course.accepted[index],
                    Err(_) => before[(accepted_in - first) as usize],
                };
                let regime = &self.regimes[self.regime_of(accepted_in)];
                let months = (month - accepted_in) as usize;
                let won = accepted * regime.win_rate;
                let lost = accepted - won;
                let closed = won * regime.to_win.probability(months);
                wins += closed;
                bookings += closed * regime.deal;
                losses += lost * regime.loss_probability(months);
                let still = won * regime.to_win.beyond(months) + lost * regime.loss_beyond(months);
                open += still;
                value += still * regime.deal;
                let days = regime.mean_open() * crate::distribution::DAYS_PER_MONTH;
                if days > 0.0 {
                    velocity += still * regime.win_rate * regime.deal / days;
                }
            }
            course.wins.push(wins);
            course.bookings.push(bookings);
            course.losses.push(losses);
            course.open.push(open);
            course.open_value.push(value);
            course.velocity_per_day.push(velocity);
            course.lost_time.push(self.regimes[self.regime_of(month)].share_of_time_on_lost_deals());
        }
    }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
