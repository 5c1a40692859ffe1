//! Bytes from files and standard input, unpacked where they are gzipped, with limits.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::limits::{HEAD, Limits, NOISE_PERCENT};
use crate::rejection::Reason;

/// Opens a file, unpacked where it begins as gzip does. Without limits: for files of the user's own, such as gold.
///
/// # Errors
/// Those of the file.
pub fn open_unpacked(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::new(File::open(path)?);
    let packed = file.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    Ok(if packed { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(file) })
}

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
    head: Vec<u8>,
    inner: BufReader<Box<dyn Read + Send>>,
    limits: Limits,
    packed: bool,
    /// Bytes taken so far.
    taken: u64,
}

impl Bytes {
    /// Reads from `raw`, unpacking it where it begins as gzip does.
    pub fn new(raw: Box<dyn Read + Send>, limits: Limits) -> Result<Self, Reason> {
        let (mark, raw) = peek(raw, |head| head.len() >= 2).map_err(|e| reason(e, false, limits))?;
        let packed = mark.starts_with(&[0x1F, 0x8B]);
        let inner: Box<dyn Read + Send> = if packed {
            let read = Arc::new(AtomicU64::new(0));
            let counted = BufReader::new(Counted { inner: raw, read: Arc::clone(&read) });
            Box::new(Unpacked { inner: MultiGzDecoder::new(counted), read, given: 0, limits })
        } else {
            raw
        };
        let line = |head: &[u8]| head.len() >= HEAD || head.trim_ascii_start().contains(&b'\n');
        let (head, inner) = peek(inner, line).map_err(|e| reason(e, packed, limits))?;
        Ok(Bytes { head, inner: BufReader::with_capacity(HEAD, inner), limits, packed, taken: 0 })
    }

    /// The first bytes: at least the first line, all there are if fewer, and at most about 64 KiB.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Where the next byte stands: in the file, or in what it unpacks to.
    pub fn offset(&self) -> u64 {
        self.taken
    }

    /// The next byte, which stays there.
    pub fn peek(&mut self) -> Result<Option<u8>, Reason> {
        let buffer = self.inner.fill_buf().map_err(|e| reason(e, self.packed, self.limits))?;
        Ok(buffer.first().copied())
    }

    /// Takes bytes that were looked at.
    pub fn skip(&mut self, count: usize) {
        self.inner.consume(count);
        self.taken += count as u64;
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
        let limit = u64::try_from(self.limits.record_bytes).unwrap_or(u64::MAX).saturating_add(1);
        self.inner.by_ref().take(limit).read_to_end(&mut bytes).map_err(|e| reason(e, self.packed, self.limits))?;
        Ok(if bytes.len() > self.limits.record_bytes { Piece::TooLong } else { Piece::Whole(bytes) })
    }

    /// The next line without its end, at most the record limit; a longer one is skipped.
    pub fn line(&mut self) -> Result<Piece, Reason> {
        let mut line: Vec<u8> = Vec::new();
        let mut skipped: Option<u64> = None;
        let mut any = false;
        loop {
            let buffer = self.inner.fill_buf().map_err(|e| reason(e, self.packed, self.limits))?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|b| *b == b'\n');
            let take = end.unwrap_or(buffer.len());
            match &mut skipped {
                Some(skipped) => *skipped += take as u64,
                None if line.len() + take > self.limits.record_bytes => {
                    skipped = Some((line.len() + take) as u64);
                    line = Vec::new();
                }
                None => line.extend_from_slice(buffer.get(..take).unwrap_or_default()),
            }
            self.skip(take + usize::from(end.is_some()));
            if end.is_some() {
                break;
            }
            if skipped.is_some_and(|n| n > self.limits.skipped_bytes) {
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

/// Reads until `enough` of the head is known, waiting no longer than that; gives the head, and a reader that begins
/// with it. An error after some bytes comes when they have been read again.
fn peek(mut raw: Box<dyn Read + Send>, enough: impl Fn(&[u8]) -> bool) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::new();
    let mut buffer = vec![0; HEAD];
    while !enough(&head) {
        match raw.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => head.extend_from_slice(buffer.get(..n).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if head.is_empty() => return Err(error),
            Err(error) => {
                let all = Cursor::new(head.clone()).chain(Failing(Some(error)));
                return Ok((head, Box::new(all)));
            }
        }
    }
    let all = Cursor::new(head.clone()).chain(raw);
    Ok((head, Box::new(all)))
}

/// Fails once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn reason(error: io::Error, packed: bool, limits: Limits) -> Reason {
    match error.get_ref() {
        Some(inner) if inner.is::<TooMuch>() => Reason::Bomb(limits.gzip_ratio),
        _ if packed => Reason::Gzip(error),
        _ => Reason::Unreadable(error),
    }
}

/// Says that a gzip file unpacks to too much.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to too much")]
struct TooMuch;

struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

struct Unpacked<R> {
    inner: R,
    read: Arc<AtomicU64>,
    given: u64,
    limits: Limits,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        let most = self.limits.gzip_bytes.max(self.read.load(Ordering::Relaxed).saturating_mul(self.limits.gzip_ratio));
        if self.given > most { Err(io::Error::other(TooMuch)) } else { Ok(n) }
    }
}

/// Why these first bytes of a file are not text, if they are not.
pub(crate) fn noise(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return None;
    }
    let known: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP file (or an office document)"),
        (b"\x1F\x8B", "gzip within gzip"),
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
    if odd * 100 > head.len() * NOISE_PERCENT + 400 {
        return Some("too many bytes are not UTF-8");
    }
    (controls * 100 > head.len() * NOISE_PERCENT + 400).then_some("too many control characters")
}
