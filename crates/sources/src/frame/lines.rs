//! JSON Lines: a line is a record.

use std::sync::Arc;

use super::{Frame, Framed};
use crate::bytes::{Bytes, Piece};
use crate::raw::{Kind, Raw};
use crate::rejection::{Place, Reason, Rejection};

/// A file of JSON Lines that is being read.
pub(crate) struct Lines {
    bytes: Bytes,
    name: Arc<str>,
    line: u64,
    any: bool,
}

impl Lines {
    pub fn new(bytes: Bytes, name: &str) -> Self {
        Lines { bytes, name: name.into(), line: 0, any: false }
    }

    /// The file as a place.
    fn whole(&self) -> Place {
        Place { name: Arc::clone(&self.name), ..Place::default() }
    }
}

impl Frame for Lines {
    fn next(&mut self) -> Framed {
        let empty = self.bytes.skip_line_feeds();
        let offset = self.bytes.offset();
        let piece = empty.map(|empty| self.line += empty).and_then(|()| self.bytes.line());
        self.line += 1;
        let place = Place { line: Some(self.line), offset: Some(offset), ..self.whole() };
        let reject = |reason| Err(Rejection { place: place.clone(), reason });
        let given = match piece {
            Err(reason) => return Framed::Last(reject(reason)),
            Ok(Piece::End) if !self.any => {
                return Framed::Last(Err(Rejection { place: self.whole(), reason: Reason::Empty }));
            }
            Ok(Piece::End) => return Framed::End,
            Ok(Piece::TooLong) => {
                self.any = true;
                return Framed::One(reject(Reason::TooLong(self.bytes.record_bytes())));
            }
            Ok(Piece::Endless) => return Framed::Last(reject(Reason::Endless(self.bytes.skipped_bytes()))),
            Ok(Piece::Whole(given)) => given,
        };
        if given.trim_ascii().is_empty() || (self.line == 1 && given.as_slice() == b"\xEF\xBB\xBF") {
            return Framed::Skipped;
        }
        self.any = true;
        Framed::One(Ok(Raw::new(place, Kind::Json, given)))
    }
}
