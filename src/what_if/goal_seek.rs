//! What does it take: the size of an input with which a figure reaches a goal.
//!
//! On common random numbers the figure is the same function of the size at every call, a step function where it
//! counts trials. It is bisected between a size that reaches the goal and one that does not; the size returned
//! reaches it. Its error is that of the figure over the slope.

use super::question::{FigureOptions, Question, resize};
use super::score::Estimate;
use crate::error::{ErrorCode, InputError};
use crate::report::what_if::{GoalSeekAnswer, GoalSeekReport, GoalSeekStatus, IsoPoint, OperationName};
use crate::scenario::Scenario;
use crate::scenario::open_pipeline::document;
use crate::steps::at_once;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Most halvings.
const STEPS: usize = 40;
/// Width of the bracket at which the search ends, as a share of the bounds.
const TOLERANCE: f64 = 1e-4;
/// Sizes between the bounds that are looked at where neither bound reaches the goal, and one.
const GRID: u32 = 8;
/// Half the span of the slope, as a share of the bounds.
const SPAN: f64 = 0.02;
/// Points of an iso-line, less one.
const ISO_POINTS: u32 = 16;

document! {
/// A change whose size is looked for.
pub struct SizedChange {
    /// JSON pointer of the field, as in a change of a plan.
    pub at: String,
    /// What the size is.
    pub operation: OperationName,
}
}

document! {
/// An input that is moved: one field, or several by the same size.
pub struct GoalInput {
    /// The changes, all of the same size.
    pub changes: Vec<SizedChange>,
    /// Low bound of the size.
    pub low: f64,
    /// High bound of the size.
    pub high: f64,
}
}

document! {
/// What is to be reached, and by what.
pub struct GoalSeekOptions {
    /// The figure.
    pub figure: FigureOptions,
    /// The value it is to reach: at least, or for months (mean and percentiles) at most.
    pub goal: f64,
    /// The input.
    pub input: GoalInput,
    /// A second input: asks for the iso-line, what the second needs at each of 17 sizes of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<GoalInput>,
}
}

/// Looks for the size that reaches the goal. `progress` is told the share that is done.
///
/// # Errors
/// What is wrong with the document; bounds out of order; sizes that make no scenario, located in the document.
pub fn goal_seek(
    document: &Value,
    options: &GoalSeekOptions,
    seed: u32,
    progress: &mut dyn FnMut(f64),
) -> Result<GoalSeekReport, Vec<InputError>> {
    at_once(goal_seek_in_steps(document, options, seed, progress))
}

/// [`goal_seek`], with pauses.
///
/// # Errors
/// As [`goal_seek`].
pub async fn goal_seek_in_steps(
    document: &Value,
    options: &GoalSeekOptions,
    seed: u32,
    progress: &mut dyn FnMut(f64),
) -> Result<GoalSeekReport, Vec<InputError>> {
    let mut question = Question::new(document, &options.figure, seed)?;
    let start = question.document_of(options.figure.plan.as_deref())?;
    for (path, input) in [("/input", Some(&options.input)), ("/second", options.second.as_ref())] {
        if let Some(input) = input {
            check(path, input)?;
        }
    }
    let present = at_size(&mut question, &start, None).await?;
    let mut seeker = Seeker { question, goal: options.goal };
    let (mut answer, mut iso_line) = (None, Vec::new());
    match &options.second {
        None => answer = Some(seeker.seek(&start, &options.input).await?),
        Some(second) => {
            let mut sizes = Vec::new();
            let whole = seeker.is_whole(&start, &options.input);
            for point in 0..=ISO_POINTS {
                let size = between(&options.input, f64::from(point) / f64::from(ISO_POINTS), whole);
                if sizes.last() == Some(&size) {
                    continue;
                }
                sizes.push(size);
                let moved = resized(&start, &options.input, size)?;
                iso_line.push(IsoPoint { first: size, second: seeker.seek(&moved, second).await? });
                progress(f64::from(point + 1) / f64::from(ISO_POINTS + 1));
            }
        }
    }
    progress(1.0);
    Ok(GoalSeekReport {
        outcome: seeker.question.outcome,
        statistic: seeker.question.statistic,
        goal: options.goal,
        seed: seeker.question.seed,
        trials: seeker.question.trials(),
        runs: seeker.question.runs,
        present: present.value,
        present_standard_error: present.standard_error,
        reached_already: seeker.reached(present.value),
        answer,
        iso_line,
    })
}

fn check(path: &str, input: &GoalInput) -> Result<(), Vec<InputError>> {
    let finite = input.low.is_finite() && input.high.is_finite();
    if !(finite && input.low < input.high) {
        let error = InputError::at(format!("{path}/high"), ErrorCode::OutOfOrder);
        return Err(vec![error.with("lower", "low").with("upper", "high")]);
    }
    if input.changes.is_empty() {
        let error = InputError::at(format!("{path}/changes"), ErrorCode::ListLength);
        return Err(vec![error.with("count", 0).with("minimum", 1)]);
    }
    Ok(())
}

/// A document with an input moved.
fn resized(document: &Value, input: &GoalInput, size: f64) -> Result<Value, Vec<InputError>> {
    let mut document = document.clone();
    for change in &input.changes {
        resize(&mut document, &change.at, change.operation, size).map_err(|error| vec![error])?;
    }
    Ok(document)
}

/// The figure with an input moved, or as the document is.
async fn at_size(
    question: &mut Question,
    document: &Value,
    moved: Option<(&GoalInput, f64)>,
) -> Result<Estimate, Vec<InputError>> {
    let scenario = match moved {
        Some((input, size)) => Scenario::from_value(&resized(document, input, size)?)?,
        None => Scenario::from_value(document)?,
    };
    let score = question.score(scenario).await?;
    question.estimate(&score)
}

/// A share of the way between the bounds; a whole number where the input is one.
fn between(input: &GoalInput, share: f64, whole: bool) -> f64 {
    let size = input.low + share * (input.high - input.low);
    if whole { libm::rint(size).max(libm::ceil(input.low)).min(libm::floor(input.high)) } else { size }
}

struct Seeker {
    question: Question,
    goal: f64,
}

impl Seeker {
    fn reached(&self, figure: f64) -> bool {
        if self.question.fewer_is_better() { figure <= self.goal } else { figure >= self.goal }
    }

    /// Whether the input takes whole numbers alone.
    fn is_whole(&self, document: &Value, input: &GoalInput) -> bool {
        let half = libm::floor(0.5 * (input.low + input.high)) + 0.5;
        let read = resized(document, input, half).map(|moved| Scenario::from_value(&moved));
        matches!(read, Ok(Err(errors)) if errors.iter().any(|error| error.code == ErrorCode::NotAnInteger))
    }

    async fn seek(&mut self, document: &Value, input: &GoalInput) -> Result<GoalSeekAnswer, Vec<InputError>> {
        let whole = self.is_whole(document, input);
        if whole && libm::ceil(input.low) > libm::floor(input.high) {
            return Err(vec![InputError::at("", ErrorCode::NotAnInteger).with("found", input.low)]);
        }
        let mut seen = Vec::new();
        for share in [0.0, 1.0] {
            let size = between(input, share, whole);
            seen.push((size, at_size(&mut self.question, document, Some((input, size))).await?));
        }
        let reached = |seeker: &Self, place: usize, seen: &[(f64, Estimate)]| seeker.reached(seen[place].1.value);
        let bracket = match (reached(self, 0, &seen), reached(self, 1, &seen)) {
            (true, true) => return Ok(answer(GoalSeekStatus::Everywhere, seen[0])),
            (false, true) => Some((seen[0], seen[1])),
            (true, false) => Some((seen[1], seen[0])),
            (false, false) => {
                for point in 1..GRID {
                    let size = between(input, f64::from(point) / f64::from(GRID), whole);
                    seen.push((size, at_size(&mut self.question, document, Some((input, size))).await?));
                }
                seen.sort_by(|a, b| a.0.total_cmp(&b.0));
                let first = seen.iter().position(|(_, found)| self.reached(found.value));
                first.map(|place| (seen[place - 1], seen[place]))
            }
        };
        let Some((mut outside, mut inside)) = bracket else {
            let better = |a: f64, b: f64| if self.question.fewer_is_better() { a < b } else { a > b };
            let best =
                seen.into_iter().reduce(|best, next| if better(next.1.value, best.1.value) { next } else { best });
            return best
                .map(|best| answer(GoalSeekStatus::Unreachable, best))
                .ok_or_else(|| vec![InputError::at("", ErrorCode::NoSuchOutcome)]);
        };
        let narrow = if whole { 1.0 } else { TOLERANCE * (input.high - input.low) };
        for _ in 0..STEPS {
            if (inside.0 - outside.0).abs() <= narrow {
                break;
            }
            let middle = outside.0 + 0.5 * (inside.0 - outside.0);
            let size = if whole { libm::floor(middle) } else { middle };
            let found = at_size(&mut self.question, document, Some((input, size))).await?;
            if self.reached(found.value) {
                inside = (size, found);
            } else {
                outside = (size, found);
            }
        }
        let slope = self.slope(document, input, inside.0, whole).await?;
        let mut answer = answer(GoalSeekStatus::Reached, inside);
        answer.not_reached_at = Some(outside.0);
        answer.slope = Some(slope);
        answer.size_standard_error = (slope != 0.0).then(|| inside.1.standard_error / slope.abs());
        Ok(answer)
    }

    /// Change of the figure by unit of size, between sizes to either side within the bounds.
    async fn slope(
        &mut self,
        document: &Value,
        input: &GoalInput,
        size: f64,
        whole: bool,
    ) -> Result<f64, Vec<InputError>> {
        let step = if whole { 1.0 } else { SPAN * (input.high - input.low) };
        let (least, most) = (between(input, 0.0, whole), between(input, 1.0, whole));
        let (low, high) = ((size - step).max(least), (size + step).min(most));
        let below = at_size(&mut self.question, document, Some((input, low))).await?;
        let above = at_size(&mut self.question, document, Some((input, high))).await?;
        Ok((above.value - below.value) / (high - low))
    }
}

fn answer(status: GoalSeekStatus, (size, found): (f64, Estimate)) -> GoalSeekAnswer {
    GoalSeekAnswer {
        status,
        size,
        attained: found.value,
        attained_standard_error: found.standard_error,
        not_reached_at: None,
        slope: None,
        size_standard_error: None,
    }
}
