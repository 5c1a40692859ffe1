//! Reads CoNLL-U on stdin; prints each phrase that stands for a party, one a line: code, how, class, words, name.
//! `cargo run -p readout-actors --example parties -- 2005-06-01 < file.conllu`

use std::io::Read;
use std::sync::Arc;

use readout_actors::Actors;
use readout_syntax::{Tree, Word};
use readout_text::Span;

fn main() -> std::io::Result<()> {
    let day = std::env::args().nth(1).and_then(|d| d.parse().ok());
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let actors = Actors::embedded();
    let (mut words, mut at) = (Vec::new(), 0);
    for line in text.lines().chain([""]) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [id, form, lemma, upos, xpos, _, head, rel, ..] = cells.as_slice() {
            if id.parse::<usize>().is_ok() {
                let span = Span::new(at, at + form.len());
                at = span.end + 1;
                let head = head.parse::<usize>().ok().and_then(|h| h.checked_sub(1));
                let (upos, xpos, rel) = (Arc::from(*upos), Arc::from(*xpos), Arc::from(*rel));
                words.push(Word {
                    span,
                    form: (*form).to_owned(),
                    lemma: (*lemma).to_owned(),
                    upos,
                    xpos,
                    head,
                    deprel: rel,
                });
            }
        } else if line.is_empty() && !words.is_empty() {
            show(actors, &Tree::new(std::mem::take(&mut words), Vec::new()), day);
        }
    }
    Ok(())
}

fn show(actors: &Actors, tree: &Tree, day: Option<jiff::civil::Date>) {
    let mentions = actors.mentions(tree, day);
    let all: Vec<&str> = tree.words().iter().map(|w| w.form.as_str()).collect();
    println!("# {}", all.join(" "));
    for head in
        (0..tree.len()).filter(|&i| matches!(tree.rel(i), "nsubj" | "obj" | "obl" | "nmod" | "iobj" | "conj" | "root"))
    {
        for p in actors.parties(tree, &mentions, head, day) {
            let words: Vec<&str> = p.words.clone().filter_map(|i| all.get(i).copied()).collect();
            let former = if p.former { " former" } else { "" };
            println!(
                "{:8} {:?}/{:?}{former}\t{}\t{}",
                p.code.as_str(),
                p.how,
                p.class,
                words.join(" "),
                p.name.unwrap_or_default()
            );
        }
    }
}
