//! Which entries of the codebook a word heads in its sentence.

use readout_codebook::{Entry, Pos};

use crate::scene::Sentence;

/// Words of an entry found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The head.
    pub word: usize,
    /// Content words beside the head.
    pub extra: Vec<usize>,
    /// Every word of the entry, in order.
    pub words: Vec<usize>,
    /// The entry's last word, where it is a preposition.
    pub last: Option<usize>,
}

/// Part of speech under which the codebook may know word `i`.
pub(crate) fn positions(s: &Sentence, i: usize) -> &'static [Pos] {
    match s.tree.upos(i) {
        "VERB" if s.tree.rel(i) == "amod" => &[Pos::Verb, Pos::Adj],
        "VERB" | "AUX" => &[Pos::Verb],
        "NOUN" | "PROPN" => &[Pos::Noun],
        "ADJ" => &[Pos::Adj, Pos::Verb],
        "ADV" if s.tree.child(i, "cop").is_some() => &[Pos::Adj],
        _ => &[],
    }
}

/// Whether two words between others are read past ("took *full* control").
const GAP: usize = 4;

/// Finds the words of `entry` around its head at word `i`.
pub(crate) fn find(s: &Sentence, i: usize, entry: &Entry) -> Option<Found> {
    let tree = s.tree;
    let mut found = Found { word: i, extra: Vec::new(), words: vec![i], last: None };
    let lemma_at = |w: usize, want: &str| {
        tree.get(w).is_some_and(|x| x.lemma.eq_ignore_ascii_case(want) || x.form.eq_ignore_ascii_case(want))
    };
    for (k, want) in entry.words.iter().enumerate() {
        if k == entry.head {
            continue;
        }
        if k < entry.head {
            // Words before a noun stand right before what follows them.
            let distance = entry.head - k;
            let hyphens = (1..=distance + 2).filter(|d| i.checked_sub(*d).is_some_and(|w| lemma_at(w, want)));
            let at = hyphens.map(|d| i - d).next()?;
            found.words.push(at);
            found.extra.push(at);
            continue;
        }
        let is_free = |w: &usize| !found.words.contains(w);
        let anchors: Vec<usize> = std::iter::once(i).chain(found.extra.iter().copied()).collect();
        let near = |w: usize| {
            let direct = anchors.iter().any(|&a| tree.head(w) == Some(a));
            let case = matches!(tree.rel(w), "case" | "mark" | "advmod")
                && tree.head(w).and_then(|h| tree.head(h)).is_some_and(|g| anchors.contains(&g));
            let fixed = tree.rel(w) == "fixed" && tree.head(w).is_some_and(|h| found.words.contains(&h));
            let governed = tree.rel(w) == "conj" && tree.head(w).is_some_and(|h| tree.head(h) == Some(i));
            direct || case || fixed || governed
        };
        let after = *found.words.iter().max().unwrap_or(&i);
        let next_to = (after + 1..=after + 1 + GAP).take_while(|&w| {
            w <= after + 1 || matches!(tree.upos(w - 1), "DET" | "ADJ" | "PRON" | "PROPN" | "ADV" | "NUM" | "PART")
        });
        let mut close = next_to.filter(is_free).filter(|&w| lemma_at(w, want));
        // "Made last week during a visit" makes no visit: an object has no preposition but the entry's own.
        let astray = |w: usize| {
            matches!(tree.upos(i), "VERB")
                && tree.upos(w) == "NOUN"
                && tree.children_by(w, "case").any(|c| !found.words.contains(&c) && tree.deprel(c) != "case:poss")
        };
        let lemma_at = |w: usize, want: &str| lemma_at(w, want) && !astray(w);
        let candidate = tree
            .children(i)
            .iter()
            .copied()
            .filter(is_free)
            .find(|&w| lemma_at(w, want) && near(w) && w > i)
            .or_else(|| close.find(|&w| w > i && (near(w) || w == after + 1)))
            .or_else(|| {
                (0..tree.len()).filter(is_free).find(|&w| {
                    lemma_at(w, want) && near(w) && (w > i || is_patient(s, i, w) || tree.rel(w) == "advmod")
                })
            })?;
        let function = matches!(tree.upos(candidate), "ADP" | "PART" | "ADV" | "SCONJ");
        found.words.push(candidate);
        if function {
            // "Turned away by X": an adverb has no complement.
            found.last = (tree.upos(candidate) != "ADV").then_some(candidate);
        } else {
            found.extra.push(candidate);
            found.last = None;
        }
    }
    if let Some(p) = found.last
        && (tree.rel(p) == "compound" || entry.words.last().is_some_and(|w| !w.eq_ignore_ascii_case(tree.lemma(p))))
    {
        found.last = None;
    }
    found.words.sort_unstable();
    Some(found)
}

/// Fixed objects may stand before a passive verb, adverbs before any.
fn is_patient(s: &Sentence, verb: usize, w: usize) -> bool {
    crate::arguments::patient(s.tree, verb) == Some(w)
}
