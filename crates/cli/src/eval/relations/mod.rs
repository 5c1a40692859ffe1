//! Attribution relations (source, cue, content) against hand annotation in the shape of PolNeAR.

pub(crate) mod errors;
pub(crate) mod measures;
pub(crate) mod report;
mod tokens;

use readout_coder::Relation;
use readout_record::formats::{Attributed, Stretch, Stretches};
use readout_text::{Document, Span};

/// The relations coded from `document`, in code points of the text that was given.
pub(crate) fn stretches(document: &Document, given: &str, relations: &[Relation]) -> Vec<Stretches> {
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
pub(crate) fn join<'a>(gold: &'a [Attributed], coded: &'a [Attributed]) -> Vec<(&'a Attributed, &'a [Stretches])> {
    let by_name = |id: &str| coded.iter().rfind(|c| c.doc_id == id).map_or(&[][..], |c| c.attributions.as_slice());
    gold.iter().map(|g| (g, by_name(&g.doc_id))).collect()
}
