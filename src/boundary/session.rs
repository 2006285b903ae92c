//! The documents that this worker prepared last: the pieces of a run, and its report, prepare theirs once.

use crate::error::{ErrorCode, InputError};
use crate::forecast::Forecast;
use crate::forecast::stopping;
use crate::scenario::Scenario;
use crate::seed::new_seed;
use crate::steps::pause;
use std::cell::RefCell;
use std::rc::Rc;

/// Documents kept: one for quick answers, one for full runs.
const KEPT: usize = 2;

thread_local! {
    static SESSIONS: RefCell<Vec<Rc<Session>>> = const { RefCell::new(Vec::new()) };
}

/// Where the seed of a scenario without one comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Seedless {
    /// From the system.
    Draw,
    /// Nowhere: parts that are computed apart need the same one.
    Refuse,
}

/// How many trials are prepared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Trials {
    /// By the scenario's stopping rule, if it has one.
    Enough,
    /// No more than a quick answer takes.
    AtMost(u32),
    /// All that the scenario allows: a part of some blocks is the same whenever the simulation stops.
    All,
}

self_cell::self_cell!(
    /// A scenario and what was made of it, which borrows from it.
    struct Prepared {
        owner: Scenario,
        #[covariant]
        dependent: Forecast,
    }
);

/// A scenario prepared to be computed.
pub struct Session {
    /// What it was made from.
    text: String,
    trials: Trials,
    prepared: Prepared,
}

impl Session {
    async fn new(text: String, trials: Trials, seedless: Seedless) -> Result<Self, Vec<InputError>> {
        let missing = || vec![InputError::at("/seed", ErrorCode::MissingField)];
        let mut scenario = Scenario::from_json(&text)?;
        if let Trials::AtMost(most) = trials {
            scenario.trials = Some(scenario.trials().min(most));
        }
        let seed = match (scenario.seed, seedless) {
            (Some(seed), _) => seed,
            (None, Seedless::Draw) => new_seed().map_err(|_| missing())?,
            (None, Seedless::Refuse) => return Err(missing()),
        };
        let enough = match trials {
            Trials::All => scenario.trials(),
            _ => stopping::trials(&scenario, seed).await?,
        };
        let prepared = Prepared::try_new(scenario, |scenario| Forecast::with_trials(scenario, seed, enough))?;
        pause().await;
        Ok(Self { text, trials, prepared })
    }

    /// The forecast of the scenario.
    pub fn forecast(&self) -> &Forecast<'_> {
        self.prepared.borrow_dependent()
    }

    fn scenario(&self) -> &Scenario {
        self.prepared.borrow_owner()
    }

    /// Whether it holds what is asked for.
    fn holds(&self, text: &str, trials: Trials) -> bool {
        // Without a stopping rule, enough trials are all of them.
        let stops = self.scenario().stop_at_half_width().is_some();
        let whole = |trials: Trials| !matches!(trials, Trials::AtMost(_));
        (self.trials == trials || !stops && whole(self.trials) && whole(trials)) && self.text == text
    }
}

/// The scenario of a text, prepared for some trials: what was prepared for the same text is used again. Pauses.
///
/// # Errors
/// What is wrong with the scenario.
pub async fn session(text: String, trials: Trials, seedless: Seedless) -> Result<Rc<Session>, Vec<InputError>> {
    let known = SESSIONS.with_borrow_mut(|sessions| {
        let found = sessions.iter().position(|one| one.holds(&text, trials));
        found.map(|place| sessions.remove(place))
    });
    let session = match known {
        Some(session) => session,
        None => Rc::new(Session::new(text, trials, seedless).await?),
    };
    // A scenario without a seed gets another one each time.
    if session.scenario().seed.is_some() {
        SESSIONS.with_borrow_mut(|sessions| {
            sessions.truncate(KEPT - 1);
            sessions.insert(0, Rc::clone(&session));
        });
    }
    Ok(session)
}
