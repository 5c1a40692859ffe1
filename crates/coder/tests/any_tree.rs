//! Whatever a reader makes of a text, coding it neither fails nor gives a span outside the text.

#![allow(clippy::indexing_slicing)] // indices come from the generators below

use std::sync::Arc;

use proptest::prelude::*;
use readout_actors::Actors;
use readout_codebook::Codebook;
use readout_coder::Coder;
use readout_syntax::{Name, NameKind, Tree, Word};
use readout_text::{Document, Meta, Span};

const WORDS: [&str; 44] = [
    "Iran",
    "said",
    "the",
    "attack",
    "by",
    "U.S.",
    "troops",
    "condemned",
    "that",
    "it",
    "would",
    "not",
    "\"",
    "He",
    ",",
    "President",
    "Reagan",
    "and",
    "Syria",
    "refused",
    "to",
    "withdraw",
    "on",
    "Monday",
    "according",
    "to",
    "talks",
    "with",
    "Reuters",
    "reported",
    "quoted",
    "as",
    "saying",
    "dozens",
    "of",
    "rockets",
    "launched",
    "last",
    "year",
    "in",
    "Basra",
    "who",
    "they",
    ".",
];
const UPOS: [&str; 10] = ["NOUN", "VERB", "PROPN", "ADJ", "PRON", "ADP", "PUNCT", "AUX", "DET", "ADV"];
const XPOS: [&str; 9] = ["NN", "VBD", "VBN", "VBG", "NNP", "WDT", "PRP", "VB", "."];
const RELATIONS: [&str; 18] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "nmod:poss",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "acl:relcl",
    "conj",
    "appos",
    "case",
    "mark",
    "compound",
    "parataxis",
    "amod",
];

/// A sentence: for each word its form, tag, Penn tag, head and relation, as indices into the lists.
fn sentence() -> impl Strategy<Value = Vec<(usize, usize, usize, usize, usize)>> {
    prop::collection::vec((0..WORDS.len(), 0..UPOS.len(), 0..XPOS.len(), 0..40usize, 0..RELATIONS.len()), 1..24)
}

fn tree(document: &Document, index: usize, rows: &[(usize, usize, usize, usize, usize)]) -> Tree {
    let tokens = &document.sentences[index].tokens;
    let words = tokens.iter().zip(rows.iter().cycle()).map(|(token, &(_, upos, xpos, head, relation))| Word {
        span: token.span,
        lemma: token.form.to_lowercase(),
        form: token.form.clone(),
        upos: Arc::from(UPOS[upos]),
        xpos: Arc::from(XPOS[xpos]),
        head: (head < tokens.len()).then_some(head),
        deprel: Arc::from(RELATIONS[relation]),
    });
    let names = if tokens.len() > 2 { vec![Name { words: 0..2, kind: NameKind::Person }] } else { Vec::new() };
    Tree::new(words.collect(), names)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_tree_is_coded(rows in prop::collection::vec(sentence(), 1..5)) {
        let sentences: Vec<String> =
            rows.iter().map(|s| s.iter().map(|w| WORDS[w.0]).collect::<Vec<_>>().join(" ")).collect();
        let meta = Meta { published: "1987-10-19".parse().ok(), ..Meta::default() };
        let document = Document::from_sentences(&sentences, meta);
        let trees: Vec<Tree> = rows.iter().enumerate().map(|(i, s)| tree(&document, i, s)).collect();
        let coding = Coder::new(Actors::embedded(), Codebook::embedded()).code(&document, &trees);
        let inside = |span: Span| span.start <= span.end && document.text.get(span.start..span.end).is_some();
        for e in &coding.events {
            prop_assert!(e.sentence < trees.len());
            prop_assert!(inside(e.span) && e.actor.iter().chain(&e.recipient).all(|side| inside(side.span)));
            prop_assert!(e.place.iter().all(|p| inside(p.span)) && e.when.iter().all(|t| inside(t.span)));
            prop_assert!((0.0..=1.0).contains(&e.confidence));
        }
        for (i, a) in coding.attributions.iter().enumerate() {
            prop_assert!(a.sentence < trees.len());
            prop_assert!(a.content_spans.iter().chain(&a.cue_spans).chain(&a.source_spans).all(|&s| inside(s)));
            prop_assert!(a.nested_in.is_none_or(|n| n < coding.attributions.len() && n != i));
        }
    }
}
