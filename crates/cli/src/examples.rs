//! Whether the examples of a codebook come out as they say.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use readout_codebook::{Codebook, Example, Expect, ExpectedAttribution, ExpectedEvent, Owner, Scope};
use readout_coder::{Coding, Event, Side};
use readout_pipeline::{Pipeline, default_threads, in_order};
use readout_text::{Document, Meta};

/// How the examples came out.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// How many were run.
    pub(crate) run: usize,
    /// One for each that did not come out: place, sentence, what was expected, what came.
    pub(crate) failures: Vec<String>,
}

/// Codes every example of `codebook` and compares.
pub(crate) fn run(codebook: &Codebook) -> anyhow::Result<Examples> {
    run_of(codebook, |_| true)
}

/// Codes the examples of those blocks of `codebook` whose names are wanted, and compares.
pub(crate) fn run_of(codebook: &Codebook, is_wanted: impl Fn(&str) -> bool + Send) -> anyhow::Result<Examples> {
    let pipeline = Pipeline::with(codebook)?;
    let mut out = Examples::default();
    in_order(
        move || codebook.examples().filter(move |(owner, _)| is_wanted(owner.name())),
        default_threads(),
        || pipeline.worker(),
        |worker, (owner, example)| {
            let document =
                Document::from_bytes(example.text.as_bytes(), Meta { id: "example".to_owned(), ..Meta::default() });
            let wide = matches!(owner, Owner::Cue(cue) if cue.scope == Scope::Wide);
            let coding = if wide { worker.code_widely(&document) } else { worker.code(&document) };
            failure(owner, example, &coding)
        },
        |result| {
            out.run += 1;
            out.failures.extend(
                result.unwrap_or_else(|| Some("an example could not be coded because of a fault in readout".into())),
            );
            anyhow::Ok(())
        },
    )?;
    Ok(out)
}

/// What is wrong with what came of an example; `None` where nothing is.
fn failure(owner: Owner<'_>, example: &Example, coding: &Coding) -> Option<String> {
    let right = match &example.expect {
        Expect::Events(events) => events.iter().all(|e| coding.events.iter().any(|c| is(owner, e, c))),
        Expect::Attribution(a) => coding.attributions.iter().any(|c| said(a, c)),
        Expect::Nothing => match owner {
            Owner::Cue(_) => coding.attributions.is_empty(),
            _ => !coding.events.iter().any(|c| names(owner, c)),
        },
    };
    if right {
        return None;
    }
    let name = owner.name();
    let expected = match &example.expect {
        Expect::Events(events) => events.iter().map(|e| expected(owner, e)).collect::<Vec<_>>().join("; "),
        Expect::Attribution(a) => format!("{} : {} : {}", a.source, a.cue, a.content),
        Expect::Nothing => format!("nothing by {name}"),
    };
    let mut text = format!("{}: example of {name} failed: {}\n    expected {expected}\n", example.place, example.text);
    let _ = write!(text, "    coded    {}", came(owner, coding));
    Some(text)
}

/// Whether the block fired for an event: rules are named "operator+operator+act".
fn names(owner: Owner<'_>, event: &Event) -> bool {
    event.rule.split('+').any(|part| part == owner.name())
}

fn is(owner: Owner<'_>, expected: &ExpectedEvent, coded: &Event) -> bool {
    let codes = |sides: &[Side]| sides.iter().map(|s| s.code.clone()).collect::<BTreeSet<_>>();
    let own = if let Owner::Rule(rule) = owner { Some(&rule.kind) } else { None };
    names(owner, coded)
        && expected.kind.as_ref().or(own).is_none_or(|k| *k == coded.kind)
        && expected.mode.as_ref().is_none_or(|m| coded.mode.as_ref() == Some(m))
        && expected.status.is_none_or(|s| s.name() == coded.status.name())
        && expected.actor.iter().cloned().collect::<BTreeSet<_>>() == codes(&coded.actor)
        && expected.recipient.iter().cloned().collect::<BTreeSet<_>>() == codes(&coded.recipient)
}

fn said(expected: &ExpectedAttribution, coded: &readout_coder::Attribution) -> bool {
    let same = |a: &str, b: &str| bare(a) == bare(b);
    expected.source == coded.source.code
        && same(&expected.cue, &coded.source.cue)
        && same(&expected.content, &coded.content)
}

/// Lower case, without the punctuation and quotation marks around.
fn bare(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn expected(owner: Owner<'_>, e: &ExpectedEvent) -> String {
    let own = if let Owner::Rule(rule) = owner { rule.kind.as_str() } else { "" };
    let mode = e.mode.as_ref().map_or_else(String::new, |m| format!("/{m}"));
    let status = e.status.map_or_else(String::new, |s| format!(" {}", s.name()));
    let side = |codes: &[String]| if codes.is_empty() { "-".to_owned() } else { codes.join(",") };
    format!("{}{mode} {} > {}{status}", e.kind.as_deref().unwrap_or(own), side(&e.actor), side(&e.recipient))
        .trim()
        .to_owned()
}

fn came(owner: Owner<'_>, coding: &Coding) -> String {
    let side = |sides: &[Side]| {
        if sides.is_empty() {
            "-".to_owned()
        } else {
            sides.iter().map(|s| s.code.as_str()).collect::<Vec<_>>().join(",")
        }
    };
    let all: Vec<String> = match owner {
        Owner::Cue(_) => coding
            .attributions
            .iter()
            .map(|a| format!("{} : {} : {}", a.source.code, a.source.cue, a.content))
            .collect(),
        _ => coding
            .events
            .iter()
            .map(|e| {
                let mode = e.mode.as_ref().map_or_else(String::new, |m| format!("/{m}"));
                format!("{}{mode} {} > {} {} [{}]", e.kind, side(&e.actor), side(&e.recipient), e.status.name(), e.rule)
            })
            .collect(),
    };
    if all.is_empty() { "nothing".to_owned() } else { all.join("; ") }
}
