//! Attribution relations (source, cue, content) against hand annotation in the shape of PolNeAR.

pub mod errors;
pub mod measures;
mod tokens;

use std::path::Path;

use readout_coder::Relation;
use readout_pipeline::{Pipeline, in_order};
use readout_record::formats::{Attributed, Stretch, Stretches, jsonl};
use readout_sources::open_unpacked;
use readout_text::{Document, Meta, Span};

pub use self::tokens::ROLES;
use crate::error::ScoreError;

/// The documents of a file.
///
/// # Errors
/// Where it cannot be read, or a line is no document with attribution relations.
pub fn read(path: &Path) -> Result<Vec<Attributed>, ScoreError> {
    let file = open_unpacked(path).map_err(|source| ScoreError::Unreadable { path: path.to_owned(), source })?;
    let needs = "a document with `doc_id` and `attributions`";
    let line = |line: Result<_, _>| line.map_err(|source| ScoreError::Line { path: path.to_owned(), source, needs });
    jsonl::read::<Attributed>(file).map(line).collect()
}

/// Codes the texts of the gold in the wide scope.
///
/// # Errors
/// Where a document could not be coded.
pub fn code(gold: &[Attributed], pipeline: &Pipeline<'_>, threads: usize) -> Result<Vec<Attributed>, ScoreError> {
    let mut coded = Vec::new();
    in_order(
        || gold.iter(),
        threads,
        || pipeline.worker(),
        |worker, g| {
            let meta = Meta {
                id: g.doc_id.clone(),
                published: g.date.as_deref().and_then(|d| d.get(..10)?.parse().ok()),
                publisher: g.publisher.clone(),
                ..Meta::default()
            };
            let document = Document::from_bytes(g.text.as_bytes(), meta);
            let attributions = stretches(&document, &g.text, &worker.relations(&document));
            Attributed { doc_id: g.doc_id.clone(), attributions, ..Attributed::default() }
        },
        |result| {
            coded.push(result.ok_or(ScoreError::Fault)?);
            Ok::<_, ScoreError>(())
        },
    )?;
    Ok(coded)
}

/// The relations coded from `document`, in code points of the text that was given.
fn stretches(document: &Document, given: &str, relations: &[Relation]) -> Vec<Stretches> {
    let starts: Vec<usize> = given.char_indices().map(|(i, _)| i).collect();
    let place = |byte: usize| starts.partition_point(|&start| start < byte);
    let stretch = |span: &Span| -> Stretch {
        let span = document.original(*span);
        [place(span.start), place(span.end)]
    };
    let all = |spans: &[Span]| spans.iter().map(stretch).collect();
    relations.iter().map(|r| Stretches { source: all(&r.source), cue: all(&r.cue), content: all(&r.content) }).collect()
}

/// Each gold document with the predictions of its name; one that has none counts as one with nothing found.
pub fn join<'a>(gold: &'a [Attributed], coded: &'a [Attributed]) -> Vec<(&'a Attributed, &'a [Stretches])> {
    let by_name = |id: &str| coded.iter().rfind(|c| c.doc_id == id).map_or(&[][..], |c| c.attributions.as_slice());
    gold.iter().map(|g| (g, by_name(&g.doc_id))).collect()
}
