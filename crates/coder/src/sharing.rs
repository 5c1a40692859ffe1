//! Cues that the parser hung inside what another cue reports although both have one source: "said it would go and *warned*
//! …", "said it was hurt, *adding* …".

use readout_codebook::Force;
use readout_syntax::Tree;

use crate::saying::{Saying, Source};
use crate::scene::Sentence;

/// Gives such cues the outer one's source, and takes them out of its content.
pub(crate) fn share(s: &Sentence, all: &mut [Saying]) {
    for inner in 0..all.len() {
        let Some((verb, outer)) = all.get(inner).and_then(|x| outer_of(s, all, inner, x)) else { continue };
        let source = all.get(outer).map_or(Source::Unknown, |x| x.source);
        let below = s.tree.subtree(verb);
        if let Some(x) = all.get_mut(outer) {
            x.content.retain(|w| !below.contains(w));
        }
        if let Some(x) = all.get_mut(inner) {
            x.source = source;
        }
    }
}

/// The verb of `x`, and the innermost saying that holds it wrongly.
fn outer_of(s: &Sentence, all: &[Saying], index: usize, x: &Saying) -> Option<(usize, usize)> {
    let tree = s.tree;
    let verb = x.cue.iter().copied().find(|&w| tree.upos(w) == "VERB")?;
    let speaks = matches!(x.force, Force::Assertive | Force::Directive);
    if !speaks || s.quoted.get(verb) == Some(&true) || !(is_conjoined(tree, verb) || is_adjunct(tree, verb)) {
        return None;
    }
    let (outer, holder) = all
        .iter()
        .enumerate()
        .filter(|(i, y)| *i != index && y.content.contains(&verb) && matches!(y.source, Source::Word(_)))
        .min_by_key(|(_, y)| y.content.len())?;
    let own = holder.cue.iter().copied().find(|&w| tree.upos(w) == "VERB")?;
    let clause = tree.head(verb)?;
    (holder.force == Force::Assertive && tree.head(clause) == Some(own) && tree.rel(clause) == "ccomp")
        .then_some((verb, outer))
}

/// A finite verb without a subject that is coordinated with another form ("would go and warned").
fn is_conjoined(tree: &Tree, verb: usize) -> bool {
    let form = |w: usize| tree.get(w).map(|x| &*x.xpos);
    let finite = matches!(form(verb), Some("VBD" | "VBZ" | "VBP")) && tree.child(verb, "aux").is_none();
    tree.rel(verb) == "conj"
        && finite
        && tree.child(verb, "nsubj").is_none()
        && tree.head(verb).is_some_and(|h| form(h) != form(verb))
}

/// A participle after a comma ("…, adding that").
fn is_adjunct(tree: &Tree, verb: usize) -> bool {
    let first = tree.subtree(verb).first().copied().unwrap_or(verb);
    let comma = |w: usize| tree.get(w).is_some_and(|x| x.form == ",");
    tree.rel(verb) == "advcl"
        && tree.get(verb).is_some_and(|w| &*w.xpos == "VBG")
        && tree.child(verb, "nsubj").is_none()
        && tree.head(verb).is_some_and(|h| h < verb)
        && (comma(first) || first.checked_sub(1).is_some_and(comma))
}
