//! Whom descriptions without a name stand for: "the ministry", "the country", "both sides", "the statement".

use readout_actors::{Code, PartyClass};

use crate::arguments::preposition;
use crate::coreference::Seen;
use crate::scene::{Ref, Scene, Sentence};

/// A described party without a country: the same words or sector before, else the country the sentence is about.
pub(crate) fn described(
    scene: &Scene,
    s: &Sentence,
    w: usize,
    refs: Vec<Ref>,
    seen: &[Seen],
    home: Option<&str>,
) -> Vec<Ref> {
    let tree = s.tree;
    let head = tree.lemma(w).to_lowercase();
    let Some(sector) = refs.first().map(|r| r.code.sector().unwrap_or("").to_owned()) else { return refs };
    let indefinite = tree
        .children(w)
        .iter()
        .any(|&c| tree.rel(c) == "det" && matches!(tree.lemma(c), "a" | "an" | "any" | "no" | "another"));
    let fill = |country: &str| -> Vec<Ref> {
        refs.iter()
            .map(|r| Ref { code: r.code.with_country(country), inferred: Some("description"), ..r.clone() })
            .collect()
    };
    if let Some(p) = tree.child(w, "nmod:poss")
        && let Some(country) = scene
            .parties_at(s, p)
            .iter()
            .chain(seen.iter().rev().find(|m| m.sentence == s.index && m.word == p).iter().flat_map(|m| m.refs.iter()))
            .find_map(|r| r.code.country())
    {
        return fill(country);
    }
    let unnamed = refs.iter().all(|r| r.code == Code::unknown() && r.class == PartyClass::Person);
    // "The Foreign Ministry" and "Foreign Undersecretary X" are domestic; "foreign forces" are not.
    let office = tree.subtree(w).iter().any(|&i| {
        tree.lemma(i).eq_ignore_ascii_case("foreign")
            && tree.get(i + 1).is_some_and(|n| {
                scene.actors.role(&format!("foreign {}", n.lemma.to_lowercase())).is_some()
                    || n.form.starts_with(char::is_uppercase)
            })
    });
    let foreign = unnamed
        || tree.children(w).iter().any(|&c| {
            matches!(tree.lemma(c), "foreign" if !office)
                || matches!(
                    tree.lemma(c),
                    "other"
                        | "regional"
                        | "international"
                        | "western"
                        | "Western"
                        | "allied"
                        | "neighbouring"
                        | "neighboring"
                        | "Arab"
                        | "European"
                        | "African"
                        | "Asian"
                )
        });
    if foreign {
        return refs;
    }
    let known = |m: &&Seen| m.refs.iter().any(|r| r.code.country().is_some() || r.code.is_body());
    if !indefinite && let Some(m) = seen.iter().rev().filter(|m| m.head == head).find(known) {
        let words = refs.first().map_or(w..w + 1, |x| x.words.clone());
        return m
            .refs
            .iter()
            .map(|r| Ref { words: words.clone(), inferred: Some("description"), ..r.clone() })
            .collect();
    }
    if refs.iter().all(|r| matches!(r.class, PartyClass::Thing | PartyClass::Territory)) {
        return refs;
    }
    let same_sector = || {
        let found = seen.iter().rev().find(|m| {
            m.refs.iter().any(|r| {
                r.code.country().is_some() && r.code.sector() == Some(sector.as_str()) && r.class != PartyClass::State
            })
        });
        found.and_then(|m| m.refs.iter().find_map(|r| r.code.country().map(str::to_owned)))
    };
    // The state that the last sentences are about: their subject, else any state in them.
    let topic = || {
        let recent = || {
            seen.iter().rev().filter(|m| {
                s.index - m.sentence <= 2
                    && m.refs.iter().any(|r| r.class == PartyClass::State && r.code.country().is_some())
            })
        };
        let found = recent().find(|m| m.subject).or_else(|| recent().next());
        found.and_then(|m| m.refs.iter().find_map(|r| r.code.country().map(str::to_owned)))
    };
    // "Rebels in Chad", "militants near Kirkuk": the country of the place.
    let place = tree.children(w).iter().copied().filter(|&c| {
        tree.rel(c) == "nmod"
            && matches!(preposition(tree, c).as_str(), "in" | "near" | "of" | "from" | "inside" | "across" | "outside")
    });
    let place = place
        .filter_map(|c| s.mentions.iter().find(|m| m.words.contains(&c) && m.entity.kind.is_place()))
        .find_map(|m| m.entity.country.as_deref());
    if let Some(country) = place {
        return fill(country);
    }
    if matches!(head.as_str(), "government" | "regime")
        && !indefinite
        && let Some(country) = topic()
    {
        return fill(&country);
    }
    let fighting = matches!(sector.as_str(), "MIL" | "REB" | "CRM");
    let country = if fighting && !indefinite {
        same_sector().or_else(topic).or_else(|| home.map(str::to_owned))
    } else {
        home.map(str::to_owned).or_else(topic).or_else(same_sector)
    };
    country.map_or_else(|| refs.clone(), |c| fill(&c))
}

/// "The country", "both sides", "the group", "the statement": what a noun that names nobody points back to.
pub(crate) fn description(s: &Sentence, w: usize, lemma: &str, seen: &[Seen]) -> Vec<Ref> {
    let tree = s.tree;
    let definite = tree.children(w).iter().any(|&c| {
        tree.rel(c) == "det"
            && matches!(
                tree.lemma(c).to_lowercase().as_str(),
                "the" | "this" | "that" | "these" | "those" | "both" | "either" | "each" | "its"
            )
    });
    let two = tree
        .children(w)
        .iter()
        .any(|&c| matches!(tree.lemma(c).to_lowercase().as_str(), "two" | "both" | "either" | "neither" | "three"));
    let states = |n: usize| -> Vec<Ref> {
        let mut out: Vec<Ref> = Vec::new();
        for m in seen.iter().rev().filter(|m| s.index - m.sentence <= 6) {
            for r in &m.refs {
                let state = matches!(r.class, PartyClass::State)
                    || (r.code.sector() == Some("GOV") && r.code.country().is_some());
                if state && out.iter().all(|o| o.code.country() != r.code.country()) && out.len() < n {
                    out.insert(0, Ref { code: r.code.with_sector("GOV"), class: PartyClass::State, ..r.clone() });
                }
            }
        }
        out
    };
    match lemma {
        "country" | "side" | "nation" | "state" | "government" | "neighbour" | "neighbor" | "party" | "ally"
        | "power" | "leader" | "capital" | "delegation" | "minister" | "president"
            if two =>
        {
            states(2)
        }
        "country" | "nation" | "state" | "kingdom" | "republic" | "emirate" | "regime" if definite => {
            let state = |m: &&Seen| m.refs.len() == 1 && m.refs.iter().any(|r| r.class == PartyClass::State);
            let near = || seen.iter().rev().filter(|m| s.index - m.sentence <= 3).filter(state);
            near().find(|m| m.subject).or_else(|| near().next()).map(|m| m.refs.clone()).unwrap_or_else(|| states(1))
        }
        "group" | "organisation" | "organization" | "militia" | "movement" | "body" | "alliance" | "bloc" | "union"
        | "agency" | "newspaper" | "party" | "company" | "paper" | "outfit" | "faction" | "coalition"
            if definite =>
        {
            let class = |r: &Ref| match lemma {
                "agency" | "newspaper" | "paper" => r.class == PartyClass::Medium,
                _ => matches!(r.class, PartyClass::Group | PartyClass::Armed | PartyClass::Body) && r.row.is_some(),
            };
            seen.iter()
                .rev()
                .find(|m| m.refs.len() == 1 && m.refs.iter().any(class))
                .map(|m| m.refs.clone())
                .unwrap_or_default()
        }
        "enemy" | "opponent" | "rival" | "adversary" if definite || tree.rel(w) == "compound" => {
            // The other of the two last named, seen from whoever speaks or acts.
            let own = seen
                .iter()
                .rev()
                .find(|m| m.source || m.subject)
                .and_then(|m| m.refs.iter().find_map(|r| r.code.country().map(str::to_owned)));
            states(2).into_iter().rfind(|r| r.code.country() != own.as_deref()).into_iter().collect()
        }
        "statement" | "communique" | "communiqué" | "letter" | "declaration" | "announcement" | "report"
        | "broadcast" | "message" | "tweet" | "post" | "commentary" | "dispatch" | "list" => spoken_by(s, w, seen),
        _ => Vec::new(),
    }
}

/// Whose statement or report it is: its owner, the owner of one mentioned before, else the last source.
fn spoken_by(s: &Sentence, w: usize, seen: &[Seen]) -> Vec<Ref> {
    let tree = s.tree;
    let owner = tree
        .children(w)
        .iter()
        .copied()
        .filter(|&c| matches!(tree.rel(c), "nmod" | "compound" | "amod" | "acl"))
        .flat_map(|c| if tree.rel(c) == "acl" { tree.children_by(c, "obl").collect() } else { vec![c] });
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
