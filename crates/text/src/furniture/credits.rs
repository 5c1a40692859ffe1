//! Credits at the end of a report: agency marks, editors' initials, "Reporting by …".

use crate::FurnitureKind;
use crate::lists::LISTS;

/// Beginnings of credit lines, lower case.
const CREDITS: &[&str] = &[
    "reporting by ",
    "additional reporting by ",
    "additional reporting: ",
    "writing by ",
    "editing by ",
    "edited by ",
    "compiled by ",
    "with reporting by ",
    "reporting: ",
    "with additional reporting",
];

/// Where in `tail` the last piece of furniture begins that runs to its end: kind and what it says.
pub(super) fn find(tail: &str) -> Option<(usize, FurnitureKind, String)> {
    end_mark(tail).or_else(|| agency(tail)).or_else(|| initials(tail)).or_else(|| reporting(tail))
}

/// " REUTER", "Reuter&#3;".
fn end_mark(tail: &str) -> Option<(usize, FurnitureKind, String)> {
    let at = last_word(tail)?;
    let word = tail.get(at..)?.trim_end_matches("&#3;").trim_end_matches(['.', '\u{3}']);
    let mark = matches!(word.to_ascii_lowercase().as_str(), "reuter" | "reuters" | "(ends)" | "(end)" | "-30-" | "###");
    (mark && after_sentence(tail, at)).then(|| (at, FurnitureKind::Page, word.to_owned()))
}

/// "(AP)", "- AFP", "– Agencies".
fn agency(tail: &str) -> Option<(usize, FurnitureKind, String)> {
    let trimmed = tail.trim_end_matches('.');
    let dash = trimmed.rfind(" - ").or(trimmed.rfind(" – ")).or(trimmed.rfind(" — ")).or(trimmed.rfind(" -- "));
    let bracket = trimmed.ends_with(')').then(|| trimmed.rfind('(')).flatten();
    let slash = trimmed.rfind(" /");
    for at in [bracket, dash.map(|at| at + 1), slash.map(|at| at + 1)].into_iter().flatten() {
        let name = trimmed.get(at..)?.trim_matches(|c: char| c.is_whitespace() || "()-–—/".contains(c));
        let known = name.split(['/', ',']).all(|part| LISTS.agencies.contains(part.trim()));
        if known && after_sentence(tail, at) {
            return Some((at, FurnitureKind::Credit, name.to_owned()));
        }
    }
    None
}

/// "MH/PA", "(ab/cd)".
fn initials(tail: &str) -> Option<(usize, FurnitureKind, String)> {
    let at = last_word(tail)?;
    let word = tail.get(at..)?;
    let inner = word.trim_start_matches('(').trim_end_matches(')');
    let (one, two) = inner.split_once('/')?;
    let upper = is_initials(inner);
    let lower = inner.len() < word.len()
        && [one, two].iter().all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()));
    let found = (upper || lower) && after_sentence(tail, at);
    found.then(|| (at, FurnitureKind::Byline, inner.to_owned()))
}

/// Bytes of editors' initials at the head of a licence line ("MH/PA All content …"), white space after included.
pub(super) fn leading_initials(line: &str) -> usize {
    let Some((word, rest)) = line.split_once(char::is_whitespace) else { return 0 };
    if is_initials(word) { line.len() - rest.trim_start().len() } else { 0 }
}

/// "MH/PA".
fn is_initials(word: &str) -> bool {
    let part = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    word.split_once('/').is_some_and(|(one, two)| part(one) && part(two))
}

/// "(Reporting by A and B; Editing by C)".
fn reporting(tail: &str) -> Option<(usize, FurnitureKind, String)> {
    let lower = tail.to_ascii_lowercase();
    let mut starts: Vec<usize> = CREDITS.iter().filter_map(|phrase| lower.find(phrase)).collect();
    starts.sort_unstable();
    let found = starts.into_iter().find_map(|at| {
        let capital = tail.get(at..)?.starts_with(char::is_uppercase);
        let open = tail.get(..at)?.trim_end_matches(['(', '[', '-', '–', '—', ' ']).len();
        let from = tail.get(open..at)?;
        let at = open + from.len() - from.trim_start().len();
        (capital && after_sentence(tail, at)).then_some(at)
    })?;
    let value = tail.get(found..)?.trim_matches(|c: char| c.is_whitespace() || "()[]-–—.".contains(c));
    let said = value.contains(" said") || value.contains(" says");
    (!said).then(|| (found, FurnitureKind::Byline, value.to_owned()))
}

/// Where the last word begins.
fn last_word(tail: &str) -> Option<usize> {
    let word = tail.split_whitespace().next_back()?;
    tail.rfind(word)
}

/// Whether a sentence has ended before `at`, or nothing stands there.
fn after_sentence(tail: &str, at: usize) -> bool {
    let before = tail.get(..at).unwrap_or("").trim_end();
    before.is_empty() || before.ends_with(['.', '?', '!', '"', '”', '’', '\'', ')', ']'])
}
