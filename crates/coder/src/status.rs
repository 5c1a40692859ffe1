//! Whether an act happened, by negation, modal verbs, conditions, purpose and time; and what becomes of acts that are
//! announced rather than done.

use readout_syntax::Tree;

use crate::Status;
use crate::act::Act;
use crate::scene::{Scene, Sentence};

/// What the words around an act tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    pub negated: bool,
    /// "will", "is to": announced.
    pub announced: bool,
    /// "would", "could", "may", "if": conditional.
    pub conditional: bool,
    /// "should", "must": called for.
    pub due: bool,
    /// An infinitive of purpose or complement: not told as done.
    pub infinitive: bool,
}

fn has_negation(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|&c| {
        let lemma = tree.lemma(c).to_lowercase();
        match tree.rel(c) {
            "advmod" => {
                matches!(lemma.as_str(), "not" | "never" | "n't" | "neither" | "nor" | "hardly")
                    || lemma == "long" && tree.children(c).iter().any(|&n| tree.lemma(n) == "no")
            }
            "det" | "cc" => matches!(lemma.as_str(), "no" | "neither" | "nor"),
            "cc:preconj" => lemma == "neither",
            _ => false,
        }
    })
}

/// Whether the only negation at predicate `i` hangs on a word of the act's own phrase.
fn negated_within(tree: &Tree, i: usize, act: &Act) -> bool {
    !has_negation(tree, i) && act.trigger.iter().any(|&w| w != i && has_negation(tree, w))
}

/// Signs at the predicate `i` itself.
fn at_predicate(tree: &Tree, i: usize, signs: &mut Signs) {
    signs.negated |= has_negation(tree, i);
    for &c in tree.children(i) {
        let lemma = tree.lemma(c).to_lowercase();
        match tree.rel(c) {
            "aux" => match lemma.as_str() {
                "will" | "shall" => signs.announced = true,
                "would" | "could" | "might" | "may" | "can" => signs.conditional = true,
                "should" | "must" | "ought" => signs.due = true,
                _ => {}
            },
            "nsubj" | "nsubj:pass" | "obj"
                if tree
                    .children(c)
                    .iter()
                    .any(|&d| tree.rel(d) == "det" && tree.lemma(d).eq_ignore_ascii_case("no")) =>
            {
                signs.negated = true
            }
            "nsubj" if matches!(lemma.as_str(), "nobody" | "none") => signs.negated = true,
            "mark" if matches!(lemma.as_str(), "if" | "unless" | "whether" | "lest") => signs.conditional = true,
            "mark" if lemma == "without" => signs.negated = true,
            "mark" if lemma == "to" => signs.infinitive = true,
            "case" if lemma == "without" => signs.negated = true,
            _ => {}
        }
    }
    let conjoined =
        tree.rel(i) == "conj" && tree.children(i).iter().all(|&c| tree.rel(c) != "aux" && tree.rel(c) != "nsubj");
    if conjoined && let Some(h) = tree.head(i).filter(|&h| tree.get(h).is_some_and(|w| &*w.upos == "VERB")) {
        let mut above = Signs::default();
        at_predicate(tree, h, &mut above);
        signs.announced |= above.announced;
        signs.conditional |= above.conditional;
        signs.due |= above.due;
        signs.infinitive |= above.infinitive && tree.get(i).is_some_and(|w| &*w.xpos == "VB");
    }
}

/// The signs around `act`: at its word, at the operators over it, and at the clauses above up to the next saying.
pub(crate) fn signs(s: &Sentence, act: &Act) -> Signs {
    let tree = s.tree;
    let mut out = Signs::default();
    let verbal = |i: usize| matches!(tree.upos(i), "VERB" | "AUX") || tree.child(i, "cop").is_some();
    for i in std::iter::once(act.word).chain(act.via.iter().copied()) {
        if verbal(i) {
            at_predicate(tree, i, &mut out);
            // "Spare no efforts": a negation that is part of the phrase is no negation of the act.
            out.negated &= !act.trigger.iter().any(|&w| matches!(tree.lemma(w), "no" | "not" | "never"))
                && (out.negated && !negated_within(tree, i, act));
        } else {
            out.negated |= has_negation(tree, i);
            out.conditional |= tree
                .children_by(i, "amod")
                .any(|c| matches!(tree.lemma(c), "possible" | "potential" | "hypothetical" | "eventual"));
        }
    }
    if act.via.iter().any(|&i| verbal(i))
        && act.via.last().is_some_and(|&i| tree.get(i).is_some_and(|w| &*w.xpos != "VB"))
    {
        out.infinitive = false;
    }
    // Conditions above: "if", "would" of the clause that an adverbial clause or a noun belongs to.
    let mut at = act.via.last().copied().unwrap_or(act.word);
    let presupposed = !verbal(at);
    for _ in 0..if presupposed { 0 } else { tree.len() } {
        let Some(h) = tree.head(at) else { break };
        match tree.rel(at) {
            "ccomp" | "parataxis" | "root" => break,
            "acl" if tree.deprel(at) == "acl:relcl" => break,
            "advcl" => {
                if tree.children(at).iter().any(|&m| tree.rel(m) == "mark" && matches!(tree.lemma(m), "if" | "unless"))
                {
                    out.conditional = true;
                }
                break;
            }
            _ => {}
        }
        at = h;
    }
    out
}

/// Status of an act, and the type it turns into where it is announced rather than done; `None` drops it.
pub(crate) fn settle(
    scene: &Scene,
    s: &Sentence,
    act: &Act,
    self_spoken: bool,
    historical: bool,
) -> Option<(String, Option<String>, Status)> {
    let signs = signs(s, act);
    let ontology = &scene.codebook.ontology;
    let quad = ontology.quad(&act.kind);
    let cooperative = matches!(quad, 1 | 2);
    let noun = matches!(s.tree.upos(act.word), "NOUN" | "PROPN")
        && s.tree.child(act.word, "cop").is_none()
        && act.via.is_empty();
    let same = |status| Some((act.kind.clone(), act.mode.clone(), status));
    let announced = signs.announced && !noun || act.status == Some(Status::Future);
    if act.status == Some(Status::Fact) {
        return same(Status::Fact);
    }
    let verbal_predicate = s.tree.upos(act.word) == "VERB" || !act.via.is_empty();
    // "We will not attend the talks" is a refusal; "we will not attack" only an act negated.
    let refused = signs.negated && self_spoken && verbal_predicate && (signs.announced || signs.conditional);
    if refused && cooperative && !matches!(act.kind.as_str(), "REJECT" | "AGREE") {
        return Some(("REJECT".to_owned(), None, Status::Fact));
    }
    if signs.negated {
        return same(Status::Negated);
    }
    // "It would be wrong of X to": judged now.
    if act.by_speaker && act.kind == "ACCUSE" && signs.conditional {
        return same(Status::Fact);
    }
    if announced || (signs.conditional && self_spoken && !under_if(s, act)) {
        let words = matches!(act.kind.as_str(), "AGREE" | "REJECT" | "THREATEN" | "REQUEST" | "ACCUSE");
        if words {
            return same(if announced && !signs.announced { Status::Future } else { Status::Fact });
        }
        if cooperative || act.kind == "RETREAT" || act.kind == "CONCEDE" {
            return Some(("AGREE".to_owned(), None, Status::Fact));
        }
        return same(Status::Future);
    }
    if let Some(status) = act.status {
        return same(status);
    }
    if signs.conditional {
        return same(Status::Hypothetical);
    }
    // An infinitive that no operator takes is neither told as done nor announced.
    let bare_infinitive = signs.infinitive && !noun && s.tree.upos(act.word) == "VERB" && act.via.is_empty();
    if bare_infinitive {
        return None;
    }
    if signs.due && verbal_predicate {
        return None;
    }
    same(if historical { Status::Historical } else { Status::Fact })
}

fn under_if(s: &Sentence, act: &Act) -> bool {
    s.tree.children(act.word).iter().any(|&c| s.tree.rel(c) == "mark" && matches!(s.tree.lemma(c), "if" | "unless"))
}
