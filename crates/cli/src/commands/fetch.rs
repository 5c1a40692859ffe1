//! `readout fetch`: feeds in, a web archive out.

use std::io::{self, IsTerminal};

use anyhow::ensure;
use readout_fetch::{Limits, Options, Outcome as Came, Summary, Told, feeds, fetch};

use crate::Outcome;
use crate::args::Fetch;
use crate::view::table::counted;
use crate::view::text::visible;

/// Fetches what is new and says what came of it.
pub(crate) fn run(options: &Fetch) -> anyhow::Result<Outcome> {
    ensure!((0.0..=3600.0).contains(&options.delay), "--delay takes seconds, from 0 to 3600");
    if let Some(agent) = &options.user_agent {
        let plain = !agent.trim().is_empty() && agent.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        ensure!(plain, "--user-agent takes plain ASCII, such as \"my-project (me@mail.example)\"");
    }
    let limits =
        Limits { delay_millis: (options.delay * 1000.0) as u64, run_minutes: options.minutes, ..Limits::default() };
    let list = feeds(&options.feeds, limits.feeds)?;
    if list.is_empty() {
        eprintln!("readout: nothing to fetch: the lists hold no feed");
        return Ok(Outcome::Nothing);
    }
    let settings = Options {
        limits,
        feeds_only: options.feeds_only,
        allowed: options.allow_private.clone(),
        user_agent: options.user_agent.clone(),
    };
    let mut report =
        Report { progress: !options.quiet && io::stderr().is_terminal(), shown: false, feeds: 0, pages: 0 };
    let summary = fetch(&list, &options.into, &settings, &mut |told| report.take(told))?;
    report.clear();
    if !options.quiet {
        eprintln!("readout: {}", sentence(&summary));
    }
    Ok(match &summary.file {
        _ if summary.is_partial() => Outcome::Partial,
        Some(_) => Outcome::Done,
        None => Outcome::Nothing,
    })
}

/// Says what comes, and counts it on a terminal.
struct Report {
    progress: bool,
    shown: bool,
    feeds: usize,
    pages: usize,
}

impl Report {
    fn take(&mut self, told: Told<'_>) {
        match told.outcome {
            Came::Feed { .. } | Came::Unchanged => self.feeds += 1,
            Came::Page => self.pages += 1,
            Came::Failed(failure) => self.say(told.url, &format!("{failure}; {}", failure.hint())),
            Came::NotDue(until) => self.say(told.url, &format!("it has failed before and is left alone until {until}")),
            Came::PutOff(_) => {} // the summary says how many, the limit's name stands in the documents
            Came::Problem(problem) => self.say(told.url, problem),
            Came::Broken(error) => self.say(told.url, &format!("{error}; the entries before that were taken")),
            Came::NoLink => self.say(told.url, "an entry without full text and without link was left out"),
        }
        if self.progress {
            eprint!("\r\x1b[K{}, {}", counted(self.feeds, "feed"), counted(self.pages, "page"));
            self.shown = true;
        }
    }

    /// Addresses and messages are foreign text.
    fn say(&mut self, url: &str, what: &str) {
        self.clear();
        eprintln!("readout: {}: {}", visible(url), visible(what));
    }

    fn clear(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
            self.shown = false;
        }
    }
}

/// What came of the run, in a sentence.
fn sentence(summary: &Summary) -> String {
    let mut parts = vec![counted(summary.feeds, "new feed"), counted(summary.pages, "page")];
    let more = [
        (summary.full_texts, "full texts in feeds"),
        (summary.unchanged, "feeds unchanged"),
        (summary.not_due, "feeds left alone for now"),
        (summary.feeds_failed, "feeds failed"),
        (summary.broken, "feeds broken off"),
        (summary.pages_failed, "pages failed"),
        (summary.entries_failed, "entries without text or link"),
        (summary.put_off, "left to a later run"),
    ];
    parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    let file = summary.file.as_ref().map(|file| format!(" in {}", file.display())).unwrap_or_default();
    format!("{}{file}", parts.join(", "))
}
