//! The sides of an act: which nominals fill the slots of its frame, and what a noun's surroundings add to it.

use readout_actors::EntityKind;
use readout_codebook::Slot;

use crate::act::{Act, Acts};
use crate::arguments::{agent, fillers, is_passive, near_fillers, preposition, surface_subject, with_conjuncts};
use crate::loose;
use crate::matching::{Found, positions};
use crate::scene::Sentence;

impl Acts<'_, '_> {
    /// Fillers of the first slot that holds a party; where none does, of the first slot that holds anything.
    pub(crate) fn side(&self, found: &Found, slots: &[Slot], not: &[usize]) -> Vec<usize> {
        let s = self.sentence;
        let mut fallback = Vec::new();
        for reach in [near_fillers, fillers] {
            for slot in slots {
                let mut all = reach(s.tree, found.word, &found.extra, found.last, slot);
                all.retain(|&w| !not.contains(&w) && !found.words.contains(&w) && self.may_fill(slot, w));
                let parties: Vec<usize> = all.iter().copied().filter(|&w| self.is_party(w)).collect();
                if !parties.is_empty() {
                    return parties;
                }
                if fallback.is_empty() && *slot != Slot::Adj {
                    fallback = all;
                }
            }
        }
        let astray = |slot: &Slot| match slot {
            Slot::Prep(p) => {
                let takes = |w: usize| self.takes_phrase(w, slot);
                loose::nearest(s.tree, found.word, p, takes).map(|w| with_conjuncts(s.tree, w))
            }
            _ => None,
        };
        let astray = slots.iter().filter_map(astray).map(|mut all| {
            all.retain(|&w| !not.contains(&w) && !found.words.contains(&w) && self.is_party(w));
            all
        });
        if let Some(parties) = astray.into_iter().find(|all| !all.is_empty()) {
            return parties;
        }
        // "Highlighted the victories by Syria": the fixed object's own party.
        if slots.contains(&Slot::Obj)
            && let Some(&x) = found.extra.iter().find(|&&x| !not.contains(&x) && self.is_party(x))
        {
            return vec![x];
        }
        fallback
    }

    /// Whether word `w` can be the party in the slot: a town after "in" is where it happened, and an adjective names a
    /// party only where it stands for a state or a name.
    fn may_fill(&self, slot: &Slot, w: usize) -> bool {
        let s = self.sentence;
        let mentions = || s.mentions.iter().filter(|m| m.words.contains(&w));
        match slot {
            Slot::Prep(p) if matches!(p.as_str(), "in" | "at" | "near" | "inside") => mentions()
                .all(|m| !matches!(m.entity.kind, EntityKind::Capital | EntityKind::City | EntityKind::Region)),
            Slot::Adj => {
                mentions().any(|m| m.entity.kind.is_state() || !m.entity.kind.is_place())
                    || s.tree.upos(w) != "ADJ" && self.scene.earlier_party(s, w)
            }
            _ => true,
        }
    }

    /// Whoever is asked in the clause that tells what is asked: "demanded that *Iran* obey", "pushed for *Iran* to obey".
    pub(crate) fn asked(&self, found: &Found) -> Vec<usize> {
        let tree = self.sentence.tree;
        let clauses =
            [Slot::Ccomp, Slot::Xcomp].into_iter().flat_map(|slot| fillers(tree, found.word, &[], None, &slot));
        let doers = clauses.filter(|&c| !is_passive(tree, c)).filter_map(|c| tree.child(c, "nsubj"));
        let asked: Vec<usize> = doers.flat_map(|w| with_conjuncts(tree, w)).filter(|&w| self.is_party(w)).collect();
        asked
    }

    /// "Expanded cooperation between X and Y", "the accord between X and Y was reached": what the noun of a fixed phrase
    /// knows of its parties, where the phrase's own frame leaves a side without one.
    pub(crate) fn complete_from_noun(&self, act: &mut Act, found: &Found) {
        let partyless = |side: &[usize]| side.iter().all(|&w| !self.is_party(w));
        if !partyless(&act.actor) && (!partyless(&act.recipient) || act.recipient_slots.is_empty()) {
            return;
        }
        let Some((noun, _)) = found.extra.iter().find_map(|&x| self.base(x)) else { return };
        if partyless(&act.actor) && !partyless(&noun.actor) {
            act.actor = noun.actor;
        }
        if partyless(&act.recipient) && !partyless(&noun.recipient) {
            act.recipient = noun.recipient;
        }
        act.recipient.retain(|w| !act.actor.contains(w));
    }

    /// Whether word `w` may name an act whose own frame has the slot.
    fn takes_phrase(&self, w: usize, slot: &Slot) -> bool {
        let lemma = self.sentence.tree.lemma(w).to_lowercase();
        let entries = positions(self.sentence, w).iter().flat_map(|&pos| self.scene.codebook.entries_for(pos, &lemma));
        entries.into_iter().any(|(_, entry)| entry.frame.slots().any(|other| other == slot))
    }

    pub(crate) fn is_party(&self, w: usize) -> bool {
        !self.scene.parties_at(self.sentence, w).is_empty()
            || crate::party::owner(self.scene, self.sentence, w, 0).is_some()
    }
}

impl Act {
    /// A noun without its own actor in an infinitive's or verb's reach takes that verb's subject where it is the verb's
    /// predicate ("is a supporter of").
    pub(crate) fn at_noun(mut self, s: &Sentence, found: &Found) -> Act {
        // "The accord reached by X", "an operation launched by Y into Z": the participle's doer is the act's.
        let participle = s.tree.children_by(found.word, "acl").find(|&c| is_passive(s.tree, c));
        if let Some(v) = participle.filter(|_| matches!(s.tree.upos(found.word), "NOUN")) {
            if self.actor.is_empty() {
                self.actor = agent(s.tree, v)
                    .into_iter()
                    .flat_map(|w| with_conjuncts(s.tree, w))
                    .filter(|w| !self.recipient.contains(w))
                    .collect();
            }
            if self.recipient.is_empty() {
                let slots = self.recipient_slots.iter().filter(|slot| matches!(slot, Slot::Prep(_)));
                self.recipient = slots
                    .flat_map(|slot| fillers(s.tree, v, &[], None, slot))
                    .filter(|w| !self.actor.contains(w))
                    .collect();
            }
        }
        // "Is under attack", "lives under sanctions", "under the ban X may not travel": the subject undergoes it.
        let undergone =
            matches!(self.kind.as_str(), "ASSAULT" | "COERCE" | "SANCTION" | "ACCUSE" | "REQUEST" | "THREATEN");
        if undergone && self.recipient.is_empty() && preposition(s.tree, found.word) == "under" {
            let subject = if s.tree.child(found.word, "cop").is_some() {
                surface_subject(s.tree, found.word)
            } else {
                s.tree.head(found.word).filter(|&v| s.tree.upos(v) == "VERB").and_then(|v| surface_subject(s.tree, v))
            };
            let all = subject.into_iter().flat_map(|w| with_conjuncts(s.tree, w));
            self.recipient = all.filter(|w| !self.actor.contains(w)).collect();
        }
        // "Said in a meeting with X": who does so is at the meeting.
        let tree = s.tree;
        let meets = matches!(self.kind.as_str(), "CONSULT")
            && self.actor.len() < 2
            && tree.rel(found.word) == "obl"
            && matches!(
                preposition(tree, found.word).as_str(),
                "in" | "during" | "at" | "after" | "before" | "ahead of" | "on"
            );
        let with: Vec<usize> = tree
            .head(found.word)
            .filter(|_| meets)
            .map(|v| fillers(tree, v, &[], None, &Slot::Subj))
            .unwrap_or_default();
        // "During a meeting of ministers": whoever speaks at it is none of them.
        if with.iter().any(|w| !self.actor.contains(w)) && (self.actor.is_empty() || self.open) {
            self.actor.splice(0..0, with);
        }
        if self.actor.is_empty()
            && !self.by_speaker
            && matches!(s.tree.upos(found.word), "NOUN")
            && s.tree.child(found.word, "cop").is_some()
            && preposition(s.tree, found.word).is_empty()
        {
            self.actor = surface_subject(s.tree, found.word)
                .into_iter()
                .flat_map(|w| with_conjuncts(s.tree, w))
                .filter(|w| !self.recipient.contains(w))
                .collect();
        }
        self
    }
}
