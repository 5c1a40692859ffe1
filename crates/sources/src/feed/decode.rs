//! The text of a feed's bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes at the head in which the XML declaration is looked for.
pub(super) const HEAD: usize = 1024;

/// Decodes by the mark at the head, else by `charset` (RFC 7303), else by the XML declaration, else as UTF-8, or as
/// windows-1252 where they are not UTF-8. Gives the encoding's name too if some bytes are none of its.
pub(super) fn text<'b>(bytes: &'b [u8], charset: Option<&str>) -> (Cow<'b, str>, Option<&'static str>) {
    let named = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked
        .or_else(|| charset.and_then(named))
        .or_else(|| declared(bytes).as_deref().and_then(named))
        .unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    let (text, used, wrong) = encoding.decode(bytes);
    (text, wrong.then(|| used.name()))
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(HEAD))?.trim_ascii_start();
    let end = head.starts_with(b"<?xml").then(|| head.windows(2).position(|w| w == b"?>"))??;
    let declaration = String::from_utf8_lossy(head.get(..end)?).into_owned();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
}
