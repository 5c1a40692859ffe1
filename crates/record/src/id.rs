//! Identifiers of events.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bytes of the hash that an identifier keeps: 80 bits, so that among a thousand million events the chance that any
/// two share one is below one in a million.
const KEPT: usize = 10;

/// Identifier of an event: 20 hexadecimal digits, a hash of its document, sentence, place in the sentence and codebook
/// version. Coding the same text again with the same codebook gives the same one, so a store can keep it once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(String);

impl EventId {
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes the identifiers of one document's events.
pub(crate) struct EventIds(Sha256);

impl EventIds {
    /// For the document with this identifier and text, coded with this version of the codebook.
    pub(crate) fn new(id: &str, text: &str, codebook: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [id, text, codebook] {
            // The length keeps ("ab", "c") apart from ("a", "bc").
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        EventIds(hash)
    }

    /// The identifier of the event that is number `ordinal` (from 0) in sentence `sentence`.
    pub(crate) fn of(&self, sentence: usize, ordinal: usize) -> EventId {
        let mut hash = self.0.clone();
        hash.update((sentence as u64).to_le_bytes());
        hash.update((ordinal as u64).to_le_bytes());
        let mut text = String::with_capacity(2 * KEPT);
        for byte in hash.finalize().iter().take(KEPT) {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        EventId(text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_same_input_gives_the_same_id_for_ever() {
        assert_eq!(
            EventIds::new("a", "text", "1").of(0, 0).as_str(),
            EventIds::new("a", "text", "1").of(0, 0).as_str()
        );
        // Stores keep these: a change here is a change of schema.
        assert_eq!(EventIds::new("mehr-1", "Iran condemned the raid.", "1").of(5, 1).as_str(), "6783bf16f84518070c2a");
    }

    #[test]
    fn each_part_makes_another_id() {
        let ids: BTreeSet<_> = [
            ("a", "t", "1", 0, 0),
            ("b", "t", "1", 0, 0),
            ("a", "u", "1", 0, 0),
            ("a", "t", "2", 0, 0),
            ("a", "t", "1", 1, 0),
            ("a", "t", "1", 0, 1),
            ("at", "", "1", 0, 0),
        ]
        .into_iter()
        .map(|(id, text, codebook, s, o)| EventIds::new(id, text, codebook).of(s, o))
        .collect();
        assert_eq!(ids.len(), 7);
    }
}
