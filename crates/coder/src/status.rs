//! Whether an act happened, by negation, modal verbs, conditions, purpose and time; and what becomes of acts that are
//! announced rather than done.

use readout_codebook::{Act as Gives, Pos};
use readout_syntax::Tree;

use crate::Status;
use crate::act::Act;
use crate::arguments::{is_relative, with_conjuncts};
use crate::scene::{Scene, Sentence};

/// What the words around an act tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    pub negated: bool,
    /// "will", "is to", "planned": announced.
    pub announced: bool,
    /// "would": announced where somebody says so, else conditional.
    pub would: bool,
    /// "could", "may", "if", "perhaps", "any": conditional.
    pub conditional: bool,
    /// "should", "must": called for.
    pub due: bool,
    /// An infinitive of purpose or complement: not told as done.
    pub infinitive: bool,
    /// "used to", "previous": done before.
    pub past: bool,
}

/// What is known of an act beside its own words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting {
    /// Whether the act's own doer says so.
    pub self_spoken: bool,
    /// Whether anybody in the text says so.
    pub spoken: bool,
    /// Whether its date lies long before the report.
    pub historical: bool,
    /// Whether its date lies after the report.
    pub to_come: bool,
}

/// Classes of the codebook: words of doubt, of falsehood, of what is over and of what is to come.
const DOUBT: &str = "doubt";
const FALSEHOOD: &str = "falsehood";
const BYGONE: &str = "bygone";
const COMING: &str = "coming";
const BEGINNING: &str = "beginning";

pub(crate) fn has_negation(tree: &Tree, i: usize) -> bool {
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
fn at_predicate(scene: &Scene, tree: &Tree, i: usize, signs: &mut Signs) {
    signs.negated |= has_negation(tree, i);
    let perfect = tree.children_by(i, "aux").any(|c| tree.lemma(c) == "have");
    for &c in tree.children(i) {
        let lemma = tree.lemma(c).to_lowercase();
        match tree.rel(c) {
            "aux" => match lemma.as_str() {
                "will" | "shall" => signs.announced = true,
                "would" if perfect => signs.conditional = true,
                "would" => signs.would = true,
                "could" | "might" | "may" | "can" => signs.conditional = true,
                "should" | "must" | "ought" => signs.due = true,
                _ => {}
            },
            "nsubj" | "obj" if denies(tree, c) => signs.negated = true,
            "nsubj" if matches!(lemma.as_str(), "nobody" | "none") => signs.negated = true,
            // "Asked if …": what the parser hangs on the verb before it opens the next clause.
            "mark" if c > i => {}
            "mark" if matches!(lemma.as_str(), "if" | "unless" | "whether" | "lest") => signs.conditional = true,
            "mark" if lemma == "without" => signs.negated = true,
            "mark" if lemma == "to" => signs.infinitive = !perfect,
            "case" if lemma == "without" => signs.negated = true,
            "advmod" if scene.codebook.class_has(DOUBT, &lemma) => signs.conditional = true,
            _ => {}
        }
    }
    auxiliary_verb(tree, i, signs);
    let conjoined =
        tree.rel(i) == "conj" && tree.children(i).iter().all(|&c| tree.rel(c) != "aux" && tree.rel(c) != "nsubj");
    if conjoined && let Some(h) = tree.head(i).filter(|&h| tree.get(h).is_some_and(|w| &*w.upos == "VERB")) {
        let mut above = Signs::default();
        at_predicate(scene, tree, h, &mut above);
        // "Will meet and sign", not "will meet, and signed".
        let same = tree.get(i).zip(tree.get(h)).is_some_and(|(a, b)| a.xpos == b.xpos);
        signs.announced |= above.announced && same;
        signs.would |= above.would && same;
        signs.conditional |= above.conditional && same;
        signs.due |= above.due && same;
        signs.infinitive |= above.infinitive && tree.get(i).is_some_and(|w| &*w.xpos == "VB");
    }
}

/// "No troops", "neither Peru nor Chile".
fn denies(tree: &Tree, nominal: usize) -> bool {
    tree.children(nominal).iter().any(|&d| match tree.rel(d) {
        "det" => matches!(tree.lemma(d).to_lowercase().as_str(), "no" | "neither"),
        "cc" => tree.lemma(d).eq_ignore_ascii_case("neither"),
        _ => false,
    })
}

/// Verbs that only place an infinitive in time: "is going to", "is to", "used to".
fn auxiliary_verb(tree: &Tree, i: usize, signs: &mut Signs) {
    if !signs.infinitive {
        return;
    }
    let is =
        |v: usize, lemma: &str, xpos: &str| tree.lemma(v) == lemma && tree.get(v).is_some_and(|w| &*w.xpos == xpos);
    let above = tree.head(i).filter(|_| matches!(tree.rel(i), "xcomp" | "advcl"));
    let be_to = tree.rel(i) != "xcomp"
        && tree.children(i).iter().any(|&c| {
            matches!(tree.rel(c), "cop" | "aux")
                && tree.lemma(c) == "be"
                && c < i
                && tree.children_by(i, "mark").any(|m| m > c && tree.lemma(m) == "to")
                && !tree.get(c).is_some_and(|w| matches!(&*w.xpos, "VB" | "VBN"))
        });
    match above {
        Some(v) if is(v, "go", "VBG") && tree.child(v, "aux").is_some() => signs.announced = true,
        Some(v) if is(v, "use", "VBD") && tree.child(v, "obj").is_none() => signs.past = true,
        _ if be_to => signs.announced = true,
        _ => return,
    }
    signs.infinitive = false;
}

/// Signs at a noun: "possible", "any", "planned", "previous".
fn at_noun(scene: &Scene, tree: &Tree, i: usize, signs: &mut Signs) {
    signs.negated |= has_negation(tree, i);
    for &c in tree.children(i) {
        let lemma = tree.lemma(c).to_lowercase();
        let has = |class: &str| scene.codebook.class_has(class, &lemma);
        match tree.rel(c) {
            "det" => signs.conditional |= lemma == "any",
            "amod" | "compound" | "nmod" if c < i => {
                signs.conditional |= has(DOUBT);
                signs.past |= has(BYGONE);
                signs.announced |= has(COMING);
            }
            _ => {}
        }
    }
    // "A meeting set to take place in May".
    signs.announced |= tree.children_by(i, "acl").any(|c| {
        let begins = |x: usize| scene.codebook.class_has(BEGINNING, &tree.lemma(x).to_lowercase());
        scene.codebook.class_has(COMING, &tree.lemma(c).to_lowercase()) && tree.child(c, "xcomp").is_some_and(begins)
    });
    // "The concessions that Chad might make": what is told of making it, where it is what is made.
    let made = |c: &usize| tree.child(*c, "nsubj").is_some_and(|n| !is_relative(tree, n));
    if let Some(c) = tree.children_by(i, "acl:relcl").find(made) {
        let mut of_making = Signs::default();
        at_predicate(scene, tree, c, &mut of_making);
        signs.announced |= of_making.announced;
        signs.conditional |= of_making.conditional || of_making.would;
    }
    // "What concessions Chad might be willing to make": asked of what is only thought of.
    let asked = tree.children_by(i, "det").any(|d| matches!(tree.lemma(d).to_lowercase().as_str(), "what" | "which"));
    let above = tree.head(i).filter(|_| asked && matches!(tree.rel(i), "obj" | "nsubj"));
    let clause = |v: usize| if i < v { Some(v) } else { tree.children_by(v, "ccomp").find(|&c| c > i) };
    if let Some(v) = above.and_then(clause) {
        let mut of_asked = Signs::default();
        at_predicate(scene, tree, v, &mut of_asked);
        signs.conditional |= of_asked.conditional || of_asked.would;
    }
}

/// "It is possible that …", "it is not true that …": what the judgement above a clause makes of it.
fn judged(scene: &Scene, tree: &Tree, i: usize, signs: &mut Signs) {
    let above = tree.head(i).filter(|&h| matches!(tree.rel(i), "csubj" | "ccomp") && tree.child(h, "cop").is_some());
    let Some(h) = above else { return };
    let lemma = tree.lemma(h).to_lowercase();
    signs.conditional |= scene.codebook.class_has(DOUBT, &lemma);
    signs.negated |= scene.codebook.class_has(FALSEHOOD, &lemma) || lemma == "true" && has_negation(tree, h);
}

/// The signs around `act`: at its word, at the operators over it, and at the clauses above up to the next saying.
fn signs(scene: &Scene, s: &Sentence, act: &Act) -> Signs {
    let tree = s.tree;
    let mut out = Signs::default();
    let verbal = |i: usize| matches!(tree.upos(i), "VERB" | "AUX") || tree.child(i, "cop").is_some();
    for i in std::iter::once(act.word).chain(act.via.iter().copied()) {
        if verbal(i) {
            at_predicate(scene, tree, i, &mut out);
            judged(scene, tree, i, &mut out);
            // "Spare no efforts": a negation that is part of the phrase is no negation of the act.
            out.negated &= !act.trigger.iter().any(|&w| matches!(tree.lemma(w), "no" | "not" | "never"))
                && (out.negated && !negated_within(tree, i, act));
        } else {
            at_noun(scene, tree, i, &mut out);
        }
    }
    // "The tariffs will take effect", "talks are to be held": what becomes of a noun is told by its verb.
    let verb = tree.head(act.word).filter(|&v| tree.rel(act.word) == "nsubj" && !verbal(act.word) && verbal(v));
    let in_class = |v: usize, class: &str| scene.codebook.class_has(class, &tree.lemma(v).to_lowercase());
    if let Some(v) = verb {
        let mut at_verb = Signs::default();
        at_predicate(scene, tree, v, &mut at_verb);
        let begins = in_class(v, BEGINNING);
        out.announced |= begins && (at_verb.announced || at_verb.would);
        out.conditional |= begins && at_verb.conditional;
        // "Talks are due to start", "are set to be held".
        out.announced |= in_class(v, COMING) && tree.child(v, "xcomp").is_some_and(|x| in_class(x, BEGINNING));
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
    setting: Setting,
) -> Option<(String, Option<String>, Status)> {
    let signs = signs(scene, s, act);
    let quad = scene.codebook.ontology.quad(&act.kind);
    let cooperative = matches!(quad, 1 | 2);
    let verbal_predicate = s.tree.upos(act.word) == "VERB" || !act.via.is_empty();
    let same = |status| Some((act.kind.clone(), act.mode.clone(), status));
    let if_clause = under_if(s, act);
    // "Would" within what somebody says is the future of a past; elsewhere it hangs on a condition.
    let would = signs.would && setting.spoken && !if_clause && !signs.conditional;
    let announced = signs.announced || act.status == Some(Status::Future) || would || setting.to_come;
    if act.status == Some(Status::Fact) {
        return same(Status::Fact);
    }
    // "We will not attend the talks" is a refusal; "we will not attack" only an act negated.
    let refused = signs.negated && setting.self_spoken && verbal_predicate;
    if refused && (announced || signs.conditional) && cooperative && act.kind != "AGREE" {
        return Some(("REJECT".to_owned(), None, Status::Fact));
    }
    // "If they do not withdraw": what is called for, and no act (conventions 3).
    if signs.negated && if_clause && !matches!(quad, 3 | 4) {
        return None;
    }
    if signs.negated {
        return same(Status::Negated);
    }
    // "It would be wrong of X to", "he seems corrupt": judged now.
    let hedged = signs.conditional || signs.would || act.status == Some(Status::Hypothetical);
    if act.by_speaker && act.kind == "ACCUSE" && hedged {
        return same(Status::Fact);
    }
    if announced
        && setting.self_spoken
        && let Some((kind, mode)) = threat(scene, s, act)
    {
        return Some((kind, mode, Status::Fact));
    }
    if announced && !if_clause {
        return Some(foretold(act, cooperative, signs.announced || would || setting.to_come));
    }
    if let Some(status) = act.status {
        return same(status);
    }
    if signs.conditional || signs.would {
        return same(Status::Hypothetical);
    }
    // An infinitive that no operator takes is neither told as done nor announced.
    if signs.infinitive && s.tree.upos(act.word) == "VERB" && act.via.is_empty() {
        return None;
    }
    if signs.due && verbal_predicate {
        return None;
    }
    same(if setting.historical || signs.past { Status::Historical } else { Status::Fact })
}

/// An act announced: cooperation to come is agreed to, hostility stays future; words are as good as spoken.
fn foretold(act: &Act, cooperative: bool, by_grammar: bool) -> (String, Option<String>, Status) {
    let looked_into = act.mode.as_deref() == Some("investigate");
    match act.kind.as_str() {
        "AGREE" | "REJECT" | "THREATEN" | "REQUEST" | "ACCUSE" if !looked_into => {
            let status = if by_grammar { Status::Fact } else { Status::Future };
            (act.kind.clone(), act.mode.clone(), status)
        }
        kind if cooperative || kind == "RETREAT" || kind == "CONCEDE" => ("AGREE".to_owned(), None, Status::Fact),
        _ => (act.kind.clone(), act.mode.clone(), Status::Future),
    }
}

/// A hostile act that its doer announces for the case that something happens or stops is a threat: what the codebook's
/// operator "threaten" makes of it.
fn threat(scene: &Scene, s: &Sentence, act: &Act) -> Option<(String, Option<String>)> {
    let hangs_on = |v: usize| {
        s.tree
            .children_by(v, "advcl")
            .any(|c| s.tree.children_by(c, "mark").any(|m| matches!(s.tree.lemma(m), "if" | "unless")))
    };
    // "Would attack the posts and respond in force if …": the condition stands with the last of them.
    let condition = with_conjuncts(s.tree, act.word).into_iter().any(hangs_on);
    let hostile = scene.codebook.ontology.quad(&act.kind) == 4 && act.via.is_empty();
    let (threaten, _) = scene.codebook.operators_for(Pos::Verb, "threaten").next().filter(|_| condition && hostile)?;
    match &threaten.outcome(&scene.codebook.ontology, &act.kind, act.mode.as_deref()).act {
        Gives::Other(kind, mode) => Some((kind.clone(), mode.clone())),
        Gives::Keep | Gives::Nothing => None,
    }
}

fn under_if(s: &Sentence, act: &Act) -> bool {
    s.tree.children(act.word).iter().any(|&c| s.tree.rel(c) == "mark" && matches!(s.tree.lemma(c), "if" | "unless"))
}
