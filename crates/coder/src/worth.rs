//! Whether an act is worth an event: somebody public stands on one of its sides, or it is pointed at in a text that
//! tells of public acts.

use readout_syntax::Tree;

use crate::Side;
use crate::act::Act;
use crate::register::Register;
use crate::scene::Sentence;

/// How far an act without known sides may stand from one that has them, in sentences.
pub(crate) const REACH: usize = 6;

/// What an act's sides and words make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worth {
    /// An event by itself.
    Firm,
    /// An event where others stand around it: "the charges", "they were arrested".
    Pointed,
    /// None.
    Nothing,
}

/// The worth of `act` with its sides as identified.
pub(crate) fn worth(register: Register, s: &Sentence, act: &Act, actor: &[Side], recipient: &[Side]) -> Worth {
    let sides = || actor.iter().chain(recipient);
    if register != Register::Report && !is_public_act(register, s.tree, act, actor, recipient) {
        return Worth::Nothing;
    }
    if sides().next().is_some() && is_private(&act.kind, actor, recipient) {
        return Worth::Nothing;
    }
    if sides().any(|side| side.code != "---") {
        return Worth::Firm;
    }
    if is_pointed_at(s.tree, act) { Worth::Pointed } else { Worth::Nothing }
}

/// Whether an act in a text that is no political report is one of politics all the same: somebody public is named in
/// it, as more than a place, and in market reports as the one who acts or together with another.
fn is_public_act(register: Register, tree: &Tree, act: &Act, actor: &[Side], recipient: &[Side]) -> bool {
    let named = |side: &&Side| is_public(side) && !side.code.starts_with("---") && side.inferred.is_none();
    let (acts, receives) = (actor.iter().filter(named).count(), recipient.iter().filter(named).count());
    let verb = tree.upos(act.word) == "VERB";
    match register {
        Register::Report => true,
        Register::Market => acts + receives > 1 || (acts == 1 && verb && act.via.is_empty()),
        Register::Personal => acts > 0 && receives > 0 || acts > 1,
    }
}

/// Whether a side is a state, one of its organs, an armed group, a party or a body, and no firm or private person.
fn is_public(side: &Side) -> bool {
    let sector = side.code.get(3..).unwrap_or("");
    !matches!(sector, "" | "BUS" | "CVL" | "MED" | "EDU" | "REL" | "LAB") || side.code.starts_with("IGO")
}

/// Firms and private persons among themselves do business, not politics.
fn is_private(kind: &str, actor: &[Side], recipient: &[Side]) -> bool {
    let sides = || actor.iter().chain(recipient);
    let sector = |side: &Side| side.code.get(3..).unwrap_or("").to_owned();
    let public = |side: &Side| !matches!(sector(side).as_str(), "" | "BUS" | "CVL") || side.code.starts_with("IGO");
    match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "COOPERATE" => !sides().any(public),
        "REQUEST" | "REJECT" | "CONCEDE" | "AID" | "RETREAT" => sides().all(|x| sector(x) == "BUS"),
        _ => false,
    }
}

/// Whether the words mean one act that the reader knows of ("the attack", "Friday's meeting", "those charges"), acts
/// that were done ("accusations"), or somebody's fate ("who was arrested").
fn is_pointed_at(tree: &Tree, act: &Act) -> bool {
    let kind = act.kind.as_str();
    let hostile = matches!(kind, "ASSAULT" | "COERCE" | "SANCTION" | "ACCUSE" | "PROTEST");
    let w = act.word;
    if !matches!(tree.upos(w), "NOUN" | "PROPN") {
        let passive = tree.children(w).iter().any(|&c| tree.deprel(c) == "aux:pass");
        // "It came under attack": somebody or something undergoes it.
        let undergone = kind == "ASSAULT" && act.trigger.len() > 1 && act.actor.is_empty() && !act.recipient.is_empty();
        return undergone || passive && (hostile || kind == "REJECT");
    }
    let definite = tree.children(w).iter().any(|&c| {
        tree.deprel(c) == "nmod:poss"
            || tree.rel(c) == "det"
                && matches!(
                    tree.lemma(c).to_lowercase().as_str(),
                    "the" | "this" | "that" | "these" | "those" | "such" | "both"
                )
    });
    let plural = tree.get(w).is_some_and(|x| x.xpos.ends_with('S'));
    let told = hostile || matches!(kind, "CONSULT" | "RETREAT" | "AGREE" | "CONCEDE" | "COOPERATE" | "THREATEN");
    let deeds = matches!(kind, "ACCUSE" | "ASSAULT" | "CONCEDE") || act.mode.as_deref() == Some("arrest");
    told && definite || plural && deeds
}
