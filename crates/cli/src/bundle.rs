//! A few records read and coded together: sentences of several short documents fill the network better than those of one.

use readout_coder::Coding;
use readout_sources::{Rejection, is_english};
use readout_text::{Document, Problem};

use crate::input::{Incoming, Reading};
use crate::parallel::guarded;
use crate::pipeline::Worker;

/// A document and what is coded from it.
pub(crate) struct Coded {
    /// The document.
    pub(crate) document: Document,
    /// Nothing, where it is not coded.
    pub(crate) coding: Coding,
    /// Whether it is coded: one in another language is not, unless that is asked for.
    pub(crate) is_coded: bool,
}

/// The outcome of each record; `None` where its work panicked, which costs no other.
pub(crate) fn coded(
    reading: &Reading,
    worker: &Worker<'_>,
    any_language: bool,
    records: Vec<Incoming>,
) -> Vec<Option<Result<Coded, Rejection>>> {
    let marked = |mut document| {
        let is_coded = any_language || is_to_be_coded(&mut document);
        (document, is_coded)
    };
    let read = |incoming| guarded(|| reading.document(incoming).map(marked));
    let read: Vec<Option<Result<(Document, bool), Rejection>>> = records.into_iter().map(read).collect();
    let good = read.iter().flatten().flatten().filter(|(_, is_coded)| *is_coded);
    let mut codings = worker.code_guarded(&good.map(|(document, _)| document).collect::<Vec<_>>()).into_iter();
    let mut outcome = |read| match read {
        Ok((document, is_coded)) => {
            let coding = if is_coded { codings.next().flatten()? } else { Coding::default() };
            Some(Ok(Coded { document, coding, is_coded }))
        }
        Err(rejection) => Some(Err(rejection)),
    };
    read.into_iter().map(|read| outcome(read?)).collect()
}

/// Whether a document is in English; notes in others that they are not coded.
fn is_to_be_coded(document: &mut Document) -> bool {
    let language = document.meta.language.as_deref().unwrap_or("en");
    if is_english(language) {
        return true;
    }
    let what = format!("the text is in {language}, not in English, and was not coded");
    document.problems.push(Problem { span: None, what });
    false
}

/// Records that are coded together at most, and bytes at which no more are taken: enough to fill the network.
const RECORDS_A_BUNDLE: usize = 16;
const BYTES_A_BUNDLE: usize = 16 * 1024;

/// Records in bundles of a few short ones or one long one, in order; `size` tells the bytes of one that have to be coded.
pub(crate) fn bundles<T>(
    mut records: impl Iterator<Item = T>,
    size: impl Fn(&T) -> usize,
) -> impl Iterator<Item = Vec<T>> {
    std::iter::from_fn(move || {
        let (mut bundle, mut bytes) = (Vec::new(), 0);
        while bundle.len() < RECORDS_A_BUNDLE && bytes < BYTES_A_BUNDLE {
            let Some(record) = records.next() else { break };
            bytes += size(&record);
            bundle.push(record);
        }
        (!bundle.is_empty()).then_some(bundle)
    })
}
