//! The one place that knows how the stages are joined: document → trees → coding.
//!
//! Stub: until the coder is joined here, every document has no events and no attributions.

use readout_actors::{Actors, Mention};
use readout_codebook::Codebook;
use readout_coder::Coding;
use readout_syntax::{Model, NeuralReader, Reader as _, Tree};
use readout_text::{Document, Meta};

/// The stages that are loaded once and shared by all threads.
pub(crate) struct Pipeline<'c> {
    model: &'static Model,
    actors: &'static Actors,
    codebook: &'c Codebook,
}

/// Reads for one thread.
pub(crate) struct Worker<'p> {
    reader: NeuralReader<'p>,
    actors: &'p Actors,
}

/// What was coded and why: the coder's own types until it exports them.
#[derive(Debug, Default)]
pub(crate) struct Explanation {
    /// Events and attributions.
    pub(crate) coding: Coding,
    /// Rules looked at, in the order of sentences and words.
    pub(crate) traces: Vec<Trace>,
}

/// What became of one rule at one word.
#[derive(Debug)]
pub(crate) struct Trace {
    /// Index of the sentence.
    pub(crate) sentence: usize,
    /// Index of the word.
    pub(crate) word: usize,
    /// Name of the rule.
    pub(crate) rule: String,
    /// The entry looked at.
    pub(crate) entry: String,
    /// What became of it.
    pub(crate) outcome: Outcome,
}

/// Whether a rule fired.
#[derive(Debug)]
#[allow(dead_code)] // made by the coder
pub(crate) enum Outcome {
    /// It did.
    Fired,
    /// It did not, and why.
    Not(String),
}

impl Pipeline<'static> {
    /// The embedded reader, tables and codebook.
    pub(crate) fn load() -> anyhow::Result<Self> {
        Pipeline::with(Codebook::embedded())
    }
}

impl<'c> Pipeline<'c> {
    /// The embedded reader and tables with this codebook.
    pub(crate) fn with(codebook: &'c Codebook) -> anyhow::Result<Self> {
        Ok(Pipeline { model: Model::embedded()?, actors: Actors::embedded(), codebook })
    }

    /// Version of the codebook, for the events' identifiers.
    pub(crate) fn codebook_version(&self) -> &str {
        self.codebook.hash()
    }

    /// A reader for one thread.
    pub(crate) fn worker(&self) -> Worker<'_> {
        Worker { reader: self.model.reader(), actors: self.actors }
    }
}

impl Worker<'_> {
    /// One tree a sentence.
    pub(crate) fn read(&self, document: &Document) -> Vec<Tree> {
        self.reader.read_document(document)
    }

    /// The names of the tables in a sentence.
    pub(crate) fn mentions(&self, document: &Document, tree: &Tree) -> Vec<Mention> {
        self.actors.mentions(tree, document.meta.published)
    }

    /// What is coded from the document.
    pub(crate) fn code(&self, document: &Document) -> Coding {
        let _trees = self.read(document);
        Coding::default()
    }

    /// What is coded from the document, and why.
    #[allow(clippy::unused_self)]
    pub(crate) fn explain(&self, _document: &Document, _trees: &[Tree]) -> Explanation {
        Explanation::default()
    }
}

/// A document from the bytes of a text.
pub(crate) fn document(text: &[u8], meta: Meta) -> Document {
    Document::from_bytes(text, meta)
}

/// A document from sentences, kept as split and joined by line feeds.
pub(crate) fn document_of_sentences(sentences: &[String], meta: Meta) -> Document {
    Document::from_sentences(sentences, meta)
}
