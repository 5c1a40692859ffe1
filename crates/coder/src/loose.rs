//! Prepositional phrases of a word that the parse hung elsewhere: "wrote letters about the border *to Kenya*", where the
//! phrase hangs on the border.

use readout_syntax::Tree;

use crate::arguments::preposition;

/// Whether phrases with this preposition may be looked for below a word's other phrases: those that mark parties, and
/// not those that mark places or belong to the noun right before them.
fn wanders(p: &str) -> bool {
    !matches!(p, "of" | "in" | "at" | "near" | "inside" | "into" | "under" | "over" | "about" | "as")
}

/// Whether word `i` opens a clause with parties of its own.
fn is_clause(tree: &Tree, i: usize) -> bool {
    matches!(tree.rel(i), "ccomp" | "advcl" | "parataxis" | "csubj")
        || tree.deprel(i) == "acl:relcl"
        || (tree.rel(i) == "conj" && tree.upos(i) == "VERB")
        || tree.child(i, "nsubj").is_some()
}

/// The nearest nominal with preposition `p` after word `h` and below it, or, where `h` is a noun, below what follows it
/// beside it; within its clause, and not below a word that `takes` such a phrase itself. Coordinated words are the
/// caller's to add.
pub(crate) fn nearest(tree: &Tree, h: usize, p: &str, takes: impl Fn(usize) -> bool) -> Option<usize> {
    if !wanders(p) {
        return None;
    }
    let below = search(tree, tree.children(h).iter().copied().filter(|&c| c > h).collect(), p, &takes);
    let governor = tree.head(h).filter(|&g| tree.upos(h) == "NOUN" && tree.upos(g) == "VERB" && !takes(g));
    let beside = |g: usize| tree.children(g).iter().copied().filter(|&c| c > h).collect();
    below.or_else(|| governor.and_then(|g| search(tree, beside(g), p, &takes)))
}

/// Breadth first through phrases, level by level.
fn search(tree: &Tree, mut level: Vec<usize>, p: &str, takes: &impl Fn(usize) -> bool) -> Option<usize> {
    while !level.is_empty() {
        if let Some(c) = level.iter().find_map(|&c| marked(tree, c, p)) {
            return Some(c);
        }
        let inner = level.iter().filter(|&&c| !is_clause(tree, c) && !takes(c));
        level = inner.flat_map(|&c| tree.children(c).iter().copied().filter(move |&x| x > c)).collect();
    }
    None
}

/// Nominal `c` where it has the preposition, or the nominal before a participle ("with officials involved in it").
fn marked(tree: &Tree, c: usize, p: &str) -> Option<usize> {
    if matches!(tree.rel(c), "obl" | "nmod") && preposition(tree, c) == p {
        return Some(c);
    }
    let before = tree.children(c).iter().copied().filter(|&x| x < c && tree.rel(c) == "acl");
    before.into_iter().find(|&x| preposition(tree, x) == p)
}
