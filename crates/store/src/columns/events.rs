//! Events field by field: a count reads only the fields that are asked for, which matters over millions, as memory is slower
//! than counting.

use std::ops::Range;

/// One event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    /// Days since the epoch, 0 where unknown.
    pub(super) day: u16,
    /// Pair of sides.
    pub(super) pair: u32,
    /// Code of the innermost speaker.
    pub(super) speaker: u16,
    pub(super) publisher: u16,
    /// Where on the map.
    pub(super) spot: u16,
    /// Type, quad class and status.
    pub(super) kind: u8,
    /// Country where it happened.
    pub(super) place: u8,
    /// PLOVER score in tenths.
    pub(super) score: i8,
}

impl Packed {
    pub(super) fn pair(self) -> usize {
        self.pair as usize
    }
}

/// The fields of events, each in the events' order.
#[derive(Clone, Debug, Default)]
pub(super) struct Events {
    pub(super) day: Vec<u16>,
    pub(super) pair: Vec<u32>,
    pub(super) speaker: Vec<u16>,
    pub(super) publisher: Vec<u16>,
    pub(super) spot: Vec<u16>,
    pub(super) kind: Vec<u8>,
    pub(super) place: Vec<u8>,
    score: Vec<i8>,
}

impl Events {
    /// Bytes of one event.
    pub(super) const BYTES: usize = 15;

    pub(super) fn len(&self) -> usize {
        self.day.len()
    }

    pub(super) fn push(&mut self, event: Packed) {
        self.day.push(event.day);
        self.pair.push(event.pair);
        self.speaker.push(event.speaker);
        self.publisher.push(event.publisher);
        self.spot.push(event.spot);
        self.kind.push(event.kind);
        self.place.push(event.place);
        self.score.push(event.score);
    }

    /// The event at a place.
    pub(super) fn get(&self, at: usize) -> Option<Packed> {
        Some(Packed {
            day: *self.day.get(at)?,
            pair: *self.pair.get(at)?,
            speaker: *self.speaker.get(at)?,
            publisher: *self.publisher.get(at)?,
            spot: *self.spot.get(at)?,
            kind: *self.kind.get(at)?,
            place: *self.place.get(at)?,
            score: *self.score.get(at)?,
        })
    }
}

/// What a field holds at some places.
pub(super) fn part<T>(field: &[T], at: &Range<usize>) -> impl Iterator<Item = usize>
where
    T: Copy + Into<u32>,
{
    field.get(at.clone()).unwrap_or_default().iter().map(|number| (*number).into() as usize)
}
