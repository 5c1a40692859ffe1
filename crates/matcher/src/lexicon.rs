//! The words of a codebook, laid out for looking at sentences without their trees.

use std::collections::HashMap;

use readout_codebook::{Codebook, Condition, Entry, Pos};

/// Class of words that market and company reports are made of.
const MARKET: &str = "market-words";

/// A codebook's words.
#[derive(Debug, Default)]
pub struct Lexicon {
    ids: HashMap<String, u32>,
    /// For each word, what it may head.
    heads: Vec<Heads>,
}

/// What a word may head: for each entry the other words that must stand in the sentence.
#[derive(Debug, Default)]
struct Heads {
    acts: Vec<Act>,
    cues: Vec<Vec<u32>>,
    /// Word lists that it stands on.
    classes: Vec<usize>,
    market: bool,
}

#[derive(Debug)]
struct Act {
    others: Vec<u32>,
    /// Of each of these lists a word must stand in the sentence.
    lists: Vec<Vec<usize>>,
    /// Whether private parties among themselves do nothing worth coding by it.
    business: bool,
    verb: bool,
}

/// Types of acts that firms and private persons do among themselves every day.
const BUSINESS: [&str; 9] =
    ["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "REQUEST", "REJECT", "CONCEDE", "AID", "RETREAT"];

/// What the words of a sentence may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// An act of any type.
    pub act: bool,
    /// An act that counts among private parties too.
    pub grave: bool,
    /// A cue.
    pub cue: bool,
    /// The verbs that may name an act, and the other words that may, each sorted.
    pub verbs: Vec<u32>,
    pub nouns: Vec<u32>,
}

impl Lexicon {
    /// The words of `codebook`.
    pub fn new(codebook: &Codebook) -> Lexicon {
        let mut out = Lexicon::default();
        let names: Vec<&str> = codebook.classes().map(|(name, _)| name).collect();
        for (class, (name, words)) in codebook.classes().enumerate() {
            for word in words {
                out.add(word, |heads| {
                    heads.classes.push(class);
                    heads.market |= name == MARKET;
                });
            }
        }
        for rule in codebook.rules() {
            let business = BUSINESS.contains(&rule.kind.as_str());
            for entry in &rule.entries {
                let (others, lists) = (out.others(entry), lists(&rule.when, &names));
                let verb = entry.pos == Pos::Verb;
                out.add(entry.head_lemma(), |heads| heads.acts.push(Act { others, lists, business, verb }));
            }
        }
        for entry in codebook.cues().iter().flat_map(|cue| &cue.entries) {
            let others = out.others(entry);
            out.add(entry.head_lemma(), |heads| heads.cues.push(others));
        }
        out
    }

    fn id(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.heads.len()).unwrap_or(u32::MAX);
        let id = *self.ids.entry(word.to_lowercase()).or_insert(next);
        if id == next {
            self.heads.push(Heads::default());
        }
        id
    }

    fn others(&mut self, entry: &Entry) -> Vec<u32> {
        let words: Vec<String> = entry.others().map(|(_, w)| w.to_owned()).collect();
        words.iter().map(|w| self.id(w)).collect()
    }

    fn add(&mut self, word: &str, what: impl FnOnce(&mut Heads)) {
        let id = self.id(word);
        if let Some(heads) = self.heads.get_mut(id as usize) {
            what(heads);
        }
    }

    /// The number of a word, if the codebook has it.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        self.ids.get(word).copied()
    }

    /// Whether a word is one of those that market reports are made of.
    pub(crate) fn is_market(&self, word: u32) -> bool {
        self.heads.get(word as usize).is_some_and(|h| h.market)
    }

    /// What words that stand in one sentence, sorted, may name.
    pub(crate) fn named(&self, words: &[u32]) -> Named {
        let there = |others: &[u32]| others.iter().all(|o| words.binary_search(o).is_ok());
        let heads = || words.iter().filter_map(|&w| Some((w, self.heads.get(w as usize)?)));
        let mut classes: Vec<usize> = heads().flat_map(|(_, h)| h.classes.iter().copied()).collect();
        classes.sort_unstable();
        let listed = |any: &Vec<usize>| any.iter().any(|c| classes.binary_search(c).is_ok());
        let mut out = Named::default();
        for (word, heads) in heads() {
            for act in heads.acts.iter().filter(|a| there(&a.others) && a.lists.iter().all(listed)) {
                out.act = true;
                out.grave |= !act.business;
                if act.verb { &mut out.verbs } else { &mut out.nouns }.push(word);
            }
            out.cue |= heads.cues.iter().any(|others| there(others));
        }
        out.verbs.dedup();
        out.nouns.dedup();
        out
    }
}

/// For each condition that asks for words of certain lists, and of nothing that only a tree shows, those lists.
fn lists(when: &[Condition], names: &[&str]) -> Vec<Vec<usize>> {
    let plain = |c: &&Condition| !c.negated && c.classes.iter().all(|class| class.builtin.is_none());
    let place = |name: &String| names.iter().position(|n| n == name);
    when.iter().filter(plain).map(|c| c.classes.iter().filter_map(|class| place(&class.name)).collect()).collect()
}
