//! Inputs of a model that a scenario may give as a distribution.
//!
//! A model keeps its inputs as plain numbers. Resolving a section fills them with means and lists
//! those that vary; a trial copies the numbers and sets the listed ones to what it drew.

use crate::distribution::Distribution;
use crate::error::{ErrorCode, InputError};
use crate::model::inputs;
use crate::scenario::amount::Quantity;

/// Sets one input; the second argument is the place in a list of inputs (0 where there is none).
pub type Setter<I> = fn(&mut I, usize, f64);

/// An input that varies.
#[derive(Debug, Clone)]
pub struct Uncertain<I> {
    /// JSON pointer within the section, such as `/regimes/0/opportunity_to_win`: the identifier of
    /// its random draws.
    pub path: String,
    /// Its law.
    pub distribution: Distribution,
    /// Place in a list of inputs.
    pub index: usize,
    /// How to set it.
    pub set: Setter<I>,
}

impl<I> Uncertain<I> {
    /// Sets the input to a drawn value.
    pub fn apply(&self, inputs: &mut I, value: f64) {
        (self.set)(inputs, self.index, value);
    }
}

/// Fills the inputs of a model from a section.
pub struct Resolver<'a, I> {
    section: &'a str,
    inputs: I,
    uncertain: Vec<Uncertain<I>>,
    errors: Vec<InputError>,
}

impl<'a, I> Resolver<'a, I> {
    /// Starts from `inputs`; `section` is the pointer of the section.
    pub fn new(section: &'a str, inputs: I) -> Self {
        Self { section, inputs, uncertain: Vec::new(), errors: Vec::new() }
    }

    /// Reads one quantity, or leaves the input as it is when the scenario does not state it.
    pub fn read(&mut self, path: &str, index: usize, quantity: Option<&Quantity>, set: Setter<I>) {
        let Some(quantity) = quantity else { return };
        let Some(law) = inputs::law(quantity) else {
            self.errors.push(InputError::at(format!("{}{path}", self.section), ErrorCode::OutOfRange));
            return;
        };
        set(&mut self.inputs, index, law.mean());
        if !matches!(law, Distribution::Fixed { .. }) {
            self.uncertain.push(Uncertain { path: path.to_owned(), distribution: law, index, set });
        }
    }

    /// The inputs filled so far.
    pub fn inputs(&mut self) -> &mut I {
        &mut self.inputs
    }

    /// The inputs at their means, and those that vary.
    ///
    /// # Errors
    /// Quantities that no distribution has, located.
    pub fn finish(self) -> Result<(I, Vec<Uncertain<I>>), Vec<InputError>> {
        if self.errors.is_empty() { Ok((self.inputs, self.uncertain)) } else { Err(self.errors) }
    }
}
