//! Where words stand in a text.

/// Places of a text where `words` stand as they are, spaces and line ends alike, not within longer words.
pub(super) fn places(text: &str, words: &str) -> Vec<[usize; 2]> {
    let mut parts = words.split_whitespace();
    let Some(first) = parts.next() else { return Vec::new() };
    let rest: Vec<&str> = parts.collect();
    let end_of = |start: usize| {
        let mut at = start + first.len();
        for part in &rest {
            let before = text.get(at..)?;
            let after = before.trim_start();
            let is_apart = after.len() < before.len();
            after.strip_prefix(part).filter(|_| is_apart)?;
            at = text.len() - after.len() + part.len();
        }
        Some(at)
    };
    let is_whole = |[start, end]: &[usize; 2]| {
        let inside = |a: Option<char>, b: Option<char>| {
            a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
        };
        let (before, within) = (text.get(..*start).unwrap_or_default(), text.get(*start..*end).unwrap_or_default());
        let after = text.get(*end..).unwrap_or_default();
        !inside(before.chars().next_back(), within.chars().next())
            && !inside(within.chars().next_back(), after.chars().next())
    };
    let found = text.match_indices(first).filter_map(|(start, _)| Some([start, end_of(start)?]));
    found.filter(is_whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_they_stand() {
        let text = "They met. Metal was\n  sold; they met again, he said: «they met».";
        for (words, expect) in [
            ("met", &[[5, 8], [33, 36], [60, 63]][..]),
            ("was sold", &[[16, 26]]),
            ("  was\nsold ", &[[16, 26]]),
            ("they met", &[[28, 36], [55, 63]]),
            ("sold; they", &[[22, 32]]),
            ("Met", &[]),
            ("wassold", &[]),
            ("", &[]),
            ("«", &[[53, 55]]),
        ] {
            assert_eq!(places(text, words), expect, "{words}");
        }
    }
}
