//! What can only be seen across blocks, or is suspect rather than unreadable.

use std::collections::BTreeMap;

use crate::codebook::{Codebook, Owner};
use crate::condition::Condition;
use crate::entry::{Entry, Pos};
use crate::example::{Example, Expect};
use crate::finding::{Finding, Findings, Place};
use crate::slot::Frame;

/// Findings for `(name, text)` pairs, as [`Codebook::from_files`] gives.
pub fn check<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Finding> {
    Codebook::from_files(files).1
}

pub(crate) fn across(book: &Codebook, findings: &mut Findings) {
    let rules = book.rules().iter().map(|r| (Owner::Rule(r), "rule", &r.place, &r.entries, &r.examples));
    let operators =
        book.operators().iter().map(|o| (Owner::Operator(o), "operator", &o.place, &o.entries, &o.examples));
    let cues = book.cues().iter().map(|c| (Owner::Cue(c), "cue", &c.place, &c.entries, &c.examples));
    let mut names = BTreeMap::new();
    for (owner, what, place, entries, examples) in rules.chain(operators).chain(cues) {
        let name = owner.name();
        if name.is_empty() || name.contains(char::is_whitespace) {
            findings.error(place, format!("`{name}` is no name of a {what}"), "give one word, as `topic/act`");
        } else if let Some(first) = names.insert((what, name.to_string()), place) {
            findings.error(place, format!("{what} `{name}` stands at {first} too"), "rename one or join them");
        }
        if entries.is_empty() {
            findings.error(place, format!("{what} `{name}` has no words"), "add a line `verb FRAME : word, word`");
        }
        if !examples.iter().any(|e| e.expect != Expect::Nothing) {
            findings.error(place, format!("{what} `{name}` has no `codes` line"), "add a sentence that it must code");
        }
        let events = examples.iter().filter(|e| matches!(e.expect, Expect::Events(_)));
        for e in events {
            check_expected_type(&owner, e, findings);
        }
        for e in entries.iter().filter(|e| !e.split) {
            check_lemmas(e, book, findings);
        }
    }
    check_twins(book, findings);
}

/// An operator's `codes` lines name the type; a rule's do not, unless it is the rule's own.
fn check_expected_type(owner: &Owner, example: &Example, findings: &mut Findings) {
    let Expect::Events(events) = &example.expect else { return };
    for event in events {
        match (owner, &event.kind) {
            (Owner::Operator(o), None) => findings.error(
                &example.place,
                format!("a `codes` line of operator `{}` has no type", o.name),
                "write it first, as `= REJECT SYRGOV > USAGOV`",
            ),
            (Owner::Rule(r), Some(kind)) if *kind != r.kind => findings.error(
                &example.place,
                format!("a `codes` line of rule `{}` expects {kind}, but its type is {}", r.name, r.kind),
                "leave the type out, or move the sentence",
            ),
            _ => {}
        }
    }
}

/// The same words with the same frame and conditions in two blocks: the later can never win.
fn check_twins(book: &Codebook, findings: &mut Findings) {
    type Key<'a> = (Pos, &'a [String], &'a Frame, &'a [Condition]);
    let mut seen: BTreeMap<Key, (&str, &str, Option<&str>, &Place)> = BTreeMap::new();
    for rule in book.rules() {
        for e in rule.entries.iter().filter(|e| !e.split) {
            let mode = rule.mode_of(e);
            let key = (e.pos, e.words.as_slice(), &e.frame, rule.when.as_slice());
            let Some((name, kind, other, place)) = seen.insert(key, (&rule.name, &rule.kind, mode, &e.place)) else {
                continue;
            };
            let what = format!(
                "{} `{}` with the same frame and conditions is in `{name}` ({place}) too",
                e.pos.name(),
                e.text()
            );
            match kind == rule.kind && mode == other {
                true => findings.warning(&e.place, what, "remove one"),
                false => findings.error(&e.place, what, "remove one, or tell them apart by `when`"),
            }
        }
    }
}

const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Entries are lemmas: finds forms that look inflected, capitals, articles.
fn check_lemmas(entry: &Entry, book: &Codebook, findings: &mut Findings) {
    let text = entry.text();
    if let Some(article) = entry.words.iter().find(|w| ARTICLES.contains(&w.to_lowercase().as_str())) {
        findings.warning(&entry.place, format!("`{text}` has the article `{article}`"), "leave articles out");
    }
    if let Some(w) = entry.words.iter().find(|w| w.contains([':', '"', '\u{201c}', '|', '>', '='])) {
        findings.error(&entry.place, format!("`{w}` in `{text}` is no word"), "entries are words parted by commas");
    }
    let head = entry.head_lemma();
    if inflected(entry.pos, head) && !book.class_has("invariable", head) {
        let what = format!("`{head}` in `{text}` looks inflected");
        let hint = "write the lemma, or add it to the class `invariable` if it is one";
        findings.warning(&entry.place, what, hint);
    }
}

/// Whether a word looks like another form than its lemma. Lemmas are lower case but for words of capitals alone.
fn inflected(pos: Pos, word: &str) -> bool {
    let vowel = |s: &str| s.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let stem = |ending: &str| word.strip_suffix(ending).filter(|s| s.len() > 2 && vowel(s));
    let plural = stem("s").is_some_and(|s| !s.ends_with(['s', 'u', 'i', 'a']));
    let participle = stem("ing").is_some() || stem("ed").is_some_and(|s| !s.ends_with('e'));
    let letter = word.chars().nth(1) == Some('-'); // "U-turn"
    let capital = !letter && word.chars().any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    match pos {
        Pos::Verb => capital || plural || participle,
        Pos::Noun => capital || plural,
        Pos::Adj | Pos::Adv | Pos::Prep => capital,
    }
}

/// Counts of a codebook, for a reader: entries by type and part of speech, operators, cues, examples.
pub fn summary(book: &Codebook) -> String {
    let mut lines =
        vec![format!("{:<12}{:>7}{:>7}{:>7}{:>7}{:>10}", "type", "rules", "verbs", "nouns", "adjs", "examples")];
    let mut row = |name: &str, blocks: Vec<(&[Entry], &[Example])>| {
        let count = |pos: Pos| blocks.iter().flat_map(|(e, _)| *e).filter(|e| e.pos == pos && !e.split).count();
        let examples: usize = blocks.iter().map(|(_, x)| x.len()).sum();
        let (v, n, a) = (count(Pos::Verb), count(Pos::Noun), count(Pos::Adj));
        lines.push(format!("{name:<12}{:>7}{v:>7}{n:>7}{a:>7}{examples:>10}", blocks.len()));
    };
    for kind in book.ontology.kinds() {
        let rules = book.rules().iter().filter(|r| r.kind == kind.name);
        row(&kind.name, rules.map(|r| (r.entries.as_slice(), r.examples.as_slice())).collect());
    }
    row("operators", book.operators().iter().map(|o| (o.entries.as_slice(), o.examples.as_slice())).collect());
    row("cues", book.cues().iter().map(|c| (c.entries.as_slice(), c.examples.as_slice())).collect());
    let words: usize = book.classes().map(|(_, w)| w.len()).sum();
    lines.push(format!("{} classes with {words} words", book.classes().count()));
    lines.join("\n")
}
