//! Which entries of the codebook a word heads in its sentence.

use readout_codebook::{Builtin, ClassRef, Condition, Entry, Pos, Slot};

use crate::arguments::{by_preposition, fillers, is_passive};
use crate::scene::Scene;
use crate::scene::Sentence;
use readout_actors::PartyClass;
use readout_syntax::NameKind;

/// Words of an entry found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The head.
    pub word: usize,
    /// Content words beside the head.
    pub extra: Vec<usize>,
    /// Every word of the entry, in order.
    pub words: Vec<usize>,
    /// The entry's last word, where it is a preposition.
    pub last: Option<usize>,
}

/// Part of speech under which the codebook may know word `i`.
pub(crate) fn positions(s: &Sentence, i: usize) -> &'static [Pos] {
    match s.tree.upos(i) {
        "VERB" if s.tree.rel(i) == "amod" => &[Pos::Verb, Pos::Adj],
        "VERB" | "AUX" => &[Pos::Verb],
        "NOUN" | "PROPN" => &[Pos::Noun],
        "ADJ" => &[Pos::Adj, Pos::Verb],
        "ADV" if s.tree.child(i, "cop").is_some() => &[Pos::Adj],
        _ => &[],
    }
}

/// Whether two words between others are read past ("took *full* control").
const GAP: usize = 4;

/// Finds the words of `entry` around its head at word `i`.
pub(crate) fn find(s: &Sentence, i: usize, entry: &Entry) -> Option<Found> {
    let tree = s.tree;
    let mut found = Found { word: i, extra: Vec::new(), words: vec![i], last: None };
    let lemma_at = |w: usize, want: &str| {
        tree.get(w).is_some_and(|x| x.lemma.eq_ignore_ascii_case(want) || x.form.eq_ignore_ascii_case(want))
    };
    for (k, want) in entry.words.iter().enumerate() {
        if k == entry.head {
            continue;
        }
        if k < entry.head {
            // Words before a noun stand right before what follows them.
            let distance = entry.head - k;
            let hyphens = (1..=distance + 2).filter(|d| i.checked_sub(*d).is_some_and(|w| lemma_at(w, want)));
            let at = hyphens.map(|d| i - d).next()?;
            found.words.push(at);
            found.extra.push(at);
            continue;
        }
        let is_free = |w: &usize| !found.words.contains(w);
        let anchors: Vec<usize> = std::iter::once(i).chain(found.extra.iter().copied()).collect();
        let near = |w: usize| {
            let direct = anchors.iter().any(|&a| tree.head(w) == Some(a));
            let case = matches!(tree.rel(w), "case" | "mark" | "advmod")
                && tree.head(w).and_then(|h| tree.head(h)).is_some_and(|g| anchors.contains(&g));
            let fixed = tree.rel(w) == "fixed" && tree.head(w).is_some_and(|h| found.words.contains(&h));
            let governed = tree.rel(w) == "conj" && tree.head(w).is_some_and(|h| tree.head(h) == Some(i));
            direct || case || fixed || governed
        };
        let after = *found.words.iter().max().unwrap_or(&i);
        let next_to = (after + 1..=after + 1 + GAP).take_while(|&w| {
            w <= after + 1 || matches!(tree.upos(w - 1), "DET" | "ADJ" | "PRON" | "PROPN" | "ADV" | "NUM" | "PART")
        });
        let mut close = next_to.filter(is_free).filter(|&w| lemma_at(w, want));
        let candidate = tree
            .children(i)
            .iter()
            .copied()
            .filter(is_free)
            .find(|&w| lemma_at(w, want) && near(w) && w > i)
            .or_else(|| close.find(|&w| w > i && (near(w) || w == after + 1)))
            .or_else(|| {
                (0..tree.len())
                    .filter(is_free)
                    .find(|&w| lemma_at(w, want) && near(w) && (w > i || is_patient(s, i, w)))
            })?;
        let function = matches!(tree.upos(candidate), "ADP" | "PART" | "ADV" | "SCONJ");
        found.words.push(candidate);
        if function {
            // "Turned away by X": an adverb has no complement.
            found.last = (tree.upos(candidate) != "ADV").then_some(candidate);
        } else {
            found.extra.push(candidate);
            found.last = None;
        }
    }
    if let Some(p) = found.last
        && (tree.rel(p) == "compound" || entry.words.last().is_some_and(|w| !w.eq_ignore_ascii_case(tree.lemma(p))))
    {
        found.last = None;
    }
    found.words.sort_unstable();
    Some(found)
}

/// Fixed objects may stand before a passive verb.
fn is_patient(s: &Sentence, verb: usize, w: usize) -> bool {
    crate::arguments::patient(s.tree, verb) == Some(w)
}

/// Whether all conditions of a block hold for an entry found; else the one that does not, in words.
pub(crate) fn conditions(scene: &Scene, s: &Sentence, found: &Found, when: &[Condition]) -> Result<(), String> {
    for c in when {
        let all: Vec<usize> =
            c.slots.iter().flat_map(|slot| fillers(s.tree, found.word, &found.extra, found.last, slot)).collect();
        // "Dozens of rounds": what is counted counts.
        let counted = all
            .iter()
            .filter(|&&w| scene.codebook.class_has("quantities", &s.tree.lemma(w).to_lowercase()))
            .flat_map(|&w| by_preposition(s.tree, w, "of"));
        let counted: Vec<usize> =
            counted.flat_map(|w| std::iter::once(w).chain(by_preposition(s.tree, w, "of"))).collect();
        // "Called it an illegal act": a predicate is what its adjectives say.
        let predicate = c.slots.contains(&Slot::Xcomp);
        let said = all.iter().filter(|_| predicate).flat_map(|&w| {
            let below = by_preposition(s.tree, w, "of");
            std::iter::once(w).chain(below).flat_map(|x| s.tree.children_by(x, "amod")).collect::<Vec<_>>()
        });
        let all: Vec<usize> = all.iter().copied().chain(counted).chain(said).collect();
        let passes = |w: usize, class: &ClassRef| {
            c.negated && scene.codebook.class_has("guards", &class.name) && is_public(scene, s, w)
        };
        let holds = |w: usize| {
            c.classes.iter().filter(|class| !passes(w, class)).any(|class| {
                scene.codebook.class_has(&class.name, &s.tree.lemma(w).to_lowercase())
                    || class.builtin.is_some_and(|b| builtin(scene, s, w, b))
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
            ) || s.tree.name_at(w).is_some_and(|n| n.kind == NameKind::Person)
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
