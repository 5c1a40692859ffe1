//! Undoing gzip and zstd, with limits.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use flate2::bufread::{GzDecoder, MultiGzDecoder};
use zstd::stream::read::Decoder as ZstdDecoder;

use crate::limits::{HEAD, Limits, ZSTD_WINDOW_LOG};
use crate::rejection::Reason;

/// A stream of bytes from outside.
pub(crate) type Stream = Box<dyn Read + Send>;

/// Packed bytes of a gzip member that are kept while it is read, to look for the next one where it is broken.
const MEMBER_KEPT: usize = 4 << 20;

/// Packed bytes of a file over which the reading goes back in all, looking for members behind broken ones.
const GONE_BACK: usize = 64 << 20;

/// Bytes that could be unpacked in the time that it takes to begin a gzip member.
const MEMBER_COST: u64 = 6 << 10;

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Opens a file, unpacked where it begins as gzip or zstd does. Without limits: for files of the user's own, such as gold.
///
/// # Errors
/// Those of the file.
pub fn open_unpacked(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::new(File::open(path)?);
    let head = file.fill_buf()?;
    Ok(if head.starts_with(&GZIP) {
        Box::new(BufReader::new(MultiGzDecoder::new(file)))
    } else if head.starts_with(&ZSTD) {
        Box::new(BufReader::new(ZstdDecoder::with_buffer(file)?))
    } else {
        Box::new(file)
    })
}

/// A stream, unpacked where it is packed. A read never crosses from one gzip member into the next.
pub(crate) struct Unpacked {
    state: State,
    limits: Limits,
    /// Bytes given so far.
    given: u64,
    /// Bytes given before the member (of gzip) that is being read.
    given_before: u64,
    /// Members (of gzip) begun so far.
    members: u64,
    /// Where that member begins in the file; 0 where there are no members.
    member: u64,
}

enum State {
    Plain(Counted),
    /// Before a gzip member, or at the end.
    Between(Counted),
    Member(Box<GzDecoder<Counted>>),
    Zstd(Box<ZstdDecoder<'static, Counted>>),
    /// For the moment between two states.
    Gone,
}

impl Unpacked {
    pub fn new(raw: Stream, limits: Limits) -> Result<Self, Reason> {
        let (raw, mark) = Counted::new(raw).map_err(Reason::Unreadable)?;
        let state = if mark.starts_with(&GZIP) {
            State::Between(raw)
        } else if mark == ZSTD {
            let mut decoder = ZstdDecoder::with_buffer(raw).map_err(Reason::Zstd)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(Reason::Zstd)?;
            State::Zstd(Box::new(decoder))
        } else {
            State::Plain(raw)
        };
        Ok(Unpacked { state, limits, given: 0, given_before: 0, members: 0, member: 0 })
    }

    /// Whether the file is gzipped, so that [`Unpacked::member`] says where the bytes last read come from.
    pub fn is_gzip(&self) -> bool {
        matches!(self.state, State::Between(_) | State::Member(_))
    }

    /// Where in the file the gzip member begins that the bytes last read come from.
    pub fn member(&self) -> u64 {
        self.member
    }

    /// Reads some bytes; none at the end.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Reason> {
        let n = loop {
            match &mut self.state {
                State::Plain(raw) => return raw.read(buffer).map_err(Reason::Unreadable),
                State::Zstd(decoder) => break decoder.read(buffer).map_err(Reason::Zstd)?,
                State::Gone => return Ok(0),
                State::Between(_) => {
                    if !self.open_member()? {
                        return Ok(0);
                    }
                }
                State::Member(decoder) => match decoder.read(buffer).map_err(Reason::Gzip)? {
                    0 => self.close_member(),
                    n => break n,
                },
            }
        };
        self.given += n as u64;
        self.bounded().map(|()| n)
    }

    /// Goes on behind a gzip member that is broken or a bomb, at the next place that may begin one; whether there is one.
    pub fn next_member(&mut self) -> Result<bool, Reason> {
        self.close_member();
        let State::Between(raw) = &mut self.state else { return Ok(false) };
        raw.back_behind_mark();
        if raw.taken == self.member {
            let some = !raw.fill_buf().map_err(Reason::Unreadable)?.is_empty();
            raw.consume(usize::from(some));
        }
        let found = raw.find([GZIP[0], GZIP[1], 8]).map_err(Reason::Unreadable)?;
        if found {
            // What a bomb gave does not count against the members that follow it.
            self.given = self.given.min(raw.taken.saturating_mul(self.limits.unpacked_ratio));
        }
        Ok(found)
    }

    /// Opens the next gzip member; whether there is one. Padding with zeros is passed over.
    fn open_member(&mut self) -> Result<bool, Reason> {
        let State::Between(mut raw) = std::mem::replace(&mut self.state, State::Gone) else { return Ok(false) };
        let more = raw.skip_zeros();
        self.member = raw.taken;
        self.given_before = self.given;
        self.members += 1;
        if self.members.saturating_mul(MEMBER_COST) > self.most(raw.taken) {
            return Err(Reason::Members);
        }
        raw.kept.clear();
        match more {
            Ok(true) => self.state = State::Member(Box::new(GzDecoder::new(raw))),
            Ok(false) => self.state = State::Between(raw),
            Err(error) => return Err(Reason::Unreadable(error)),
        }
        more.map_err(Reason::Unreadable)
    }

    fn close_member(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Gone) {
            State::Member(decoder) => State::Between(decoder.into_inner()),
            other => other,
        };
    }

    /// Says where more was given than the packed bytes should hold: by the file, or by this member of it.
    fn bounded(&self) -> Result<(), Reason> {
        let taken = match &self.state {
            State::Plain(raw) | State::Between(raw) => raw.taken,
            State::Member(decoder) => decoder.get_ref().taken,
            State::Zstd(decoder) => decoder.get_ref().taken,
            State::Gone => 0,
        };
        let member = taken.saturating_sub(self.member);
        let given_of_it = self.given - self.given_before.min(self.given);
        let bomb = self.given > self.most(taken) || given_of_it > self.most(member);
        if bomb { Err(Reason::Bomb(self.limits.unpacked_ratio)) } else { Ok(()) }
    }

    /// Bytes that so many packed ones may give.
    fn most(&self, packed: u64) -> u64 {
        self.limits.unpacked_bytes.max(packed.saturating_mul(self.limits.unpacked_ratio))
    }
}

/// A stream that counts the bytes which are taken.
struct Counted {
    /// Bytes to be given again before the stream goes on.
    again: Cursor<Vec<u8>>,
    inner: BufReader<Stream>,
    taken: u64,
    /// The first bytes taken since it was emptied. A member that is cut off runs on into the next one, which is found
    /// only by going back.
    kept: Vec<u8>,
    /// Bytes over which it may still be gone back.
    may_go_back: usize,
}

impl Counted {
    /// The stream, and its first four bytes (fewer where there are fewer), which are still to be read.
    fn new(mut raw: Stream) -> io::Result<(Self, Vec<u8>)> {
        let mut mark = Vec::new();
        raw.by_ref().take(ZSTD.len() as u64).read_to_end(&mut mark)?;
        let again = Cursor::new(mark.clone());
        Ok((
            Counted {
                again,
                inner: BufReader::with_capacity(HEAD, raw),
                taken: 0,
                kept: Vec::new(),
                may_go_back: GONE_BACK,
            },
            mark,
        ))
    }

    fn is_again(&self) -> bool {
        self.again.position() < self.again.get_ref().len() as u64
    }

    /// Passes over zeros; whether anything is left.
    fn skip_zeros(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.fill_buf()?;
            let (zeros, all) = (buffer.iter().take_while(|b| **b == 0).count(), buffer.len());
            self.consume(zeros);
            if zeros < all || all == 0 {
                return Ok(all > 0);
            }
        }
    }

    /// Goes back to the second of the kept bytes, where all that were taken since are kept and it was not done too often.
    fn back_behind_mark(&mut self) {
        let kept = std::mem::take(&mut self.kept);
        let Some(back) = kept.get(1..).filter(|_| kept.len() <= MEMBER_KEPT) else { return };
        if let Some(left) = self.may_go_back.checked_sub(back.len()) {
            self.may_go_back = left;
            self.give_again(back);
        }
    }

    /// Gives bytes again that were taken last.
    fn give_again(&mut self, bytes: &[u8]) {
        self.taken -= bytes.len() as u64;
        let at = usize::try_from(self.again.position()).unwrap_or(usize::MAX);
        match at.checked_sub(bytes.len()) {
            Some(start) => self.again.set_position(start as u64),
            None => {
                let rest = self.again.get_ref().get(at..).unwrap_or_default();
                self.again = Cursor::new([bytes, rest].concat());
            }
        }
    }

    /// Passes over what stands before the next `mark`; whether there is one.
    fn find(&mut self, mark: [u8; 3]) -> io::Result<bool> {
        let mut last = [None; 3];
        while let Some(byte) = self.fill_buf()?.first().copied() {
            last = [last[1], last[2], Some(byte)];
            self.consume(1);
            if last == mark.map(Some) {
                self.give_again(&mark);
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.position() < self.again.get_ref().len() as u64 {
            self.again.fill_buf()
        } else {
            self.inner.fill_buf()
        }
    }

    fn consume(&mut self, count: usize) {
        if self.kept.len() <= MEMBER_KEPT {
            let buffer = if self.is_again() { self.again.fill_buf() } else { self.inner.fill_buf() };
            self.kept.extend_from_slice(buffer.ok().and_then(|b| b.get(..count)).unwrap_or_default());
        }
        if self.is_again() {
            self.again.consume(count);
        } else {
            self.again = Cursor::default(); // so that what is given again are the bytes taken last
            self.inner.consume(count);
        }
        self.taken += count as u64;
    }
}
