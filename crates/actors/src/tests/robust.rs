//! Whatever the tree, an answer comes, and soon.

use std::sync::Arc;

use jiff::civil::date;
use readout_syntax::{Name, NameKind, Tree, Word};
use readout_text::Span;

use crate::Actors;

const FORMS: [&str; 24] = [
    "Iran",
    "the",
    "Iranian",
    "-",
    "backed",
    "president",
    "President",
    "Rouhani",
    "of",
    "'s",
    "U.S.",
    "New",
    "York",
    "Street",
    "Bank",
    "and",
    "Georgia",
    ",",
    "forces",
    "G.",
    "opposition",
    "former",
    "",
    "\u{130}İ",
];
const TAGS: [&str; 7] = ["NOUN", "PROPN", "ADJ", "PUNCT", "ADP", "PRON", "VERB"];
const RELATIONS: [&str; 12] = [
    "amod",
    "compound",
    "flat",
    "nmod",
    "nmod:poss",
    "case",
    "det",
    "conj",
    "appos",
    "nmod:desc",
    "punct",
    "obl:unmarked",
];

/// A tree of random words; heads before or after, cycles too.
fn scrambled(words: usize, seed: u64) -> Tree {
    let mut state = seed | 1;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let word = |i: usize, next: &mut dyn FnMut(usize) -> usize| {
        let form = FORMS[next(FORMS.len())].to_owned();
        let (upos, deprel) = (Arc::from(TAGS[next(TAGS.len())]), Arc::from(RELATIONS[next(RELATIONS.len())]));
        let head = Some((i + 8).saturating_sub(next(16))).filter(|&h| h < words && h != i);
        Word { span: Span::new(i, i + 1), lemma: form.to_lowercase(), form, upos, xpos: Arc::from(""), head, deprel }
    };
    let all = (0..words).map(|i| word(i, &mut next)).collect();
    let names = (0..words / 9).map(|i| Name { words: i * 9..i * 9 + 3, kind: NameKind::Person }).collect();
    Tree::new(all, names)
}

#[test]
fn scrambled_trees_do_no_harm() {
    let actors = Actors::embedded();
    for seed in 0..600 {
        let tree = scrambled(1 + seed as usize % 40, seed * 7919);
        let mentions = actors.mentions(&tree, Some(date(2019, 2, 26)));
        assert!(mentions.windows(2).all(|m| m[0].words.end <= m[1].words.start), "{mentions:?}");
        for head in 0..=tree.len() {
            for p in actors.parties(&tree, &mentions, head, Some(date(2019, 2, 26))) {
                assert!(p.words.end <= tree.len() && p.words.start < p.words.end, "{p:?}");
            }
        }
    }
}

#[test]
fn long_sentences_take_time_in_proportion() {
    let actors = Actors::embedded();
    let time = |words: usize| {
        let tree = Tree::new(scrambled(words, 5).words().to_vec(), Vec::new());
        let once = || {
            let start = std::time::Instant::now();
            let mentions = actors.mentions(&tree, None);
            (0..words).filter(|&head| actors.party(&tree, &mentions, head, None).is_some()).count();
            start.elapsed()
        };
        // The fastest of several, so that other work on the machine does not count.
        (0..7).map(|_| once()).min().unwrap_or_default()
    };
    // A quadratic step would make this some sixteenfold.
    let (short, long) = (time(4_000), time(16_000));
    assert!(long < short * 9, "{short:?} for 4,000 words, {long:?} for 16,000");
}
