//! Datelines: "LONDON, Feb 26 - ", "KYIV, Ukraine (AP) — ", "(Reuters) - ", a date alone.

use jiff::civil::Date;

use crate::lists::LISTS;

/// Bytes before a dateline's dash.
const LONGEST: usize = 120;

/// Words of a place that has neither date nor agency beside it.
const MOST_WORDS: usize = 5;

/// A dateline at the head of a paragraph.
pub(super) struct Dateline {
    /// Bytes, dash included.
    pub len: usize,
    /// "London", "Kyiv, Ukraine".
    pub place: Option<String>,
    /// Its day.
    pub date: Option<Date>,
}

/// What the parts before the dash say.
#[derive(Default)]
struct Parts {
    places: Vec<String>,
    capitals: bool,
    agency: bool,
    date: Option<Written>,
}

/// A date as written.
#[derive(Clone, Copy, Default)]
struct Written {
    month: Option<i8>,
    day: Option<i8>,
    year: Option<i16>,
}

/// The dateline at the head of a paragraph. `published` gives the year where the dateline has none.
pub(super) fn find(given: &str, published: Option<Date>) -> Option<Dateline> {
    if let Some(written) = date_alone(given) {
        return Some(Dateline { len: given.len(), place: None, date: day(written, published) });
    }
    let head = given.get(..given.floor_char_boundary(LONGEST)).unwrap_or(given);
    for (at, len) in dashes(head) {
        let before = head.get(..at)?;
        let Some(parts) = parts(before) else { continue };
        let rest = given.get(at + len..)?.trim_start();
        let body = rest.starts_with(|c: char| c.is_uppercase() || "\"“'‘".contains(c));
        let label = |place: &String| {
            let first = place.split(' ').next().unwrap_or("").to_uppercase();
            LISTS.not_datelines.contains(first.as_str())
        };
        let label = parts.places.first().is_none_or(label);
        let sure = parts.date.is_some() || parts.agency;
        let colon = head.get(at..)?.trim_start().starts_with(':');
        // A headline in capitals with a dash in it is no dateline.
        let words = parts.places.iter().map(|place| place.split(' ').count());
        let short = words.sum::<usize>() <= MOST_WORDS;
        let bare = parts.capitals && body && short && !label && !colon && rest.contains(char::is_lowercase);
        let good = if sure { !label || parts.places.is_empty() } else { bare };
        if good && !rest.is_empty() {
            let place = (!parts.places.is_empty()).then(|| parts.places.join(", "));
            return Some(Dateline {
                len: at + len,
                place,
                date: parts.date.and_then(|written| day(written, published)),
            });
        }
    }
    None
}

/// Places and lengths of the dashes (and colons) a dateline may end with.
fn dashes(head: &str) -> impl Iterator<Item = (usize, usize)> {
    head.char_indices().filter_map(|(at, c)| {
        let before = head.get(..at)?.chars().next_back();
        let after = head.get(at + c.len_utf8()..)?;
        let spaced = before.is_some_and(char::is_whitespace);
        match c {
            '—' | '–' | '―' => Some((at, c.len_utf8())),
            '-' if before == Some('-') => None,
            '-' if after.starts_with("- ") || after.starts_with("-\n") => Some((at, 2)),
            '-' if after.starts_with(char::is_whitespace) || (spaced && !after.is_empty()) || before == Some(')') => {
                Some((at, 1))
            }
            ':' if after.starts_with(char::is_whitespace) => Some((at, 1)),
            _ => None,
        }
    })
}

/// Reads "PLACE, Region, Date (AGENCY)"; none where anything else stands there.
fn parts(before: &str) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut rest = before.trim().trim_start_matches(['*', '"']).to_owned();
    while let (Some(open), Some(close)) = (rest.find('('), rest.find(')')) {
        let inner = rest.get(open + 1..close)?.trim().to_owned();
        let named = inner.split(['/', ',']).any(|part| LISTS.agencies.contains(part.trim()))
            || (inner.len() <= 30 && inner.starts_with(char::is_uppercase) && !inner.contains(['.', ';']));
        if !named {
            return None;
        }
        parts.agency = true;
        rest.replace_range(open..=close, ",");
    }
    for part in rest.split([',', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        if let Some(more) = date(part) {
            let known = parts.date.unwrap_or_default();
            parts.date = Some(Written {
                month: more.month.or(known.month),
                day: more.day.or(known.day),
                year: more.year.or(known.year),
            });
        } else if LISTS.agencies.contains(part) && (!parts.places.is_empty() || parts.agency) {
            parts.agency = true;
        } else if parts.capitals && is_misspelt_date(part) {
            parts.date = parts.date.or(Some(Written::default()));
        } else if parts.date.is_some_and(|d| d.month.is_some()) || parts.places.len() > 2 {
            return None;
        } else if let Some((place, written)) = place_and_date(part) {
            parts.capitals |= parts.places.is_empty() && is_capital(place);
            parts.places.push(title_case(place));
            parts.date = Some(written);
        } else if is_place(part) {
            parts.capitals |= parts.places.is_empty() && is_capital(part);
            parts.places.push(title_case(part));
        } else {
            return None;
        }
    }
    let any = parts.agency || !parts.places.is_empty();
    any.then_some(parts)
}

/// "CAMBRIDGE, Mass. March 5" without a comma before the date.
fn place_and_date(part: &str) -> Option<(&str, Written)> {
    let (at, _) = part.match_indices(' ').find(|(at, _)| {
        let first = part.get(at + 1..).and_then(|rest| rest.split(' ').next()).unwrap_or("");
        LISTS.months.contains_key(first.trim_end_matches('.').to_lowercase().as_str())
    })?;
    let (place, rest) = part.split_at(at);
    let written = date(rest.trim())?;
    (is_place(place) && written.day.is_some()).then_some((place, written))
}

/// One to four words that begin with capitals; small words between.
fn is_place(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let small = ["de", "of", "la", "the", "el", "al", "and", "del", "do", "da", "le", "les", "on", "upon"];
    let good = |word: &&str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '/'));
        letters && (word.starts_with(char::is_uppercase) || small.contains(word) || word.starts_with("al-"))
    };
    let first = words.iter().find(|word| **word != "the").is_some_and(|word| word.starts_with(char::is_uppercase));
    first && words.len() <= 5 && words.iter().all(good) && part.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// "Marhc 5": a capitalised word and a number of up to three digits.
fn is_misspelt_date(part: &str) -> bool {
    let Some((word, number)) = part.split_once(' ') else { return false };
    let month =
        (3..=9).contains(&word.len()) && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    month && (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether it is written in capitals, but for small words.
fn is_capital(place: &str) -> bool {
    let capitals = place.chars().filter(|c| c.is_uppercase()).count();
    let small = place.chars().filter(|c| c.is_lowercase()).count();
    capitals > 2 && capitals > 2 * small
}

/// "NEW YORK" to "New York"; words that are not all capitals stay, and so do "U.S." and a lone "UN".
fn title_case(place: &str) -> String {
    let lone = !place.contains(' ');
    let word = |word: &str| {
        let dots = word.matches('.').count();
        if dots > 1 || word.chars().any(char::is_lowercase) || (lone && word.len() < 3) {
            return word.to_owned();
        }
        let mut done = String::with_capacity(word.len());
        let mut inside = false;
        for c in word.chars() {
            if inside {
                done.extend(c.to_lowercase())
            } else {
                done.push(c)
            }
            inside = c.is_alphabetic() || matches!(c, '\'' | '’');
        }
        done
    };
    place.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// "Feb 26", "26 February 2019", "Feb. 26", "Monday", "2019".
fn date(part: &str) -> Option<Written> {
    let mut written = Written::default();
    let mut any = false;
    for word in part.split_whitespace() {
        let bare = word.trim_end_matches('.');
        let lower = bare.to_lowercase();
        let number = lower.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
        if let Some(month) = LISTS.months.get(lower.as_str()) {
            if written.month.replace(*month).is_some() || (lower == "may" && !word.starts_with(char::is_uppercase)) {
                return None;
            }
        } else if LISTS.weekdays.contains(lower.as_str()) {
        } else if let Ok(n) = number.parse::<i16>() {
            match n {
                1..=31 if written.day.is_none() => written.day = i8::try_from(n).ok(),
                1800..=2200 => written.year = Some(n),
                _ => return None,
            }
        } else {
            return None;
        }
        any = true;
    }
    any.then_some(written)
}

/// A paragraph that is a whole date: "Friday, August 21, 2015".
fn date_alone(given: &str) -> Option<Written> {
    if given.len() > 40 {
        return None;
    }
    let mut all = Written::default();
    for part in given.trim_end_matches('.').split(',') {
        let written = date(part.trim())?;
        all.month = written.month.or(all.month);
        all.day = written.day.or(all.day);
        all.year = written.year.or(all.year);
    }
    (all.month.is_some() && all.day.is_some()).then_some(all)
}

/// The day meant: with the year written, else that of the year in which it lies nearest to `published`.
fn day(written: Written, published: Option<Date>) -> Option<Date> {
    let (month, day) = (written.month?, written.day?);
    if let Some(year) = written.year {
        return Date::new(year, month, day).ok();
    }
    let published = published?;
    let year = published.year();
    let candidates = [year - 1, year, year + 1].into_iter().filter_map(|year| Date::new(year, month, day).ok());
    candidates.min_by_key(|date| published.until(*date).map_or(i32::MAX, |span| span.get_days().abs()))
}
