//! What an event rests on, by the names that the codebook's `confidence` block weighs.

use crate::coding::{Event, Side};

/// Words of a sentence above which it counts as long: its tree is more often wrong.
const LONG_SENTENCE: usize = 40;

impl Event {
    /// What it rests on ("actor inferred", "type ACCUSE", "operator"): the grounds of its confidence. `words` is the
    /// length of its sentence in words.
    pub fn grounds(&self, words: usize) -> Vec<String> {
        let mut out = vec![format!("type {}", self.kind), format!("status {}", self.status.name())];
        side("actor", &self.actor, &mut out);
        side("recipient", &self.recipient, &mut out);
        for (holds, ground) in [
            (self.rule.contains('+'), "operator"),
            (self.trigger.contains(char::is_whitespace), "phrase"),
            (!self.said_by.is_empty(), "reported"),
            (words > LONG_SENTENCE, "long"),
        ] {
            if holds {
                out.push(ground.to_owned());
            }
        }
        out
    }
}

fn side(name: &str, parties: &[Side], out: &mut Vec<String>) {
    for (holds, how) in [
        (parties.is_empty(), "missing"),
        (!parties.is_empty() && parties.iter().all(|p| p.code.starts_with("---")), "unknown"),
        (parties.iter().any(|p| p.inferred.is_some()), "inferred"),
        (parties.len() > 1, "several"),
    ] {
        if holds {
            out.push(format!("{name} {how}"));
        }
    }
}
