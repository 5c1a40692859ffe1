//! Takes names and descriptions in a sentence's tree, with the day of the report; gives who that is: country, sector,
//! office and code ("a Soviet spokesman" in 1987, "the Iranian president" on 2019-02-26), and coordinates of places.
//! All of it comes from tab-separated tables under `data/actors`. Never fails on a sentence, reads no file, knows no
//! verbs and no network.

mod actors;
mod around;
mod build;
mod code;
mod composition;
mod described;
mod entity;
mod index;
mod mentions;
mod named_persons;
mod noun_phrase;
mod owner;
mod party;
mod people;
mod phrases;
mod places;
mod rows;
mod surnames;
mod table;

pub use actors::{Actors, EMBEDDED};
pub use code::Code;
pub use entity::{Entity, EntityKind, Match, Mention};
pub use noun_phrase::NounPhrase;
pub use party::{How, Party, PartyClass};
pub use people::Standing;
pub use rows::{Country, Medium, Person, PlaceRow, Role, RoleKind, RowId, Term};
pub use table::{Interval, TableProblem};

#[cfg(test)]
mod tests;
