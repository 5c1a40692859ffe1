//! What must hold for any input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use readout_text::{Document, MAX_SENTENCE_TOKENS, Meta, Span};

/// Panics unless every span is valid, in order and where it belongs, and leads back into the input.
fn check(document: &Document, input: usize) {
    let text = &document.text;
    let valid = |span: Span| {
        assert!(span.start <= span.end && span.end <= text.len(), "{span:?} in {text:?}");
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} in {text:?}");
        let original = document.original(span);
        assert!(original.start <= original.end && original.end <= input, "{span:?} to {original:?} of {input}");
    };
    let mut end = 0;
    for sentence in &document.sentences {
        valid(sentence.span);
        assert!(sentence.span.start >= end, "sentences overlap in {text:?}");
        end = sentence.span.end;
        assert!(sentence.tokens.len() <= MAX_SENTENCE_TOKENS);
        let mut last = sentence.span.start;
        for token in &sentence.tokens {
            valid(token.span);
            assert!(token.span.start >= last && !token.span.is_empty() && !token.form.is_empty());
            assert!(sentence.span.covers(token.span), "{token:?} outside {:?} in {text:?}", sentence.span);
            last = token.span.end;
        }
    }
    for f in &document.furniture {
        valid(f.span);
        for token in document.sentences.iter().flat_map(|s| &s.tokens) {
            assert!(!f.span.overlaps(token.span), "{token:?} in {f:?} of {text:?}");
        }
    }
}

/// Every visible character is in a token or in furniture.
fn nothing_is_lost(document: &Document) {
    let covered = |at: usize| {
        let here = Span::new(at, at + 1);
        document.sentences.iter().flat_map(|s| &s.tokens).any(|t| t.span.covers(here))
            || document.furniture.iter().any(|f| f.span.covers(here))
    };
    for (at, c) in document.text.char_indices() {
        assert!(!c.is_alphanumeric() || covered(at), "{c:?} at {at} lost in {:?}", document.text);
    }
}

/// Texts made of pieces that mean something to the reader.
fn news() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "    ",
        ".",
        "...",
        "!",
        "?",
        ",",
        "\"",
        "“",
        "”",
        "'",
        "’",
        "(",
        ")",
        "[",
        "-",
        "–",
        "—",
        "U.S.",
        "Mr.",
        "No.",
        "Feb 26",
        "LONDON",
        "Reuters",
        "(AP)",
        "MH/PA",
        "By Jane Doe",
        "All rights reserved",
        "©",
        "2019",
        "licensed under",
        "Creative Commons Attribution 4.0",
        "Reporting by",
        "ADVERTISEMENT",
        "don't",
        "Iran's",
        "al-Assad",
        "1/2",
        "$5bn",
        "10km",
        "http://a.b/c",
        "a@b.c",
        "\u{FEFF}",
        "\u{200B}",
        "é",
        "e\u{301}",
        "said",
        "The",
        "war-torn",
        "İ",
        "ß",
        "[1]",
        "x/y",
        "''",
        "``",
        "/",
        "%",
        "€",
        "'s",
        "n't",
        "REUTER",
        "&#3;",
        "*",
        "•",
        "\u{85}",
        "\u{2028}",
        "\0",
        "家。",
        "😀",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&Document::from_bytes(&bytes, Meta::default()), bytes.len());
    }

    #[test]
    fn any_text(text in "\\PC{0,120}") {
        let document = Document::from_text(text.clone(), Meta::default());
        check(&document, text.len());
        nothing_is_lost(&document);
    }

    #[test]
    fn news_text(text in news()) {
        let document = Document::from_bytes(text.as_bytes(), Meta::default());
        check(&document, text.len());
        nothing_is_lost(&document);
    }

    #[test]
    fn given_sentences(given in prop::collection::vec(news(), 0..8)) {
        let document = Document::from_sentences(&given, Meta::default());
        prop_assert_eq!(document.sentences.len(), given.len());
        check(&document, document.text.len());
    }

    #[test]
    fn utf16(text in news()) {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let document = Document::from_bytes(&bytes, Meta::default());
        prop_assert_eq!(&document.text, &text);
        check(&document, bytes.len());
        for token in document.sentences.iter().flat_map(|s| &s.tokens) {
            let original = document.original(token.span);
            let units: Vec<u16> = bytes[original.start..original.end].chunks(2).map(|p| u16::from_le_bytes([p[0], p[1]])).collect();
            prop_assert_eq!(String::from_utf16_lossy(&units), token.span.of(&text));
        }
    }
}

#[test]
fn broken_bytes_lead_back_to_where_they_were() {
    let whole = "Tehran – yes.".as_bytes();
    for at in 0..=whole.len() {
        let mut bytes = whole.to_vec();
        bytes.insert(at, 0xFF);
        let document = Document::from_bytes(&bytes, Meta::default());
        check(&document, bytes.len());
        assert!(!document.problems.is_empty());
        let mark = document.text.find('\u{FFFD}').unwrap();
        assert!(document.original(Span::new(mark, mark + 3)).start <= at);
    }
}

#[test]
fn a_byte_order_mark_is_led_back_over() {
    let document = Document::from_bytes(b"\xEF\xBB\xBFIran agreed.", Meta::default());
    assert_eq!(document.text, "Iran agreed.");
    assert_eq!(document.original(document.sentences[0].tokens[0].span), Span::new(3, 7));
}

#[test]
fn the_same_text_has_the_same_id() {
    let one = Document::from_text("Iran agreed.".to_owned(), Meta::default());
    let two = Document::from_bytes(b"Iran agreed.", Meta::default());
    assert_eq!(one.meta.id, two.meta.id);
    assert_eq!(one.meta.id.len(), 32);
    let printed = |by: &str| Meta { publisher: Some(by.to_owned()), ..Meta::default() };
    let [three, four] = ["Daily", "Weekly"].map(|by| Document::from_text("Iran agreed.".to_owned(), printed(by)));
    assert_ne!(three.meta.id, four.meta.id, "two papers, two reports");
    let named = Meta { id: "mine".to_owned(), ..Meta::default() };
    assert_eq!(Document::from_text(String::new(), named).meta.id, "mine");
}

/// Seconds that reading the text takes, of CPU where the system tells, over enough readings to tell well.
fn time(text: &str) -> f64 {
    let clock = Instant::now();
    let cpu = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
        nanos.filter(|n| *n > 0).map_or_else(|| clock.elapsed(), Duration::from_nanos)
    };
    let start = cpu();
    for readings in 1.. {
        std::hint::black_box(Document::from_text(text.to_owned(), Meta::default()));
        let taken = cpu().saturating_sub(start);
        if taken > Duration::from_millis(100) {
            return taken.as_secs_f64() / f64::from(readings);
        }
    }
    f64::INFINITY
}

#[test]
fn time_is_linear_in_hostile_text() {
    let kinds: [(&str, &str); 12] = [
        ("one word", "a"),
        ("one line", "word "),
        ("hyphens in a word", "a-"),
        ("dots", "."),
        ("spaced dots", ". "),
        ("quotes", "\""),
        ("apostrophes", "'s"),
        ("brackets", "("),
        ("short lines", "a\n"),
        ("acronyms", "U.S. "),
        ("long words", &"x-1/2'".repeat(40)),
        ("licences", "© All rights reserved. "),
    ];
    for (name, unit) in kinds {
        let n = 300_000 / unit.len();
        let (half, whole) = (unit.repeat(n), unit.repeat(2 * n));
        // Other work on the machine disturbs single readings: the least of each side counts, over up to 5.
        let (mut one, mut two) = (f64::MAX, f64::MAX);
        let linear = (0..5).any(|_| {
            (one, two) = (one.min(time(&half)), two.min(time(&whole)));
            two / one <= 2.5
        });
        assert!(linear, "{name}: {:.2} ({one:.4} s, {two:.4} s)", two / one);
    }
}

#[test]
fn a_long_word_is_one_token() {
    let document = Document::from_text("x".repeat(10_000_000), Meta::default());
    assert_eq!(document.sentences.len(), 1);
    assert_eq!(document.sentences[0].tokens.len(), 1);
    assert!(document.sentences[0].tokens[0].form.len() <= readout_text::MAX_WORD_BYTES);
}

#[test]
fn a_long_line_is_read_as_far_as_the_limit() {
    let document = Document::from_text("word ".repeat(readout_text::MAX_TOKENS + 1_000), Meta::default());
    let tokens: usize = document.sentences.iter().map(|s| s.tokens.len()).sum();
    assert!(tokens <= readout_text::MAX_TOKENS && tokens > readout_text::MAX_TOKENS / 2);
    assert_eq!(document.problems.len(), 1);
}
