//! Rows of the tables, as they are kept.

use crate::{Code, Interval};

/// Identity of a table row; the same row named in two ways has one id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// Which table.
    pub(crate) table: Table,
    /// Which row of it.
    pub(crate) index: u32,
}

/// The tables whose rows can be mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Table {
    Country,
    Person,
    Named,
    Place,
    Medium,
    /// A pattern that looks like a place's name and is none.
    NotPlace,
}

/// A state.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3 code, or a historic one (SUN, YUG, CSK, DDR).
    pub iso3: String,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch-Ward number.
    pub gw: Option<u16>,
    /// Short English name.
    pub name: String,
    /// When it was a state.
    pub existed: Interval,
    /// All names, the short one first where the table has it so.
    pub names: Vec<String>,
    /// Nouns for its people.
    pub demonyms: Vec<String>,
    /// Adjectives.
    pub adjectives: Vec<String>,
    /// Capitals, and other places that stand for the government.
    pub capitals: Vec<String>,
}

/// A person in the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Canonical name.
    pub name: String,
    /// Other names, full or short.
    pub aliases: Vec<String>,
    /// Country or body: "IRN", "IGOUNO".
    pub base: String,
    /// Offices held, in order of their start.
    pub terms: Vec<Term>,
}

/// An office held for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The office, lower case ("foreign minister").
    pub office: String,
    /// Sector of the code during it ("GOV").
    pub sector: String,
    /// From and to.
    pub held: Interval,
    /// Whether it is that of a head of state or government (a row of the leaders table).
    pub head: bool,
}

/// A noun that gives a party its sector.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The noun, singular, lower case; may be several words.
    pub noun: String,
    /// Sector ("MIL"); empty where the noun gives none.
    pub sector: String,
    /// What it denotes.
    pub kind: RoleKind,
    /// Further marks of the table.
    pub flags: Vec<String>,
}

impl Role {
    /// Whether the table marks the role with `flag` ("armed", "title", "head").
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }
}

/// What a role noun denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
    /// "minister", "soldier".
    Person,
    /// "troops", "people".
    Group,
    /// "parliament", "ministry".
    Body,
    /// "presidency", "embassy".
    Office,
    /// "tanker", "platform".
    Thing,
}

/// A news medium.
#[derive(Clone, Debug, PartialEq)]
pub struct Medium {
    /// Its code as a source: CamelCase, no article ("TehranRadio").
    pub code: String,
    /// Country, "---" where it has none.
    pub iso3: String,
    /// Name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// agency, newspaper, broadcaster or web.
    pub kind: String,
}

/// A place with coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// Name.
    pub name: String,
    /// Country; empty for seas and regions of several countries.
    pub iso3: String,
    /// First-order division, as the table gives it.
    pub admin1: String,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// Inhabitants; 0 where not known.
    pub population: u32,
    /// city, capital, region, sea, strait …
    pub kind: String,
}

/// An organisation, body, armed group, political party or company.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub kind: crate::EntityKind,
    pub name: String,
    /// Codes with the time in which each holds; one without dates for most.
    pub codes: Vec<(Interval, Code)>,
    /// For political parties: when it governed, and whether it is known never to have.
    pub governed: Vec<Interval>,
    pub never_governed: bool,
}
