//! Entries: the words that name an act, an operator or a cue.

use std::collections::BTreeSet;

use crate::finding::Place;
use crate::slot::Frame;

/// Part of speech of an entry's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pos {
    /// Verb, auxiliaries included.
    Verb,
    /// Noun.
    Noun,
    /// Adjective.
    Adj,
    /// Adverb (cues only: "reportedly").
    Adv,
    /// Preposition (cues only: "according to").
    Prep,
}

impl Pos {
    /// All, with their keys in the files.
    pub const ALL: [(Pos, &str); 5] =
        [(Pos::Verb, "verb"), (Pos::Noun, "noun"), (Pos::Adj, "adj"), (Pos::Adv, "adv"), (Pos::Prep, "prep")];

    /// The key that the files use.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(p, _)| *p == self).map_or("verb", |(_, n)| n)
    }

    /// The part of speech with that key.
    pub fn from_name(name: &str) -> Option<Pos> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(p, _)| *p)
    }
}

/// A word or phrase, with its frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Part of speech of its head.
    pub pos: Pos,
    /// Lemmas, articles left out ("call", "on").
    pub words: Vec<String>,
    /// Which of `words` is the head: the first of a verb phrase, else the last before a preposition.
    pub head: usize,
    /// Where the parties stand.
    pub frame: Frame,
    /// Mode that replaces the rule's; `Some(None)` takes the rule's away (written `word/-`).
    pub mode: Option<Option<String>>,
    /// CAMEO code that replaces the rule's.
    pub cameo: Option<String>,
    /// Made from an entry with a hyphen ("stand-off" also gives "stand", "off"), since most hyphens part words in a
    /// tree; one may then stand between these.
    pub split: bool,
    /// Where it stands.
    pub place: Place,
}

impl Entry {
    /// The head's lemma.
    pub fn head_lemma(&self) -> &str {
        self.words.get(self.head).map_or("", String::as_str)
    }

    /// The words other than the head, in order, with their indices in `words`.
    pub fn others(&self) -> impl Iterator<Item = (usize, &str)> {
        self.words.iter().enumerate().filter(|(i, _)| *i != self.head).map(|(i, w)| (i, w.as_str()))
    }

    /// As written, without mode and code.
    pub fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// Reads entries parted by commas; empty ones are left out.
pub(crate) fn read_entries(
    pos: Pos,
    frame: &Frame,
    text: &str,
    place: &Place,
    prepositions: &BTreeSet<String>,
) -> Vec<Entry> {
    let written = text.split(',').filter_map(|item| read_entry(pos, frame, item, place, prepositions));
    written.flat_map(|e| [split_hyphens(&e), Some(e)].into_iter().rev().flatten()).collect()
}

/// The entry with its hyphenated words split; the head stays at the last part of its word.
fn split_hyphens(entry: &Entry) -> Option<Entry> {
    let parts = |w: &String| w.split('-').filter(|p| !p.is_empty()).map(str::to_string).collect::<Vec<_>>();
    let words: Vec<String> = entry.words.iter().flat_map(parts).collect();
    let upto_head: usize = entry.words.iter().take(entry.head + 1).map(|w| parts(w).len()).sum();
    (words.len() > entry.words.len()).then(|| Entry {
        words,
        head: upto_head.saturating_sub(1),
        split: true,
        ..entry.clone()
    })
}

fn read_entry(pos: Pos, frame: &Frame, item: &str, place: &Place, prepositions: &BTreeSet<String>) -> Option<Entry> {
    let (item, cameo) = match item.split_once('@') {
        Some((w, c)) => (w, Some(c.trim().to_string())),
        None => (item, None),
    };
    let (item, mode) = match item.split_once('/') {
        Some((w, m)) => (w, Some(Some(m.trim().to_string()).filter(|m| m != "-"))),
        None => (item, None),
    };
    let words: Vec<String> = item.split_whitespace().map(str::to_string).collect();
    if words.is_empty() {
        return None;
    }
    let head = head_of(pos, &words, prepositions);
    Some(Entry { pos, words, head, frame: frame.clone(), mode, cameo, split: false, place: place.clone() })
}

/// Verbs and prepositions lead their phrase; nouns and adjectives end it, or stand before its first preposition.
fn head_of(pos: Pos, words: &[String], prepositions: &BTreeSet<String>) -> usize {
    if matches!(pos, Pos::Verb | Pos::Prep) {
        return 0;
    }
    let start = words.iter().take_while(|w| prepositions.contains(*w)).count();
    if start == words.len() {
        return 0;
    }
    let run = words.iter().skip(start).take_while(|w| !prepositions.contains(*w)).count();
    start + run.saturating_sub(1)
}
