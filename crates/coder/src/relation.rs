//! Attribution relations with whole spans, as PolNeAR (Newell, Margolin and Ruths 2018) marks them: outermost ones only,
//! a quotation over many sentences as one, auxiliaries and adverbs in the cue, quotation marks and "that" in the content.

use readout_text::Span;

use crate::label::labels;
use crate::saying::{Saying, Source};
use crate::scene::{Scene, Sentence};

/// One attribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// Who says it; none where nobody is named.
    pub source: Vec<Span>,
    /// The words that tell that somebody says it.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// Continuations followed back at most this far.
const LONGEST_CHAIN: usize = 64;
/// Words of a phrase such as "in a statement" that may belong to the cue.
const LONGEST_STATEMENT: usize = 4;

/// The outermost sayings of a document, in their order.
pub(crate) fn relations(scene: &Scene, sayings: &[Saying]) -> Vec<Relation> {
    let mut out: Vec<(usize, Relation)> = Vec::new();
    for (i, x) in sayings.iter().enumerate() {
        let Some(s) = scene.sentences.get(x.sentence).filter(|_| is_outermost(scene, sayings, i)) else { continue };
        let first = beginning(sayings, i);
        let content = content(scene, s, &without_others(sayings, x));
        match out.iter_mut().find(|(k, _)| *k == first && first != i) {
            Some((_, relation)) => relation.content.extend(content),
            None if x.cue.is_empty() => out.push((first, Relation { content, ..Relation::default() })),
            None => {
                let own = Relation { source: source(s, x), cue: spans(s, &cue(scene, s, x)), content };
                match out.iter_mut().find(|(k, _)| *k == i) {
                    Some((_, relation)) => {
                        (relation.source, relation.cue) = (own.source, own.cue);
                        relation.content.extend(own.content);
                    }
                    None => out.push((i, own)),
                }
            }
        }
    }
    let mut out: Vec<Relation> = out.into_iter().map(|(_, r)| r).filter(|r| !r.cue.is_empty()).collect();
    let labelled = labels(scene);
    let within = |r: &Relation| {
        let inside = |s: &Span| labelled.iter().flat_map(|l| &l.content).any(|c| c.covers(*s));
        r.cue.iter().any(inside)
    };
    out.retain(|r| !within(r));
    out.extend(labelled);
    for relation in &mut out {
        relation.content = joined(scene, std::mem::take(&mut relation.content));
    }
    out
}

/// The saying without what another of its sentence reports by itself: "“…,” he said, adding that “…”".
fn without_others(sayings: &[Saying], x: &Saying) -> Saying {
    let own = |y: &Saying| {
        y.nested_in.is_none()
            && y.sentence == x.sentence
            && !y.cue.is_empty()
            && y.cue.iter().all(|c| !x.content.contains(c) && !x.cue.contains(c))
            && y.content.len() < x.content.len()
    };
    let others: Vec<usize> = sayings.iter().filter(|y| own(y)).flat_map(|y| y.content.iter().copied()).collect();
    let mut out = x.clone();
    out.content.retain(|w| !others.contains(w));
    out
}

/// Whether saying `i` stands in no other. "Seemed to think P" is one saying, by the inner verb.
fn is_outermost(scene: &Scene, sayings: &[Saying], i: usize) -> bool {
    let absorbed = |outer: usize| {
        let Some((x, s)) = sayings.get(outer).and_then(|x| Some((x, scene.sentences.get(x.sentence)?))) else {
            return false;
        };
        let manner = |y: &Saying| {
            let matrix = y.cue.iter().find(|&&w| s.tree.upos(w) == "VERB").and_then(|&head| aspect(scene, s, head));
            matrix.is_some_and(|m| x.cue.contains(&m))
        };
        sayings.iter().any(|y| y.nested_in == Some(outer) && y.sentence == x.sentence && manner(y))
    };
    let nested = sayings.get(i).and_then(|x| x.nested_in);
    match nested {
        None => !absorbed(i),
        Some(outer) => absorbed(outer) && sayings.get(outer).is_some_and(|x| x.nested_in.is_none()),
    }
}

/// The saying whose quotation saying `i` goes on with; itself where it is no continuation.
fn beginning(sayings: &[Saying], i: usize) -> usize {
    let mut at = i;
    for _ in 0..LONGEST_CHAIN {
        match sayings.get(at).map(|x| x.source) {
            Some(Source::Of(of)) => at = of,
            _ => break,
        }
    }
    at
}

/// Spans in order; those of one paragraph with nothing but space and a sentence's end between them as one.
fn joined(scene: &Scene, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        let touches = |last: &Span| {
            let between = Span::new(last.end, span.start).of(&scene.document.text);
            let blank = |c: char| c != '\n' && (c.is_whitespace() || matches!(c, '.' | '?' | '!' | '…'));
            span.start <= last.end || between.chars().all(blank)
        };
        match out.last_mut().filter(|last| touches(last)) {
            Some(last) => *last = last.join(span),
            None => out.push(span),
        }
    }
    out
}

/// Runs of words as spans, without the punctuation at their ends that no quotation holds; punctuation between two runs
/// is bridged.
fn spans(s: &Sentence, words: &[usize]) -> Vec<Span> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &w in words {
        match runs.last_mut() {
            Some(run)
                if run.last().is_some_and(|&l| (l + 1..w).all(|p| s.tree.upos(p) == "PUNCT" && form(s, p) != ",")) =>
            {
                run.push(w);
            }
            _ => runs.push(vec![w]),
        }
    }
    runs.iter().filter_map(|run| ends_trimmed(s, run)).collect()
}

fn ends_trimmed(s: &Sentence, run: &[usize]) -> Option<Span> {
    let loose = |w: &usize| {
        s.tree.upos(*w) == "PUNCT"
            && !is_mark(s, *w)
            && s.quoted.get(*w) != Some(&true)
            && !matches!(form(s, *w), ")" | "(" | "$" | "%" | "[" | "]" | ":")
    };
    let first = run.iter().position(|w| !loose(w))?;
    let last = run.iter().rposition(|w| !loose(w))?;
    let ends = run.get(first).zip(run.get(last));
    ends.map(|(&a, &b)| s.tree.span_of(a..b + 1))
}

fn form<'s>(s: &'s Sentence, i: usize) -> &'s str {
    s.tree.get(i).map_or("", |w| w.form.as_str())
}

fn is_mark(s: &Sentence, i: usize) -> bool {
    matches!(form(s, i), "\"" | "“" | "”" | "``" | "''" | "'" | "‘" | "’")
}

/// The content with its quotation marks and its conjunction.
fn content(scene: &Scene, s: &Sentence, x: &Saying) -> Vec<Span> {
    let tree = s.tree;
    let cue = cue(scene, s, x);
    let mut words = x.content.clone();
    words.retain(|w| !cue.contains(w));
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return Vec::new() };
    let free = |w: usize| !cue.contains(&w);
    let before = |w: usize| w.checked_sub(1).filter(|&b| free(b));
    let mut at = first;
    if let Some(b) = before(at).filter(|&b| is_mark(s, b)) {
        at = b;
        words.push(b);
    }
    let comma = before(at).filter(|&b| form(s, b) == ",").and_then(before);
    let conjunction = |b: &usize| matches!(s.tree.lemma(*b), "that" | "whether" | "if") && s.tree.rel(*b) == "mark";
    if let Some(b) = [before(at), comma].into_iter().flatten().find(conjunction) {
        words.extend(b..at);
    }
    // A comma or full stop belongs to the quotation that it stands in.
    let closes =
        (last + 1..last + 4).find(|&w| is_mark(s, w)).filter(|&m| (last + 1..m).all(|w| s.tree.upos(w) == "PUNCT"));
    if let Some(m) = closes.filter(|_| s.quoted.get(last) == Some(&true)) {
        words.extend(last + 1..=m);
    }
    // "But the road is safe, they said": what opens the sentence belongs to its content.
    let leads = words.iter().min().and_then(|&w| w.checked_sub(1)).filter(|&b| b == 0 && tree.rel(b) == "cc");
    words.extend(leads.filter(|_| cue.first().is_some_and(|&c| c > first)));
    words.sort_unstable();
    words.dedup();
    spans(s, &words)
}

/// The cue with what stands before it: auxiliaries and adverbs of a verb, articles of a noun, and the verb that only says
/// how it is done ("went on to say"); with a statement that directly follows, and a colon.
fn cue(scene: &Scene, s: &Sentence, x: &Saying) -> Vec<usize> {
    let tree = s.tree;
    let mut words = x.cue.clone();
    let Some(&head) = words.iter().find(|&&w| matches!(tree.upos(w), "VERB" | "ADJ" | "NOUN")) else { return words };
    words.extend(before(s, x, head));
    if let Some(matrix) = aspect(scene, s, head) {
        words.extend(matrix..head);
        words.extend(before(s, x, matrix));
    }
    let last = words.iter().copied().max().unwrap_or(head);
    words.extend(statement(scene, s, head, last));
    words.extend(preposition(s, x, last + 1));
    let last = words.iter().copied().max().unwrap_or(head);
    if form(s, last + 1) == ":" {
        words.push(last + 1);
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// "Called *for* talks", "blamed *for* leaving": the preposition by which the content is joined.
fn preposition(s: &Sentence, x: &Saying, next: usize) -> Option<usize> {
    let tree = s.tree;
    let participle = tree.head(next).and_then(|h| tree.get(h)).is_some_and(|w| &*w.xpos == "VBG");
    let joins = match tree.upos(next) {
        "ADP" => matches!(tree.rel(next), "case" | "mark"),
        "SCONJ" => participle && tree.rel(next) == "mark",
        _ => false,
    };
    (joins && x.content.contains(&next) && s.quoted.get(next) != Some(&true)).then_some(next)
}

/// The words right before a cue's head that belong to it.
fn before(s: &Sentence, x: &Saying, head: usize) -> Vec<usize> {
    let tree = s.tree;
    let part = |b: usize| {
        let own = tree.head(b) == Some(head);
        match tree.upos(head) {
            "NOUN" => own && matches!(tree.deprel(b), "det" | "amod"),
            _ => {
                own && (matches!(tree.rel(b), "aux" | "advmod" | "cop")
                    || tree.rel(b) == "mark" && tree.lemma(b) == "to")
            }
        }
    };
    let outside = |b: usize| x.source != Source::Word(b) && (tree.upos(head) != "NOUN" || !x.content.contains(&b));
    (0..head).rev().take_while(|&b| part(b) && outside(b)).collect()
}

/// The verb above an infinitive that only tells how it is done.
fn aspect(scene: &Scene, s: &Sentence, head: usize) -> Option<usize> {
    let tree = s.tree;
    let matrix = tree.head(head).filter(|&m| m < head && matches!(tree.rel(head), "xcomp" | "advcl"))?;
    let between = (matrix + 1..head).all(|w| matches!(tree.upos(w), "PART" | "ADV" | "ADP"));
    (between && scene.codebook.class_has("aspects", tree.lemma(matrix))).then_some(matrix)
}

/// "Said *in a statement*": the words that directly follow the cue.
fn statement(scene: &Scene, s: &Sentence, head: usize, last: usize) -> Vec<usize> {
    let tree = s.tree;
    let phrase = tree
        .children(head)
        .iter()
        .copied()
        .find(|&c| tree.rel(c) == "obl" && c > last)
        .filter(|&c| scene.codebook.class_has("statements", tree.lemma(c)) && form(s, last + 1) == "in");
    let words = phrase.map(|c| tree.subtree(c)).unwrap_or_default();
    let whole = words.first() == Some(&(last + 1)) && words.len() <= LONGEST_STATEMENT;
    if whole { words } else { Vec::new() }
}

/// The whole noun phrase of the source; the pronoun of a relative clause.
fn source(s: &Sentence, x: &Saying) -> Vec<Span> {
    let tree = s.tree;
    let Source::Word(w) = x.source else { return Vec::new() };
    let head = x.cue.iter().copied().find(|&c| tree.deprel(c) == "acl:relcl" && tree.head(c) == Some(w));
    if let Some(pronoun) = head.and_then(|c| tree.child(c, "nsubj")).filter(|&p| p != w) {
        return spans(s, &[pronoun]);
    }
    let foreign = |c: usize| {
        let below = tree.subtree(c);
        let told = below.iter().any(|b| x.cue.contains(b) || x.content.contains(b));
        told || c < w && tree.rel(c) == "case" && tree.deprel(c) != "case:poss"
    };
    let cut: Vec<usize> =
        tree.children(w).iter().copied().filter(|&c| foreign(c)).flat_map(|c| tree.subtree(c)).collect();
    let mut words = tree.subtree(w);
    words.retain(|c| !cut.contains(c) && !x.cue.contains(c) && !x.content.contains(c));
    let (first, last) = around(s, &words, w);
    let Some(mut span) = ends_trimmed(s, &(first..=last).collect::<Vec<_>>()) else { return Vec::new() };
    // An apposition or clause between commas takes both: "Ms. Diallo, the minister, said".
    let parted = (w..last).any(|c| form(s, c) == ",");
    let comma = [last, last + 1].into_iter().find(|&c| form(s, c) == ",");
    if let Some(comma) = comma.filter(|&c| parted && x.cue.iter().any(|&cue| cue > c)) {
        span = span.join(tree.span_of(comma..comma + 1));
    }
    vec![span]
}

/// First and last of the words of `words` that touch each other around `w`.
fn around(s: &Sentence, words: &[usize], w: usize) -> (usize, usize) {
    let inside = |c: usize| words.contains(&c);
    let first = (0..w).rev().take_while(|&c| inside(c)).last().unwrap_or(w);
    let last = (w + 1..s.tree.len()).take_while(|&c| inside(c)).last().unwrap_or(w);
    (first, last)
}
