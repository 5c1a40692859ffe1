//! Where an act happened, by the phrase that hangs on it.

use readout_actors::{EntityKind, PartyClass};

use crate::Place;
use crate::arguments::preposition;
use crate::scene::{Scene, Sentence};

/// Prepositions that tell where, and whether they stay in the phrase.
const WHERE: [(&str, bool); 16] = [
    ("in", false),
    ("at", false),
    ("on", false),
    ("to", false),
    ("into", false),
    ("near", true),
    ("outside", true),
    ("inside", true),
    ("around", true),
    ("across", true),
    ("along", true),
    ("off", true),
    ("over", false),
    ("within", false),
    ("throughout", true),
    ("between", true),
];

/// The place named by a phrase on one of `words`: the act's word, its operators, then the verb that governs them.
pub(crate) fn of(scene: &Scene, s: &Sentence, words: &[usize], sides: &[usize]) -> Option<Place> {
    let tree = s.tree;
    let governor = words.first().and_then(|&w| {
        tree.head(w).filter(|_| tree.upos(w) != "VERB" && matches!(tree.rel(w), "obj" | "nsubj" | "obl"))
    });
    for anchor in words.iter().copied().chain(governor) {
        for &c in tree.children(anchor).iter().filter(|c| matches!(tree.rel(**c), "obl" | "nmod") && !sides.contains(c))
        {
            let case = preposition(tree, c);
            let Some((_, keep)) = WHERE.iter().find(|(p, _)| *p == case) else { continue };
            let mention = s.mentions.iter().find(|m| m.words.contains(&c) && m.entity.kind.is_place());
            let named = mention.is_some()
                || scene.parties_at(s, c).iter().any(|r| r.class == PartyClass::Territory)
                || has_place_below(s, c);
            if !named {
                continue;
            }
            let below: Vec<usize> = tree
                .subtree(c)
                .into_iter()
                .filter(|&w| tree.upos(w) != "PUNCT" && (*keep || tree.rel(w) != "case" || tree.head(w) != Some(c)))
                .collect();
            let (first, last) = (below.first().copied()?, below.last().copied()?);
            let (text, span) = scene.text(s, first..last + 1);
            let inner = s
                .mentions
                .iter()
                .find(|m| m.entity.kind.is_place() && m.words.start >= first && m.words.end <= last + 1);
            let row = inner.and_then(|m| scene.actors.place(&m.entity.name, m.entity.country.as_deref()));
            let country = row
                .map(|r| r.iso3.clone())
                .filter(|c| !c.is_empty())
                .or_else(|| inner.and_then(|m| m.entity.country.clone()));
            return Some(Place { text, span, coordinates: row.map(|r| (r.lat, r.lon)), country });
        }
    }
    None
}

fn has_place_below(s: &Sentence, c: usize) -> bool {
    let below = s.tree.subtree(c);
    s.mentions.iter().any(|m| {
        matches!(m.entity.kind, EntityKind::City | EntityKind::Region | EntityKind::Capital | EntityKind::Country)
            && m.words.clone().any(|w| below.contains(&w))
    })
}
