//! Reads inputs and prints what was set apart as furniture, one a line (kind, value, date, text), and counts: a way
//! to see on an archive whether body text is eaten. `cargo run -p readout-sources --example furniture -- FILE …`

use std::collections::BTreeMap;

use readout_sources::{Input, Options, documents};

fn main() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: &str, n: usize| *counts.entry(what.to_owned()).or_default() += n;
    for outcome in documents(std::env::args().skip(1).map(Input::from_argument), Options::default()) {
        let document = match outcome {
            Ok(document) => document,
            Err(rejection) => {
                println!("rejected\t{rejection}");
                count("rejected", 1);
                continue;
            }
        };
        count("documents", 1);
        count("sentences", document.sentences.len());
        count("tokens", document.sentences.iter().map(|s| s.tokens.len()).sum());
        if !document.furniture.iter().any(|f| f.kind == readout_text::FurnitureKind::Dateline) {
            count("without dateline", 1);
            println!("NoDateline\t{}\t{:?}", document.meta.id, document.text.chars().take(80).collect::<String>());
        }
        for f in &document.furniture {
            count(&format!("{:?}", f.kind), 1);
            println!("{:?}\t{:?}\t{:?}\t{:?}", f.kind, f.value, f.date, f.span.of(&document.text));
        }
    }
    println!("{counts:?}");
}
