//! Formats of input, and how they are told.

use std::path::Path;

use crate::feed::looks_like_feed;

/// Formats of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A file is a report.
    Text,
    /// A line is an object with `text` or `sentences`, and where known `id`, `published` (or `date`), `publisher`,
    /// `title`, `author`, `uri` (or `url`), `language`, `licence`.
    JsonLines,
    /// A file is one such object, or a list of them.
    Json,
    /// A file is a web page.
    Html,
    /// A web archive, a page a record.
    Warc,
    /// A row is a report; the first row names the columns.
    Csv,
    /// The same, with tabs between fields.
    Tsv,
    /// RSS, Atom or JSON Feed: an entry with its full text is a report.
    Feed,
}

/// What a file's name says of its format.
enum ByName {
    Is(Format),
    /// JSON, or JSON Lines by the wrong name.
    Json,
}

/// The format of a file (or of standard input, which has no path) that begins with `head`.
pub(crate) fn tell(path: Option<&Path>, head: &[u8]) -> Format {
    match path.and_then(by_name) {
        Some(ByName::Is(format)) => format,
        Some(ByName::Json) if looks_like_feed(head) => Format::Feed,
        None if looks_like_feed(head) => Format::Feed,
        Some(ByName::Json) => by_content(head).filter(|format| *format != Format::Text).unwrap_or(Format::Json),
        None => by_content(head).unwrap_or(Format::Text),
    }
}

/// Whether a file of a folder is read.
pub(crate) fn is_known(path: &Path) -> bool {
    by_name(path).is_some() || is_parquet(path)
}

/// Whether a file is Parquet by its name; such files are read at many places, not as a stream.
pub(crate) fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|e| ["parquet", "pq"].iter().any(|known| e.eq_ignore_ascii_case(known)))
}

fn by_name(path: &Path) -> Option<ByName> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "txt" | "text" => Some(ByName::Is(Format::Text)),
        "jsonl" | "ndjson" => Some(ByName::Is(Format::JsonLines)),
        "json" => Some(ByName::Json),
        "html" | "htm" | "xhtml" => Some(ByName::Is(Format::Html)),
        "warc" | "wet" => Some(ByName::Is(Format::Warc)),
        "rss" | "atom" | "rdf" | "xml" => Some(ByName::Is(Format::Feed)),
        "csv" => Some(ByName::Is(Format::Csv)),
        "tsv" | "tab" => Some(ByName::Is(Format::Tsv)),
        _ => None,
    }
}

/// What the first bytes of a file say of its format.
fn by_content(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"WARC/1.") {
        return Some(Format::Warc);
    }
    if is_html(head) {
        return Some(Format::Html);
    }
    let mut lines = head.split(|b| *b == b'\n').map(|line| line.trim_ascii());
    let first = lines.next()?;
    if !first.starts_with(b"{") {
        return None;
    }
    let opens = |line: &[u8]| line.starts_with(b"{") && line.contains(&b'"');
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    let next = lines.find(|line| !line.is_empty());
    if whole || first.len() == head.len() || next.is_some_and(opens) {
        return opens(first).then_some(Format::JsonLines);
    }
    let keyed = first.get(1..)?.trim_ascii_start();
    (keyed.starts_with(b"\"") || (keyed.is_empty() && next?.starts_with(b"\""))).then_some(Format::Json)
}

/// Whether a text begins as web pages do.
fn is_html(head: &[u8]) -> bool {
    let head = head.get(..1024).unwrap_or(head).to_ascii_lowercase();
    let declared = head.starts_with(b"<?xml") && head.windows(5).any(|w| w == b"<html");
    declared || head.starts_with(b"<!doctype html") || head.starts_with(b"<html")
}
