//! Whom pronouns stand for: the most salient nominal before them, or the speaker of the words they stand in.

use readout_actors::{Code, PartyClass};

use crate::arguments::{surface_subject, with_conjuncts};
use crate::coreference::{Seen, nominal};
use crate::saying::{Saying, Source};
use crate::scene::{Ref, Scene, Sentence};

/// Sentences looked back for the antecedent of a pronoun.
const PRONOUN_REACH: usize = 3;

pub(crate) fn pronoun(
    scene: &Scene,
    s: &Sentence,
    w: usize,
    lemma: &str,
    sayings: &[Saying],
    seen: &[Seen],
) -> Vec<Ref> {
    let tree = s.tree;
    if let Some(refs) = glossed(scene, s, w, sayings, seen) {
        return refs;
    }
    let mine = |refs: Vec<Ref>| -> Vec<Ref> {
        refs.into_iter().map(|r| Ref { words: w..w + 1, inferred: Some("pronoun"), ..r }).collect()
    };
    match lemma {
        "i" | "we" | "me" | "us" | "my" | "our" | "ours" | "mine" => mine(
            speaker(scene, s, w, sayings, seen, &mut 0)
                .into_iter()
                .map(|r| Ref {
                    code: if lemma.starts_with('w') || lemma.starts_with('o') || lemma == "us" {
                        collective(&r.code)
                    } else {
                        r.code.clone()
                    },
                    ..r
                })
                .collect(),
        ),
        "who" | "which" | "that" | "whom" | "whose" => {
            let clause = clause_of(s, w);
            match clause.filter(|&c| tree.rel(c) == "acl").and_then(|c| tree.head(c)) {
                Some(h) => seen
                    .iter()
                    .rev()
                    .find(|m| m.sentence == s.index && m.word == h)
                    .map(|m| mine(m.refs.clone()))
                    .unwrap_or_default(),
                None => Vec::new(),
            }
        }
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
            let female = lemma.starts_with('s') || lemma.starts_with("her");
            mine(best(s, w, sayings, seen, |m| m.refs.len() == 1 && m.person && m.female.is_none_or(|f| f == female)))
        }
        "it" | "its" | "itself" => {
            if lemma == "it" && is_expletive(s, w) {
                return Vec::new();
            }
            mine(best(s, w, sayings, seen, |m| {
                m.refs.len() == 1
                    && !m.plural
                    && m.refs.iter().any(|r| {
                        (r.row.is_some() || r.name.is_some() || r.code.country().is_some() || r.code.is_body())
                            && matches!(
                                r.class,
                                PartyClass::State
                                    | PartyClass::Body
                                    | PartyClass::Medium
                                    | PartyClass::Group
                                    | PartyClass::Armed
                            )
                    })
            }))
        }
        "they" | "them" | "their" | "theirs" | "themselves" => {
            if let Some(refs) = own_speaker(s, w, sayings, seen) {
                return mine(refs);
            }
            let plural = best(s, w, sayings, seen, |m| {
                m.plural && m.refs.iter().all(|r| r.class != PartyClass::Thing && r.class != PartyClass::Territory)
            });
            if !plural.is_empty() {
                return mine(plural);
            }
            if tree.deprel(w) == "nmod:poss"
                && let Some(thing) = seen
                    .iter()
                    .rev()
                    .find(|m| m.sentence == s.index && m.plural && m.refs.iter().any(|r| r.class == PartyClass::Thing))
            {
                return mine(thing.refs.clone());
            }
            mine(best(s, w, sayings, seen, |m| {
                m.refs
                    .iter()
                    .all(|r| !matches!(r.class, PartyClass::Thing | PartyClass::Territory | PartyClass::Person))
            }))
        }
        "both" => {
            let mut out: Vec<Ref> = Vec::new();
            for r in seen.iter().rev().flat_map(|m| m.refs.iter()).filter(|r| r.class == PartyClass::State) {
                if out.len() < 2 && out.iter().all(|o| o.code != r.code) {
                    out.insert(0, r.clone());
                }
            }
            mine(out)
        }
        _ => Vec::new(),
    }
}

/// "They [the attackers]": whom the editor's brackets name.
fn glossed(scene: &Scene, s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen]) -> Option<Vec<Ref>> {
    let tree = s.tree;
    let open = tree.get(w + 1).filter(|x| x.form == "[")?;
    let close = (w + 2..tree.len()).find(|&i| tree.get(i).is_some_and(|x| x.form == "]"))?;
    let glued = open.span.start > tree.get(w)?.span.end;
    let head = (w + 2..close).rev().find(|&i| glued && matches!(tree.upos(i), "NOUN" | "PROPN"))?;
    let refs = nominal(scene, s, head, sayings, seen);
    (!refs.is_empty()).then_some(refs)
}

/// "The police said they had …": an organised speaker in the plural, where no other plural stands between.
fn own_speaker(s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen]) -> Option<Vec<Ref>> {
    if s.quoted.get(w) == Some(&true) || s.tree.rel(w) != "nsubj" {
        return None;
    }
    let around =
        sayings.iter().filter(|x| x.sentence == s.index && x.content.contains(&w)).min_by_key(|x| x.content.len())?;
    let Source::Word(source) = around.source else { return None };
    let here = || seen.iter().rev().filter(|m| m.sentence == s.index);
    let speaker = here().find(|m| m.word == source && m.refs.len() == 1)?;
    let organised = |r: &Ref| matches!(r.class, PartyClass::Armed | PartyClass::Group | PartyClass::Body);
    let between = here().any(|m| m.word < w && m.plural && around.content.contains(&m.word));
    (source < w && !between && speaker.refs.iter().all(organised)).then(|| speaker.refs.clone())
}

/// "We" of an official is the state he speaks for.
fn collective(code: &Code) -> Code {
    if code.sector() == Some("LEG") { code.with_sector("GOV") } else { code.clone() }
}

fn is_expletive(s: &Sentence, w: usize) -> bool {
    let Some(h) = s.tree.head(w) else { return true };
    let clause =
        |h: usize| ["ccomp", "xcomp", "advcl", "acl"].iter().any(|rel| s.tree.children_by(h, rel).any(|c| c > h));
    s.tree.rel(w) == "expl"
        || s.tree.child(h, "csubj").is_some()
        || matches!(s.tree.upos(h), "ADJ" | "NOUN")
            && s.tree.rel(w) == "nsubj"
            && with_conjuncts(s.tree, h).into_iter().any(clause)
}

fn clause_of(s: &Sentence, w: usize) -> Option<usize> {
    let mut at = w;
    for _ in 0..s.tree.len() {
        at = s.tree.head(at)?;
        if matches!(s.tree.rel(at), "acl" | "ccomp" | "root" | "parataxis" | "advcl") {
            return Some(at);
        }
    }
    None
}

/// The speaker of the innermost saying around word `w`.
fn speaker(scene: &Scene, s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen], depth: &mut usize) -> Vec<Ref> {
    let around =
        sayings.iter().filter(|x| x.sentence == s.index && x.content.contains(&w)).min_by_key(|x| x.content.len());
    around.map(|x| source_refs(scene, sayings, x, seen, depth)).unwrap_or_default()
}

fn source_refs(scene: &Scene, sayings: &[Saying], x: &Saying, seen: &[Seen], depth: &mut usize) -> Vec<Ref> {
    *depth += 1;
    match x.source {
        Source::Word(w) => {
            let known = seen.iter().rev().find(|m| m.sentence == x.sentence && m.word == w).map(|m| m.refs.clone());
            known.unwrap_or_else(|| match scene.sentences.get(x.sentence) {
                // A speaker who comes after the quotation, by a pronoun.
                Some(s) if s.tree.upos(w) == "PRON" => {
                    let last = seen.iter().rev().find(|m| m.source && m.refs.len() == 1);
                    last.map(|m| m.refs.clone()).unwrap_or_default()
                }
                Some(s) => nominal(scene, s, w, sayings, seen),
                None => Vec::new(),
            })
        }
        Source::Of(i) if *depth < 20 => {
            sayings.get(i).map(|y| source_refs(scene, sayings, y, seen, depth)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The most salient nominal before word `w` that passes: near, subject or source before others, not an argument of the
/// pronoun's own verb.
fn best(s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen], fits: impl Fn(&Seen) -> bool) -> Vec<Ref> {
    let tree = s.tree;
    let subject_pronoun = tree.rel(w) == "nsubj";
    let possessive = tree.deprel(w) == "nmod:poss";
    let own_clause = tree.head(w);
    let embedded = matches!(tree.lemma(w), "they" | "them" | "their")
        && clause_of(s, w).is_some_and(|c| matches!(tree.rel(c), "acl" | "advcl"));
    let saying = sayings.iter().find(|x| x.sentence == s.index && x.source == Source::Word(w)).is_some();
    let around =
        sayings.iter().filter(|x| x.sentence == s.index && x.content.contains(&w)).min_by_key(|x| x.content.len());
    let score = |m: &Seen| -> i64 {
        let distance = (s.index - m.sentence) as i64;
        let mut total = -40 * distance;
        total += if m.subject { 35 } else { 0 } + if m.source { 15 } else { 0 };
        if subject_pronoun && m.subject && distance == 1 {
            total += 10;
        }
        if saying && m.source {
            total += 30;
        }
        if distance == 0 {
            total += if embedded && m.plural { 15 } else { 0 };
            // "The prosecutor, Jane Doe, accused him": she is the subject too.
            let named = Some(m.word).filter(|&x| tree.rel(x) == "appos").and_then(|x| tree.head(x)).unwrap_or(m.word);
            let governs = tree.head(named);
            if possessive {
                // "Iran's attack and its …": the clause's own subject first.
                let subject =
                    own_clause.and_then(|c| clause_of(s, c).or(Some(c))).and_then(|c| surface_subject(tree, c));
                if subject.is_some_and(|x| with_conjuncts(tree, x).contains(&m.word)) {
                    total += 30;
                }
            } else if governs == own_clause && governs.is_some() {
                total -= 200;
            }
            // The speaker speaks of himself in reported speech, of others in quotations.
            if let Some(x) = around.filter(|x| x.source == Source::Word(m.word)) {
                total += if s.quoted.get(w) == Some(&true) && x.content.contains(&w) { -100 } else { 25 };
            }
            total -= ((w.saturating_sub(m.word)) as i64) / 4;
        } else {
            total -= m.word as i64 / 6;
        }
        total
    };
    let near = seen.iter().filter(|m| s.index - m.sentence <= PRONOUN_REACH && (m.sentence < s.index || m.word < w));
    let top = near.filter(|m| fits(m)).max_by_key(|m| (score(m), m.sentence, std::cmp::Reverse(m.word)));
    top.map(|m| m.refs.clone()).unwrap_or_default()
}
