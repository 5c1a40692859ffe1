//! The word lists of `data/text`, built once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// All lists.
pub(crate) struct Lists {
    /// "Gen.", "Mr.": before a name.
    pub titles: HashSet<&'static str>,
    /// "No.", "Feb.": before a number.
    pub before_numbers: HashSet<&'static str>,
    /// "Inc.", "Calif.".
    pub abbreviations: HashSet<&'static str>,
    /// "The", "He": begin a sentence after an abbreviation.
    pub strong_starters: HashSet<&'static str>,
    /// "In", "On": the same, where capitals can be trusted.
    pub weak_starters: HashSet<&'static str>,
    /// "said", "asked".
    pub reporting: HashSet<&'static str>,
    /// "anti", "re", lower case.
    pub prefixes: HashSet<&'static str>,
    /// "cannot" to "can", "not".
    pub contractions: HashMap<&'static str, Vec<&'static str>>,
    /// "'em".
    pub elided: HashSet<&'static str>,
    /// "km" in "10km".
    pub units_after: HashSet<&'static str>,
    /// "Rs" in "Rs500".
    pub units_before: HashSet<&'static str>,
    /// "feb" to 2.
    pub months: HashMap<&'static str, i8>,
    /// "monday", "mon".
    pub weekdays: HashSet<&'static str>,
    /// "Reuters".
    pub agencies: HashSet<&'static str>,
    /// "EXCLUSIVE".
    pub not_datelines: HashSet<&'static str>,
    /// Whole lines of page furniture, lower case.
    pub page_is: HashSet<&'static str>,
    /// Beginnings of lines of page furniture, lower case.
    pub page_starts: Vec<&'static str>,
    /// Identifier and phrase, lower case; longer phrases first.
    pub licences: Vec<(&'static str, &'static str)>,
}

/// The lists as the project ships them.
pub(crate) static LISTS: LazyLock<Lists> = LazyLock::new(Lists::embedded);

macro_rules! list {
    ($name:literal) => {
        lines(include_str!(concat!("../../../data/text/", $name)))
    };
}

impl Lists {
    fn embedded() -> Self {
        Lists {
            titles: list!("titles.txt").collect(),
            before_numbers: list!("before_numbers.txt").collect(),
            abbreviations: list!("abbreviations.txt").collect(),
            strong_starters: labelled(list!("starters.txt"), "strong"),
            weak_starters: labelled(list!("starters.txt"), "weak"),
            reporting: words(list!("reporting.txt")),
            prefixes: list!("prefixes.txt").collect(),
            contractions: list!("contractions.txt").filter_map(first_and_rest).collect(),
            elided: list!("elided.txt").collect(),
            units_after: labelled(list!("units.txt"), "after"),
            units_before: labelled(list!("units.txt"), "before"),
            months: list!("months.txt").flat_map(month).collect(),
            weekdays: words(list!("weekdays.txt")),
            agencies: list!("agencies.txt").collect(),
            not_datelines: words(list!("not_datelines.txt")),
            page_is: list!("page.txt").filter_map(|line| line.strip_prefix("is ")).collect(),
            page_starts: list!("page.txt").filter_map(|line| line.strip_prefix("starts ")).collect(),
            licences: list!("licences.txt").filter_map(|line| line.split_once('\t')).collect(),
        }
    }
}

/// Lines that are neither empty nor comments (`# ` at the start).
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with("# "))
}

fn words(lines: impl Iterator<Item = &'static str>) -> HashSet<&'static str> {
    lines.flat_map(str::split_whitespace).collect()
}

fn labelled(lines: impl Iterator<Item = &'static str>, label: &str) -> HashSet<&'static str> {
    let mut found = HashSet::new();
    for line in lines {
        let mut words = line.split_whitespace();
        if words.next() == Some(label) {
            found.extend(words);
        }
    }
    found
}

fn first_and_rest(line: &'static str) -> Option<(&'static str, Vec<&'static str>)> {
    let mut words = line.split_whitespace();
    words.next().map(|first| (first, words.collect()))
}

fn month(line: &'static str) -> Vec<(&'static str, i8)> {
    let mut words = line.split_whitespace();
    let number = words.next().and_then(|n| n.parse().ok()).unwrap_or(1);
    words.map(|name| (name, number)).collect()
}
