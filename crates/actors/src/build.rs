//! Tables to compiled tables.

use std::collections::HashMap;

use crate::actors::Actors;
use crate::index::{Fast, Index, Rolling, hash};
use crate::phrases::{Phrases, fold, keys};
use crate::rows::{Named, RowId, Table};
use crate::table::{Line, TableProblem, parse_day, read};
use crate::{Code, Country, EntityKind, Interval, Medium, Person, PlaceRow, Role, RoleKind, Term};

/// One side of a pattern: folded words, and whether each must start with a capital.
pub(crate) type Side = Vec<(String, bool)>;

/// Patterns of names that hold a place's name and are no place ("X Street", "Bank of X"): by the folded word next to
/// the place, what stands before and after it, as (folded word, whether it must start with a capital).
#[derive(Debug, Default)]
pub(crate) struct NotPlaces {
    pub by_word: HashMap<String, Vec<u32>>,
    pub patterns: Vec<(Side, Side)>,
}

/// Room made at the start: about the embedded tables' numbers of names, to spare growing.
const NAMES_OF_PLACES: usize = 40_000;
const NAMES_OF_PERSONS: usize = 40_000;
const OTHER_NAMES: usize = 15_000;

/// Compiles `files`; what is wrong with a line is reported and the line, as far as it is wrong, left out.
/// The gazetteer and the persons, most of the work, are compiled in threads of their own.
pub(crate) fn build(files: &[(&str, &str)]) -> (Actors, Vec<TableProblem>) {
    std::thread::scope(|scope| {
        let places = std::thread::Builder::new().spawn_scoped(scope, || Gazetteer::build(files));
        let persons = std::thread::Builder::new().spawn_scoped(scope, || Builder::read(files, true).finish_persons());
        let mut b = Builder::read(files, false).finish_countries();
        // Where no thread can be had, the work is done here.
        let persons = persons
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(|| Builder::read(files, true).finish_persons());
        let places = places.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(|| Gazetteer::build(files));
        let a = &mut b.actors;
        a.phrases.absorb(persons.actors.phrases);
        a.phrases.seal();
        a.persons = persons.actors.persons;
        a.by_base = persons.actors.by_base;
        a.surnames = persons.actors.surnames;
        a.given_names = persons.actors.given_names;
        a.middles = crate::places::middles(&places.rows);
        a.places = places.rows;
        a.towns = places.phrases;
        b.problems.extend(persons.problems);
        b.problems.extend(places.problems);
        (b.actors, b.problems)
    })
}

/// Whether a file's rows are persons.
fn is_of_persons(file: &str) -> bool {
    matches!(file, "leaders.tsv" | "officials.tsv" | "officials_modern.tsv" | "igo_offices.tsv")
}

/// The gazetteer's rows and names, compiled beside the other tables.
struct Gazetteer {
    rows: Vec<PlaceRow>,
    phrases: Phrases,
    problems: Vec<TableProblem>,
}

impl Gazetteer {
    fn build(files: &[(&str, &str)]) -> Gazetteer {
        let mut g = Gazetteer { rows: Vec::new(), phrases: Phrases::with_room(NAMES_OF_PLACES), problems: Vec::new() };
        for (file, text) in files.iter().filter(|(f, _)| *f == "places.tsv") {
            let mut problems = Vec::new();
            read(file, text, &["name", "iso3", "lat", "lon"], &mut problems, |l, p| g.add(l, p));
            g.problems.append(&mut problems);
        }
        g.phrases.seal();
        g
    }

    fn add(&mut self, line: &Line<'_>, problems: &mut Vec<TableProblem>) {
        let (Ok(lat), Ok(lon)) = (line.cell("lat").parse::<f32>(), line.cell("lon").parse::<f32>()) else {
            problems.push(line.problem(
                "latitude or longitude is no number".to_owned(),
                "write decimal degrees, south and west negative",
            ));
            return;
        };
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            problems
                .push(line.problem(format!("{lat}, {lon} lies outside the world"), "latitude comes first, in degrees"));
            return;
        }
        let kind = line.cell("kind").to_owned();
        let row = RowId { table: Table::Place, index: self.rows.len() as u32 };
        let entity = if matches!(kind.as_str(), "city" | "town" | "village" | "capital") {
            EntityKind::City
        } else {
            EntityKind::Region
        };
        for n in std::iter::once(line.cell("name")).chain(line.list("aliases")) {
            self.phrases.add(n, row, entity);
            if let Some(n) =
                n.strip_prefix("The ").or_else(|| n.strip_prefix("the ")).filter(|_| entity == EntityKind::Region)
            {
                self.phrases.add(n, row, entity);
            }
        }
        self.rows.push(PlaceRow {
            name: line.cell("name").to_owned(),
            iso3: line.cell("iso3").to_owned(),
            admin1: line.cell("admin1").to_owned(),
            lat,
            lon,
            population: line.cell("population").parse().unwrap_or(0),
            kind,
        });
    }
}

#[derive(Default)]
struct Builder {
    actors: Actors,
    problems: Vec<TableProblem>,
    /// Person rows by the hash of base and compact name.
    persons: Fast<u64, u32>,
    /// Person rows by the hash of base and compact full alias; `None` where several have it.
    aliases: Fast<u64, Option<u32>>,
    /// Named rows by kind and folded name.
    named: Fast<(EntityKind, String), u32>,
}

fn texts<'a>(items: impl Iterator<Item = &'a str>) -> Vec<String> {
    items.map(str::to_owned).collect()
}

impl Builder {
    /// Reads the files of persons, or all others but the gazetteer.
    fn read(files: &[(&str, &str)], persons: bool) -> Builder {
        let mut b = Builder::default();
        b.actors.phrases = Phrases::with_room(if persons { NAMES_OF_PERSONS } else { OTHER_NAMES });
        for (file, text) in files.iter().filter(|(f, _)| is_of_persons(f) == persons || *f == "composition.tsv") {
            let problems = &mut Vec::new();
            match *file {
                "composition.tsv" => b.actors.composition.add(file, text, problems),
                "countries.tsv" => {
                    read(file, text, &["iso3", "name", "names", "adjectives"], problems, |l, p| b.country(l, p))
                }
                "roles.tsv" => read(file, text, &["noun", "sector", "kind", "flags"], problems, |l, p| b.role(l, p)),
                "titles.tsv" => read(file, text, &["title", "kind"], problems, |l, _| b.title(l)),
                "leaders.tsv" => {
                    read(file, text, &["iso3", "office", "name"], problems, |l, p| b.term(l, "iso3", true, p))
                }
                "officials.tsv" | "officials_modern.tsv" => {
                    read(file, text, &["iso3", "sector", "office", "name"], problems, |l, p| {
                        b.term(l, "iso3", false, p)
                    });
                }
                "igo_offices.tsv" => {
                    read(file, text, &["code", "office", "name"], problems, |l, p| b.term(l, "code", false, p))
                }
                "organisations.tsv" => read(file, text, &["code", "name", "aliases"], problems, |l, p| {
                    b.named(l, EntityKind::Organisation, p)
                }),
                "bodies.tsv" => {
                    read(file, text, &["code", "name", "aliases"], problems, |l, p| b.named(l, EntityKind::Body, p))
                }
                "groups.tsv" => {
                    read(file, text, &["code", "name", "aliases"], problems, |l, p| b.named(l, EntityKind::Group, p))
                }
                "parties.tsv" => read(file, text, &["iso3", "name", "aliases"], problems, |l, p| {
                    b.named(l, EntityKind::PoliticalParty, p)
                }),
                "companies.tsv" => {
                    read(file, text, &["iso3", "name", "aliases"], problems, |l, p| b.named(l, EntityKind::Company, p))
                }
                "media.tsv" => read(file, text, &["code", "iso3", "name"], problems, |l, p| b.medium(l, p)),
                "places.tsv" => {}
                "notplaces.tsv" => read(file, text, &["phrase"], problems, |l, _| b.not_place(l)),
                _ => problems.push(TableProblem {
                    file: (*file).to_owned(),
                    line: 1,
                    what: "no such table is known".to_owned(),
                    hint: "name the file as one of the embedded tables".to_owned(),
                }),
            }
            // The small words are read for both parts; what is wrong with them is told once.
            if is_of_persons(file) == persons {
                b.problems.append(problems);
            }
        }
        b
    }

    fn need(line: &Line<'_>, column: &str, problems: &mut Vec<TableProblem>) -> bool {
        let there = !line.cell(column).is_empty();
        if !there {
            problems.push(line.problem(format!("column '{column}' is empty"), "fill the cell or take the line out"));
        }
        there
    }

    /// Whether the cell holds a code of three capital letters, or "---".
    fn country_code(line: &Line<'_>, column: &str, problems: &mut Vec<TableProblem>) -> bool {
        let code = line.cell(column);
        let good = code == "---" || code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !good {
            problems.push(line.problem(
                format!("'{code}' in column '{column}' is no country code"),
                "write ISO 3166-1 alpha-3 in capitals",
            ));
        }
        good
    }

    fn country(&mut self, line: &Line<'_>, problems: &mut Vec<TableProblem>) {
        if !Self::country_code(line, "iso3", problems) || !Self::need(line, "name", problems) {
            return;
        }
        let index = self.actors.countries.len() as u32;
        let country = Country {
            iso3: line.cell("iso3").to_owned(),
            cow: line.cell("cow").parse().ok(),
            gw: line.cell("gw").parse().ok(),
            name: line.cell("name").to_owned(),
            existed: line.interval(problems),
            names: texts(line.list("names")),
            demonyms: texts(line.list("demonyms")),
            adjectives: texts(line.list("adjectives")),
            capitals: texts(line.list("capitals")),
        };
        let row = RowId { table: Table::Country, index };
        let phrases = &mut self.actors.phrases;
        for (list, kind) in [
            (&country.names, EntityKind::Country),
            (&country.demonyms, EntityKind::Demonym),
            (&country.adjectives, EntityKind::Adjective),
            (&country.capitals, EntityKind::Capital),
        ] {
            for name in list {
                phrases.add(bare(name), row, kind);
            }
        }
        phrases.add(bare(&country.name), row, EntityKind::Country);
        self.actors.country_rows.entry(country.iso3.clone()).or_default().push(index);
        self.actors.countries.push(country);
    }

    fn role(&mut self, line: &Line<'_>, problems: &mut Vec<TableProblem>) {
        let kind = match line.cell("kind") {
            "person" => RoleKind::Person,
            "group" => RoleKind::Group,
            "body" => RoleKind::Body,
            "office" => RoleKind::Office,
            "thing" => RoleKind::Thing,
            other => {
                problems.push(
                    line.problem(format!("'{other}' is no kind of role"), "write person, group, body, office or thing"),
                );
                return;
            }
        };
        let noun = fold(line.cell("noun")).replace('-', " ");
        self.actors.longest_role = self.actors.longest_role.max(noun.split(' ').count());
        let flags = texts(line.cell("flags").split([',', '|']).map(str::trim).filter(|s| !s.is_empty()));
        self.actors.roles.insert(noun.clone(), Role { noun, sector: line.cell("sector").to_owned(), kind, flags });
    }

    fn title(&mut self, line: &Line<'_>) {
        for title in line.list("title").chain(line.list("aliases")) {
            let key = keys(title).join(" ");
            self.actors.longest_title = self.actors.longest_title.max(key.split(' ').count());
            self.actors.titles.insert(key, line.cell("kind").to_owned());
        }
    }

    /// A line of the leaders, officials or bodies' offices.
    fn term(&mut self, line: &Line<'_>, base: &str, head: bool, problems: &mut Vec<TableProblem>) {
        if !Self::need(line, "name", problems) || !Self::need(line, base, problems) {
            return;
        }
        let (base, name) = (line.cell(base).to_owned(), line.cell("name"));
        let sector = if head { "GOV" } else { line.cell("sector") };
        let term =
            Term { office: fold(line.cell("office")), sector: sector.to_owned(), held: line.interval(problems), head };
        let next = self.actors.persons.len() as u32;
        let index = self.person_called(&base, name, line).unwrap_or(next);
        self.persons.insert(compact(&base, name), index);
        if index == next {
            match self.actors.by_base.get_mut(&base) {
                Some(list) => list.push(index),
                None => drop(self.actors.by_base.insert(base.clone(), vec![index])),
            }
            self.actors.persons.push(Person {
                name: name.to_owned(),
                aliases: Vec::new(),
                base: base.clone(),
                terms: Vec::new(),
            });
        }
        if let Some(person) = self.actors.persons.get_mut(index as usize) {
            let other = Some(name).filter(|n| *n != person.name);
            for alias in line.list("aliases").chain(other) {
                if alias.contains(' ') {
                    let seen = self.aliases.entry(compact(&base, alias)).or_insert(Some(index));
                    *seen = seen.filter(|i| *i == index);
                }
                if !person.aliases.iter().any(|a| a == alias) {
                    person.aliases.push(alias.to_owned());
                }
            }
            if !person.terms.contains(&term) {
                person.terms.push(term);
            }
        }
    }

    /// The person of an earlier line with this name; else the one whose alias it is, or whose name is an alias here.
    fn person_called(&self, base: &str, name: &str, line: &Line<'_>) -> Option<u32> {
        let key = |n: &str| compact(base, n);
        let by_alias = || self.aliases.get(&key(name)).copied().flatten();
        let by_name =
            || line.list("aliases").filter(|a| a.contains(' ')).find_map(|a| self.persons.get(&key(a)).copied());
        self.persons.get(&key(name)).copied().or_else(by_alias).or_else(by_name)
    }

    fn named(&mut self, line: &Line<'_>, kind: EntityKind, problems: &mut Vec<TableProblem>) {
        if !Self::need(line, "name", problems) {
            return;
        }
        let code = match kind {
            EntityKind::PoliticalParty | EntityKind::Company if !Self::country_code(line, "iso3", problems) => return,
            EntityKind::PoliticalParty => Code::of(Some(line.cell("iso3")), "PTY"),
            EntityKind::Company => Code::of(Some(line.cell("iso3")), "BUS"),
            _ => Code::new(line.cell("code")),
        };
        if code.as_str().len() < 3 {
            problems.push(
                line.problem(format!("'{code}' is no code"), "write ISO3 and sector, or IGO or NGO with three letters"),
            );
            return;
        }
        let name = line.cell("name");
        let key = (kind, format!("{}/{}", line.cell("iso3"), fold(name)));
        let next = self.actors.named.len() as u32;
        let index = *self.named.entry(key).or_insert(next);
        if index == next {
            self.actors.named.push(Named {
                kind,
                name: name.to_owned(),
                codes: Vec::new(),
                governed: Vec::new(),
                never_governed: false,
            });
        }
        let held = line.interval(problems);
        let never = line.cell("in_government") == "-";
        let governed: Vec<Interval> = line
            .list("in_government")
            .filter(|_| !never)
            .filter_map(|text| span_of_days(text, line, problems))
            .collect();
        if let Some(row) = self.actors.named.get_mut(index as usize) {
            row.codes.push((held, code));
            row.governed.extend(governed);
            row.never_governed |= never;
        }
        let row = RowId { table: Table::Named, index };
        for n in std::iter::once(name).chain(line.list("aliases")) {
            self.actors.phrases.add(bare(n), row, kind);
        }
    }

    fn medium(&mut self, line: &Line<'_>, problems: &mut Vec<TableProblem>) {
        if !Self::need(line, "name", problems) || !Self::need(line, "code", problems) {
            return;
        }
        let row = RowId { table: Table::Medium, index: self.actors.media.len() as u32 };
        let medium = Medium {
            code: line.cell("code").to_owned(),
            iso3: line.cell("iso3").to_owned(),
            name: line.cell("name").to_owned(),
            aliases: texts(line.list("aliases")),
            kind: line.cell("kind").to_owned(),
        };
        self.actors.media_codes.insert(fold(&medium.code), row.index);
        for n in std::iter::once(&medium.name).chain(&medium.aliases) {
            // Articles stay: names that are plain words are listed with theirs ("The Times").
            self.actors.phrases.add(n, row, EntityKind::Medium);
        }
        self.actors.media.push(medium);
    }

    fn not_place(&mut self, line: &Line<'_>) {
        let words: Vec<&str> = line.cell("phrase").split(' ').collect();
        let Some(hole) = words.iter().position(|w| *w == "X") else {
            // A whole phrase that is no place ("Warsaw Pact").
            let row = RowId { table: Table::NotPlace, index: self.actors.not_places.patterns.len() as u32 };
            self.actors.phrases.add(bare(line.cell("phrase")), row, EntityKind::Company);
            self.actors.not_places.patterns.push((Vec::new(), Vec::new()));
            return;
        };
        let side = |words: Option<&[&str]>| -> Side {
            let words = words.unwrap_or_default().iter();
            words.flat_map(|w| keys(w).into_iter().map(|k| (k, w.starts_with(char::is_uppercase)))).collect()
        };
        let (before, after) = (side(words.get(..hole)), side(words.get(hole + 1..)));
        let Some((word, _)) = after.first().or(before.last()) else { return };
        let index = self.actors.not_places.patterns.len() as u32;
        self.actors.not_places.by_word.entry(word.clone()).or_default().push(index);
        self.actors.not_places.patterns.push((before, after));
    }

    fn finish_countries(mut self) -> Builder {
        let a = &mut self.actors;
        for c in &a.countries {
            let shares = |o: &&Country| o.iso3 != c.iso3 && o.capitals.iter().any(|k| c.capitals.contains(k));
            for other in a.countries.iter().filter(shares) {
                let list = a.stand_ins.entry(c.iso3.clone()).or_default();
                if !list.contains(&other.iso3) {
                    list.push(other.iso3.clone());
                }
            }
        }
        self
    }

    fn finish_persons(mut self) -> Builder {
        let a = &mut self.actors;
        let mut surnames = Vec::with_capacity(2 * a.persons.len());
        for (index, person) in a.persons.iter_mut().enumerate() {
            person.terms.sort_by_key(|t| (t.held.start, t.held.end));
            let row = RowId { table: Table::Person, index: index as u32 };
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                let parts = keys(name);
                if parts.len() > 1 {
                    if !a.composition.is("order", &person.base.to_ascii_lowercase()) {
                        a.given_names.extend(parts.first().map(|p| hash(p)));
                    }
                    a.phrases.add(name, row, EntityKind::Person);
                }
                surnames.extend(
                    crate::surnames::of(&a.composition, &person.base, &parts)
                        .into_iter()
                        .map(|s| (crate::surnames::key(s), row.index)),
                );
            }
        }
        a.surnames = Index::new(surnames);
        self
    }
}

/// Hash of a base and a name without anything that spellings differ in: "George H.W. Bush" and "George H. W. Bush".
fn compact(base: &str, name: &str) -> u64 {
    let mut h = Rolling::new();
    h.text(base);
    let folded;
    let name = if name.is_ascii() {
        name
    } else {
        folded = fold(name);
        &folded
    };
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        h.text(c.to_ascii_lowercase().encode_utf8(&mut [0; 4]));
    }
    h.value()
}

/// A name without its article.
fn bare(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// "1997/2010" or "1997-05-02/": from and to.
fn span_of_days(text: &str, line: &Line<'_>, problems: &mut Vec<TableProblem>) -> Option<Interval> {
    let (from, to) = text.split_once('/').unwrap_or((text, text));
    let (start, end) = (parse_day(from, false), parse_day(to, true));
    if start.is_none() && !from.is_empty() || end.is_none() && !to.is_empty() {
        problems.push(line.problem(format!("'{text}' is no span of days"), "write START/END with ISO dates or years"));
        return None;
    }
    Some(Interval { start, end })
}
