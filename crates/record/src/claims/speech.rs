//! Denials and accusations: acts of speech that are claims on another act.

use crate::Event;

/// Blocks of the codebook whose acts deny another act, or a charge of it.
pub const DENYING: [&str; 2] = ["refuse/deny", "reject/dismiss-claims"];

/// Blocks of the codebook whose acts charge the recipient with another act: all operators in this folder.
pub const ACCUSING: &str = "accuse";

/// What an act of speech says of another act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// The actor denies an act of a type, where the type is told.
    Denial(Option<String>),
    /// The actor says that the recipient did an act of this type.
    Accusation(String),
}

impl Speech {
    /// What an event says of another act; `None` where it is none of both. A rule names the operator, then the rule of
    /// the act under it ("refuse/deny+assault/attack").
    pub(super) fn of(event: &Event, kind_of: &dyn Fn(&str) -> Option<String>) -> Option<Speech> {
        let (outer, inner) = match event.rule.split_once('+') {
            Some((outer, rest)) => (outer, Some(rest.rsplit_once('+').map_or(rest, |(_, last)| last))),
            None => (event.rule.as_str(), None),
        };
        let kind = inner.and_then(kind_of);
        let is_accusing = event.kind == "ACCUSE" && outer.split('/').next() == Some(ACCUSING);
        match (event.kind.as_str(), kind) {
            ("REJECT", kind) if DENYING.contains(&outer) => Some(Speech::Denial(kind)),
            (_, Some(kind)) if is_accusing => Some(Speech::Accusation(kind)),
            _ => None,
        }
    }
}
