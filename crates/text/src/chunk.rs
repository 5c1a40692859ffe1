//! Tokens of a chunk (a run without white space), after Universal Dependencies English EWT.

use crate::Span;
use crate::form::is_invisible;
use crate::limits::MAX_WORD_BYTES;
use crate::lists::LISTS;
use crate::words;

/// Appends the tokens of `text[chunk]` to `out`. With `stop`, a full stop at its end is the sentence's and splits
/// even from an abbreviation.
pub(crate) fn tokens(text: &str, chunk: Span, stop: bool, out: &mut Vec<Span>) {
    let given = chunk.of(text);
    if given.len() > MAX_WORD_BYTES || is_emoticon(given) || is_rule(given) {
        out.push(chunk);
        return;
    }
    let mut start = chunk.start;
    while let Some(len) = opener(Span::new(start, chunk.end).of(text)) {
        out.push(Span::new(start, start + len));
        start += len;
    }
    let mut end = chunk.end;
    let mut closers: Vec<Span> = Vec::new();
    while let Some(len) = closer(Span::new(start, end).of(text), stop && closers.iter().all(|c| is_quote(c.of(text)))) {
        closers.push(Span::new(end - len, end));
        end -= len;
    }
    core(text, Span::new(start, end), out);
    out.extend(closers.iter().rev());
}

fn is_quote(token: &str) -> bool {
    token.chars().all(|c| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '“'))
}

/// Whether a word that ends with a full stop keeps it inside a sentence.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    let known =
        |w: &str| LISTS.titles.contains(w) || LISTS.abbreviations.contains(w) || LISTS.before_numbers.contains(w);
    if is_initials(word) || known(word) {
        return true;
    }
    let Some(stem) = word.strip_suffix('.') else { return false };
    if stem.len() > 1 && stem.chars().all(char::is_uppercase) {
        let mut capitalised = String::with_capacity(word.len());
        let mut chars = word.chars();
        capitalised.extend(chars.next());
        capitalised.extend(chars.flat_map(char::to_lowercase));
        return known(&capitalised);
    }
    word.rsplit_once(['-', '/']).is_some_and(|(_, last)| known(last) && last.starts_with(char::is_uppercase))
}

/// Single letters with full stops ("U.S.", "a.m.", "J.", "Ph.D.").
pub(crate) fn is_initials(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    let mut parts = 0;
    for part in stem.split('.') {
        let mut chars = part.chars();
        let letter = chars.next().is_some_and(char::is_alphabetic);
        let short =
            chars.next().is_none() || (parts > 0 && part.len() <= 2) || matches!(part, "Ph" | "Lt" | "St" | "Sc");
        if !letter || !short {
            return false;
        }
        parts += 1;
    }
    parts > 1 || stem.starts_with(char::is_uppercase)
}

/// Length of the token that opens the chunk, if it is punctuation.
fn opener(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    let next = chars.next();
    let run = rest.len() - rest.trim_start_matches(first).len();
    match first {
        c if is_invisible(c) => Some(c.len_utf8()),
        '"' | '“' | '”' | '„' | '«' | '»' | '(' | '[' | '{' | '¿' | '¡' | '‹' | '›' => {
            Some(first.len_utf8())
        }
        '\'' | '‘' | '’' | '`' if run >= 2 * first.len_utf8() => Some(2 * first.len_utf8()),
        '‘' | '`' if !is_elided(rest) => Some(first.len_utf8()),
        '\'' | '’' => {
            let suffix = words::suffix(rest) == Some(0) || is_elided(rest) || next.is_none_or(|c| c.is_ascii_digit());
            (!suffix || rest.len() == run).then_some(first.len_utf8())
        }
        '.' if run >= 2 => Some(run),
        '.' if next.is_some_and(|c| c.is_ascii_digit()) => None,
        '-' | '*' | '=' | '_' | '~' | '<' | '>' | '!' | '?' | '—' | '–' | '―' | '…' | '+' => {
            let number = run == 1 && first == '+' && next.is_some_and(|c| c.is_ascii_digit());
            (!number || run == rest.len()).then_some(run)
        }
        '#' if next.is_none_or(|c| !c.is_alphabetic()) => Some(run),
        '.' | ',' | ';' | ':' | '%' | ')' | ']' | '}' | '/' | '|' | '\\' | '^' | '•' | '·' | '©' | '®' | '™' | '&' => {
            Some(first.len_utf8())
        }
        c if is_currency(c) && !next.is_some_and(char::is_alphabetic) => Some(c.len_utf8()),
        _ => None,
    }
}

/// Length of the token that closes `rest`, if it is punctuation.
fn closer(rest: &str, stop: bool) -> Option<usize> {
    let last = rest.chars().next_back()?;
    let len = last.len_utf8();
    let run = rest.len() - rest.trim_end_matches(last).len();
    let before = rest.get(..rest.len() - run).unwrap_or("");
    match last {
        c if is_invisible(c) => Some(len),
        '.' if run >= 2 => Some(run),
        '.' if is_abbreviation(rest) && !stop => None,
        '.' if rest.len() == 1 => Some(1),
        '.' => Some(1),
        '!' | '?' => {
            let all = rest.len() - rest.trim_end_matches(['!', '?']).len();
            (rest != "Yahoo!").then_some(all)
        }
        '\'' | '’' | '`' => match run / len {
            1 if is_elision_end(before) => None,
            1 => Some(len),
            n => Some(len * (2 - n % 2)),
        },
        ')' if rest.ends_with("(s)") && rest.len() > 3 => None,
        '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | ')' | ']' | '}' | ',' | ';' | ':' | '%' | '|' | '©' | '®'
        | '™' | '•' => Some(len),
        '/' if !is_address(rest) => Some(len),
        '…' | '—' | '–' | '―' | '*' | '=' | '~' | '<' | '>' => Some(run),
        '+' if !before.starts_with('C') => Some(run),
        '-' if !is_address(rest) => Some(run),
        '_' if run > 1 => Some(run),
        _ => None,
    }
}

/// "cookin'" and the like.
fn is_elision_end(before: &str) -> bool {
    before.len() > 4 && before.ends_with("in") && before.starts_with(char::is_lowercase)
}

fn is_elided(rest: &str) -> bool {
    let lower: String = rest.chars().take(9).flat_map(char::to_lowercase).collect();
    let straight = lower.replace(['‘', '’', '`'], "'");
    let word = straight.trim_end_matches(['.', ',', '!', '?', '"', ';', ':']);
    LISTS.elided.contains(word) || LISTS.contractions.contains_key(word)
}

pub(crate) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '₹' | '₽' | '₩' | '₪' | '₺' | '₴' | '₦' | '¢' | '₫' | '฿' | '₱')
}

fn is_emoticon(given: &str) -> bool {
    matches!(
        given,
        ":)" | ":("
            | ";)"
            | ":D"
            | ":-)"
            | ":-("
            | ";-)"
            | ":P"
            | ":p"
            | "=)"
            | "=("
            | "(:"
            | "D:"
            | "<3"
            | ";P"
            | "^_^"
            | "-_-"
            | ":/"
            | "xD"
            | ":o"
            | ":O"
            | ":]"
            | ":["
    )
}

/// A line drawn with one sign ("-----", "* * *" by parts), or "->".
fn is_rule(given: &str) -> bool {
    let mut chars = given.chars();
    let first = chars.next();
    matches!(given, "->" | "=>" | "<-" | "-->" | "<--" | "==>" | "===>" | ">=" | "<=" | "+/-" | "<<" | ">>")
        || (given.len() > 1 && first.is_some_and(|c| "-=_~*.+#<>".contains(c)) && chars.all(|c| Some(c) == first))
}

/// Web and mail addresses, @names, file names.
pub(crate) fn is_address(given: &str) -> bool {
    if given.contains("://") || given.starts_with("www.") || given.starts_with("WWW.") || given.starts_with("mailto:") {
        return true;
    }
    if let Some((user, host)) = given.split_once('@') {
        return (user.is_empty() || user.chars().all(|c| c.is_alphanumeric() || "._-+".contains(c)))
            && host.starts_with(char::is_alphanumeric);
    }
    let site = given.split('/').next().unwrap_or("");
    let Some((name, top)) = site.rsplit_once('.') else { return false };
    let known = matches!(
        top.to_ascii_lowercase().as_str(),
        "com"
            | "org"
            | "net"
            | "gov"
            | "edu"
            | "info"
            | "uk"
            | "ru"
            | "ir"
            | "de"
            | "fr"
            | "cn"
            | "eu"
            | "int"
            | "tv"
            | "doc"
            | "pdf"
            | "xls"
            | "html"
            | "htm"
            | "php"
            | "jpg"
            | "io"
            | "ca"
            | "au"
            | "nz"
            | "ly"
    );
    known
        && name.len() > 1
        && name.is_ascii()
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && top.chars().any(char::is_lowercase)
        && !name.ends_with('.')
}

/// The tokens of a chunk without punctuation around it.
fn core(text: &str, span: Span, out: &mut Vec<Span>) {
    let given = span.of(text);
    if given.is_empty() {
        return;
    }
    if is_address(given) {
        out.push(span);
        return;
    }
    let mut at = 0;
    let mut piece = 0;
    while let Some(rest) = given.get(at..).filter(|rest| !rest.is_empty()) {
        let before = given.get(piece..at).unwrap_or("");
        let cut = if at == piece { None } else { separator(before, rest) };
        match cut {
            Some(len) => {
                words::split(text, Span::new(span.start + piece, span.start + at), out);
                if len > 0 {
                    out.push(Span::new(span.start + at, span.start + at + len));
                }
                at += len;
                piece = at;
                // Punctuation right after a separator opens the next piece.
                while let Some(len) = given.get(at..).filter(|r| !r.is_empty()).and_then(opener) {
                    out.push(Span::new(span.start + at, span.start + at + len));
                    at += len;
                    piece = at;
                }
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    words::split(text, Span::new(span.start + piece, span.end), out);
}

/// Length of the separator that begins `rest` and divides it from the piece before; 0 divides without one.
fn separator(before: &str, rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let c = chars.next()?;
    if c.is_alphabetic() {
        return None;
    }
    let run = rest.len() - rest.trim_start_matches(c).len();
    let left = before.chars().next_back();
    let right = rest.get(run..).and_then(|r| r.chars().next());
    let digits = left.is_some_and(|c| c.is_ascii_digit()) && right.is_some_and(|c| c.is_ascii_digit());
    match c {
        '"' | '“' | '”' | '„' | '«' | '»' | '[' | ']' | '{' | '}' | ';' | '?' | '!' | '|' | '<' | '>' | '=' | '%'
        | '~' => Some(run),
        '(' | ')' => (!rest.starts_with("(s)") && !before.ends_with("(s")).then_some(c.len_utf8()),
        '…' | '—' | '―' => Some(run),
        '–' | '‑' | '‐' | '−' => hyphen(before, rest.get(c.len_utf8()..)?).then_some(c.len_utf8()),
        '.' if run >= 2 => Some(run),
        '.' if digits => None,
        '.' if right.is_some_and(|c| c.is_ascii_digit())
            && LISTS.before_numbers.contains(format!("{before}.").as_str()) =>
        {
            None
        }
        _ if before.ends_with('.') && c.is_ascii_digit() && LISTS.before_numbers.contains(before) => Some(0),
        '-' if run >= 2 => Some(run),
        '-' => hyphen(before, rest.get(1..)?).then_some(1),
        ',' | ':' => (!digits).then_some(1),
        '/' => slash(before, rest.get(1..)?).then_some(1),
        '*' => (!(left.is_some_and(char::is_alphabetic) && right.is_some_and(char::is_alphabetic))).then_some(run),
        c if is_currency(c) && right.is_some_and(|c| c.is_ascii_digit()) && before.len() > 4 => Some(c.len_utf8()),
        c if c.is_ascii_digit() && left.is_some_and(is_currency) => Some(0),
        '\'' | '’' if rest.starts_with("''") || rest.starts_with("’’") => Some(2 * c.len_utf8()),
        _ => None,
    }
}

/// Whether the hyphen between the two splits.
fn hyphen(before: &str, after: &str) -> bool {
    let next = after.split(['-', '/', ',', '–']).next().unwrap_or("");
    let numeric = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if before.contains('-') || after.contains('-') {
        // "713-853-3989", "2001-05-01": every part a number.
        let all = before.split('-').chain(after.split('-')).all(|part| numeric(part.trim_end_matches('.')));
        if all {
            return false;
        }
    }
    // "345-9945", "6-1/2".
    if numeric(before)
        && numeric(next)
        && !after.contains(['-', '/'])
        && matches!(before.len(), 1 | 3)
        && next.len() == 4
    {
        return false;
    }
    if numeric(before) && is_fraction(after.split('-').next().unwrap_or("")) {
        return false;
    }
    let lower = before.to_lowercase();
    let word = after.chars().next().is_some_and(char::is_alphanumeric);
    !(word && LISTS.prefixes.contains(lower.as_str()) && (before.len() > 1 || before == "e" || before == "E"))
}

fn is_fraction(s: &str) -> bool {
    s.split_once('/').is_some_and(|(n, d)| {
        n.len() <= 2
            && n.bytes().all(|b| b.is_ascii_digit())
            && !n.is_empty()
            && matches!(d, "2" | "3" | "4" | "5" | "8" | "16" | "32" | "64")
    })
}

/// Whether the slash between the two splits.
fn slash(before: &str, after: &str) -> bool {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let next = after.split(['/', '-']).next().unwrap_or("");
    if !before.is_empty() && digits(before.rsplit(['/', '-']).next().unwrap_or("")) && !next.is_empty() && digits(next)
    {
        let whole = format!("{before}/{next}");
        return !after.contains('/') && is_fraction(&whole);
    }
    let single = |s: &str| s.chars().count() == 1;
    !(single(before) && single(after) && before.chars().all(char::is_alphabetic) && matches!(after, "c" | "C"))
}
