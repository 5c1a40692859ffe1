//! Who the nominals of a document stand for: names and descriptions by the tables, pronouns, short names and
//! descriptions without a country by what was named before. A deterministic sieve after Raghunathan et al. (2010).

use readout_actors::{Code, How, PartyClass};
use readout_codebook::Pos;
use readout_syntax::NameKind;
use readout_text::FurnitureKind;

use crate::arguments::{surface_subject, with_conjuncts};
use crate::saying::{Saying, Source};
use crate::scene::{Ref, Scene, Sentence};

/// Sentences looked back for the antecedent of a pronoun.
const PRONOUN_REACH: usize = 3;

/// A nominal already resolved.
struct Seen {
    sentence: usize,
    word: usize,
    refs: Vec<Ref>,
    subject: bool,
    source: bool,
    plural: bool,
    head: String,
    female: Option<bool>,
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
            if !matches!(s.tree.upos(w), "NOUN" | "PROPN" | "PRON" | "ADJ" | "NUM" | "DET" | "X" | "VERB") || (s.tree.upos(w) == "VERB" && s.mentions.iter().all(|m| !m.words.contains(&w))) {
                continue;
            }
            let mut refs = resolve_word(scene, s, w, sayings, &seen, home.as_deref());
            // "The U.N. coordinator, Jane Doe": an unknown name takes what it stands beside.
            let nameless = refs.is_empty() || refs.iter().all(|r| r.code == Code::unknown());
            if nameless && s.tree.rel(w) == "appos" && s.tree.upos(w) == "PROPN"
                && let Some(beside) = s.tree.head(w).and_then(|h| seen.iter().rev().find(|m| m.sentence == k && m.word == h)).filter(|m| m.refs.len() == 1)
            {
                let words = s.tree.name_at(w).map_or(w..w + 1, |n| n.words.clone());
                let name = scene.text(s, words.clone()).0;
                refs = beside.refs.iter().map(|r| Ref { words: words.clone(), name: Some(name.clone()), class: r.class, ..r.clone() }).collect();
            }
            if refs.is_empty() {
                continue;
            }
            if let [only] = refs.as_mut_slice()
                && only.row.is_none() && only.name.as_deref().is_none_or(|n| !n.contains(' '))
                && let Some(name) = person_within(scene, s, w)
            {
                only.name = Some(name);
                only.class = PartyClass::Person;
            }
            let pronoun = s.tree.upos(w) == "PRON";
            let subject = matches!(s.tree.deprel(w), "nsubj" | "nsubj:pass" | "nsubj:outer") || (s.tree.rel(w) == "conj" && s.tree.head(w).is_some_and(|h| s.tree.rel(h) == "nsubj"));
            let source = sayings.iter().any(|x| x.sentence == k && x.source == Source::Word(w));
            let female = match s.tree.lemma(w).to_lowercase().as_str() {
                "she" | "her" | "hers" => Some(true),
                "he" | "him" | "his" => Some(false),
                _ => gender_of(s, w),
            };
            let inside_name = s.mentions.iter().any(|m| m.words.contains(&w) && m.words.end - 1 != w && s.tree.head(w).is_some_and(|h| m.words.contains(&h)));
            let modifier = matches!(s.tree.rel(w), "compound" | "amod") && s.mentions.iter().all(|m| !m.words.contains(&w));
            if !inside_name && !modifier && !(pronoun && refs.is_empty()) {
                let plural = is_plural(s, w) || refs.len() > 1;
                seen.push(Seen { sentence: k, word: w, refs: refs.clone(), subject, source, plural, head: s.tree.lemma(w).to_lowercase(), female });
            }
            found.push((w, refs));
        }
        scene.parties.extend(found.into_iter().map(|(w, refs)| ((k, w), refs)));
    }
}

/// The full name of a person that stands in a title's phrase ("U.N. Coordinator for Myanmar Andrew Kirkwood").
fn person_within(scene: &Scene, s: &Sentence, w: usize) -> Option<String> {
    let tree = s.tree;
    let title = scene.actors.role(&tree.lemma(w).to_lowercase()).is_some_and(|r| r.has("title"));
    let own = |n: &&readout_syntax::Name| {
        let first = n.words.start;
        n.kind == NameKind::Person && n.words.len() > 1 && first > w && n.words.clone().all(|i| tree.rel(i) != "case" && tree.deprel(i) != "nmod:poss") && tree.is_under(first, w) && (w..first).all(|i| !matches!(tree.upos(i), "VERB" | "PUNCT" | "CCONJ"))
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
    s.tree.get(w).is_some_and(|x| matches!(&*x.xpos, "NNS" | "NNPS")) || matches!(s.tree.lemma(w).to_lowercase().as_str(), "they" | "them" | "their" | "we" | "our" | "us")
}

/// The country that the report is from, for descriptions that name none: that of its dateline.
fn home_country(scene: &Scene) -> Option<String> {
    let lines = scene.document.furniture.iter().filter(|f| f.kind == FurnitureKind::Dateline).filter_map(|f| f.value.as_deref());
    lines.filter_map(|place| country_of_place(scene, place)).next()
}

/// The last part of a place's name decides ("Kyiv, Ukraine").
fn country_of_place(scene: &Scene, place: &str) -> Option<String> {
    let last = place.rsplit(',').next().unwrap_or(place).trim();
    let word = |form: &str| readout_syntax::Word { span: Default::default(), form: form.to_owned(), lemma: form.to_owned(), upos: "PROPN".into(), xpos: "NNP".into(), head: None, deprel: "root".into() };
    let name = titled(last);
    let tree = readout_syntax::Tree::new(name.split_whitespace().map(word).collect(), Vec::new());
    let found = scene.actors.mentions(&tree, scene.day);
    found.first().filter(|m| m.entity.kind.is_place()).and_then(|m| m.entity.country.clone())
}

fn titled(name: &str) -> String {
    let mut start = true;
    let letter = |c: char| {
        let out: Vec<char> = if start { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
        start = !c.is_alphabetic();
        out
    };
    name.chars().flat_map(letter).collect()
}

fn resolve_word(scene: &Scene, s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen], home: Option<&str>) -> Vec<Ref> {
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
        let refs: Vec<Ref> = parties.iter().map(|p| Ref { words: p.words.clone(), name: p.name.clone(), code: p.code.clone(), class: p.class, row: p.row, inferred: (p.how == How::Inferred).then_some("office") }).collect();
        if first.how == How::Surname || (first.class == PartyClass::Person && first.row.is_none()) {
            if let Some(earlier) = same_person(s, w, seen) {
                return earlier.into_iter().map(|r| Ref { words: first.words.clone(), inferred: None, ..r }).collect();
            }
        }
        if first.code.country().is_none() && !first.code.is_body() && first.class != PartyClass::Medium && first.row.is_none() {
            return described(scene, s, w, refs, seen, home);
        }
        return refs;
    }
    // A bare surname of somebody introduced with a first name or an office.
    if tree.upos(w) == "PROPN" && let Some(refs) = same_person(s, w, seen) {
        return refs.into_iter().map(|r| Ref { words: w..w + 1, ..r }).collect();
    }
    description(s, w, &lemma, seen).into_iter().map(|r| Ref { words: phrase(s, w), inferred: Some("description"), name: None, ..r }).collect()
}

fn phrase(s: &Sentence, w: usize) -> std::ops::Range<usize> {
    let first = s.tree.children(w).iter().copied().filter(|&c| c < w && matches!(s.tree.rel(c), "det" | "amod" | "compound" | "nummod" | "nmod")).min().unwrap_or(w);
    first..w + 1
}

/// Somebody named before whose name ends in this word.
fn same_person(s: &Sentence, w: usize, seen: &[Seen]) -> Option<Vec<Ref>> {
    let form = s.tree.get(w).map(|x| x.form.as_str())?;
    let surname = s.mentions.iter().find(|m| m.words.contains(&w)).and_then(|m| s.tree.get(m.words.end - 1)).map_or(form, |x| x.form.as_str());
    let last = s.tree.name_at(w).and_then(|n| s.tree.get(n.words.end - 1)).map_or(surname, |x| x.form.as_str());
    let hit = |m: &&Seen| m.refs.len() == 1 && m.refs.iter().any(|r| r.class == PartyClass::Person && r.name.as_deref().is_some_and(|n| n.rsplit([' ', '-']).next() == Some(last) && n.contains(' ') || n.split(' ').any(|part| part == last && part.len() > 3) && n != last));
    seen.iter().rev().find(|m| hit(m) && m.refs.iter().any(|r| r.code != Code::unknown())).map(|m| m.refs.clone())
}

/// A described party without a country: the same words or sector before, else the country the sentence is about.
fn described(scene: &Scene, s: &Sentence, w: usize, refs: Vec<Ref>, seen: &[Seen], home: Option<&str>) -> Vec<Ref> {
    let tree = s.tree;
    let head = tree.lemma(w).to_lowercase();
    let Some(sector) = refs.first().map(|r| r.code.sector().unwrap_or("").to_owned()) else { return refs };
    let indefinite = tree.children(w).iter().any(|&c| tree.rel(c) == "det" && matches!(tree.lemma(c), "a" | "an" | "any" | "no" | "another"));
    let fill = |country: &str| -> Vec<Ref> { refs.iter().map(|r| Ref { code: r.code.with_country(country), inferred: Some("description"), ..r.clone() }).collect() };
    if let Some(p) = tree.child(w, "nmod:poss")
        && let Some(country) = scene.parties_at(s, p).iter().chain(seen.iter().rev().find(|m| m.sentence == s.index && m.word == p).iter().flat_map(|m| m.refs.iter())).find_map(|r| r.code.country())
    {
        return fill(country);
    }
    let unnamed = refs.iter().all(|r| r.code == Code::unknown() && r.class == PartyClass::Person);
    // "The Foreign Ministry" and "Foreign Undersecretary X" are domestic; "foreign forces" are not.
    let office = tree.subtree(w).iter().any(|&i| tree.lemma(i).eq_ignore_ascii_case("foreign") && tree.get(i + 1).is_some_and(|n| scene.actors.role(&format!("foreign {}", n.lemma.to_lowercase())).is_some() || n.form.starts_with(char::is_uppercase)));
    let foreign = unnamed || tree.children(w).iter().any(|&c| matches!(tree.lemma(c), "foreign" if !office) || matches!(tree.lemma(c),  "other" | "regional" | "international" | "western" | "Western" | "allied" | "neighbouring" | "neighboring" | "Arab" | "European" | "African" | "Asian"));
    if foreign {
        return refs;
    }
    let known = |m: &&Seen| m.refs.iter().any(|r| r.code.country().is_some() || r.code.is_body());
    if !indefinite && let Some(m) = seen.iter().rev().filter(|m| m.head == head).find(known) {
        let words = refs.first().map_or(w..w + 1, |x| x.words.clone());
        return m.refs.iter().map(|r| Ref { words: words.clone(), inferred: Some("description"), ..r.clone() }).collect();
    }
    if refs.iter().all(|r| matches!(r.class, PartyClass::Thing | PartyClass::Territory)) {
        return refs;
    }
    let same_sector = || {
        let found = seen.iter().rev().find(|m| m.refs.iter().any(|r| r.code.country().is_some() && r.code.sector() == Some(sector.as_str()) && r.class != PartyClass::State));
        found.and_then(|m| m.refs.iter().find_map(|r| r.code.country().map(str::to_owned)))
    };
    // The state that the last sentences are about: their subject, else any state in them.
    let topic = || {
        let recent = || seen.iter().rev().filter(|m| s.index - m.sentence <= 2 && m.refs.iter().any(|r| r.class == PartyClass::State && r.code.country().is_some()));
        let found = recent().find(|m| m.subject).or_else(|| recent().next());
        found.and_then(|m| m.refs.iter().find_map(|r| r.code.country().map(str::to_owned)))
    };
    let fighting = matches!(sector.as_str(), "MIL" | "REB" | "CRM");
    let country = if fighting && !indefinite { same_sector().or_else(topic).or_else(|| home.map(str::to_owned)) } else { home.map(str::to_owned).or_else(topic).or_else(same_sector) };
    country.map_or_else(|| refs.clone(), |c| fill(&c))
}

/// "The country", "both sides", "the group", "the statement": what a noun that names nobody points back to.
fn description(s: &Sentence, w: usize, lemma: &str, seen: &[Seen]) -> Vec<Ref> {
    let tree = s.tree;
    let definite = tree.children(w).iter().any(|&c| tree.rel(c) == "det" && matches!(tree.lemma(c).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those" | "both" | "either" | "each" | "its"));
    let two = tree.children(w).iter().any(|&c| matches!(tree.lemma(c).to_lowercase().as_str(), "two" | "both" | "either" | "neither" | "three"));
    let states = |n: usize| -> Vec<Ref> {
        let mut out: Vec<Ref> = Vec::new();
        for m in seen.iter().rev().filter(|m| s.index - m.sentence <= 6) {
            for r in &m.refs {
                let state = matches!(r.class, PartyClass::State) || (r.code.sector() == Some("GOV") && r.code.country().is_some());
                if state && out.iter().all(|o| o.code.country() != r.code.country()) && out.len() < n {
                    out.insert(0, Ref { code: r.code.with_sector("GOV"), class: PartyClass::State, ..r.clone() });
                }
            }
        }
        out
    };
    match lemma {
        "country" | "side" | "nation" | "state" | "government" | "neighbour" | "neighbor" | "party" | "ally" | "power" | "leader" | "capital" | "delegation" | "minister" | "president" if two => states(2),
        "country" | "nation" | "state" | "kingdom" | "republic" | "emirate" | "regime" if definite => {
            let state = |m: &&Seen| m.refs.len() == 1 && m.refs.iter().any(|r| r.class == PartyClass::State);
            let near = || seen.iter().rev().filter(|m| s.index - m.sentence <= 3).filter(state);
            near().find(|m| m.subject).or_else(|| near().next()).map(|m| m.refs.clone()).unwrap_or_else(|| states(1))
        }
        "group" | "organisation" | "organization" | "militia" | "movement" | "body" | "alliance" | "bloc" | "union" | "agency" | "newspaper" | "party" | "company" | "paper" | "outfit" | "faction" | "coalition" if definite => {
            let class = |r: &Ref| match lemma {
                "agency" | "newspaper" | "paper" => r.class == PartyClass::Medium,
                _ => matches!(r.class, PartyClass::Group | PartyClass::Armed | PartyClass::Body) && r.row.is_some(),
            };
            seen.iter().rev().find(|m| m.refs.len() == 1 && m.refs.iter().any(class)).map(|m| m.refs.clone()).unwrap_or_default()
        }
        "enemy" | "opponent" | "rival" | "adversary" if definite || tree.rel(w) == "compound" => {
            // The other of the two last named, seen from whoever speaks or acts.
            let own = seen.iter().rev().find(|m| m.source || m.subject).and_then(|m| m.refs.iter().find_map(|r| r.code.country().map(str::to_owned)));
            states(2).into_iter().rfind(|r| r.code.country() != own.as_deref()).into_iter().collect()
        }
        "statement" | "communique" | "communiqué" | "letter" | "declaration" | "announcement" | "report" | "broadcast" | "message" | "tweet" | "post" | "commentary" | "dispatch" | "list" => spoken_by(s, w, seen),
        _ => Vec::new(),
    }
}

/// Whose statement or report it is: its owner, the owner of one mentioned before, else the last source.
fn spoken_by(s: &Sentence, w: usize, seen: &[Seen]) -> Vec<Ref> {
    let tree = s.tree;
    let owner = tree.children(w).iter().copied().filter(|&c| matches!(tree.rel(c), "nmod" | "compound" | "amod" | "acl")).flat_map(|c| if tree.rel(c) == "acl" { tree.children_by(c, "obl").collect() } else { vec![c] });
    for c in owner {
        if let Some(m) = seen.iter().rev().find(|m| m.sentence == s.index && m.word == c) {
            return m.refs.clone();
        }
    }
    let lemma = tree.lemma(w);
    let same = seen.iter().rev().filter(|m| m.head == lemma).find(|m| s.index - m.sentence <= 8);
    let recent = || seen.iter().rev().filter(|m| s.index - m.sentence <= 2);
    let last = recent().find(|m| m.source).or_else(|| recent().find(|m| m.subject));
    same.or(last).map(|m| m.refs.clone()).unwrap_or_default()
}

fn pronoun(scene: &Scene, s: &Sentence, w: usize, lemma: &str, sayings: &[Saying], seen: &[Seen]) -> Vec<Ref> {
    let tree = s.tree;
    let mine = |refs: Vec<Ref>| -> Vec<Ref> { refs.into_iter().map(|r| Ref { words: w..w + 1, inferred: Some("pronoun"), ..r }).collect() };
    match lemma {
        "i" | "we" | "me" | "us" | "my" | "our" | "ours" | "mine" => mine(speaker(scene, s, w, sayings, seen, &mut 0).into_iter().map(|r| Ref { code: if lemma.starts_with('w') || lemma.starts_with('o') || lemma == "us" { collective(&r.code) } else { r.code.clone() }, ..r }).collect()),
        "who" | "which" | "that" | "whom" | "whose" => {
            let clause = clause_of(s, w);
            match clause.filter(|&c| tree.rel(c) == "acl").and_then(|c| tree.head(c)) {
                Some(h) => seen.iter().rev().find(|m| m.sentence == s.index && m.word == h).map(|m| mine(m.refs.clone())).unwrap_or_default(),
                None => Vec::new(),
            }
        }
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
            let female = lemma.starts_with('s') || lemma.starts_with("her");
            mine(best(s, w, sayings, seen, |m| m.refs.len() == 1 && m.refs.iter().any(|r| r.class == PartyClass::Person) && m.female.is_none_or(|f| f == female) && !m.plural))
        }
        "it" | "its" | "itself" => {
            if lemma == "it" && is_expletive(s, w) {
                return Vec::new();
            }
            mine(best(s, w, sayings, seen, |m| m.refs.len() == 1 && !m.plural && m.refs.iter().any(|r| matches!(r.class, PartyClass::State | PartyClass::Body | PartyClass::Medium | PartyClass::Group) || r.class == PartyClass::Armed && !m.plural)))
        }
        "they" | "them" | "their" | "theirs" | "themselves" => {
            let plural = best(s, w, sayings, seen, |m| m.plural && m.refs.iter().all(|r| r.class != PartyClass::Thing && r.class != PartyClass::Territory));
            if !plural.is_empty() { return mine(plural) }
            if tree.deprel(w) == "nmod:poss" && let Some(thing) = seen.iter().rev().find(|m| m.sentence == s.index && m.plural && m.refs.iter().any(|r| r.class == PartyClass::Thing)) {
                return mine(thing.refs.clone());
            }
            mine(best(s, w, sayings, seen, |m| m.refs.iter().all(|r| !matches!(r.class, PartyClass::Thing | PartyClass::Territory | PartyClass::Person))))
        }
        "both" => {
            let mut out: Vec<Ref> = Vec::new();
            for r in seen.iter().rev().flat_map(|m| m.refs.iter()).filter(|r| r.class == PartyClass::State) {
                if out.len() < 2 && out.iter().all(|o| o.code != r.code) {
                    out.insert(0, r.clone());
                }
            }
            mine(out)
        }
        _ => Vec::new(),
    }
}

/// "We" of an official is the state he speaks for.
fn collective(code: &Code) -> Code {
    if code.sector() == Some("LEG") { code.with_sector("GOV") } else { code.clone() }
}

fn is_expletive(s: &Sentence, w: usize) -> bool {
    let Some(h) = s.tree.head(w) else { return true };
    s.tree.rel(w) == "expl" || (s.tree.child(h, "csubj").is_some() || (s.tree.child(h, "ccomp").is_some() && s.tree.upos(h) == "ADJ"))
}

fn clause_of(s: &Sentence, w: usize) -> Option<usize> {
    let mut at = w;
    for _ in 0..s.tree.len() {
        at = s.tree.head(at)?;
        if matches!(s.tree.rel(at), "acl" | "ccomp" | "root" | "parataxis" | "advcl") {
            return Some(at);
        }
    }
    None
}

/// The speaker of the innermost saying around word `w`.
fn speaker(scene: &Scene, s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen], depth: &mut usize) -> Vec<Ref> {
    let around = sayings.iter().filter(|x| x.sentence == s.index && x.content.contains(&w)).min_by_key(|x| x.content.len());
    around.map(|x| source_refs(scene, sayings, x, seen, depth)).unwrap_or_default()
}

fn source_refs(scene: &Scene, sayings: &[Saying], x: &Saying, seen: &[Seen], depth: &mut usize) -> Vec<Ref> {
    *depth += 1;
    match x.source {
        Source::Word(w) => {
            let known = seen.iter().rev().find(|m| m.sentence == x.sentence && m.word == w).map(|m| m.refs.clone());
            known.unwrap_or_else(|| {
                let s = scene.sentences.get(x.sentence);
                let parties = s.map(|s| scene.actors.parties(s.tree, &s.mentions, w, scene.day)).unwrap_or_default();
                let refs: Vec<Ref> = parties.into_iter().map(|p| Ref { words: p.words, name: p.name, code: p.code, class: p.class, row: p.row, inferred: None }).collect();
                if let (true, Some(s)) = (refs.iter().all(|r| r.code.country().is_none() && !r.code.is_body()), s) {
                    // A speaker who comes after the quotation, by surname or pronoun.
                    let pronoun = s.tree.upos(w) == "PRON";
                    let named = same_person(s, w, seen).filter(|_| !pronoun);
                    return named.unwrap_or_else(|| if pronoun { seen.iter().rev().find(|m| m.source && m.refs.len() == 1).map(|m| m.refs.clone()).unwrap_or_default() } else { refs });
                }
                refs
            })
        }
        Source::Of(i) if *depth < 20 => sayings.get(i).map(|y| source_refs(scene, sayings, y, seen, depth)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The most salient nominal before word `w` that passes: near, subject or source before others, not an argument of the
/// pronoun's own verb.
fn best(s: &Sentence, w: usize, sayings: &[Saying], seen: &[Seen], fits: impl Fn(&Seen) -> bool) -> Vec<Ref> {
    let tree = s.tree;
    let subject_pronoun = tree.rel(w) == "nsubj";
    let possessive = tree.deprel(w) == "nmod:poss";
    let own_clause = tree.head(w);
    let saying = sayings.iter().find(|x| x.sentence == s.index && x.source == Source::Word(w)).is_some();
    let around = sayings.iter().filter(|x| x.sentence == s.index && x.content.contains(&w)).min_by_key(|x| x.content.len());
    let score = |m: &Seen| -> i64 {
        let distance = (s.index - m.sentence) as i64;
        let mut total = -40 * distance;
        total += if m.subject { 35 } else { 0 } + if m.source { 15 } else { 0 };
        if subject_pronoun && m.subject && distance == 1 {
            total += 10;
        }
        if saying && m.source {
            total += 30;
        }
        if distance == 0 {
            let governs = tree.head(m.word);
            if possessive {
                // "Iran's attack and its …": the clause's own subject first.
                let subject = own_clause.and_then(|c| clause_of(s, c).or(Some(c))).and_then(|c| surface_subject(tree, c));
                if subject.is_some_and(|x| with_conjuncts(tree, x).contains(&m.word)) {
                    total += 30;
                }
            } else if governs == own_clause && governs.is_some() {
                total -= 200;
            }
            // The speaker speaks of himself in reported speech, of others in quotations.
            if let Some(x) = around.filter(|x| x.source == Source::Word(m.word)) {
                total += if s.quoted.get(w) == Some(&true) && x.content.contains(&w) { -100 } else { 25 };
            }
            total -= ((w.saturating_sub(m.word)) as i64) / 4;
        } else {
            total -= m.word as i64 / 6;
        }
        total
    };
    let near = seen.iter().filter(|m| s.index - m.sentence <= PRONOUN_REACH && (m.sentence < s.index || m.word < w));
    let top = near.filter(|m| fits(m)).max_by_key(|m| (score(m), m.sentence, std::cmp::Reverse(m.word)));
    top.map(|m| m.refs.clone()).unwrap_or_default()
}
