//! Tab-separated tables: header, comments, cells, dates; and what can be wrong with them.

use std::fmt;

use jiff::civil::Date;

/// Something wrong with a table, with its place and a hint how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what} (hint: {hint})")]
pub struct TableProblem {
    /// The file's name, without folders.
    pub file: String,
    /// Line number from 1.
    pub line: usize,
    /// What is wrong, one lower-case clause.
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

/// A span of days; an open side is `None`. Both days belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

impl Interval {
    /// Whether `day` lies in it; without a day, whether it is open at its end.
    pub fn holds(&self, day: Option<Date>) -> bool {
        match day {
            Some(d) => self.start.is_none_or(|s| s <= d) && self.end.is_none_or(|e| d <= e),
            None => self.end.is_none(),
        }
    }

    /// Days between `day` and the nearest day of the interval: 0 inside, negative where the interval is over.
    pub fn distance(&self, day: Date) -> i64 {
        if let Some(s) = self.start.filter(|s| day < *s) {
            days_between(day, s)
        } else if let Some(e) = self.end.filter(|e| *e < day) {
            -days_between(e, day)
        } else {
            0
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
        write!(f, "{}/{}", day(self.start), day(self.end))
    }
}

fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

/// A day from "YYYY-MM-DD", "YYYY-MM" or "YYYY"; the parts left out are filled with the first, or with `last` the
/// last, day they can be.
pub(crate) fn parse_day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let m = month.unwrap_or(if last { 12 } else { 1 });
    let first = Date::new(year, m, 1).ok()?;
    match day {
        Some(d) => Date::new(year, m, d).ok(),
        None if last => Some(first.last_of_month()),
        None => Some(first),
    }
}

/// A table's line: its cells by column.
pub(crate) struct Line<'a> {
    pub file: &'a str,
    pub number: usize,
    header: &'a [&'a str],
    cells: Vec<&'a str>,
}

impl<'a> Line<'a> {
    /// The cell in column `name`, trimmed; "" where the line or the table has none.
    pub fn cell(&self, name: &str) -> &'a str {
        self.header.iter().position(|h| *h == name).and_then(|i| self.cells.get(i)).copied().unwrap_or("")
    }

    /// Alternatives in a cell, empty ones left out.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(name).split('|').map(str::trim).filter(|s| !s.is_empty())
    }

    /// Days in `start` and `end`.
    pub fn interval(&self, problems: &mut Vec<TableProblem>) -> Interval {
        let mut day =
            |name: &str, last: bool| {
                let text = self.cell(name);
                let day = parse_day(text, last);
                if !text.is_empty() && day.is_none() {
                    problems.push(self.problem(
                        format!("'{text}' in column '{name}' is no date"),
                        "write YYYY-MM-DD, YYYY or nothing",
                    ));
                }
                day
            };
        let found = Interval { start: day("start", false), end: day("end", true) };
        if found.start.zip(found.end).is_some_and(|(s, e)| e < s) {
            problems.push(self.problem("end is before start".to_owned(), "swap the two dates"));
        }
        found
    }

    pub fn problem(&self, what: String, hint: &str) -> TableProblem {
        TableProblem { file: self.file.to_owned(), line: self.number, what, hint: hint.to_owned() }
    }
}

/// Calls `each` for every line of a table; reports missing `columns`, and lines with too few or too many cells.
pub(crate) fn read<'a>(
    file: &'a str,
    text: &'a str,
    columns: &[&str],
    problems: &mut Vec<TableProblem>,
    mut each: impl FnMut(&Line<'_>, &mut Vec<TableProblem>),
) {
    let mut header: Option<Vec<&str>> = None;
    for (number, raw) in text.lines().enumerate() {
        let raw = raw.trim_end_matches('\r');
        if raw.trim().is_empty() || raw.starts_with('#') {
            continue;
        }
        let mut cells: Vec<&str> = Vec::with_capacity(header.as_ref().map_or(16, Vec::len));
        cells.extend(raw.split('\t').map(str::trim));
        let Some(head) = &header else {
            for c in columns.iter().filter(|c| !cells.contains(c)) {
                problems.push(TableProblem {
                    file: file.to_owned(),
                    line: number + 1,
                    what: format!("column '{c}' is missing"),
                    hint: format!("the header must name: {}", columns.join(" ")),
                });
            }
            header = Some(cells);
            continue;
        };
        let line = Line { file, number: number + 1, header: head, cells };
        if line.cells.len() > head.len() {
            let what = format!("{} cells under {} columns", line.cells.len(), head.len());
            problems.push(line.problem(what, "separate cells by one tab, alternatives by |"));
        }
        each(&line, problems);
    }
}
