//! What-if: plans as lists of levers, scenarios side by side on common random numbers.
//!
//! All questions are put to the same trials: every scenario is simulated on the draws of one seed, so that a
//! difference is caused by the change and not by chance. The values of each trial are kept, 8 bytes a trial and
//! scenario, hence at most [`MAXIMUM_PAIRED_TRIALS`] trials.

mod apply;
mod change;
mod compare;
mod defaults;
mod evaluate;
mod goal_seek;
mod inputs;
mod levers;
mod pipeline_variance;
mod pointer;
mod question;
mod reach;
mod score;
mod sensitivity;
mod until;
mod waterfall;

pub use apply::{active_levers, apply_plan};
pub use change::Operation;
pub use compare::{CompareOptions, compare, compare_in_steps};
pub use evaluate::{Evaluator, MAXIMUM_PAIRED_TRIALS};
pub use goal_seek::{GoalInput, GoalSeekOptions, SizedChange, goal_seek, goal_seek_in_steps};
pub use levers::{LeverSize, LeverSource, ReadyChange, ReadyLever, ReadyLeverName, SizeUnit, lever_catalogue};
pub use pipeline_variance::{Indices, PipelineVariance, pipeline_variance};
pub use question::FigureOptions;
pub use score::{Estimate, Score};
pub use sensitivity::{SensitivityOptions, sensitivity, sensitivity_in_steps};
pub use waterfall::{waterfall, waterfall_in_steps};
