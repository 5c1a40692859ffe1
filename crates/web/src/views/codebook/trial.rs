//! What a changed codebook changes over the store.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use readout_codebook::{Codebook, Finding, Severity};
use readout_record::{Event, Record};
use readout_store::Stored;
use readout_store::corrections::Codes;

use super::blocks::{Block, of, replaced};
use super::files;
use super::words::Affected;
use crate::answer::Fault;
use crate::views::Asked;

/// A change that is tried out.
pub(super) struct Trial {
    /// Name of the file that is changed.
    pub(super) file: String,
    /// The file as it was, and as it would be.
    pub(super) texts: [String; 2],
    /// What is wrong with it that was not wrong before.
    pub(super) findings: Vec<Finding>,
    /// Examples of the changed blocks that do not come out.
    pub(super) failures: Vec<String>,
    /// Words that the change is about.
    pub(super) words: Vec<String>,
    /// What it changes; `None` where there are errors.
    pub(super) effect: Option<Effect>,
}

/// What a change does to the events of the reports that may show it.
#[derive(Default)]
pub(super) struct Effect {
    pub(super) differences: Vec<Difference>,
    /// Reports that were coded both ways.
    pub(super) reports: usize,
    /// Whether there are more that have the words.
    pub(super) more: bool,
    /// Whether time ran out before all were coded.
    pub(super) late: bool,
}

/// An event that is gained, lost or changed.
pub(super) struct Difference {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) sentence: String,
    /// Byte at which the sentence begins.
    pub(super) start: usize,
    pub(super) before: Option<Event>,
    pub(super) after: Option<Event>,
}

impl Difference {
    /// "gained", "lost" or "changed".
    pub(super) fn name(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "gained",
            (_, None) => "lost",
            _ => "changed",
        }
    }
}

impl Trial {
    /// Puts `text` in the place of `old` in a file, and looks what that changes.
    pub(super) fn of(asked: &Asked<'_>, file: &str, old: Option<&Block>, text: &str) -> Result<Trial, Fault> {
        let before = file_text(file)
            .ok_or_else(|| Fault::bad(format!("“{file}” is no file of the codebook"), "choose one of the list"))?;
        let after = replaced(before, old, text);
        let files = files().map(|(name, text)| if name == file { (name, after.as_str()) } else { (name, text) });
        let (book, findings) = Codebook::from_files(files);
        let known: BTreeSet<(&str, &str)> =
            Codebook::embedded_findings().iter().map(|f| (f.place.file.as_ref(), f.what.as_str())).collect();
        let findings: Vec<Finding> =
            findings.into_iter().filter(|f| !known.contains(&(f.place.file.as_ref(), f.what.as_str()))).collect();
        let blocks = of(file, text);
        let affected = Affected::of(Codebook::embedded(), &book, old, &blocks);
        let words = affected.0.iter().map(|words| words.join(" ")).collect();
        let mut trial = Trial {
            file: file.to_owned(),
            texts: [before.to_owned(), after.clone()],
            findings,
            failures: Vec::new(),
            words,
            effect: None,
        };
        if !trial.findings.iter().any(|f| f.severity == Severity::Error) {
            let names: BTreeSet<&str> = blocks.iter().map(|b| b.name.as_str()).collect();
            trial.failures = asked.coder.map(|coder| coder.failures(&book, &names)).unwrap_or_default();
            trial.effect = effect(asked, &book, &affected)?;
        }
        Ok(trial)
    }
}

/// The text of a file of the codebook.
pub(super) fn file_text(name: &str) -> Option<&'static str> {
    files().find(|(file, _)| *file == name).map(|(_, text)| text)
}

/// Codes the reports that have the words both ways, until time runs out.
fn effect(asked: &Asked<'_>, book: &Codebook, affected: &Affected) -> Result<Option<Effect>, Fault> {
    let Some(coder) = asked.coder else { return Ok(None) };
    let end = Instant::now() + Duration::from_millis(asked.limits.bench_millis);
    let query = affected.query(asked.limits.bench_words);
    let most = asked.limits.bench_reports;
    let keys = if query.is_empty() { Vec::new() } else { asked.store.reports_with(&query, most + 1)? };
    let mut effect =
        Effect { more: keys.len() > most || affected.0.len() > asked.limits.bench_words, ..Effect::default() };
    for key in keys.iter().take(most) {
        if Instant::now() >= end {
            effect.late = true;
            break;
        }
        let Some(stored) = asked.store.find(key)?.filter(|stored| stored.coded) else { continue };
        let Some([before, after]) = coder.compare(&stored, book) else { continue };
        effect.reports += 1;
        effect.differences.extend(differences(&stored, before, after));
    }
    Ok(Some(effect))
}

/// The events in which two codings of a report differ: events of the same words are one, changed.
fn differences(stored: &Stored, before: Record, after: Record) -> Vec<Difference> {
    let mut pairs: Vec<(Option<Event>, Option<Event>)> = Vec::new();
    let mut left: Vec<Event> = after.events;
    let mut open = Vec::new();
    for event in before.events {
        match left.iter().position(|e| e.span == event.span && Codes::of(e) == Codes::of(&event)) {
            Some(at) => drop(left.remove(at)),
            None => open.push(event),
        }
    }
    for event in open {
        let same = left.iter().position(|e| e.span == event.span).map(|at| left.remove(at));
        pairs.push((Some(event), same));
    }
    pairs.extend(left.into_iter().map(|event| (None, Some(event))));
    let sentences = after.sentences;
    let difference = |(before, after): (Option<Event>, Option<Event>)| {
        let event = after.as_ref().or(before.as_ref())?;
        let [start, end] = sentences.get(event.sent)?.span;
        let record = &stored.record;
        Some(Difference {
            key: stored.key.clone(),
            title: record.title.clone().unwrap_or_else(|| record.id.clone()),
            publisher: record.publisher.clone(),
            published: record.published.map(|day| day.to_string()),
            sentence: stored.text.get(start..end)?.to_owned(),
            start,
            before,
            after,
        })
    };
    pairs.into_iter().filter_map(difference).collect()
}
