//! Phrases of time and the days they stand for.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use readout_syntax::Tree;

/// A phrase of time in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    /// Its words, preposition left out but for since, within, for, before and after.
    pub words: std::ops::Range<usize>,
    /// Its head, which hangs on what it dates.
    pub head: usize,
    /// First and last day, where the document's date allows.
    pub days: Option<(Date, Date)>,
    /// Whether it reaches to the present ("since 1984").
    pub ongoing: bool,
    /// Whether it places the act in the past without a date ("previously", "in the past").
    pub past: bool,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

fn lower(tree: &Tree, i: usize) -> String {
    tree.get(i).map(|w| w.form.to_lowercase()).unwrap_or_default()
}

fn month(word: &str) -> Option<i8> {
    let stem = word.trim_end_matches('.');
    let at = MONTHS.iter().position(|m| {
        *m == stem
            || (stem.len() >= 3 && word != stem && m.starts_with(stem))
            || (stem == "sept" && *m == "september")
            || (stem.len() == 3 && stem != "may" && stem != "mar" && m.starts_with(stem))
    })?;
    i8::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, d)| *d)
}

/// Whether a word names a day of the week or a month.
pub(crate) fn is_calendar_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    weekday(&lower).is_some() || MONTHS.contains(&lower.as_str())
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|y| (1800..2100).contains(y))
}

fn days_of_month(y: i16, m: i8) -> Option<(Date, Date)> {
    let first = Date::new(y, m, 1).ok()?;
    Some((first, first.last_of_month()))
}

/// All phrases of time in a sentence, from left to right.
pub(crate) fn phrases(tree: &Tree, day: Option<Date>) -> Vec<Phrase> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        match phrase(tree, i, day) {
            Some(p) => {
                i = p.words.end.max(i + 1);
                out.push(p);
            }
            None => i += 1,
        }
    }
    out
}

fn phrase(tree: &Tree, i: usize, day: Option<Date>) -> Option<Phrase> {
    let word = lower(tree, i);
    let at = |k: usize| lower(tree, i + k);
    let (length, days) = match word.as_str() {
        "today" | "tonight" | "now" => (1, day.map(|d| (d, d))),
        "yesterday" => (1, day.and_then(|d| d.yesterday().ok()).map(|d| (d, d))),
        "tomorrow" => (1, day.and_then(|d| d.tomorrow().ok()).map(|d| (d, d))),
        "last" | "this" | "next" | "past" | "recent" => relative(tree, i, &word, day)?,
        "previously" | "formerly" => (1, None),
        _ if weekday(&word).is_some() => {
            let part = usize::from(matches!(at(1).as_str(), "morning" | "afternoon" | "evening" | "night"));
            (1 + part, day.and_then(|d| nearest_before(d, weekday(&word)?)).map(|d| (d, d)))
        }
        _ if month(&word).is_some() && (tree.upos(i) == "PROPN" || at(1).parse::<i8>().is_ok()) => {
            month_phrase(tree, i, month(&word)?, day)?
        }
        _ if year(&word).is_some() && tree.upos(i) == "NUM" && bare_year(tree, i) => {
            let y = year(&word)?;
            (1, Some((date(y, 1, 1), date(y, 12, 31))))
        }
        _ if tree.upos(i) == "NUM" || matches!(word.as_str(), "a" | "an" | "several" | "few") => ago(tree, i, day)?,
        _ => return None,
    };
    let mut words = i..i + length;
    let before = i.checked_sub(1).map(|b| lower(tree, b)).unwrap_or_default();
    let early = before == "early" || before == "late" || before == "mid";
    let lead = if early { 2 } else { 1 };
    let preposition = i.checked_sub(lead).map(|b| lower(tree, b)).unwrap_or_default();
    if matches!(preposition.as_str(), "since" | "within" | "before" | "after" | "until") {
        words.start = i - lead;
    } else if early || (before == "the" && word == "past") {
        words.start = i - 1;
    }
    let ongoing = preposition == "since";
    let days = match (ongoing, days, day) {
        (true, Some((from, _)), Some(d)) if from <= d => Some((from, d)),
        (_, _, _) if matches!(preposition.as_str(), "until" | "before" | "after") => None,
        (_, days, _) => days,
    };
    let head = words
        .clone()
        .rev()
        .find(|&w| tree.head(w).is_none_or(|h| !words.contains(&h)) && tree.rel(w) != "case" && tree.rel(w) != "mark")
        .unwrap_or(i);
    let past = matches!(word.as_str(), "previously" | "formerly") || (word == "past" && length == 1);
    Some(Phrase { words, head, days, ongoing, past })
}

fn bare_year(tree: &Tree, i: usize) -> bool {
    matches!(tree.rel(i), "obl" | "nmod" | "nummod" | "compound")
        && i.checked_sub(1).is_some_and(|b| {
            matches!(
                lower(tree, b).as_str(),
                "in" | "since" | "early" | "late" | "of" | "from" | "until" | "by" | "the"
            )
        })
}

fn nearest_before(day: Date, wanted: Weekday) -> Option<Date> {
    if day.weekday() == wanted { Some(day) } else { day.nth_weekday(-1, wanted).ok() }
}

fn month_phrase(tree: &Tree, i: usize, m: i8, day: Option<Date>) -> Option<(usize, Option<(Date, Date)>)> {
    let next = lower(tree, i + 1);
    let number = next
        .trim_end_matches(['s', 't', 'n', 'd', 'r', 'h'])
        .parse::<i8>()
        .ok()
        .filter(|d| (1..=31).contains(d) && year(&next).is_none());
    if let Some(d) = number {
        let comma = usize::from(lower(tree, i + 2) == ",");
        if let Some(y) = year(&lower(tree, i + 2 + comma)) {
            return Some((3 + comma, Date::new(y, m, d).ok().map(|d| (d, d))));
        }
        let found = day.and_then(|today| {
            let near = Date::new(today.year(), m, d).ok()?;
            let later = near > today.saturating_add(60.days());
            Some(if later { Date::new(today.year() - 1, m, d).ok()? } else { near })
        });
        return Some((2, found.map(|d| (d, d))));
    }
    let of = usize::from(next == "of" || next == ",");
    let before = i.checked_sub(1).map(|b| lower(tree, b)).unwrap_or_default();
    if let Some(y) = year(&lower(tree, i + 1 + of)) {
        return Some((2 + of, days_of_month(y, m)));
    }
    // "From July to December" may lie ahead: only a month told of as past is dated back.
    let told = matches!(before.as_str(), "in" | "since" | "during" | "of" | "early" | "late" | "mid" | "-");
    let found = day.filter(|_| told).and_then(|today| {
        let y = if m > today.month() { today.year() - 1 } else { today.year() };
        days_of_month(y, m)
    });
    Some((1, found))
}

/// "Last week", "this month", "next year", "last Friday", "last December", "the past month".
fn relative(tree: &Tree, i: usize, word: &str, day: Option<Date>) -> Option<(usize, Option<(Date, Date)>)> {
    let unit = lower(tree, i + 1);
    if word == "past"
        && matches!(i.checked_sub(1).map(|b| lower(tree, b)).as_deref(), Some("the"))
        && i.checked_sub(2).is_some_and(|b| lower(tree, b) == "in")
        && !matches!(unit.as_str(), "week" | "month" | "year" | "day" | "decade")
    {
        return Some((1, None));
    }
    let steps: i32 = match word {
        "last" => -1,
        "next" => 1,
        _ => 0,
    };
    if let Some(w) = weekday(&unit) {
        let found = day.and_then(|d| if steps > 0 { d.nth_weekday(1, w).ok() } else { d.nth_weekday(-1, w).ok() });
        return Some((2, found.map(|d| (d, d))));
    }
    if let Some(m) = month(&unit).filter(|_| tree.upos(i + 1) == "PROPN") {
        let found = day.and_then(|d| {
            let y = match steps {
                -1 if m >= d.month() => d.year() - 1,
                1 if m <= d.month() => d.year() + 1,
                _ => d.year(),
            };
            days_of_month(y, m)
        });
        return Some((2, found));
    }
    let days = |d: Date| -> Option<(Date, Date)> {
        let past = word == "past";
        match unit.as_str() {
            "week" if past => Some((d.checked_sub(7.days()).ok()?, d)),
            "month" if past => Some((d.checked_sub(1.month()).ok()?, d)),
            "year" if past => Some((d.checked_sub(1.year()).ok()?, d)),
            "week" => {
                let monday = nearest_before(d, Weekday::Monday)?.checked_add((7 * steps).days()).ok()?;
                Some((monday, monday.checked_add(6.days()).ok()?))
            }
            "month" => {
                let in_it = d.first_of_month().checked_add(steps.months()).ok()?;
                Some((in_it, in_it.last_of_month()))
            }
            "year" => {
                let y = d.year().checked_add(i16::try_from(steps).ok()?)?;
                Some((Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?))
            }
            "night" | "evening" if steps < 0 => d.yesterday().ok().map(|d| (d, d)),
            "morning" | "afternoon" | "evening" if steps == 0 => Some((d, d)),
            _ => None,
        }
    };
    let known = matches!(
        unit.as_str(),
        "week"
            | "month"
            | "year"
            | "night"
            | "morning"
            | "afternoon"
            | "evening"
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
            | "fall"
            | "decade"
            | "weekend"
    );
    (known && word != "recent").then(|| (2, day.and_then(days)))
}

/// "Two weeks ago", "a month earlier".
fn ago(tree: &Tree, i: usize, day: Option<Date>) -> Option<(usize, Option<(Date, Date)>)> {
    let unit = lower(tree, i + 1);
    if !matches!(lower(tree, i + 2).as_str(), "ago" | "earlier") {
        return None;
    }
    const NUMBERS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = lower(tree, i);
    let count = match word.as_str() {
        "a" | "an" => Some(1),
        w => NUMBERS.iter().position(|n| *n == w).and_then(|n| i32::try_from(n).ok()).or_else(|| w.parse().ok()),
    };
    let days = day.zip(count).and_then(|(d, n)| {
        let n = n.min(10_000);
        let first = match unit.trim_end_matches('s') {
            "day" => d.checked_sub(n.days()),
            "week" => d.checked_sub(n.weeks()),
            "month" => d.checked_sub(n.months()),
            "year" => d.checked_sub(n.years()),
            _ => return None,
        };
        first.ok().map(|f| (f, f))
    });
    matches!(unit.trim_end_matches('s'), "day" | "week" | "month" | "year" | "decade" | "hour").then_some((3, days))
}

/// The phrase that dates the act at `words` (its word and its operators): one that hangs on them.
pub(crate) fn dating<'p>(tree: &Tree, phrases: &'p [Phrase], words: &[usize], blocked: &[usize]) -> Option<&'p Phrase> {
    let on = |anchor: usize| {
        phrases.iter().find(|p| {
            let mut at = p.head;
            for _ in 0..3 {
                match tree.head(at) {
                    Some(h) if h == anchor => return true,
                    Some(h)
                        if matches!(
                            tree.rel(at),
                            "nummod" | "compound" | "nmod" | "amod" | "advmod" | "fixed" | "det"
                        ) && !matches!(tree.upos(h), "VERB" | "AUX") =>
                    {
                        at = h
                    }
                    _ => return false,
                }
            }
            false
        })
    };
    // Coordinated verbs share the time of the first.
    let first = words
        .iter()
        .filter(|&&w| tree.rel(w) == "conj")
        .filter_map(|&w| tree.head(w))
        .find_map(|h| on(h).filter(|p| p.head < h));
    let last = || {
        words
            .iter()
            .filter(|&&w| tree.upos(w) == "VERB")
            .flat_map(|&w| tree.children_by(w, "conj"))
            .filter(|&c| tree.child(c, "nsubj").is_none())
            .find_map(&on)
    };
    let shared = first.or_else(last);
    words.iter().find_map(|&w| on(w)).or(shared).or_else(|| {
        // A noun takes the time of the verb it is an argument of, unless that is a verb of saying.
        let w = *words.first()?;
        let governor = tree.head(w).filter(|g| {
            matches!(tree.rel(w), "obj" | "nsubj" | "obl") && tree.upos(*g) == "VERB" && !blocked.contains(g)
        })?;
        if tree.upos(w) == "VERB" { None } else { on(governor) }
    })
}

/// Days before the report after which an act is historical (conventions 18: more than about a month).
pub(crate) const HISTORICAL_DAYS: i32 = 35;

/// Whether a phrase places an act long before `day`.
pub(crate) fn is_historical(phrase: &Phrase, day: Option<Date>) -> bool {
    let long_ago = |last: Date, d: Date| last.checked_add(HISTORICAL_DAYS.days()).is_ok_and(|limit| limit < d);
    phrase.past || (!phrase.ongoing && phrase.days.zip(day).is_some_and(|((_, last), d)| long_ago(last, d)))
}
