//! The elements of HTML, by what becomes of them.

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Kept; ends a paragraph.
    Block(&'static str),
    /// Kept; stands within a paragraph.
    Inline(&'static str),
    /// Kept; has no content.
    Void(&'static str),
    /// Left out with all that is in it.
    Dropped(&'static str),
    /// Left out, but not what is in it.
    Passed,
}

const BLOCK: [&str; 39] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const INLINE: [&str; 27] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u",
];

const DROPPED: [&str; 33] = [
    "applet",
    "audio",
    "button",
    "canvas",
    "datalist",
    "dialog",
    "figcaption",
    "frameset",
    "head",
    "iframe",
    "label",
    "legend",
    "map",
    "marquee",
    "math",
    "meter",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "output",
    "progress",
    "rp",
    "rt",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
];

const VOID: [&str; 2] = ["br", "hr"];

/// What becomes of the element of this name.
pub(super) fn role(name: &[u8]) -> Role {
    let known = |names: &[&'static str]| {
        names.binary_search_by(|n| n.as_bytes().cmp(name)).ok().and_then(|at| names.get(at)).copied()
    };
    if let Some(name) = known(&BLOCK) {
        Role::Block(name)
    } else if let Some(name) = known(&INLINE) {
        Role::Inline(name)
    } else if let Some(name) = known(&DROPPED) {
        Role::Dropped(name)
    } else if let Some(name) = known(&VOID) {
        Role::Void(name)
    } else {
        Role::Passed
    }
}

/// Whether an end tag of `closing` does not reach out of an open `name`.
pub(super) fn bounds(name: &str, closing: &str) -> bool {
    match name {
        "td" | "th" => !is_table(closing),
        "table" => closing != "table",
        _ => false,
    }
}

fn is_table(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th")
}

/// Of the elements that may be left open, which the start of `name` ends, and which keep it from reaching further out.
pub(super) fn ended_by(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "li" => (&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(BLOCK.is_sorted() && INLINE.is_sorted() && DROPPED.is_sorted() && VOID.is_sorted());
        assert_eq!(role(b"h1"), Role::Block("h1"));
        assert_eq!(role(b"script"), Role::Dropped("script"));
        assert_eq!(role(b"x-story"), Role::Passed);
    }
}
