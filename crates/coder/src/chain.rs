//! Chains of speakers: sayings with their sources looked up.

use readout_actors::{EntityKind, PartyClass};
use readout_text::Span;

use crate::party;
use crate::saying::{Saying, Source};
use crate::scene::{Ref, Scene, Sentence};
use crate::{Attribution, Manner, Speaker};

/// Quotations followed from sentence to sentence at most this far.
const LONGEST_CHAIN: usize = 64;

/// Sayings with their sources looked up.
pub(crate) struct Chains<'c, 'a> {
    pub scene: &'c Scene<'a>,
    pub sayings: &'c [Saying],
}

impl Chains<'_, '_> {
    /// Sayings of sentence `s` around word `w`, innermost first.
    pub fn around(&self, s: &Sentence, w: usize) -> Vec<&Saying> {
        let mut out: Vec<&Saying> =
            self.sayings.iter().filter(|x| x.sentence == s.index && x.content.contains(&w)).collect();
        out.sort_by_key(|x| (x.content.len(), std::cmp::Reverse(self.depth(x))));
        out
    }

    fn depth(&self, x: &Saying) -> usize {
        std::iter::successors(x.nested_in, |&i| self.sayings.get(i).and_then(|y| y.nested_in))
            .take(LONGEST_CHAIN)
            .count()
    }

    fn source<'x>(&'x self, x: &'x Saying) -> Option<(&'x Saying, usize)> {
        let mut at = x;
        for _ in 0..LONGEST_CHAIN {
            match at.source {
                Source::Word(w) => return Some((at, w)),
                Source::Of(i) => at = self.sayings.get(i)?,
                Source::Unknown => return None,
            }
        }
        None
    }

    pub fn refs(&self, x: &Saying) -> Vec<Ref> {
        let Some((at, w)) = self.source(x) else { return Vec::new() };
        let Some(s) = self.scene.sentences.get(at.sentence) else { return Vec::new() };
        let own = self.scene.parties_at(s, w);
        if !own.is_empty() { own.to_vec() } else { party::owner(self.scene, s, w, 0).unwrap_or_default() }
    }

    /// Code of a source: a medium's own name, else the party's code.
    fn code_of(&self, x: &Saying, refs: &[Ref]) -> (String, Option<String>) {
        let (code, name) = self.code(refs);
        // "The agency Yonhap", "the news agency (KCNA)": the name stands beside a description.
        let described = refs.first().is_some_and(|r| r.class == PartyClass::Medium && r.row.is_none());
        let beside = self.source(x).filter(|_| described).and_then(|(at, w)| {
            let s = self.scene.sentences.get(at.sentence)?;
            let below = s.tree.subtree(w);
            let mention =
                s.mentions.iter().find(|m| m.entity.kind == EntityKind::Medium && below.contains(&m.words.start))?;
            Some((self.scene.actors.medium_of(mention.entity.row)?.code.clone(), Some(mention.entity.name.clone())))
        });
        beside.unwrap_or((code, name))
    }

    fn code(&self, refs: &[Ref]) -> (String, Option<String>) {
        let Some(r) = refs.first() else { return ("---".to_owned(), None) };
        let medium = r.row.and_then(|row| self.scene.actors.medium_of(row));
        (medium.map_or_else(|| r.code.as_str().to_owned(), |m| m.code.clone()), r.name.clone())
    }

    pub fn speaker(&self, x: &Saying) -> Speaker {
        let refs = self.refs(x);
        let (code, name) = self.code_of(x, &refs);
        let s = self.scene.sentences.get(x.sentence);
        let phrase = match (x.source, s) {
            (Source::Word(w), Some(s)) => Some(source_phrase(s, w, x)),
            _ => None,
        };
        let written = phrase.and_then(|words| Some(self.scene.text(s?, words)));
        let cue = s.map(|s| written_words(self.scene, s, &x.cue).0).unwrap_or_default();
        Speaker { text: written.as_ref().map(|(t, _)| t.clone()), span: written.map(|(_, span)| span), name, code, cue }
    }

    pub fn attribution(&self, x: &Saying) -> Option<Attribution> {
        let s = self.scene.sentences.get(x.sentence)?;
        let source = self.speaker(x);
        let (content, content_spans) = written_words(self.scene, s, &x.content);
        let (_, cue_spans) = written_words(self.scene, s, &x.cue);
        let quoted = x.content.iter().filter(|&&w| s.quoted.get(w) == Some(&true)).count();
        let words = x.content.iter().filter(|&&w| s.tree.upos(w) != "PUNCT").count();
        let marks = x.content.iter().filter(|&&w| s.tree.upos(w) == "PUNCT" && s.quoted.get(w) == Some(&false)).count();
        let manner = match quoted {
            0 => Manner::Indirect,
            q if q + marks >= x.content.len().min(words.max(1) + marks) && q * 10 >= x.content.len() * 8 => {
                Manner::Direct
            }
            _ => Manner::Mixed,
        };
        let source_spans = source.span.into_iter().collect();
        Some(Attribution {
            sentence: x.sentence,
            source,
            source_spans,
            cue_spans,
            content,
            content_spans,
            manner,
            nested_in: x.nested_in,
            continues: x.continues,
        })
    }
}

/// The whole noun phrase of a source, without clauses after a comma.
fn source_phrase(s: &Sentence, w: usize, x: &Saying) -> std::ops::Range<usize> {
    let tree = s.tree;
    let below = tree.subtree(w);
    let cut = |i: usize| {
        x.cue.contains(&i)
            || x.content.contains(&i)
            || below.iter().any(|&c| tree.deprel(c) == "acl:relcl" && tree.head(c) == Some(w) && tree.is_under(i, c))
            || tree.rel(i) == "case" && tree.head(i) == Some(w)
    };
    let mut first = w;
    while first > 0 && below.contains(&(first - 1)) && !cut(first - 1) {
        first -= 1;
    }
    let mut last = w;
    while below.contains(&(last + 1)) && !cut(last + 1) {
        last += 1;
    }
    while last > w && tree.upos(last) == "PUNCT" && tree.get(last).is_some_and(|x| x.form != ")") {
        last -= 1;
    }
    while first < w && tree.upos(first) == "PUNCT" {
        first += 1;
    }
    first..last + 1
}

/// Words as written: runs that touch in the sentence become one span each.
pub(crate) fn written_words(scene: &Scene, s: &Sentence, words: &[usize]) -> (String, Vec<Span>) {
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<usize> = None;
    for &w in words {
        let Some(word) = s.tree.get(w) else { continue };
        match spans.last_mut() {
            Some(span) if last.is_some_and(|l| l + 1 == w) => *span = span.join(word.span),
            _ => spans.push(word.span),
        }
        last = Some(w);
    }
    let text: Vec<&str> = spans.iter().map(|span| span.of(&scene.document.text)).collect();
    (text.join(" "), spans)
}
