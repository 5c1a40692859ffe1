//! What a noun phrase stands for, by its names, roles and modifiers.

use std::ops::Range;

use jiff::civil::Date;
use readout_syntax::{NameKind, Tree};

use crate::actors::Actors;
use crate::mentions::mention_at;
use crate::noun_phrase::{NounPhrase, is_plural};
use crate::owner::Owner;
use crate::{Code, EntityKind, Mention, Role, RoleKind, RowId};

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

/// Phrases within phrases are followed this deep.
const DEEPEST: usize = 4;

impl Actors {
    /// The party that the noun phrase headed by word `head` stands for, without coreference; `None` for pronouns,
    /// phrases that only point back ("both countries") and heads that name no party. Where it names several ("U.S.
    /// and British troops"), the first of [`Actors::parties`].
    pub fn party(&self, tree: &Tree, mentions: &[Mention], head: usize, day: Option<Date>) -> Option<Party> {
        self.resolve(tree, mentions, head, day, 0)
    }

    /// All parties of a phrase whose coordinated modifiers name several countries; one for most phrases. Coordinated
    /// heads ("Iran and Russia") are separate phrases.
    pub fn parties(&self, tree: &Tree, mentions: &[Mention], head: usize, day: Option<Date>) -> Vec<Party> {
        let Some(first) = self.party(tree, mentions, head, day) else { return Vec::new() };
        let mut out = vec![first];
        let described = out.first().is_some_and(|p| matches!(p.how, How::Described | How::Inferred) && p.code.country().is_some());
        if described {
            let np = NounPhrase::at(tree, head);
            let states: Vec<&Mention> = self.modifiers(tree, mentions, &np).into_iter().filter(|m| !m.weak && m.mention.entity.kind.is_state()).map(|m| m.mention).collect();
            let joined = |a: &Mention, b: &Mention| (a.words.end..b.words.start).any(|i| tree.upos(i) == "CCONJ" || tree.get(i).is_some_and(|w| w.form == ","));
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
        }
        out
    }

    pub(crate) fn resolve(&self, tree: &Tree, mentions: &[Mention], head: usize, day: Option<Date>, depth: usize) -> Option<Party> {
        if depth > DEEPEST || !matches!(tree.upos(head), "NOUN" | "PROPN" | "ADJ" | "NUM" | "DET" | "X" | "SYM" | "PRON" | "VERB") {
            return None;
        }
        let np = NounPhrase::at(tree, head);
        let partitive = || self.partitive(tree, mentions, &np, day, depth);
        if matches!(tree.upos(head), "PRON" | "NUM" | "DET" | "SYM" | "VERB") && mention_at(mentions, head).is_none() {
            return if tree.upos(head) == "VERB" { None } else { partitive() };
        }
        if let Some(m) = mention_at(mentions, head) {
            // "National Security Council": a longer role holds the shorter name.
            let proper = !m.entity.kind.is_place() && !matches!(m.entity.kind, EntityKind::Person | EntityKind::Adjective | EntityKind::Demonym);
            let within = proper && self.role_around(tree, &np.words, head).is_some_and(|(r, _)| r.start < m.words.start && r.end >= m.words.end);
            if !within {
                return self.named(tree, mentions, &np, m, day, depth);
            }
        }
        if let Some(p) = self.flat_title(tree, mentions, &np, day, depth) {
            return Some(p);
        }
        if let Some(p) = self.unknown_person(tree, mentions, &np, day, depth) {
            return Some(p);
        }
        if let Some(p) = partitive() {
            return Some(p);
        }
        self.described(tree, mentions, &np, day, depth)
    }

    /// A phrase whose head is a name of the tables.
    fn named(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, m: &Mention, day: Option<Date>, depth: usize) -> Option<Party> {
        let e = &m.entity;
        let article = |words: &Range<usize>| {
            let det = words.start.checked_sub(1).filter(|&i| tree.upos(i) == "DET" && matches!(tree.lemma(i).to_lowercase().as_str(), "the"));
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
            EntityKind::Person => return self.person(tree, mentions, np, m, day, depth),
            EntityKind::Country | EntityKind::Capital => {
                let stretch = e.kind == EntityKind::Country
                    && tree.children_by(np.head, "amod").any(|a| !m.words.contains(&a) && self.composition.is("compass", &tree.lemma(a).to_lowercase()));
                if stretch {
                    Party { code: e.code.with_sector(""), ..party(PartyClass::Territory, article(&(np.words.start..m.words.end))) }
                } else if let Some(p) = self.shared_head(tree, mentions, np, day, depth) {
                    Party { code: e.code.with_sector(p.code.sector().unwrap_or("")), name: None, words: article(&m.words), how: How::Described, row: None, ..p }
                } else {
                    party(PartyClass::State, article(&m.words))
                }
            }
            EntityKind::Demonym | EntityKind::Adjective => {
                if let Some(p) = self.shared_head(tree, mentions, np, day, depth) {
                    return Some(Party { code: e.code.with_sector(p.code.sector().unwrap_or("")), words: article(&m.words), ..p });
                }
                Party { name: None, how: How::Described, ..party(PartyClass::People, np.words.clone()) }
            }
            EntityKind::City | EntityKind::Region => party(PartyClass::Territory, article(&m.words)),
            EntityKind::Organisation | EntityKind::Body => {
                let class = if e.code.sector() == Some("MIL") { PartyClass::Armed } else { PartyClass::Body };
                party(class, article(&m.words))
            }
            EntityKind::Group => party(PartyClass::Armed, article(&m.words)),
            EntityKind::PoliticalParty => {
                let opposed = self.overrides(tree, np, m.words.start);
                let found = party(PartyClass::Group, article(&m.words));
                let other = self.modifiers(tree, mentions, np).into_iter().find(|o| !o.weak && o.mention.entity.kind.is_state()).and_then(|o| o.mention.entity.country.clone());
                // A namesake in another country, which the tables do not have.
                let found = match other {
                    Some(c) if e.country.as_ref() != Some(&c) => Party { code: Code::of(Some(&c), "PTY"), name: None, how: How::Described, row: None, words: np.words.clone(), ..found },
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
    fn shared_head(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, day: Option<Date>, depth: usize) -> Option<Party> {
        let c = tree.children_by(np.head, "conj").find(|&c| tree.upos(c) == "NOUN" && is_plural(tree, c) && tree.child(c, "det").is_none() && tree.child(c, "nmod:poss").is_none())?;
        let modified = tree.children(c).iter().any(|&a| a < c && tree.rel(a) == "amod" && tree.lemma(a) != "other");
        self.role_of_word(tree, c).filter(|r| modified && !self.composition.is("state", &r.noun))?;
        self.described(tree, mentions, &NounPhrase::at(tree, c), day, depth + 1)
    }

    /// Sector that a modifier before word `end` puts in the place of the head's ("opposition Labour Party").
    fn overrides(&self, tree: &Tree, np: &NounPhrase, end: usize) -> Option<String> {
        (np.words.start..end).find_map(|i| self.composition.get("override", &tree.lemma(i).to_lowercase()).map(str::to_owned))
    }

    fn person(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, m: &Mention, day: Option<Date>, depth: usize) -> Option<Party> {
        let e = &m.entity;
        let how = if m.by == crate::Match::Surname { How::Surname } else { How::Named };
        let words = self.name_words(tree, &m.words);
        let mut party = Party { code: e.code.clone(), name: Some(e.name.clone()), words, how, class: PartyClass::Person, former: e.former, row: Some(e.row) };
        let office = self.office_before(tree, mentions, np, m.words.start, day, depth);
        if let Some((code, role)) = office {
            let past = self.is_past(tree, np.words.start..m.words.start);
            let then = (np.words.start..m.words.start).any(|i| self.composition.is("then", &tree.lemma(i).to_lowercase()));
            let other = code.country().is_some() && e.country.as_deref().is_some_and(|c| code.country() != Some(c));
            if other {
                // Another person of that name: office and country beside it are evidence enough.
                party = Party { code, name: Some(text(tree, &m.words)), how: How::Described, former: past, row: None, ..party };
            } else if past {
                party.former = true;
            } else if then && !role.sector.is_empty() {
                party.code = e.code.with_sector(&role.sector);
                party.former = false;
            } else if e.code.sector() == Some("CVL") && !party.former && !role.sector.is_empty() {
                party.code = e.code.with_sector(&role.sector);
            }
        }
        if party.code.sector() == Some("MIL") {
            party.class = PartyClass::Armed;
        }
        Some(party)
    }

    /// Code and role of the office that stands before a name that starts at word `start`.
    fn office_before(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, start: usize, day: Option<Date>, depth: usize) -> Option<(Code, &Role)> {
        let (mut at, mut found) = (start, None);
        loop {
            let title = self.title_before(tree, at).map(|(n, _)| (n, self.title_role(tree, at - n..at)));
            let role = self.role_before(tree, at).map(|(n, r)| (n, Some(r)));
            let Some((n, role)) = [role, title].into_iter().flatten().max_by_key(|(n, _)| *n) else { break };
            found = role.map(|r| (at - n..at, r)).or(found);
            at -= n;
        }
        let (range, role) = found?;
        let inner = NounPhrase { head: range.end.saturating_sub(1), words: np.words.start.min(range.start)..range.end, after: Vec::new(), appositions: Vec::new() };
        let owner = self.owner(tree, mentions, &inner, &range, Some(role), day, depth);
        Some((self.code_of(&owner, role, tree, &inner), role))
    }

    /// Words to show for a name: with honorifics before a full name, with its title before a bare surname.
    fn name_words(&self, tree: &Tree, name: &Range<usize>) -> Range<usize> {
        let bare = name.clone().filter(|&i| tree.upos(i) != "PUNCT" && !self.composition.is("particle", &tree.get(i).map_or("", |w| w.form.as_str()).to_lowercase())).count() <= 1;
        let mut start = name.start;
        while let Some((n, courtesy)) = self.title_before(tree, start) {
            if !bare && !courtesy {
                break;
            }
            start -= n;
        }
        if bare
            && start == name.start
            && let Some((n, role)) = self.role_before(tree, start).filter(|(_, r)| r.has("title"))
            && tree.get(start - 1).is_some_and(|w| w.form.starts_with(char::is_uppercase))
            && role.kind == RoleKind::Person
        {
            start -= n;
        }
        start..name.end
    }

    fn is_past(&self, tree: &Tree, words: Range<usize>) -> bool {
        words.into_iter().any(|i| self.composition.is("past", &tree.lemma(i).to_lowercase()))
    }

    /// "Secretary-General Kofi Annan" read with the office as head and the name flat behind it.
    fn flat_title(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, day: Option<Date>, depth: usize) -> Option<Party> {
        let first = tree.children_by(np.head, "flat").find(|&c| c > np.head && tree.upos(c) == "PROPN")?;
        self.role_of_word(tree, np.head).filter(|r| r.kind == RoleKind::Person).or_else(|| self.title_role(tree, np.head..np.head + 1))?;
        if let Some(m) = mention_at(mentions, first).filter(|m| m.words.start >= np.head) {
            if m.entity.kind != EntityKind::Person {
                return None;
            }
            return self.person(tree, mentions, np, m, day, depth);
        }
        let mut start = first;
        while self.title_before(tree, start + 1).is_some_and(|(n, _)| n == 1) && start + 1 < np.words.end {
            start += 1;
        }
        self.person_unlisted(tree, mentions, np, start..np.words.end.max(start + 1), day, depth)
    }

    /// A name in no table, with the office before it or in apposition.
    fn unknown_person(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, day: Option<Date>, depth: usize) -> Option<Party> {
        if tree.upos(np.head) != "PROPN" {
            return None;
        }
        let listed = tree.name_at(np.head);
        if listed.is_some_and(|n| n.kind != NameKind::Person) {
            return None;
        }
        let start = listed.map_or(np.head, |n| n.words.start.max(np.words.start));
        let described = tree.children_by(np.head, "nmod:desc").next().is_some();
        let office = self.role_before(tree, start).is_some() || self.title_before(tree, start).is_some();
        let apposed = np.appositions.iter().any(|&a| self.role_of_word(tree, a).is_some_and(|r| r.kind == RoleKind::Person));
        let own_role = self.role_of_word(tree, np.head).is_some() && listed.is_none();
        if own_role || listed.is_none() && !described && !office && !apposed {
            return None;
        }
        let end = listed.map_or(np.words.end, |n| n.words.end.max(np.words.end));
        self.person_unlisted(tree, mentions, np, start..end, day, depth)
    }

    fn person_unlisted(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, name: Range<usize>, day: Option<Date>, depth: usize) -> Option<Party> {
        let past = self.is_past(tree, np.words.start..name.start);
        let before = self.office_before(tree, mentions, np, name.start, day, depth).map(|(code, role)| (code, role.has("armed")));
        let beside = || {
            np.appositions.iter().find_map(|&a| {
                let p = self.described(tree, mentions, &NounPhrase::at(tree, a), day, depth + 1)?;
                Some((p.code, p.class == PartyClass::Armed))
            })
        };
        let (code, armed) = before.or_else(beside).unwrap_or((Code::unknown(), false));
        let code = if past && code.country().is_some() { code.with_sector("CVL") } else { code };
        Some(Party {
            code,
            name: Some(text(tree, &name)),
            words: self.name_words(tree, &name),
            how: How::Described,
            class: if armed && !past { PartyClass::Armed } else { PartyClass::Person },
            former: past,
            row: None,
        })
    }

    /// "Dozens of rebels", "members of the council": what stands behind "of".
    fn partitive(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, day: Option<Date>, depth: usize) -> Option<Party> {
        let lemma = tree.lemma(np.head).to_lowercase();
        let quantity = matches!(tree.upos(np.head), "NUM" | "DET" | "PRON");
        if !quantity && !self.composition.is("partitive", &lemma) {
            return None;
        }
        let of = np.after.iter().find(|(p, _)| p == "of").map(|(_, c)| *c)?;
        let inner = self.resolve(tree, mentions, of, day, depth + 1)?;
        let class = match inner.class {
            PartyClass::State | PartyClass::Body | PartyClass::Territory | PartyClass::Group if !quantity => PartyClass::Person,
            c => c,
        };
        let whole_sector = inner.code.clone();
        Some(Party { code: self.override_code(tree, np, whole_sector), name: None, words: np.words.start..inner.words.end.max(np.words.end), how: How::Described, class, row: None, ..inner })
    }

    fn override_code(&self, tree: &Tree, np: &NounPhrase, code: Code) -> Code {
        self.overrides(tree, np, np.head).map_or(code.clone(), |s| code.with_sector(&s))
    }

    /// A description: role and owner.
    fn described(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase, day: Option<Date>, depth: usize) -> Option<Party> {
        let head = np.head;
        if tree.upos(head) == "PROPN" && self.inside_foreign_name(tree, mentions, head) {
            return self.unlisted_organisation(tree, np);
        }
        let found = self.role_around(tree, &np.words, head);
        if let Some(p) = self.points_back(tree, mentions, np) {
            return p;
        }
        let (range, role) = match found {
            Some((r, role)) => (r, Some(role)),
            None => (head..head + 1, None),
        };
        let owner = self.owner(tree, mentions, np, &range, role, day, depth);
        let end = np.words.end.max(range.end).max(owner.end.unwrap_or(0));
        let words = np.words.start.min(range.start)..end;
        let Some(role) = role else {
            return self.plain_thing(tree, np, &owner, words);
        };
        let code = self.code_of(&owner, role, tree, np);
        let past = self.is_past(tree, np.words.start..head) && role.kind == RoleKind::Person;
        let code = if past && code.country().is_some() && code.sector() == Some("GOV") { code.with_sector("CVL") } else { code };
        let class = class_of(role, &code);
        let mut party = Party { code, name: None, words, how: How::Described, class, former: past, row: None };
        let of_state = !owner.of_town && owner.body.as_ref().is_none_or(|b| b.code.is_body());
        if of_state && !past && role.kind == RoleKind::Person && !is_plural(tree, head) && !indefinite(tree, np) {
            let base = party.code.country().map(str::to_owned).or_else(|| party.code.is_body().then(|| party.code.to_string()));
            if let Some(p) = base.zip(day).and_then(|(b, d)| self.holder(&b, &role.noun, d)) {
                party.name = Some(p.name.clone());
                party.how = How::Inferred;
            }
        }
        Some(party)
    }

    /// Phrases that name no one by themselves: `Some(None)` for "both countries", states unnamed for "Gulf states".
    fn points_back(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase) -> Option<Option<Party>> {
        let lemma = tree.lemma(np.head).to_lowercase();
        if !self.composition.is("state", &lemma) {
            return None;
        }
        let counted = np.words.clone().chain(tree.children(np.head).iter().copied()).any(|i| i != np.head && self.composition.is("count", &tree.lemma(i).to_lowercase()));
        let named = np.words.clone().any(|i| mention_at(mentions, i).is_some());
        (counted && !named).then_some(None)
    }

    /// A common noun that is no role: a thing of its owner's.
    fn plain_thing(&self, tree: &Tree, np: &NounPhrase, owner: &Owner, words: Range<usize>) -> Option<Party> {
        if tree.upos(np.head) == "PROPN" {
            return self.unlisted_organisation(tree, np);
        }
        if tree.upos(np.head) != "NOUN" {
            return None;
        }
        if let Some(sector) = self.by_suffix(&tree.lemma(np.head).to_lowercase()) {
            let code = Code::of(owner.country.as_deref(), sector);
            return Some(Party { code, name: None, words, how: How::Described, class: PartyClass::People, former: false, row: None });
        }
        let code = match (&owner.body, &owner.country) {
            (Some(b), _) if b.kind == EntityKind::Group || b.code.is_body() => b.code.clone(),
            (Some(b), _) => Code::of(b.country.as_deref(), ""),
            (None, Some(c)) => Code::of(Some(c), ""),
            (None, None) => return None,
        };
        Some(Party { code, name: None, words, how: How::Described, class: PartyClass::Thing, former: false, row: None })
    }

    /// Sector of nouns in no table whose ending makes them persons ("-ologist").
    fn by_suffix(&self, noun: &str) -> Option<&str> {
        // Endings of three to seven letters, behind at least three others.
        (3..=7).rev().filter_map(|n| noun.len().checked_sub(n).filter(|k| *k >= 3)).find_map(|k| self.composition.get("suffix", noun.get(k..)?))
    }

    /// Whether word `i` lies in a longer name of an organisation whose head is no role.
    fn inside_foreign_name(&self, tree: &Tree, mentions: &[Mention], i: usize) -> bool {
        let Some(name) = tree.name_at(i).filter(|n| n.kind == NameKind::Organisation && n.words.len() > 1) else { return false };
        self.role_around(tree, &name.words, i).is_none() && mention_at(mentions, i).is_none()
    }

    /// An organisation in no table, by the last word of its name that tells what it is.
    fn unlisted_organisation(&self, tree: &Tree, np: &NounPhrase) -> Option<Party> {
        let name = tree.name_at(np.head).filter(|n| n.kind == NameKind::Organisation)?;
        let word = |i: usize| tree.get(i).map_or(String::new(), |w| w.form.trim_end_matches('.').to_lowercase());
        let sector = name.words.clone().rev().find_map(|i| self.composition.get("orghead", &word(i)))?;
        let words = name.words.start.max(np.words.start)..name.words.end;
        let class = match sector {
            "MIL" | "REB" => PartyClass::Armed,
            "GOV" | "LEG" | "JUD" => PartyClass::Body,
            "MED" => PartyClass::Medium,
            _ => PartyClass::Group,
        };
        let code = Code::of(None, sector);
        Some(Party { code, name: Some(text(tree, &words)), words, how: How::Described, class, former: false, row: None })
    }

    /// Code of a role with its owner.
    fn code_of(&self, owner: &Owner, role: &Role, tree: &Tree, np: &NounPhrase) -> Code {
        let sector = self.overrides(tree, np, np.head + 1).filter(|_| !role.sector.is_empty() && role.kind != RoleKind::Thing);
        let weak = role.has("weak");
        let own = if weak { owner.sector.as_deref().unwrap_or(&role.sector) } else { &role.sector };
        let sector = sector.as_deref().unwrap_or(own);
        match &owner.body {
            Some(b) if b.code.is_body() => b.code.clone(),
            Some(b) if role.kind == RoleKind::Thing => if b.kind == EntityKind::Group { b.code.clone() } else { Code::of(b.country.as_deref(), sector) },
            Some(b) if b.kind == EntityKind::PoliticalParty && role.sector == "GOV" && !weak => b.code.with_sector("GOV"),
            Some(b) if b.kind == EntityKind::Body && !weak && matches!(role.sector.as_str(), "MIL" | "COP" | "JUD" | "LEG" | "BUS" | "CVL") => b.code.with_sector(sector),
            Some(b) if b.kind == EntityKind::Person => Code::of(b.country.as_deref(), sector),
            Some(b) => b.code.clone(),
            None => Code::of(owner.country.as_deref(), sector),
        }
    }
}

fn class_of(role: &Role, code: &Code) -> PartyClass {
    match role.kind {
        RoleKind::Thing => PartyClass::Thing,
        _ if role.has("armed") || matches!(code.sector(), Some("MIL" | "REB")) => PartyClass::Armed,
        RoleKind::Person if role.sector == "CVL" && !role.has("title") => PartyClass::People,
        RoleKind::Person => PartyClass::Person,
        RoleKind::Group if role.sector == "CVL" => PartyClass::People,
        RoleKind::Group if role.sector == "GOV" => PartyClass::State,
        RoleKind::Group => PartyClass::Group,
        RoleKind::Body | RoleKind::Office if role.sector == "MED" => PartyClass::Medium,
        RoleKind::Body if role.sector == "BUS" || role.sector == "PTY" => PartyClass::Group,
        RoleKind::Body | RoleKind::Office => PartyClass::Body,
    }
}

fn indefinite(tree: &Tree, np: &NounPhrase) -> bool {
    np.words.clone().any(|i| tree.rel(i) == "det" && matches!(tree.lemma(i).to_lowercase().as_str(), "a" | "an" | "another" | "any" | "each" | "every" | "no"))
}

/// The words of a name as written, with single spaces.
fn text(tree: &Tree, words: &Range<usize>) -> String {
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
