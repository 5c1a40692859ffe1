//! Who the nominals of a document stand for: names and descriptions by the tables, pronouns, short names and
//! descriptions without a country by what was named before. A deterministic sieve after Raghunathan et al. (2010).

use readout_actors::{Code, EntityKind, How, Mention, PartyClass, RoleKind};
use readout_codebook::Pos;
use readout_syntax::NameKind;

use crate::arguments::with_conjuncts;
use crate::description::Description;
use crate::pronoun::pronoun;
use crate::saying::{Saying, Source};
use crate::scene::{Ref, Scene, Sentence};
use crate::{beside, home};

/// A nominal already resolved.
pub(crate) struct Seen {
    pub sentence: usize,
    pub word: usize,
    pub refs: Vec<Ref>,
    pub subject: bool,
    pub source: bool,
    pub plural: bool,
    pub head: String,
    /// The role that its words name, as the tables have it ("security official").
    pub role: Option<String>,
    /// Whether it is one person, by name or by role ("the commander").
    pub person: bool,
    /// Last word of the phrase's name as written here, which may not be how the tables spell it.
    pub surface: String,
    pub female: Option<bool>,
}

/// Fills `scene.parties` for every nominal of the document, in reading order.
pub(crate) fn resolve(scene: &mut Scene, sayings: &[Saying]) {
    let mut seen: Vec<Seen> = Vec::new();
    home::settle(scene);
    for k in 0..scene.sentences.len() {
        let Some(s) = scene.sentences.get(k) else { continue };
        let mut found: Vec<(usize, Vec<Ref>)> = Vec::new();
        // Of a sentence that nobody read, only the names are known.
        let named = |w: usize| s.mentions.iter().any(|m| m.words.end == w + 1);
        for w in (0..s.tree.len()).filter(|&w| s.tree.is_read() || named(w)) {
            if !matches!(s.tree.upos(w), "NOUN" | "PROPN" | "PRON" | "ADJ" | "NUM" | "DET" | "X" | "VERB")
                || (s.tree.upos(w) == "VERB" && s.mentions.iter().all(|m| !m.words.contains(&w)))
            {
                continue;
            }
            // "Front-line troops": half of a word.
            let half = s.tree.upos(w) == "NOUN"
                && s.tree.rel(w) == "compound"
                && s.tree.get(w + 1).is_some_and(|x| x.form == "-" && &*x.xpos == "HYPH")
                && s.mentions.iter().all(|m| !m.words.contains(&w));
            if half {
                continue;
            }
            let mut refs = nominal(scene, s, w, sayings, &seen);
            if refs.is_empty() {
                continue;
            }
            if let [only] = refs.as_mut_slice()
                && only.row.is_none()
                && only.name.as_deref().is_none_or(|n| !n.contains(' '))
                && let Some(name) = beside::person_within(scene, s, w)
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
                _ => beside::gender(s, w),
            };
            let inside_name = s.mentions.iter().any(|m| {
                m.words.contains(&w) && m.words.end - 1 != w && s.tree.head(w).is_some_and(|h| m.words.contains(&h))
            });
            let modifier =
                matches!(s.tree.rel(w), "compound" | "amod") && s.mentions.iter().all(|m| !m.words.contains(&w));
            if !inside_name && !modifier {
                let plural = is_plural(s, w) || refs.len() > 1;
                let role = scene.actors.role_at(s.tree, w);
                let person = refs.iter().any(|r| r.class == PartyClass::Person)
                    || role.is_some_and(|r| r.kind == RoleKind::Person)
                    || s.tree.name_at(w).is_some_and(|n| n.kind == NameKind::Person);
                seen.push(Seen {
                    sentence: k,
                    word: w,
                    refs: refs.clone(),
                    subject,
                    source,
                    plural,
                    head: s.tree.lemma(w).to_lowercase(),
                    role: role.map(|r| r.noun.clone()),
                    person: person && !plural,
                    surface: last_name(s, w),
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
                role: None,
                person: false,
                surface: String::new(),
                female: None,
            })
        });
        seen.extend(groups.collect::<Vec<_>>());
        let soldiers = found.iter().flat_map(|(_, refs)| refs).filter(|r| r.code.sector() == Some("MIL"));
        scene.armies.extend(soldiers.filter_map(|r| r.code.country()).map(str::to_owned));
        scene.parties.extend(found.into_iter().map(|(w, refs)| ((k, w), refs)));
    }
}

/// "The Socialist Party" is that of the country the report is about, rather than of one it hardly names.
fn namesake(scene: &Scene, s: &Sentence, w: usize, r: &mut Ref) {
    let Some(m) = s.mentions.iter().find(|m| m.words.contains(&w)) else { return };
    let party = m.entity.kind == EntityKind::PoliticalParty && Some(m.entity.row) == r.row;
    if party && r.code.country().is_some_and(|c| home::is_guest(scene, c)) {
        let written = scene.text(s, m.words.clone()).0;
        if let Some(home) = scene.home.as_deref() {
            *r = Ref { code: scene.actors.party_of_country(&written, home, scene.day), row: None, ..r.clone() };
        }
    }
}

fn is_plural(s: &Sentence, w: usize) -> bool {
    // "The United States", "the Philippines": one state, one body.
    let one = |m: &Mention| m.words.contains(&w) && m.entity.kind != EntityKind::Demonym;
    if s.mentions.iter().any(one) {
        return false;
    }
    s.tree.get(w).is_some_and(|x| matches!(&*x.xpos, "NNS" | "NNPS"))
        || matches!(s.tree.lemma(w).to_lowercase().as_str(), "they" | "them" | "their" | "we" | "our" | "us")
}

/// The parties that word `w` stands for, with those named before it.
pub(crate) fn nominal(scene: &Scene, s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen]) -> Vec<Ref> {
    let refs = beside::of_firm(scene, s, w, seen, resolve_word(scene, s, w, sayings, seen));
    if refs.iter().any(|r| r.code != Code::unknown()) {
        return refs;
    }
    beside::role_of_name(scene, s, w, seen).or_else(|| beside::stranger(scene, s, w)).unwrap_or(refs)
}

fn resolve_word(scene: &Scene, s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen]) -> Vec<Ref> {
    let tree = s.tree;
    let lemma = tree.lemma(w).to_lowercase();
    // "WHO", "US": names that look like pronouns.
    let named = s.mentions.iter().any(|m| m.words.contains(&w));
    if !named && tree.upos(w) == "PRON"
        || (tree.upos(w) == "DET" && matches!(lemma.as_str(), "both" | "its" | "their" | "his"))
    {
        return pronoun(scene, s, w, &lemma, sayings, seen);
    }
    // "Daily protests" are no newspaper's.
    if !named && tree.upos(w) == "ADJ" && tree.rel(w) == "amod" {
        return Vec::new();
    }
    let mut parties = scene.actors.parties(tree, &s.mentions, w, scene.day);
    // "The Iranian attack" is an act, not a thing of Iran's: whoever did it is found through its own words.
    let act = tree.upos(w) == "NOUN" && scene.codebook.entries_for(Pos::Noun, &lemma).next().is_some();
    parties.retain(|p| !(act && matches!(p.class, PartyClass::Thing | PartyClass::Territory)));
    if let Some(first) = parties.first() {
        let mut refs: Vec<Ref> = parties.iter().cloned().map(Ref::from).collect();
        if let [only] = refs.as_mut_slice() {
            namesake(scene, s, w, only);
        }
        // "A Baghdad communique" speaks for the government.
        if scene.codebook.class_has("statements", &lemma) {
            for r in refs.iter_mut().filter(|r| r.class == PartyClass::Thing && r.code.sector().is_none()) {
                r.code = r.code.with_sector("GOV");
                r.class = PartyClass::Body;
            }
        }
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
            return Description { scene, s, w, sayings, seen }.of_role(refs);
        }
        return refs;
    }
    // A bare surname of somebody introduced with a first name or an office.
    if tree.upos(w) == "PROPN"
        && let Some(refs) = same_person(s, w, seen)
    {
        return refs.into_iter().map(|r| Ref { words: w..w + 1, ..r }).collect();
    }
    Description { scene, s, w, sayings, seen }
        .of_noun()
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

/// Last word of the name around word `w`, as written; empty where there is none.
fn last_name(s: &Sentence, w: usize) -> String {
    let mention = s.mentions.iter().find(|m| m.words.contains(&w)).map(|m| m.words.end - 1);
    let named = s.tree.name_at(w).map(|n| n.words.end - 1).or(mention);
    let last = named.or_else(|| (s.tree.upos(w) == "PROPN").then_some(w));
    last.and_then(|i| s.tree.get(i)).map_or_else(String::new, |x| x.form.clone())
}

/// Somebody named before whose name ends in this word.
pub(crate) fn same_person(s: &Sentence, w: usize, seen: &[Seen]) -> Option<Vec<Ref>> {
    let last = last_name(s, w);
    let last = last.as_str();
    if last.is_empty() {
        return None;
    }
    let hit = |m: &&Seen| {
        m.refs.len() == 1
            && m.refs.iter().any(|r| {
                matches!(r.class, PartyClass::Person | PartyClass::Armed)
                    && (m.surface == last && r.name.as_deref().is_some_and(|n| n.contains(' ')))
                    || r.class == PartyClass::Person
                        && r.name.as_deref().is_some_and(|n| {
                            n.rsplit([' ', '-']).next() == Some(last) && n.contains(' ')
                                || n.split(' ').any(|part| part == last && part.len() > 3) && n != last
                        })
            })
    };
    let known = |m: &&Seen| hit(m) && m.refs.iter().any(|r| r.code != Code::unknown());
    // A family shares its name: whom the tables have goes before his kin.
    let listed = seen.iter().rev().filter(known).find(|m| m.refs.iter().any(|r| r.row.is_some()));
    listed.or_else(|| seen.iter().rev().find(known)).map(|m| m.refs.clone())
}
