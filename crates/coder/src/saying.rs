//! Sayings: who says what in a sentence, told from its structure alone, before anyone is identified.

use readout_codebook::{Cue, Entry, Force, Pos, Slot, Takes};
use readout_syntax::Tree;

use crate::arguments::{agent, fillers, is_passive, patient, preposition, surface_subject};
use crate::matching::{Found, conditions, find, positions};
use crate::scene::{Scene, Sentence};

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The nominal headed by this word of the sentence.
    Word(usize),
    /// Nobody named ("it was reported").
    Unknown,
    /// The source of another saying, by index, in another sentence.
    Of(usize),
}

/// One attribution, in words of its sentence.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    pub sentence: usize,
    pub source: Source,
    /// Words of the cue; none where a quotation goes on.
    pub cue: Vec<usize>,
    /// Words of the content, sorted.
    pub content: Vec<usize>,
    pub force: Force,
    /// Whether the source asserts what the content tells; one who rejects a claim does not.
    pub vouches: bool,
    /// The saying that this one stands in.
    pub nested_in: Option<usize>,
    /// The saying of an earlier sentence that this one continues.
    pub continues: Option<usize>,
}

/// All sayings of a document, sentence by sentence, in the order of their cues.
pub(crate) fn sayings(scene: &Scene) -> Vec<Saying> {
    let mut out: Vec<Saying> = Vec::new();
    for s in &scene.sentences {
        let mut here = in_sentence(scene, s);
        here.sort_by_key(|x| (x.cue.first().copied(), std::cmp::Reverse(x.content.len())));
        let base = out.len();
        nest(&mut here, base);
        out.extend(here);
    }
    continue_quotations(scene, &mut out);
    out
}

fn in_sentence(scene: &Scene, s: &Sentence) -> Vec<Saying> {
    let mut out: Vec<Saying> = Vec::new();
    for i in 0..s.tree.len() {
        let mut got = by_phrase(scene, s, i);
        if got.is_none() {
            let lemma = s.tree.lemma(i).to_lowercase();
            let all = positions(s, i).iter().chain(&[Pos::Adv]).flat_map(|&pos| scene.codebook.cues_for(pos, &lemma));
            got = all.filter(|(_, entry)| fits_tag(s, i, entry.pos)).find_map(|(cue, entry)| {
                let found = find(s, i, entry)?;
                conditions(scene, s, &found, &cue.when).ok()?;
                read(s, cue, entry, &found)
            });
        }
        if let Some(x) = got.filter(|x| !x.content.is_empty()) {
            out.push(x);
        }
    }
    relay(s, &mut out);
    for x in &mut out {
        trim(s, x);
    }
    out.retain(|x| x.content.iter().any(|&w| s.tree.upos(w) != "PUNCT"));
    out
}

fn fits_tag(s: &Sentence, i: usize, pos: Pos) -> bool {
    match pos {
        Pos::Adv => s.tree.upos(i) == "ADV",
        Pos::Noun => matches!(s.tree.upos(i), "NOUN" | "PROPN"),
        Pos::Verb => matches!(s.tree.upos(i), "VERB"),
        Pos::Adj => s.tree.upos(i) == "ADJ",
        Pos::Prep => false,
    }
}

/// "According to X, …": a phrase of the sentence that is no verb.
fn by_phrase(scene: &Scene, s: &Sentence, i: usize) -> Option<Saying> {
    let tree = s.tree;
    let first = tree.get(i)?.form.to_lowercase();
    for cue in scene.codebook.cues() {
        for entry in cue.entries.iter().filter(|e| e.pos == Pos::Prep && e.words.first().is_some_and(|w| *w == first)) {
            let mut at = i;
            let mut words = vec![i];
            let complete = entry.words.iter().skip(1).all(|want| {
                let next = (at + 1..at + 3).find(|&w| tree.get(w).is_some_and(|x| x.form.eq_ignore_ascii_case(want) || x.lemma.eq_ignore_ascii_case(want)));
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
            let content: Vec<usize> = tree.subtree(clause).into_iter().filter(|w| !below.contains(w) && !words.contains(w)).collect();
            let named = scene.actors.party(tree, &s.mentions, source, scene.day).is_some() || tree.name_at(source).is_some() || matches!(tree.upos(source), "PRON" | "PROPN") || person_like(scene, s, source);
            if !named || content.len() < 3 {
                return None;
            }
            return Some(Saying { sentence: s.index, source: Source::Word(source), cue: words, content, force: cue.force, vouches: true, nested_in: None, continues: None });
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
    let up = words.iter().rev().filter_map(|&w| tree.head(w)).find(|&h| !inside(h) && words.last().is_some_and(|&l| h > l) && !matches!(tree.upos(h), "VERB" | "AUX"));
    up.or_else(|| words.iter().flat_map(|&w| tree.children(w).iter().copied()).find(|&c| !inside(c) && matches!(tree.rel(c), "obl" | "obj" | "nmod")))
}

/// The nearest word from `i` upwards that heads a clause.
fn predicate_above(tree: &Tree, i: usize) -> usize {
    let mut at = i;
    for _ in 0..tree.len() {
        if matches!(tree.rel(at), "root" | "ccomp" | "parataxis" | "advcl" | "acl") || (tree.rel(at) == "conj" && tree.upos(at) == "VERB") {
            break;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    at
}

fn read(s: &Sentence, cue: &Cue, entry: &Entry, found: &Found) -> Option<Saying> {
    let mut x = match entry.pos {
        Pos::Verb => of_verb(s, cue, found),
        Pos::Noun => of_noun(s, cue, entry, found),
        Pos::Adj => of_adjective(s, found),
        Pos::Adv => of_adverb(s, found),
        Pos::Prep => None,
    }?;
    x.force = cue.force;
    // Who rejects a claim does not tell it; a claim without an owner is told by nobody.
    let orphan = entry.pos == Pos::Noun && x.source == Source::Unknown;
    x.vouches = cue.force != Force::Evaluative && !cue.name.starts_with("deny/") && !orphan;
    Some(x)
}

fn saying(s: &Sentence, source: Source, found: &Found, content: Vec<usize>) -> Saying {
    let cue: Vec<usize> = found.words.iter().copied().filter(|w| !content.contains(w)).collect();
    Saying { sentence: s.index, source, cue, content, force: Force::Assertive, vouches: true, nested_in: None, continues: None }
}

fn has_mark(tree: &Tree, c: usize, mark: &str) -> bool {
    tree.children(c).iter().any(|&m| matches!(tree.rel(m), "mark" | "case") && tree.lemma(m).eq_ignore_ascii_case(mark))
}

fn finite(tree: &Tree, c: usize) -> bool {
    !has_mark(tree, c, "to") && tree.get(c).is_some_and(|w| &*w.xpos != "VBG" || tree.child(c, "aux").is_some() || tree.child(c, "nsubj").is_some())
}

fn of_verb(s: &Sentence, cue: &Cue, found: &Found) -> Option<Saying> {
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
        let addressee = object.or_else(|| fillers(tree, v, &found.extra, found.last, &Slot::Obj).first().copied()).or_else(|| passive.then(|| surface_subject(tree, v)).flatten());
        let infinitive = tree.children(v).iter().copied().filter(|&c| matches!(tree.rel(c), "xcomp" | "ccomp" | "advcl") && (has_mark(tree, c, "to") || tree.rel(c) == "xcomp")).find(|&c| c > v);
        // The parser hangs "to do" on the addressee at times.
        let infinitive = infinitive.or_else(|| addressee.and_then(|o| tree.children_by(o, "acl").find(|&c| has_mark(tree, c, "to"))));
        if let Some(c) = infinitive {
            content = tree.subtree(c);
            if let Some(o) = addressee.filter(|&o| !passive || o < v) {
                content.extend(tree.subtree(o));
            }
        }
    }
    if content.is_empty() && takes(Takes::As) {
        let judged = object.or_else(|| passive.then(|| surface_subject(tree, v)).flatten());
        let predicate = tree.children(v).iter().copied().find(|&c| matches!(tree.rel(c), "obl" | "advcl" | "xcomp" | "nmod") && (has_mark(tree, c, "as") || (tree.rel(c) == "xcomp" && !has_mark(tree, c, "to"))))
            .or_else(|| object.and_then(|o| tree.children(o).iter().copied().find(|&c| matches!(tree.rel(c), "nmod" | "acl") && has_mark(tree, c, "as"))));
        if let (Some(j), Some(p)) = (judged, predicate) {
            content = tree.subtree(j);
            content.extend(tree.subtree(p));
        }
    }
    if content.is_empty() && takes(Takes::Of)
        && let Some(o) = object.or_else(|| patient(tree, v))
        && let Some(&of) = ["of", "for", "over"].iter().flat_map(|p| fillers(tree, v, &found.extra, None, &Slot::Prep((*p).to_owned()))).collect::<Vec<_>>().first()
    {
        content = tree.subtree(o);
        content.extend(tree.subtree(of));
    }
    if content.is_empty() && takes(Takes::Np) && !passive
        && let Some(o) = object.or_else(|| fillers(tree, v, &found.extra, found.last, &Slot::Obj).first().copied())
    {
        // A noun that reports ("denied reports that …") is part of what is denied.
        content = tree.subtree(o);
    }
    content.sort_unstable();
    content.dedup();
    if content.is_empty() && passive && takes(Takes::Clause) && tree.child(v, "xcomp").is_some() && agent(tree, v).is_none() {
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
        None => inverted_subject(tree, v).map(Source::Word)?,
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
    tree.children(v).iter().copied().find(|&c| c > v && matches!(tree.rel(c), "obj" | "nsubj" | "obl") && preposition(tree, c).is_empty() && matches!(tree.upos(c), "NOUN" | "PROPN" | "PRON"))
}

/// What a verb of saying governs: its clause, the clause it stands in the middle or at the end of, or a quotation.
fn clause_content(s: &Sentence, v: usize, quotes: bool) -> Vec<usize> {
    let tree = s.tree;
    let clause = tree.children(v).iter().copied().filter(|&c| tree.rel(c) == "ccomp" || (tree.rel(c) == "parataxis" && (c < v || follows_bare(tree, v, c)))).find(|&c| finite(tree, c) || tree.upos(c) != "VERB");
    let mut out = clause.map(|c| tree.subtree(c)).unwrap_or_default();
    let stands_aside = matches!(tree.rel(v), "parataxis" | "discourse") || (tree.rel(v) == "advcl" && has_mark(tree, v, "as") && tree.child(v, "obj").is_none());
    if out.is_empty() && stands_aside && let Some(h) = tree.head(v) {
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
        let clause = (0..tree.len()).any(|w| inside(w) && matches!(tree.upos(w), "VERB" | "AUX"));
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
    out.retain(|&w| w != v && !(tree.head(w) == Some(v) && matches!(tree.rel(w), "nsubj" | "punct" | "aux" | "advmod" | "obl")));
    // What hangs on the verb of saying itself is no part of what is said: its subject, "in a statement", "on Monday".
    let own = tree.children(v).iter().copied().filter(|&c| matches!(tree.rel(c), "nsubj" | "obl" | "advmod" | "obj" | "iobj")).filter(|&c| s.quoted.get(c) != Some(&true));
    let own: Vec<usize> = own.flat_map(|c| tree.subtree(c)).collect();
    out.retain(|w| !own.contains(w) || s.quoted.get(*w) == Some(&true));
    if out.len() < cue_side.len() || !out.is_empty() { out } else { Vec::new() }
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
    let ends = (v + 1..tree.len()).all(|w| tree.upos(w) == "PUNCT" || tree.is_under(w, v) && !matches!(tree.rel(w), "obj" | "ccomp" | "xcomp"));
    let comma = first.checked_sub(1).filter(|&b| tree.get(b).is_some_and(|w| w.form == "," || w.form == "\""));
    match comma {
        Some(b) if ends && b > 2 => (0..b).collect(),
        _ => Vec::new(),
    }
}

/// Another verb of a quotation's own speaker, where a sentence holds two quotations.
fn other_speaker_between(s: &Sentence, v: usize) -> Option<usize> {
    let tree = s.tree;
    (0..tree.len()).find(|&w| w != v && s.quoted.get(w) == Some(&false) && tree.rel(w) == "conj" && tree.upos(w) == "VERB" && tree.child(w, "nsubj").is_some() && tree.child(w, "ccomp").is_some())
}

fn climb_while_aside(tree: &Tree, i: usize) -> usize {
    let mut at = i;
    while tree.rel(at) == "parataxis" || (!matches!(tree.upos(at), "VERB" | "AUX" | "ADJ") && tree.child(at, "cop").is_none() && tree.rel(at) != "root") {
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    at
}

fn of_noun(s: &Sentence, cue: &Cue, entry: &Entry, found: &Found) -> Option<Saying> {
    let (tree, n) = (s.tree, found.word);
    let clause = tree.children(n).iter().copied().find(|&c| {
        c > n && (matches!(tree.deprel(c), "acl" | "ccomp" | "appos") || tree.rel(c) == "acl" && has_mark(tree, c, "that") && tree.child(c, "nsubj").is_some_and(|x| tree.lemma(x) != "that"))
            && ((has_mark(tree, c, "that") || tree.child(c, "nsubj").is_some()) && finite(tree, c) || has_mark(tree, c, "to") && cue.takes.contains(&Takes::Infinitive))
    });
    // "The allegation is that …".
    let predicative = tree.head(n).filter(|&h| tree.rel(n) == "nsubj" && tree.child(h, "cop").is_some() && has_mark(tree, h, "that"));
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

fn of_adjective(s: &Sentence, found: &Found) -> Option<Saying> {
    let (tree, a) = (s.tree, found.word);
    let clause = tree.child(a, "ccomp").filter(|&c| finite(tree, c))?;
    let source = tree.child(a, "nsubj").filter(|&w| tree.lemma(w) != "it")?;
    Some(saying(s, Source::Word(source), found, tree.subtree(clause)))
}

fn of_adverb(s: &Sentence, found: &Found) -> Option<Saying> {
    let clause = predicate_above(s.tree, s.tree.head(found.word)?);
    Some(saying(s, Source::Unknown, found, s.tree.subtree(clause)))
}

/// Sayings that carry another's words: "quoted X as saying P", "the statement, carried by A, said P", "P, B said, A
/// reported". The outer one takes the inner one's content.
fn relay(s: &Sentence, all: &mut [Saying]) {
    let tree = s.tree;
    let snapshot: Vec<(Vec<usize>, Vec<usize>, Source)> = all.iter().map(|x| (x.cue.clone(), x.content.clone(), x.source)).collect();
    for x in all.iter_mut() {
        let Some(&v) = x.cue.first() else { continue };
        for (cue, content, source) in &snapshot {
            let Some(&inner) = cue.first().filter(|&&i| i != v) else { continue };
            let as_saying = has_mark(tree, inner, "as") && tree.head(inner) == Some(v);
            let carried = tree.rel(v) == "acl" && is_passive(tree, v) && tree.head(v).is_some_and(|n| *source == Source::Word(n));
            if as_saying || carried {
                x.content.clone_from(content);
            }
        }
    }
    // Both verbs stand aside of one clause: neither is part of what the other reports.
    for (i, x) in all.iter_mut().enumerate() {
        for (k, (cue, content, source)) in snapshot.iter().enumerate() {
            let Some(&other) = cue.first() else { continue };
            if i != k && tree.rel(other) == "parataxis" && tree.head(other).is_none_or(|h| !x.cue.contains(&h)) && x.content.contains(&other) && !content.is_empty() {
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
fn trim(s: &Sentence, x: &mut Saying) {
    let tree = s.tree;
    let inside = |w: usize| s.quoted.get(w) == Some(&true);
    x.content.sort_unstable();
    x.content.dedup();
    x.content.retain(|w| !x.cue.contains(w));
    if let (Source::Word(w), Some(&last)) = (x.source, x.content.last())
        && let Some(gloss) = x.content.iter().copied().find(|&c| tree.deprel(c) == "acl:relcl" && tree.head(c).is_some_and(|h| h < c) && !inside(c) && is_gloss(tree, c) && tree.subtree(c).last() == Some(&last) && !tree.is_under(w, c))
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
    let edge = |w: usize| tree.upos(w) == "PUNCT" && !matches!(tree.get(w).map(|x| x.form.as_str()), Some(")" | "...")) && !(inside(w) && matches!(tree.get(w).map(|x| x.form.as_str()), Some("." | "?" | "!")));
    while let Some(&w) = x.content.first().filter(|&&w| edge(w) || (matches!(tree.rel(w), "mark") && matches!(tree.lemma(w), "that")) || (tree.rel(w) == "cc" && !inside(w))) {
        x.content.retain(|&c| c != w);
    }
    while let Some(&w) = x.content.last().filter(|&&w| edge(w)) {
        x.content.retain(|&c| c != w);
    }
}

/// A relative clause after a comma, with `which`.
fn is_gloss(tree: &Tree, c: usize) -> bool {
    let first = tree.subtree(c).into_iter().find(|&w| tree.upos(w) != "PUNCT");
    let comma = tree.subtree(c).into_iter().next().is_some_and(|w| tree.get(w).is_some_and(|x| x.form == ",") || w.checked_sub(1).and_then(|b| tree.get(b)).is_some_and(|x| x.form == ","));
    comma && first.is_some_and(|w| tree.lemma(w) == "which" || tree.children(w).is_empty() && preposition(tree, w) == "which")
}

/// Sets which saying stands in which; those of one content by the place of their cue, the outer one last.
fn nest(here: &mut [Saying], base: usize) {
    let snapshot: Vec<(Vec<usize>, Vec<usize>)> = here.iter().map(|x| (x.cue.clone(), x.content.clone())).collect();
    for (i, x) in here.iter_mut().enumerate() {
        let mut best: Option<(usize, usize)> = None;
        for (k, (cue, content)) in snapshot.iter().enumerate().filter(|(k, _)| *k != i) {
            let Some(&anchor) = x.cue.first().or(x.content.first()) else { continue };
            let same = *content == x.content;
            let relayed = same && match (cue.first(), x.cue.first()) {
                (Some(&outer), Some(&own)) => relays(&snapshot, outer, own, x),
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
fn relays(_all: &[(Vec<usize>, Vec<usize>)], outer: usize, own: usize, x: &Saying) -> bool {
    let after = x.content.last().is_some_and(|&l| own > l);
    if after { outer > own } else { outer < own }
}

/// Adds a saying for each sentence that a quotation of another sentence runs through, or that is all quotation.
fn continue_quotations(scene: &Scene, all: &mut Vec<Saying>) {
    let mut out: Vec<Saying> = Vec::new();
    let in_sentence = |k: usize| -> Vec<usize> { all.iter().enumerate().filter(|(_, x)| x.sentence == k).map(|(i, _)| i).collect() };
    let mut moved: Vec<usize> = vec![0; all.len()];
    let mut previous: Option<usize> = None;
    for s in &scene.sentences {
        for i in in_sentence(s.index) {
            if let (Some(x), Some(slot)) = (all.get(i), moved.get_mut(i)) {
                *slot = out.len();
                out.push(x.clone());
            }
        }
        let here = in_sentence(s.index);
        let claimed = |w: usize| here.iter().filter_map(|&i| all.get(i)).any(|x| x.content.contains(&w) || x.cue.contains(&w));
        let words = || (0..s.tree.len()).filter(|&w| s.tree.upos(w) != "PUNCT");
        let loose: Vec<usize> = words().filter(|&w| s.quoted.get(w) == Some(&true)).collect();
        let unclaimed = loose.iter().filter(|&&w| !claimed(w) || here.iter().filter_map(|&i| all.get(i)).all(|x| x.cue.iter().all(|&c| s.quoted.get(c) == Some(&true)))).count();
        let whole = words().count();
        let direct = |i: usize| all.get(i).is_some_and(|x| x.content.iter().any(|&w| scene.sentences.get(x.sentence).is_some_and(|t| t.quoted.get(w) == Some(&true))));
        if unclaimed * 2 > whole && whole > 1 {
            let runs_on = s.quoted.last() == Some(&true) || s.tree.words().last().is_some_and(|w| &*w.upos == "PUNCT") && s.quoted.iter().rev().nth(1) == Some(&true) && scene.sentences.get(s.index + 1).is_some_and(|t| t.quoted.first() == Some(&true));
            let began_before = s.quoted.first() == Some(&true) && s.index > 0 && scene.sentences.get(s.index - 1).is_some_and(|t| t.quoted.last() == Some(&true) || t.quoted.iter().rev().nth(1) == Some(&true));
            let next = (s.index + 1..s.index + 4).take_while(|&k| scene.sentences.get(k).is_some_and(|t| t.quoted.first() == Some(&true))).flat_map(in_sentence).find(|&i| direct(i));
            let target = if runs_on && !began_before { next.or(previous) } else { previous.or(next) };
            if let Some(of) = target {
                let content = (0..s.tree.len()).filter(|&w| s.quoted.get(w) == Some(&true)).collect();
                let outer = Saying { sentence: s.index, source: Source::Of(of), cue: Vec::new(), content, force: Force::Assertive, vouches: true, nested_in: None, continues: previous.filter(|_| began_before || target == previous) };
                let at = out.len();
                for x in out.iter_mut().filter(|x| x.sentence == s.index && x.nested_in.is_none()) {
                    x.nested_in = Some(usize::MAX - at);
                }
                out.push(outer);
            }
        }
        if let Some(&i) = here.iter().find(|&&i| direct(i) && all.get(i).is_some_and(|x| x.nested_in.is_none())).or(here.iter().rfind(|&&i| all.get(i).is_some_and(|x| x.nested_in.is_none() && x.force != Force::Belief && x.source != Source::Unknown))) {
            previous = Some(i);
        }
    }
    let place = |i: usize| moved.get(i).copied().unwrap_or(i);
    for x in &mut out {
        x.nested_in = x.nested_in.map(|i| if i > usize::MAX / 2 { usize::MAX - i } else { place(i) });
        x.continues = x.continues.map(place);
        if let Source::Of(i) = x.source {
            x.source = Source::Of(place(i));
        }
    }
    *all = out;
}
