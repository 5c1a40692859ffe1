//! A run: feeds first, then the pages that their entries point to; the archive is written here, by one thread.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use readout_sources::feed::{Entry, Feed};
use url::Url;

use crate::address;
use crate::client::Client;
use crate::failure::{Failure, FetchError};
use crate::limits::Limits;
use crate::network::Network;
use crate::outcome::{Outcome, Summary, Told};
use crate::state::{About, Pause, State, Waiting, key, lock};
use crate::turns::{Turns, host};
use crate::warc::{Exchange, Warc};
use crate::work::{Got, Job, Work, later};

/// How to fetch.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Limits.
    pub limits: Limits,
    /// Fetch no pages.
    pub feeds_only: bool,
    /// Networks that are reached though their addresses are not public: of one's own, and for tests.
    pub allowed: Vec<Network>,
    /// What servers are told of us; without it, the program's name and version.
    pub user_agent: Option<String>,
}

/// Polls `feeds` and fetches the pages of their new entries into `archive`, a folder, which is made if need be. What comes
/// of each is told as it comes. What was fetched is in a new file of the archive, complete or not there at all; the
/// archive's state is written after it.
///
/// # Errors
/// Where the archive cannot be read or written. What then was fetched in this run is fetched again in the next.
pub fn fetch(
    feeds: &[Url],
    archive: &Path,
    options: &Options,
    tell: &mut dyn FnMut(Told<'_>),
) -> Result<Summary, FetchError> {
    std::fs::create_dir_all(archive).map_err(|error| FetchError::File { path: archive.to_path_buf(), error })?;
    let _lock = lock(archive)?;
    let now = Timestamp::now();
    let mut state = State::read(archive)?;
    state.tidy(now);
    let warc = Warc::create(archive, now).map_err(|error| FetchError::File { path: archive.to_path_buf(), error })?;
    let work = work(&state, now, options);
    let mut run = Run {
        archive,
        options,
        work: &work,
        state,
        warc,
        tell,
        summary: Summary::default(),
        outstanding: 0,
        end: Instant::now() + Duration::from_secs(options.limits.run_minutes.saturating_mul(60)),
        ended: None,
        now,
    };
    run.begin(feeds);
    run.work_off()?;
    run.finish()
}

fn work(state: &State, now: Timestamp, options: &Options) -> Work {
    let agent = concat!("readout/", env!("CARGO_PKG_VERSION"), " (reads news; obeys robots.txt)");
    let agent = options.user_agent.as_deref().unwrap_or(agent);
    let work = Work {
        client: Client::new(agent, options.allowed.clone(), options.limits),
        limits: options.limits,
        robots: Mutex::new(state.robots.clone()),
        turns: Turns::new(options.limits.delay()),
        pauses: Mutex::new(state.hosts.clone()),
    };
    for (name, pause) in &state.hosts {
        if pause.until > now {
            work.turns.close(name, pause.until);
        }
    }
    work
}

/// A run that is under way.
struct Run<'r> {
    archive: &'r Path,
    options: &'r Options,
    work: &'r Work,
    state: State,
    warc: Warc,
    tell: &'r mut dyn FnMut(Told<'_>),
    summary: Summary,
    /// Jobs that are waiting or being done.
    outstanding: usize,
    /// When nothing more is begun.
    end: Instant,
    /// The limit that ended the run early.
    ended: Option<&'static str>,
    now: Timestamp,
}

impl Run<'_> {
    /// Lets wait what is due: all feeds, and pages that earlier runs left.
    fn begin(&mut self, feeds: &[Url]) {
        for url in feeds {
            let known = self.state.feeds.get(url.as_str()).cloned().unwrap_or_default();
            match known.pause.filter(|pause| pause.until > self.now) {
                Some(pause) => {
                    self.summary.not_due += 1;
                    self.say(url, Outcome::NotDue(pause.until));
                }
                None => self.push(Job::Feed { url: url.clone(), etag: known.etag, last_modified: known.last_modified }),
            }
        }
        if self.options.feeds_only {
            return;
        }
        let due = |w: &Waiting| w.until.is_none_or(|until| until <= self.now);
        let due: Vec<(String, Waiting)> =
            self.state.waiting.iter().filter(|(_, w)| due(w)).map(|(url, w)| (url.clone(), w.clone())).collect();
        for (url, waiting) in due {
            match Url::parse(&url) {
                Ok(url) => self.push(Job::Page { url, about: waiting.about, tries: waiting.tries }),
                Err(_) => {
                    self.state.waiting.remove(&url);
                }
            }
        }
    }

    fn push(&mut self, job: Job) {
        self.outstanding += 1;
        let host = host(job.url());
        self.work.turns.push(&host, job);
    }

    fn say(&mut self, url: &Url, outcome: Outcome) {
        (self.tell)(Told { url: url.as_str(), outcome: &outcome });
    }

    /// Takes in what the workers give until nothing is left.
    fn work_off(&mut self) -> Result<(), FetchError> {
        let (work, connections) = (self.work, self.options.limits.connections.max(1));
        let (send, receive) = sync_channel(connections);
        thread::scope(|scope| {
            for _ in 0..connections {
                let send = send.clone();
                // A worker whose report nobody takes has nothing left to do either.
                scope.spawn(move || work.run(|job, got| drop(send.send((job, got)))));
            }
            drop(send);
            let done = self.receive(&receive);
            work.turns.end();
            drop(receive);
            done
        })
    }

    fn receive(&mut self, reports: &Receiver<(Job, Result<Got, Failure>)>) -> Result<(), FetchError> {
        while self.outstanding > 0 {
            match reports.recv_timeout(Duration::from_millis(200)) {
                Ok((job, got)) => {
                    self.outstanding -= 1;
                    match job {
                        Job::Feed { url, .. } => self.feed(&url, got)?,
                        Job::Page { url, about, tries } => self.page(&url, about, tries, got)?,
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.stop_at_limits();
        }
        Ok(())
    }

    /// Puts off what waits once a limit of the run is reached.
    fn stop_at_limits(&mut self) {
        if Instant::now() >= self.end {
            self.ended = self.ended.or(Some("run_minutes"));
        }
        if self.warc.bytes >= self.options.limits.run_bytes {
            self.ended = self.ended.or(Some("run_bytes"));
        }
        let Some(limit) = self.ended else { return };
        for job in self.work.turns.drain() {
            self.outstanding -= 1;
            self.summary.put_off += 1;
            self.say(job.url(), Outcome::PutOff(limit));
            if let Job::Page { url, about, tries } = job {
                self.state.waiting.insert(url.to_string(), Waiting { about, tries, until: None });
            }
        }
    }

    fn feed(&mut self, url: &Url, got: Result<Got, Failure>) -> Result<(), FetchError> {
        let name = url.as_str().to_owned();
        match got {
            Ok(Got::Unchanged | Got::Page(_)) => {
                self.state.feeds.entry(name).or_default().pause = None;
                self.summary.unchanged += 1;
                self.say(url, Outcome::Unchanged);
            }
            Ok(Got::Feed(exchange, feed)) => {
                self.changed(url, &exchange, *feed)?;
            }
            Err(Failure::LeftAlone(until)) => {
                self.summary.not_due += 1;
                self.say(url, Outcome::NotDue(until));
            }
            Err(failure) => {
                self.summary.feeds_failed += 1;
                let known = self.state.feeds.entry(name).or_default();
                let failures = known.pause.as_ref().map_or(0, |pause| pause.failures).saturating_add(1);
                let until = match &failure {
                    Failure::Wait { until, .. } => *until,
                    _ => later(self.now, self.options.limits.back_off(failures)),
                };
                known.pause = Some(Pause { failures, until });
                self.say(url, Outcome::Failed(failure));
            }
        }
        Ok(())
    }

    /// Takes in a feed that was given anew.
    fn changed(&mut self, url: &Url, exchange: &Exchange, feed: Feed) -> Result<(), FetchError> {
        let hash = Some(key(&[&String::from_utf8_lossy(&exchange.answer.body)]));
        let known = self.state.feeds.entry(url.to_string()).or_default();
        let same = known.hash == hash;
        known.hash = hash;
        // A feed that broke off is asked for again in full.
        let whole = feed.broken.is_none();
        let field = |name: &str| exchange.answer.field(name).filter(|_| whole).map(str::to_owned);
        known.etag = field("etag");
        known.last_modified = field("last-modified");
        known.pause = None;
        if same {
            self.summary.unchanged += 1;
        } else {
            self.write(exchange, None)?;
            self.summary.feeds += 1;
        }
        for problem in &feed.problems {
            self.say(url, Outcome::Problem(problem.clone()));
        }
        if let Some(broken) = &feed.broken {
            self.summary.broken += 1;
            self.say(url, Outcome::Broken(broken.clone()));
        }
        let new = if self.options.feeds_only { 0 } else { self.entries(url, &exchange.url, &feed) };
        self.say(url, if same { Outcome::Unchanged } else { Outcome::Feed { entries: feed.entries.len(), new } });
        Ok(())
    }

    /// Lets the pages of a feed's new entries wait; gives how many entries are new.
    fn entries(&mut self, url: &Url, base: &Url, feed: &Feed) -> usize {
        let (mut new, mut pages) = (0, 0);
        for entry in &feed.entries {
            let Some(id) = entry.key().map(|id| key(&["entry", url.as_str(), id])) else {
                self.summary.entries_failed += 1;
                self.say(url, Outcome::NoLink);
                continue;
            };
            if self.state.seen.contains(&id) {
                continue;
            }
            new += 1;
            if entry.full_text().is_some() {
                self.state.seen.insert(id);
                self.summary.full_texts += 1;
                continue;
            }
            pages += self.entry(url, base, feed, entry, id, pages);
        }
        new
    }

    /// Lets an entry's page wait; gives 1 if it is to be fetched.
    fn entry(&mut self, url: &Url, base: &Url, feed: &Feed, entry: &Entry, id: String, pages: usize) -> usize {
        let Some(link) = &entry.link else {
            self.state.seen.insert(id);
            self.summary.entries_failed += 1;
            self.say(url, Outcome::NoLink);
            return 0;
        };
        let checked = Url::parse(&feed.address(link, Some(base.as_str())));
        let checked = checked.map_err(|_| Failure::Address("not an address".to_owned()));
        let checked = checked.and_then(|page| address::check(&page).map(|()| page));
        let mut page = match checked {
            Ok(page) => page,
            Err(failure) => {
                self.state.seen.insert(id);
                self.summary.pages_failed += 1;
                (self.tell)(Told { url: link, outcome: &Outcome::Failed(failure) });
                return 0;
            }
        };
        page.set_fragment(None);
        self.state.seen.insert(id);
        let address = page.to_string();
        if self.state.seen.contains(&key(&["page", &address])) || self.state.waiting.contains_key(&address) {
            return 0;
        }
        let about = About::new(url.as_str(), feed.title.as_deref(), entry);
        self.state.waiting.insert(address, Waiting { about: about.clone(), tries: 0, until: None });
        if pages >= self.options.limits.pages_a_feed {
            self.summary.put_off += 1;
            self.say(&page, Outcome::PutOff("pages_a_feed"));
            return 0;
        }
        self.push(Job::Page { url: page, about, tries: 0 });
        1
    }

    fn page(&mut self, url: &Url, about: About, tries: u32, got: Result<Got, Failure>) -> Result<(), FetchError> {
        let address = url.to_string();
        match got {
            Ok(Got::Page(exchange) | Got::Feed(exchange, _)) if exchange.answer.status == 200 => {
                self.write(&exchange, Some(&about))?;
                self.done(&address);
                self.summary.pages += 1;
                self.say(url, Outcome::Page);
            }
            Ok(_) => {
                self.done(&address);
                self.summary.pages_failed += 1;
                self.say(url, Outcome::Failed(Failure::Status(304)));
            }
            Err(failure) => {
                let wait = match &failure {
                    Failure::Wait { until, .. } | Failure::LeftAlone(until) => Some((tries, Some(*until))),
                    failure if failure.may_pass() && tries + 1 < self.options.limits.page_tries => {
                        Some((tries + 1, Some(later(self.now, self.options.limits.back_off(tries + 1)))))
                    }
                    _ => None,
                };
                match wait {
                    Some((tries, until)) => {
                        self.state.waiting.insert(address, Waiting { about, tries, until });
                        self.summary.put_off += 1;
                    }
                    None => {
                        self.done(&address);
                        self.summary.pages_failed += 1;
                    }
                }
                self.say(url, Outcome::Failed(failure));
            }
        }
        Ok(())
    }

    fn done(&mut self, address: &str) {
        self.state.waiting.remove(address);
        self.state.seen.insert(key(&["page", address]));
    }

    fn write(&mut self, exchange: &Exchange, about: Option<&About>) -> Result<(), FetchError> {
        let written = self.warc.exchange(exchange, about);
        written.map_err(|error| FetchError::File { path: self.archive.to_path_buf(), error })
    }

    /// Makes the archive's file last, then the state.
    fn finish(mut self) -> Result<Summary, FetchError> {
        let path = self.archive.to_path_buf();
        self.summary.bytes = self.warc.bytes;
        let file: Option<PathBuf> = self.warc.finish().map_err(|error| FetchError::File { path, error })?;
        if file.is_none() {
            self.summary.bytes = 0;
        }
        self.summary.file = file;
        self.state.robots = taken(&self.work.robots);
        self.state.hosts = taken(&self.work.pauses);
        self.state.write(self.archive)?;
        Ok(self.summary)
    }
}

fn taken<T: Default>(shared: &Mutex<T>) -> T {
    std::mem::take(&mut *shared.lock().unwrap_or_else(PoisonError::into_inner))
}
