//! Scores sentences and words from raw text against treebanks; with `--errors`, lists each difference.
//! `cargo run -p readout-text --example score_ud -- [--errors] FILE.conllu.gz …`

#[path = "../tests/ud/mod.rs"]
mod ud;

use std::collections::BTreeSet;
use std::io::Read;

use ud::Side;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut errors = false;
    for argument in std::env::args().skip(1) {
        if argument == "--errors" {
            errors = true;
            continue;
        }
        let mut conllu = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&argument)?).read_to_string(&mut conllu)?;
        let (raw, gold) = ud::read(&conllu);
        let ours = ud::ours(&raw);
        let name = argument.rsplit('/').next().unwrap_or(&argument);
        for (what, [precision, recall, f1]) in
            [("sentences", ud::score(&gold.sentences, &ours.sentences)), ("words", ud::score(&gold.words, &ours.words))]
        {
            println!("{name}: {what} P {precision:.2} R {recall:.2} F {f1:.2}");
        }
        if errors {
            report(&gold, &ours);
        }
    }
    Ok(())
}

fn report(gold: &Side, ours: &Side) {
    let show = |from: usize, to: usize| gold.text.iter().take(to).skip(from).collect::<String>();
    for (from, to) in gold.words.difference(&ours.words) {
        let overlapping: Vec<String> =
            ours.words.iter().filter(|(a, b)| a < to && from < b).map(|(a, b)| show(*a, *b)).collect();
        println!("W {} | {}", show(*from, *to), overlapping.join(" "));
    }
    let ends = |side: &Side| side.sentences.iter().map(|(_, end)| *end).collect::<BTreeSet<_>>();
    let (gold_ends, our_ends) = (ends(gold), ends(ours));
    for end in gold_ends.difference(&our_ends) {
        println!("MISSED {} || {}", show(end.saturating_sub(30), *end), show(*end, end + 20));
    }
    for end in our_ends.difference(&gold_ends) {
        println!("INVENTED {} || {}", show(end.saturating_sub(30), *end), show(*end, end + 20));
    }
}
