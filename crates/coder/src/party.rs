//! From the nominals of an act to the parties on its sides.

use readout_actors::{EntityKind, Mention, PartyClass};

use crate::Side;
use crate::arguments::{by_preposition, fillers, is_passive, patient};
use crate::scene::{Ref, Scene, Sentence};
use readout_codebook::{Entry, Pos, Rule, Slot};

/// Things of things are followed this deep.
const DEEPEST: usize = 3;

/// The parties of nominal `w`: its own, else those of whoever owns or did what it names.
pub(crate) fn sides(scene: &Scene, s: &Sentence, w: usize) -> Vec<Side> {
    let own = scene.parties_at(s, w);
    if !own.is_empty() {
        return own.iter().map(|r| side(scene, s, w, r)).collect();
    }
    owner(scene, s, w, 0).map(|refs| refs.iter().map(|r| side(scene, s, w, r)).collect()).unwrap_or_default()
}

/// Whoever owns the thing, or did the act, that nominal `w` names.
pub(crate) fn owner(scene: &Scene, s: &Sentence, w: usize, depth: usize) -> Option<Vec<Ref>> {
    if depth > DEEPEST {
        return None;
    }
    let tree = s.tree;
    let lemma = tree.lemma(w).to_lowercase();
    if tree.upos(w) == "VERB" {
        return of_clause(scene, s, w, depth);
    }
    let mut slots: Vec<Slot> = vec![Slot::Poss];
    let frames = || scene.codebook.entries_for(Pos::Noun, &lemma).map(|(_, entry)| &entry.frame);
    slots.extend(frames().flat_map(|f| f.actor.iter().chain(&f.partner)).cloned());
    // "The sale of arms to X": whom a friendly act reaches; the victim of a hostile one is not to blame for it.
    let friendly = scene
        .codebook
        .entries_for(Pos::Noun, &lemma)
        .filter(|(rule, _)| matches!(scene.codebook.ontology.quad(&rule.kind), 1 | 2));
    slots.extend(friendly.flat_map(|(_, entry)| &entry.frame.recipient).cloned());
    slots.retain(|slot| !matches!(slot, Slot::Speaker | Slot::Subj));
    let of = Slot::Prep("of".into());
    let suffered = |(rule, entry): (&Rule, &Entry)| {
        (rule.kind == "ACCUSE" || scene.codebook.ontology.quad(&rule.kind) == 4)
            && entry.frame.recipient.contains(&of)
            && !entry.frame.actor.contains(&of)
    };
    let victim = scene.codebook.entries_for(Pos::Noun, &lemma).any(suffered);
    slots.extend([Slot::Adj, Slot::Prep("by".into())]);
    slots.extend(Some(of).filter(|_| !victim));
    slots.push(Slot::Prep("from".into()));
    let mut tried = std::collections::BTreeSet::new();
    for slot in slots {
        if !tried.insert(slot.clone()) {
            continue;
        }
        let found = fillers(tree, w, &[], None, &slot);
        let refs: Vec<Ref> = found
            .iter()
            .filter(|&&f| {
                slot != Slot::Adj
                    || s.mentions
                        .iter()
                        .any(|m| m.words.contains(&f) && (m.entity.kind.is_state() || !m.entity.kind.is_place()))
            })
            .flat_map(|&f| scene.parties_at(s, f).to_vec())
            .collect();
        if !refs.is_empty() {
            return Some(refs);
        }
        for &f in found.iter().filter(|_| slot != Slot::Adj) {
            if let Some(refs) = owner(scene, s, f, depth + 1) {
                return Some(refs);
            }
        }
    }
    // "Readiness to help Syria": whom the infinitive reaches.
    let infinitive = tree
        .children_by(w, "acl")
        .find(|&c| tree.children(c).iter().any(|&m| tree.rel(m) == "mark" && tree.lemma(m) == "to"));
    if let Some(refs) = infinitive.and_then(|c| patient(tree, c)).and_then(|o| of_or_owner(scene, s, o, depth + 1)) {
        return Some(refs);
    }
    // "Those who attacked", "the decision that Iran took": whoever the clause names as its doer.
    let clause = tree.children(w).iter().copied().find(|&c| tree.rel(c) == "acl")?;
    let doer = by_preposition(tree, clause, "by").into_iter().next().filter(|_| tree.upos(w) == "NOUN")?;
    let refs = scene.parties_at(s, doer);
    (!refs.is_empty()).then(|| refs.to_vec())
}

/// Whoever does what the clause of verb `v` names ("for *Iran* to react"), else what it is done to ("the importance of
/// protecting *Syria's* borders"), else those it is between ("fighting between *rebels and police*").
fn of_clause(scene: &Scene, s: &Sentence, v: usize, depth: usize) -> Option<Vec<Ref>> {
    let tree = s.tree;
    let doer = tree
        .child(v, "nsubj")
        .filter(|_| !is_passive(tree, v))
        .or_else(|| by_preposition(tree, v, "by").first().copied());
    let sides = || fillers(tree, v, &[], None, &Slot::Prep("between".into()));
    let around = [doer, patient(tree, v)];
    // "To restore peace to Syria".
    let reached = by_preposition(tree, v, "to").first().copied();
    let found = around.into_iter().chain([reached]).flatten().find_map(|w| of_or_owner(scene, s, w, depth + 1));
    found.or_else(|| {
        let refs: Vec<Ref> = sides().iter().flat_map(|&w| scene.parties_at(s, w).to_vec()).collect();
        (!refs.is_empty()).then_some(refs)
    })
}

fn of_or_owner(scene: &Scene, s: &Sentence, w: usize, depth: usize) -> Option<Vec<Ref>> {
    let own = scene.parties_at(s, w);
    if own.is_empty() { owner(scene, s, w, depth) } else { Some(own.to_vec()) }
}

fn side(scene: &Scene, s: &Sentence, w: usize, r: &Ref) -> Side {
    let (text, span) = scene.text(s, r.words.clone());
    // A state's things take its bare country; its policies are its government's.
    let policy = scene.codebook.class_has("policies", &s.tree.lemma(w).to_lowercase()) && r.code.sector().is_none();
    let code = match r.class {
        PartyClass::Thing if policy => r.code.with_sector("GOV"),
        PartyClass::Thing | PartyClass::Territory => r.code.with_sector(""),
        _ => r.code.clone(),
    };
    Side { text, span, name: r.name.clone(), code: code.as_str().to_owned(), inferred: r.inferred }
}

/// Sector of the office that somebody resigns from: "resigned as foreign minister".
pub(crate) fn office_left(scene: &Scene, s: &Sentence, verb: usize) -> Option<String> {
    let office = s
        .tree
        .children(verb)
        .iter()
        .copied()
        .find(|&c| s.tree.children_by(c, "case").any(|k| s.tree.lemma(k) == "as"))?;
    let own = scene.parties_at(s, office).iter().find_map(|r| r.code.sector().map(str::to_owned));
    own.or_else(|| scene.actors.role_at(s.tree, office).map(|r| r.sector.clone())).filter(|sector| !sector.is_empty())
}

/// A province or town that acts is its government ("Texas sued", "Catalonia voted").
pub(crate) fn governments(scene: &Scene, s: &Sentence, words: &[usize], sides: &mut [Side]) {
    let refs = || words.iter().flat_map(|&w| scene.parties_at(s, w));
    for side in sides.iter_mut().filter(|x| x.code.len() == 3) {
        if refs().any(|r| r.class == PartyClass::Territory && r.code.as_str().starts_with(&*side.code)) {
            side.code.push_str("GOV");
        }
    }
}

/// A people that fights is its forces (conventions 10): "the Iranians" who attack, "384 Libyans" killed where the report
/// tells of Libyan troops.
pub(crate) fn fighters(scene: &Scene, s: &Sentence, words: &[usize], sides: &mut [Side], victims: bool) {
    let nouns = words.iter().filter(|&&w| !matches!(s.tree.rel(w), "amod" | "compound"));
    for r in nouns.flat_map(|&w| scene.parties_at(s, w)) {
        let demonym = |m: &Mention| m.entity.kind == EntityKind::Demonym && r.words.contains(&m.words.start);
        let people = r.class == PartyClass::People && s.mentions.iter().any(demonym);
        let army = || r.code.country().is_some_and(|c| scene.armies.contains(c));
        if people && (if victims { army() } else { r.code.sector() == Some("GOV") || army() }) {
            let code = r.code.with_sector("MIL").as_str().to_owned();
            sides.iter_mut().filter(|x| x.code == r.code.as_str()).for_each(|x| x.code.clone_from(&code));
        }
    }
}
