//! Acts: what the words of a sentence name, by the codebook's rules and operators, before anyone is identified.

use std::cell::RefCell;
use std::collections::HashMap;

use readout_actors::EntityKind;
use readout_codebook::{Entry, Rule, Slot};

use crate::Status;
use crate::arguments::{is_passive, preposition};
use crate::condition::conditions;
use crate::explain::{Outcome, Trace};
use crate::inherit::inherit;
use crate::matching::{Found, find, positions};
use crate::question::is_put_question;
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
    /// Whether nobody else can be ("the raid was shameful").
    pub only_speaker: bool,
    /// Whether only the partners of an act that all do are told ("a ceasefire with the rebels"): a verb may add who
    /// does it with them.
    pub open: bool,
    /// Whether it is told beside what an operator made of it ("its offensive ended"): operators above leave it alone.
    pub presupposed: bool,
    /// Operators between the act and its clause, outermost last: their negation and tense count.
    pub via: Vec<usize>,
    /// Slots in which the recipient may stand, for a light verb to fill.
    pub(crate) recipient_slots: Vec<Slot>,
}

/// Operators within operators are followed this deep.
const DEEPEST: usize = 4;

/// Finds the acts of one sentence.
pub(crate) struct Acts<'s, 'a> {
    pub(crate) scene: &'s Scene<'a>,
    pub(crate) sentence: &'s Sentence<'a>,
    memo: RefCell<HashMap<usize, Vec<Act>>>,
    pub(crate) consumed: RefCell<Vec<usize>>,
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
    let consumed = finder.consumed.take();
    let composed: Vec<usize> = out.iter().filter(|a| !a.via.is_empty()).map(|a| a.word).collect();
    out.retain(|a| !consumed.contains(&a.word) && (!a.via.is_empty() || !composed.contains(&a.word)));
    out.retain(|a| !is_within(s, a, &consumed));
    inherit(&finder, &mut out);
    out.sort_by_key(|a| (a.trigger.first().copied(), a.word));
    (out, finder.traces.map(RefCell::into_inner).unwrap_or_default())
}

/// "Is ready to help with repatriation": a bare noun within an act that was only offered, asked for or refused.
fn is_within(s: &Sentence, act: &Act, consumed: &[usize]) -> bool {
    let tree = s.tree;
    let own = |&c: &usize| tree.rel(c) == "det" || tree.deprel(c) == "nmod:poss";
    if tree.upos(act.word) != "NOUN" || tree.children(act.word).iter().any(own) {
        return false;
    }
    let mut at = act.word;
    for _ in 0..DEEPEST {
        let Some(h) = tree.head(at) else { return false };
        let tied = matches!(preposition(tree, at).as_str(), "with" | "in" | "for");
        match tree.rel(at) {
            "conj" => {}
            "nmod" | "obl" if tied && consumed.contains(&h) => return true,
            "nmod" if tied => {}
            _ => return false,
        }
        at = h;
    }
    false
}

impl Acts<'_, '_> {
    /// Acts that word `i` names, alone or as an operator over others.
    pub(crate) fn compose(&self, i: usize, depth: usize) -> Vec<Act> {
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
            self.complete_from_noun(&mut act, &found);
            let mut consumed = self.consumed.borrow_mut();
            consumed.extend(found.extra.iter().copied().filter(|&w| w != act.word));
            out.push(act);
        }
        self.memo.borrow_mut().insert(i, out.clone());
        out
    }

    /// The act that word `i` names by itself: the most specific rule that holds.
    pub(crate) fn base(&self, i: usize) -> Option<(Act, Found)> {
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
    pub(crate) fn may_name_act(&self, i: usize) -> bool {
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
        let part = hyphenated || in_mention || modifier || name || s.tree.rel(i) == "aux";
        !part && !state && !self.is_connective(i) && !self.is_predicate_of_act(i) && !is_put_question(self.scene, s, i)
    }

    /// "Regards backing for X as support for Y": what an act is said to be is no further act.
    fn is_predicate_of_act(&self, i: usize) -> bool {
        let tree = self.sentence.tree;
        tree.upos(i) == "NOUN"
            && preposition(tree, i) == "as"
            && tree.head(i).and_then(|h| tree.child(h, "obj")).is_some_and(|o| o < i && self.base(o).is_some())
    }

    /// "In response to the raid", "in retaliation for it": a noun that only says what an act answers.
    fn is_connective(&self, i: usize) -> bool {
        let tree = self.sentence.tree;
        matches!(preposition(tree, i).as_str(), "in" | "as")
            && self.scene.codebook.class_has("replies", &tree.lemma(i).to_lowercase())
            && tree.children(i).iter().any(|&c| matches!(preposition(tree, c).as_str(), "to" | "for"))
    }

    fn act(&self, rule: &Rule, entry: &Entry, found: &Found) -> Act {
        let s = self.sentence;
        let mut actor = self.side(found, &entry.frame.actor, &[]);
        let mut open = false;
        if entry.frame.reciprocal {
            let partner = self.side(found, &entry.frame.partner, &[]);
            open = actor.iter().all(|w| partner.contains(w)) && partner.iter().any(|&w| self.is_party(w));
            actor.extend(partner);
            actor.sort_unstable();
            actor.dedup();
        }
        let mut recipient = self.side(found, &entry.frame.recipient, &actor);
        if rule.kind == "REQUEST" && recipient.iter().all(|&w| !self.is_party(w)) {
            recipient = self.asked(found);
            recipient.retain(|w| !actor.contains(w));
        }
        if matches!(self.scene.codebook.ontology.quad(&rule.kind), 3 | 4) {
            // "Charges of attacking X": whoever is attacked is not the one charged.
            let done_to = |w: usize| matches!(s.tree.rel(w), "acl" | "advcl") && s.tree.child(w, "nsubj").is_none();
            recipient.retain(|&w| s.tree.upos(w) != "VERB" || !done_to(w));
        }
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
            only_speaker: entry.frame.actor == [Slot::Speaker],
            open,
            presupposed: false,
            via: Vec::new(),
            recipient_slots: entry.frame.recipient.clone(),
        }
        .at_noun(s, found)
    }

    pub(crate) fn trace(&self, word: usize, rule: &str, entry: &str, held: Result<(), String>) {
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
