//! Phrases of time and their days: one line a case, as of Wednesday, 15 May 2024.

use std::sync::Arc;

use jiff::civil::date;
use readout_syntax::{Tree, Word};
use readout_text::Span;

use super::phrases;

/// A sentence of words told apart by blanks, all below its first, tagged by their shape.
fn tree(text: &str) -> Tree {
    let tag = |w: &str| match w {
        "the" | "a" => ("DET", "DT"),
        "in" | "on" | "at" | "for" | "since" | "before" | "of" | "from" | "between" | "over" | "by" => ("ADP", "IN"),
        "said" => ("VERB", "VBD"),
        "past" => ("NOUN", "NN"),
        "overnight" => ("ADV", "RB"),
        _ if w.starts_with(|c: char| c.is_ascii_digit()) => ("NUM", "CD"),
        _ if w.starts_with(char::is_uppercase) => ("PROPN", "NNP"),
        _ => ("NOUN", "NN"),
    };
    let mut at = 0;
    let words = text.split(' ').enumerate().map(|(i, w)| {
        let span = Span { start: at, end: at + w.len() };
        at += w.len() + 1;
        let (upos, xpos) = tag(w);
        Word {
            span,
            form: w.to_owned(),
            lemma: w.to_lowercase(),
            upos: Arc::from(upos),
            xpos: Arc::from(xpos),
            head: (i > 0).then_some(0),
            deprel: Arc::from(if i > 0 { "obl" } else { "root" }),
        }
    });
    Tree::new(words.collect(), Vec::new())
}

fn shown(days: Option<super::days::Days>) -> String {
    days.map_or("-".to_owned(), |(a, b)| if a == b { a.to_string() } else { format!("{a}/{b}") })
}

/// `words` hold one phrase: `written`, with the days it has looking back and, where they differ, ahead.
#[track_caller]
fn check(words: &str, written: &str, back: &str, ahead: &str) {
    let tree = tree(&format!("said {words}"));
    let day = Some(date(2024, 5, 15));
    let found = phrases(&tree, day);
    let [p] = found.as_slice() else { panic!("{words}: {} phrases", found.len()) };
    let text: Vec<&str> = p.words.clone().filter_map(|w| tree.get(w)).map(|w| w.form.as_str()).collect();
    let (b, a) = (shown(p.days(false, true, day)), shown(p.days(true, true, day)));
    let ahead = if ahead.is_empty() { back } else { ahead };
    assert_eq!((text.join(" ").as_str(), b.as_str(), a.as_str()), (written, back, ahead), "{words}");
}

#[track_caller]
fn none(words: &str) {
    let found = phrases(&tree(&format!("said {words}")), Some(date(2024, 5, 15)));
    assert!(found.is_empty(), "{words}: {found:?}");
}

#[test]
fn days() {
    check("today", "today", "2024-05-15", "");
    check("yesterday morning", "yesterday morning", "2024-05-14", "");
    check("on Monday", "Monday", "2024-05-13", "2024-05-20");
    check("Wednesday", "Wednesday", "2024-05-15", "");
    check("Tuesday night", "Tuesday night", "2024-05-14", "2024-05-21");
    check("last Friday", "last Friday", "2024-05-10", "");
    check("next Monday", "next Monday", "2024-05-20", "");
    check("late on Monday", "late on Monday", "2024-05-13", "2024-05-20");
    check("overnight", "overnight", "2024-05-14/2024-05-15", "");
    check("last night", "last night", "2024-05-14", "");
    check("over the weekend", "weekend", "2024-05-11/2024-05-12", "2024-05-18/2024-05-19");
    check("last weekend", "last weekend", "2024-05-11/2024-05-12", "");
    check("three days ago", "three days ago", "2024-05-12", "");
}

#[test]
fn dates() {
    check("on October 7", "October 7", "2023-10-07", "2024-10-07");
    check("on 7 October 2023", "7 October 2023", "2023-10-07", "");
    check("the 7th of October", "7th of October", "2023-10-07", "2024-10-07");
    check("April 2nd", "April 2nd", "2024-04-02", "2025-04-02");
    check("March 3 , 2020", "March 3 , 2020", "2020-03-03", "");
    check("2024-02-29", "2024-02-29", "2024-02-29", "");
    check("Friday , April 5", "Friday , April 5", "2024-04-05", "2025-04-05");
    check("on February 30", "February 30", "-", "");
}

#[test]
fn weeks_and_months() {
    check("last week", "last week", "2024-05-06/2024-05-12", "");
    check("this week", "this week", "2024-05-13/2024-05-15", "2024-05-15/2024-05-19");
    check("earlier this week", "earlier this week", "2024-05-13/2024-05-15", "");
    check("later this month", "later this month", "2024-05-15/2024-05-31", "");
    check("next month", "next month", "2024-06-01/2024-06-30", "");
    check("in June", "June", "2023-06-01/2023-06-30", "2024-06-01/2024-06-30");
    check("last December", "last December", "2023-12-01/2023-12-31", "");
    check("mid-April", "mid-April", "2024-04-10/2024-04-20", "2025-04-10/2025-04-20");
    check("at the end of April", "end of April", "2024-04-20/2024-04-30", "2025-04-20/2025-04-30");
    check("two weeks ago", "two weeks ago", "2024-04-29/2024-05-05", "");
    check("a month ago", "a month ago", "2024-04-01/2024-04-30", "");
}

#[test]
fn years_and_more() {
    check("in 2021", "2021", "2021-01-01/2021-12-31", "");
    check("early 2023", "early 2023", "2023-01-01/2023-04-30", "");
    check("in the 1980s", "1980s", "1980-01-01/1989-12-31", "");
    check("two years ago", "two years ago", "2022-01-01/2022-12-31", "");
    check("the first half of 2023", "first half of 2023", "2023-01-01/2023-06-30", "");
    check("last summer", "last summer", "2023-06-01/2023-08-31", "");
    check("the summer of 2019", "summer of 2019", "2019-06-01/2019-08-31", "");
    check("the 19th century", "19th century", "1801-01-01/1900-12-31", "");
}

#[test]
fn stretches() {
    check("since 1984", "since 1984", "1984-01-01/2024-05-15", "");
    check("since early 1984", "since early 1984", "1984-01-01/2024-05-15", "");
    check("in the past month", "past month", "2024-04-15/2024-05-15", "");
    check("the last two weeks", "last two weeks", "2024-05-01/2024-05-15", "");
    check("the last couple of weeks", "last couple of weeks", "2024-05-01/2024-05-15", "");
    check("for two years", "for two years", "2022-05-15/2024-05-15", "");
    check("from 2014 to 2018", "from 2014 to 2018", "2014-01-01/2018-12-31", "");
    check("from 1914 - 18", "from 1914 - 18", "1914-01-01/1918-12-31", "");
    check("between May 3 and May 5", "between May 3 and May 5", "2024-05-03/2024-05-05", "2025-05-03/2025-05-05");
}

#[test]
fn words_without_a_date_have_no_days() {
    for words in
        ["recently", "a few hours later", "hours ago", "decades ago", "before dawn", "since then", "before 2010"]
    {
        let text = words.strip_prefix("in ").unwrap_or(words);
        check(words, text, "-", "");
    }
}

#[test]
fn numbers_and_names_are_no_times() {
    none("2000 rifles");
    none("a second man");
    none("the last man");
    none("two weeks");
    none("the end of talks");
}

#[test]
fn without_a_day_only_full_dates_have_days() {
    let days_of = |words: &str| phrases(&tree(words), None).first().map(|p| shown(p.days(false, true, None)));
    assert_eq!(days_of("said on Monday").as_deref(), Some("-"));
    assert_eq!(days_of("said in June 2023").as_deref(), Some("2023-06-01/2023-06-30"));
}
