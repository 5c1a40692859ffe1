//! Codes the sentences of the gold.

use std::collections::BTreeMap;

use readout_coder::Event;
use readout_pipeline::{Explanation, Pipeline, in_order};
use readout_record::Record;
use readout_record::formats::Annotated;
use readout_syntax::Tree;
use readout_text::{Document, Meta};

use crate::causes::{Causes, causes};
use crate::documents::Documents;
use crate::error::ScoreError;

/// What was coded from the gold's sentences, and how that came about.
#[derive(Default)]
pub struct Coded {
    /// The coded documents.
    pub documents: Documents,
    /// Of each document, what each coded event rests on.
    pub grounds: BTreeMap<String, Vec<Vec<String>>>,
    /// Why words were not coded.
    pub causes: Causes,
}

/// Codes the sentences of the gold, kept as split.
///
/// # Errors
/// Where a document could not be coded.
pub fn code(gold: &Documents, pipeline: &Pipeline<'_>, threads: usize) -> Result<Coded, ScoreError> {
    let mut coded = Coded::default();
    in_order(
        || gold.all().iter(),
        threads,
        || pipeline.worker(),
        |worker, g| {
            let document = Document::from_sentences(&g.sentences, meta(g));
            let trees = worker.read(&document);
            let Explanation { coding, traces } = worker.explain(&document, &trees);
            let words = |e: &Event| trees.get(e.sentence).map_or(0, Tree::len);
            let grounds: Vec<_> = coding.events.iter().map(|e| e.grounds(words(e))).collect();
            let causes = causes(&trees, &traces, pipeline.codebook());
            (Annotated::from(&Record::new(&document, &coding, pipeline.codebook_version())), grounds, causes)
        },
        |result| {
            let (document, grounds, causes) = result.ok_or(ScoreError::Fault)?;
            coded.grounds.insert(document.id.clone(), grounds);
            coded.causes.add(&document.id, causes);
            coded.documents.put(document);
            Ok::<_, ScoreError>(())
        },
    )?;
    Ok(coded)
}

fn meta(g: &Annotated) -> Meta {
    Meta {
        id: g.id.clone(),
        title: g.title.clone(),
        published: g.date.as_deref().and_then(|d| d.get(..10)?.parse().ok()),
        publisher: g.publisher.clone(),
        ..Meta::default()
    }
}
