//! Whether the conditions of a block of the codebook hold around words found in a sentence.

use readout_actors::PartyClass;
use readout_codebook::{Builtin, ClassRef, Condition, Slot};
use readout_syntax::NameKind;

use crate::arguments::{by_preposition, fillers, is_passive};
use crate::matching::Found;
use crate::scene::{Scene, Sentence};

/// Whether all conditions of a block hold for an entry found; else the one that does not, in words.
pub(crate) fn conditions(scene: &Scene, s: &Sentence, found: &Found, when: &[Condition]) -> Result<(), String> {
    for c in when {
        let all = told_of(scene, s, found, c);
        let passes = |w: usize, class: &ClassRef| {
            c.negated && scene.codebook.class_has("guards", &class.name) && is_public(scene, s, w)
        };
        let holds = |w: usize| {
            c.classes.iter().filter(|class| !passes(w, class)).any(|class| {
                in_class(scene, s, w, &class.name) || class.builtin.is_some_and(|b| builtin(scene, s, w, b))
            })
        };
        let empty = c.classes.iter().any(|class| class.builtin == Some(Builtin::None)) && all.is_empty();
        // Who does it is not told in a passive without a by-phrase: it may be any party.
        let any_party = c.classes.iter().all(|class| class.builtin.is_some());
        let untold = all.is_empty() && c.slots.contains(&Slot::Subj) && is_passive(s.tree, found.word);
        let open = untold && any_party && !c.negated;
        let any = empty || open || all.iter().any(|&w| holds(w));
        if any == c.negated {
            let slots: Vec<String> = c.slots.iter().map(ToString::to_string).collect();
            let classes: Vec<&str> = c.classes.iter().map(|x| x.name.as_str()).collect();
            let fill: Vec<&str> = all.iter().map(|&w| s.tree.lemma(w)).collect();
            let filler = if fill.is_empty() { "empty".to_owned() } else { fill.join(", ") };
            let verb = if c.negated { "must not be" } else { "must be" };
            return Err(format!("{} {verb} {}, and is {filler}", slots.join("|"), classes.join("|")));
        }
    }
    Ok(())
}

/// Words that a condition looks at: the fillers of its slots, what they count, and what a predicate says.
fn told_of(scene: &Scene, s: &Sentence, found: &Found, c: &Condition) -> Vec<usize> {
    let tree = s.tree;
    let mut out: Vec<usize> =
        c.slots.iter().flat_map(|slot| fillers(tree, found.word, &found.extra, found.last, slot)).collect();
    let counted: Vec<usize> = out.iter().flat_map(|&w| counted(scene, s, w)).collect();
    // "Called it an illegal act": a predicate is what its adjectives say.
    let said: Vec<usize> = out
        .iter()
        .filter(|_| c.slots.contains(&Slot::Xcomp))
        .flat_map(|&w| std::iter::once(w).chain(by_preposition(tree, w, "of")))
        .flat_map(|w| tree.children_by(w, "amod").collect::<Vec<_>>())
        .collect();
    out.extend(counted);
    out.extend(said);
    out
}

/// What noun `w` counts, where it is one that counts or measures ("dozens of rounds", "a series of raids").
pub(crate) fn counted(scene: &Scene, s: &Sentence, w: usize) -> Vec<usize> {
    if !scene.codebook.class_has("quantities", &s.tree.lemma(w).to_lowercase()) {
        return Vec::new();
    }
    let first = by_preposition(s.tree, w, "of");
    first.into_iter().flat_map(|x| std::iter::once(x).chain(by_preposition(s.tree, x, "of"))).collect()
}

/// Whether `w` is a word of the class, alone or with the word before it ("peacekeeping force").
pub(crate) fn in_class(scene: &Scene, s: &Sentence, w: usize, class: &str) -> bool {
    let lemma = s.tree.lemma(w).to_lowercase();
    if scene.codebook.class_has(class, &lemma) {
        return true;
    }
    let joined = |&c: &usize| c + 1 == w && matches!(s.tree.rel(c), "compound" | "amod");
    let modifier = s.tree.children(w).iter().copied().find(joined).and_then(|c| s.tree.get(c));
    modifier.is_some_and(|m| {
        [&m.lemma, &m.form].iter().any(|x| scene.codebook.class_has(class, &format!("{} {lemma}", x.to_lowercase())))
    })
}

/// Whether nominal `w` is plainly a state's organ or an international body: no guard against everyday senses is for it.
fn is_public(scene: &Scene, s: &Sentence, w: usize) -> bool {
    scene.parties_at(s, w).iter().any(|r| {
        r.code.is_body()
            || r.code.country().is_some()
                && matches!(r.code.sector(), Some("GOV" | "MIL" | "LEG" | "JUD" | "COP" | "REB" | "SPY"))
    })
}

fn builtin(scene: &Scene, s: &Sentence, w: usize, class: Builtin) -> bool {
    let party = || scene.actors.party(s.tree, &s.mentions, w, scene.day);
    let pronoun = s.tree.upos(w) == "PRON";
    match class {
        Builtin::Person => {
            matches!(
                s.tree.lemma(w).to_lowercase().as_str(),
                "he" | "she" | "him" | "her" | "who" | "they" | "them" | "i" | "we"
            ) || is_named_person(s, w)
                || party().is_some_and(|p| {
                    matches!(p.class, PartyClass::Person | PartyClass::People)
                        || p.class == PartyClass::Armed && s.tree.upos(w) == "NOUN"
                })
        }
        Builtin::Armed => party().is_some_and(|p| p.class == PartyClass::Armed),
        Builtin::State => party().is_some_and(|p| p.class == PartyClass::State),
        Builtin::Party => {
            pronoun
                || party().is_some_and(|p| !matches!(p.class, PartyClass::Thing | PartyClass::Territory))
                || scene.earlier_party(s, w)
        }
        Builtin::Thing => {
            !pronoun
                && s.tree.upos(w) != "VERB"
                && party().is_none_or(|p| matches!(p.class, PartyClass::Thing | PartyClass::Territory))
        }
        Builtin::Number => s.tree.upos(w) == "NUM" || s.tree.child(w, "nummod").is_some(),
        Builtin::Money => {
            s.tree.children(w).iter().any(|&c| matches!(s.tree.lemma(c), "$" | "€" | "£" | "¥"))
                || matches!(
                    s.tree.lemma(w),
                    "dollar" | "euro" | "pound" | "dlrs" | "mln" | "yen" | "mark" | "franc" | "$" | "€" | "£"
                )
        }
        Builtin::None => false,
    }
}

/// Whether `w` is a person's name, or bears one ("pastor John Smith").
fn is_named_person(s: &Sentence, w: usize) -> bool {
    let named = |i: usize| s.tree.name_at(i).is_some_and(|n| n.kind == NameKind::Person);
    named(w) || s.tree.children(w).iter().any(|&c| c == w + 1 && matches!(s.tree.rel(c), "flat" | "appos") && named(c))
}
