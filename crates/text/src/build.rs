//! Text to document.

use sha2::{Digest, Sha256};

use crate::furniture::{self, Notes};
use crate::layout::{self, Paragraph};
use crate::limits::{MAX_SENTENCE_TOKENS, MAX_TOKENS};
use crate::split::Splitter;
use crate::{Document, Meta, Origin, Problem, Sentence, Span, Token, decode, form};

impl Document {
    /// Reads a report's bytes: UTF-8, or UTF-16 with a byte-order mark. Bytes that are not text become U+FFFD, with
    /// a problem. The document's text has no byte-order mark; [`Document::original`] leads back.
    pub fn from_bytes(bytes: &[u8], meta: Meta) -> Document {
        let (text, origin, problems) = decode::decode(bytes);
        Document::from_decoded(text, origin, problems, meta)
    }

    /// Reads a report's text that the caller decoded: `origin` leads back to the bytes that were given, and `problems` says
    /// what was wrong with them.
    pub fn from_decoded(text: String, origin: Origin, problems: Vec<Problem>, meta: Meta) -> Document {
        let mut document = Document::from_text(text, meta);
        document.origin = origin;
        document.problems.splice(0..0, problems);
        document
    }

    /// Reads a report's text: paragraphs, furniture, sentences, tokens.
    pub fn from_text(text: String, meta: Meta) -> Document {
        let paragraphs = layout::paragraphs(&text);
        let notes = furniture::find(&text, &paragraphs, meta.published);
        let splitter = Splitter::new(&text);
        let mut builder = Builder::new(&text, notes);
        for (i, paragraph) in paragraphs.iter().enumerate() {
            builder.paragraph(&splitter, i, *paragraph);
        }
        let (sentences, notes, problems) = builder.finish();
        assemble(text, meta, sentences, notes, problems)
    }

    /// Reads a report whose sentences are known: they stay as given, one to one and joined by line feeds. A sentence
    /// that is all furniture, or empty, keeps its slot and has no tokens.
    pub fn from_sentences(given: &[String], meta: Meta) -> Document {
        let text = given.join("\n");
        let mut start = 0;
        let mut slots = Vec::with_capacity(given.len());
        for sentence in given {
            let end = start + sentence.len();
            let lead = sentence.len() - sentence.trim_start().len();
            let body = sentence.trim().len();
            let at = if body == 0 { start } else { start + lead };
            slots.push(Paragraph { span: Span::new(at, at + body), set_off: start == 0 });
            start = end + 1;
        }
        let notes = furniture::find(&text, &slots, meta.published);
        let splitter = Splitter::new(&text);
        let mut builder = Builder::new(&text, notes);
        for (i, slot) in slots.iter().enumerate() {
            builder.slot(&splitter, i, *slot);
        }
        let (sentences, notes, problems) = builder.finish();
        Document { presplit: true, ..assemble(text, meta, sentences, notes, problems) }
    }

    /// The span of the bytes that were given that `span` of the text came from.
    pub fn original(&self, span: Span) -> Span {
        self.origin.map(span)
    }
}

fn assemble(text: String, mut meta: Meta, sentences: Vec<Sentence>, notes: Notes, problems: Vec<Problem>) -> Document {
    if meta.id.is_empty() {
        meta.id = made_id(&text, &meta);
    }
    if meta.licence.is_none() {
        meta.licence = notes.licence;
    }
    let mut furniture = notes.furniture;
    furniture.sort_by_key(|f| f.span);
    Document { text, meta, furniture, sentences, presplit: false, problems, origin: Origin::default() }
}

/// The first 16 bytes of a SHA-256, in hexadecimal: of the text and, where known, of where and when it was printed, since
/// the same words in two papers are two reports.
fn made_id(text: &str, meta: &Meta) -> String {
    let mut hash = Sha256::new_with_prefix(text);
    let published = meta.published.map(|day| day.to_string());
    for (name, value) in [("uri", &meta.uri), ("publisher", &meta.publisher), ("published", &published)] {
        if let Some(value) = value {
            hash.update(format!("\0{name}\0{value}"));
        }
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

struct Builder<'t> {
    text: &'t str,
    notes: Notes,
    sentences: Vec<Sentence>,
    problems: Vec<Problem>,
    tokens: usize,
    full: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, notes: Notes) -> Self {
        Builder { text, notes, sentences: Vec::new(), problems: Vec::new(), tokens: 0, full: false }
    }

    /// Adds the sentences of a paragraph.
    fn paragraph(&mut self, splitter: &Splitter, i: usize, paragraph: Paragraph) {
        let body = self.notes.body(i, paragraph.span);
        let mut first = true;
        if self.full {
            return;
        }
        let (sentences, all) = splitter.sentences(body, MAX_TOKENS.saturating_sub(self.tokens));
        for found in sentences {
            let mut span = found.span;
            if first {
                span.start = paragraph.span.start;
            }
            self.sentence(span, found.tokens, std::mem::take(&mut first) && paragraph.set_off);
        }
        if !all {
            self.fill(paragraph.span);
            return;
        }
        if first {
            self.empty(paragraph.span, paragraph.set_off);
        } else if body.end < paragraph.span.end {
            // What ends the paragraph is furniture: a sentence without tokens.
            self.empty(Span::new(body.end, paragraph.span.end), false);
        }
    }

    fn empty(&mut self, span: Span, starts_paragraph: bool) {
        let given = span.of(self.text);
        let lead = given.len() - given.trim_start().len();
        let span = Span::new(span.start + lead, span.start + lead + given.trim().len());
        self.sentences.push(Sentence { span, tokens: Vec::new(), starts_paragraph });
    }

    /// Adds a sentence that was given split.
    fn slot(&mut self, splitter: &Splitter, i: usize, slot: Paragraph) {
        let body = self.notes.body(i, slot.span);
        let (tokens, all) = splitter.tokens(body);
        if !all {
            let what = format!("sentence longer than {MAX_SENTENCE_TOKENS} tokens, the rest was not read");
            self.problems.push(Problem { span: Some(slot.span), what });
        }
        self.sentence(slot.span, tokens, slot.set_off);
    }

    fn sentence(&mut self, span: Span, given: Vec<Span>, starts_paragraph: bool) {
        let mut tokens = Vec::with_capacity(given.len());
        for token in given {
            let form = form::normalise(token.of(self.text));
            if !form.is_empty() {
                tokens.push(Token { span: token, form });
            }
        }
        if self.tokens + tokens.len() > MAX_TOKENS {
            self.fill(span);
            tokens = Vec::new();
        }
        self.tokens += tokens.len();
        self.sentences.push(Sentence { span, tokens, starts_paragraph });
    }

    /// Notes that the document has as many tokens as it may have, and what goes unread from `span` on.
    fn fill(&mut self, span: Span) {
        if !self.full {
            let what = format!("document longer than {MAX_TOKENS} tokens, the rest was not read");
            self.problems.push(Problem { span: Some(span), what });
        }
        self.full = true;
    }

    fn finish(self) -> (Vec<Sentence>, Notes, Vec<Problem>) {
        (self.sentences, self.notes, self.problems)
    }
}
