//! Operators over acts: "refused to withdraw", "called for talks", "launched an attack".

use readout_codebook::{Act as Gives, Entry, Inner, Operator, Recipient, Slot};

use crate::Status;
use crate::act::{Act, Acts};
use crate::arguments::{agent, by_preposition, fillers, is_passive, patient, with_conjuncts};
use crate::condition::{conditions, counted};
use crate::matching::{Found, find, positions};

impl Acts<'_, '_> {
    /// What the operators at word `i` make of the acts they govern.
    pub(crate) fn operated(&self, i: usize, depth: usize) -> Vec<Act> {
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
                            out.push(Act { presupposed: true, ..self.presupposed(entry, found, &act) });
                        } else {
                            self.consumed.borrow_mut().push(act.word);
                        }
                        self.turned(operator, entry, found, &act, kind, mode.as_deref())
                    }
                };
                // A judgement is as good as spoken, however it is hedged.
                let status = outcome
                    .status
                    .or(operator.status)
                    .filter(|status| !result.by_speaker || *status != Status::Hypothetical);
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
                let undergoer = if is_passive(s.tree, found.word) { patient } else { agent };
                act.recipient = undergoer(s.tree, found.word)
                    .into_iter()
                    .flat_map(|w| with_conjuncts(s.tree, w))
                    .filter(|w| !act.actor.contains(w))
                    .collect();
            }
        } else if act.by_speaker && subject.iter().any(|w| act.recipient.contains(w)) {
            // "The raid seemed unjustified": the subject is what is judged.
            act.via.push(found.word);
            act.rule = format!("{}+{}", operator.name, act.rule);
            return act;
        } else if act.actor.iter().all(|&w| !self.is_party(w)) && subject.iter().all(|w| *w != act.word) {
            act.actor = subject;
        } else if act.open && subject.iter().any(|&w| self.is_party(w)) {
            // "Announced a ceasefire with the rebels": the subject is the other party.
            act.actor.splice(0..0, subject);
            act.open = false;
        }
        if act.recipient.is_empty() {
            act.recipient = self.lent(found, &act, &act.actor);
        }
        act.via.push(found.word);
        act.rule = format!("{}+{}", operator.name, act.rule);
        act
    }

    /// The inner act as told beside what the operator makes of it: "Iran stopped its attacks", whose attacks they were.
    fn presupposed(&self, entry: &Entry, found: &Found, inner: &Act) -> Act {
        let mut act = inner.clone();
        let addressed = entry.frame.recipient.iter().any(|slot| matches!(slot, Slot::Obj | Slot::Iobj));
        let tree = self.sentence.tree;
        let definite = tree.children(act.word).iter().any(|&c| {
            tree.deprel(c) == "nmod:poss" || tree.rel(c) == "det" && !matches!(tree.lemma(c), "a" | "an" | "any")
        });
        // Measures that are lifted are told by the lifting.
        let deed = matches!(act.kind.as_str(), "ASSAULT" | "COERCE") && act.mode.as_deref() != Some("restrict");
        if (definite || deed)
            && !addressed
            && !is_passive(tree, found.word)
            && act.actor.iter().all(|&w| !self.is_party(w))
        {
            let doer = self.side(found, &entry.frame.actor, &act.recipient);
            act.actor = doer.into_iter().filter(|w| *w != act.word).collect();
        }
        act
    }

    /// A recipient of the inner act that hangs on the operator's words: "launched an attack last week *on X*", "aid was
    /// refused *to X*".
    fn lent(&self, found: &Found, inner: &Act, actor: &[usize]) -> Vec<usize> {
        let slots: Vec<Slot> = inner.recipient_slots.iter().filter(|s| matches!(s, Slot::Prep(_))).cloned().collect();
        let mut side = self.side(found, &slots, actor);
        side.retain(|&w| w != inner.word);
        side
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
        if actor.is_empty() && !found.extra.is_empty() {
            // "Iraq's threat to attack was repeated": the phrase's noun knows whose it is.
            actor = self.side(found, &[Slot::Poss, Slot::Adj], &[inner.word]);
        }
        if itself && actor.iter().all(|&w| !self.is_party(w)) {
            // "Its offensive had ended": whoever did the inner act.
            actor.clone_from(&inner.actor);
        }
        // "Agreed with X to share water": both do.
        if kind == "AGREE" {
            let with = by_preposition(s.tree, found.word, "with").into_iter().flat_map(|w| with_conjuncts(s.tree, w));
            let with: Vec<usize> = with.filter(|w| !actor.contains(w) && self.is_party(*w)).collect();
            actor.extend(with);
        }
        // "Troops were sent to help X": the passive names no sender; those sent do it.
        if actor.is_empty() && is_passive(s.tree, found.word) && kind == inner.kind {
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
                    .unwrap_or_else(|| self.lent(found, inner, &actor))
            }
            Recipient::Addressee if addressee.iter().any(|&w| self.is_party(w)) => addressee,
            Recipient::Addressee => {
                let doers: Vec<usize> = inner.actor.iter().copied().filter(|w| !actor.contains(w)).collect();
                match (doers.is_empty(), inner.actor.is_empty()) {
                    (false, _) => doers,
                    // "Unwilling to help Greece": whoever would do it is against it himself.
                    (true, false) if addressee.is_empty() => inner.recipient.clone(),
                    (true, _) => addressee,
                }
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
            only_speaker: false,
            open: false,
            presupposed: false,
            via: Vec::new(),
            recipient_slots: Vec::new(),
        }
        .at_noun(s, found)
    }
}
