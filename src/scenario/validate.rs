//! Checks of a document that its types cannot make: ranges, order, references, identifiers.

mod growth;
mod partners;
mod plans;

use super::amount::{DistributionName, DistributionObject, Quantity};
use super::open_pipeline::{Deal, MeddicRules, OpenPipeline, Rate, Slippage, SlippageName};
use super::partner_vendor_programme::CountNoise;
use super::{MAXIMUM_MONTHLY_TRIALS, MAXIMUM_TRIALS, Scenario};
use crate::error::{ErrorCode, InputError};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Most deals of a scenario.
pub const MAXIMUM_DEALS: usize = 50_000;
/// Most months of a horizon.
pub const MAXIMUM_MONTHS: u32 = 120;
/// Largest amount of money.
pub const MAXIMUM_AMOUNT: f64 = 1e12;
/// Range of a win probability: nothing is certain.
pub const WIN_PROBABILITY: (f64, f64) = (0.001, 0.999);
/// Most characters of an identifier or a name.
const MAXIMUM_TEXT: usize = 400;
/// Most characters of the notes.
const MAXIMUM_NOTES: usize = 100_000;

/// Checks a document whose structure was read, and leaves alone what `reported` already names.
pub fn validate(scenario: &Scenario, reported: &[InputError]) -> Vec<InputError> {
    let mut check = Check { reported, errors: Vec::new() };
    check.scenario(scenario);
    check.errors
}

/// Whether there is a section that is simulated by month.
fn has_months(scenario: &Scenario) -> bool {
    scenario.pipeline_generation.is_some()
        || scenario.arr_cohorts.is_some()
        || scenario.partner_vendor_programme.is_some()
        || scenario.partner_pnl.is_some()
}

/// Where a value stands: written out for an error alone.
type At<'a> = &'a dyn fmt::Display;

struct Check<'a> {
    reported: &'a [InputError],
    errors: Vec<InputError>,
}

/// JSON number, or text where JSON has no such number.
fn shown(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or_else(|| Value::from(value.to_string()), Value::Number)
}

impl Check<'_> {
    fn add(&mut self, error: InputError) {
        // What is inside something already reported stands for nothing in the document.
        let stands_for = |known: &InputError| match error.path.strip_prefix(known.path.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with('/') && known.code != ErrorCode::UnknownField,
            None => false,
        };
        if !self.reported.iter().any(stands_for) {
            self.errors.push(error);
        }
    }

    /// A number in a closed range.
    fn within(&mut self, path: At, value: f64, minimum: f64, maximum: f64) {
        if !(value >= minimum && value <= maximum) {
            self.add(
                InputError::at(path.to_string(), ErrorCode::OutOfRange)
                    .with("value", shown(value))
                    .with("minimum", shown(minimum))
                    .with("maximum", shown(maximum)),
            );
        }
    }

    fn optional(&mut self, path: At, value: Option<f64>, minimum: f64, maximum: f64) {
        if let Some(value) = value {
            self.within(path, value, minimum, maximum);
        }
    }

    fn text(&mut self, path: At, text: Option<&str>, minimum: usize, maximum: usize) {
        let Some(text) = text else { return };
        let length = text.chars().count();
        if length < minimum || length > maximum {
            self.add(
                InputError::at(path.to_string(), ErrorCode::TextLength)
                    .with("length", length)
                    .with("minimum", minimum)
                    .with("maximum", maximum),
            );
        }
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.text(&"/title", scenario.title.as_deref(), 0, MAXIMUM_TEXT);
        self.text(&"/notes", scenario.notes.as_deref(), 0, MAXIMUM_NOTES);
        if let Some(currency) = &scenario.currency
            && !(currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase()))
        {
            self.add(InputError::at("/currency", ErrorCode::UnknownChoice).with("found", currency.as_str()));
        }
        if let Some(month) = &scenario.start_month
            && parse_month(month).is_none()
        {
            self.add(InputError::at("/start_month", ErrorCode::UnknownChoice).with("found", month.as_str()));
        }
        let most = if has_months(scenario) { MAXIMUM_MONTHLY_TRIALS } else { MAXIMUM_TRIALS };
        self.optional(&"/trials", scenario.trials.map(f64::from), 100.0, f64::from(most));
        self.optional(&"/stop_at_half_width", scenario.stop_at_half_width, 0.0005, 0.1);
        if let Some(section) = &scenario.open_pipeline {
            self.open_pipeline(section);
        }
        if crate::EVERY_MODEL {
            self.other_sections(scenario);
        }
        let links = |linked: bool| linked && scenario.pipeline_generation.is_none();
        let of_arr = scenario.arr_cohorts.as_ref().is_some_and(|section| section.new_customers_from.is_some());
        let of_deals = scenario.open_pipeline.as_ref().is_some_and(|section| section.new_deals_from.is_some());
        // Named once, whoever asks for it.
        if links(of_deals) && !links(of_arr) {
            self.add(InputError::at("/pipeline_generation", ErrorCode::MissingField));
        }
        let computed = scenario.open_pipeline.is_some()
            || scenario.pipeline_generation.is_some()
            || scenario.arr_cohorts.is_some()
            || scenario.partner_vendor_programme.is_some()
            || scenario.partner_pnl.is_some();
        if !computed {
            self.add(InputError::at("", ErrorCode::NoSection));
        }
    }

    /// The sections of the other models, and what is built on all of them.
    fn other_sections(&mut self, scenario: &Scenario) {
        if let Some(section) = &scenario.partner_vendor_programme {
            let partner_level = section.count_noise == Some(CountNoise::PartnerLevel);
            self.partner_vendor_programme(section, partner_level || scenario.partner_pnl.is_some());
        }
        if let Some(section) = &scenario.partner_pnl {
            self.partner_pnl(section);
        }
        if let Some(section) = &scenario.pipeline_generation {
            self.pipeline_generation(section);
        }
        if let Some(section) = &scenario.arr_cohorts {
            self.arr_cohorts(section, scenario.pipeline_generation.is_some());
        }
        self.plans(scenario.plans.as_deref().unwrap_or_default());
    }

    fn open_pipeline(&mut self, section: &OpenPipeline) {
        let at = "/open_pipeline";
        let window = section.target_window.as_ref();
        if let Some(window) = window {
            let path = format!("{at}/target_window");
            self.within(
                &format_args!("{path}/first_month"),
                f64::from(window.first_month),
                1.0,
                f64::from(MAXIMUM_MONTHS),
            );
            let last = f64::from(window.last_month);
            self.within(
                &format_args!("{path}/last_month"),
                last,
                f64::from(window.first_month),
                f64::from(MAXIMUM_MONTHS),
            );
        }
        if let Some(horizon) = section.horizon_months {
            let last = window.map_or(3, |window| window.last_month);
            self.within(
                &format_args!("{at}/horizon_months"),
                f64::from(horizon),
                f64::from(last.clamp(1, MAXIMUM_MONTHS)),
                f64::from(MAXIMUM_MONTHS),
            );
        }
        self.optional(&format_args!("{at}/already_won"), section.already_won, 0.0, MAXIMUM_AMOUNT);
        self.within(&format_args!("{at}/target"), section.target, 0.0, MAXIMUM_AMOUNT);
        self.optional(&format_args!("{at}/latent_correlation"), section.latent_correlation, 0.0, 0.95);
        self.optional(&format_args!("{at}/slippage_factor_loading"), section.slippage_factor_loading, 0.0, 0.95);
        self.optional(&format_args!("{at}/stage_prior_strength"), section.stage_prior_strength, 0.0, 1e5);
        self.optional(&format_args!("{at}/probability_goal"), section.probability_goal, 0.001, 0.999);
        if let Some(range) = &section.amount_range {
            self.within(&format_args!("{at}/amount_range/low"), range.low, 0.01, 1.0);
            self.within(&format_args!("{at}/amount_range/high"), range.high, 1.0, 100.0);
        }
        if let Some(slippage) = &section.default_slippage {
            self.slippage(&format_args!("{at}/default_slippage"), slippage);
        }
        if let Some(rules) = &section.meddic {
            self.meddic(&format_args!("{at}/meddic"), rules);
        }
        if let Some(rule) = &section.kill_rule {
            self.optional(&format_args!("{at}/kill_rule/minimum_score"), rule.minimum_score, 0.0, 6.0);
            self.optional(&format_args!("{at}/kill_rule/maximum_age_days"), rule.maximum_age_days, 0.0, 36_500.0);
        }
        for (index, amount) in section.cdf_check_amounts.iter().flatten().enumerate() {
            self.within(&format_args!("{at}/cdf_check_amounts/{index}"), *amount, 0.0, 1e15);
        }
        let stages = self.stages(section);
        if let Some(gate) = &section.qualification_gate {
            let path = format!("{at}/qualification_gate");
            self.optional(&format_args!("{path}/minimum_score"), gate.minimum_score, 0.0, 6.0);
            if gate.enabled && !stages.contains_key(gate.stage.as_str()) {
                self.add(
                    InputError::at(format!("{path}/stage"), ErrorCode::UnknownStage).with("stage", gate.stage.as_str()),
                );
            }
        }
        self.count(&format_args!("{at}/deals"), section.deals.len(), 0, MAXIMUM_DEALS);
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, deal) in section.deals.iter().enumerate() {
            let path: At = &format_args!("{at}/deals/{index}");
            if let Some(first) = ids.get(deal.deal_id.as_str()) {
                self.add(
                    InputError::at(format!("{path}/deal_id"), ErrorCode::Duplicate)
                        .with("value", deal.deal_id.as_str())
                        .with("first", format!("{at}/deals/{first}")),
                );
            } else {
                ids.insert(&deal.deal_id, index);
            }
            self.deal(path, deal, &stages);
        }
    }

    fn stages<'a>(&mut self, section: &'a OpenPipeline) -> BTreeMap<&'a str, usize> {
        let mut names = BTreeMap::new();
        let stages = section.stages.as_deref().unwrap_or_default();
        self.count(&"/open_pipeline/stages", stages.len(), 0, 100);
        for (index, stage) in stages.iter().enumerate() {
            let path = format!("/open_pipeline/stages/{index}");
            self.text(&format_args!("{path}/stage"), Some(&stage.stage), 1, MAXIMUM_TEXT);
            self.rate(&format_args!("{path}/win_rate"), &stage.win_rate);
            if let Some(first) = names.insert(stage.stage.as_str(), index) {
                self.add(
                    InputError::at(format!("{path}/stage"), ErrorCode::Duplicate)
                        .with("value", stage.stage.as_str())
                        .with("first", format!("/open_pipeline/stages/{first}")),
                );
            }
        }
        names
    }

    fn count(&mut self, path: At, count: usize, minimum: usize, maximum: usize) {
        if count < minimum || count > maximum {
            self.add(
                InputError::at(path.to_string(), ErrorCode::ListLength)
                    .with("count", count)
                    .with("minimum", minimum)
                    .with("maximum", maximum),
            );
        }
    }

    fn deal(&mut self, path: At, deal: &Deal, stages: &BTreeMap<&str, usize>) {
        self.text(&format_args!("{path}/deal_id"), Some(&deal.deal_id), 1, MAXIMUM_TEXT);
        let texts = [
            ("name", &deal.name),
            ("stage", &deal.stage),
            ("owner", &deal.owner),
            ("segment", &deal.segment),
            ("source", &deal.source),
        ];
        for (field, text) in texts {
            self.text(&format_args!("{path}/{field}"), text.as_deref(), 0, MAXIMUM_TEXT);
        }
        self.quantity(&format_args!("{path}/amount"), &deal.amount, 1e-9, MAXIMUM_AMOUNT);
        self.within(
            &format_args!("{path}/expected_close_month"),
            f64::from(deal.expected_close_month),
            1.0,
            f64::from(10 * MAXIMUM_MONTHS),
        );
        self.optional(&format_args!("{path}/age_days"), deal.age_days, 0.0, 36_500.0);
        if let Some(slippage) = &deal.slippage {
            self.slippage(&format_args!("{path}/slippage"), slippage);
        }
        match (&deal.win_probability, &deal.stage) {
            (Some(rate), _) => self.rate(&format_args!("{path}/win_probability"), rate),
            (None, Some(stage)) => {
                if !stages.contains_key(stage.as_str()) {
                    self.add(
                        InputError::at(format!("{path}/stage"), ErrorCode::UnknownStage).with("stage", stage.as_str()),
                    );
                }
            }
            (None, None) => self.add(InputError::at(format!("{path}/win_probability"), ErrorCode::NoWinRate)),
        }
    }

    fn rate(&mut self, path: At, rate: &Rate) {
        match rate {
            Rate::Known(value) => self.within(path, *value, WIN_PROBABILITY.0, WIN_PROBABILITY.1),
            Rate::Counted(counts) => {
                self.within(&format_args!("{path}/won"), counts.won, 0.0, 1e9);
                self.within(&format_args!("{path}/closed"), counts.closed, 0.0, 1e9);
                if counts.won > counts.closed {
                    self.add(
                        InputError::at(format!("{path}/won"), ErrorCode::WonExceedsClosed)
                            .with("won", shown(counts.won))
                            .with("closed", shown(counts.closed)),
                    );
                }
            }
        }
    }

    fn meddic(&mut self, path: At, rules: &MeddicRules) {
        let multipliers = [
            ("metrics", rules.metrics),
            ("economic_buyer", rules.economic_buyer),
            ("decision_criteria", rules.decision_criteria),
            ("decision_process", rules.decision_process),
            ("identified_pain", rules.identified_pain),
            ("champion", rules.champion),
        ];
        for (criterion, multiplier) in multipliers {
            self.optional(&format_args!("{path}/{criterion}"), multiplier, 1.0, 10.0);
        }
        self.optional(&format_args!("{path}/maximum_odds_multiplier"), rules.maximum_odds_multiplier, 1.0, 100.0);
    }

    fn slippage(&mut self, path: At, slippage: &Slippage) {
        if self.reported.iter().any(|known| known.path == format!("{path}/distribution")) {
            return;
        }
        let pmf: At = &format_args!("{path}/probability_by_months_late");
        let geometric: At = &format_args!("{path}/monthly_slip_probability");
        let (needs_pmf, needs_geometric) = match slippage.distribution {
            SlippageName::None => (false, false),
            SlippageName::Pmf => (true, false),
            SlippageName::Geometric => (false, true),
        };
        self.presence(pmf, slippage.probability_by_months_late.is_some(), needs_pmf);
        self.presence(geometric, slippage.monthly_slip_probability.is_some(), needs_geometric);
        if let (true, Some(probabilities)) = (needs_pmf, &slippage.probability_by_months_late) {
            self.count(pmf, probabilities.len(), 1, 201);
            for (index, probability) in probabilities.iter().enumerate() {
                self.within(&format_args!("{pmf}/{index}"), *probability, 0.0, 1.0);
            }
            let sum: f64 = probabilities.iter().sum();
            if (sum - 1.0).abs() > 1e-6 {
                self.add(InputError::at(pmf.to_string(), ErrorCode::SumNotOne).with("sum", shown(sum)));
            }
        }
        if needs_geometric {
            self.optional(geometric, slippage.monthly_slip_probability, 0.0, 0.95);
        }
    }

    /// A parameter that the chosen law needs, or does not know.
    fn presence(&mut self, path: At, present: bool, needed: bool) {
        match (present, needed) {
            (false, true) => self.add(InputError::at(path.to_string(), ErrorCode::MissingField)),
            (true, false) => self.add(InputError::at(path.to_string(), ErrorCode::UnknownField)),
            _ => {}
        }
    }

    fn quantity(&mut self, path: At, quantity: &Quantity, minimum: f64, maximum: f64) {
        match quantity {
            Quantity::Number(value) => self.within(path, *value, minimum, maximum),
            Quantity::Uncertain(object) => self.distribution(path, object, minimum, maximum),
        }
    }

    fn distribution(&mut self, path: At, object: &DistributionObject, minimum: f64, maximum: f64) {
        if self.reported.iter().any(|known| known.path == format!("{path}/distribution")) {
            return;
        }
        let needed: &[&str] = match object.distribution {
            DistributionName::Fixed => &["value"],
            DistributionName::Uniform => &["min", "max"],
            DistributionName::Triangular | DistributionName::Pert => &["min", "mode", "max"],
            DistributionName::Lognormal | DistributionName::Gamma => &["mean", "coefficient_of_variation"],
        };
        let given = [
            ("value", object.value),
            ("min", object.min),
            ("mode", object.mode),
            ("max", object.max),
            ("mean", object.mean),
            ("coefficient_of_variation", object.coefficient_of_variation),
            ("lambda", object.lambda),
        ];
        for (name, value) in given {
            let at: At = &format_args!("{path}/{name}");
            let optional = name == "lambda" && object.distribution == DistributionName::Pert;
            if !optional {
                self.presence(at, value.is_some(), needed.contains(&name));
            }
            let (low, high) = match name {
                "coefficient_of_variation" => (0.0, 10.0),
                "lambda" => (0.0, 100.0),
                _ => (minimum, maximum),
            };
            self.optional(at, value, low, high);
        }
        for (lower, upper, low, high) in [
            ("min", "mode", object.min, object.mode),
            ("mode", "max", object.mode, object.max),
            ("min", "max", object.min, object.max),
        ] {
            if let (Some(low), Some(high)) = (low, high)
                && low > high
                && (object.mode.is_none() || (lower, upper) != ("min", "max"))
            {
                self.add(
                    InputError::at(format!("{path}/{upper}"), ErrorCode::OutOfOrder)
                        .with("lower", lower)
                        .with("upper", upper),
                );
            }
        }
    }
}

/// Year and month (1 to 12) of a text YYYY-MM, from 1900 to 2199.
#[must_use]
pub fn parse_month(text: &str) -> Option<(u16, u8)> {
    let (year, month) = text.split_once('-')?;
    if year.len() != 4 || month.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    ((1900..2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}
