//! What the names of the tables stand for.

use std::ops::Range;

use crate::Code;
use crate::rows::RowId;

/// A name of the tables, found in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Words of the name, without article and title.
    pub words: Range<usize>,
    /// What it names.
    pub entity: Entity,
    /// How it was told.
    pub by: Match,
}

/// How a name was told to be that of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// By a name of the table.
    Name,
    /// By surname and a title or office before it.
    TitledSurname,
    /// By a surname alone, for who was in office then: persons named before in the document go first.
    Surname,
}

/// Kinds of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// "Iran".
    Country,
    /// "Iranians"; also an adjective that stands as a noun ("the British").
    Demonym,
    /// "Iranian".
    Adjective,
    /// "Tehran", where it is a capital.
    Capital,
    /// A city that is no capital.
    City,
    /// A province, sea, strait or other stretch.
    Region,
    /// A person.
    Person,
    /// An international or non-governmental organisation.
    Organisation,
    /// A state's body with a name of its own ("Pentagon", "Knesset").
    Body,
    /// An armed group.
    Group,
    /// A political party.
    PoliticalParty,
    /// A news medium.
    Medium,
    /// A company; also a name that looks like a place's and is none ("Iran Street"), with code "---".
    Company,
}

/// What a name stands for on the day of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its kind.
    pub kind: EntityKind,
    /// Its canonical name.
    pub name: String,
    /// Its code on that day; GOV for countries, capitals and adjectives, the bare country for other places.
    pub code: Code,
    /// Its country, where it has one.
    pub country: Option<String>,
    /// Whether it is out of office, or no longer there.
    pub former: bool,
    /// The same for all names of one entity.
    pub row: RowId,
}

impl EntityKind {
    /// Order of preference where one name has several meanings.
    pub(crate) fn rank(self) -> u8 {
        match self {
            EntityKind::Country => 0,
            EntityKind::Body | EntityKind::Group | EntityKind::Organisation => 1,
            EntityKind::PoliticalParty | EntityKind::Capital => 2,
            EntityKind::Demonym | EntityKind::Adjective => 3,
            EntityKind::Person | EntityKind::Medium => 4,
            EntityKind::Company => 5,
            EntityKind::Region => 6,
            EntityKind::City => 7,
        }
    }

    /// Whether it names a place, or derives from a place's name.
    pub fn is_place(self) -> bool {
        matches!(self, EntityKind::Country | EntityKind::Capital | EntityKind::City | EntityKind::Region)
    }

    /// Whether it names or qualifies by a state.
    pub fn is_state(self) -> bool {
        matches!(self, EntityKind::Country | EntityKind::Capital | EntityKind::Adjective | EntityKind::Demonym)
    }
}
