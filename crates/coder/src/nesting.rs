//! Sayings within sayings: relayed words, ends trimmed, which stands in which.

use readout_codebook::Force;
use readout_syntax::Tree;

use crate::arguments::is_passive;
use crate::content::has_mark;
use crate::saying::{Saying, Source};
use crate::scene::Sentence;

/// Sayings that carry another's words: "quoted X as saying P", "the statement, carried by A, said P", "P, B said, A
/// reported". The outer one takes the inner one's content.
pub(crate) fn relay(s: &Sentence, all: &mut [Saying]) {
    let tree = s.tree;
    let snapshot: Vec<(Vec<usize>, Vec<usize>, Source)> =
        all.iter().map(|x| (x.cue.clone(), x.content.clone(), x.source)).collect();
    for x in all.iter_mut() {
        let Some(&v) = x.cue.first() else { continue };
        for (cue, content, source) in &snapshot {
            let Some(&inner) = cue.first().filter(|&&i| i != v) else { continue };
            let as_saying = has_mark(tree, inner, "as") && tree.head(inner) == Some(v);
            let carried =
                tree.rel(v) == "acl" && is_passive(tree, v) && tree.head(v).is_some_and(|n| *source == Source::Word(n));
            if as_saying || carried {
                x.content.clone_from(content);
            }
        }
    }
    // Both verbs stand aside of one clause: neither is part of what the other reports.
    for (i, x) in all.iter_mut().enumerate() {
        for (k, (cue, content, source)) in snapshot.iter().enumerate() {
            let Some(&other) = cue.first() else { continue };
            if i != k
                && tree.rel(other) == "parataxis"
                && tree.head(other).is_none_or(|h| !x.cue.contains(&h))
                && x.content.contains(&other)
                && !content.is_empty()
            {
                let mut out = tree.subtree(other);
                if let Source::Word(w) = source {
                    out.extend(tree.subtree(*w));
                }
                if !out.iter().all(|w| x.content.contains(w)) || x.content.len() > out.len() {
                    x.content.retain(|w| !out.contains(w));
                }
            }
        }
    }
}

/// Cuts what is not part of the content off its ends: marks, commas, "that", a gloss after "which".
pub(crate) fn trim(s: &Sentence, x: &mut Saying) {
    let tree = s.tree;
    let inside = |w: usize| s.quoted.get(w) == Some(&true);
    x.content.sort_unstable();
    x.content.dedup();
    x.content.retain(|w| !x.cue.contains(w));
    if let (Source::Word(w), Some(&last)) = (x.source, x.content.last())
        && let Some(gloss) = x.content.iter().copied().find(|&c| {
            let gloss = tree.deprel(c) == "acl:relcl" && is_gloss(tree, c) || is_aside(tree, c);
            // "Urged them to go home, after fights broke out": the narrator tells when.
            let circumstance = x.force == Force::Directive && tree.rel(c) == "advcl" && follows_comma(tree, c);
            (gloss || circumstance && tree.child(c, "mark").is_some_and(|m| tree.lemma(m) != "if"))
                && tree.head(c).is_some_and(|h| h < c)
                && !tree.subtree(c).into_iter().any(inside)
                && tree.subtree(c).last() == Some(&last)
                && !tree.is_under(w, c)
        })
    {
        let below = tree.subtree(gloss);
        x.content.retain(|c| !below.contains(c));
    }
    // Words outside a quotation on the far side of its cue are the narrator's: "…," he said in a meeting on Monday.
    let quoted: Vec<usize> = x.content.iter().copied().filter(|&w| inside(w)).collect();
    if let (Some(&first), Some(&last), Some(&cue)) = (quoted.first(), quoted.last(), x.cue.first())
        && !inside(cue)
        && (cue > last && x.content.iter().find(|&&w| tree.upos(w) != "PUNCT") == Some(&first) || cue < first)
    {
        x.content.retain(|&w| inside(w) || (w < cue) == (first < cue));
    }
    let edge = |w: usize| {
        tree.upos(w) == "PUNCT"
            && !matches!(tree.get(w).map(|x| x.form.as_str()), Some(")" | "..."))
            && !(inside(w) && matches!(tree.get(w).map(|x| x.form.as_str()), Some("." | "?" | "!")))
    };
    while let Some(&w) = x.content.first().filter(|&&w| {
        edge(w)
            || (matches!(tree.rel(w), "mark") && matches!(tree.lemma(w), "that"))
            || (tree.rel(w) == "cc" && !inside(w))
    }) {
        x.content.retain(|&c| c != w);
    }
    while let Some(&w) = x.content.last().filter(|&&w| edge(w)) {
        x.content.retain(|&c| c != w);
    }
}

/// Whether the clause of `c` stands after a comma.
fn follows_comma(tree: &Tree, c: usize) -> bool {
    tree.subtree(c).into_iter().next().is_some_and(|w| {
        tree.get(w).is_some_and(|x| x.form == ",")
            || w.checked_sub(1).and_then(|b| tree.get(b)).is_some_and(|x| x.form == ",")
    })
}

/// "…, taken by Chad last year": a participle after a comma that tells of a noun.
fn is_aside(tree: &Tree, c: usize) -> bool {
    tree.deprel(c) == "acl" && tree.get(c).is_some_and(|w| &*w.xpos == "VBN") && follows_comma(tree, c)
}

/// A relative clause after a comma.
fn is_gloss(tree: &Tree, c: usize) -> bool {
    let first = tree.subtree(c).into_iter().find(|&w| tree.upos(w) != "PUNCT");
    let relative = |w: usize| tree.get(w).is_some_and(|x| matches!(&*x.xpos, "WDT" | "WP" | "WP$" | "WRB"));
    follows_comma(tree, c) && first.is_some_and(relative)
}

/// Sets which saying stands in which; those of one content by the place of their cue, the outer one last.
pub(crate) fn nest(here: &mut [Saying], base: usize) {
    let snapshot: Vec<(Vec<usize>, Vec<usize>)> = here.iter().map(|x| (x.cue.clone(), x.content.clone())).collect();
    for (i, x) in here.iter_mut().enumerate() {
        let mut best: Option<(usize, usize)> = None;
        for (k, (cue, content)) in snapshot.iter().enumerate().filter(|(k, _)| *k != i) {
            let Some(&anchor) = x.cue.first().or(x.content.first()) else { continue };
            let same = *content == x.content;
            let relayed = same
                && match (cue.first(), x.cue.first()) {
                    (Some(&outer), Some(&own)) => relays(outer, own, x),
                    _ => false,
                };
            if (content.contains(&anchor) && !same || relayed) && best.is_none_or(|(_, size)| content.len() < size) {
                best = Some((k, content.len()));
            }
        }
        x.nested_in = best.map(|(k, _)| base + k);
    }
}

/// Of two sayings with one content: "quoted B as saying" (outer first) or "B said, A reported" (outer last).
fn relays(outer: usize, own: usize, x: &Saying) -> bool {
    let after = x.content.last().is_some_and(|&l| own > l);
    if after { outer > own } else { outer < own }
}
