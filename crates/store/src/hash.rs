//! Hashes: of texts, and of all that a store holds.

use readout_record::Record;
use sha2::{Digest as _, Sha256};

use crate::{Result, Store};

/// What a store holds, whatever the order in which it came: two stores with the same `hash` hold the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Hash over documents with their events and attributions, and over the outcomes of every input; 64 hexadecimal digits.
    pub hash: String,
    /// Documents.
    pub documents: u64,
    /// Documents that repeat another.
    pub copies: u64,
    /// Events: mentions of acts.
    pub events: u64,
    /// Acts that they tell of.
    pub acts: u64,
    /// Attributions.
    pub attributions: u64,
    /// Records of the inputs, each with its outcome.
    pub outcomes: u64,
    /// How many of them gave no document.
    pub rejected: u64,
}

impl Store {
    /// Reads the whole store and says what it holds.
    pub fn contents(&self) -> Result<Contents> {
        let mut hash = Sha256::new();
        let mut contents = Contents {
            hash: String::new(),
            documents: 0,
            copies: 0,
            events: 0,
            acts: 0,
            attributions: 0,
            outcomes: 0,
            rejected: 0,
        };
        for stored in self.documents()? {
            let stored = stored?;
            contents.documents += 1;
            contents.copies += u64::from(stored.copy_of.is_some());
            contents.events += stored.record.events.len() as u64;
            contents.acts += stored.record.events.iter().filter(|e| e.same_as.is_none()).count() as u64;
            contents.attributions += stored.record.attributions.len() as u64;
            let first = stored.copy_of.as_ref().map_or("", |first| first.key.as_str());
            add(&mut hash, [stored.key.as_str(), first, &text(&stored.text), &json(&stored.record)]);
        }
        self.outcomes_into(&mut hash, &mut contents)?;
        contents.hash = hex(&hash.finalize(), 32);
        Ok(contents)
    }

    /// Adds every outcome, in the order of inputs' names and records' places.
    fn outcomes_into(&self, hash: &mut Sha256, contents: &mut Contents) -> Result<()> {
        self.sql(|c| {
            let mut statement = c.prepare(
                "SELECT i.name, o.ordinal, o.hash, ifnull(d.key, ''), ifnull(o.reason, '')
                 FROM outcomes o JOIN inputs i ON i.id = o.input LEFT JOIN documents d ON d.id = o.document
                 ORDER BY i.name, o.ordinal",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                contents.outcomes += 1;
                let ordinal: i64 = row.get(1)?;
                hash.update(ordinal.to_le_bytes());
                for column in [0, 2, 3, 4] {
                    let part: String = row.get(column)?;
                    contents.rejected += u64::from(column == 3 && part.is_empty());
                    add(hash, [part.as_str()]);
                }
            }
            Ok(())
        })
    }
}

fn json(record: &Record) -> String {
    // A record of plain values cannot fail to be written.
    serde_json::to_string(record).unwrap_or_default()
}

/// The hash of a text, 32 hexadecimal digits.
pub(crate) fn text(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()), 16)
}

/// The hash of several texts, each told apart from the next; 32 hexadecimal digits.
pub fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    add(&mut hash, parts.iter().copied());
    hex(&hash.finalize(), 16)
}

/// Adds texts with their lengths, which keep ("ab", "c") apart from ("a", "bc").
fn add<'p>(hash: &mut Sha256, parts: impl IntoIterator<Item = &'p str>) {
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
}

/// The first `kept` bytes in hexadecimal digits.
fn hex(bytes: &[u8], kept: usize) -> String {
    bytes.iter().take(kept).map(|byte| format!("{byte:02x}")).collect()
}
