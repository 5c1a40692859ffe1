//! Scores sentences and words from raw text against CoNLL-U treebanks, as CoNLL 2018 does (spans of characters
//! that are not white space). Paragraphs (`# newpar`, `# newdoc`) are set off by blank lines in the raw text.
//! `cargo run -p readout-text --example score_ud -- [--errors] FILE.conllu.gz …`

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use readout_text::{Document, Meta};

/// Spans, in characters that are not white space.
type Spans = BTreeSet<(usize, usize)>;

#[derive(Default)]
struct Side {
    sentences: Spans,
    words: Spans,
    text: Vec<char>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut errors = false;
    for argument in std::env::args().skip(1) {
        if argument == "--errors" {
            errors = true;
            continue;
        }
        let mut conllu = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&argument)?).read_to_string(&mut conllu)?;
        let (raw, gold) = read(&conllu);
        let ours = ours(&raw);
        let name = argument.rsplit('/').next().unwrap_or(&argument);
        println!("{name}: sentences {} words {}", f1(&gold.sentences, &ours.sentences), f1(&gold.words, &ours.words));
        if errors {
            report(&gold, &ours);
        }
    }
    Ok(())
}

/// Raw text and gold spans. The words of a multiword token are found in it where they spell it out.
fn read(conllu: &str) -> (String, Side) {
    let (mut raw, mut side) = (String::new(), Side::default());
    for block in conllu.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if block.lines().any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc")) {
            raw.push_str("\n\n");
        }
        let start = side.text.len();
        let mut inside = 0;
        let mut parts: (usize, usize) = (0, 0);
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let (Some(id), Some(form)) = (fields.first(), fields.get(1)) else { continue };
            let space = !fields.get(9).is_some_and(|misc| misc.contains("SpaceAfter=No"));
            if id.contains('.') {
                continue;
            }
            if let Some((from, to)) = id.split_once('-') {
                parts = (side.text.len(), side.text.len() + form.chars().count());
                inside = to.parse::<usize>().unwrap_or(0) + 1 - from.parse::<usize>().unwrap_or(0);
                push(&mut raw, &mut side.text, form, space);
                continue;
            }
            let len = form.chars().filter(|c| !c.is_whitespace()).count();
            if inside > 0 {
                inside -= 1;
                let end = if inside == 0 { parts.1 } else { (parts.0 + len).min(parts.1) };
                side.words.insert((parts.0, end));
                parts.0 = end;
                continue;
            }
            side.words.insert((side.text.len(), side.text.len() + len));
            push(&mut raw, &mut side.text, form, space);
        }
        side.sentences.insert((start, side.text.len()));
    }
    (raw, side)
}

fn push(raw: &mut String, text: &mut Vec<char>, form: &str, space: bool) {
    raw.push_str(form);
    text.extend(form.chars().filter(|c| !c.is_whitespace()));
    if space {
        raw.push(' ');
    }
}

/// Our spans, with what is furniture counted as words missed.
fn ours(raw: &str) -> Side {
    let mut at = BTreeMap::new();
    let mut side = Side::default();
    for (byte, c) in raw.char_indices() {
        at.insert(byte, side.text.len());
        if !c.is_whitespace() {
            side.text.push(c);
        }
    }
    at.insert(raw.len(), side.text.len());
    let document = Document::from_text(raw.to_owned(), Meta::default());
    let count = |byte: usize| at.get(&byte).copied().unwrap_or_default();
    for sentence in &document.sentences {
        side.sentences.insert((count(sentence.span.start), count(sentence.span.end)));
        side.words.extend(sentence.tokens.iter().map(|t| (count(t.span.start), count(t.span.end))));
    }
    side
}

fn f1(gold: &Spans, ours: &Spans) -> String {
    let hits = gold.intersection(ours).count() as f64;
    let (precision, recall) = (hits / ours.len() as f64, hits / gold.len() as f64);
    let f = 2.0 * precision * recall / (precision + recall);
    format!("P {:.2} R {:.2} F {:.2}", 100.0 * precision, 100.0 * recall, 100.0 * f)
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
