//! Who the nominals of a document stand for: names and descriptions by the tables, pronouns, short names and
//! descriptions without a country by what was named before. A deterministic sieve after Raghunathan et al. (2010).

use readout_actors::{Code, How, PartyClass};
use readout_codebook::Pos;
use readout_syntax::NameKind;
use readout_text::FurnitureKind;

use crate::arguments::with_conjuncts;
use crate::description::{described, description};
use crate::pronoun::pronoun;
use crate::saying::{Saying, Source};
use crate::scene::{Ref, Scene, Sentence};

/// A nominal already resolved.
pub(crate) struct Seen {
    pub sentence: usize,
    pub word: usize,
    pub refs: Vec<Ref>,
    pub subject: bool,
    pub source: bool,
    pub plural: bool,
    pub head: String,
    pub female: Option<bool>,
}

/// Fills `scene.parties` for every nominal of the document, in reading order.
pub(crate) fn resolve(scene: &mut Scene, sayings: &[Saying]) {
    let mut seen: Vec<Seen> = Vec::new();
    let home = home_country(scene).or_else(|| scene.dominant_country());
    scene.home.clone_from(&home);
    for k in 0..scene.sentences.len() {
        let Some(s) = scene.sentences.get(k) else { continue };
        let mut found: Vec<(usize, Vec<Ref>)> = Vec::new();
        for w in 0..s.tree.len() {
            if !matches!(s.tree.upos(w), "NOUN" | "PROPN" | "PRON" | "ADJ" | "NUM" | "DET" | "X" | "VERB")
                || (s.tree.upos(w) == "VERB" && s.mentions.iter().all(|m| !m.words.contains(&w)))
            {
                continue;
            }
            let mut refs = resolve_word(scene, s, w, sayings, &seen, home.as_deref());
            // "The U.N. coordinator, Jane Doe": an unknown name takes what it stands beside.
            let nameless = refs.is_empty() || refs.iter().all(|r| r.code == Code::unknown());
            if nameless
                && s.tree.rel(w) == "appos"
                && s.tree.upos(w) == "PROPN"
                && let Some(beside) = s
                    .tree
                    .head(w)
                    .and_then(|h| seen.iter().rev().find(|m| m.sentence == k && m.word == h))
                    .filter(|m| m.refs.len() == 1)
            {
                let words = s.tree.name_at(w).map_or(w..w + 1, |n| n.words.clone());
                let name = scene.text(s, words.clone()).0;
                refs = beside
                    .refs
                    .iter()
                    .map(|r| Ref { words: words.clone(), name: Some(name.clone()), class: r.class, ..r.clone() })
                    .collect();
            }
            if refs.is_empty() {
                continue;
            }
            if let [only] = refs.as_mut_slice()
                && only.row.is_none()
                && only.name.as_deref().is_none_or(|n| !n.contains(' '))
                && let Some(name) = person_within(scene, s, w)
            {
                only.name = Some(name);
                only.class = PartyClass::Person;
            }
            let subject = matches!(s.tree.deprel(w), "nsubj" | "nsubj:pass" | "nsubj:outer")
                || (s.tree.rel(w) == "conj" && s.tree.head(w).is_some_and(|h| s.tree.rel(h) == "nsubj"));
            let source = sayings.iter().any(|x| x.sentence == k && x.source == Source::Word(w));
            let female = match s.tree.lemma(w).to_lowercase().as_str() {
                "she" | "her" | "hers" => Some(true),
                "he" | "him" | "his" => Some(false),
                _ => gender_of(s, w),
            };
            let inside_name = s.mentions.iter().any(|m| {
                m.words.contains(&w) && m.words.end - 1 != w && s.tree.head(w).is_some_and(|h| m.words.contains(&h))
            });
            let modifier =
                matches!(s.tree.rel(w), "compound" | "amod") && s.mentions.iter().all(|m| !m.words.contains(&w));
            if !inside_name && !modifier {
                let plural = is_plural(s, w) || refs.len() > 1;
                seen.push(Seen {
                    sentence: k,
                    word: w,
                    refs: refs.clone(),
                    subject,
                    source,
                    plural,
                    head: s.tree.lemma(w).to_lowercase(),
                    female,
                });
            }
            found.push((w, refs));
        }
        // "They" may mean all of a coordination.
        let groups = found.iter().filter(|(w, _)| s.tree.rel(*w) != "conj").filter_map(|(w, _)| {
            let all = with_conjuncts(s.tree, *w);
            let mut refs: Vec<Ref> = Vec::new();
            for r in found.iter().filter(|(x, _)| all.contains(x)).flat_map(|(_, refs)| refs) {
                if refs.iter().all(|o| o.code != r.code) {
                    refs.push(r.clone());
                }
            }
            let subject = matches!(s.tree.deprel(*w), "nsubj" | "nsubj:pass");
            (refs.len() > 1 && all.len() > 1).then(|| Seen {
                sentence: k,
                word: *w,
                refs,
                subject,
                source: false,
                plural: true,
                head: String::new(),
                female: None,
            })
        });
        seen.extend(groups.collect::<Vec<_>>());
        scene.parties.extend(found.into_iter().map(|(w, refs)| ((k, w), refs)));
    }
}

/// The full name of a person that stands in a title's phrase ("U.N. Coordinator for Myanmar Andrew Kirkwood").
fn person_within(scene: &Scene, s: &Sentence, w: usize) -> Option<String> {
    let tree = s.tree;
    let title = scene.actors.role(&tree.lemma(w).to_lowercase()).is_some_and(|r| r.has("title"));
    let own = |n: &&readout_syntax::Name| {
        let first = n.words.start;
        n.kind == NameKind::Person
            && n.words.len() > 1
            && first > w
            && n.words.clone().all(|i| tree.rel(i) != "case" && tree.deprel(i) != "nmod:poss")
            && tree.is_under(first, w)
            && (w..first).all(|i| !matches!(tree.upos(i), "VERB" | "PUNCT" | "CCONJ"))
    };
    let name = tree.names().iter().filter(|_| title).find(own)?;
    Some(scene.text(s, name.words.clone()).0)
}

fn gender_of(s: &Sentence, w: usize) -> Option<bool> {
    let before = s.tree.subtree(w);
    before.iter().find_map(|&i| match s.tree.get(i).map(|x| x.form.as_str()) {
        Some("Mr." | "Mr" | "Sir" | "King" | "Prince" | "chairman" | "spokesman" | "Sheikh") => Some(false),
        Some("Mrs." | "Mrs" | "Ms." | "Ms" | "Queen" | "Princess" | "Lady" | "spokeswoman") => Some(true),
        _ => None,
    })
}

fn is_plural(s: &Sentence, w: usize) -> bool {
    s.tree.get(w).is_some_and(|x| matches!(&*x.xpos, "NNS" | "NNPS"))
        || matches!(s.tree.lemma(w).to_lowercase().as_str(), "they" | "them" | "their" | "we" | "our" | "us")
}

/// The country that the report is from, for descriptions that name none: that of its dateline.
fn home_country(scene: &Scene) -> Option<String> {
    let lines = scene
        .document
        .furniture
        .iter()
        .filter(|f| f.kind == FurnitureKind::Dateline)
        .filter_map(|f| f.value.as_deref());
    let countries = lines.filter_map(|place| scene.actors.country_of_place(place));
    countries.map(|iso3| scene.actors.state_of_the_day(iso3, scene.day).to_owned()).next()
}

fn resolve_word(
    scene: &Scene,
    s: &Sentence,
    w: usize,
    sayings: &[Saying],
    seen: &[Seen],
    home: Option<&str>,
) -> Vec<Ref> {
    let tree = s.tree;
    let lemma = tree.lemma(w).to_lowercase();
    if tree.upos(w) == "PRON" || (tree.upos(w) == "DET" && matches!(lemma.as_str(), "both" | "its" | "their" | "his")) {
        return pronoun(scene, s, w, &lemma, sayings, seen);
    }
    let mut parties = scene.actors.parties(tree, &s.mentions, w, scene.day);
    // "The Iranian attack" is an act, not a thing of Iran's: whoever did it is found through its own words.
    let act = tree.upos(w) == "NOUN" && scene.codebook.entries_for(Pos::Noun, &lemma).next().is_some();
    parties.retain(|p| !(act && matches!(p.class, PartyClass::Thing | PartyClass::Territory)));
    if let Some(first) = parties.first() {
        let refs: Vec<Ref> = parties
            .iter()
            .map(|p| Ref {
                words: p.words.clone(),
                name: p.name.clone(),
                code: p.code.clone(),
                class: p.class,
                row: p.row,
                inferred: (p.how == How::Inferred).then_some("office"),
            })
            .collect();
        if (first.how == How::Surname || (first.class == PartyClass::Person && first.row.is_none()))
            && let Some(earlier) = same_person(s, w, seen)
        {
            return earlier.into_iter().map(|r| Ref { words: first.words.clone(), inferred: None, ..r }).collect();
        }
        if first.code.country().is_none()
            && !first.code.is_body()
            && first.class != PartyClass::Medium
            && first.row.is_none()
        {
            return described(scene, s, w, refs, seen, home);
        }
        return refs;
    }
    // A bare surname of somebody introduced with a first name or an office.
    if tree.upos(w) == "PROPN"
        && let Some(refs) = same_person(s, w, seen)
    {
        return refs.into_iter().map(|r| Ref { words: w..w + 1, ..r }).collect();
    }
    description(s, w, &lemma, seen)
        .into_iter()
        .map(|r| Ref { words: phrase(s, w), inferred: Some("description"), name: None, ..r })
        .collect()
}

/// From the first modifier of noun `w` to the noun.
pub(crate) fn phrase(s: &Sentence, w: usize) -> std::ops::Range<usize> {
    let first = s
        .tree
        .children(w)
        .iter()
        .copied()
        .filter(|&c| c < w && matches!(s.tree.rel(c), "det" | "amod" | "compound" | "nummod" | "nmod"))
        .min()
        .unwrap_or(w);
    first..w + 1
}

/// Somebody named before whose name ends in this word.
pub(crate) fn same_person(s: &Sentence, w: usize, seen: &[Seen]) -> Option<Vec<Ref>> {
    let form = s.tree.get(w).map(|x| x.form.as_str())?;
    let surname = s
        .mentions
        .iter()
        .find(|m| m.words.contains(&w))
        .and_then(|m| s.tree.get(m.words.end - 1))
        .map_or(form, |x| x.form.as_str());
    let last = s.tree.name_at(w).and_then(|n| s.tree.get(n.words.end - 1)).map_or(surname, |x| x.form.as_str());
    let hit = |m: &&Seen| {
        m.refs.len() == 1
            && m.refs.iter().any(|r| {
                r.class == PartyClass::Person
                    && r.name.as_deref().is_some_and(|n| {
                        n.rsplit([' ', '-']).next() == Some(last) && n.contains(' ')
                            || n.split(' ').any(|part| part == last && part.len() > 3) && n != last
                    })
            })
    };
    seen.iter().rev().find(|m| hit(m) && m.refs.iter().any(|r| r.code != Code::unknown())).map(|m| m.refs.clone())
}
