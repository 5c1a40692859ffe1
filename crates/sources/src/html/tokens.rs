//! HTML to tags and text, in one pass whose time is in proportion to the bytes, whatever they are.
//!
//! Follows the tokenizer of the HTML standard (section 13.2.5) where pages need it: quoted and bare attributes, comments, the
//! contents of scripts and titles, references to characters. It builds no tree and calls nothing but itself in a loop.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::{HTML_ATTRIBUTE_BYTES, HTML_ATTRIBUTES};

/// Bytes of an element's name; none of those that matter is longer.
const NAME_BYTES: usize = 32;

/// Bytes of a reference to a character.
const REFERENCE_BYTES: usize = 40;

/// A piece of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'p> {
    Start(Tag<'p>),
    /// Name in lower case.
    End(String),
    Text(Cow<'p, str>),
}

/// A start tag.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'p> {
    /// In lower case.
    pub name: String,
    /// Names and values as written, at most [`HTML_ATTRIBUTES`].
    attributes: Vec<(&'p str, &'p str)>,
}

impl Tag<'_> {
    /// The value of an attribute, its references resolved, without white space around it.
    pub fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(given, _)| given.eq_ignore_ascii_case(name))?;
        Some(resolve(cut(value, HTML_ATTRIBUTE_BYTES)).trim().to_owned())
    }
}

/// Goes through a page.
pub(super) struct Tokens<'p> {
    rest: &'p str,
    /// The element within which there are no tags but its end.
    raw: Option<&'static str>,
}

/// Elements that hold text without tags; in those of the second kind references to characters are resolved.
const RAW: [&str; 6] = ["script", "style", "xmp", "iframe", "noembed", "noframes"];
const RAW_WITH_REFERENCES: [&str; 2] = ["title", "textarea"];

impl<'p> Tokens<'p> {
    pub fn new(page: &'p str) -> Self {
        Tokens { rest: page, raw: None }
    }

    /// Takes so many bytes.
    fn take(&mut self, bytes: usize) -> &'p str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes all up to and with `end`, or all.
    fn take_through(&mut self, end: &str) {
        let bytes = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(bytes);
    }

    fn raw_text(&mut self, name: &'static str) -> Token<'p> {
        let end = end_of_raw(self.rest, name);
        self.raw = None;
        let text = self.take(end);
        Token::Text(if RAW_WITH_REFERENCES.contains(&name) { resolve(text) } else { Cow::Borrowed(text) })
    }

    fn text(&mut self) -> Token<'p> {
        let bytes = self.rest.as_bytes();
        let marks = |at: usize| bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || b"/!?".contains(b));
        let next = bytes.iter().enumerate().position(|(at, b)| *b == b'<' && marks(at)).unwrap_or(bytes.len());
        Token::Text(resolve(self.take(next)))
    }

    /// What follows `</`.
    fn end_tag(&mut self) -> Option<Token<'p>> {
        self.take(2);
        let name = self.rest.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| self.name());
        self.take_through(">");
        name.map(Token::End)
    }

    fn name(&mut self) -> String {
        let end = self.rest.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(self.rest.len());
        cut(self.take(end), NAME_BYTES).to_ascii_lowercase()
    }

    /// What follows `<`; nothing where the page ends within the tag.
    fn start_tag(&mut self) -> Option<Token<'p>> {
        self.take(1);
        let mut tag = Tag { name: self.name(), attributes: Vec::new() };
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            match self.rest.as_bytes().first()? {
                b'>' => break,
                _ => {
                    let attribute = self.attribute();
                    if tag.attributes.len() < HTML_ATTRIBUTES {
                        tag.attributes.push(attribute);
                    }
                }
            }
        }
        self.take(1);
        self.raw = RAW.iter().chain(&RAW_WITH_REFERENCES).copied().find(|raw| *raw == tag.name);
        Some(Token::Start(tag))
    }

    fn attribute(&mut self) -> (&'p str, &'p str) {
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
        // An equals sign at the beginning is part of the name.
        let from = usize::from(self.rest.starts_with('='));
        let end = self.rest.get(from..).and_then(|rest| rest.find(ends)).map_or(self.rest.len(), |at| at + from);
        let name = self.take(end);
        let Some(value) = self.rest.trim_ascii_start().strip_prefix('=') else { return (name, "") };
        self.rest = value.trim_ascii_start();
        for quote in ["\"", "'"] {
            if let Some(quoted) = self.rest.strip_prefix(quote) {
                self.rest = quoted;
                let end = quoted.find(quote).unwrap_or(quoted.len());
                let value = self.take(end);
                self.take(1);
                return (name, value);
            }
        }
        let end = self.rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(self.rest.len());
        (name, self.take(end))
    }
}

impl<'p> Iterator for Tokens<'p> {
    type Item = Token<'p>;

    fn next(&mut self) -> Option<Token<'p>> {
        while !self.rest.is_empty() {
            if let Some(name) = self.raw {
                return Some(self.raw_text(name));
            }
            let mut head = self.rest.bytes();
            let token = match (head.next(), head.next()) {
                (Some(b'<'), Some(b'!')) if self.rest.starts_with("<!--") => {
                    self.take(4);
                    // `<!-->` is a comment too.
                    self.take_through(if self.rest.starts_with('>') { ">" } else { "-->" });
                    None
                }
                (Some(b'<'), Some(b'!' | b'?')) => {
                    self.take_through(">");
                    None
                }
                (Some(b'<'), Some(b'/')) => self.end_tag(),
                (Some(b'<'), Some(b)) if b.is_ascii_alphabetic() => Some(self.start_tag()?),
                _ => Some(self.text()),
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}

/// Where the end tag of a raw element begins.
fn end_of_raw(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")).map(|at| from + at) {
        let behind = text.get(at + 2..).unwrap_or("");
        let named = behind.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        let ended = behind.as_bytes().get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b));
        if named && ended {
            return at;
        }
        from = at + 2;
    }
    text.len()
}

/// Text with its references to characters resolved.
fn resolve(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (head, mut rest) = text.split_at(first);
    out.push_str(head);
    while let Some(behind) = rest.strip_prefix('&') {
        let (character, used) = reference(behind);
        match used {
            0 => out.push('&'),
            _ => out.push_str(&character),
        }
        let after = behind.get(used..).unwrap_or("");
        let next = after.find('&').unwrap_or(after.len());
        let (plain, more) = after.split_at(next);
        out.push_str(plain);
        rest = more;
    }
    Cow::Owned(out)
}

/// What a reference stands for, and how many bytes behind the `&` it takes: none where it is no reference.
fn reference(behind: &str) -> (Cow<'static, str>, usize) {
    let window = cut(behind, REFERENCE_BYTES);
    let end = window.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(window.len());
    let name = window.get(..end).unwrap_or("");
    let closed = usize::from(window.as_bytes().get(end) == Some(&b';'));
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        // A number too large is a reference all the same.
        let digits = number.trim_start_matches(['x', 'X']);
        let is = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
        return (character(code.unwrap_or(0)), if is { end + closed } else { 0 });
    }
    let known = matches!(name, "amp" | "lt" | "gt" | "quot" | "nbsp" | "copy" | "reg");
    if name.is_empty() || !(closed == 1 || known) {
        return (Cow::Borrowed(""), 0);
    }
    let reference = format!("&{name};");
    match html_escape::decode_html_entities(&reference) {
        Cow::Owned(text) => (Cow::Owned(text), end + closed),
        Cow::Borrowed(_) => (Cow::Borrowed(""), 0),
    }
}

/// The character of a number; numbers of windows-1252's quotes and dashes are common, and mean these.
fn character(code: u32) -> Cow<'static, str> {
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        return Cow::Owned(WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned());
    }
    let c = char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER);
    Cow::Owned(c.to_string())
}

/// At most so many bytes of a text, to the last whole character.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens in short: `<name a=b>`, `</name>`, text.
    fn told(page: &str) -> String {
        Tokens::new(page)
            .map(|token| match token {
                Token::Start(tag) => {
                    let attributes: String =
                        tag.attributes.iter().map(|(n, _)| format!(" {n}={}", tag.get(n).unwrap())).collect();
                    format!("<{}{attributes}>", tag.name)
                }
                Token::End(name) => format!("</{name}>"),
                Token::Text(text) => format!("[{text}]"),
            })
            .collect()
    }

    #[test]
    fn pages_are_taken_apart() {
        for (page, tokens) in [
            ("<P Class='a b' id=c hidden>x</P >", "<p Class=a b id=c hidden=>[x]</p>"),
            ("a < b <3 c", "[a < b <3 c]"),
            ("<a href=/x/y>z", "<a href=/x/y>[z]"),
            ("<br/><hr / >", "<br><hr>"),
            ("<!DOCTYPE html><!-- <p> --><?xml x?>a<!-->b", "[a][b]"),
            ("<script>if (a</b) '</scripts>'</SCRIPT >x", "<script>[if (a</b) '</scripts>']</script>[x]"),
            ("<title>A &amp; <b></title>", "<title>[A & <b>]</title>"),
            ("<div a=\"x > y\" b = 'z'>t", "<div a=x > y b=z>[t]"),
            ("<div =a ==b>", "<div =a==b>"),
            ("x<div a=\"", "[x]"),
            ("x</ y>z</", "[x][z]"),
            ("<p", ""),
            ("<script>x", "<script>[x]"),
        ] {
            assert_eq!(told(page), tokens, "{page}");
        }
    }

    #[test]
    fn references_are_resolved() {
        for (given, text) in [
            ("A &amp; B &lt;&#60;&#x3C; &copy 2024", "A & B <<< \u{A9} 2024"),
            ("&#147;x&#148; &rsquo;", "\u{201C}x\u{201D} \u{2019}"),
            ("&unknown; &amp &; &#; &#x; & AT&T &notin;", "&unknown; & &; &#; &#x; & AT&T \u{2209}"),
            ("&#0;&#1114112;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("no", "no"),
            ("&", "&"),
        ] {
            assert_eq!(resolve(given), text, "{given}");
        }
    }
}
