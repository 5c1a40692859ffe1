//! Shared: bytes as a file of some name, read to the end.

use std::io::Write as _;

use readout_sources::{Input, Options, documents};

/// Reads `data` as a file whose name ends in `ending`: every record has one outcome, and every span lies in its text.
pub fn file(data: &[u8], ending: &str) {
    let mut file = tempfile::Builder::new().suffix(ending).tempfile().expect("a temporary file");
    file.write_all(data).expect("room for it");
    let input = Input::from_argument(file.path());
    for outcome in documents([input], Options::default()) {
        let Ok(document) = outcome else { continue };
        for sentence in &document.sentences {
            assert!(document.text.get(sentence.span.start..sentence.span.end).is_some(), "a sentence's span");
        }
    }
}
