//! Why rules fired or did not.

use crate::Coding;

/// What became of one rule at one word.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Index of the sentence.
    pub sentence: usize,
    /// Index of the word in its tree.
    pub word: usize,
    /// The rule's or operator's name.
    pub rule: String,
    /// The entry looked at.
    pub entry: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Whether a rule fired.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It did.
    Fired,
    /// It did not, and why.
    Not(String),
}

/// A coding with the way to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The coding.
    pub coding: Coding,
    /// Rules looked at, in order of sentences and words.
    pub traces: Vec<Trace>,
}
