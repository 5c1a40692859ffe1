//! The compiled tables and simple questions to them.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::composition::Composition;
use crate::index::{Fast, Index, Multiply};
use crate::phrases::{Phrases, fold};
use crate::rows::{Named, RowId, Table};
use crate::table::TableProblem;
use crate::{Code, Country, EntityKind, Medium, Person, PlaceRow, Role, RoleKind, build};

/// The tables that are compiled in, as (file name, text).
pub const EMBEDDED: [(&str, &str); 16] = [
    ("composition.tsv", include_str!("../../../data/actors/composition.tsv")),
    ("countries.tsv", include_str!("../../../data/actors/countries.tsv")),
    ("roles.tsv", include_str!("../../../data/actors/roles.tsv")),
    ("titles.tsv", include_str!("../../../data/actors/titles.tsv")),
    ("leaders.tsv", include_str!("../../../data/actors/leaders.tsv")),
    ("officials.tsv", include_str!("../../../data/actors/officials.tsv")),
    ("officials_modern.tsv", include_str!("../../../data/actors/officials_modern.tsv")),
    ("igo_offices.tsv", include_str!("../../../data/actors/igo_offices.tsv")),
    ("organisations.tsv", include_str!("../../../data/actors/organisations.tsv")),
    ("bodies.tsv", include_str!("../../../data/actors/bodies.tsv")),
    ("groups.tsv", include_str!("../../../data/actors/groups.tsv")),
    ("parties.tsv", include_str!("../../../data/actors/parties.tsv")),
    ("media.tsv", include_str!("../../../data/actors/media.tsv")),
    ("companies.tsv", include_str!("../../../data/actors/companies.tsv")),
    ("places.tsv", include_str!("../../../data/actors/places.tsv")),
    ("notplaces.tsv", include_str!("../../../data/actors/notplaces.tsv")),
];

/// All tables, compiled.
#[derive(Debug, Default)]
pub struct Actors {
    /// Names of all tables but the gazetteer, and of the gazetteer.
    pub(crate) phrases: Phrases,
    pub(crate) towns: Phrases,
    pub(crate) countries: Vec<Country>,
    /// Rows of a country, by code, in the order of the table.
    pub(crate) country_rows: Fast<String, Vec<u32>>,
    /// Other states with the same capital, by code: those that were there before or after.
    pub(crate) stand_ins: HashMap<String, Vec<String>>,
    pub(crate) persons: Vec<Person>,
    /// Persons by country or body.
    pub(crate) by_base: Fast<String, Vec<u32>>,
    /// Persons by folded surname.
    pub(crate) surnames: Index<u32>,
    /// Hashes of folded given names of persons in the tables.
    pub(crate) given_names: HashSet<u64, BuildHasherDefault<Multiply>>,
    pub(crate) named: Vec<Named>,
    pub(crate) media: Vec<Medium>,
    /// Media by folded code.
    pub(crate) media_codes: HashMap<String, u32>,
    pub(crate) places: Vec<PlaceRow>,
    /// Where the people of a country live in the mean, by code: degrees north and east.
    pub(crate) middles: HashMap<String, (f32, f32)>,
    pub(crate) roles: Fast<String, Role>,
    /// Words of the longest role.
    pub(crate) longest_role: usize,
    /// Titles, folded and without dots, with their kind.
    pub(crate) titles: Fast<String, String>,
    /// Words of the longest title.
    pub(crate) longest_title: usize,
    pub(crate) not_places: build::NotPlaces,
    pub(crate) composition: Composition,
}

static COMPILED: LazyLock<Actors> = LazyLock::new(|| build::build(&EMBEDDED).0);

impl Actors {
    /// The tables that are compiled in, built once; lines with mistakes are left out (a test finds them).
    pub fn embedded() -> &'static Actors {
        &COMPILED
    }

    /// Hash of the tables that are compiled in, 16 hexadecimal digits (Fowler, Noll and Vo's FNV-1a): names their version.
    pub fn embedded_hash() -> String {
        let bytes =
            EMBEDDED.iter().flat_map(|(name, text)| name.bytes().chain([0xff]).chain(text.bytes()).chain([0xff]));
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        format!("{hash:016x}")
    }

    /// Tables from (file name, text) pairs named as in [`EMBEDDED`]; a name may come more than once, its rows add up,
    /// so a user's rows are given after the embedded ones. Gives every mistake with its place where there is one.
    pub fn from_texts(files: &[(&str, &str)]) -> Result<Actors, Vec<TableProblem>> {
        let (actors, problems) = build::build(files);
        if problems.is_empty() { Ok(actors) } else { Err(problems) }
    }

    /// The state with code `iso3`: of several rows in time the last.
    pub fn country(&self, iso3: &str) -> Option<&Country> {
        let row = self.country_rows.get(iso3)?.last()?;
        self.countries.get(*row as usize)
    }

    /// The role that a noun phrase in lower case names ("soldier", "foreign ministry"); plurals are tried as singulars.
    pub fn role(&self, phrase: &str) -> Option<&Role> {
        self.roles.get(phrase).or_else(|| {
            let phrase = fold(phrase).replace('-', " ");
            self.roles.get(&phrase).or_else(|| singulars(&phrase).find_map(|s| self.roles.get(&s)))
        })
    }

    /// The code on `day` of the party of country `iso3` whose name is `name` or begins with it ("Democratic Party" for
    /// "Democratic Party of Albania"); that of an unknown party there where the tables have none.
    pub fn party_of_country(&self, name: &str, iso3: &str, day: Option<Date>) -> Code {
        let name = fold(name);
        let called = |n: &&Named| {
            fold(&n.name).strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let there = |n: &&Named| n.codes.iter().any(|(_, code)| code.country() == Some(iso3));
        let parties = self.named.iter().filter(|n| n.kind == EntityKind::PoliticalParty);
        let sector = match parties.filter(there).find(called) {
            Some(n) if n.governed.iter().any(|g| g.holds(day)) => "GOV",
            Some(n) if n.never_governed || !n.governed.is_empty() => "OPP",
            _ => "PTY",
        };
        Code::of(Some(iso3), sector)
    }

    /// Whether a preposition makes what follows a place ("in Chad").
    pub fn is_locative(&self, preposition: &str) -> bool {
        self.composition.is("locative", preposition)
    }

    /// Whether a noun names somebody other than its owner ("Iran's neighbour", "its allies").
    pub fn is_opposite(&self, noun: &str) -> bool {
        self.composition.is("opposite", noun)
    }

    /// Whether a noun names somebody who acts for its owner ("his lawyers", "her office").
    pub fn stands_for_owner(&self, noun: &str) -> bool {
        self.role(noun).is_some_and(|r| r.has("weak") && (r.kind == RoleKind::Person || r.sector.is_empty()))
    }

    /// The medium with this name, alias or code, in any case.
    pub fn medium(&self, name: &str) -> Option<&Medium> {
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let find = |name: &str| self.phrases.exact(name).iter().find(|e| e.kind == EntityKind::Medium).map(|e| e.row);
        let row = find(bare).or_else(|| find(&format!("the {bare}"))).map(|r| r.index);
        let row = row.or_else(|| self.media_codes.get(&fold(bare)).copied())?;
        self.media.get(row as usize)
    }

    /// The state that was in `iso3`'s place on `day`, by its capital: "SUN" for "RUS" in 1987; `iso3` where it was there
    /// itself or no other was.
    pub fn state_of_the_day<'a>(&'a self, iso3: &'a str, day: Option<Date>) -> &'a str {
        let there = |c: &str| {
            self.country_rows.get(c).is_some_and(|rows| {
                rows.iter().any(|&r| self.countries.get(r as usize).is_some_and(|c| c.existed.holds(day)))
            })
        };
        if day.is_none() || there(iso3) {
            return iso3;
        }
        self.stand_ins.get(iso3).and_then(|list| list.iter().find(|c| there(c))).map_or(iso3, String::as_str)
    }

    /// The medium that a mention's or party's row is.
    pub fn medium_of(&self, row: RowId) -> Option<&Medium> {
        if row.table == Table::Medium { self.media.get(row.index as usize) } else { None }
    }

    /// The person that a mention's or party's row is.
    pub fn person_of(&self, row: RowId) -> Option<&Person> {
        if row.table == Table::Person { self.persons.get(row.index as usize) } else { None }
    }

    /// The country (ISO 3166-1 alpha-3) of a place as a dateline names it: a country, capital, town or region, in any
    /// case. With commas the last part that is known decides ("Kyiv, Ukraine"), unless the first is a town there
    /// ("Tbilisi, Georgia" and "Atlanta, Georgia"). `None` for unknown places and those of no one state.
    pub fn country_of_place(&self, name: &str) -> Option<&str> {
        let parts: Vec<&str> = name.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
        let (last, before) = parts.split_last()?;
        let whole = self.country_called(last);
        // A town before a name that is a country's and a region's too: the region's, if the town lies only there.
        let town = before.first().and_then(|t| self.in_any_case(&self.towns, t));
        if let (Some(state), Some(towns)) = (whole, town) {
            let rows = || towns.iter().filter_map(|e| self.places.get(e.row.index as usize));
            let region = rows().find(|p| p.admin1.eq_ignore_ascii_case(last));
            if let Some(region) = region.filter(|_| !rows().any(|p| p.iso3 == state)) {
                return Some(&region.iso3);
            }
        }
        whole.or_else(|| before.iter().rev().find_map(|p| self.country_called(p)))
    }

    /// The country that one name stands for: a state or capital, else the biggest town or region of that name.
    fn country_called(&self, name: &str) -> Option<&str> {
        let states = self.in_any_case(&self.phrases, name).unwrap_or_default();
        let place = |k: EntityKind| matches!(k, EntityKind::Country | EntityKind::Capital);
        let state = states
            .iter()
            .filter(|e| e.row.table == Table::Country && place(e.kind))
            .filter_map(|e| self.countries.get(e.row.index as usize));
        // The state that is still there goes before one that is gone.
        if let Some(c) = state.max_by_key(|c| (c.existed.end.is_none(), c.existed.end)) {
            return Some(&c.iso3);
        }
        if states.iter().any(|e| matches!(e.kind, EntityKind::Organisation | EntityKind::Body)) {
            return None;
        }
        let towns = self.in_any_case(&self.towns, name)?.iter().filter_map(|e| self.places.get(e.row.index as usize));
        let biggest = towns.max_by_key(|p| (p.population, std::cmp::Reverse(p.admin1.as_str())))?;
        (biggest.iso3.len() == 3 && biggest.iso3 != "---").then_some(biggest.iso3.as_str())
    }

    /// Entries for a name without its article, whatever its case.
    fn in_any_case<'a>(&self, phrases: &'a Phrases, name: &str) -> Option<&'a [crate::phrases::Entry]> {
        let bare = name.get(..4).filter(|a| a.eq_ignore_ascii_case("the ")).and(name.get(4..)).unwrap_or(name);
        let found = phrases.exact(bare);
        (!found.is_empty()).then_some(found)
    }
}

/// What `phrase` may be the plural of, by its last word.
pub(crate) fn singulars(phrase: &str) -> impl Iterator<Item = String> + use<> {
    let stem = |end: &str, with: &str| phrase.strip_suffix(end).map(|s| format!("{s}{with}"));
    [stem("ies", "y"), stem("men", "man"), stem("women", "woman"), stem("es", ""), stem("s", "")].into_iter().flatten()
}
