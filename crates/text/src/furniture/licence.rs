//! Licence and rights lines.

use crate::lists::LISTS;

/// Marks that open a rights notice where they begin a sentence.
const NOTICES: &[&str] = &["©", "copyright ©", "copyright (c)", "(c) 19", "(c) 20", "copyright 19", "copyright 20"];

/// Words that say a text is under a licence.
const UNDER: &[&str] = &["licensed under", "licenced under", "available under", "published under", "republished under"];

/// Sentences of a rights notice.
const RESERVED: &[&str] = &[
    "all rights reserved",
    "may not be published, broadcast, rewritten",
    "may not be reproduced without",
    "reproduction without permission",
];

/// Where in `tail` (the end of a paragraph) a licence line begins that runs to its end, and the licence's SPDX
/// identifier where it names one. In a paragraph that is not at the `bottom` of the report, only one that is all
/// licence line.
pub(super) fn find(tail: &str, bottom: bool) -> Option<(usize, Option<&'static str>)> {
    let lower = tail.to_ascii_lowercase();
    let named = UNDER.iter().any(|phrase| lower.contains(phrase)).then(|| identifier(&lower)).flatten();
    let key = named.map(|(at, _)| at).or_else(|| RESERVED.iter().filter_map(|phrase| lower.find(phrase)).min());
    let opened = NOTICES.iter().filter_map(|mark| lower.find(mark)).filter(|at| begins_sentence(tail, *at)).min();
    let start = match (key.map(|at| sentence_start(&lower, at)), opened) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    let line = lower.get(start..)?;
    let reported = [" said", " says", " told "].iter().any(|word| line.contains(word));
    let whole = start == 0;
    (!reported && (whole || bottom)).then_some((start, named.and_then(|(_, id)| id)))
}

/// Where the first listed licence phrase stands, and its identifier.
fn identifier(lower: &str) -> Option<(usize, Option<&'static str>)> {
    let found = LISTS.licences.iter().find_map(|(id, phrase)| lower.find(phrase).map(|at| (at, *id)));
    found.map(|(at, id)| (at, (id != "-").then_some(id)))
}

/// The beginning of the sentence that holds byte `at`.
fn sentence_start(lower: &str, at: usize) -> usize {
    let before = lower.get(..at).unwrap_or("");
    let marks = [". ", "? ", "! ", ".\n", ".” ", ".\" ", "”. ", "\". ", ".’ "];
    marks.iter().filter_map(|mark| before.rfind(mark).map(|found| found + mark.len())).max().unwrap_or(0)
}

fn begins_sentence(tail: &str, at: usize) -> bool {
    let before = tail.get(..at).unwrap_or("").trim_end();
    before.is_empty() || before.ends_with(['.', '?', '!', '”', '"', '’', ')', '|'])
}
