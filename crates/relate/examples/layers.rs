//! What each layer says of marked sentences, to weigh them by: reads lines of `TYPE<tab>SENTENCE` with `[source]` and
//! `{target}` marked, and prints the type, the act's type and how it stands, and the classifier's probabilities.
//!
//! `cargo run --release -p readout-relate --example layers < marked.tsv`

use std::io::{BufRead as _, stdin};

use readout_relate::{Pair, Relater};
use readout_text::Span;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let relater = Relater::embedded().map_err(|e| e.to_string())?;
    for line in stdin().lock().lines() {
        let line = line?;
        let Some((kind, sentence)) = line.split_once('\t') else { continue };
        let layers = relater.layers(&marked(sentence));
        let act = layers.act.map_or_else(|| "- -".to_owned(), |(kind, stand)| format!("{kind} {stand}"));
        let scores: Vec<String> = layers.scores.iter().map(|(kind, p)| format!("{kind}:{p:.4}")).collect();
        println!("{kind}\t{act}\t{}", scores.join(" "));
    }
    Ok(())
}

fn marked(sentence: &str) -> Pair {
    let mut pair = Pair::default();
    let (mut source, mut target) = (0, 0);
    for c in sentence.chars() {
        let at = pair.text.len();
        match c {
            '[' => source = at,
            ']' => pair.source.push(Span::new(source, at)),
            '{' => target = at,
            '}' => pair.target.push(Span::new(target, at)),
            _ => pair.text.push(c),
        }
    }
    pair
}
