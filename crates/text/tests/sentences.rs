//! Sentence boundaries, one case a line: `|` in the expectation is a boundary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use readout_text::{Document, Meta};

/// Checks that the text splits where the expectation has " | ".
#[track_caller]
fn check(expect: &str) {
    check_text(&expect.replace(" | ", " "), expect);
}

#[track_caller]
fn check_text(input: &str, expect: &str) {
    let document = Document::from_text(input.to_owned(), Meta::default());
    let found: Vec<&str> = document.sentences.iter().map(|s| s.span.of(&document.text)).collect();
    assert_eq!(found.join(" | "), expect, "in {input:?}");
}

#[test]
fn full_stops_end_sentences() {
    check("Iran agreed. | Iraq did not.");
    check("He left in 1987. | The war went on.");
    check("Did it? | No! | It did.");
    check("It paid 2.5 mln dlrs. | Then 3.5.");
    check("Talks ended. | 81 brigades were lost.");
}

#[test]
fn abbreviations_do_not() {
    check("Gen. Haig met Lt. Col. North and Gov. Reagan. | They talked.");
    check("J. K. Rowling met J.R.R. Tolkien.");
    check("Acme Inc. and Apex Corp. Chairman Smith agreed.");
    check("It sits in Washington, D.C. | The court disagreed.");
    check("He spoke at 5 p.m. | The crowd left.");
    check("U.S. Rep. Doe left at 5 p.m. | Police saw it at 9 a.m. Eastern time.");
    check("See No. 5 and p. 7, e.g. the Jan. 5 note.");
    check("He moved to St. Louis vs. Dr. Smith's advice.");
    check("He worked for Acme Co. | He then left.");
    check("Martin Luther King Jr. marched.");
}

#[test]
fn wire_capitals_after_acronyms_do_not() {
    check("The U.S. Has offered warships to Kuwait.");
    check("Talks with U.S. Officials began.");
    check("He left the U.S. | The embassy confirmed it.");
    check("He left the U.S. | In May he returned to the U.S. embassy.");
}

#[test]
fn closing_quotes_belong_to_their_sentence() {
    check("\"We agree.\" | The minister left.");
    check("“We agree,” he said. | “We do.”");
    check("He said \"no\". | She left.");
    check("\"Why?\" he asked.");
    check("\"Who did it?\" Smith said.");
    check("\"We know. | We do not care,\" he said.");
    check("(It did.) | He left.");
    check("He cited \"peace in our time.\" | Then he left.");
}

#[test]
fn ellipses() {
    check("The army..., he said, was lost.");
    check("By attacks by . . . Iran against ships.");
    check("And so... | The talks failed.");
}

#[test]
fn missing_spaces() {
    check_text("The talks ended.The ministers left.", "The talks ended. | The ministers left.");
}

#[test]
fn blank_lines_end_sentences() {
    check_text("IRAN SAYS YES\n\nIran said yes. It did.", "IRAN SAYS YES | Iran said yes. | It did.");
    check_text("One thing\r\n\r\nand another", "One thing | and another");
}

#[test]
fn hard_wraps_do_not() {
    let wrapped = "Officials said late on Friday that the talks on the border\nConflict had ended without a result and that nobody knew when\nthey would resume.\n    A second paragraph is indented and follows after this\nwithout a blank line.";
    check_text(
        wrapped,
        "Officials said late on Friday that the talks on the border\nConflict had ended without a result and that nobody knew when\nthey would resume. | A second paragraph is indented and follows after this\nwithout a blank line.",
    );
}

#[test]
fn short_lines_end_sentences() {
    let text = format!("Iran says yes\nTEHRAN {}.", "talks go on and on ".repeat(10).trim());
    let document = Document::from_text(text, Meta::default());
    assert_eq!(document.sentences.len(), 2);
}

#[test]
fn list_items_stand_alone() {
    check_text("They agreed:\n- to meet\n- to talk\n• to sign", "They agreed: | - to meet | - to talk | • to sign");
    check("1. First point of the plan.");
}

#[test]
fn long_sentences_are_cut() {
    let document = Document::from_text("word ".repeat(1_000), Meta::default());
    assert!(document.sentences.iter().all(|s| s.tokens.len() <= readout_text::MAX_SENTENCE_TOKENS));
    assert_eq!(document.sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), 1_000);
}

#[test]
fn given_sentences_stay_one_to_one() {
    let given = ["One. Two.", "", "All rights reserved.", "“Three", "  four ” "].map(str::to_owned);
    let document = Document::from_sentences(&given, Meta::default());
    assert_eq!(document.text, given.join("\n"));
    let counts: Vec<usize> = document.sentences.iter().map(|s| s.tokens.len()).collect();
    assert_eq!(counts, [4, 0, 0, 2, 2]);
    assert_eq!(document.sentences[4].span.of(&document.text), "four ”");
}
