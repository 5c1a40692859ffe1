//! Answers of web servers as archives keep them: header, and a body that may be in pieces and packed.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::limits::ZSTD_WINDOW_LOG;
use crate::rejection::Reason;

/// Bytes of an answer's header that are looked at.
const HTTP_HEADER: usize = 64 << 10;

/// Letters of a media type that a rejection shows.
const SHOWN: usize = 60;

/// Kinds of pages that are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Media {
    #[default]
    Html,
    Text,
}

/// What an answer's header says.
pub(crate) struct Answer {
    pub media: Media,
    pub charset: Option<String>,
}

/// The header of an answer, if it is one that brings a page.
pub(crate) fn answer(block: &[u8]) -> Result<Answer, Reason> {
    let (header, body) = split(block).ok_or(Reason::Http("its header has no end"))?;
    let status = status(&header).ok_or(Reason::Http("it does not begin with a status"))?;
    if status != 200 {
        return Err(Reason::Status(status));
    }
    let (media, charset) = match field(&header, "content-type") {
        Some(given) if !given.trim().is_empty() => media(given),
        _ if looks_like_html(body) => (Ok(Media::Html), None),
        _ => (Err(Reason::Media("none".to_owned())), None),
    };
    Ok(Answer { media: media?, charset })
}

/// Whether an answer is a good one and its body, as it was sent, begins as `wanted`.
pub(crate) fn brings(block: &[u8], wanted: impl Fn(&[u8]) -> bool) -> bool {
    split(block).is_some_and(|(header, body)| status(&header) == Some(200) && wanted(body))
}

/// The kind of page that a media type names, and its encoding.
pub(crate) fn media(given: &str) -> (Result<Media, Reason>, Option<String>) {
    let mut parts = given.split(';');
    let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    let media = match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Ok(Media::Html),
        "text/plain" => Ok(Media::Text),
        _ => Err(Reason::Media(kind.chars().filter(|c| !c.is_control()).take(SHOWN).collect())),
    };
    (media, charset)
}

/// The body of an answer, put together and unpacked, of at most `most` bytes.
pub(crate) fn body(block: &[u8], most: usize) -> Result<Cow<'_, [u8]>, Reason> {
    let (header, body) = split(block).ok_or(Reason::Http("its header has no end"))?;
    let chunked = field(&header, "transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
    // Some archives keep the header of bodies that they have put together or unpacked themselves.
    let whole = if chunked { unchunked(body).map_or(Cow::Borrowed(body), Cow::Owned) } else { Cow::Borrowed(body) };
    let coding = field(&header, "content-encoding").unwrap_or("").trim().to_ascii_lowercase();
    let unpacked = match coding.as_str() {
        "gzip" | "x-gzip" if whole.starts_with(&[0x1F, 0x8B]) => read(MultiGzDecoder::new(&*whole), most)?,
        "deflate" if !looks_like_html(&whole) => {
            read(ZlibDecoder::new(&*whole), most).or_else(|_| read(DeflateDecoder::new(&*whole), most))?
        }
        "zstd" if whole.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(&*whole).map_err(Reason::Zstd)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(Reason::Zstd)?;
            read(decoder, most)?
        }
        "br" | "compress" | "x-compress" if !looks_like_html(&whole) => {
            return Err(Reason::Http("its body is packed in a way that is not read"));
        }
        _ => return Ok(whole),
    };
    Ok(Cow::Owned(unpacked))
}

fn read(packed: impl Read, most: usize) -> Result<Vec<u8>, Reason> {
    let mut out = Vec::new();
    let read = packed.take(most as u64 + 1).read_to_end(&mut out);
    if out.len() > most {
        return Err(Reason::TooLong(most));
    }
    read.map(|_| out).map_err(|_| Reason::Http("its body is packed and broken"))
}

/// The header and what is behind the blank line that ends it.
fn split(block: &[u8]) -> Option<(Cow<'_, str>, &[u8])> {
    let head = block.get(..HTTP_HEADER).unwrap_or(block);
    let mut start = 0;
    for line in head.split_inclusive(|b| *b == b'\n') {
        let end = start + line.len();
        if line.trim_ascii().is_empty() && line.ends_with(b"\n") {
            return Some((String::from_utf8_lossy(head.get(..start)?), block.get(end..)?));
        }
        start = end;
    }
    None
}

fn status(header: &str) -> Option<u16> {
    let mut words = header.lines().next()?.split_ascii_whitespace();
    words.next().filter(|version| version.starts_with("HTTP/"))?;
    words.next().filter(|code| code.len() == 3)?.parse().ok()
}

fn field<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    let mut fields = header.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.find(|(given, _)| given.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn looks_like_html(body: &[u8]) -> bool {
    let head = body.get(..1024).unwrap_or(body).to_ascii_lowercase();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
    head.starts_with(b"<")
        && [&b"<!doctype"[..], b"<html", b"<head", b"<body"].iter().any(|m| head.windows(m.len()).any(|w| w == *m))
}

/// A body that was sent in chunks, put together; `None` where it is not in chunks. A body that breaks off is read as far as
/// it goes.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut first = true;
    loop {
        let end = rest.iter().take(1024).position(|b| *b == b'\n');
        let size = end.and_then(|end| rest.get(..end)).and_then(chunk_size);
        let (Some(end), Some(size)) = (end, size) else { return (!first).then_some(out) };
        first = false;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size).unwrap_or(rest));
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

fn chunk_size(line: &[u8]) -> Option<usize> {
    let line = str::from_utf8(line).ok()?;
    let digits = line.split(';').next()?.trim();
    let shape = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    usize::from_str_radix(digits, 16).ok().filter(|_| shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(header: &str, body: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"x\"\r\n{header}\r\n").as_bytes(), body].concat()
    }

    #[test]
    fn bodies_are_put_together() {
        for (sent, whole) in [
            ("5\r\nhello\r\n6; x=y\r\n world\r\n0\r\n\r\n", "hello world"),
            ("5\nhello\n0\n\n", "hello"),
            ("5\r\nhello\r\nffff\r\n wor", "hello wor"),
            ("hello", "hello"),
            ("fffffffffffff\r\nhello", "fffffffffffff\r\nhello"),
            ("", ""),
        ] {
            let block = given("Transfer-Encoding: Chunked\r\n", sent.as_bytes());
            assert_eq!(body(&block, 1000).unwrap(), whole.as_bytes(), "{sent}");
        }
    }

    #[test]
    fn headers_are_read() {
        let told =
            |block: &[u8]| answer(block).map_or_else(|r| r.to_string(), |a| format!("{:?} {:?}", a.media, a.charset));
        assert_eq!(told(&given("", b"x")), "Html Some(\"x\")");
        assert_eq!(told(b"HTTP/1.0 200\nCONTENT-TYPE:text/plain\n\nx"), "Text None");
        assert_eq!(told(b"HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html>"), "Html None");
        assert_eq!(told(b"HTTP/1.1 404 Not Found\r\n\r\n"), "the server's answer was 404");
        assert_eq!(told(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"), "not a page: image/png");
        assert!(told(b"HTTP/1.1 200 OK\r\nContent-Type: text/html").contains("no end"));
        assert!(told(b"\r\n\r\n").contains("status"));
        assert!(told(b"HTTP/1.1 abc OK\r\n\r\n").contains("status"));
    }
}
