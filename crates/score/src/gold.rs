//! Gold of any kind, and its scores.

use std::path::{Path, PathBuf};

use readout_pipeline::{Pipeline, default_threads};
use readout_record::formats::{Attributed, jsonl};
use readout_sources::open_unpacked;
use serde::Serialize;

use crate::documents::Documents;
use crate::error::ScoreError;
use crate::pairs::{self, GoldPair, PairScores};
use crate::{coding, measures, relations};

/// Hand annotation, by what is annotated.
pub enum Gold {
    /// Events and attributions.
    Events(Documents),
    /// Attribution relations: source, cue and content.
    Relations(Vec<Attributed>),
    /// Pairs of marked parties.
    Pairs(Vec<GoldPair>),
}

/// Scores against gold of any kind; fields as `readout eval --format json` writes them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AllScores {
    /// Of events and attributions.
    Events(Box<measures::Scores>),
    /// Of attribution relations.
    Relations(relations::measures::Scores),
    /// Of pairs.
    Pairs(PairScores),
}

impl Gold {
    /// The gold in these files, all of one kind.
    ///
    /// # Errors
    /// Where a file cannot be read, a line is not gold, or the files hold different kinds.
    pub fn read(paths: &[PathBuf]) -> Result<Gold, ScoreError> {
        if let [only] = paths
            && let Some(gold) = pairs::gold(only)?
        {
            return Ok(Gold::Pairs(gold));
        }
        match paths.iter().map(|path| is_relations(path)).collect::<Result<Vec<_>, _>>()? {
            kinds if kinds.iter().all(|is| !is) => {
                let mut documents = Documents::default();
                paths.iter().try_for_each(|path| documents.add(path))?;
                Ok(Gold::Events(documents))
            }
            kinds if kinds.iter().all(|is| *is) => {
                let all: Vec<_> = paths.iter().map(|path| relations::read(path)).collect::<Result<_, _>>()?;
                Ok(Gold::Relations(all.concat()))
            }
            _ => Err(ScoreError::Mixed),
        }
    }
}

/// Scores what is in the file `coded`, or what readout codes from the gold's own texts where there is none.
///
/// # Errors
/// Where `coded` cannot be read or does not fit the gold's kind, or a text could not be coded.
pub fn scores(gold: &Gold, coded: Option<&Path>) -> Result<AllScores, ScoreError> {
    let threads = default_threads();
    Ok(match gold {
        Gold::Events(gold) => {
            let coded = match coded {
                Some(path) => Documents::read(path)?,
                None => coding::code(gold, &Pipeline::load()?, threads)?.documents,
            };
            AllScores::Events(Box::new(measures::score(gold.join(&coded))))
        }
        Gold::Relations(gold) => {
            let coded = match coded {
                Some(path) => relations::read(path)?,
                None => relations::code(gold, &Pipeline::load()?, threads)?,
            };
            AllScores::Relations(relations::measures::score(&relations::join(gold, &coded)))
        }
        Gold::Pairs(gold) => {
            let answers = match coded {
                Some(path) => pairs::read(path, gold)?,
                None => pairs::answer(gold, threads)?,
            };
            AllScores::Pairs(pairs::score(&pairs::compared(gold, &answers)))
        }
    })
}

/// Whether a file's first line is a document with attribution relations.
fn is_relations(path: &Path) -> Result<bool, ScoreError> {
    let file = open_unpacked(path).map_err(|source| ScoreError::Unreadable { path: path.to_owned(), source })?;
    let first = jsonl::read::<serde_json::Value>(file).next();
    Ok(first.is_some_and(|line| line.is_ok_and(|v| v.get("doc_id").is_some())))
}
