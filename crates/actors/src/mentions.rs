//! Names of the tables in a sentence.

use std::ops::Range;

use jiff::civil::Date;
use readout_syntax::{NameKind, Tree};

use crate::actors::Actors;
use crate::index::hash;
use crate::phrases::{Atom, Entry, atoms, fold};
use crate::rows::{RowId, Table};
use crate::surnames::Beside;
use crate::{Code, Entity, EntityKind, Match, Mention, Person};

/// Cities with fewer inhabitants give way to a person of that name in office.
const BIG_CITY: u32 = 1_000_000;

/// One-word names of cities with at least as many inhabitants need nothing beside them to count.
const TOWN_BY_SIZE: u32 = 300_000;

/// Towns in an organisation's name need as many.
const TOWN_IN_ORGANISATION: u32 = 100_000;

/// Full names of persons who were far from office count only within this many days.
const OBSCURE_DAYS: i64 = 5 * 366;

/// Added to the distance from office for persons of dependent territories.
const DEPENDENT_DAYS: u32 = 40_000;

/// Names of organisations and groups do not count more than this many days before they began.
const UNBORN_DAYS: i64 = 366;

impl Actors {
    /// All names of the tables in a sentence: the longest where several start at a word, none overlapping, from left
    /// to right; then surnames of those in office on `day`. Time grows with the number of words.
    pub fn mentions(&self, tree: &Tree, day: Option<Date>) -> Vec<Mention> {
        let (atoms, shout) = atoms(tree);
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(first) = atoms.get(at) {
            let found = if first.first { self.longest(tree, &atoms, at, shout, day) } else { None };
            at += found.as_ref().map_or(1, |(n, _)| *n);
            out.extend(found.map(|(_, m)| m));
        }
        self.not_places(&atoms, &mut out);
        out.retain(|m| !self.inside_a_name(tree, m));
        self.halves_of_names(tree, day, &mut out);
        self.surname_mentions(tree, &atoms, shout, day, &mut out);
        self.towns_of_states(tree, &mut out);
        self.parties_of_states(tree, day, &mut out);
        out
    }

    fn longest<'a>(
        &'a self,
        tree: &Tree,
        atoms: &[Atom],
        at: usize,
        shout: bool,
        day: Option<Date>,
    ) -> Option<(usize, Mention)> {
        let (names, towns) = (self.phrases.at(atoms, at), self.towns.at(atoms, at));
        let longest = names.iter().chain(&towns).map(|(n, _)| *n).max()?;
        (1..=longest).rev().find_map(|n| {
            let of = |list: &[(usize, &'a [Entry])]| list.iter().find(|(k, _)| *k == n).map_or(&[][..], |(_, e)| *e);
            let entries = || of(&names).iter().chain(of(&towns));
            let name = atoms.get(at..at + n)?;
            let article = n > 1 && name.first()?.key == "the";
            let words = name.get(usize::from(article))?.word..name.last()?.word + 1;
            let best = entries()
                .filter(|e| e.fits(name, shout, tree) && self.admits(tree, e, &words, n, day))
                .filter_map(|e| self.order(e, day).map(|o| (o, e)))
                .min_by_key(|(o, _)| *o)?
                .1;
            let kind = self.as_used(tree, best.kind, &words, of(&names), best.row);
            Some((n, Mention { entity: self.entity(best.row, kind, day)?, words, by: Match::Name }))
        })
    }

    /// Lower comes first: what exists on the day, by kind, bigger places, table order.
    fn order(&self, e: &Entry, day: Option<Date>) -> Option<(bool, u8, u32, u32)> {
        let index = e.row.index as usize;
        let (gone, size) = match e.row.table {
            Table::Country => (!self.countries.get(index)?.existed.holds(day), 0),
            Table::Person => {
                let p = self.persons.get(index)?;
                // Heads of dependent territories are those of the state they belong to.
                let dependent = self.country(&p.base).is_some_and(|c| c.cow.is_none());
                (
                    day.is_some() && p.term(day).is_none(),
                    self.far(index, day).saturating_add(if dependent { DEPENDENT_DAYS } else { 0 }),
                )
            }
            Table::Named => (!self.named.get(index)?.codes.iter().any(|(held, _)| held.holds(day)), 0),
            Table::Place => (false, u32::MAX - self.places.get(index)?.population),
            Table::Medium => (false, 0),
            Table::NotPlace => (true, 0),
        };
        Some((gone, e.kind.rank(), size, e.row.index))
    }

    fn far(&self, person: usize, day: Option<Date>) -> u32 {
        let p = self.persons.get(person);
        day.and_then(|d| p?.distance(d)).map_or(0, |d| u32::try_from(d.abs()).unwrap_or(u32::MAX))
    }

    /// Whether the words may be that name: cities must be tagged as names, obscure persons be near their office.
    fn admits(&self, tree: &Tree, e: &Entry, words: &Range<usize>, atoms: usize, day: Option<Date>) -> bool {
        match e.kind {
            EntityKind::City if atoms == 1 => tree.upos(words.start) == "PROPN" && self.is_town(tree, e, words),
            // "The National Unity Party" is not the paper called "The National".
            EntityKind::Medium if atoms <= 2 && modifies_a_name(tree, words.end.saturating_sub(1)) => false,
            // Nor is "the Australian dairy industry" the paper called "The Australian".
            EntityKind::Medium if atoms <= 2 && is_attribute(tree, words.end.saturating_sub(1)) => false,
            // "Fiat SpA" is a firm, and no news from the agency SPA.
            EntityKind::Medium if atoms == 1 && self.is_legal_form(tree, words.start) => false,
            EntityKind::Company | EntityKind::Medium if atoms == 1 => tree.upos(words.start) == "PROPN",
            _ if e.row.table == Table::Named => {
                let begins = |held: &crate::Interval| day.is_none_or(|d| held.distance(d) <= UNBORN_DAYS);
                self.named.get(e.row.index as usize).is_some_and(|n| n.codes.iter().any(|(held, _)| begins(held)))
            }
            EntityKind::Person => {
                let Some(p) = self.persons.get(e.row.index as usize) else { return false };
                p.terms.iter().any(|t| t.head)
                    || day.and_then(|d| p.distance(d)).is_none_or(|d| d.abs() <= OBSCURE_DAYS)
            }
            _ => true,
        }
    }

    /// Whether word `i` tells what kind of firm a name is: a word that heads organisations' names, not written as an acronym.
    fn is_legal_form(&self, tree: &Tree, i: usize) -> bool {
        let form = tree.get(i).map_or("", |w| &w.form);
        i > 0 && form.chars().any(char::is_lowercase) && self.composition.is("orghead", &fold(form))
    }

    /// Whether a one-word name is a town's: by its size, by the reader's names, or by what stands beside it.
    fn is_town(&self, tree: &Tree, e: &Entry, words: &Range<usize>) -> bool {
        let at_least = |n: u32| self.places.get(e.row.index as usize).is_some_and(|p| p.population >= n);
        let big = at_least(TOWN_BY_SIZE);
        if let Some(name) = tree.name_at(words.start) {
            // "Union" for a union: small towns are no part of an organisation's name.
            return name.kind == NameKind::Place
                || name.kind == NameKind::Organisation && at_least(TOWN_IN_ORGANISATION);
        }
        let form = tree.get(words.start).map_or(String::new(), |w| fold(&w.form));
        if self.composition.is("notown", &form) {
            return false;
        }
        let comma = tree.get(words.end).is_some_and(|w| w.form == ",")
            && tree.get(words.end + 1).is_some_and(|w| &*w.upos == "PROPN");
        let surname = self.given_names.contains(&hash(&form)) || !self.surnames.get(hash(&form)).is_empty();
        big || !surname && self.located(tree, words.start) || comma && tree.head(words.end + 1) == Some(words.start)
    }

    /// Whether a preposition before it makes word `i` a place.
    /// Whether word `i` stands as a place does: "in Santos", "the port of Santos".
    fn located(&self, tree: &Tree, i: usize) -> bool {
        let settled = || tree.head(i).is_some_and(|h| self.composition.is("settlement", &tree.lemma(h).to_lowercase()));
        let locates = |c: usize| {
            let preposition = tree.lemma(c).to_lowercase();
            self.composition.is("locative", &preposition) || preposition == "of" && settled()
        };
        tree.children_by(i, "case").any(|c| c < i && locates(c))
    }

    /// Adjective or noun, by how the word is used.
    fn as_used(
        &self,
        tree: &Tree,
        kind: EntityKind,
        words: &Range<usize>,
        entries: &[Entry],
        row: RowId,
    ) -> EntityKind {
        if !matches!(kind, EntityKind::Demonym | EntityKind::Adjective) {
            return kind;
        }
        let has = |k: EntityKind| entries.iter().any(|e| e.kind == k && e.row == row);
        let last = words.end.saturating_sub(1);
        let modifies = matches!(tree.rel(last), "amod" | "compound" | "flat")
            || matches!(tree.deprel(last), "nmod:desc" | "obl:unmarked");
        match (has(EntityKind::Demonym), has(EntityKind::Adjective)) {
            (true, false) => EntityKind::Demonym,
            (_, true) if modifies || tree.upos(last) == "ADJ" && tree.rel(last) == "conj" => EntityKind::Adjective,
            _ => EntityKind::Demonym,
        }
    }

    /// The entity of a row on `day`.
    pub(crate) fn entity(&self, row: RowId, kind: EntityKind, day: Option<Date>) -> Option<Entity> {
        let index = row.index as usize;
        let over = |held: &crate::Interval| day.is_some_and(|d| held.distance(d) < 0);
        Some(match row.table {
            Table::Country => {
                let c = self.countries.get(index)?;
                let first = self.country_rows.get(&c.iso3)?.first()?;
                let former = over(&c.existed)
                    && self
                        .country_rows
                        .get(&c.iso3)?
                        .iter()
                        .all(|&r| self.countries.get(r as usize).is_some_and(|c| over(&c.existed)));
                Entity {
                    kind,
                    name: c.name.clone(),
                    code: Code::of(Some(&c.iso3), "GOV"),
                    country: Some(c.iso3.clone()),
                    former,
                    row: RowId { table: Table::Country, index: *first },
                }
            }
            Table::Person => {
                let p: &Person = self.persons.get(index)?;
                let standing = p.standing(day);
                Entity {
                    kind,
                    name: p.name.clone(),
                    code: standing.code,
                    country: p.country().map(str::to_owned),
                    former: standing.former,
                    row,
                }
            }
            Table::Named => {
                let n = self.named.get(index)?;
                let held = n.codes.iter().find(|(held, _)| held.holds(day));
                let nearest = || n.codes.iter().min_by_key(|(held, _)| day.map_or(0, |d| held.distance(d).abs()));
                let (_, code) = held.or_else(nearest)?;
                let code = if kind == EntityKind::PoliticalParty && (n.never_governed || !n.governed.is_empty()) {
                    code.with_sector(if n.governed.iter().any(|g| g.holds(day)) { "GOV" } else { "OPP" })
                } else {
                    code.clone()
                };
                let code = match code.country() {
                    Some(c) if self.state_of_the_day(c, day) != c => {
                        Code::of(Some(self.state_of_the_day(c, day)), code.sector().unwrap_or(""))
                    }
                    _ => code,
                };
                let former = held.is_none() && n.codes.iter().all(|(held, _)| over(held));
                Entity { kind, name: n.name.clone(), country: code.country().map(str::to_owned), code, former, row }
            }
            Table::Place => {
                let p = self.places.get(index)?;
                let country =
                    (p.iso3.len() == 3 && p.iso3 != "---").then(|| self.state_of_the_day(&p.iso3, day).to_owned());
                Entity {
                    kind,
                    name: p.name.clone(),
                    code: Code::of(country.as_deref(), ""),
                    country,
                    former: false,
                    row,
                }
            }
            Table::Medium => {
                let m = self.media.get(index)?;
                let code = Code::of((m.iso3.len() == 3).then(|| self.state_of_the_day(&m.iso3, day)), "MED");
                Entity {
                    kind,
                    name: m.name.clone(),
                    country: code.country().map(str::to_owned),
                    code,
                    former: false,
                    row,
                }
            }
            Table::NotPlace => {
                Entity { kind, name: String::new(), code: Code::unknown(), country: None, former: false, row }
            }
        })
    }

    /// Turns places that stand in a pattern ("X Street") into what they are.
    fn not_places(&self, atoms: &[Atom], out: &mut Vec<Mention>) {
        for m in out.iter_mut() {
            if !(m.entity.kind.is_place() || m.entity.kind == EntityKind::Adjective) {
                continue;
            }
            let from = atoms.partition_point(|a| a.word < m.words.start);
            let to = atoms.partition_point(|a| a.word < m.words.end);
            let beside = [to.checked_sub(0).and_then(|i| atoms.get(i)), from.checked_sub(1).and_then(|i| atoms.get(i))];
            let patterns = beside.into_iter().flatten().filter_map(|a| self.not_places.by_word.get(&a.key)).flatten();
            let fits = |pattern: &[(String, bool)], at: Option<usize>| {
                let Some(at) = at else { return pattern.is_empty() };
                let found = atoms.get(at..at + pattern.len());
                found.is_some_and(|f| f.iter().zip(pattern).all(|(a, (k, cap))| a.key == *k && (!cap || a.capital)))
            };
            let found = patterns.filter_map(|&i| Some((i, self.not_places.patterns.get(i as usize)?))).find(
                |(_, (before, after))| {
                    fits(after, Some(to)) && (before.is_empty() || fits(before, from.checked_sub(before.len())))
                },
            );
            if let Some((index, (before, after))) = found {
                let start = from.checked_sub(before.len()).and_then(|i| atoms.get(i)).map_or(m.words.start, |a| a.word);
                let end =
                    (to + after.len()).checked_sub(1).and_then(|i| atoms.get(i)).map_or(m.words.end, |a| a.word + 1);
                m.words = start..end.max(m.words.end);
                let row = RowId { table: Table::NotPlace, index };
                m.entity = Entity {
                    kind: EntityKind::Company,
                    name: String::new(),
                    code: Code::unknown(),
                    country: None,
                    former: false,
                    row,
                };
            }
        }
        // What a pattern has swallowed goes.
        let mut kept: Vec<Mention> = Vec::with_capacity(out.len());
        for m in out.drain(..) {
            let pattern = m.entity.row.table == Table::NotPlace;
            while pattern && kept.last().is_some_and(|k| k.words.end > m.words.start) {
                kept.pop();
            }
            if kept.last().is_none_or(|k| k.words.end <= m.words.start) {
                kept.push(m);
            }
        }
        *out = kept;
    }

    /// Whether a place's name is part of a person's ("Jordan Smith", "Jack London").
    fn inside_a_name(&self, tree: &Tree, m: &Mention) -> bool {
        let kind = m.entity.kind;
        if matches!(kind, EntityKind::Person | EntityKind::Adjective | EntityKind::Demonym) || m.words.len() > 1 {
            return false;
        }
        let w = m.words.start;
        if let Some(name) = tree.name_at(w) {
            let longer = name.words.len() > 1;
            return name.kind == NameKind::Person && (longer || kind == EntityKind::City) && name.words != m.words;
        }
        let proper =
            |i: usize| tree.upos(i) == "PROPN" && self.role_of_word(tree, i).is_none() && !self.is_title(tree, i);
        let follows = tree.deprel(w) == "flat" && tree.head(w).is_some_and(proper);
        let leads = tree.children_by(w, "flat").any(proper);
        follows || leads
    }

    /// Surnames of persons in office, where no longer name stands.
    fn surname_mentions(&self, tree: &Tree, atoms: &[Atom], shout: bool, day: Option<Date>, out: &mut Vec<Mention>) {
        let mut at = 0;
        while let Some(a) = atoms.get(at) {
            // "MoI" is no Moi.
            let acronym = a.all_caps && a.key.len() <= 4 && !shout;
            let found = if a.first { self.surname_at(tree, atoms, at, day, out) } else { None };
            let found = found.filter(|(_, m)| !acronym || self.is_alias_as_written(tree, m));
            let Some((n, m)) = found else {
                at += 1;
                continue;
            };
            let first = out.partition_point(|o| o.words.end <= m.words.start);
            let last = out.partition_point(|o| o.words.start < m.words.end).max(first);
            out.splice(first..last, [m]);
            at += n;
        }
    }

    /// "MBS": letters in capitals that a person is known by.
    fn is_alias_as_written(&self, tree: &Tree, m: &Mention) -> bool {
        let form = tree.get(m.words.start).map_or("", |w| w.form.as_str());
        self.person_of(m.entity.row).is_some_and(|p| p.aliases.iter().any(|a| a == form))
    }

    fn surname_at(
        &self,
        tree: &Tree,
        atoms: &[Atom],
        at: usize,
        day: Option<Date>,
        out: &[Mention],
    ) -> Option<(usize, Mention)> {
        // Three atoms hold most surnames with particles ("de Cuellar", "al Assad").
        (1..=3).rev().find_map(|n| {
            let name = atoms.get(at..at + n)?;
            let last = name.last()?;
            if !last.last || !last.capital || tree.upos(last.word) != "PROPN" {
                return None;
            }
            // "Sen. X" is no Mr Sen.
            if n == 1 && self.is_title(tree, last.word) && tree.upos(last.word + 1) == "PROPN" {
                return None;
            }
            let key = name.iter().map(|a| a.key.as_str()).collect::<Vec<_>>().join(" ");
            if self.surnames.get(hash(&key)).is_empty() {
                return None;
            }
            let words = name.first()?.word..last.word + 1;
            let over =
                out.get(out.partition_point(|m| m.words.end <= words.start)).filter(|m| m.words.start < words.end);
            let start = if over.is_some() { words.start } else { self.back_over_particles(tree, words.start) };
            let beside = self.beside(tree, out, start);
            let titled = beside.title.is_some() || beside.courtesy;
            if let Some(m) = over {
                let small = m.entity.kind == EntityKind::City
                    && self.places.get(m.entity.row.index as usize).is_some_and(|p| p.population < BIG_CITY);
                if m.words != words
                    || !(m.entity.kind.is_place() && titled || small && !self.located(tree, words.start))
                {
                    return None;
                }
            }
            // A given name before it, or a name after it, makes it someone else's.
            let alone = |i: usize| {
                tree.upos(i) == "PROPN" && tree.get(i).is_some_and(|w| w.form.starts_with(char::is_uppercase))
            };
            let initial = beside.initial.is_some();
            if !titled && !initial && start.checked_sub(1).is_some_and(|i| alone(i) && mention_at(out, i).is_none()) {
                return None;
            }
            if alone(words.end)
                && (tree.rel(words.end) == "flat"
                    || tree.head(words.start) == Some(words.end) && tree.rel(words.start) == "compound")
                && self.role_of_word(tree, words.end).is_none()
            {
                return None;
            }
            if tree.name_at(words.start).is_some_and(|n| n.kind == NameKind::Person && n.words.end > words.end) {
                return None;
            }
            let person = self.by_surname(&key, &beside, day)?;
            let row = RowId { table: Table::Person, index: person };
            let mut entity = self.entity(row, EntityKind::Person, day)?;
            entity.former |= beside.past;
            let by = if titled { Match::TitledSurname } else { Match::Surname };
            Some((n, Mention { words: beside.start..words.end, entity, by }))
        })
    }

    fn back_over_particles(&self, tree: &Tree, mut start: usize) -> usize {
        while let Some(i) = start.checked_sub(1) {
            let form = tree.get(i).map_or("", |w| w.form.as_str());
            let hyphen = form == "-"
                && i > 0
                && self.composition.is("particle", &tree.get(i - 1).map_or("", |w| w.form.as_str()).to_lowercase());
            if !(hyphen || self.composition.is("particle", &form.to_lowercase()) && tree.upos(i) == "PROPN") {
                break;
            }
            start = i;
        }
        start
    }

    /// Title, country and initial that stand before the name that starts at word `start`.
    fn beside(&self, tree: &Tree, out: &[Mention], start: usize) -> Beside {
        let mut beside = Beside::default();
        let mut at = start;
        let form = |i: usize| tree.get(i).map_or("", |w| w.form.as_str());
        while let Some(i) = at.checked_sub(1) {
            let mut letters = form(i).chars().filter(|c| *c != '.');
            let (Some(c), None) = (letters.next(), letters.next()) else { break };
            if !c.is_uppercase() {
                break;
            }
            beside.initial = Some(c.to_ascii_lowercase());
            at = i;
        }
        beside.start = at;
        let mut from = None;
        if let Some((n, courtesy)) = self.title_before(tree, at) {
            beside.courtesy = courtesy;
            if !courtesy {
                beside.title = self.title_role(tree, at - n..at).map(|r| r.noun.clone());
            }
            at -= n;
            from = Some(at);
        }
        if let Some((n, role)) = self.role_before(tree, at) {
            beside.title = Some(role.noun.clone());
            at -= n;
            from = Some(at);
        }
        if from.is_some() {
            let before = |at: usize| {
                at.checked_sub(1)
                    .and_then(|i| mention_at(out, i))
                    .filter(|m| m.words.end == at && m.entity.kind.is_state())
            };
            beside.country = at.checked_sub(1).and_then(|i| {
                let i = if form(i).starts_with(['\'', '’']) { i } else { at };
                before(i).and_then(|m| m.entity.country.clone())
            });
        }
        beside.past = at.checked_sub(1).is_some_and(|i| {
            let i = if form(i) == "-" { i.saturating_sub(1) } else { i };
            self.composition.is("past", &form(i).to_lowercase())
                || i > 0 && self.composition.is("past", &form(i - 1).to_lowercase()) && beside.country.is_some()
        });
        beside
    }

    /// "North and South Korea": the first is a country that takes the rest of its name from the second.
    fn halves_of_names(&self, tree: &Tree, day: Option<Date>, out: &mut Vec<Mention>) {
        let mut halves = Vec::new();
        for m in out.iter().filter(|m| m.words.len() > 1 && m.entity.kind == EntityKind::Country) {
            let Some(half) = m.words.start.checked_sub(2).filter(|&i| {
                tree.upos(i + 1) == "CCONJ"
                    && matches!(tree.upos(i), "PROPN" | "ADJ" | "NOUN")
                    && mention_at(out, i).is_none()
            }) else {
                continue;
            };
            let words = std::iter::once(half)
                .chain(m.words.start + 1..m.words.end)
                .map(|i| tree.get(i).map_or("", |w| w.form.as_str()));
            let name = words.collect::<Vec<_>>().join(" ");
            let rows = self
                .phrases
                .exact(&name)
                .iter()
                .filter(|e| e.kind == EntityKind::Country)
                .filter_map(|e| self.order(e, day).map(|o| (o, e)));
            let Some((_, row)) = rows.min_by_key(|(o, _)| *o) else { continue };
            halves.extend(self.entity(row.row, EntityKind::Country, day).map(|entity| Mention {
                words: half..half + 1,
                entity,
                by: Match::Name,
            }));
        }
        for m in halves {
            out.insert(out.partition_point(|o| o.words.start < m.words.start), m);
        }
    }

    /// A party's name that several countries share belongs to one that the sentence names.
    fn parties_of_states(&self, tree: &Tree, day: Option<Date>, out: &mut [Mention]) {
        if !out.iter().any(|m| m.entity.kind == EntityKind::PoliticalParty) {
            return;
        }
        let named: Vec<String> =
            out.iter().filter(|m| m.entity.kind.is_state()).filter_map(|m| m.entity.country.clone()).collect();
        for m in out.iter_mut().filter(|m| {
            m.entity.kind == EntityKind::PoliticalParty && m.entity.country.as_ref().is_none_or(|c| !named.contains(c))
        }) {
            let text =
                m.words.clone().map(|i| tree.get(i).map_or("", |w| w.form.as_str())).collect::<Vec<_>>().join(" ");
            let rows = self.phrases.exact(&text).iter().filter(|e| e.kind == EntityKind::PoliticalParty);
            let of_state = rows
                .filter_map(|e| self.entity(e.row, e.kind, day))
                .find(|e| e.country.as_ref().is_some_and(|c| named.contains(c)));
            if let Some(entity) = of_state {
                m.entity = entity;
            }
        }
    }

    /// "Atlanta, Georgia": the second is a region of the first's country.
    fn towns_of_states(&self, tree: &Tree, out: &mut [Mention]) {
        for i in 1..out.len() {
            let (Some(a), Some(b)) = (out.get(i - 1), out.get(i)) else { continue };
            let comma = a.words.end + 1 == b.words.start && tree.get(a.words.end).is_some_and(|w| w.form == ",");
            if !comma || a.entity.kind != EntityKind::City || b.entity.kind != EntityKind::Country {
                continue;
            }
            let text = |w: &Range<usize>| {
                w.clone().map(|i| tree.get(i).map_or("", |w| w.form.as_str())).collect::<Vec<_>>().join(" ")
            };
            let (town, name) = (text(&a.words), text(&b.words));
            let towns: Vec<&str> = self
                .towns
                .exact(&town)
                .iter()
                .filter(|e| e.row.table == Table::Place)
                .filter_map(|e| Some(self.places.get(e.row.index as usize)?.iso3.as_str()))
                .collect();
            if b.entity.country.as_deref().is_some_and(|c| towns.contains(&c)) {
                continue;
            }
            let region = self.towns.exact(&name).iter().find(|e| {
                e.kind == EntityKind::Region
                    && self.places.get(e.row.index as usize).is_some_and(|p| towns.contains(&p.iso3.as_str()))
            });
            if let Some(entity) = region.and_then(|e| self.entity(e.row, EntityKind::Region, None))
                && let Some(b) = out.get_mut(i)
            {
                b.entity = entity;
            }
        }
    }
}

/// The mention that holds word `i`; mentions stand in order.
pub(crate) fn mention_at(mentions: &[Mention], i: usize) -> Option<&Mention> {
    mentions.get(mentions.partition_point(|m| m.words.end <= i)).filter(|m| m.words.contains(&i))
}

/// Whether word `i` stands before the head of a longer proper name that it belongs to.
fn modifies_a_name(tree: &Tree, i: usize) -> bool {
    matches!(tree.rel(i), "amod" | "compound") && tree.head(i).is_some_and(|h| h > i && tree.upos(h) == "PROPN")
}

/// Whether word `i` is an adjective before the noun that it describes.
fn is_attribute(tree: &Tree, i: usize) -> bool {
    tree.upos(i) == "ADJ" && tree.rel(i) == "amod" && tree.head(i).is_some_and(|h| h > i)
}
