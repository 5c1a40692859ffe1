//! What is wrong with a codebook file, where, and how to mend it.

use std::fmt;
use std::sync::Arc;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Name of the file, as given ("acts/accuse.txt").
    pub file: Arc<str>,
    /// Line number, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// How bad a [`Finding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The line does not do what it says; the part in question is left out.
    Error,
    /// Read as written, but likely not meant.
    Warning,
}

/// One thing wrong with a codebook file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands.
    pub place: Place,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}: {severity}: {}; {}", self.place, self.what, self.hint)
    }
}

/// Findings as they are gathered.
#[derive(Debug, Default)]
pub(crate) struct Findings(pub Vec<Finding>);

impl Findings {
    pub fn error(&mut self, place: &Place, what: impl Into<String>, hint: impl Into<String>) {
        self.add(place, Severity::Error, what.into(), hint.into());
    }

    pub fn warning(&mut self, place: &Place, what: impl Into<String>, hint: impl Into<String>) {
        self.add(place, Severity::Warning, what.into(), hint.into());
    }

    fn add(&mut self, place: &Place, severity: Severity, what: String, hint: String) {
        self.0.push(Finding { place: place.clone(), severity, what, hint });
    }

    /// Sorted by file and line, those of one line in the order they were found.
    pub fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by(|a, b| a.place.cmp(&b.place));
        self.0
    }
}

/// A hint that names the nearest of `known`, or all of them where none is near.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known
        .iter()
        .map(|k| (distance(&word.to_lowercase(), &k.to_lowercase()), *k))
        .filter(|(d, k)| *d <= 1 + k.chars().count() / 4)
        .min_by_key(|(d, _)| *d)
        .or_else(|| known.iter().find(|k| k.len() > 2 && word.starts_with(*k)).map(|k| (0, *k)));
    match near {
        Some((_, k)) => format!("did you mean `{k}`"),
        None if known.is_empty() => "there are none".to_string(),
        None if known.len() > 30 => "see codebook/README.md for those there are".to_string(),
        None => format!("it can be {}", known.join(", ")),
    }
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let at = |r: &[usize], k: usize| r.get(k).copied().unwrap_or(usize::MAX - 1);
            let change = at(&row, j) + usize::from(ca != *cb);
            next.push(change.min(at(&row, j + 1) + 1).min(at(&next, j) + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
