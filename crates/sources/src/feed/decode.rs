//! The text of a feed's bytes.

use std::borrow::Cow;

use encoding_rs::UTF_8;

use crate::charset;

/// Bytes at the head in which the XML declaration is looked for.
pub(super) const HEAD: usize = 1024;

/// Decodes by the mark at the head, else by `charset` (RFC 7303), else by the XML declaration, else by what the bytes look
/// like. Gives the encoding's name too if some bytes are none of its.
pub(super) fn text<'b>(bytes: &'b [u8], charset: Option<&str>) -> (Cow<'b, str>, Option<&'static str>) {
    let declared = declared(bytes);
    let encoding = charset::tell(bytes, charset.or(declared.as_deref())).unwrap_or(UTF_8);
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
