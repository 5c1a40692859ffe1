#![no_main]
//! Any bytes as a report: spans are valid and lead back into the bytes.

use readout_text::{Document, Meta};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let document = Document::from_bytes(data, Meta::default());
    let mut end = 0;
    for sentence in &document.sentences {
        assert!(document.text.get(sentence.span.start..sentence.span.end).is_some());
        assert!(sentence.span.start >= end, "sentences in order");
        end = sentence.span.end;
        for token in &sentence.tokens {
            assert!(document.text.get(token.span.start..token.span.end).is_some());
            let given = document.original(token.span);
            assert!(given.start <= given.end && given.end <= data.len());
        }
    }
});
