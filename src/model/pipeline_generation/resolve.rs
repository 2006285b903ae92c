//! From the section `pipeline_generation` to the model's inputs, with the defaults of the
//! specification. A regime that does not state a value keeps that of the regime before.

use super::cycle::Cycle;
use super::team::Team;
use super::{Inputs, Regime};
use crate::distribution::Distribution;
use crate::error::{ErrorCode, InputError};
use crate::model::inputs::law;
use crate::model::uncertain::{Resolver, Setter, Uncertain};
use crate::scenario::amount::Quantity;
use crate::scenario::pipeline_generation::{Capacity, CycleTime, PipelineGeneration, Regime as Stated};

/// Months computed when the scenario states none.
pub const HORIZON_MONTHS: u32 = 36;
/// Months before month 1 when the scenario states none.
pub const BURN_IN_MONTHS: u32 = 60;
/// Standard deviation over mean of a cycle time.
const CYCLE_VARIATION: f64 = 0.5;
/// Mean days to a win and to a loss.
pub const CYCLE_DAYS: (f64, f64) = (90.0, 75.0);
/// Share of losing deals that the kill rule closes early.
pub const KILLED_SHARE: f64 = 0.4;
const SECTION: &str = "/pipeline_generation";

/// A rate of a regime: its name, where the scenario states it, where the model keeps it.
type Rate = (&'static str, fn(&Stated) -> Option<&Quantity>, Setter<Inputs>);

const RATES: [Rate; 9] = [
    ("followup_within_sla_share", |r| r.followup_within_sla_share.as_ref(), |i, r, x| i.regimes[r].followup_share = x),
    (
        "late_lead_relative_conversion",
        |r| r.late_lead_relative_conversion.as_ref(),
        |i, r, x| i.regimes[r].late_conversion = x,
    ),
    ("lead_to_mql", |r| r.lead_to_mql.as_ref(), |i, r, x| i.regimes[r].lead_to_mql = x),
    ("mql_to_sql", |r| r.mql_to_sql.as_ref(), |i, r, x| i.regimes[r].mql_to_sql = x),
    ("sql_to_opportunity", |r| r.sql_to_opportunity.as_ref(), |i, r, x| i.regimes[r].sql_to_opportunity = x),
    ("opportunity_to_win", |r| r.opportunity_to_win.as_ref(), |i, r, x| i.regimes[r].win_rate = x),
    ("average_deal", |r| r.average_deal.as_ref(), |i, r, x| i.regimes[r].deal = x),
    ("hours_per_won_deal", |r| r.hours_per_won_deal.as_ref(), |i, r, x| i.regimes[r].hours_won = x),
    ("hours_per_lost_deal", |r| r.hours_per_lost_deal.as_ref(), |i, r, x| i.regimes[r].hours_lost = x),
];

fn first_regime(cycles: &(Cycle, Cycle)) -> Regime {
    Regime {
        from_month: 1,
        followup_share: 0.65,
        late_conversion: 0.15,
        lead_to_mql: 0.40,
        mql_to_sql: 0.35,
        sql_to_opportunity: 0.30,
        lag: vec![0.5, 0.3, 0.2],
        win_rate: 0.22,
        deal: 25_000.0,
        to_win: cycles.0.clone(),
        to_loss: cycles.1.clone(),
        hours_won: 110.0,
        hours_lost: 22.5,
        kill: None,
    }
}

/// The regime, up to `index`, that states a field, and what it states.
fn source<'a, T: ?Sized>(
    stated: &'a [Stated],
    index: usize,
    field: impl Fn(&'a Stated) -> Option<&'a T>,
) -> Option<(usize, &'a T)> {
    (0..=index).rev().find_map(|source| field(stated.get(source)?).map(|value| (source, value)))
}

fn cycle(path: &str, stated: &CycleTime, default_days: f64) -> Result<Cycle, InputError> {
    let refused = |_| InputError::at(path, ErrorCode::OutOfRange);
    if let Some(pmf) = &stated.pmf {
        return Ok(Cycle::of_pmf(pmf));
    }
    let mean = |quantity: &Quantity| law(quantity).map(|law| law.mean());
    let variation = stated.coefficient_of_variation.as_ref().and_then(mean).unwrap_or(CYCLE_VARIATION);
    match stated.mean_days.as_ref().map(law) {
        None => Cycle::of_days(default_days, variation).map_err(refused),
        Some(Some(Distribution::Fixed { value })) => Cycle::of_days(value, variation).map_err(refused),
        Some(Some(law)) => Cycle::of_uncertain_days(&law, variation).map_err(refused),
        Some(None) => Err(InputError::at(path, ErrorCode::OutOfRange)),
    }
}

/// Resolves a section that was checked: inputs at their means, and those that vary.
///
/// # Errors
/// Quantities that no distribution has, located.
pub fn resolve(section: &PipelineGeneration) -> Result<(Inputs, Vec<Uncertain<Inputs>>), Vec<InputError>> {
    let stated = section.regimes.as_deref().unwrap_or_default();
    let default_cycle = |days| Cycle::of_days(days, CYCLE_VARIATION);
    let (Ok(to_win), Ok(to_loss)) = (default_cycle(CYCLE_DAYS.0), default_cycle(CYCLE_DAYS.1)) else {
        return Err(vec![InputError::at(SECTION, ErrorCode::OutOfRange)]);
    };
    let start = first_regime(&(to_win, to_loss));
    let mut inputs = Inputs {
        horizon_months: section.horizon_months.unwrap_or(HORIZON_MONTHS) as usize,
        burn_in_months: section.burn_in_months.unwrap_or(BURN_IN_MONTHS) as usize,
        leads: 650.0,
        lead_growth: 0.0,
        lead_level_cv: section.lead_level_coefficient_of_variation.unwrap_or(0.0),
        regimes: Vec::with_capacity(stated.len().max(1)),
        team: None,
    };
    let mut errors = Vec::new();
    for index in 0..stated.len().max(1) {
        let mut regime = inputs.regimes.last().unwrap_or(&start).clone();
        if let Some(stated) = stated.get(index) {
            regime.from_month = stated.from_month as usize;
            if let Some(lag) = &stated.lead_to_opportunity_lag_pmf {
                let total: f64 = lag.iter().sum();
                regime.lag = lag.iter().map(|p| p / total).collect();
            }
            for (name, time, kept, days) in [
                ("months_to_win", &stated.months_to_win, &mut regime.to_win, CYCLE_DAYS.0),
                ("months_to_loss", &stated.months_to_loss, &mut regime.to_loss, CYCLE_DAYS.1),
            ] {
                if let Some(time) = time {
                    match cycle(&format!("{SECTION}/regimes/{index}/{name}"), time, days) {
                        Ok(cycle) => *kept = cycle,
                        Err(error) => errors.push(error),
                    }
                }
            }
            if let Some(rule) = &stated.kill_rule {
                let after = rule.kill_after_months.unwrap_or(1) as usize;
                regime.kill = rule.enabled.then_some((KILLED_SHARE, after));
            }
        }
        inputs.regimes.push(regime);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut read = Resolver::new(SECTION, inputs);
    read.read("/leads_per_month", 0, section.leads_per_month.as_ref(), |i, _, x| i.leads = x);
    read.read("/leads_monthly_growth", 0, section.leads_monthly_growth.as_ref(), |i, _, x| i.lead_growth = x);
    for index in 0..stated.len() {
        regime(&mut read, stated, index);
    }
    if let Some(capacity) = &section.capacity {
        self::capacity(&mut read, capacity);
    }
    read.finish()
}

/// The quantities of one regime, its own or inherited ones: an inherited one shares its draws.
fn regime(read: &mut Resolver<Inputs>, stated: &[Stated], index: usize) {
    for (name, field, set) in RATES {
        if let Some((source, quantity)) = source(stated, index, field) {
            read.read(&format!("/regimes/{source}/{name}"), index, Some(quantity), set);
        }
    }
    if let Some((source, time)) = source(stated, index, |r| r.months_to_win.as_ref()) {
        let path = format!("/regimes/{source}/months_to_win/mean_days");
        read.read(&path, index, time.mean_days.as_ref(), |i, r, x| i.regimes[r].to_win.set_mean_days(x));
    }
    if let Some((source, time)) = source(stated, index, |r| r.months_to_loss.as_ref()) {
        let path = format!("/regimes/{source}/months_to_loss/mean_days");
        read.read(&path, index, time.mean_days.as_ref(), |i, r, x| i.regimes[r].to_loss.set_mean_days(x));
    }
    if let Some((source, rule)) = source(stated, index, |r| r.kill_rule.as_ref()) {
        let path = format!("/regimes/{source}/kill_rule/low_score_share_of_lost");
        read.read(&path, index, rule.low_score_share_of_lost.as_ref(), |i, r, x| {
            if let Some((share, _)) = &mut i.regimes[r].kill {
                *share = x;
            }
        });
    }
}

fn capacity(read: &mut Resolver<Inputs>, stated: &Capacity) {
    read.inputs().team = Some(Team {
        ramped_reps: 8.0,
        hours_per_rep: 95.0,
        ramp: 6.0,
        hires: stated.hires.iter().flatten().map(|hire| (hire.month as usize, hire.count)).collect(),
        attrition: 0.02,
        replaced: stated.replace_leavers.unwrap_or(true),
        backlog_loss: 0.1,
    });
    let setters: [(&str, Option<&Quantity>, Setter<Inputs>); 5] = [
        ("initial_ramped_reps", stated.initial_ramped_reps.as_ref(), |i, _, x| with_team(i, |t| t.ramped_reps = x)),
        ("selling_hours_per_rep_per_month", stated.selling_hours_per_rep_per_month.as_ref(), |i, _, x| {
            with_team(i, |t| t.hours_per_rep = x)
        }),
        ("ramp_months", stated.ramp_months.as_ref(), |i, _, x| with_team(i, |t| t.ramp = x)),
        ("monthly_attrition_rate", stated.monthly_attrition_rate.as_ref(), |i, _, x| with_team(i, |t| t.attrition = x)),
        ("backlog_monthly_loss_rate", stated.backlog_monthly_loss_rate.as_ref(), |i, _, x| {
            with_team(i, |t| t.backlog_loss = x)
        }),
    ];
    for (name, quantity, set) in setters {
        read.read(&format!("/capacity/{name}"), 0, quantity, set);
    }
}

fn with_team(inputs: &mut Inputs, set: impl FnOnce(&mut Team)) {
    if let Some(team) = &mut inputs.team {
        set(team);
    }
}
