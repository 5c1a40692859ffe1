//! Acts: what the words of a sentence name, by the codebook's rules and operators, before anyone is identified.

use std::cell::RefCell;
use std::collections::HashMap;

use readout_actors::EntityKind;
use readout_codebook::{Act as Gives, Entry, Inner, Operator, Recipient, Rule, Slot};

use crate::Status;
use crate::arguments::{agent, fillers, is_passive, preposition, surface_subject, with_conjuncts};
use crate::condition::{conditions, counted};
use crate::explain::{Outcome, Trace};
use crate::matching::{Found, find, positions};
use crate::scene::{Scene, Sentence};

/// An act in words of its sentence.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// The word that names it.
    pub word: usize,
    /// Words of the trigger.
    pub trigger: Vec<usize>,
    pub kind: String,
    pub mode: Option<String>,
    pub contexts: Vec<String>,
    pub cameo: Option<String>,
    pub status: Option<Status>,
    pub rule: String,
    /// Heads of the nominals on each side.
    pub actor: Vec<usize>,
    pub recipient: Vec<usize>,
    /// Whether whoever speaks the clause is the actor.
    pub by_speaker: bool,
    /// Whether it is told beside what an operator made of it ("its offensive ended"): operators above leave it alone.
    pub presupposed: bool,
    /// Operators between the act and its clause, outermost last: their negation and tense count.
    pub via: Vec<usize>,
    /// Slots in which the recipient may stand, for a light verb to fill.
    recipient_slots: Vec<Slot>,
}

/// Operators within operators are followed this deep.
const DEEPEST: usize = 4;

/// Finds the acts of one sentence.
pub(crate) struct Acts<'s, 'a> {
    scene: &'s Scene<'a>,
    sentence: &'s Sentence<'a>,
    memo: RefCell<HashMap<usize, Vec<Act>>>,
    consumed: RefCell<Vec<usize>>,
    traces: Option<RefCell<Vec<Trace>>>,
}

/// The acts of a sentence in order, and, where asked for, why each rule fired or did not.
pub(crate) fn acts(scene: &Scene, s: &Sentence, explain: bool) -> (Vec<Act>, Vec<Trace>) {
    let finder = Acts {
        scene,
        sentence: s,
        memo: RefCell::default(),
        consumed: RefCell::default(),
        traces: explain.then(RefCell::default),
    };
    let mut out: Vec<Act> = Vec::new();
    for i in 0..s.tree.len() {
        for act in finder.compose(i, 0) {
            if out.iter().all(|o| (o.word, &o.kind) != (act.word, &act.kind) || o.via.len() < act.via.len()) {
                out.retain(|o| o.word != act.word || o.kind != act.kind);
                out.push(act);
            }
        }
    }
    let consumed = finder.consumed.into_inner();
    let composed: Vec<usize> = out.iter().filter(|a| !a.via.is_empty()).map(|a| a.word).collect();
    out.retain(|a| !consumed.contains(&a.word) && (!a.via.is_empty() || !composed.contains(&a.word)));
    out.sort_by_key(|a| (a.trigger.first().copied(), a.word));
    (out, finder.traces.map(RefCell::into_inner).unwrap_or_default())
}

impl Acts<'_, '_> {
    /// Acts that word `i` names, alone or as an operator over others.
    fn compose(&self, i: usize, depth: usize) -> Vec<Act> {
        if let Some(known) = self.memo.borrow().get(&i) {
            return known.clone();
        }
        if depth > DEEPEST {
            return Vec::new();
        }
        let base = self.base(i);
        let phrasal = base.as_ref().is_some_and(|(_, found)| !found.extra.is_empty());
        let mut out = if phrasal { Vec::new() } else { self.operated(i, depth) };
        if out.is_empty()
            && let Some((mut act, found)) = base
        {
            // "The accord between X and Y was reached": the fixed noun may know the parties.
            if act.actor.is_empty()
                && act.recipient.is_empty()
                && let Some((noun, _)) = found.extra.iter().find_map(|&x| self.base(x))
            {
                (act.actor, act.recipient) = (noun.actor, noun.recipient);
            }
            let mut consumed = self.consumed.borrow_mut();
            consumed.extend(found.extra.iter().copied().filter(|&w| w != act.word));
            out.push(act);
        }
        self.memo.borrow_mut().insert(i, out.clone());
        out
    }

    /// The act that word `i` names by itself: the most specific rule that holds.
    fn base(&self, i: usize) -> Option<(Act, Found)> {
        let s = self.sentence;
        if !self.may_name_act(i) {
            return None;
        }
        let lemma = s.tree.lemma(i).to_lowercase();
        for &pos in positions(s, i) {
            for (rule, entry) in self.scene.codebook.entries_for(pos, &lemma) {
                let Some(found) = find(s, i, entry) else { continue };
                let held = conditions(self.scene, s, &found, &rule.when);
                self.trace(i, &rule.name, &entry.text(), held.clone());
                if held.is_ok() {
                    return Some((self.act(rule, entry, &found), found));
                }
            }
        }
        None
    }

    /// Words of names, and nouns that only modify others, name no act.
    fn may_name_act(&self, i: usize) -> bool {
        let s = self.sentence;
        let in_mention = s
            .mentions
            .iter()
            .any(|m| m.words.contains(&i) && !matches!(m.entity.kind, EntityKind::Company if m.words.len() == 1));
        let modifier = s.tree.rel(i) == "compound" && s.tree.upos(i) != "VERB";
        // Wire copy writes a capital after "U.S."; elsewhere a capital within the sentence marks a title or name.
        let capital = i > 0
            && s.tree.get(i).is_some_and(|w| w.form.starts_with(char::is_uppercase))
            && s.tree.get(i - 1).is_some_and(|w| {
                !w.form.ends_with('.') && !matches!(w.form.as_str(), "\"" | "'" | "(" | ":" | "--" | "-")
            });
        let name = s.tree.upos(i) == "PROPN" && (capital || s.tree.name_at(i).is_some());
        let hyphenated = i > 0
            && s.tree.get(i - 1).is_some_and(|w| w.form == "-")
            && s.tree.upos(i) == "VERB"
            && s.tree.rel(i) == "amod";
        // "Injured people", "the disputed border": what they are like, no act.
        let state = s.tree.rel(i) == "amod"
            && self.scene.codebook.class_has("states", &s.tree.lemma(i).to_lowercase())
            && is_passive(s.tree, i);
        !state && !hyphenated && !in_mention && !modifier && !name && s.tree.rel(i) != "aux"
    }

    fn act(&self, rule: &Rule, entry: &Entry, found: &Found) -> Act {
        let s = self.sentence;
        let mut actor = self.side(found, &entry.frame.actor, &[]);
        if entry.frame.reciprocal {
            actor.extend(self.side(found, &entry.frame.partner, &[]));
            actor.sort_unstable();
            actor.dedup();
        }
        let recipient = self.side(found, &entry.frame.recipient, &actor);
        Act {
            word: found.word,
            trigger: found.words.clone(),
            kind: rule.kind.clone(),
            mode: rule.mode_of(entry).map(str::to_owned),
            contexts: rule.contexts.clone(),
            cameo: rule.cameo_of(entry, &self.scene.codebook.ontology, &rule.contexts).map(str::to_owned),
            status: rule.status,
            rule: rule.name.clone(),
            actor,
            recipient,
            by_speaker: entry.frame.actor.contains(&Slot::Speaker),
            presupposed: false,
            via: Vec::new(),
            recipient_slots: entry.frame.recipient.clone(),
        }
        .at_noun(s, found)
    }

    /// Fillers of the first slot that holds a party; where none does, of the first slot that holds anything.
    fn side(&self, found: &Found, slots: &[Slot], not: &[usize]) -> Vec<usize> {
        let s = self.sentence;
        let mut fallback = Vec::new();
        for slot in slots {
            let mut all = fillers(s.tree, found.word, &found.extra, found.last, slot);
            all.retain(|w| !not.contains(w) && !found.words.contains(w));
            if matches!(slot, Slot::Prep(p) if matches!(p.as_str(), "in" | "at" | "near" | "inside")) {
                // A town after "in" is where it happened.
                all.retain(|&w| {
                    s.mentions.iter().all(|m| {
                        !m.words.contains(&w)
                            || !matches!(m.entity.kind, EntityKind::Capital | EntityKind::City | EntityKind::Region)
                    })
                });
            }
            if *slot == Slot::Adj {
                all.retain(|&w| {
                    s.mentions
                        .iter()
                        .any(|m| m.words.contains(&w) && (m.entity.kind.is_state() || !m.entity.kind.is_place()))
                        || self.scene.earlier_party(s, w)
                });
            }
            let parties: Vec<usize> = all.iter().copied().filter(|&w| self.is_party(w)).collect();
            if !parties.is_empty() {
                return parties;
            }
            if fallback.is_empty() && *slot != Slot::Adj {
                fallback = all;
            }
        }
        // "Highlighted the victories by Syria": the fixed object's own party.
        if slots.contains(&Slot::Obj)
            && let Some(&x) = found.extra.iter().find(|&&x| !not.contains(&x) && self.is_party(x))
        {
            return vec![x];
        }
        fallback
    }

    fn is_party(&self, w: usize) -> bool {
        !self.scene.parties_at(self.sentence, w).is_empty()
            || crate::party::owner(self.scene, self.sentence, w, 0).is_some()
    }

    /// What the operators at word `i` make of the acts they govern.
    fn operated(&self, i: usize, depth: usize) -> Vec<Act> {
        let s = self.sentence;
        if !self.may_name_act(i) {
            return Vec::new();
        }
        let lemma = s.tree.lemma(i).to_lowercase();
        for &pos in positions(s, i) {
            for (operator, entry) in self.scene.codebook.operators_for(pos, &lemma) {
                let Some(found) = find(s, i, entry) else { continue };
                if let Err(why) = conditions(self.scene, s, &found, &operator.when) {
                    self.trace(i, &operator.name, &entry.text(), Err(why));
                    continue;
                }
                let out = self.apply(operator, entry, &found, depth);
                self.trace(
                    i,
                    &operator.name,
                    &entry.text(),
                    if out.is_empty() { Err("it governs no act here".to_owned()) } else { Ok(()) },
                );
                if !out.is_empty() {
                    return out;
                }
            }
        }
        Vec::new()
    }

    fn apply(&self, operator: &Operator, entry: &Entry, found: &Found, depth: usize) -> Vec<Act> {
        let s = self.sentence;
        let mut out: Vec<Act> = Vec::new();
        for place in &operator.takes {
            let heads: Vec<usize> = self
                .inner_heads(found, place)
                .into_iter()
                .filter(|w| !found.words.contains(w))
                .flat_map(|w| with_conjuncts(s.tree, w))
                .flat_map(|w| std::iter::once(w).chain(counted(self.scene, s, w)))
                .collect();
            let mut inner: Vec<Act> = heads.iter().flat_map(|&w| self.compose(w, depth + 1)).collect();
            inner.retain(|a| a.word != found.word && !a.trigger.contains(&found.word));
            for act in inner {
                if act.presupposed {
                    out.push(act);
                    continue;
                }
                let outcome = operator.outcome(&self.scene.codebook.ontology, &act.kind, act.mode.as_deref());
                let result = match &outcome.act {
                    Gives::Nothing => {
                        self.consumed.borrow_mut().push(act.word);
                        continue;
                    }
                    Gives::Keep => self.kept(operator, entry, found, act),
                    Gives::Other(kind, mode) => {
                        if operator.keeps_inner {
                            out.push(Act { presupposed: true, ..act.clone() });
                        } else {
                            self.consumed.borrow_mut().push(act.word);
                        }
                        self.turned(operator, entry, found, &act, kind, mode.as_deref())
                    }
                };
                let status = outcome.status.or(operator.status);
                let cameo = outcome.cameo.clone().or(result.cameo.clone());
                let result = Act { status: status.or(result.status), cameo, ..result };
                if out.iter().all(|o| o.word != result.word || o.kind != result.kind) {
                    out.push(result);
                }
            }
            if !out.is_empty() {
                // "Repeated its demand for": the phrase's own noun names nothing beside it.
                self.consumed.borrow_mut().extend(found.extra.iter().copied());
                break;
            }
        }
        out.retain(|a| a.presupposed || !found.extra.contains(&a.word));
        out
    }

    fn inner_heads(&self, found: &Found, place: &Inner) -> Vec<usize> {
        let tree = self.sentence.tree;
        let anchors = || std::iter::once(found.word).chain(found.extra.iter().copied());
        match place {
            Inner::Slot(slot) => {
                let slot_of = |w: usize| fillers(tree, w, &found.extra, found.last, slot);
                anchors().flat_map(slot_of).collect()
            }
            Inner::AnyPrep => anchors()
                .flat_map(|w| tree.children(w).iter().copied())
                .filter(|&c| matches!(tree.rel(c), "obl" | "nmod") && tree.deprel(c) != "nmod:poss")
                .collect(),
            Inner::Advcl => anchors().flat_map(|w| tree.children_by(w, "advcl").collect::<Vec<_>>()).collect(),
            Inner::Acl => anchors()
                .flat_map(|w| {
                    tree.children(w)
                        .iter()
                        .copied()
                        .filter(|&c| tree.rel(c) == "acl" && tree.deprel(c) != "acl:relcl" || tree.rel(c) == "nmod")
                        .collect::<Vec<_>>()
                })
                .collect(),
        }
    }

    /// The inner act itself, with the operator's subject where it lacks an actor.
    fn kept(&self, operator: &Operator, entry: &Entry, found: &Found, inner: Act) -> Act {
        let s = self.sentence;
        let mut act = inner;
        let subject = if entry.frame.actor.is_empty() { Vec::new() } else { self.side(found, &entry.frame.actor, &[]) };
        let undergone = entry.frame.actor.is_empty();
        if undergone {
            if act.recipient.is_empty() {
                act.recipient = agent(s.tree, found.word)
                    .into_iter()
                    .flat_map(|w| with_conjuncts(s.tree, w))
                    .filter(|w| !act.actor.contains(w))
                    .collect();
            }
        } else if act.actor.iter().all(|&w| !self.is_party(w)) && subject.iter().all(|w| *w != act.word) {
            act.actor = subject;
        }
        if act.recipient.is_empty() {
            act.recipient = self.side(
                found,
                &act.recipient_slots.iter().filter(|slot| matches!(slot, Slot::Prep(_))).cloned().collect::<Vec<_>>(),
                &act.actor,
            );
            act.recipient.retain(|&w| w != act.word);
        }
        act.via.push(found.word);
        act.rule = format!("{}+{}", operator.name, act.rule);
        act
    }

    /// Another act in place of the inner one.
    fn turned(
        &self,
        operator: &Operator,
        entry: &Entry,
        found: &Found,
        inner: &Act,
        kind: &str,
        mode: Option<&str>,
    ) -> Act {
        let s = self.sentence;
        let slots = if entry.frame.actor.is_empty() { vec![Slot::Subj] } else { entry.frame.actor.clone() };
        let mut actor = self.side(found, &slots, &[inner.word]);
        let itself =
            slots.iter().any(|slot| fillers(s.tree, found.word, &found.extra, found.last, slot).contains(&inner.word));
        actor.retain(|&w| w != inner.word);
        if itself && actor.iter().all(|&w| !self.is_party(w)) {
            // "Its offensive had ended": whoever did the inner act.
            actor.clone_from(&inner.actor);
        }
        let addressee = self.side(found, &entry.frame.recipient, &actor);
        let recipient = match operator.recipient {
            Recipient::None => Vec::new(),
            Recipient::Inner => {
                let other =
                    |words: &[usize]| -> Vec<usize> { words.iter().copied().filter(|w| !actor.contains(w)).collect() };
                [other(&inner.recipient), other(&addressee), other(&inner.actor)]
                    .into_iter()
                    .find(|side| side.iter().any(|&w| self.is_party(w)))
                    .unwrap_or_default()
            }
            Recipient::Addressee if addressee.iter().any(|&w| self.is_party(w)) => addressee,
            Recipient::Addressee => {
                let doers: Vec<usize> = inner.actor.iter().copied().filter(|w| !actor.contains(w)).collect();
                if doers.is_empty() { addressee } else { doers }
            }
        };
        let recipient = recipient.into_iter().filter(|&w| w != inner.word && w != found.word).collect();
        Act {
            word: found.word,
            trigger: found.words.clone(),
            kind: kind.to_owned(),
            mode: mode.map(str::to_owned),
            contexts: inner.contexts.clone(),
            cameo: self.scene.codebook.ontology.cameo_for(kind, mode, &inner.contexts).map(str::to_owned),
            status: None,
            rule: format!("{}+{}", operator.name, inner.rule),
            actor,
            recipient,
            by_speaker: false,
            presupposed: false,
            via: Vec::new(),
            recipient_slots: Vec::new(),
        }
        .at_noun(s, found)
    }

    fn trace(&self, word: usize, rule: &str, entry: &str, held: Result<(), String>) {
        if let Some(traces) = &self.traces {
            let outcome = held.map_or_else(Outcome::Not, |()| Outcome::Fired);
            traces.borrow_mut().push(Trace {
                sentence: self.sentence.index,
                word,
                rule: rule.to_owned(),
                entry: entry.to_owned(),
                outcome,
            });
        }
    }
}

impl Act {
    /// A noun without its own actor in an infinitive's or verb's reach takes that verb's subject where it is the verb's
    /// predicate ("is a supporter of").
    fn at_noun(mut self, s: &Sentence, found: &Found) -> Act {
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
        let owned = || tree.children(found.word).iter().any(|&c| tree.deprel(c) == "nmod:poss");
        if with.iter().any(|w| !self.actor.contains(w)) && (self.actor.is_empty() || !owned()) {
            self.actor.splice(0..0, with);
        }
        if self.actor.is_empty()
            && !self.by_speaker
            && matches!(s.tree.upos(found.word), "NOUN")
            && s.tree.child(found.word, "cop").is_some()
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
