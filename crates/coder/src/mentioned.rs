//! Acts pointed at by their noun alone: "the broadcasts", once "propaganda broadcasts" were told. A definite noun in a
//! later sentence is the act again (conventions 1), though no rule of the codebook knows the bare noun.

use readout_codebook::{Pos, Slot};

use crate::act::Act;
use crate::arguments::{fillers, preposition};
use crate::scene::{Scene, Sentence};

/// Sentences that an act's noun is remembered for.
const REACH: usize = 6;

/// Nouns of the acts told so far, each with the sentence and the act.
#[derive(Default)]
pub(crate) struct Mentioned(Vec<(usize, String, Act)>);

impl Mentioned {
    /// Remembers the noun of an act, where it was told by one.
    pub fn keep(&mut self, s: &Sentence, act: &Act) {
        if s.tree.upos(act.word) == "NOUN" {
            self.0.push((s.index, s.tree.lemma(act.word).to_lowercase(), act.clone()));
        }
    }

    /// The acts that nouns of a sentence point at so, beside those that its words name.
    pub fn again(&self, scene: &Scene, s: &Sentence, named: &[Act]) -> Vec<Act> {
        let free = |w: usize| named.iter().all(|a| a.word != w && !a.trigger.contains(&w) && !a.via.contains(&w));
        let nouns = (0..s.tree.len()).filter(|&w| !self.0.is_empty() && is_bare_definite(s, w) && free(w));
        nouns.filter_map(|w| self.told(scene, s, w)).collect()
    }

    fn told(&self, scene: &Scene, s: &Sentence, w: usize) -> Option<Act> {
        let lemma = s.tree.lemma(w).to_lowercase();
        let near = |k: usize| k < s.index && s.index - k <= REACH;
        let (_, _, act) = self.0.iter().rev().find(|(k, noun, _)| near(*k) && *noun == lemma)?;
        // A noun that names the act by itself has had its chance.
        let mut entries = scene.codebook.entries_for(Pos::Noun, &lemma);
        if entries.any(|(rule, entry)| rule.when.is_empty() && entry.text() == lemma) {
            return None;
        }
        let by = Slot::Prep("by".to_owned());
        let actor = [Slot::Poss, by].iter().flat_map(|slot| fillers(s.tree, w, &[], None, slot)).collect();
        Some(Act {
            word: w,
            trigger: vec![w],
            actor,
            recipient: Vec::new(),
            status: None,
            by_speaker: false,
            only_speaker: false,
            open: false,
            presupposed: false,
            via: Vec::new(),
            recipient_slots: Vec::new(),
            ..act.clone()
        })
    }
}

/// "The broadcasts", "those operations": nothing but the noun.
fn is_bare_definite(s: &Sentence, w: usize) -> bool {
    let tree = s.tree;
    let pointing = |c: usize| {
        tree.rel(c) == "det"
            && matches!(tree.lemma(c).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
    };
    let further = |c: usize| {
        matches!(tree.rel(c), "amod" | "compound" | "nummod") || tree.rel(c) == "nmod" && preposition(tree, c) == "of"
    };
    tree.upos(w) == "NOUN"
        && tree.rel(w) != "compound"
        && tree.children(w).iter().any(|&c| pointing(c))
        && !tree.children(w).iter().any(|&c| further(c))
}
