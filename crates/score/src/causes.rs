//! Why an act of the gold was missed, as far as the traces of the rules tell, and why a side is wrong.

use std::collections::BTreeMap;

use readout_codebook::{Codebook, Pos};
use readout_coder::{Outcome, Trace};
use readout_record::formats::Mark;
use readout_syntax::Tree;

use super::align::{countries, tokens};

/// What stood in the way of a word's being coded; the first that holds of an act's words is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A rule fired, but its act was left out or went into an operator's.
    LeftOut,
    /// A rule has the word; a condition or slot was in the way.
    Condition,
    /// Rules have the word with others beside it.
    OtherWords,
    /// Rules have the word as another part of speech than the reader tagged.
    Reader,
    /// No rule has it.
    Gap,
}

impl Cause {
    /// As named in the list of errors.
    pub fn name(self) -> &'static str {
        match self {
            Cause::LeftOut => "left out or in an operator",
            Cause::Condition => "condition or frame",
            Cause::OtherWords => "needs other words",
            Cause::Reader => "reader's tag",
            Cause::Gap => "lexicon gap",
        }
    }
}

/// The causes of each sentence's words, by document and sentence.
#[derive(Debug, Default)]
pub struct Causes(BTreeMap<(String, usize), Vec<(String, Cause)>>);

impl Causes {
    /// Those of one document.
    pub fn add(&mut self, document: &str, words: Vec<Vec<(String, Cause)>>) {
        for (i, sentence) in words.into_iter().enumerate() {
            self.0.insert((document.to_owned(), i), sentence);
        }
    }

    /// Why the act that `trigger` names in a sentence was not coded; `None` where nothing is known of the sentence.
    pub fn of(&self, document: &str, sentence: usize, trigger: &str) -> Option<Cause> {
        let words = self.0.get(&(document.to_owned(), sentence))?;
        let named = tokens(trigger);
        words.iter().filter(|(form, _)| named.contains(form)).map(|(_, cause)| *cause).min()
    }
}

/// The causes of the words of each sentence that could name an act.
pub fn causes(trees: &[Tree], traces: &[Trace], codebook: &Codebook) -> Vec<Vec<(String, Cause)>> {
    let of_word = |sentence: usize, word: usize, tree: &Tree| -> Option<(String, Cause)> {
        let pos = match tree.upos(word) {
            "VERB" | "AUX" => Pos::Verb,
            "NOUN" | "PROPN" => Pos::Noun,
            "ADJ" => Pos::Adj,
            _ => return None,
        };
        let lemma = tree.lemma(word).to_lowercase();
        let mut looked = traces.iter().filter(|t| t.sentence == sentence && t.word == word).peekable();
        let has = |pos| {
            codebook.entries_for(pos, &lemma).next().is_some() || codebook.operators_for(pos, &lemma).next().is_some()
        };
        let cause = if looked.peek().is_some() {
            if looked.any(|t| t.outcome == Outcome::Fired) { Cause::LeftOut } else { Cause::Condition }
        } else if has(pos) {
            Cause::OtherWords
        } else if [Pos::Verb, Pos::Noun, Pos::Adj].into_iter().any(has) {
            Cause::Reader
        } else {
            Cause::Gap
        };
        Some((tree.get(word)?.form.to_lowercase(), cause))
    };
    trees.iter().enumerate().map(|(s, tree)| (0..tree.len()).filter_map(|w| of_word(s, w, tree)).collect()).collect()
}

/// Why the countries of a side differ.
pub fn side(gold: &[Mark], coded: &[Mark]) -> &'static str {
    if gold.is_empty() {
        return "superfluous";
    }
    let texts = |side: &[Mark]| side.iter().filter_map(|m| m.text.clone()).collect::<Vec<_>>();
    let (wanted, got) = (texts(gold), texts(coded));
    if coded.is_empty() {
        // A phrase without a name stands for somebody named elsewhere.
        let named = |t: &String| t.chars().any(char::is_uppercase);
        return if wanted.iter().any(named) { "not found" } else { "not found, described or a pronoun" };
    }
    let shared = wanted.iter().any(|w| got.iter().any(|g| tokens(w).iter().any(|t| tokens(g).contains(t))));
    let part = countries(gold).intersection(&countries(coded)).next().is_some();
    match (shared, part) {
        (_, true) => "one of several",
        (true, false) => "who that is",
        (false, false) => "another phrase",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, code: &str) -> Mark {
        Mark { text: Some(text.to_owned()), code: Some(code.to_owned()) }
    }

    #[test]
    fn a_wrong_side_is_told_by_its_phrases() {
        let check = |gold: &[Mark], coded: &[Mark], expect: &str| assert_eq!(side(gold, coded), expect);
        let (mali, chad) = (mark("Mali's army", "MLIMIL"), mark("Chad", "TCDGOV"));
        check(&[], std::slice::from_ref(&mali), "superfluous");
        check(std::slice::from_ref(&mali), &[], "not found");
        check(&[mark("the army", "MLIMIL")], &[], "not found, described or a pronoun");
        check(&[mali.clone(), chad.clone()], std::slice::from_ref(&mali), "one of several");
        check(std::slice::from_ref(&mali), &[mark("the army", "TCDMIL")], "who that is");
        check(&[mali], &[chad], "another phrase");
    }

    #[test]
    fn the_nearest_miss_is_told() {
        let mut causes = Causes::default();
        causes.add("d", vec![vec![("hit".into(), Cause::Condition), ("hard".into(), Cause::Gap)]]);
        assert_eq!(causes.of("d", 0, "hit hard"), Some(Cause::Condition));
        assert_eq!(causes.of("d", 0, "hard"), Some(Cause::Gap));
        assert_eq!((causes.of("d", 0, "else"), causes.of("e", 0, "hit")), (None, None));
    }
}
