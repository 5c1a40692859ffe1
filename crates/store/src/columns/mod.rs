//! Events as small numbers in memory: nineteen bytes an event with its row's number, so that counts over millions take
//! milliseconds.
//!
//! Each field holds a number that stands for a value in a dictionary. The two sides of an event are one number, for the
//! pair of lists of codes, since the same pairs recur; so an event with three actors costs no more than one with one, and
//! still counts for each.

mod disputes;
mod events;
mod facets;
mod load;
mod months;
mod names;
mod rows;
mod selection;
mod series;
mod sides;
mod spots;
mod sum;
mod sums;
mod tally;

pub use disputes::Dispute;
pub use facets::{Count, Counted, Facet, Facets};
pub use rows::RowSet;
pub use selection::Selection;
pub use series::{Bin, Daily, Step};
pub use spots::Spot;
pub use sum::Sum;
pub use sums::{Dyad, Place, Sums, Tie, Unit};

use std::sync::OnceLock;

use events::{Events, Packed};
use jiff::civil::Date;
use names::Names;
use sides::Sides;
use spots::Spots;

/// Day 0 is "unknown"; day 1 is this many days before 1970-01-01 (1880-01-01).
const EPOCH: i64 = -32_872;

/// The events, and what their numbers stand for.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    events: Events,
    /// Row of each event in the store's table, ascending.
    ids: Vec<u32>,
    kinds: Names<Kind>,
    sides: Sides,
    speakers: Names<String>,
    publishers: Names<String>,
    places: Names<String>,
    spots: Spots,
    /// The first and the last day that are known.
    days: Option<(u16, u16)>,
    /// Counts of all events, once they were asked for.
    all: OnceLock<Facets>,
}

/// Type, quad class and status.
type Kind = (String, u8, String);

/// One event, as it is put in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its row in the store's table; they must come in ascending order.
    pub id: u32,
    /// Days since 1970-01-01.
    pub day: Option<i64>,
    /// PLOVER type.
    pub kind: String,
    /// Quad class.
    pub quad: u8,
    /// Status.
    pub status: String,
    /// Codes of the actors.
    pub actor: Vec<String>,
    /// Codes of the recipients.
    pub recipient: Vec<String>,
    /// Code of the innermost speaker.
    pub speaker: String,
    /// Publisher.
    pub publisher: String,
    /// Country where it happened.
    pub place: String,
    /// Where on the map.
    pub spot: Option<Spot>,
    /// What the report calls the place.
    pub place_name: String,
    /// PLOVER score.
    pub score: f32,
}

impl Columns {
    /// Adds an event. Values beyond what a field can tell apart (65,535 speakers, publishers or places, 255 countries) become
    /// "", which counts as unknown.
    pub fn push(&mut self, row: &Row) {
        let day = row.day.map(|day| day - EPOCH + 1).and_then(|day| u16::try_from(day).ok());
        if let Some(day) = day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        self.all.take();
        let pair = self.sides.id(&row.actor, &row.recipient);
        self.ids.push(row.id);
        self.events.push(Packed {
            day: day.unwrap_or(0),
            pair,
            speaker: self.speakers.id(row.speaker.as_str(), u16::MAX.into()) as u16,
            publisher: self.publishers.id(row.publisher.as_str(), u16::MAX.into()) as u16,
            spot: self.spots.id(row.spot, &row.place_name),
            kind: self.kinds.id(&(row.kind.clone(), row.quad, row.status.clone()), u8::MAX.into()) as u8,
            place: self.places.id(row.place.as_str(), u8::MAX.into()) as u8,
            score: (row.score * 10.0).round().clamp(-128.0, 127.0) as i8,
        });
    }

    /// Events in it.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first and the last day of all events; `None` where no day is known.
    pub fn span(&self) -> Option<(Date, Date)> {
        let (first, last) = self.days?;
        Some((months::day_of(first.into())?, months::day_of(last.into())?))
    }

    /// Bytes of the events; dictionaries come on top.
    pub fn bytes(&self) -> usize {
        self.len() * (Events::BYTES + size_of::<u32>())
    }

    /// Rows, in the store's table, of the events that a selection means, ascending.
    pub fn rows(&self, selection: &Selection) -> Vec<u32> {
        let mut rows = Vec::new();
        self.each_meant(selection, |_, row| rows.push(row));
        rows
    }

    /// Where the event of a row lies. Mostly rows have no gaps, so that it is known without a search.
    fn position(&self, row: u32) -> Option<usize> {
        let first = *self.ids.first()?;
        let near = row.checked_sub(first)? as usize;
        if self.ids.get(near) == Some(&row) { Some(near) } else { self.ids.binary_search(&row).ok() }
    }
}
