//! A document laid out for coding: its sentences with their trees and names, its quotations, its parties.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use readout_actors::{Actors, Code, Mention, PartyClass, RowId};
use readout_codebook::Codebook;
use readout_syntax::Tree;
use readout_text::{Document, Span};

use crate::quotation;

/// One sentence, with what the stages before found in it.
pub(crate) struct Sentence<'a> {
    /// Its index in the document.
    pub index: usize,
    /// Its tree.
    pub tree: &'a Tree,
    /// Names of the tables in it.
    pub mentions: Vec<Mention>,
    /// For each word, whether it stands within quotation marks.
    pub quoted: Vec<bool>,
}

/// A party as the document has it, coreference resolved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ref {
    pub words: Range<usize>,
    pub name: Option<String>,
    pub code: Code,
    pub class: PartyClass,
    pub row: Option<RowId>,
    pub inferred: Option<&'static str>,
}

/// What coding a document needs to look at.
pub(crate) struct Scene<'a> {
    pub document: &'a Document,
    pub actors: &'a Actors,
    pub codebook: &'a Codebook,
    pub day: Option<Date>,
    pub sentences: Vec<Sentence<'a>>,
    /// Parties of nominals by (sentence, word), filled by [`crate::coreference`].
    pub parties: HashMap<(usize, usize), Vec<Ref>>,
}

impl<'a> Scene<'a> {
    pub fn new(document: &'a Document, trees: &'a [Tree], actors: &'a Actors, codebook: &'a Codebook) -> Self {
        let day = document.meta.published;
        let marks = quotation::marks(document, trees);
        let sentences = trees.iter().zip(marks).enumerate();
        let sentences = sentences.map(|(index, (tree, quoted))| Sentence { index, tree, mentions: actors.mentions(tree, day), quoted });
        Scene { document, actors, codebook, day, sentences: sentences.collect(), parties: HashMap::new() }
    }

    /// The parties that nominal `w` stands for; none where it is no party.
    pub fn parties_at(&self, s: &Sentence, w: usize) -> &[Ref] {
        self.parties.get(&(s.index, w)).map_or(&[], Vec::as_slice)
    }

    /// Whether nominal `w`, which names no party by itself, stands for one named before.
    pub fn earlier_party(&self, s: &Sentence, w: usize) -> bool {
        self.parties_at(s, w).iter().any(|r| !matches!(r.class, PartyClass::Thing | PartyClass::Territory))
    }

    /// Text of words `words` of a sentence, as written.
    pub fn text(&self, s: &Sentence, words: Range<usize>) -> (String, Span) {
        let span = s.tree.span_of(words);
        (span.of(&self.document.text).to_owned(), span)
    }
}
