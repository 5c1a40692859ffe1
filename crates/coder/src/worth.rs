//! Whether an act is worth an event: somebody public stands on one of its sides, or it is pointed at in a text that
//! tells of public acts.

use readout_syntax::Tree;

use crate::Side;
use crate::act::Act;
use crate::arguments::is_passive;
use crate::register::Register;
use crate::scene::{Scene, Sentence};

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
    if actor.is_empty() && is_advice(s, act) {
        return Worth::Nothing;
    }
    if is_word(&act.kind) && !actor.is_empty() && sides().all(is_person) {
        // What people of no office say to each other matters where politics goes on around it.
        return if sides().any(|side| side.code != "---") || is_pointed_at(s.tree, act) {
            Worth::Pointed
        } else {
            Worth::Nothing
        };
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
    // A state that buys, lends, approves or meets does business like others, unless it is with foreigners or a body does.
    let body = actor.iter().filter(named).any(|side| side.code.starts_with("IGO"));
    let country = |side: &Side| side.code.get(..3).unwrap_or("---").to_owned();
    let abroad =
        |side: &Side| actor.iter().filter(named).all(|a| country(a) != country(side)) && country(side) != "---";
    let foreign = recipient.iter().chain(actor).any(abroad);
    // What a central bank agrees on with the dealers of its country is a day's business.
    let domestic = is_mutual(&act.kind) && !recipient.is_empty() && receives == 0 && !foreign;
    let alone = verb && act.via.is_empty() && !domestic && (body || foreign || !is_business(&act.kind));
    // Two who worry do so each for himself; two who meet or agree do it with each other.
    let together = acts + receives > 1 && (receives > 0 || !is_business(&act.kind) || is_mutual(&act.kind))
        || acts > 0 && foreign && is_mutual(&act.kind);
    match register {
        Register::Report => true,
        // "The accord reached by OPEC ministers": states together.
        Register::Market => together || (acts > 0 && (alone || act.kind == "AGREE" && body)),
        Register::Personal => acts > 0 && receives > 0 || acts > 1,
    }
}

/// Whether a side is a state, one of its organs, an armed group, a party or a body, and no firm or private person.
fn is_public(side: &Side) -> bool {
    let sector = side.code.get(3..).unwrap_or("");
    !matches!(sector, "" | "BUS" | "CVL" | "MED" | "EDU" | "REL" | "LAB") || side.code.starts_with("IGO")
}

/// Types of act that are no more than words and favours.
fn is_word(kind: &str) -> bool {
    matches!(kind, "REQUEST" | "REJECT" | "CONCEDE" | "AID" | "ACCUSE")
}

/// Whether a side is a private person, or somebody of whom nothing is known; no firm, and no thing of a state.
fn is_person(side: &Side) -> bool {
    side.code == "---" || side.code.get(3..) == Some("CVL")
}

/// Whether a side is more than private people and things.
fn is_official(side: &Side) -> bool {
    !matches!(side.code.get(3..).unwrap_or(""), "" | "CVL" | "BUS") || side.code.starts_with("IGO")
}

/// Class of the codebook: forces of nature.
const NATURAL: &str = "natural";

/// Sentences before an act in which the flood that did it may be told.
const FLOOD: usize = 2;

/// Whether what is done in the passive by nobody named is a flood's or an earthquake's work: one is told of here or
/// right before, and nobody who bears arms is.
pub(crate) fn is_by_nature(scene: &Scene, s: &Sentence, act: &Act) -> bool {
    if !is_passive(s.tree, act.word) {
        return false;
    }
    let around = || scene.sentences.iter().filter(|t| t.index <= s.index && t.index + FLOOD >= s.index);
    let natural = |t: &Sentence, w: usize| {
        (t.tree.upos(w) == "NOUN" || !t.tree.is_read())
            && scene.codebook.class_has(NATURAL, &t.tree.lemma(w).to_lowercase())
    };
    let armed = |t: &Sentence, w: usize| {
        scene.parties_at(t, w).iter().any(|r| matches!(r.code.sector(), Some("MIL" | "REB" | "CRM")))
    };
    let any = |holds: &dyn Fn(&Sentence, usize) -> bool| around().any(|t| (0..t.tree.len()).any(|w| holds(t, w)));
    any(&natural) && !any(&armed)
}

/// Types of act that in market reports are business, or a word to the market, where only one party is told: ministers
/// are "concerned" about prices there, and central banks "threaten" to sell.
fn is_business(kind: &str) -> bool {
    matches!(kind, "SUPPORT" | "AID" | "COOPERATE" | "CONSULT" | "ACCUSE" | "THREATEN")
}

/// Types of act whose actors may do it with each other.
fn is_mutual(kind: &str) -> bool {
    matches!(kind, "AGREE" | "CONSULT" | "COOPERATE")
}

/// Firms and private persons among themselves do business, not politics.
fn is_private(kind: &str, actor: &[Side], recipient: &[Side]) -> bool {
    let sides = || actor.iter().chain(recipient);
    let sector = |side: &Side| side.code.get(3..).unwrap_or("").to_owned();
    // "His father asked him to study law": people of no office, on both sides. Ships of a country do help in its name.
    let told = !actor.is_empty() && !recipient.is_empty();
    let favour = matches!(kind, "REQUEST" | "REJECT" | "CONCEDE")
        || kind == "AID" && !actor.iter().any(|x| sector(x).is_empty());
    if favour && told && !sides().any(is_official) {
        return true;
    }
    match kind {
        // Unions and firms over wages.
        "AGREE" | "CONSULT" | "COOPERATE" if sides().all(|x| !is_official(x) || sector(x) == "LAB") => true,
        // A scholar's journey is no embassy.
        "CONSULT" if told && !actor.iter().any(is_official) => true,
        "AGREE" | "CONSULT" | "SUPPORT" | "COOPERATE" => !sides().any(is_official),
        "REQUEST" | "REJECT" | "CONCEDE" | "AID" | "RETREAT" => sides().all(|x| sector(x) == "BUS"),
        // Firms that sue each other by name are worth telling; one that battles on is not.
        "ACCUSE" | "THREATEN" | "ASSAULT" => {
            sides().all(|x| sector(x) == "BUS") && (actor.is_empty() || recipient.is_empty())
        }
        _ => false,
    }
}

/// Whether the text itself tells its reader to do it ("Ask any driver for the way"), so that it was not done.
fn is_advice(s: &Sentence, act: &Act) -> bool {
    let (tree, w) = (s.tree, act.word);
    let bare = tree.get(w).is_some_and(|x| &*x.xpos == "VB");
    let led = |c: &usize| {
        let rel = tree.rel(*c);
        matches!(rel, "nsubj" | "mark" | "expl") || rel == "aux" || tree.deprel(*c) == "aux:pass"
    };
    let quoted = s.quoted.get(w).copied().unwrap_or(false);
    bare && !quoted && tree.head(w).is_none() && act.via.is_empty() && !tree.children(w).iter().any(led)
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
    let told = hostile || matches!(kind, "CONSULT" | "RETREAT" | "AGREE" | "CONCEDE" | "COOPERATE");
    let deeds = matches!(kind, "ACCUSE" | "ASSAULT" | "CONCEDE") || act.mode.as_deref() == Some("arrest");
    told && definite || plural && deeds
}
