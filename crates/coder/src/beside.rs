//! Names and the roles that stand beside them: "the U.N. coordinator, Jane Doe", "Envoy to Mali John Doe".

use readout_actors::{Code, EntityKind, Mention, PartyClass};
use readout_syntax::NameKind;

use crate::coreference::Seen;
use crate::register::Register;
use crate::scene::{Ref, Scene, Sentence};

/// Words between a role and the name behind it: "coordinator *for the Central African Republic* Jane Doe".
const LONGEST_POST: usize = 8;

/// Whose role stands beside the name at word `w`, which no table has: in apposition, or just before it.
pub(crate) fn role_of_name(scene: &Scene, s: &Sentence, w: usize, seen: &[Seen]) -> Option<Vec<Ref>> {
    if s.tree.upos(w) != "PROPN" {
        return None;
    }
    let apposed = s.tree.head(w).filter(|_| s.tree.rel(w) == "appos");
    let role = apposed.or_else(|| post_before(scene, s, w))?;
    let beside = seen.iter().rev().find(|m| m.sentence == s.index && m.word == role).filter(|m| m.refs.len() == 1)?;
    let words = s.tree.name_at(w).map_or(w..w + 1, |n| n.words.clone());
    let name = scene.text(s, words.clone()).0;
    let person = is_person(s, w);
    let named = |r: &Ref| Ref { words: words.clone(), name: Some(name.clone()), ..as_person(r, person) };
    Some(beside.refs.iter().map(named).collect())
}

/// The role whose complement runs up to the name at word `w`: "Coordinator for Myanmar Jane Doe".
fn post_before(scene: &Scene, s: &Sentence, w: usize) -> Option<usize> {
    let tree = s.tree;
    let name = tree.name_at(w).filter(|n| n.kind == NameKind::Person && n.words.len() > 1)?;
    let role = (name.words.start.saturating_sub(LONGEST_POST)..name.words.start).rev().find(|&i| {
        scene.actors.role(&tree.lemma(i).to_lowercase()).is_some_and(|r| r.has("title"))
            && tree.upos(i + 1) == "ADP"
            && i + 2 < name.words.start
    })?;
    let plain = |i: usize| matches!(tree.upos(i), "ADP" | "DET" | "PROPN" | "NOUN" | "ADJ" | "CCONJ" | "PART");
    (role + 1..name.words.start).all(plain).then_some(role)
}

/// A person of whom nothing but the full name is told is taken for a citizen of the country that the report is about.
pub(crate) fn stranger(scene: &Scene, s: &Sentence, w: usize) -> Option<Vec<Ref>> {
    let name = s.tree.name_at(w).filter(|n| n.kind == NameKind::Person && n.words.len() > 1)?;
    let head = s.tree.head(w).is_none_or(|h| !name.words.contains(&h));
    // "Deputy Jane Doe", read as one name, holds a name that the tables have.
    let known = |m: &&Mention| m.words.start >= name.words.start && m.words.end <= name.words.end;
    if let Some(m) = s.mentions.iter().filter(|m| m.entity.kind == EntityKind::Person).find(known) {
        let parties = scene.actors.parties(s.tree, &s.mentions, m.words.start, scene.day);
        return Some(parties.into_iter().map(Ref::from).collect());
    }
    let code = Code::of(Some(scene.home.as_deref()?), "CVL");
    let (words, text) = (name.words.clone(), scene.text(s, name.words.clone()).0);
    let person =
        Ref { words, name: Some(text), code, class: PartyClass::Person, row: None, inferred: Some("document") };
    (head && s.tree.upos(w) == "PROPN").then(|| vec![person])
}

/// Class of the codebook: offices that firms have too.
const MANAGERS: &str = "managers";

/// "The firm said Chairman John Doe …": where a firm is named and the words give no state, whoever holds an office that
/// firms have too is the firm's. So is everybody of that kind in a market report.
pub(crate) fn of_firm(scene: &Scene, s: &Sentence, w: usize, seen: &[Seen], refs: Vec<Ref>) -> Vec<Ref> {
    let stateless = |r: &Ref| {
        let unstated = r.code.country().is_none() || matches!(r.inferred, Some("document" | "description"));
        r.class == PartyClass::Person && r.row.is_none() && unstated && r.code.sector() == Some("GOV")
    };
    let office =
        || s.tree.subtree(w).into_iter().any(|i| scene.codebook.class_has(MANAGERS, &s.tree.lemma(i).to_lowercase()));
    let firm = || {
        let here = seen.iter().filter(|m| m.sentence == s.index).flat_map(|m| &m.refs);
        scene.register == Register::Market || here.into_iter().any(|r| r.code.sector() == Some("BUS"))
    };
    if !refs.iter().all(stateless) || refs.is_empty() || !office() || !firm() {
        return refs;
    }
    refs.into_iter().map(|r| Ref { code: r.code.with_sector("BUS"), ..r }).collect()
}

fn is_person(s: &Sentence, w: usize) -> bool {
    s.tree.name_at(w).is_some_and(|n| n.kind == NameKind::Person)
}

/// A party as the person whose name stands beside it: a thing of somebody's, by a noun in no table, is then his man.
fn as_person(r: &Ref, person: bool) -> Ref {
    match r.class {
        PartyClass::Thing | PartyClass::People | PartyClass::Group if person => {
            let code = if r.code.sector().is_none() { r.code.with_sector("CVL") } else { r.code.clone() };
            Ref { code, class: PartyClass::Person, ..r.clone() }
        }
        _ => r.clone(),
    }
}

/// The full name of a person that stands in a title's phrase ("U.N. Coordinator for Myanmar Jane Doe").
pub(crate) fn person_within(scene: &Scene, s: &Sentence, w: usize) -> Option<String> {
    let tree = s.tree;
    let title = scene.actors.role(&tree.lemma(w).to_lowercase()).is_some_and(|r| r.has("title"));
    let own = |n: &&readout_syntax::Name| {
        let first = n.words.start;
        n.kind == NameKind::Person
            && n.words.len() > 1
            && first > w
            && n.words.clone().all(|i| tree.rel(i) != "case" && tree.deprel(i) != "nmod:poss")
            && tree.is_under(first, w)
            && (w..first).all(|i| !matches!(tree.upos(i), "VERB" | "PUNCT" | "CCONJ"))
    };
    let name = tree.names().iter().filter(|_| title).find(own)?;
    Some(scene.text(s, name.words.clone()).0)
}

/// Whether the words of a phrase tell that a woman (`Some(true)`) or a man is meant.
pub(crate) fn gender(s: &Sentence, w: usize) -> Option<bool> {
    let before = s.tree.subtree(w);
    before.iter().find_map(|&i| match s.tree.get(i).map(|x| x.form.as_str()) {
        Some("Mr." | "Mr" | "Sir" | "King" | "Prince" | "chairman" | "spokesman" | "Sheikh") => Some(false),
        Some("Mrs." | "Mrs" | "Ms." | "Ms" | "Queen" | "Princess" | "Lady" | "spokeswoman") => Some(true),
        _ => None,
    })
}
