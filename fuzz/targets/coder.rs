#![no_main]
//! Any bytes as a report, read and coded: spans of the record lie in the text.

use std::sync::OnceLock;

use readout_actors::Actors;
use readout_codebook::Codebook;
use readout_coder::Coder;
use readout_record::Record;
use readout_syntax::{Model, NeuralReader, Reader as _};
use readout_text::{Document, Meta, Origin};

thread_local! {
    static READER: NeuralReader<'static> = Model::embedded().expect("the model is part of the program").reader();
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    static CODER: OnceLock<Coder<'static>> = OnceLock::new();
    let coder = CODER.get_or_init(|| Coder::new(Actors::embedded(), Codebook::embedded()));
    let published = jiff::civil::date(2019, 2, 26);
    let mut document = Document::from_bytes(data, Meta { published: Some(published), ..Meta::default() });
    document.origin = Origin::default();
    let trees = READER.with(|reader| reader.read_document(&document));
    assert_eq!(trees.len(), document.sentences.len());
    let record = Record::new(&document, &coder.code(&document, &trees), "fuzz");
    let holds = |span: [usize; 2]| assert!(document.text.get(span[0]..span[1]).is_some(), "{span:?}");
    for event in &record.events {
        holds(event.span);
        event.actor.iter().chain(&event.recipient).for_each(|party| holds(party.span));
        assert!((0.0..=1.0).contains(&event.confidence));
    }
    for attribution in &record.attributions {
        attribution.content.spans.iter().chain(&attribution.cue.spans).for_each(|span| holds(*span));
    }
});
