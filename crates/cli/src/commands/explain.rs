//! `readout explain`: how one text is read, and which rules matched or nearly did.

use std::io::{self, Read, Write};

use readout_actors::Mention;
use readout_pipeline::{Explanation, Outcome as Fate, Pipeline};
use readout_syntax::Tree;
use readout_text::Document;

use super::meta;
use crate::Outcome;
use crate::args::Explain;
use crate::view::evidence::{Stretches, show};
use crate::view::paint::{Paint, Role};
use crate::view::table::View;
use crate::view::text::{columns, visible};
use crate::view::words;

/// Bytes of the text that are taken.
const LONGEST_TEXT: u64 = 1 << 20;

/// Reads the text and shows all of it.
pub(crate) fn run(options: &Explain) -> anyhow::Result<Outcome> {
    let mut text = options.text.clone().into_bytes();
    if options.text == "-" {
        text.clear();
        io::stdin().lock().take(LONGEST_TEXT).read_to_end(&mut text)?;
    }
    let pipeline = Pipeline::load()?;
    let worker = pipeline.worker();
    let document = Document::from_bytes(&text, meta(&options.meta));
    if document.sentences.is_empty() {
        eprintln!("readout: nothing to explain: the text is empty");
        return Ok(Outcome::Nothing);
    }
    let trees = worker.read(&document);
    let explanation = worker.explain(&document, &trees);
    let paint = Paint::stdout(options.color);
    let mut out = io::stdout().lock();
    writeln!(out, "{}", paint.paint(Role::Faint, words::LEGEND))?;
    for (i, tree) in trees.iter().enumerate() {
        let mentions = worker.mentions(&document, tree);
        out.write_all(sentence(&document, tree, &mentions, &explanation, i, paint).as_bytes())?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Sentence `i`: its words, then its events, then the rules tried.
fn sentence(
    document: &Document,
    tree: &Tree,
    mentions: &[Mention],
    explanation: &Explanation,
    i: usize,
    paint: Paint,
) -> String {
    let columns = columns();
    let Some(read) = document.sentences.get(i) else { return String::new() };
    let mut out = format!("\n{}\n\n", show(document, read.span, &Stretches::default(), paint, columns, 0));
    out.push_str(&words::show(tree, &notes(tree, mentions), paint));
    let view = View { paint, columns, attributions: true };
    let mut coded = String::new();
    view.sentence(&mut coded, document, &explanation.coding, i);
    out.push_str(if coded.is_empty() { "\nno event and no attribution\n" } else { &coded });
    out.push_str(&rules(tree, explanation, i, paint));
    out
}

/// Sentence `i` without its events: its words with their tree, and the rules tried.
pub(super) fn reading(tree: &Tree, mentions: &[Mention], explanation: &Explanation, i: usize) -> String {
    let paint = Paint::new(false);
    format!("{}{}", words::show(tree, &notes(tree, mentions), paint), rules(tree, explanation, i, paint))
}

/// The rules that matched in sentence `i`, and those that nearly did.
fn rules(tree: &Tree, explanation: &Explanation, i: usize, paint: Paint) -> String {
    let mut out = String::new();
    let (fired, not): (Vec<_>, Vec<_>) =
        explanation.traces.iter().filter(|t| t.sentence == i).partition(|t| matches!(t.outcome, Fate::Fired));
    for (title, traces) in [("rules that matched", fired), ("rules that nearly did", not)] {
        if traces.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{}\n", paint.paint(Role::Title, title)));
        for t in traces {
            let why = if let Fate::Not(why) = &t.outcome { format!(": {why}") } else { String::new() };
            let word = tree.get(t.word).map_or("", |w| &w.form);
            out.push_str(&format!("  {} (“{}”) at “{}”{}\n", t.rule, visible(&t.entry), visible(word), visible(&why)));
        }
    }
    out
}

/// Beside each word: the parties that names starting there stand for.
fn notes(tree: &Tree, mentions: &[Mention]) -> Vec<Vec<String>> {
    let mut notes = vec![Vec::new(); tree.len()];
    for m in mentions {
        if let Some(list) = notes.get_mut(m.words.start) {
            let length = m.words.len();
            let span = if length > 1 { format!(", {length} words") } else { String::new() };
            let kind = format!("{:?}", m.entity.kind).to_lowercase();
            list.push(format!("= {} {} ({kind}{span})", m.entity.name, m.entity.code));
        }
    }
    notes
}
