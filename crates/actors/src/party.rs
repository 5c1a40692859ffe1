//! What a noun phrase stands for, by its names, roles and modifiers.

use std::ops::Range;

use jiff::civil::Date;
use readout_syntax::Tree;

use crate::actors::Actors;
use crate::around::Around;
use crate::mentions::mention_at;
use crate::noun_phrase::{NounPhrase, is_plural};
use crate::{Code, EntityKind, Mention, RowId};

/// A party, as a noun phrase names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Its code; "---" stands for a country that the phrase does not tell.
    pub code: Code,
    /// Canonical name where the party is in the tables; the name as written for other persons and organisations.
    pub name: Option<String>,
    /// Words of the shortest phrase that names it: a full name without office, a bare surname with its title,
    /// descriptions from their article to the head or the complement that tells the country.
    pub words: Range<usize>,
    /// How it was told.
    pub how: How,
    /// What it is.
    pub class: PartyClass,
    /// Whether a person is out of office, or a state gone.
    pub former: bool,
    /// The table's row, for parties named.
    pub row: Option<RowId>,
}

/// How a party was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By a name of the tables.
    Named,
    /// By the surname of someone in office on that day; persons named earlier in the document go first.
    Surname,
    /// By role and country.
    Described,
    /// By office and day: the holder's name does not stand in the text.
    Inferred,
}

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyClass {
    /// A state or its capital.
    State,
    /// Who uses or commands force.
    Armed,
    /// One or several persons by office or name.
    Person,
    /// An organised group, party or company.
    Group,
    /// Inhabitants, crews, people at large.
    People,
    /// A thing that someone owns.
    Thing,
    /// A place.
    Territory,
    /// A news medium.
    Medium,
    /// A ministry, parliament or international body.
    Body,
}

impl Actors {
    /// The party that the noun phrase headed by word `head` stands for, without coreference; `None` for pronouns,
    /// phrases that only point back ("both countries") and heads that name no party. Where it names several ("U.S.
    /// and British troops"), the first of [`Actors::parties`].
    pub fn party(&self, tree: &Tree, mentions: &[Mention], head: usize, day: Option<Date>) -> Option<Party> {
        self.resolve(Around::new(tree, mentions, day), head)
    }

    /// All parties of a phrase whose coordinated modifiers name several countries; one for most phrases. Coordinated
    /// heads ("Iran and Russia") are separate phrases.
    pub fn parties(&self, tree: &Tree, mentions: &[Mention], head: usize, day: Option<Date>) -> Vec<Party> {
        let Some(first) = self.party(tree, mentions, head, day) else { return Vec::new() };
        let mut out = vec![first];
        let half = mention_at(mentions, head).and_then(|m| Some((m, m.words.start.checked_sub(2)?)));
        let half = half.filter(|(m, i)| {
            m.words.len() > 1
                && m.entity.kind == EntityKind::Country
                && tree.upos(i + 1) == "CCONJ"
                && tree.head(*i).is_some_and(|h| m.words.contains(&h))
        });
        if let Some(m) = half
            .and_then(|(_, i)| mention_at(mentions, i))
            .filter(|m| m.entity.kind == EntityKind::Country && m.words.len() == 1)
        {
            out.extend(
                self.named(Around::new(tree, mentions, day), &NounPhrase::at(tree, m.words.start), m)
                    .map(|p| Party { words: m.words.clone(), ..p }),
            );
            out.reverse();
            return out;
        }
        let described =
            out.first().is_some_and(|p| matches!(p.how, How::Described | How::Inferred) && p.code.country().is_some());
        if described {
            let np = NounPhrase::at(tree, head);
            let states: Vec<&Mention> = self
                .modifiers(tree, mentions, &np)
                .into_iter()
                .filter(|m| !m.weak && m.mention.entity.kind.is_state())
                .map(|m| m.mention)
                .collect();
            let joined = |a: &Mention, b: &Mention| {
                (a.words.end..b.words.start)
                    .any(|i| tree.upos(i) == "CCONJ" || tree.get(i).is_some_and(|w| w.form == ","))
            };
            for pair in states.windows(2) {
                let [a, b] = pair else { continue };
                let (Some(first), Some(country)) = (out.first(), b.entity.country.as_deref()) else { continue };
                if !joined(a, b) || out.iter().any(|p| p.code.country() == Some(country)) {
                    continue;
                }
                let code = Code::of(Some(country), first.code.sector().unwrap_or(""));
                let more = Party { code, name: None, how: How::Described, ..first.clone() };
                out.push(more);
            }
            // "U.S. and foreign forces": others of no one country.
            let foreign =
                |i: usize| tree.upos(i) == "ADJ" && self.composition.is("unowned", &tree.lemma(i).to_lowercase());
            let beside = states
                .last()
                .filter(|m| tree.upos(m.words.end) == "CCONJ" && m.words.end + 1 < head && foreign(m.words.end + 1));
            if let (Some(_), Some(first)) = (beside, out.first()) {
                let code = Code::of(None, first.code.sector().unwrap_or(""));
                out.push(Party { code, name: None, how: How::Described, ..first.clone() });
            }
        }
        self.add_owners(Around::new(tree, mentions, day), head, &mut out);
        out
    }

    /// "The presidents of Peru and Chile": one party for each of the owners that several persons or bodies have, the first of
    /// which is told.
    fn add_owners(&self, around: Around<'_>, head: usize, out: &mut Vec<Party>) {
        let Around { tree, .. } = around;
        let Some(first) = out.first().filter(|p| p.how != How::Named && is_plural(tree, head)).cloned() else { return };
        let np = NounPhrase::at(tree, head);
        let is_place = |p: &Party| matches!(p.class, PartyClass::State | PartyClass::Territory);
        let owns =
            |p: &Party| if is_place(p) { p.code.country() == first.code.country() } else { p.code == first.code };
        let of = np.after.iter().filter(|(prep, _)| self.composition.is("of", prep)).map(|(_, c)| *c);
        let owner = of.filter_map(|c| Some((c, self.resolve(around.deeper(), c)?))).find(|(_, p)| owns(p));
        let Some((owner, told)) = owner else { return };
        for c in tree.children_by(owner, "conj") {
            let Some(p) = self.resolve(around.deeper(), c).filter(|p| is_place(p) == is_place(&told)) else { continue };
            let code = match p.code.country() {
                Some(country) if is_place(&p) => Code::of(Some(country), first.code.sector().unwrap_or("")),
                _ if is_place(&p) => continue,
                _ => p.code.clone(),
            };
            if out.iter().all(|known| known.code != code) {
                let words = first.words.start..p.words.end.max(first.words.end);
                out.push(Party { code, words, row: None, name: None, how: How::Described, ..first.clone() });
            }
        }
    }

    pub(crate) fn resolve(&self, around: Around<'_>, head: usize) -> Option<Party> {
        let Around { tree, mentions, .. } = around;
        if around.is_too_deep()
            || !matches!(tree.upos(head), "NOUN" | "PROPN" | "ADJ" | "NUM" | "DET" | "X" | "SYM" | "PRON" | "VERB")
        {
            return None;
        }
        let np = NounPhrase::at(tree, head);
        let partitive = || self.partitive(around, &np);
        if matches!(tree.upos(head), "PRON" | "NUM" | "DET" | "SYM" | "VERB") && mention_at(mentions, head).is_none() {
            return if tree.upos(head) == "VERB" { None } else { partitive() };
        }
        if let Some(m) = mention_at(mentions, head) {
            // "U.S.-flagged": the country is part of an adjective.
            if m.entity.kind.is_state()
                && crate::noun_phrase::hyphened(tree, m.words.end)
                    .is_some_and(|second| self.composition.is("after", &second.to_lowercase()))
            {
                return None;
            }
            // "National Security Council": a longer role holds the shorter name.
            let proper = !m.entity.kind.is_place()
                && !matches!(m.entity.kind, EntityKind::Person | EntityKind::Adjective | EntityKind::Demonym);
            let within = proper
                && self
                    .role_around(tree, &np.words, head)
                    .is_some_and(|(r, _)| r.start < m.words.start && r.end >= m.words.end);
            if !within {
                return self.named(around, &np, m);
            }
        }
        if let Some(p) = self.flat_title(around, &np) {
            return Some(p);
        }
        if let Some(p) = self.unknown_person(around, &np) {
            return Some(p);
        }
        if let Some(p) = partitive() {
            return Some(p);
        }
        let found = self.described(around, &np)?;
        Some(self.second_office(around, &np, &found).unwrap_or(found))
    }

    /// "Oman's Crown Prince and Prime Minister X": the holder of the first office is who is named behind the second.
    fn second_office(&self, around: Around<'_>, np: &NounPhrase, found: &Party) -> Option<Party> {
        let Around { tree, mentions, .. } = around;
        if found.how != How::Inferred {
            return None;
        }
        let named = |c: &usize| {
            mention_at(mentions, *c)
                .is_some_and(|m| m.entity.kind == EntityKind::Person && Some(&m.entity.name) == found.name.as_ref())
        };
        let c = tree.children_by(np.head, "conj").find(named)?;
        self.resolve(around.deeper(), c)
    }

    /// A phrase whose head is a name of the tables.
    fn named(&self, around: Around<'_>, np: &NounPhrase, m: &Mention) -> Option<Party> {
        let Around { tree, mentions, .. } = around;
        let e = &m.entity;
        let article = |words: &Range<usize>| {
            let det = words
                .start
                .checked_sub(1)
                .filter(|&i| tree.upos(i) == "DET" && matches!(tree.lemma(i).to_lowercase().as_str(), "the"));
            det.unwrap_or(words.start)..words.end
        };
        let party = |class: PartyClass, words: Range<usize>| Party {
            code: e.code.clone(),
            name: Some(e.name.clone()),
            words,
            how: How::Named,
            class,
            former: e.former,
            row: Some(e.row),
        };
        Some(match e.kind {
            EntityKind::Person => return self.person(around, np, m),
            EntityKind::Country | EntityKind::Capital => {
                let stretch = e.kind == EntityKind::Country
                    && tree.children_by(np.head, "amod").any(|a| {
                        !m.words.contains(&a) && self.composition.is("compass", &tree.lemma(a).to_lowercase())
                    });
                if stretch {
                    Party {
                        code: e.code.with_sector(""),
                        ..party(PartyClass::Territory, article(&(np.words.start..m.words.end)))
                    }
                } else if let Some(p) = self.shared_head(around, np) {
                    Party {
                        code: e.code.with_sector(p.code.sector().unwrap_or("")),
                        name: None,
                        words: article(&m.words),
                        how: How::Described,
                        row: None,
                        ..p
                    }
                } else {
                    party(PartyClass::State, article(&m.words))
                }
            }
            EntityKind::Demonym | EntityKind::Adjective => {
                if let Some(p) = self.shared_head(around, np) {
                    return Some(Party {
                        code: e.code.with_sector(p.code.sector().unwrap_or("")),
                        words: article(&m.words),
                        ..p
                    });
                }
                // "The Iranians" are their government; "Iranians" and "two Iranians" are people.
                let all = tree.children_by(np.head, "det").any(|d| tree.lemma(d).eq_ignore_ascii_case("the"))
                    && tree.children_by(np.head, "nummod").next().is_none();
                let people = e.kind == EntityKind::Demonym && is_plural(tree, np.head) && !all;
                let code = if people { e.code.with_sector("CVL") } else { e.code.clone() };
                Party { name: None, how: How::Described, code, ..party(PartyClass::People, np.words.clone()) }
            }
            EntityKind::City | EntityKind::Region => party(PartyClass::Territory, article(&m.words)),
            EntityKind::Organisation | EntityKind::Body => {
                let class = if e.code.sector() == Some("MIL") { PartyClass::Armed } else { PartyClass::Body };
                party(class, article(&m.words))
            }
            EntityKind::Group => party(PartyClass::Armed, article(&m.words)),
            EntityKind::PoliticalParty => {
                // "Senate Democrats" sit in parliament.
                let chamber = |i: usize| {
                    let body = mention_at(mentions, i).is_some_and(|b| b.entity.code.sector() == Some("LEG"));
                    let role = self.role_of_word(tree, i).is_some_and(|r| r.sector == "LEG");
                    (body || role).then(|| "LEG".to_owned())
                };
                let sitting = || (np.words.start..m.words.start).find_map(chamber);
                let opposed = self.overrides(tree, np, m.words.start).or_else(sitting);
                let found = party(PartyClass::Group, article(&m.words));
                let other = self
                    .modifiers(tree, mentions, np)
                    .into_iter()
                    .find(|o| !o.weak && o.mention.entity.kind.is_state())
                    .and_then(|o| o.mention.entity.country.clone());
                // A namesake in another country, which the tables do not have.
                let found = match other {
                    Some(c) if e.country.as_ref() != Some(&c) => Party {
                        code: Code::of(Some(&c), "PTY"),
                        name: None,
                        how: How::Described,
                        row: None,
                        words: np.words.clone(),
                        ..found
                    },
                    _ => found,
                };
                Party { code: opposed.map_or_else(|| found.code.clone(), |s| found.code.with_sector(&s)), ..found }
            }
            EntityKind::Medium => party(PartyClass::Medium, article(&m.words)),
            EntityKind::Company if e.country.is_none() && e.code == Code::unknown() => return None,
            EntityKind::Company => party(PartyClass::Group, article(&m.words)),
        })
    }

    /// "U.S. and foreign forces": a state whose conjunct, without a determiner, is a role that both share.
    fn shared_head(&self, around: Around<'_>, np: &NounPhrase) -> Option<Party> {
        let tree = around.tree;
        let c = tree.children_by(np.head, "conj").find(|&c| {
            tree.upos(c) == "NOUN"
                && is_plural(tree, c)
                && tree.child(c, "det").is_none()
                && tree.child(c, "nmod:poss").is_none()
        })?;
        let modified = tree.children(c).iter().any(|&a| a < c && tree.rel(a) == "amod" && tree.lemma(a) != "other");
        self.role_of_word(tree, c).filter(|r| modified && !self.composition.is("state", &r.noun))?;
        self.described(around.deeper(), &NounPhrase::at(tree, c))
    }
}

/// The words of a name as written, with single spaces.
pub(crate) fn text(tree: &Tree, words: &Range<usize>) -> String {
    let mut out = String::new();
    for i in words.clone() {
        let Some(w) = tree.get(i) else { continue };
        let glued = i > words.start && tree.get(i - 1).is_some_and(|p| p.span.end == w.span.start);
        if !out.is_empty() && !glued {
            out.push(' ');
        }
        out.push_str(&w.form);
    }
    out
}
