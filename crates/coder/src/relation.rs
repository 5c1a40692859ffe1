//! Attribution relations with whole spans, as PolNeAR (Newell, Margolin and Ruths 2018) marks them: outermost ones only,
//! a quotation over many sentences as one, auxiliaries and adverbs in the cue, quotation marks and "that" in the content.

use readout_text::Span;

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

/// The outermost sayings of a document, in their order.
pub(crate) fn relations(scene: &Scene, sayings: &[Saying]) -> Vec<Relation> {
    let mut out: Vec<(usize, Relation)> = Vec::new();
    for (i, x) in sayings.iter().enumerate() {
        let Some(s) = scene.sentences.get(x.sentence).filter(|_| x.nested_in.is_none()) else { continue };
        let first = beginning(sayings, i);
        let content = content(scene, s, x);
        match out.iter_mut().find(|(k, _)| *k == first && first != i) {
            Some((_, relation)) => relation.content.extend(content),
            None if x.cue.is_empty() => out.push((first, Relation { content, ..Relation::default() })),
            None => {
                let own = Relation { source: source(s, x), cue: spans(s, &cue(s, x)), content };
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
    for relation in &mut out {
        relation.content = joined(scene, std::mem::take(&mut relation.content));
    }
    out
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
    let cue = cue(s, x);
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
    words.sort_unstable();
    words.dedup();
    let _ = scene;
    spans(s, &words)
}

/// The cue with what stands before the verb.
fn cue(s: &Sentence, x: &Saying) -> Vec<usize> {
    let tree = s.tree;
    let mut words = x.cue.clone();
    let Some(&head) = words.iter().find(|&&w| matches!(tree.upos(w), "VERB" | "ADJ" | "NOUN")) else { return words };
    let verbal = matches!(tree.upos(head), "VERB" | "ADJ");
    let mut at = head;
    while let Some(b) = at.checked_sub(1).filter(|&b| {
        verbal
            && tree.head(b) == Some(head)
            && (matches!(tree.rel(b), "aux" | "advmod" | "cop") || tree.rel(b) == "mark" && tree.lemma(b) == "to")
    }) {
        words.push(b);
        at = b;
    }
    let last = words.iter().copied().max().unwrap_or(head);
    if form(s, last + 1) == ":" {
        words.push(last + 1);
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The whole noun phrase of the source; the pronoun of a relative clause.
fn source(s: &Sentence, x: &Saying) -> Vec<Span> {
    let tree = s.tree;
    let Source::Word(w) = x.source else { return Vec::new() };
    let head = x.cue.iter().copied().find(|&c| tree.deprel(c) == "acl:relcl" && tree.head(c) == Some(w));
    if let Some(pronoun) = head.and_then(|c| tree.child(c, "nsubj")).filter(|&p| p != w) {
        return spans(s, &[pronoun]);
    }
    let clause = |c: usize| tree.deprel(c) == "acl:relcl" || tree.rel(c) == "case" && tree.deprel(c) != "case:poss";
    let out: Vec<usize> = tree.children(w).iter().copied().filter(|&c| clause(c) || tree.rel(c) == "punct").collect();
    let below: Vec<usize> = out.iter().flat_map(|&c| tree.subtree(c)).collect();
    let mut words = tree.subtree(w);
    words.retain(|c| !below.contains(c) && !x.cue.contains(c) && !x.content.contains(c));
    spans(s, &words)
}
