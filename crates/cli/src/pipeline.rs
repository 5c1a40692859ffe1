//! The one place that knows how the stages are joined: document → trees → coding.
//!
//! Stub: until the coder is there, every document is read as having no events and no attributions, and the text stage
//! is stood in for by a splitter at full stops and blanks.

use std::ops::Range;

use readout_codebook::Codebook;
use readout_coder::Coding;
use readout_syntax::Tree;
use readout_text::{Document, Meta, Sentence, Span, Token};

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
        document.sentences.iter().map(|_| Tree::default()).collect()
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

/// A document from text.
pub(crate) fn document(text: &[u8], meta: Meta) -> Document {
    let text = String::from_utf8_lossy(text).into_owned();
    let mut spans = Vec::new();
    let mut start = 0;
    for (end, _) in text.match_indices(['.', '\n']) {
        spans.push(Span::new(start, end + 1));
        start = end + 1;
    }
    spans.push(Span::new(start, text.len()));
    assemble(text, spans, meta)
}

/// A document from sentences, kept as split and joined by line feeds.
pub(crate) fn document_of_sentences(sentences: &[String], meta: Meta) -> Document {
    let text = sentences.join("\n");
    let mut start = 0;
    let mut spans = Vec::new();
    for sentence in sentences {
        spans.push(Span::new(start, start + sentence.len()));
        start += sentence.len() + 1;
    }
    assemble(text, spans, meta)
}

fn assemble(text: String, spans: Vec<Span>, mut meta: Meta) -> Document {
    if meta.id.is_empty() {
        meta.id = format!("text-{}", text.len());
    }
    let sentences = spans
        .into_iter()
        .filter(|s| !s.of(&text).trim().is_empty())
        .map(|span| Sentence { span, tokens: tokens(&text, span), starts_paragraph: false })
        .collect();
    Document { text, meta, sentences, ..Document::default() }
}

fn tokens(text: &str, span: Span) -> Vec<Token> {
    let base = text.as_ptr() as usize;
    span.of(text)
        .split_whitespace()
        .map(|w| {
            let start = w.as_ptr() as usize - base;
            Token { span: Span::new(start, start + w.len()), form: w.to_owned() }
        })
        .collect()
}
