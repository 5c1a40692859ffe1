//! Where the content of a saying stands: in the cue's clause, around a cue set aside, or within quotation marks.

use readout_syntax::Tree;

use crate::scene::Sentence;

pub(crate) fn has_mark(tree: &Tree, c: usize, mark: &str) -> bool {
    tree.children(c).iter().any(|&m| matches!(tree.rel(m), "mark" | "case") && tree.lemma(m).eq_ignore_ascii_case(mark))
}

pub(crate) fn finite(tree: &Tree, c: usize) -> bool {
    !has_mark(tree, c, "to")
        && tree
            .get(c)
            .is_some_and(|w| &*w.xpos != "VBG" || tree.child(c, "aux").is_some() || tree.child(c, "nsubj").is_some())
}

/// What a verb of saying governs: its clause, the clause it stands in the middle or at the end of, or a quotation.
pub(crate) fn clause_content(s: &Sentence, v: usize, quotes: bool) -> Vec<usize> {
    let tree = s.tree;
    let told = |c: &usize| finite(tree, *c) || tree.upos(*c) != "VERB";
    let clause = tree
        .children(v)
        .iter()
        .copied()
        .filter(|&c| tree.rel(c) == "ccomp" || (tree.rel(c) == "parataxis" && (c < v || follows_bare(tree, v, c))))
        .find(told);
    let clause = clause.or_else(|| clause_behind_phrase(tree, v));
    let mut out = clause.map(|c| clause_words(tree, c)).unwrap_or_default();
    if let Some(first) = clause.filter(|&c| c > v && tree.rel(c) == "ccomp") {
        // A clause within the first that the parser hung beside it ("said the ministry believes *Chad has left*").
        let further = tree.children_by(v, "ccomp").filter(|&c| c > first).filter(told);
        out.extend(further.flat_map(|c| tree.subtree(c)));
    }
    let behind = clause.filter(|&c| c > v);
    let fronted = behind.map(|_| fronted(tree, v)).unwrap_or_default();
    let taken = behind.map(|c| subject_taken_for_object(tree, v, c)).unwrap_or_default();
    let kept = |w: usize| fronted.contains(&w) || taken.contains(&w);
    out.extend(fronted.iter().chain(&taken).copied());
    let stands_aside = matches!(tree.rel(v), "parataxis" | "discourse")
        || (tree.rel(v) == "advcl" && has_mark(tree, v, "as") && tree.child(v, "obj").is_none());
    if out.is_empty()
        && stands_aside
        && let Some(h) = tree.head(v)
    {
        let below = tree.subtree(v);
        let top = climb_while_aside(tree, h);
        out = tree.subtree(top).into_iter().filter(|w| !below.contains(w)).collect();
    }
    if out.is_empty() {
        out = before_final_cue(tree, v);
    }
    if quotes {
        let inside = |w: usize| s.quoted.get(w) == Some(&true);
        let any = out.iter().any(|&w| inside(w));
        // Without a clause of its own, a verb takes a quotation only where it has no other object and the words quoted
        // make a clause.
        let bare = out.is_empty() && tree.child(v, "obj").is_none_or(inside) && tree.child(v, "xcomp").is_none();
        let clause =
            (0..tree.len()).any(|w| inside(w) && matches!(tree.upos(w), "VERB" | "AUX")) || follows_quotation(s, v);
        if !inside(v) && (any || bare && clause) {
            // A quotation interrupted by its speaker belongs to the speaker on both sides.
            let own = tree.subtree(v);
            let empty = out.is_empty();
            let other = other_speaker_between(s, v);
            let loose = (0..tree.len()).filter(|&w| inside(w) && (empty || any || own.contains(&w)));
            out.extend(loose.filter(|&w| other.is_none_or(|o| (w < o) == (v < o))));
        }
    }
    out.sort_unstable();
    out.dedup();
    let cue_side = tree.subtree(v);
    out.retain(|&w| {
        kept(w)
            || w != v
                && (s.quoted.get(w) == Some(&true)
                    || tree.head(w) != Some(v)
                    || !matches!(tree.rel(w), "nsubj" | "punct" | "aux" | "advmod" | "obl"))
    });
    // What hangs on the verb of saying itself is no part of what is said: its subject, "in a statement", "on Monday".
    let own = tree
        .children(v)
        .iter()
        .copied()
        .filter(|&c| matches!(tree.rel(c), "nsubj" | "obl" | "advmod" | "obj" | "iobj"))
        .filter(|&c| s.quoted.get(c) != Some(&true));
    let own: Vec<usize> = own.flat_map(|c| tree.subtree(c)).collect();
    out.retain(|w| kept(*w) || !own.contains(w) || s.quoted.get(*w) == Some(&true));
    if out.len() < cue_side.len() || !out.is_empty() { out } else { Vec::new() }
}

/// A clause from its "that" on: what stands before goes with the verb above ("said this month that …").
pub(crate) fn clause_words(tree: &Tree, c: usize) -> Vec<usize> {
    let that = tree.children_by(c, "mark").find(|&m| m < c && tree.lemma(m) == "that");
    let mut words = tree.subtree(c);
    words.retain(|&w| that.is_none_or(|m| w >= m));
    words
}

/// "Announced in a statement *that* …", "reported last month *that* …": a clause that the parser hung on the phrase
/// between.
fn clause_behind_phrase(tree: &Tree, v: usize) -> Option<usize> {
    if tree.children(v).iter().any(|&c| c > v && matches!(tree.rel(c), "obj" | "xcomp" | "ccomp")) {
        return None;
    }
    let phrases = tree.children_by(v, "obl").filter(|&n| n > v && in_which(tree, n));
    phrases.filter_map(|n| told_by(tree, n)).next()
}

/// A clause with "that" and a subject, hung on a noun.
fn told_by(tree: &Tree, n: usize) -> Option<usize> {
    tree.children(n).iter().copied().find(|&c| {
        c > n
            && matches!(tree.rel(c), "acl" | "ccomp")
            && has_mark(tree, c, "that")
            && tree.child(c, "nsubj").is_some_and(|x| tree.lemma(x) != "that")
    })
}

/// Whether noun `n` tells in what or when somebody speaks: "in a statement", "last month".
pub(crate) fn in_which(tree: &Tree, n: usize) -> bool {
    let case = tree.children_by(n, "case").map(|c| tree.lemma(c)).next();
    tree.rel(n) == "obl"
        && matches!(case, None | Some("in" | "on" | "at" | "during"))
        && tree.head(n).is_some_and(|v| tree.upos(v) == "VERB" && tree.child(v, "nsubj").is_some())
}

/// "In recent days, *aides say*, the mood has changed": what stands before the comma, where commas part the speaker off.
fn fronted(tree: &Tree, v: usize) -> Vec<usize> {
    let comma = |w: usize| tree.get(w).is_some_and(|x| x.form == ",");
    let first = tree.child(v, "nsubj").and_then(|n| tree.subtree(n).first().copied()).filter(|&f| f < v);
    match first.and_then(|f| f.checked_sub(1)).filter(|&b| comma(b) && comma(v + 1) && tree.rel(v) == "root") {
        Some(b) => (0..b).collect(),
        None => Vec::new(),
    }
}

/// "…," the minister said: nothing but the speaker between a quotation and the verb.
fn follows_quotation(s: &Sentence, v: usize) -> bool {
    let first = s.tree.child(v, "nsubj").and_then(|n| s.tree.subtree(n).first().copied()).unwrap_or(v).min(v);
    let inside = |w: usize| s.quoted.get(w) == Some(&true);
    (0..first).rfind(|&w| s.tree.upos(w) != "PUNCT" || inside(w)).is_some_and(inside)
}

/// A clause that the parser set beside a verb of saying although nothing parts them ("told parliament the report showed").
fn follows_bare(tree: &Tree, v: usize, c: usize) -> bool {
    let first = tree.subtree(c).first().copied().unwrap_or(c);
    first > v && tree.child(c, "nsubj").is_some() && (v..first).all(|w| tree.upos(w) != "PUNCT")
}

/// "…, the agency INA reported.": all before the comma, however the parser hangs the cue.
fn before_final_cue(tree: &Tree, v: usize) -> Vec<usize> {
    let subject = tree.child(v, "nsubj").filter(|&n| n < v && tree.upos(n) != "PRON" || n + 1 == v);
    let Some(first) = subject.and_then(|n| tree.subtree(n).first().copied()) else { return Vec::new() };
    let ends = (v + 1..tree.len())
        .all(|w| tree.upos(w) == "PUNCT" || tree.is_under(w, v) && !matches!(tree.rel(w), "obj" | "ccomp" | "xcomp"));
    let comma = first.checked_sub(1).filter(|&b| tree.get(b).is_some_and(|w| w.form == "," || w.form == "\""));
    match comma {
        Some(b) if ends && b > 2 => (0..b).collect(),
        _ => Vec::new(),
    }
}

/// "Told parliament *the report* showed …": the subject of the clause, which the parser hung on the verb of saying.
fn subject_taken_for_object(tree: &Tree, v: usize, clause: usize) -> Vec<usize> {
    let bare = tree.child(clause, "nsubj").is_none() && finite(tree, clause) && !has_mark(tree, clause, "that");
    let object = tree.child(v, "obj").filter(|&o| bare && v < o && o < clause && tree.child(v, "iobj").is_some());
    object.map(|o| tree.subtree(o)).unwrap_or_default()
}

/// Another verb of a quotation's own speaker, where a sentence holds two quotations.
fn other_speaker_between(s: &Sentence, v: usize) -> Option<usize> {
    let tree = s.tree;
    // "…," she said, adding that the plan was "dead".
    let adding = |c: usize| {
        matches!(tree.rel(c), "advcl" | "conj" | "xcomp")
            && tree.get(c).is_some_and(|w| &*w.xpos == "VBG")
            && s.quoted.get(c) == Some(&false)
            && tree.child(c, "ccomp").is_some_and(|x| x > c)
    };
    let quote_before = |w: usize| (0..w).any(|q| s.quoted.get(q) == Some(&true));
    let added = tree.children(v).iter().copied().find(|&c| c > v && adding(c)).filter(|_| quote_before(v));
    let added_to = tree.head(v).filter(|&h| h < v && adding(v) && s.quoted.get(h) == Some(&false) && quote_before(h));
    if let Some(w) = added.or(added_to) {
        return Some(w);
    }
    (0..tree.len()).find(|&w| {
        w != v
            && s.quoted.get(w) == Some(&false)
            && tree.rel(w) == "conj"
            && tree.upos(w) == "VERB"
            && tree.child(w, "nsubj").is_some()
            && tree.child(w, "ccomp").is_some()
    })
}

fn climb_while_aside(tree: &Tree, i: usize) -> usize {
    let mut at = i;
    while tree.rel(at) == "parataxis"
        || (!matches!(tree.upos(at), "VERB" | "AUX" | "ADJ")
            && tree.child(at, "cop").is_none()
            && tree.rel(at) != "root")
    {
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    at
}
