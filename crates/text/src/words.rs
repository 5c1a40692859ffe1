//! Syntactic words: contractions, possessives, units written onto numbers.

use crate::Span;
use crate::lists::LISTS;

/// Appends the words of `text[span]`, a token without punctuation around or between.
pub(crate) fn split(text: &str, span: Span, out: &mut Vec<Span>) {
    let given = span.of(text);
    if given.is_empty() {
        return;
    }
    if let Some(lengths) = contraction(given) {
        let mut at = span.start;
        for len in lengths {
            out.push(Span::new(at, at + len));
            at += len;
        }
        return;
    }
    if let Some(at) = unit(given) {
        out.push(Span::new(span.start, span.start + at));
        out.push(Span::new(span.start + at, span.end));
        return;
    }
    match suffix(given) {
        Some(at) if at > 0 => {
            split(text, Span::new(span.start, span.start + at), out);
            out.push(Span::new(span.start + at, span.end));
        }
        _ => out.push(span),
    }
}

/// Where the ending "'s", "'re", "n't" … of a word begins.
pub(crate) fn suffix(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| matches!(c, '\'' | '’' | '`' | '´' | 'ʼ'))?;
    let ending = word.get(at + mark.len_utf8()..)?;
    match ending {
        "s" if is_decade(word.get(..at)?) => None,
        "s" | "S" | "re" | "RE" | "ve" | "VE" | "ll" | "LL" | "d" | "D" | "m" | "M" => Some(at),
        "t" | "T" => {
            let n = word.get(..at)?.chars().next_back()?;
            (matches!(n, 'n' | 'N') && at > 1).then_some(at - 1)
        }
        _ => None,
    }
}

/// "80" in "80's".
fn is_decade(word: &str) -> bool {
    matches!(word.len(), 2 | 4) && word.ends_with('0') && word.bytes().all(|b| b.is_ascii_digit())
}

/// Byte lengths of the parts of a listed contraction.
fn contraction(word: &str) -> Option<Vec<usize>> {
    if word.len() > 12 {
        return None;
    }
    let lower = word.to_lowercase().replace(['’', '‘', '`'], "'");
    let parts = LISTS.contractions.get(lower.as_str())?;
    let capitals = word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
    if capitals && !word.contains('\'') && word.len() <= 3 {
        return None;
    }
    let mut chars = word.chars();
    Some(parts.iter().map(|part| chars.by_ref().take(part.chars().count()).map(char::len_utf8).sum()).collect())
}

/// Where a unit written onto a number begins ("10km"), or a number written onto a unit ("Rs500").
fn unit(word: &str) -> Option<usize> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':');
        let at = word.find(|c: char| !number(c))?;
        let after = word.get(at..)?;
        return LISTS.units_after.contains(after).then_some(at);
    }
    if word.ends_with(|c: char| c.is_ascii_digit()) {
        let at = word.find(|c: char| c.is_ascii_digit())?;
        return LISTS.units_before.contains(word.get(..at)?).then_some(at);
    }
    None
}
