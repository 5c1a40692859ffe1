//! Files that are one record: a report, a JSON object.

use super::{Frame, Framed};
use crate::bytes::{Bytes, Piece};
use crate::raw::{Kind, Raw};
use crate::rejection::{Place, Reason, Rejection};

/// A file that is one record.
pub(crate) struct Whole {
    /// The file, until it is read.
    bytes: Option<Bytes>,
    kind: Kind,
    name: String,
}

impl Whole {
    pub fn new(bytes: Bytes, name: &str, kind: Kind) -> Self {
        Whole { bytes: Some(bytes), kind, name: name.to_owned() }
    }
}

impl Frame for Whole {
    fn next(&mut self) -> Framed {
        let Some(mut bytes) = self.bytes.take() else { return Framed::End };
        let place = Place::of(&self.name);
        Framed::Last(match bytes.whole() {
            Ok(Piece::Whole(given)) => Ok(Raw::new(Place { offset: Some(0), ..place }, self.kind.clone(), given)),
            Ok(_) => Err(Rejection { place, reason: Reason::TooLong(bytes.record_bytes()) }),
            Err(reason) => Err(Rejection { place, reason }),
        })
    }
}
