//! Paragraphs that are furniture as a whole: bylines, page furniture, dates, agency names.

use crate::FurnitureKind;
use crate::lists::LISTS;

/// Bytes of a paragraph that can be furniture as a whole.
const LONGEST: usize = 300;

/// Words of a byline.
const BYLINE_WORDS: usize = 14;

/// What furniture a paragraph is as a whole, if it is, and its value. Bylines count at the `top`, the names of
/// contributors at the `bottom`.
pub(super) fn whole(given: &str, top: bool, bottom: bool) -> Option<(FurnitureKind, Option<String>)> {
    if given.is_empty() || given.len() > LONGEST {
        return None;
    }
    let lower = given.to_lowercase();
    if is_page(&lower) {
        return Some((FurnitureKind::Page, None));
    }
    if top && let Some(names) = byline(given) {
        return Some((FurnitureKind::Byline, Some(names)));
    }
    let source = given.strip_prefix("Source:").or(given.strip_prefix("SOURCE:")).unwrap_or(given);
    let agency = source.trim_matches(|c: char| c.is_whitespace() || "()-–—./".contains(c));
    if (top || bottom) && LISTS.agencies.contains(agency) && agency.len() < given.len().max(agency.len() + 1) + 1 {
        return (agency.len() > 2 || given.starts_with(['(', '-', '–', '—']))
            .then(|| (FurnitureKind::Credit, Some(agency.to_owned())));
    }
    let ends = lower.trim_end_matches(['.', ')', ' ', ']']);
    let contributed = [
        "contributed to this report",
        "contributed reporting",
        "contributed to this story",
        "contributed to this article",
    ];
    if bottom && contributed.iter().any(|phrase| ends.ends_with(phrase)) {
        return Some((FurnitureKind::Byline, Some(given.to_owned())));
    }
    None
}

fn is_page(lower: &str) -> bool {
    let lower = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = lower.trim_end_matches(['.', ':', '…', '»', '>', '!']).trim_end_matches("&#3;").trim();
    LISTS.page_is.contains(bare)
        || LISTS.page_is.contains(lower.as_str())
        || LISTS.page_starts.iter().any(|start| lower.starts_with(start))
        || is_page_number(bare)
}

/// "Page 2 of 3", "1/2".
fn is_page_number(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        ["page", n] => number(n),
        ["page", n, "of", m] => number(n) && number(m),
        _ => false,
    }
}

/// The names of a byline: "By Jane Doe and John Roe, Reuters".
fn byline(given: &str) -> Option<String> {
    let rest = ["By ", "BY ", "by "].iter().find_map(|by| given.strip_prefix(by))?;
    let rest = rest.trim();
    let words: Vec<&str> = rest.split_whitespace().collect();
    let ends = rest.ends_with(['.', '?', '!', ':']) && !rest.ends_with("Jr.") && !rest.ends_with("Sr.");
    if ends || words.len() < 2 || words.len() > BYLINE_WORDS {
        return None;
    }
    let small = [
        "and", "of", "for", "in", "at", "the", "de", "van", "von", "bin", "al", "el", "der", "da", "with", "&", "|",
        "-", "–",
    ];
    let name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || "([@".contains(c)) || small.contains(&word);
    if !words.iter().all(|word| name(word) || word.starts_with("al-") || word.starts_with("el-")) {
        return None;
    }
    let first = words.first()?.trim_end_matches(',');
    let date = LISTS.weekdays.contains(first.to_lowercase().as_str())
        || LISTS.months.contains_key(first.to_lowercase().as_str());
    let names = rest.split([',', '|', '(']).next().unwrap_or(rest).trim();
    (!date && !names.is_empty() && !LISTS.strong_starters.contains(first)).then(|| names.to_owned())
}
