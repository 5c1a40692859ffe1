//! The one place that knows how the stages are joined: document → trees → coding.
//!
//! Stub: until the reader and the coder are joined here, every tree is flat and every document has no events and no
//! attributions.

use std::ops::Range;

use readout_codebook::Codebook;
use readout_coder::Coding;
use readout_syntax::{Tree, Word};
use readout_text::{Document, Meta, Sentence, Token};

/// The stages that are loaded once and shared by all threads.
pub(crate) struct Pipeline<'c> {
    codebook: &'c Codebook,
}

/// Reads for one thread.
pub(crate) struct Worker<'p> {
    _codebook: &'p Codebook,
}

/// What was coded and why.
#[derive(Debug, Default)]
pub(crate) struct Explanation {
    /// Events and attributions.
    pub(crate) coding: Coding,
    /// Names found in the tables.
    pub(crate) mentions: Vec<Mentioned>,
    /// Rules tried, in the order of sentences and words.
    pub(crate) traces: Vec<Trace>,
}

/// A name found in the tables of actors.
#[derive(Debug)]
pub(crate) struct Mentioned {
    /// Index of its sentence.
    pub(crate) sentence: usize,
    /// Its words.
    pub(crate) words: Range<usize>,
    /// Canonical name.
    pub(crate) name: String,
    /// Its code on the day.
    pub(crate) code: String,
    /// What it is: "country", "person".
    pub(crate) kind: String,
}

/// A rule that was tried at a word.
#[derive(Debug)]
pub(crate) struct Trace {
    /// Index of the sentence.
    pub(crate) sentence: usize,
    /// Index of the word.
    pub(crate) word: usize,
    /// Name of the rule.
    pub(crate) rule: String,
    /// `None` where it fired, else why it did not.
    pub(crate) why_not: Option<String>,
}

impl Pipeline<'static> {
    /// The embedded reader, tables and codebook.
    pub(crate) fn load() -> anyhow::Result<Self> {
        Pipeline::with(Codebook::embedded())
    }
}

impl<'c> Pipeline<'c> {
    /// The embedded reader and tables with this codebook.
    #[allow(clippy::unnecessary_wraps)] // loading the reader can fail
    pub(crate) fn with(codebook: &'c Codebook) -> anyhow::Result<Self> {
        Ok(Pipeline { codebook })
    }

    /// Version of the codebook, for the events' identifiers.
    pub(crate) fn codebook_version(&self) -> &str {
        self.codebook.hash()
    }

    /// A reader for one thread.
    pub(crate) fn worker(&self) -> Worker<'_> {
        Worker { _codebook: self.codebook }
    }
}

impl Worker<'_> {
    /// One tree a sentence.
    #[allow(clippy::unused_self)] // the reader will be its own
    pub(crate) fn read(&self, document: &Document) -> Vec<Tree> {
        document.sentences.iter().map(flat).collect()
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

/// A tree in which every word hangs on the first: stands in for the reader.
fn flat(sentence: &Sentence) -> Tree {
    let word = |(i, token): (usize, &Token)| Word {
        span: token.span,
        form: token.form.clone(),
        lemma: token.form.to_lowercase(),
        upos: "X".into(),
        xpos: "X".into(),
        head: (i > 0).then_some(0),
        deprel: if i > 0 { "dep" } else { "root" }.into(),
    };
    Tree::new(sentence.tokens.iter().enumerate().map(word).collect(), Vec::new())
}
