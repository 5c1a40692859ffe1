//! Parties that an act takes over from the act above it, where its own words name none: "jailed *a Kenyan* for the murder
//! of a judge", "rejected the allegations", "struck back in response to a *Libyan* attack".

use crate::act::{Act, Acts};
use crate::arguments::preposition;

/// Governors followed on the way from an act to the act above it.
const FARTHEST: usize = 6;

/// Sides to be filled in; an empty one says nothing.
#[derive(Default)]
struct Gift {
    actor: Vec<usize>,
    recipient: Vec<usize>,
    /// Whether the actor takes the place of one wrongly understood.
    instead: bool,
}

/// The act above another, and the word below it on the way.
struct Link<'a> {
    above: &'a Act,
    child: usize,
}

/// Fills empty sides from related acts of the sentence; each pass sees what those before it gave.
pub(crate) fn inherit(finder: &Acts, acts: &mut Vec<Act>) {
    for pass in [captor, accuser, accused, culprit, answered, answering, same_fight, same_blow, told_of, doer] {
        let gifts: Vec<Gift> = (0..acts.len()).map(|k| gift(finder, acts, k, pass)).collect();
        for (act, gift) in acts.iter_mut().zip(gifts) {
            accept(finder, act, gift);
        }
    }
    let idle = [is_told_above, is_judged_above, is_aim_of_blow];
    let told: Vec<bool> = acts.iter().map(|act| idle.iter().any(|is| is(finder, act, acts))).collect();
    let mut told = told.into_iter();
    acts.retain(|_| !told.next().unwrap_or(false));
}

/// "Killed three soldiers in a raid": the raid is the same deed, told by the verb above (conventions 1).
fn is_told_above(finder: &Acts, act: &Act, acts: &[Act]) -> bool {
    let definite = || finder.sentence.tree.child(act.word, "det").is_some_and(|d| finder.sentence.tree.lemma(d) != "a");
    act.kind == "ASSAULT"
        && is_noun(finder, act)
        && !definite()
        && link(finder, act, acts).is_some_and(|Link { above, child }| {
            let same = (&above.kind, &above.actor, &above.recipient) == (&act.kind, &act.actor, &act.recipient);
            same && child == act.word && matches!(marker(finder, child).as_str(), "in" | "by" | "during" | "with")
        })
}

/// "Fired rockets aimed at the town": aiming is part of firing.
fn is_aim_of_blow(finder: &Acts, act: &Act, acts: &[Act]) -> bool {
    act.kind == "MOBILIZE"
        && finder.sentence.tree.rel(act.word) == "acl"
        && link(finder, act, acts).is_some_and(|l| l.above.kind == "ASSAULT")
}

/// "Denied the reports as baseless": the verb above passes the judgement.
fn is_judged_above(finder: &Acts, act: &Act, acts: &[Act]) -> bool {
    act.only_speaker && link(finder, act, acts).is_some_and(|l| l.above.kind == act.kind && !l.above.only_speaker)
}

type Pass = fn(&Acts, &Act, &[Act]) -> Option<Gift>;

fn gift(finder: &Acts, acts: &[Act], k: usize, pass: Pass) -> Gift {
    acts.get(k).and_then(|act| pass(finder, act, acts)).unwrap_or_default()
}

fn accept(finder: &Acts, act: &mut Act, gift: Gift) {
    let mut actor = gift.actor;
    actor.retain(|w| !act.recipient.contains(w) && *w != act.word);
    if !actor.is_empty() && (gift.instead || !has_party(finder, &act.actor)) && !act.by_speaker {
        act.actor = actor;
    }
    let mut recipient = gift.recipient;
    recipient.retain(|w| !act.actor.contains(w) && *w != act.word);
    if !recipient.is_empty() && !has_party(finder, &act.recipient) {
        act.recipient = recipient;
    }
}

fn has_party(finder: &Acts, side: &[usize]) -> bool {
    side.iter().any(|&w| finder.is_party(w))
}

/// Types of acts that one side does against another.
fn is_hostile(act: &Act) -> bool {
    matches!(act.kind.as_str(), "ASSAULT" | "COERCE" | "SANCTION" | "THREATEN" | "ACCUSE" | "REJECT" | "MOBILIZE")
}

fn is_noun(finder: &Acts, act: &Act) -> bool {
    finder.sentence.tree.upos(act.word) == "NOUN"
}

/// The nearest act above, within the clause or the clause that this one hangs on.
fn link<'a>(finder: &Acts, act: &Act, acts: &'a [Act]) -> Option<Link<'a>> {
    let tree = finder.sentence.tree;
    let mut child = act.via.last().copied().unwrap_or(act.word);
    for _ in 0..FARTHEST {
        let at = tree.head(child)?;
        if matches!(tree.deprel(child), "ccomp" | "acl:relcl" | "parataxis") {
            return None;
        }
        let hit = |a: &&Act| a.word != act.word && (a.trigger.contains(&at) || a.via.contains(&at));
        // What an act is coordinated with is not above it.
        let above = acts.iter().find(hit).filter(|_| tree.rel(child) != "conj");
        if let Some(above) = above {
            return Some(Link { above, child });
        }
        child = at;
    }
    None
}

/// The preposition or conjunction before the word.
fn marker(finder: &Acts, w: usize) -> String {
    let tree = finder.sentence.tree;
    let case = preposition(tree, w);
    if !case.is_empty() {
        return case;
    }
    tree.child(w, "mark").map(|m| tree.lemma(m).to_lowercase()).unwrap_or_default()
}

fn in_class(finder: &Acts, class: &str, w: usize) -> bool {
    finder.scene.codebook.class_has(class, &finder.sentence.tree.lemma(w).to_lowercase())
}

/// "Jailed X for the murder of Y", "condemned X for shelling Y", "arrested X on suspicion of attacking Y": whoever is
/// judged for an act did it.
fn culprit(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    if act.kind == "ACCUSE" {
        return None;
    }
    let Link { above, child } = link(finder, act, acts)?;
    let judged = matches!(above.kind.as_str(), "ACCUSE" | "SANCTION" | "COERCE" | "SUPPORT" | "RETREAT");
    let ground = in_class(finder, "grounds", child);
    let marker = marker(finder, child);
    let tied = matches!(marker.as_str(), "for" | "over")
        || matches!(marker.as_str(), "of" | "with") && !ground
        || ground && matches!(marker.as_str(), "in" | "on" | "with" | "under" | "amid");
    let object = above.recipient.contains(&child);
    if !judged || !tied || object || !has_party(finder, &above.recipient) || act.recipient == above.recipient {
        return None;
    }
    let tree = finder.sentence.tree;
    let gerund = tree.get(act.word).is_some_and(|w| &*w.xpos == "VBG") && tree.child(act.word, "nsubj").is_none();
    let pronoun = |&w: &usize| tree.upos(w) == "PRON" && tree.deprel(w) == "nmod:poss";
    let instead = gerund || act.actor.iter().all(pronoun);
    Some(Gift { actor: above.recipient.clone(), instead, ..Gift::default() })
}

/// "Charges that ships seized by Spain carried arms": whoever took the accused makes the charge.
fn captor(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    let tree = finder.sentence.tree;
    let taken = |b: &&Act| {
        b.kind == "COERCE"
            && tree.rel(b.word) == "acl"
            && tree.is_under(b.word, act.word)
            && has_party(finder, &b.actor)
    };
    let taken = acts.iter().find(taken).filter(|_| act.kind == "ACCUSE" && is_noun(finder, act))?;
    Some(Gift { actor: taken.actor.clone(), ..Gift::default() })
}

/// "Iran, accused by Oman of lying, rejected the charges": what is rejected is whoever made the charges.
fn accuser(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    let object = acts.iter().find(|b| {
        b.kind == "ACCUSE" && is_noun(finder, b) && link(finder, b, acts).is_some_and(|l| l.above.word == act.word)
    });
    let charged =
        |a: &&Act| a.kind == "ACCUSE" && a.word != act.word && a.recipient.iter().any(|w| act.actor.contains(w));
    let charge = acts.iter().find(charged).filter(|_| act.kind == "REJECT" && object.is_some())?;
    Some(Gift { recipient: charge.actor.clone(), ..Gift::default() })
}

/// "Denied the charges", "was arrested on charges of fraud": whoever answers for a charge is the one charged.
fn accused(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    if act.kind != "ACCUSE" || !is_noun(finder, act) {
        return None;
    }
    let Link { above, child } = link(finder, act, acts)?;
    let recipient = match above.kind.as_str() {
        "REJECT" if child == act.word && matches!(finder.sentence.tree.rel(child), "obj" | "nsubj") => &above.actor,
        "COERCE" | "SANCTION" | "RETREAT" | "CONCEDE"
            if matches!(marker(finder, child).as_str(), "on" | "over" | "amid" | "after" | "for" | "of") =>
        {
            &above.recipient
        }
        _ => return None,
    };
    Some(Gift { recipient: recipient.clone(), ..Gift::default() })
}

/// The act that another answers: "in response to", "in retaliation for", "after".
fn reply<'a>(finder: &Acts, act: &Act, acts: &'a [Act]) -> Option<&'a Act> {
    let Link { above, child } = link(finder, act, acts)?;
    let noun = in_class(finder, "replies", child) && matches!(marker(finder, child).as_str(), "in" | "as");
    let before =
        matches!(marker(finder, child).as_str(), "in response to" | "in retaliation for" | "after" | "following");
    (is_hostile(act) && is_hostile(above) && (noun || before)).then_some(above)
}

/// "Took action in response to an attack by X": what answers an act is done to whoever did it.
fn answering(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    let below = acts.iter().find(|b| reply(finder, b, acts).is_some_and(|above| above.word == act.word))?;
    (below.actor != act.actor).then(|| Gift { recipient: below.actor.clone(), ..Gift::default() })
}

/// "Struck back in response to an attack by X": whoever answers it was its victim.
fn answered(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    let above = reply(finder, act, acts)?;
    (above.actor != act.actor).then(|| Gift { recipient: above.actor.clone(), ..Gift::default() })
}

/// "Condemned the raid", where the raid's doer is known by now: an act judged passes to whoever did it.
fn doer(_: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    if !matches!(act.kind.as_str(), "ACCUSE" | "SUPPORT" | "REJECT") {
        return None;
    }
    let judged = |b: &&Act| b.word != act.word && act.recipient.iter().any(|w| *w == b.word || b.trigger.contains(w));
    let recipient = acts.iter().find(judged)?.actor.clone();
    Some(Gift { recipient, ..Gift::default() })
}

/// "Gained ground after launching the offensive", "killed three soldiers in a raid": acts of one fight share its sides.
fn same_fight(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    let fights = |a: &Act| matches!(a.kind.as_str(), "ASSAULT" | "COERCE");
    if !fights(act) {
        return None;
    }
    let means =
        |marker: &str| matches!(marker, "in" | "by" | "with" | "through" | "during" | "after" | "while" | "before");
    if let Some(Link { above, child }) = link(finder, act, acts).filter(|l| fights(l.above))
        && means(&marker(finder, child))
        && has_party(finder, &above.actor)
        && (act.actor == above.actor || act.actor.is_empty() && marker(finder, child) != "after")
    {
        return Some(Gift { actor: above.actor.clone(), recipient: above.recipient.clone(), ..Gift::default() });
    }
    let below = acts.iter().find(|b| {
        fights(b)
            && b.actor == act.actor
            && link(finder, b, acts).is_some_and(|l| l.above.word == act.word && means(&marker(finder, l.child)))
    })?;
    Some(Gift { recipient: below.recipient.clone(), ..Gift::default() })
}

/// "Police opened fire and two men were killed", "took the town and overran villages": coordinated acts of one fight.
fn same_blow(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    let tree = finder.sentence.tree;
    let fights = |a: &Act| a.kind == "ASSAULT" && tree.upos(a.word) == "VERB";
    let joined = |a: usize, b: usize| tree.rel(b) == "conj" && tree.head(b) == Some(a);
    let unmet = |a: &Act| a.recipient.iter().all(|&w| !finder.is_party(w));
    if !fights(act) || !unmet(act) || !has_party(finder, &act.actor) {
        return None;
    }
    let before = |b: &&Act| joined(b.word, act.word) && b.actor == act.actor && !act.recipient.is_empty();
    let after = |b: &&Act| joined(act.word, b.word) && b.actor.is_empty() && act.recipient.is_empty();
    let beside = acts.iter().filter(|b| fights(b)).find(|b| before(b) || after(b))?;
    Some(Gift { recipient: beside.recipient.clone(), ..Gift::default() })
}

/// "Launched attacks, but all were repulsed": a word that stands for acts told before it passes to their doer.
fn told_of(finder: &Acts, act: &Act, acts: &[Act]) -> Option<Gift> {
    let tree = finder.sentence.tree;
    let [w] = act.recipient.as_slice() else { return None };
    let counts =
        |w: usize| matches!(tree.upos(w), "DET" | "PRON") && finder.scene.codebook.class_has("shares", tree.lemma(w));
    let plural = |b: &&Act| tree.get(b.word).is_some_and(|x| &*x.xpos == "NNS") && b.word < *w;
    let earlier = acts
        .iter()
        .filter(plural)
        .filter(|b| is_hostile(b))
        .max_by_key(|b| b.word)
        .filter(|_| is_hostile(act) && counts(*w))?;
    Some(Gift { recipient: earlier.actor.clone(), ..Gift::default() })
}
