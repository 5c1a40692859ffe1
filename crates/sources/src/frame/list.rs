//! A JSON list: each element is a record.
//!
//! Elements are told by strings and brackets alone; whether they are JSON is found when they are parsed. So a list may be
//! longer than any record, and a broken element costs only itself where its brackets still match.

use super::{Frame, Framed};
use crate::bytes::Bytes;
use crate::raw::{Kind, Raw};
use crate::rejection::{Place, Reason, Rejection};

/// A JSON list that is being read.
pub(crate) struct List {
    bytes: Bytes,
    name: String,
    /// Where the next byte stands; from 1.
    line: u64,
    column: u64,
    before: Before,
}

/// What stands before the next element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The file's beginning.
    Bracket,
    /// The list's beginning.
    First,
    /// An element.
    Comma,
    /// An element and a comma.
    Next,
    /// The list's end.
    End,
}

impl List {
    pub fn new(bytes: Bytes, name: &str) -> Self {
        List { bytes, name: name.to_owned(), line: 1, column: 1, before: Before::Bracket }
    }

    fn place(&self) -> Place {
        Place {
            line: Some(self.line),
            column: Some(self.column),
            offset: Some(self.bytes.offset()),
            ..Place::of(&self.name)
        }
    }

    /// The next byte that is no white space, not yet taken.
    fn mark(&mut self) -> Result<Option<u8>, Reason> {
        loop {
            match self.bytes.peek()? {
                Some(byte) if byte.is_ascii_whitespace() || self.is_mark_of_order(byte) => self.take(byte),
                other => return Ok(other),
            }
        }
    }

    /// Whether this is a byte of a byte-order mark at the beginning of the file.
    fn is_mark_of_order(&self, byte: u8) -> bool {
        self.before == Before::Bracket && b"\xEF\xBB\xBF".contains(&byte)
    }

    fn take(&mut self, byte: u8) {
        self.bytes.skip(1);
        if byte == b'\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
    }

    fn broken(&self, what: &str) -> Framed {
        Framed::Last(Err(Rejection { place: self.place(), reason: Reason::Json(what.to_owned()) }))
    }

    /// What the next byte makes of the list.
    fn step(&mut self) -> Result<Framed, Reason> {
        let mark = self.mark()?;
        Ok(match (self.before, mark) {
            (Before::End, None) => Framed::End,
            (Before::End, Some(_)) => self.broken("trailing characters"),
            (_, None) => self.broken("EOF while parsing a list"),
            (Before::Bracket, Some(byte)) => self.pass(byte, Before::First),
            (Before::First, Some(byte @ b']')) => {
                self.pass(byte, Before::End);
                Framed::Last(Err(Rejection { place: Place::of(&self.name), reason: Reason::Empty }))
            }
            (Before::Comma, Some(byte @ b']')) => self.pass(byte, Before::End),
            (Before::Comma, Some(byte @ b',')) => self.pass(byte, Before::Next),
            (Before::Comma, Some(_)) => self.broken("expected `,` or `]`"),
            (Before::First | Before::Next, Some(b',' | b']' | b'}' | b':')) => self.broken("expected value"),
            (Before::First | Before::Next, Some(_)) => self.element()?,
        })
    }

    fn pass(&mut self, byte: u8, before: Before) -> Framed {
        self.take(byte);
        self.before = before;
        Framed::Skipped
    }

    /// The element that begins here.
    fn element(&mut self) -> Result<Framed, Reason> {
        let place = self.place();
        let mut scan = Scan::default();
        let mut given = Vec::new();
        let (most, skipped) = (self.bytes.record_bytes(), self.bytes.skipped_bytes());
        let mut length: u64 = 0;
        let mut cut = true;
        while let Some(byte) = self.bytes.peek()? {
            if scan.ends_before(byte) {
                cut = false;
                break;
            }
            self.take(byte);
            length += 1;
            if length > skipped {
                return Ok(Framed::Last(Err(Rejection { place, reason: Reason::Endless(skipped) })));
            }
            if given.len() < most {
                given.push(byte);
            }
            if scan.ends_with(byte) {
                cut = false;
                break;
            }
        }
        self.before = Before::Comma;
        let element = if length > most as u64 {
            Err(Rejection { place, reason: Reason::TooLong(most) })
        } else {
            Ok(Raw::new(place, Kind::Json, given))
        };
        Ok(if cut { Framed::Last(element) } else { Framed::One(element) })
    }
}

impl Frame for List {
    fn next(&mut self) -> Framed {
        self.step().unwrap_or_else(|reason| Framed::Last(Err(Rejection { place: self.place(), reason })))
    }
}

/// How far into an element a scan is.
#[derive(Default)]
struct Scan {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Whether the element, a number or a word, is over before this byte.
    fn ends_before(&self, byte: u8) -> bool {
        self.depth == 0 && !self.in_string && (byte == b',' || byte == b']' || byte.is_ascii_whitespace())
    }

    /// Whether the element, a list, an object or a string, is over with this byte.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_string {
            let escaped = std::mem::take(&mut self.escaped);
            match byte {
                b'\\' if !escaped => self.escaped = true,
                b'"' if !escaped => self.in_string = false,
                _ => {}
            }
            return !self.in_string && self.depth == 0;
        }
        match byte {
            b'"' => self.in_string = true,
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}
