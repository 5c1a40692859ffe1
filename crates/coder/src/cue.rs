//! What each kind of cue governs: verbs, nouns, adjectives, adverbs, and phrases such as "according to".

use readout_codebook::{Cue, Entry, Pos, Slot, Takes};
use readout_syntax::Tree;

use crate::arguments::{agent, fillers, is_passive, patient, preposition, stray_subjects, surface_subject};
use crate::content::{clause_content, finite, has_mark};
use crate::matching::Found;
use crate::saying::{Saying, Source, saying};
use crate::scene::{Scene, Sentence};

/// "According to X, …": a phrase of the sentence that is no verb.
pub(crate) fn by_phrase(scene: &Scene, s: &Sentence, i: usize) -> Option<Saying> {
    let tree = s.tree;
    let first = tree.get(i)?.form.to_lowercase();
    for cue in scene.codebook.cues() {
        for entry in cue.entries.iter().filter(|e| e.pos == Pos::Prep && e.words.first().is_some_and(|w| *w == first)) {
            let mut at = i;
            let mut words = vec![i];
            let complete = entry.words.iter().skip(1).all(|want| {
                let next = (at + 1..at + 3).find(|&w| {
                    tree.get(w).is_some_and(|x| x.form.eq_ignore_ascii_case(want) || x.lemma.eq_ignore_ascii_case(want))
                });
                at = next.unwrap_or(at);
                words.extend(next);
                next.is_some()
            });
            if !complete {
                continue;
            }
            let source = complement(tree, &words)?;
            let below = tree.subtree(source);
            let governor = tree.head(source).map(|g| if words.contains(&g) { tree.head(g).unwrap_or(g) } else { g });
            let clause = governor.map_or_else(|| tree.root(), |g| Some(predicate_above(tree, g)))?;
            let content: Vec<usize> =
                tree.subtree(clause).into_iter().filter(|w| !below.contains(w) && !words.contains(w)).collect();
            let named = scene.actors.party(tree, &s.mentions, source, scene.day).is_some()
                || tree.name_at(source).is_some()
                || matches!(tree.upos(source), "PRON" | "PROPN")
                || person_like(scene, s, source);
            if !named || content.len() < 3 {
                return None;
            }
            return Some(Saying {
                sentence: s.index,
                source: Source::Word(source),
                cue: words,
                content,
                force: cue.force,
                vouches: true,
                nested_in: None,
                continues: None,
            });
        }
    }
    None
}

fn person_like(scene: &Scene, s: &Sentence, w: usize) -> bool {
    let lemma = s.tree.lemma(w).to_lowercase();
    scene.actors.role(&lemma).is_some() || scene.codebook.class_has("documents", &lemma)
}

/// The nominal that a run of preposition words governs.
fn complement(tree: &Tree, words: &[usize]) -> Option<usize> {
    let inside = |i: usize| words.contains(&i);
    let up = words
        .iter()
        .rev()
        .filter_map(|&w| tree.head(w))
        .find(|&h| !inside(h) && words.last().is_some_and(|&l| h > l) && !matches!(tree.upos(h), "VERB" | "AUX"));
    up.or_else(|| {
        words
            .iter()
            .flat_map(|&w| tree.children(w).iter().copied())
            .find(|&c| !inside(c) && matches!(tree.rel(c), "obl" | "obj" | "nmod"))
    })
}

/// The nearest word from `i` upwards that heads a clause.
fn predicate_above(tree: &Tree, i: usize) -> usize {
    let mut at = i;
    for _ in 0..tree.len() {
        if matches!(tree.rel(at), "root" | "ccomp" | "parataxis" | "advcl" | "acl")
            || (tree.rel(at) == "conj" && tree.upos(at) == "VERB")
        {
            break;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    at
}

pub(crate) fn of_verb(s: &Sentence, cue: &Cue, found: &Found) -> Option<Saying> {
    let (tree, v) = (s.tree, found.word);
    let hyphenated = v > 0 && tree.get(v - 1).is_some_and(|w| w.form == "-");
    if hyphenated || s.quoted.get(v) == Some(&true) && performative(tree, v) {
        return None;
    }
    let takes = |t: Takes| cue.takes.contains(&t);
    let object = tree.child(v, "obj").filter(|o| !found.extra.contains(o));
    let passive = is_passive(tree, v);
    let mut content: Vec<usize> = Vec::new();
    if takes(Takes::Clause) || takes(Takes::Quote) {
        content = clause_content(s, v, takes(Takes::Quote));
    }
    if content.is_empty() && takes(Takes::Infinitive) {
        let addressee = object
            .or_else(|| fillers(tree, v, &found.extra, found.last, &Slot::Obj).first().copied())
            .or_else(|| passive.then(|| surface_subject(tree, v)).flatten());
        let infinitive = tree
            .children(v)
            .iter()
            .copied()
            .filter(|&c| {
                matches!(tree.rel(c), "xcomp" | "ccomp" | "advcl")
                    && (has_mark(tree, c, "to") || tree.rel(c) == "xcomp")
            })
            .find(|&c| c > v);
        // The parser hangs "to do" on the addressee at times.
        let infinitive = infinitive
            .or_else(|| addressee.and_then(|o| tree.children_by(o, "acl").find(|&c| has_mark(tree, c, "to"))));
        if let Some(c) = infinitive {
            content = tree.subtree(c);
            if let Some(o) = addressee.filter(|&o| !passive || o < v) {
                content.extend(tree.subtree(o));
            }
        }
    }
    if content.is_empty() && takes(Takes::As) {
        let judged = object.or_else(|| passive.then(|| surface_subject(tree, v)).flatten());
        let predicate = tree
            .children(v)
            .iter()
            .copied()
            .find(|&c| {
                matches!(tree.rel(c), "obl" | "advcl" | "xcomp" | "nmod")
                    && (has_mark(tree, c, "as") || (tree.rel(c) == "xcomp" && !has_mark(tree, c, "to")))
            })
            .or_else(|| {
                object.and_then(|o| {
                    tree.children(o)
                        .iter()
                        .copied()
                        .find(|&c| matches!(tree.rel(c), "nmod" | "acl") && has_mark(tree, c, "as"))
                })
            });
        if let (Some(j), Some(p)) = (judged, predicate) {
            content = tree.subtree(j);
            content.extend(tree.subtree(p));
        }
    }
    if content.is_empty()
        && takes(Takes::Of)
        && let Some(o) = object.or_else(|| patient(tree, v))
        && let Some(&of) = ["of", "for", "over"]
            .iter()
            .flat_map(|p| fillers(tree, v, &found.extra, None, &Slot::Prep((*p).to_owned())))
            .collect::<Vec<_>>()
            .first()
    {
        content = tree.subtree(o);
        content.extend(tree.subtree(of));
    }
    if content.is_empty()
        && takes(Takes::Np)
        && !passive
        && let Some(o) = object.or_else(|| fillers(tree, v, &found.extra, found.last, &Slot::Obj).first().copied())
    {
        // A noun that reports ("denied reports that …") is part of what is denied.
        content = tree.subtree(o);
    }
    content.sort_unstable();
    content.dedup();
    if content.is_empty()
        && passive
        && takes(Takes::Clause)
        && tree.child(v, "xcomp").is_some()
        && agent(tree, v).is_none()
    {
        // "Several vessels have been confirmed hit": the clause itself, cue and all.
        content = tree.subtree(v);
    }
    if content.is_empty() {
        return None;
    }
    let quoted_as = has_mark(tree, v, "as").then(|| tree.head(v)).flatten();
    let source = match quoted_as {
        Some(g) if tree.upos(g) == "VERB" => patient(tree, g),
        _ => agent(tree, v),
    };
    let source = match source {
        Some(w) if content.contains(&w) && !passive => return None,
        Some(w) => Source::Word(w),
        None if passive => {
            // "It was reported that …", "has been confirmed hit": the clause itself, cue and all.
            content = tree.subtree(v);
            Source::Unknown
        }
        None => stray_subjects(tree, v).first().copied().or_else(|| inverted_subject(tree, v)).map(Source::Word)?,
    };
    let mut x = saying(s, source, found, content);
    if x.cue.is_empty() {
        x.cue = found.words.clone();
    }
    Some(x)
}

/// The speaker's own "we urge", "I say" within a quotation is no further attribution.
fn performative(tree: &Tree, v: usize) -> bool {
    surface_subject(tree, v).is_some_and(|w| matches!(tree.lemma(w).to_lowercase().as_str(), "i" | "we"))
}

/// "…," said the minister: a subject after the verb that the parser took for an object.
fn inverted_subject(tree: &Tree, v: usize) -> Option<usize> {
    tree.children(v).iter().copied().find(|&c| {
        c > v
            && matches!(tree.rel(c), "obj" | "nsubj" | "obl")
            && preposition(tree, c).is_empty()
            && matches!(tree.upos(c), "NOUN" | "PROPN" | "PRON")
    })
}

pub(crate) fn of_noun(s: &Sentence, cue: &Cue, entry: &Entry, found: &Found) -> Option<Saying> {
    let (tree, n) = (s.tree, found.word);
    let clause = tree.children(n).iter().copied().find(|&c| {
        c > n
            && (matches!(tree.deprel(c), "acl" | "ccomp" | "appos")
                || tree.rel(c) == "acl"
                    && has_mark(tree, c, "that")
                    && tree.child(c, "nsubj").is_some_and(|x| tree.lemma(x) != "that"))
            && ((has_mark(tree, c, "that") || tree.child(c, "nsubj").is_some()) && finite(tree, c)
                || has_mark(tree, c, "to") && cue.takes.contains(&Takes::Infinitive))
    });
    // "The allegation is that …".
    let predicative =
        tree.head(n).filter(|&h| tree.rel(n) == "nsubj" && tree.child(h, "cop").is_some() && has_mark(tree, h, "that"));
    let c = clause.or(predicative)?;
    let slots = if entry.frame.actor.is_empty() {
        vec![Slot::Poss, Slot::Adj, Slot::Prep("of".into()), Slot::Prep("by".into()), Slot::Prep("from".into())]
    } else {
        entry.frame.actor.clone()
    };
    let own = slots.iter().find_map(|slot| {
        let all = fillers(tree, n, &found.extra, found.last, slot);
        all.into_iter().find(|&w| *slot != Slot::Adj || s.mentions.iter().any(|m| m.words.contains(&w)))
    });
    // A report or statement speaks for itself as the subject of a verb; as a bare noun it has no source.
    let source = own.map_or(Source::Unknown, Source::Word);
    Some(saying(s, source, found, tree.subtree(c)))
}

pub(crate) fn of_adjective(s: &Sentence, found: &Found) -> Option<Saying> {
    let (tree, a) = (s.tree, found.word);
    let clause = tree.child(a, "ccomp").filter(|&c| finite(tree, c))?;
    let source = tree.child(a, "nsubj").filter(|&w| tree.lemma(w) != "it")?;
    Some(saying(s, Source::Word(source), found, tree.subtree(clause)))
}

pub(crate) fn of_adverb(s: &Sentence, found: &Found) -> Option<Saying> {
    let clause = predicate_above(s.tree, s.tree.head(found.word)?);
    Some(saying(s, Source::Unknown, found, s.tree.subtree(clause)))
}
