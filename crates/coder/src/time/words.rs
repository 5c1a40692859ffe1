//! The words of time, from `data/time/words.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: &str = include_str!("../../../../data/time/words.tsv");

/// A stretch of time that words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit called `name`.
    fn named(name: &str) -> Option<Unit> {
        const ALL: [Unit; 10] = [
            Unit::Hour,
            Unit::Day,
            Unit::Week,
            Unit::Fortnight,
            Unit::Month,
            Unit::Quarter,
            Unit::Season,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
        ];
        ALL.into_iter().find(|u| u.name() == name)
    }

    /// The name that the table and records use.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Fortnight => "fortnight",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Season => "season",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
        }
    }
}

/// A part of a month, a year or a longer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Early,
    Mid,
    Late,
}

/// What a word of time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Month(i8),
    /// 1 is Monday.
    Weekday(i8),
    /// Its first month.
    Season(i8),
    Number(i32),
    /// An unknown number.
    Some,
    Unit(Unit),
    /// Morning, night.
    Part,
    Edge(Edge),
    /// Days from that of the report.
    Day(i32),
    /// Not long ago.
    Recent,
    /// Long ago.
    Past,
    /// Which of a row: 1 the first, -1 the last.
    Rank(i32),
}

static WORDS: LazyLock<HashMap<&'static str, Vec<Word>>> = LazyLock::new(|| {
    let mut out: HashMap<&'static str, Vec<Word>> = HashMap::new();
    for line in TABLE.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let mut cells = line.split('\t').map(str::trim);
        let (Some(word), Some(kind)) = (cells.next(), cells.next()) else { continue };
        let value = cells.next().unwrap_or_default();
        let number = || value.parse::<i32>().ok();
        let small = || value.parse::<i8>().ok();
        let meaning = match kind {
            "month" => small().map(Word::Month),
            "weekday" => small().map(Word::Weekday),
            "season" => small().map(Word::Season),
            "number" => number().map(Word::Number),
            "some" => Some(Word::Some),
            "unit" => Unit::named(value).map(Word::Unit),
            "part" => Some(Word::Part),
            "edge" => match value {
                "early" => Some(Word::Edge(Edge::Early)),
                "mid" => Some(Word::Edge(Edge::Mid)),
                "late" => Some(Word::Edge(Edge::Late)),
                _ => None,
            },
            "day" => number().map(Word::Day),
            "recent" => Some(Word::Recent),
            "past" => Some(Word::Past),
            "rank" => number().map(Word::Rank),
            _ => None,
        };
        out.entry(word).or_default().extend(meaning);
    }
    out
});

/// What `word` (lower case) stands for, as far as `pick` wants it.
pub(crate) fn word<T>(word: &str, pick: impl Fn(Word) -> Option<T>) -> Option<T> {
    WORDS.get(word.trim_end_matches('.'))?.iter().copied().find_map(pick)
}

pub(crate) fn month(w: &str) -> Option<i8> {
    word(w, |x| if let Word::Month(m) = x { Some(m) } else { None })
}

pub(crate) fn weekday(w: &str) -> Option<i8> {
    word(w, |x| if let Word::Weekday(d) = x { Some(d) } else { None })
}

pub(crate) fn season(w: &str) -> Option<i8> {
    word(w, |x| if let Word::Season(m) = x { Some(m) } else { None })
}

pub(crate) fn unit(w: &str) -> Option<Unit> {
    word(w, |x| if let Word::Unit(u) = x { Some(u) } else { None })
}

pub(crate) fn edge(w: &str) -> Option<Edge> {
    word(w, |x| if let Word::Edge(e) = x { Some(e) } else { None })
}

pub(crate) fn rank(w: &str) -> Option<i32> {
    word(w, |x| if let Word::Rank(r) = x { Some(r) } else { None })
}

pub(crate) fn is_part(w: &str) -> bool {
    word(w, |x| (x == Word::Part).then_some(())).is_some()
}

/// A number in words or figures; `None` within for "several".
pub(crate) fn number(w: &str) -> Option<Option<i32>> {
    let known = word(w, |x| match x {
        Word::Number(n) => Some(Some(n)),
        Word::Some => Some(None),
        _ => None,
    });
    known.or_else(|| w.parse().ok().filter(|n| (1..=1000).contains(n)).map(Some))
}

/// Whether a word names a day of the week or a month.
pub(crate) fn is_calendar_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.len() > 3 && (weekday(&lower).is_some() || month(&lower).is_some()) || lower == "may"
}

/// A year in figures.
pub(crate) fn year(w: &str) -> Option<i16> {
    if w.len() == 4 { w.parse().ok().filter(|y| (1800..2100).contains(y)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_has_a_meaning() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count() - 1;
        assert_eq!(WORDS.values().map(Vec::len).sum::<usize>(), lines);
    }

    #[test]
    fn words_stand_for_months_days_and_numbers() {
        assert_eq!((month("sept."), weekday("monday"), season("winter")), (Some(9), Some(1), Some(12)));
        assert_eq!(
            (number("seven"), number("48"), number("several"), number("1987")),
            (Some(Some(7)), Some(Some(48)), Some(None), None)
        );
        assert_eq!((year("1987"), year("87")), (Some(1987), None));
    }
}
