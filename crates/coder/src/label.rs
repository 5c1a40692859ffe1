//! Attributions by layout: "NAME: words", as in transcripts and headlines, and "“Words” ― Name".

use readout_syntax::NameKind;
use readout_text::Span;

use crate::quotation::is_mark;
use crate::relation::Relation;
use crate::scene::{Scene, Sentence};

/// Words that a label may have.
const LONGEST_LABEL: usize = 4;
/// Words that what is said must have.
const SHORTEST_CONTENT: usize = 3;

/// The attributions that lines of the document make by their layout alone.
pub(crate) fn labels(scene: &Scene) -> Vec<Relation> {
    lines(scene).into_iter().filter_map(|line| labelled(scene, line).or_else(|| credited(scene, line))).collect()
}

/// Sentences that stand on one line, as stretches of the document.
fn lines<'c, 'a>(scene: &'c Scene<'a>) -> Vec<&'c [Sentence<'a>]> {
    let end = |s: &Sentence| s.tree.words().last().map(|w| w.span.end);
    let parted = |a: &Sentence, b: &Sentence| match (end(a), b.tree.get(0)) {
        (Some(end), Some(first)) => Span::new(end, first.span.start).of(&scene.document.text).contains('\n'),
        _ => true,
    };
    scene.sentences.chunk_by(|a, b| !parted(a, b)).collect()
}

/// "WALLACE: Who paid for it? …", "Poll: Voters like the dam".
fn labelled(scene: &Scene, line: &[Sentence]) -> Option<Relation> {
    let (first, last) = (line.first()?, line.last()?);
    let word = |i: usize| first.tree.get(i);
    let raw = |i: usize| word(i).map_or("", |w| w.span.of(&scene.document.text));
    let start = usize::from(is_mark(raw(0)));
    let colon = (start..start + LONGEST_LABEL + 1).find(|&i| raw(i) == ":").filter(|&c| c > start)?;
    if !is_speaker(scene, first, start, colon) || first.tree.len() < colon + 1 + SHORTEST_CONTENT {
        return None;
    }
    let whole = word(colon + 1)?.span.join(last.tree.words().last()?.span);
    let source = first.tree.span_of(start..colon);
    Some(Relation { source: vec![source], cue: vec![word(colon)?.span], content: vec![without_stop(scene, whole)] })
}

/// Whether words `start..end` name a person or body, or a thing that speaks ("Poll").
fn is_speaker(scene: &Scene, s: &Sentence, start: usize, end: usize) -> bool {
    let named = |w: usize| s.tree.name_at(w).is_some_and(|n| n.kind != NameKind::Place);
    let shouted = |w: usize| {
        s.tree
            .get(w)
            .is_some_and(|x| x.form.chars().count() > 2 && x.form.chars().all(|c| c.is_uppercase() || c == '.'))
    };
    let speaks = |w: usize| scene.codebook.class_has("documents", &s.tree.lemma(w).to_lowercase());
    let proper = |w: usize| s.tree.upos(w) == "PROPN" || shouted(w);
    (start..end).all(|w| proper(w) || speaks(w) || s.tree.upos(w) == "PUNCT")
        && (start..end).any(|w| named(w) || shouted(w) || speaks(w))
}

/// "“It is a shame.” ― Juan Perez".
fn credited(scene: &Scene, line: &[Sentence]) -> Option<Relation> {
    let text = &scene.document.text;
    let words: Vec<(Span, &str, bool)> = line
        .iter()
        .flat_map(|s| s.tree.words().iter().map(|w| (w.span, w.span.of(text), &*w.upos == "PROPN")))
        .collect();
    let dash = words.iter().rposition(|(_, raw, _)| matches!(*raw, "―" | "—" | "–" | "-" | "--"))?;
    let quote = words.get(..dash)?;
    let (first, last) = (quote.first()?, quote.last()?);
    let name: Vec<&(Span, &str, bool)> = words.get(dash + 1..)?.iter().filter(|(_, raw, _)| *raw != ".").collect();
    let proper = name.iter().filter(|(_, _, proper)| *proper).count();
    if !is_mark(first.1)
        || !is_mark(last.1)
        || name.is_empty()
        || name.len() > LONGEST_LABEL + 1
        || proper * 2 <= name.len()
    {
        return None;
    }
    let source = name.first()?.0.join(name.last()?.0);
    Some(Relation { source: vec![source], cue: vec![words.get(dash)?.0], content: vec![first.0.join(last.0)] })
}

/// The span without a full stop at its end.
fn without_stop(scene: &Scene, span: Span) -> Span {
    let length = span.of(&scene.document.text).trim_end_matches('.').len();
    Span::new(span.start, span.start + length)
}
