//! An answer as it is written: one JSON object.

use readout_text::Span;
use serde::Serialize;

use crate::relater::Relation;

/// What is answered for a pair, in the shape that `readout relate` writes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer<'a> {
    /// The pair's identifier.
    pub id: &'a str,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// PLOVER mode, where an act in the text gives one.
    pub mode: Option<&'a str>,
    /// Between 0 and 1, to three decimals.
    pub confidence: f64,
    /// What the type rests on.
    pub reason: Why<'a>,
}

/// What an answer rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why<'a> {
    /// `event`, `path` or `classifier`.
    pub basis: &'static str,
    /// The rule of the act that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'a str>,
    /// The words of that act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<&'a str>,
    /// Where they stand, in characters of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
}

impl<'a> Answer<'a> {
    /// The answer to the pair with this identifier and text.
    pub fn new(id: &'a str, text: &str, relation: &'a Relation) -> Self {
        let act = relation.reason.act.as_ref();
        let reason = Why {
            basis: relation.reason.basis.name(),
            rule: act.map(|a| a.rule.as_str()),
            trigger: act.map(|a| a.trigger.as_str()),
            span: act.map(|a| characters(text, a.span)),
        };
        let confidence = (f64::from(relation.confidence) * 1000.0).round() / 1000.0;
        Answer { id, kind: &relation.kind, mode: relation.mode.as_deref(), confidence, reason }
    }
}

/// A span in characters, as callers count.
fn characters(text: &str, span: Span) -> [usize; 2] {
    let count = |end: usize| text.get(..end).map_or(0, |head| head.chars().count());
    [count(span.start), count(span.end)]
}
