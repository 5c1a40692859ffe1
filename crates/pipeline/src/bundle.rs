//! A few records read and coded together: sentences of several short documents fill the network better than those of one.

use readout_coder::Coding;
use readout_record::Record;
use readout_sources::is_english;
use readout_store::Report;
use readout_text::{Document, Origin, Problem};

use crate::parallel::guarded;
use crate::pipeline::Worker;

/// A document and what is coded from it.
pub struct Coded {
    /// The document.
    pub document: Document,
    /// Nothing, where it is not coded.
    pub coding: Coding,
    /// Whether it is coded: one in another language is not, unless that is asked for.
    pub is_coded: bool,
}

impl Coded {
    /// Its record, in spans of the text as it was given. `codebook` is the version that it was coded with, which the record of
    /// one that is not coded does not bear.
    pub fn record(&self, codebook: &str) -> Record {
        let mut record = Record::new(&self.document, &self.coding, codebook);
        record.codebook = record.codebook.filter(|_| self.is_coded);
        record
    }

    /// Its record, for a store. The store keeps the text as it was read, so spans index that.
    pub fn into_report(mut self, codebook: &str) -> Report {
        self.document.origin = Origin::default();
        let record = self.record(codebook);
        Report::new(self.document.text, self.document.presplit, self.is_coded, record)
    }
}

/// What is coded from each item, of which `document` makes a document or says why it cannot. `None` where an item's work
/// panicked, which costs no other. Documents in other languages than English are not coded, unless `any_language`.
pub fn coded<T, E>(
    worker: &Worker<'_>,
    any_language: bool,
    items: Vec<T>,
    document: impl Fn(T) -> Result<Document, E>,
) -> Vec<Option<Result<Coded, E>>> {
    let marked = |mut document| {
        let is_coded = any_language || is_to_be_coded(&mut document);
        (document, is_coded)
    };
    let read = |item| guarded(|| document(item).map(marked));
    let read: Vec<Option<Result<(Document, bool), E>>> = items.into_iter().map(read).collect();
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
pub fn bundles<T>(mut records: impl Iterator<Item = T>, size: impl Fn(&T) -> usize) -> impl Iterator<Item = Vec<T>> {
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
