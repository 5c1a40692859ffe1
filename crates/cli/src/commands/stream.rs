//! `readout stream`: documents of a stream in, records onto another stream or into a store.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use readout_pipeline::{Pipeline, default_threads};
use readout_sources::Defaults;
use readout_stream::{Host, Options, Settings, Summary, Target, Told};
use serde_json::{Value, json};

use crate::Outcome;
use crate::args::Stream;
use crate::progress::Progress;
use crate::view::table::counted;
use crate::view::text::visible;

/// Where a server is looked for.
const SERVER: &str = "nats://127.0.0.1:4222";

/// How often progress is told to programs.
const EVERY: Duration = Duration::from_secs(1);

/// Signals by which people and services end a process; such an end says nothing of what it worked on.
#[cfg(unix)]
const ENDED: [i32; 3] = [1, 2, 15];

/// Serves until it is told to end.
pub(crate) fn run(options: &Stream) -> anyhow::Result<Outcome> {
    let pipeline = Pipeline::load()?.reading(options.read);
    let wanted = wanted(options);
    let watch = Watch { options, report: Mutex::new(Report::new(options)) };
    let summary = readout_stream::run(&pipeline, &wanted, &watch)
        .map_err(|error| anyhow::anyhow!("{error}; {}", error.hint()))?;
    watch.report().finish(&summary);
    Ok(match summary {
        Summary { left: 1.., .. } => Outcome::Partial,
        Summary { documents: 0, rejected: 0, .. } if options.until_empty => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

fn wanted(options: &Stream) -> Options {
    let defaults = Defaults {
        published: options.published,
        publisher: options.publisher.clone(),
        language: options.language.clone(),
        ..Defaults::default()
    };
    let to =
        options.to.clone().map(|stream| Target { stream, subject: options.subject.clone(), each: options.each.into() });
    let server = options.server.clone().or_else(|| std::env::var("NATS_URL").ok());
    Options {
        server: server.unwrap_or_else(|| SERVER.to_owned()),
        from: options.from.clone(),
        filter: options.filter.clone(),
        durable: options.durable.clone(),
        to,
        store: options.store.clone(),
        create: options.create,
        until_empty: options.until_empty,
        text: options.text,
        any_language: options.any_language,
        reading: readout_sources::Options { defaults, ..readout_sources::Options::default() },
        threads: options.threads.map_or_else(default_threads, usize::from),
        days: options.days,
        settings: Settings { ack_wait_millis: options.ack_wait * 1000, ..Settings::default() },
    }
}

/// Tells what happens, and tries documents.
struct Watch<'o> {
    options: &'o Stream,
    report: Mutex<Report>,
}

impl Watch<'_> {
    fn report(&self) -> std::sync::MutexGuard<'_, Report> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How another process of this program ended that coded the document.
    fn tried(&self, given: &[u8]) -> io::Result<ExitStatus> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args([
            "code",
            "-",
            "--format",
            "jsonl",
            "--threads",
            "1",
            "--quiet",
            "--read",
            self.options.read.name(),
        ]);
        if self.options.any_language {
            command.arg("--any-language");
        }
        if let Some(day) = self.options.published {
            command.args(["--published", &day.to_string()]);
        }
        // Ctrl-C is for this process alone.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            drop(stdin.write_all(given)); // one that died does not read; how it ended says so
        }
        child.wait()
    }
}

impl Host for Watch<'_> {
    fn hear(&self, told: Told<'_>) {
        self.report().hear(&told);
    }

    fn survives(&self, given: &[u8]) -> bool {
        !self.tried(given).is_ok_and(died)
    }
}

/// Whether a process ended by itself, and not as programs end.
fn died(status: ExitStatus) -> bool {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return !ENDED.contains(&signal);
    }
    !matches!(status.code(), Some(0..=2))
}

/// Writes to standard error.
struct Report {
    json: bool,
    quiet: bool,
    progress: Option<Progress>,
    last: Instant,
    from: String,
}

impl Report {
    fn new(options: &Stream) -> Self {
        let progress = !options.log_json && !options.quiet && io::stderr().is_terminal();
        Report {
            json: options.log_json,
            quiet: options.quiet,
            progress: progress.then(Progress::new),
            last: Instant::now(),
            from: options.from.clone(),
        }
    }

    fn hear(&mut self, told: &Told<'_>) {
        match told {
            Told::Ready => {
                let words = format!("waiting for documents of `{}`; Ctrl-C ends it", self.from);
                self.note(&words, &json!({"event": "ready", "stream": self.from}));
            }
            Told::Rejected { stream, sequence, reason, hint } => {
                let hint = hint.map_or(String::new(), |hint| format!("; {hint}"));
                let words = format!("{stream}:{sequence}: {reason}{hint}");
                self.say(
                    &words,
                    &json!({"event": "rejected", "stream": stream, "sequence": sequence, "reason": reason}),
                );
            }
            Told::Settled(summary) => self.settled(summary),
            Told::Lost => self.say("the server is away; waiting for it", &json!({"event": "lost"})),
            Told::Back => self.note("the server is there", &json!({"event": "back"})),
            Told::Failed(what) => {
                self.say(&format!("{what}; trying again"), &json!({"event": "failed", "what": what}));
            }
            Told::Ending(held) => {
                let words = format!("ending: {} in hand", counted(*held, "document"));
                self.note(&words, &json!({"event": "ending", "in_hand": held}));
            }
        }
    }

    fn settled(&mut self, summary: &Summary) {
        if let Some(progress) = &mut self.progress {
            progress.show(summary.documents, summary.events, None);
        } else if self.json && !self.quiet && self.last.elapsed() >= EVERY {
            self.last = Instant::now();
            eprintln!("{}", numbers("progress", summary));
        }
    }

    /// Something to know, unless only trouble is wanted.
    fn note(&mut self, words: &str, line: &Value) {
        if !self.quiet {
            self.say(words, line);
        }
    }

    fn say(&mut self, words: &str, line: &Value) {
        if let Some(progress) = &mut self.progress {
            progress.clear();
        }
        if self.json { eprintln!("{line}") } else { eprintln!("readout: {}", visible(words)) }
    }

    fn finish(&mut self, summary: &Summary) {
        let Summary { documents, events, again, rejected, left, .. } = *summary;
        let (documents, events) = (counted(documents, "document"), counted(events, "event"));
        let words = format!("coded {documents} with {events}; {again} were published already, {rejected} rejected");
        self.note(&words, &numbers("done", summary));
        if left > 0 && !self.json {
            self.say(
                &format!("{} unacknowledged; they will be given out again", counted(left, "document")),
                &Value::Null,
            );
        }
    }
}

fn numbers(event: &str, summary: &Summary) -> Value {
    json!({"event": event, "documents": summary.documents, "events": summary.events, "again": summary.again,
        "rejected": summary.rejected, "left": summary.left})
}
