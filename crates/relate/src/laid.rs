//! A pair laid out for reading: its document, its trees, and the words of each side.

use readout_syntax::{NeuralReader, Reader as _, Tree};
use readout_text::{Document, Meta, Span};

use crate::Pair;

/// A pair's text with its trees, and for each sentence the words of either side.
pub(crate) struct Laid {
    pub document: Document,
    pub trees: Vec<Tree>,
    pub source: Vec<Vec<usize>>,
    pub target: Vec<Vec<usize>>,
}

impl Laid {
    pub fn new(pair: &Pair, reader: &NeuralReader) -> Self {
        let document = Document::from_text(pair.text.clone(), Meta::default());
        let trees = reader.read_document(&document);
        let side = |spans: &[Span]| -> Vec<Vec<usize>> { trees.iter().map(|tree| words(tree, spans)).collect() };
        let (source, target) = (side(&pair.source), side(&pair.target));
        Laid { document, trees, source, target }
    }

    /// Each token of the text with its mark: 1 within the source, 2 within the target, 3 within both, else 0.
    pub fn marks(&self) -> Vec<usize> {
        let sentence = |(s, tree): (usize, &Tree)| -> Vec<usize> {
            let has = |side: &[Vec<usize>], i: usize| usize::from(side.get(s).is_some_and(|words| words.contains(&i)));
            (0..tree.len()).map(|i| has(&self.source, i) + 2 * has(&self.target, i)).collect()
        };
        self.trees.iter().enumerate().flat_map(sentence).collect()
    }
}

fn words(tree: &Tree, spans: &[Span]) -> Vec<usize> {
    let touches = |at: Span| spans.iter().any(|s| s.start < at.end && s.end > at.start);
    tree.words().iter().enumerate().filter(|(_, w)| touches(w.span)).map(|(i, _)| i).collect()
}

/// The word that the others of a side hang on: the first whose head is not among them.
pub(crate) fn head(tree: &Tree, words: &[usize]) -> Option<usize> {
    words.iter().copied().find(|&w| tree.head(w).is_none_or(|h| !words.contains(&h)))
}
