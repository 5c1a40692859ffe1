//! Looking into one report: its words and trees, the rules that were tried, its text with marks.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use readout_pipeline::Outcome;
use readout_record::Record;
use readout_syntax::Tree;
use readout_text::Document;
use serde_json::{Value, json};

/// A rule that was looked at: `outcome` is null where it fired, else why it did not.
pub(crate) fn rule(trace: &readout_pipeline::Trace) -> Value {
    let why = match &trace.outcome {
        Outcome::Fired => None,
        Outcome::Not(why) => Some(why),
    };
    json!({
        "sent": trace.sentence, "word": trace.word, "rule": trace.rule, "entry": trace.entry,
        "fired": why.is_none(), "why_not": why,
    })
}

/// The words of a sentence; heads count from 0, the root has none. Spans are bytes of the text as given.
pub(crate) fn words(document: &Document, tree: &Tree) -> Value {
    let word = |i: usize| {
        let word = tree.get(i)?;
        let span = document.original(word.span);
        Some(json!({
            "form": word.form, "lemma": word.lemma, "upos": &*word.upos, "xpos": &*word.xpos,
            "head": word.head, "deprel": &*word.deprel, "span": [span.start, span.end],
        }))
    };
    (0..tree.len()).filter_map(word).collect()
}

/// The text of a record with its events drawn into it, as HTML with its own style.
#[pyfunction]
pub(crate) fn marked(text: &str, record: &[u8]) -> PyResult<String> {
    let record: Record = serde_json::from_slice(record).map_err(|e| PyValueError::new_err(e.to_string()))?;
    Ok(readout_web::marked(text, &record))
}
