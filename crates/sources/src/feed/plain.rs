//! The text of an entry's HTML: a feed carries an article's body and nothing around it, so that nothing is to be found in
//! it, only tags to be taken away.

use quick_xml::escape::resolve_html5_entity;

/// Elements within a line; all others end a paragraph.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// Elements whose content is no text.
const DROPPED: [&str; 6] = ["script", "style", "iframe", "noscript", "svg", "template"];

/// Bytes of the name of a character, `&` and `;` included.
const LONGEST_REFERENCE: usize = 40;

/// The paragraphs of `html`, set apart by blank lines.
pub(crate) fn text(html: &str) -> String {
    let mut out = Flow::default();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, after) = rest.split_at(at);
        out.push(before);
        rest = match after.strip_prefix('&') {
            Some(_) => reference(after, &mut out),
            None => tag(after, &mut out),
        };
    }
    out.push(rest);
    out.text
}

/// Text as it grows: white space as one blank, paragraphs apart.
#[derive(Default)]
struct Flow {
    text: String,
    blank: bool,
    paragraph: bool,
}

impl Flow {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.blank = true;
                continue;
            }
            if self.paragraph && !self.text.is_empty() {
                self.text.push_str("\n\n");
            } else if self.blank && !self.text.is_empty() {
                self.text.push(' ');
            }
            (self.blank, self.paragraph) = (false, false);
            self.text.push(c);
        }
    }
}

/// Takes the reference that `html` begins with, or the `&` alone; gives what follows.
fn reference<'h>(html: &'h str, out: &mut Flow) -> &'h str {
    let end = html.bytes().take(LONGEST_REFERENCE).position(|b| b == b';');
    if let Some((name, rest)) = end.and_then(|end| Some((html.get(1..end)?, html.get(end + 1..)?))) {
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        if let Some(c) = number.and_then(char::from_u32).filter(|c| !c.is_control() || c.is_whitespace()) {
            out.push(c.encode_utf8(&mut [0; 4]));
            return rest;
        }
        if let Some(text) = resolve_html5_entity(name) {
            out.push(text);
            return rest;
        }
    }
    out.push("&");
    html.get(1..).unwrap_or_default()
}

/// Takes the tag or comment that `html` begins with, or the `<` alone; gives what follows.
fn tag<'h>(html: &'h str, out: &mut Flow) -> &'h str {
    if html.starts_with("<!--") {
        return html.split_once("-->").map_or("", |(_, rest)| rest);
    }
    let inner = html.get(1..).unwrap_or_default();
    let named = inner.strip_prefix('/').unwrap_or(inner);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        out.push("<");
        return inner;
    }
    let end = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
    let name = named.get(..end).unwrap_or_default().to_ascii_lowercase();
    if !INLINE.contains(&name.as_str()) {
        out.paragraph = true;
    }
    let rest = close(inner);
    if DROPPED.contains(&name.as_str()) && !inner.starts_with('/') { behind(rest, &name) } else { rest }
}

/// What follows the end of a tag; quotes may hold a `>`, unless they are never closed.
fn close(inner: &str) -> &str {
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return inner.get(at + 1..).unwrap_or_default(),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    ""
}

/// What follows the end tag of this name.
fn behind<'h>(html: &'h str, name: &str) -> &'h str {
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return close(rest);
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_away() {
        for (html, expect) in [
            ("", ""),
            ("Plain  text\nhere", "Plain text here"),
            ("<p>One <b>two</b>.</p>\n<p>Three<br/>four</p>", "One two.\n\nThree\n\nfour"),
            ("a &amp; b &lt;c&gt; &rsquo; &#8217; &#x2019; &nosuch; & &#0;", "a & b <c> ’ ’ ’ &nosuch; & &#0;"),
            ("x<script>if (a<b) {\"</p>\"}</script>y<STYLE>p{}</Style>z", "x\n\ny\n\nz"),
            ("<a href=\"x>y\" title='>'>link</a>s", "links"),
            ("1 < 2 <3 </ 4", "1 < 2 <3 </ 4"),
            ("a<!-- > <p> -->b<!DOCTYPE x>c", "ab\n\nc"),
            ("cut <p class='", "cut"),
            ("cut <script>", "cut"),
            ("&nbsp;a&nbsp;b", "a b"),
        ] {
            assert_eq!(text(html), expect, "{html}");
        }
    }

    #[test]
    fn hostile_html_takes_time_in_proportion() {
        let start = std::time::Instant::now();
        for piece in ["<", "<a ", "<a '", "&", "&a", "<!--", "<script>", "</", "<p>", "<script></p", "x"] {
            text(&piece.repeat(1_000_000));
        }
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
