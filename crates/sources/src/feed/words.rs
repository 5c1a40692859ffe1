//! How much text is in a text that may be HTML.

/// Words outside tags, counted up to `most`.
pub(super) fn count(text: &str, most: usize) -> usize {
    let (mut tag, mut word, mut words) = (false, false, 0);
    for c in text.chars() {
        match c {
            '<' => (tag, word) = (true, false),
            '>' if tag => tag = false,
            _ if tag => {}
            c if c.is_alphanumeric() => {
                words += usize::from(!word);
                word = true;
                if words >= most && word {
                    return words;
                }
            }
            c if c.is_whitespace() => word = false,
            _ => {}
        }
    }
    words
}

/// Whether the text ends in an ellipsis, as a teaser does; tags, brackets and white space after it set aside.
pub(super) fn breaks_off(text: &str) -> bool {
    let mut rest = text.trim_end();
    while let Some(before) = rest.strip_suffix('>').and_then(|inner| inner.rfind('<').and_then(|at| inner.get(..at))) {
        rest = before.trim_end();
    }
    let rest = rest.trim_end_matches([']', ')', ' ']);
    ["…", "...", "&#8230;", "&hellip;", "&#x2026;"].iter().any(|end| rest.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_outside_tags() {
        for (text, expect) in [("", 0), ("<p class=\"a b\">One two</p><br>three", 3), ("don't <", 1), ("a<b>c", 2)] {
            assert_eq!(count(text, 100), expect, "{text}");
        }
        assert_eq!(count("a b c d", 2), 2);
    }

    #[test]
    fn teasers_end_in_an_ellipsis() {
        for text in ["Talks go on…", "Talks go on [&#8230;]</p>\n", "Talks go on... <a href='x'></a>", "on […]"] {
            assert!(breaks_off(text), "{text}");
        }
        for text in ["", "Talks went on.", "<p>… and ended.</p>", ">>>>", "<"] {
            assert!(!breaks_off(text), "{text}");
        }
    }
}
