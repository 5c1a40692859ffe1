//! Answers for pairs of marked parties.

use pyo3::prelude::*;
use readout_pipeline::{default_threads, in_order, relater};
use readout_relate::{Answer, Pair};
use readout_text::Span;

use crate::raised;

/// A text with the spans of two parties, in bytes.
type Marked = (String, Vec<(usize, usize)>, Vec<(usize, usize)>);

/// The best relation for each pair, as the JSON that `readout relate` writes; null where it could not be told because of
/// a fault.
#[pyfunction]
pub(crate) fn relate(py: Python<'_>, pairs: Vec<Marked>) -> PyResult<Vec<Option<String>>> {
    py.detach(|| {
        relater().map_err(|error| raised(&error))?; // trouble with the weights shows here, not in each thread
        let mut all = Vec::with_capacity(pairs.len());
        let threads = default_threads().min(pairs.len());
        let done: Result<(), std::convert::Infallible> = in_order(
            || pairs.into_iter().enumerate(),
            threads,
            relater,
            |relater, (i, (text, source, target))| {
                let spans =
                    |given: Vec<(usize, usize)>| given.into_iter().map(|(a, b)| Span::new(a, b.max(a))).collect();
                let pair = Pair { source: spans(source), target: spans(target), text };
                let relation = relater.as_ref().ok()?.relate(&pair);
                serde_json::to_string(&Answer::new(&i.to_string(), &pair.text, &relation)).ok()
            },
            |answer| {
                all.push(answer.flatten());
                Ok(())
            },
        );
        match done {
            Ok(()) => Ok(all),
            Err(never) => match never {},
        }
    })
}
