//! The small words that the composition of parties needs (`composition.tsv`).

use crate::index::Fast;
use crate::phrases::fold;
use crate::table::{TableProblem, read};

/// Classes that the table may name.
const CLASSES: [&str; 31] = [
    "settlement",
    "abroad",
    "unowned",
    "lesser",
    "partitive",
    "state",
    "count",
    "past",
    "then",
    "after",
    "before",
    "of",
    "in",
    "local",
    "particle",
    "numeral",
    "order",
    "office",
    "override",
    "orghead",
    "honorific",
    "opposite",
    "compass",
    "title",
    "locative",
    "notown",
    "suffix",
    "patronym",
    "anyoffice",
    "installation",
    "craft",
];

/// One more class, kept apart because its words are sectors.
const GUARDED: &str = "guarded";

/// Words by class, each with its value.
#[derive(Debug, Default)]
pub(crate) struct Composition {
    words: Fast<String, Fast<String, String>>,
}

impl Composition {
    /// Adds a table's lines.
    pub fn add(&mut self, file: &str, text: &str, problems: &mut Vec<TableProblem>) {
        read(file, text, &["class", "word", "value"], problems, |line, problems| {
            let class = line.cell("class");
            let known = CLASSES.contains(&class) || class == GUARDED;
            if !known || line.cell("word").is_empty() {
                let what = format!("'{class}' is no class of words, or its word is missing");
                problems.push(line.problem(what, "see the comments at the head of the file"));
                return;
            }
            self.words
                .entry(class.to_owned())
                .or_default()
                .insert(fold(line.cell("word")), line.cell("value").to_owned());
        });
    }

    /// The value of `word` (lower case) in `class`; "" where it has none.
    pub fn get(&self, class: &str, word: &str) -> Option<&str> {
        self.words.get(class)?.get(word).map(String::as_str)
    }

    /// Whether `class` holds `word` (lower case).
    pub fn is(&self, class: &str, word: &str) -> bool {
        self.get(class, word).is_some()
    }

    /// Other names of an office, in order of preference.
    pub fn offices<'a>(&'a self, office: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get("office", office).unwrap_or("").split('|').filter(|s| !s.is_empty())
    }
}
