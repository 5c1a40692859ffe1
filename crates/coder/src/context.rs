//! The PLOVER contexts of an act: those its rule carries, and those that words of its own phrase or clause tell
//! (classes `context-…` of the codebook).

use readout_syntax::Tree;

use crate::act::Act;
use crate::condition::in_class;
use crate::scene::{Scene, Sentence};

/// Contexts of `act`, sorted.
pub(crate) fn contexts(scene: &Scene, s: &Sentence, act: &Act) -> Vec<String> {
    let words = around(s.tree, act);
    let mut out = act.contexts.clone();
    for context in scene.codebook.ontology.contexts() {
        let class = format!("context-{}", context.name.replace('_', "-"));
        if !out.contains(&context.name) && words.iter().any(|&w| in_class(scene, s, w, &class)) {
            out.push(context.name.clone());
        }
    }
    out.sort_unstable();
    out
}

/// The act's words, its sides, and what hangs on them, clauses of their own left out.
fn around(tree: &Tree, act: &Act) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let mut open: Vec<usize> =
        [&act.trigger, &act.actor, &act.recipient, &act.via].into_iter().flatten().copied().collect();
    open.push(act.word);
    while let Some(w) = open.pop() {
        if !out.contains(&w) {
            out.push(w);
            open.extend(tree.children(w).iter().copied().filter(|&c| !is_clause(tree, c)));
        }
    }
    out
}

fn is_clause(tree: &Tree, i: usize) -> bool {
    matches!(tree.rel(i), "ccomp" | "advcl" | "parataxis" | "csubj")
        || tree.deprel(i) == "acl:relcl"
        || tree.rel(i) == "conj" && tree.upos(i) == "VERB"
}
