//! Counts the languages that documents are taken to be in, and lists those not in English.

use std::collections::BTreeMap;

use readout_sources::{Input, Options, documents, is_english};

fn main() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for outcome in documents(std::env::args().skip(1).map(Input::from_argument), Options::default()) {
        let language = match &outcome {
            Ok(document) => document.meta.language.clone().unwrap_or_default(),
            Err(rejection) => format!("rejected: {}", rejection.reason),
        };
        if let (Ok(document), false) = (&outcome, is_english(&language)) {
            println!("{language}\t{}\t{:?}", document.meta.id, document.text.chars().take(150).collect::<String>());
        }
        *counts.entry(language).or_default() += 1;
    }
    for (what, n) in counts {
        println!("{n}\t{what}");
    }
}
