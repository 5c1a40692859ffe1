//! Which phrase of time dates an act, and whether it looks back or ahead: told by the tree.

use readout_syntax::Tree;

use super::Phrase;
use crate::arguments::preposition;

/// A phrase that dates an act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dating<'p> {
    pub phrase: &'p Phrase,
    /// Whether what it dates is told as still to come.
    pub ahead: bool,
    /// Whether it is told as going on to the day of the report ("has supported").
    pub lasting: bool,
}

/// Nominals followed from a phrase up to what it dates.
const FARTHEST: usize = 4;

/// The phrase that dates the act at `words` (its word and its operators): one that hangs on them, or on what they hang
/// on. `cues` are verbs of saying, whose time is not that of the act. Where it is `intended`, infinitives look ahead.
pub(crate) fn dating<'p>(
    tree: &Tree,
    phrases: &'p [Phrase],
    words: &[usize],
    cues: &[usize],
    intended: bool,
) -> Option<Dating<'p>> {
    let free = |p: &&Phrase| !follows_cue(tree, p, cues);
    let on = |anchor: usize| {
        let own = |p: &&Phrase| dates(tree, p, anchor) && !parted(tree, anchor, p.words.start, cues);
        phrases.iter().filter(free).find(own).map(|p| (p, anchor))
    };
    let (phrase, anchor) = words
        .iter()
        .find_map(|&w| on(w))
        .or_else(|| words.iter().find_map(|&w| shared(tree, w, &on)))
        .or_else(|| words.iter().find_map(|&w| purpose(tree, w, &on)))
        .or_else(|| {
            governor(tree, *words.first()?, cues, intended).and_then(|g| on(g).or_else(|| purpose(tree, g, &on)))
        })
        .or_else(|| words.iter().find_map(|&w| clause_above(tree, w, cues)).and_then(on))?;
    let verb = predicate(tree, anchor).filter(|&v| !parted(tree, v, anchor, cues));
    let perfect = verb.is_some_and(|v| tree.children_by(v, "aux").any(|c| tree.lemma(c) == "have"));
    let now = verb.is_some_and(|v| is_tagged(tree, v, &["VBZ", "VBP"]));
    let ahead = verb.is_some_and(|v| looks_ahead(tree, v, 0) || intended && is_tagged(tree, v, &["VB"]));
    Some(Dating { phrase, ahead, lasting: perfect || now })
}

/// Whether an act hangs, at whatever depth, on a verb that is `old`: what somebody did, or was tried for, in 2011 is no
/// younger than that.
pub(crate) fn hangs_on_old(
    tree: &Tree,
    phrases: &[Phrase],
    word: usize,
    cues: &[usize],
    old: impl Fn(&Phrase) -> bool,
) -> bool {
    let mut at = word;
    for _ in 0..tree.len() {
        let below = matches!(tree.rel(at), "obl" | "nmod" | "obj" | "nsubj" | "acl" | "xcomp" | "ccomp");
        // "Told of it in a report in 2011, which Chad denied": an answer in the past tense follows at once.
        let told = at == word && is_tagged(tree, at, &["VBD"]);
        let Some(h) = tree.head(at).filter(|_| below && (told || tree.deprel(at) != "acl:relcl")) else {
            return false;
        };
        let mut own = phrases.iter().filter(|p| !follows_cue(tree, p, cues) && dates(tree, p, h));
        if tree.upos(h) == "VERB" && own.any(&old) {
            return true;
        }
        at = h;
    }
    false
}

/// "Was already giving aid before the coup": what went on until another act, told by a past auxiliary.
pub(crate) fn ended_before(tree: &Tree, words: &[usize]) -> bool {
    let going = |v: usize| tree.children_by(v, "aux").any(|c| is_tagged(tree, c, &["VBD"]) && tree.lemma(c) != "do");
    let event = |v: usize| {
        tree.children_by(v, "obl").any(|c| {
            matches!(preposition(tree, c).as_str(), "before" | "prior to")
                && tree.upos(c) == "NOUN"
                && tree.children_by(c, "det").any(|d| tree.lemma(d) == "the")
        })
    };
    words.iter().any(|&v| tree.upos(v) == "VERB" && going(v) && event(v))
}

fn is_tagged(tree: &Tree, i: usize, tags: &[&str]) -> bool {
    tree.get(i).is_some_and(|w| tags.contains(&&*w.xpos))
}

/// Whether phrase `p` hangs on `anchor`, directly or within a phrase that stands at a time ("at a meeting on Monday").
fn dates(tree: &Tree, p: &Phrase, anchor: usize) -> bool {
    // "The summit is on Friday".
    if tree.head(anchor) == Some(p.head) && tree.rel(anchor) == "nsubj" {
        return true;
    }
    // "Tehran in the past had held": the parse hangs what stands before the verb on its subject.
    let subject = tree.head(p.head).filter(|&n| tree.rel(n) == "nsubj" && tree.head(n) == Some(anchor));
    let verb_group = |w: usize| w == anchor || tree.rel(w) == "aux" && tree.head(w) == Some(anchor);
    if subject.is_some_and(|n| n < p.words.start) && verb_group(p.words.end) {
        return true;
    }
    let mut at = p.head;
    for _ in 0..FARTHEST {
        let Some(h) = tree.head(at) else { return false };
        let inner = p.words.contains(&at);
        let case = preposition(tree, at);
        let argument = matches!(tree.rel(at), "nsubj" | "iobj" | "conj" | "xcomp" | "ccomp" | "csubj");
        // The time of a thing that is acted on is not that of the act; nor is that of what it comes after.
        if argument || tree.rel(at) == "obj" && !inner {
            return false;
        }
        if !inner && !matches!(case.as_str(), "" | "in" | "on" | "at" | "during" | "over" | "of") {
            return false;
        }
        if h == anchor {
            return true;
        }
        if matches!(tree.upos(h), "VERB" | "AUX") {
            return false;
        }
        at = h;
    }
    false
}

/// Whether a verb of saying beside the clause of `anchor` stands between it and what the parse hangs on it ("…," he said
/// in Oslo on Monday).
pub(crate) fn parted(tree: &Tree, anchor: usize, at: usize, cues: &[usize]) -> bool {
    let aside = |c: usize| tree.rel(c) == "parataxis" || tree.is_under(anchor, c);
    cues.iter().any(|&c| anchor < c && c < at && tree.upos(c) == "VERB" && aside(c))
}

/// Whether a phrase stands right after a verb of saying ("said on Sunday that …").
fn follows_cue(tree: &Tree, p: &Phrase, cues: &[usize]) -> bool {
    let mut at = p.words.start;
    while let Some(b) = at.checked_sub(1) {
        if cues.contains(&b) {
            return true;
        }
        if !matches!(tree.upos(b), "ADP" | "DET") {
            return false;
        }
        at = b;
    }
    false
}

/// Coordinated verbs share a time that stands before the first or after the last.
fn shared<'p>(
    tree: &Tree,
    w: usize,
    on: &impl Fn(usize) -> Option<(&'p Phrase, usize)>,
) -> Option<(&'p Phrase, usize)> {
    let first = || tree.head(w).filter(|_| tree.rel(w) == "conj").and_then(|h| on(h).filter(|(p, _)| p.head < h));
    let last = || {
        let verbal = tree.upos(w) == "VERB";
        tree.children_by(w, "conj").filter(|&c| verbal && tree.child(c, "nsubj").is_none()).find_map(on)
    };
    first().or_else(last)
}

/// "Used its veto to close the office in April": the time at the end of a purpose is that of what serves it.
fn purpose<'p>(
    tree: &Tree,
    w: usize,
    on: &impl Fn(usize) -> Option<(&'p Phrase, usize)>,
) -> Option<(&'p Phrase, usize)> {
    if !is_tagged(tree, w, &["VBD"]) {
        return None;
    }
    let aim = |c: &usize| {
        matches!(tree.rel(*c), "advcl" | "xcomp") && tree.children_by(*c, "mark").any(|m| tree.lemma(m) == "to")
    };
    tree.children(w).iter().copied().filter(aim).find_map(on).map(|(p, _)| (p, w))
}

/// The verb that noun `w` is an argument of, or takes place within; none where that is a verb of saying, or where it
/// tells of what is still to be done about the act.
fn governor(tree: &Tree, w: usize, cues: &[usize], intended: bool) -> Option<usize> {
    if tree.upos(w) == "VERB" {
        return None;
    }
    let near = matches!(preposition(tree, w).as_str(), "" | "in" | "on" | "at" | "during" | "over" | "by" | "with");
    tree.head(w).filter(|g| {
        let presupposed = tree.rel(w) == "obj" && !intended && looks_ahead(tree, *g, 0);
        let argument = matches!(tree.rel(w), "obj" | "nsubj" | "obl");
        argument && near && tree.upos(*g) == "VERB" && !cues.contains(g) && !presupposed && !parted(tree, *g, w, cues)
    })
}

/// The verb whose time a participle beside it shares ("attacked a train on Monday, taking hostages").
fn clause_above(tree: &Tree, w: usize, cues: &[usize]) -> Option<usize> {
    let participle = tree.rel(w) == "advcl" && is_tagged(tree, w, &["VBG"]) && tree.child(w, "mark").is_none();
    tree.head(w).filter(|h| participle && tree.upos(*h) == "VERB" && !cues.contains(h))
}

/// The nearest verb from `i` upwards.
fn predicate(tree: &Tree, i: usize) -> Option<usize> {
    let verbal = |i: usize| tree.upos(i) == "VERB" || tree.child(i, "cop").is_some();
    let above = std::iter::successors(Some(i), |&at| tree.head(at));
    above.take(tree.len()).find(|&at| verbal(at))
}

/// Whether a predicate is told as still to come: "will", "is to", a present, an infinitive after one of them.
fn looks_ahead(tree: &Tree, v: usize, depth: usize) -> bool {
    if depth > FARTHEST {
        return false;
    }
    let aux = |lemmas: &[&str]| {
        tree.children(v)
            .iter()
            .any(|&c| matches!(tree.rel(c), "aux" | "cop") && lemmas.contains(&tree.lemma(c).to_lowercase().as_str()))
    };
    if aux(&["have"]) {
        return false;
    }
    if aux(&["will", "shall", "would", "should", "must", "may", "might", "can", "could"]) {
        return true;
    }
    if tree.children_by(v, "aux").chain(tree.children_by(v, "cop")).any(|c| is_tagged(tree, c, &["VBD"])) {
        return false;
    }
    match tree.get(v).map(|w| &*w.xpos) {
        Some("VBZ" | "VBP") => true,
        Some("VB" | "VBG") => match tree.rel(v) {
            "acl" => true,
            "conj" | "xcomp" | "advcl" | "ccomp" => tree.head(v).is_some_and(|h| looks_ahead(tree, h, depth + 1)),
            _ => false,
        },
        Some("VBN" | "VBD") => {
            tree.rel(v) == "conj"
                && tree.get(v).is_some_and(|w| &*w.xpos == "VBN")
                && tree.head(v).is_some_and(|h| looks_ahead(tree, h, depth + 1))
        }
        // A predicate noun or adjective ("are due on Sunday").
        _ => tree.children_by(v, "cop").any(|c| is_tagged(tree, c, &["VBZ", "VBP"])),
    }
}
