//! Bytes of a file or of standard input, looked at before they are taken, by line or whole, with limits.

use std::collections::VecDeque;

use crate::limits::{HEAD, Limits, NOISE_PERCENT};
use crate::rejection::Reason;
use crate::unpack::{Stream, Unpacked};

/// What a read of at most so many bytes gave.
pub(crate) enum Piece {
    /// All there was.
    Whole(Vec<u8>),
    /// There was more than the limit.
    TooLong,
    /// There was more than could be skipped.
    Endless,
    /// Nothing is left.
    End,
}

/// A source of bytes whose head can be looked at.
pub(crate) struct Bytes {
    source: Unpacked,
    /// Bytes read and not yet taken begin at `at`.
    buffer: Vec<u8>,
    at: usize,
    /// Trouble to be told once what was read before it is taken.
    failed: Option<Reason>,
    /// Nothing is left to be read.
    ended: bool,
    limits: Limits,
    /// Bytes taken so far, and read so far.
    taken: u64,
    read: u64,
    /// Where gzip members begin, unpacked and in the file, of which bytes are still to be taken.
    members: VecDeque<(u64, u64)>,
}

impl Bytes {
    /// Reads from `raw`, unpacking it where it begins as gzip or zstd does.
    pub fn new(raw: Stream, limits: Limits) -> Result<Self, Reason> {
        let source = Unpacked::new(raw, limits)?;
        let members = VecDeque::new();
        let mut bytes =
            Bytes { source, buffer: Vec::new(), at: 0, failed: None, ended: false, limits, taken: 0, read: 0, members };
        while bytes.buffer.len() < HEAD && !bytes.buffer.trim_ascii_start().contains(&b'\n') && bytes.more()? {}
        Ok(bytes)
    }

    /// The bytes that were read and not yet taken; at the beginning at least the first line, all there are if fewer, and
    /// at most about 64 KiB.
    pub fn head(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// Where the next byte stands: in the file, or in what it unpacks to.
    pub fn offset(&self) -> u64 {
        self.taken
    }

    /// Where the next byte stands in the file as it lies on disk: for gzip, where the member begins that holds it.
    pub fn offset_on_disk(&mut self) -> u64 {
        if !self.source.is_gzip() {
            return self.taken;
        }
        while self.members.get(1).is_some_and(|(start, _)| *start <= self.taken) {
            self.members.pop_front();
        }
        self.members.front().map_or(0, |(_, member)| *member)
    }

    /// Reads more behind what was read; whether there was more.
    fn more(&mut self) -> Result<bool, Reason> {
        if let Some(reason) = self.failed.take() {
            return Err(reason);
        }
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at.min(self.buffer.len()));
        self.at = 0;
        let kept = self.buffer.len();
        self.buffer.resize(kept + HEAD, 0);
        let read = self.source.read(self.buffer.get_mut(kept..).unwrap_or_default());
        self.buffer.truncate(kept + read.as_ref().copied().unwrap_or(0));
        match read {
            Ok(n) => {
                if n > 0 && self.source.is_gzip() && self.members.back().is_none_or(|(_, m)| *m != self.source.member())
                {
                    self.members.push_back((self.read, self.source.member()));
                }
                self.read += n as u64;
                self.ended = n == 0;
                Ok(n > 0)
            }
            Err(reason) if kept == 0 => Err(reason),
            Err(reason) => {
                self.failed = Some(reason);
                Ok(false)
            }
        }
    }

    /// The bytes that come next, some at least unless nothing is left.
    pub fn fill(&mut self) -> Result<&[u8], Reason> {
        if self.at >= self.buffer.len() {
            self.more()?;
        }
        Ok(self.head())
    }

    /// The next byte, which stays there.
    pub fn peek(&mut self) -> Result<Option<u8>, Reason> {
        Ok(self.fill()?.first().copied())
    }

    /// Takes bytes that were looked at.
    pub fn skip(&mut self, count: usize) {
        self.at += count;
        self.taken += count as u64;
    }

    /// So many bytes that come next, which stay there; fewer where the file ends or fails before them.
    pub fn ahead(&mut self, count: usize) -> Result<&[u8], Reason> {
        while self.head().len() < count && self.more()? {}
        Ok(self.head().get(..count).unwrap_or(self.head()))
    }

    /// Takes so many bytes, or as many as there are.
    pub fn take(&mut self, count: usize) -> Result<Vec<u8>, Reason> {
        let mut taken = Vec::new();
        while taken.len() < count {
            let buffer = self.fill()?;
            let some = buffer.get(..count - taken.len()).unwrap_or(buffer);
            if some.is_empty() {
                break;
            }
            taken.extend_from_slice(some);
            let some = some.len();
            self.skip(some);
        }
        Ok(taken)
    }

    /// Takes a line with its end; none where it has no end within so many bytes.
    pub fn short_line(&mut self, most: usize) -> Result<Option<Vec<u8>>, Reason> {
        let mut line = Vec::new();
        while line.len() < most {
            let buffer = self.fill()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|b| *b == b'\n');
            let take = end.map_or(buffer.len(), |end| end + 1);
            line.extend_from_slice(buffer.get(..take).unwrap_or_default());
            self.skip(take);
            if end.is_some() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// Takes line feeds and carriage returns.
    pub fn skip_blank(&mut self) -> Result<(), Reason> {
        while self.peek()?.is_some_and(|byte| byte == b'\r' || byte == b'\n') {
            self.skip(1);
        }
        Ok(())
    }

    /// Takes line feeds; how many there were. Faster by far than taking as many lines.
    pub fn skip_line_feeds(&mut self) -> Result<u64, Reason> {
        let mut taken = 0;
        loop {
            let buffer = self.fill()?;
            let feeds = buffer.iter().take_while(|byte| **byte == b'\n').count();
            let more = feeds == buffer.len() && feeds > 0;
            self.skip(feeds);
            taken += feeds as u64;
            if !more {
                return Ok(taken);
            }
        }
    }

    /// Puts bytes that were taken last in front again.
    pub fn put_back(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.at.min(self.buffer.len()));
        self.buffer.splice(0..0, bytes.iter().copied());
        self.at = 0;
        self.taken -= bytes.len() as u64;
    }

    /// The trouble that ended the gzip member which begins at byte `start`, if there was any.
    pub fn failed_member(&mut self, start: u64) -> Option<Reason> {
        let own = self.members.front().is_some_and(|(at, member)| *at == start && *member == self.source.member());
        if own { self.failed.take() } else { None }
    }

    /// Goes on behind a broken gzip member, at the next place where one may begin; whether there is one.
    pub fn next_member(&mut self) -> Result<bool, Reason> {
        (self.at, self.failed, self.ended) = (0, None, false);
        self.buffer.clear();
        self.members.clear();
        self.taken = self.read;
        self.source.next_member()
    }

    /// The limit of a record.
    pub fn record_bytes(&self) -> usize {
        self.limits.record_bytes
    }

    /// The limit of what is skipped.
    pub fn skipped_bytes(&self) -> u64 {
        self.limits.skipped_bytes
    }

    /// Everything, at most the record limit.
    pub fn whole(&mut self) -> Result<Piece, Reason> {
        let mut bytes = Vec::new();
        loop {
            let buffer = self.fill()?;
            let read = buffer.len();
            if read == 0 {
                return Ok(Piece::Whole(bytes));
            }
            bytes.extend_from_slice(buffer);
            self.skip(read);
            if bytes.len() > self.limits.record_bytes {
                return Ok(Piece::TooLong);
            }
        }
    }

    /// The next line without its end, at most the record limit; a longer one is skipped.
    pub fn line(&mut self) -> Result<Piece, Reason> {
        let (most, skippable) = (self.limits.record_bytes, self.limits.skipped_bytes);
        let mut line: Vec<u8> = Vec::new();
        let mut skipped: Option<u64> = None;
        let mut any = false;
        loop {
            let buffer = self.fill()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|b| *b == b'\n');
            let take = end.unwrap_or(buffer.len());
            match &mut skipped {
                Some(skipped) => *skipped += take as u64,
                None if line.len() + take > most => {
                    skipped = Some((line.len() + take) as u64);
                    line = Vec::new();
                }
                None => line.extend_from_slice(buffer.get(..take).unwrap_or_default()),
            }
            self.skip(take + usize::from(end.is_some()));
            if end.is_some() {
                break;
            }
            if skipped.is_some_and(|n| n > skippable) {
                return Ok(Piece::Endless);
            }
        }
        Ok(match skipped {
            _ if !any => Piece::End,
            Some(_) => Piece::TooLong,
            None => Piece::Whole(line),
        })
    }
}

/// Why these first bytes of a file are not text, if they are not; `utf8` is what it should be encoded in.
pub(crate) fn noise(head: &[u8], utf8: bool) -> Option<&'static str> {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return None;
    }
    let known: [(&[u8], &str); 7] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP file (or an office document)"),
        (b"\x1F\x8B", "gzip within gzip or zstd"),
        (b"\x28\xB5\x2F\xFD", "zstd within zstd or gzip"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"\xD0\xCF\x11\xE0", "an office document"),
    ];
    if let Some((_, what)) = known.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Some(what);
    }
    if head.contains(&0) {
        return Some("it holds NUL bytes");
    }
    let odd: usize = head.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let controls = head.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace() && **b != 0x0B).count();
    if utf8 && odd * 100 > head.len() * NOISE_PERCENT + 400 {
        return Some("too many bytes are not UTF-8");
    }
    (controls * 100 > head.len() * NOISE_PERCENT + 400).then_some("too many control characters")
}
