//! Acts that a sentence tells twice: "announced that its offensive had ended after dealing *blows* to the army". A noun
//! whose parties another act of its type has too only points at that act (one event per act and type in a sentence).

use std::collections::BTreeSet;

use readout_actors::Code;

use crate::act::Act;
use crate::arguments::preposition;
use crate::scene::{Scene, Sentence};
use crate::{Event, Side};

/// Class of the codebook: adjectives that set an act apart from one told beside it ("another raid").
const APART: &str = "apart";

/// An act's event within its sentence.
pub(crate) struct Told<T> {
    pub event: Event,
    /// Whether its words may merely point at an act told beside it.
    pub points: bool,
    pub rest: T,
}

/// Whether the act is named by a noun or a judging adjective that nothing sets apart from other acts of its type.
pub(crate) fn points(scene: &Scene, s: &Sentence, act: &Act) -> bool {
    let tree = s.tree;
    let apart = |c: usize| scene.codebook.class_has(APART, &tree.lemma(c).to_lowercase());
    // "Struck back after the raid": what an act follows or answers is another.
    let earlier = matches!(
        preposition(tree, act.word).as_str(),
        "after" | "following" | "since" | "before" | "in response to" | "in retaliation for"
    );
    matches!(tree.upos(act.word), "NOUN" | "ADJ")
        && !earlier
        && !tree.children(act.word).iter().any(|&c| c < act.word && apart(c))
}

/// Drops the events that only point at another of these, all of one sentence; what one told of the act's manner stays.
pub(crate) fn once<T>(mut told: Vec<Told<T>>) -> Vec<Told<T>> {
    let mut k = 0;
    while let Some(one) = told.get(k) {
        let whole = (0..told.len()).filter(|&i| i != k && one.points);
        let whole = whole.into_iter().find(|&i| told.get(i).is_some_and(|other| covers(other, one, i < k)));
        let Some(i) = whole else {
            k += 1;
            continue;
        };
        let again = told.remove(k).event;
        if let Some(kept) =
            told.get_mut(if i > k { i - 1 } else { i }).map(|x| &mut x.event).filter(|x| x.mode.is_none())
        {
            // "A drone strike killed two rebels".
            if again.mode.is_some() {
                (kept.mode, kept.cameo) = (again.mode, again.cameo);
                (kept.score, kept.goldstein) = (again.score, again.goldstein);
            }
            let further = again.contexts.into_iter().filter(|c| !kept.contexts.contains(c));
            let further: Vec<_> = further.collect();
            kept.contexts.extend(further);
        }
    }
    told
}

/// Whether `other` tells all that `one` tells of its parties; of two nouns that tell the same, the first stays.
fn covers<T>(other: &Told<T>, one: &Told<T>, before: bool) -> bool {
    let (a, b) = (&other.event, &one.event);
    let mode = a.mode == b.mode || a.mode.is_none() || b.mode.is_none();
    // Of two demands each asks for something else.
    let same = a.kind != "REQUEST" && (&a.kind, a.status) == (&b.kind, b.status) && mode;
    let holds = |whole: &[Side], part: &[Side]| part.is_empty() || countries(whole) == countries(part);
    let within = holds(&a.actor, &b.actor) && holds(&a.recipient, &b.recipient);
    let equal = || countries(&a.actor) == countries(&b.actor) && countries(&a.recipient) == countries(&b.recipient);
    same && within && (before || !other.points || !equal())
}

/// Countries, or bodies, of a side.
fn countries(side: &[Side]) -> BTreeSet<String> {
    let country = |x: &Side| Code::new(&*x.code).country().unwrap_or(&x.code).to_owned();
    side.iter().map(country).collect()
}
