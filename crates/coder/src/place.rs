//! Where an act happened, by the phrase that hangs on it.

use readout_actors::PartyClass;

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
            let told = |w: usize| WHERE.iter().find(|(p, _)| *p == preposition(tree, w));
            if told(c).is_none() {
                continue;
            }
            let named = |w: usize| {
                s.mentions.iter().any(|m| m.words.contains(&w) && m.entity.kind.is_place())
                    || scene.parties_at(s, w).iter().any(|r| r.class == PartyClass::Territory)
            };
            let of_place = || {
                tree.children(c).iter().any(|&n| named(n) && matches!(preposition(tree, n).as_str(), "of" | "in" | ""))
            };
            // "Said in a meeting with X in Tehran": the place stands in a phrase of its own within.
            let within = || tree.subtree(c).into_iter().find(|&w| w != c && named(w) && told(w).is_some());
            let head = if named(c) { Some(c) } else { within().or_else(|| of_place().then_some(c)) };
            let Some((head, (_, keep))) = head.and_then(|h| Some((h, told(h)?))) else { continue };
            let apart: Vec<usize> = tree.children_by(head, "conj").flat_map(|x| tree.subtree(x)).collect();
            let below: Vec<usize> = tree
                .subtree(head)
                .into_iter()
                .filter(|w| !apart.contains(w))
                .filter(|&w| tree.upos(w) != "PUNCT" && (*keep || tree.rel(w) != "case" || tree.head(w) != Some(head)))
                .collect();
            let (first, last) = (below.first().copied()?, below.last().copied()?);
            let (text, span) = scene.text(s, first..last + 1);
            let inner = s
                .mentions
                .iter()
                .find(|m| m.entity.kind.is_place() && m.words.start >= first && m.words.end <= last + 1);
            // A capital's mention bears its state's name: it is looked up as written.
            let row = inner.and_then(|m| {
                let (written, country) = (scene.text(s, m.words.clone()).0, m.entity.country.as_deref());
                scene.actors.place(&written, country).or_else(|| scene.actors.place(&m.entity.name, country))
            });
            let country = row
                .map(|r| r.iso3.clone())
                .filter(|c| !c.is_empty())
                .or_else(|| inner.and_then(|m| m.entity.country.clone()));
            return Some(Place { text, span, coordinates: row.map(|r| (r.lat, r.lon)), country });
        }
    }
    None
}
