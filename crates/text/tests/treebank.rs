//! Least scores on the English Web Treebank's test set, where it is at hand beside the repository.

mod ud;

use std::io::Read;
use std::path::Path;

/// F1 of words and of sentences that must be reached, a little under what was measured.
const LEAST: [f64; 2] = [98.9, 82.0];

#[test]
fn words_and_sentences_agree_with_the_treebank() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ud/en_ewt-test.conllu.gz");
    let Ok(file) = std::fs::File::open(path) else {
        eprintln!("skipped: ../shared/ud/en_ewt-test.conllu.gz is not there");
        return;
    };
    let mut conllu = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut conllu).expect("a gzipped text");
    let (raw, gold) = ud::read(&conllu);
    let ours = ud::ours(&raw);
    let [_, _, words] = ud::score(&gold.words, &ours.words);
    let [_, _, sentences] = ud::score(&gold.sentences, &ours.sentences);
    println!("EWT test: words F1 {words:.2}, sentences F1 {sentences:.2}");
    assert!(words >= LEAST[0] && sentences >= LEAST[1], "words {words:.2}, sentences {sentences:.2}");
}
