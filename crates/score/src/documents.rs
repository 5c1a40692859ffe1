//! Documents with events and attributions, by hand or coded.

use std::collections::BTreeMap;
use std::path::Path;

use readout_record::formats::{Annotated, jsonl};
use readout_sources::open_unpacked;

use crate::error::ScoreError;

/// Documents in the order in which their identifiers first occur; of two with one identifier the later one.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    order: BTreeMap<String, usize>,
    all: Vec<Annotated>,
}

impl Documents {
    /// The documents of a file: JSON lines as the gold has them, or as `readout code` writes them.
    ///
    /// # Errors
    /// Where it cannot be read, or a line is no document.
    pub fn read(path: &Path) -> Result<Documents, ScoreError> {
        let mut documents = Documents::default();
        documents.add(path)?;
        Ok(documents)
    }

    /// Adds the documents of a file.
    ///
    /// # Errors
    /// Where it cannot be read, or a line is no document.
    pub fn add(&mut self, path: &Path) -> Result<(), ScoreError> {
        let file = open_unpacked(path).map_err(|source| ScoreError::Unreadable { path: path.to_owned(), source })?;
        for line in jsonl::read::<Annotated>(file) {
            self.put(line.map_err(|source| ScoreError::Line {
                path: path.to_owned(),
                source,
                needs: "a document with `id`, `events` and `attributions`",
            })?);
        }
        Ok(())
    }

    /// Adds a document.
    pub fn put(&mut self, document: Annotated) {
        match self.order.get(&document.id).and_then(|i| self.all.get_mut(*i)) {
            Some(slot) => *slot = document,
            None => {
                self.order.insert(document.id.clone(), self.all.len());
                self.all.push(document);
            }
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Annotated] {
        &self.all
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The document with this identifier.
    pub fn get(&self, id: &str) -> Option<&Annotated> {
        self.all.get(*self.order.get(id)?)
    }

    /// Each of these, taken as gold, with what was coded from it; one that was not coded counts as one with nothing found.
    pub fn join<'a>(&'a self, coded: &'a Documents) -> impl Iterator<Item = (&'a Annotated, &'a Annotated)> {
        static NOTHING: Annotated = Annotated::NOTHING;
        self.all.iter().map(|g| (g, coded.get(&g.id).unwrap_or(&NOTHING)))
    }
}
