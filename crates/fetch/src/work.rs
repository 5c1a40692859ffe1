//! What one worker does with one job: redirects, robots, types; no state but what is passed around.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use readout_sources::feed::{self, Feed};
use url::Url;

use crate::address;
use crate::client::{Answer, Ask, Client, shown, target};
use crate::failure::Failure;
use crate::limits::Limits;
use crate::robots::Robots;
use crate::state::{About, Kept, Pause};
use crate::turns::{Turn, Turns, host};
use crate::warc::Exchange;

/// The name by which robots.txt files know us.
const ROBOT: &str = "readout";

/// What feeds are taken as.
const FEED_TYPES: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/// What pages are taken as.
const PAGE_TYPES: &str = "text/html, application/xhtml+xml, text/plain;q=0.5";

/// Something to fetch.
#[derive(Clone, Debug)]
pub(crate) enum Job {
    /// A feed, if it has changed.
    Feed { url: Url, etag: Option<String>, last_modified: Option<String> },
    /// A page.
    Page { url: Url, about: About, tries: u32 },
}

impl Job {
    pub fn url(&self) -> &Url {
        match self {
            Job::Feed { url, .. } | Job::Page { url, .. } => url,
        }
    }
}

/// What came of a job.
#[derive(Debug)]
pub(crate) enum Got {
    /// The feed has not changed.
    Unchanged,
    /// A feed.
    Feed(Box<Exchange>, Box<Feed>),
    /// A page.
    Page(Box<Exchange>),
}

/// What all workers share.
pub(crate) struct Work {
    pub client: Client,
    pub limits: Limits,
    /// Rules for robots, by scheme, host and port.
    pub robots: Mutex<BTreeMap<String, Kept>>,
    pub turns: Turns<Job>,
    /// Hosts that have asked to be left alone since they last answered, by name.
    pub pauses: Mutex<BTreeMap<String, Pause>>,
}

impl Work {
    /// Does jobs as long as there are any, and hands on what came of each.
    pub fn run(&self, mut done: impl FnMut(Job, Result<Got, Failure>)) {
        while let Some((job, turn)) = self.turns.take() {
            let got = catch_unwind(AssertUnwindSafe(|| self.job(&job, turn))).unwrap_or(Err(Failure::Fault));
            done(job, got);
        }
    }

    fn job(&self, job: &Job, turn: Turn<'_, Job>) -> Result<Got, Failure> {
        match job {
            Job::Feed { url, etag, last_modified } => {
                let mut ask = Ask { accept: FEED_TYPES, ..Ask::default() };
                ask.fields.extend(etag.clone().map(|tag| ("if-none-match", tag)));
                ask.fields.extend(last_modified.clone().map(|date| ("if-modified-since", date)));
                let exchange = self.follow(url, &ask, turn, |_| Ok(()))?;
                if exchange.answer.status == 304 {
                    return Ok(Got::Unchanged);
                }
                let feed = feed::parse(&exchange.answer.body, exchange.answer.charset())?;
                Ok(Got::Feed(Box::new(exchange), Box::new(feed)))
            }
            Job::Page { url, .. } => {
                let ask = Ask { accept: PAGE_TYPES, ..Ask::default() };
                let page = |answer: &Answer| match answer.media_type().as_deref() {
                    None | Some("text/html" | "application/xhtml+xml" | "text/plain") => Ok(()),
                    Some(other) => Err(Failure::Type(shown(other))),
                };
                Ok(Got::Page(Box::new(self.follow(url, &ask, turn, page)?)))
            }
        }
    }

    /// Fetches what lies at `url`, over redirects; each address on the way is checked as the first is.
    fn follow<'t>(
        &'t self,
        url: &Url,
        ask: &Ask,
        turn: Turn<'t, Job>,
        wanted: impl Fn(&Answer) -> Result<(), Failure>,
    ) -> Result<Exchange, Failure> {
        let (mut url, mut turn) = (url.clone(), Some(turn));
        for _ in 0..=self.limits.redirects {
            address::check(&url)?;
            let name = host(&url);
            let turn = turn.take().unwrap_or_else(|| self.turns.enter(&name));
            if let Some(until) = self.turns.closed(&name) {
                return Err(Failure::LeftAlone(until));
            }
            if !self.robots(&url, &turn)?.allow(&target(&url)) {
                return Err(Failure::Robots);
            }
            let time = Timestamp::now();
            let answer = self.client.get(&url, ask, &wanted)?;
            match answer.status {
                200 | 304 => {
                    self.pauses().remove(&name);
                    return Ok(Exchange { request: self.client.request(&url, ask), url, answer, time });
                }
                301 | 302 | 303 | 307 | 308 => {
                    let location = answer.field("location").ok_or(Failure::NoLocation)?;
                    let next = url.join(location);
                    url = next.map_err(|_| Failure::Address(format!("a redirect to `{}`", shown(location))))?;
                }
                status @ (429 | 503) => {
                    let until = self.close(&name, &answer, time);
                    return Err(Failure::Wait { status, until });
                }
                status => return Err(Failure::Status(status)),
            }
        }
        Err(Failure::Redirects(self.limits.redirects))
    }

    /// Leaves a host alone as long as it asks, within limits, else the longer the more often it has asked; gives until when.
    fn close(&self, host: &str, answer: &Answer, time: Timestamp) -> Timestamp {
        let mut pauses = self.pauses();
        let failures = pauses.get(host).map_or(0, |pause| pause.failures).saturating_add(1);
        let most = later(time, self.limits.back_off_hours.saturating_mul(3600));
        let until = wait(answer, time).unwrap_or_else(|| later(time, self.limits.back_off(failures))).min(most);
        pauses.insert(host.to_owned(), Pause { failures, until });
        self.turns.close(host, until);
        until
    }

    fn pauses(&self) -> MutexGuard<'_, BTreeMap<String, Pause>> {
        self.pauses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the host of `url` allows, from the last time it was asked if that was not long ago.
    fn robots(&self, url: &Url, turn: &Turn<'_, Job>) -> Result<Robots, Failure> {
        let origin = url.origin().ascii_serialization();
        let lock = || self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Timestamp::now();
        let kept = lock().get(&origin).filter(|kept| kept.until > now).map(|kept| kept.robots.clone());
        let robots = match kept {
            Some(robots) => robots,
            None => {
                let robots = self.ask_for_robots(url)?;
                let seconds = self.limits.robots_hours.saturating_mul(3600);
                let until = later(now, seconds);
                lock().insert(origin, Kept { until, robots: robots.clone() });
                self.slow_down(&robots, turn);
                turn.pause();
                robots
            }
        };
        self.slow_down(&robots, turn);
        Ok(robots)
    }

    fn slow_down(&self, robots: &Robots, turn: &Turn<'_, Job>) {
        if let Some(seconds) = robots.delay {
            let most = Duration::from_secs(self.limits.crawl_delay_seconds);
            turn.slow_down(Duration::try_from_secs_f64(seconds).unwrap_or(most).min(most));
        }
    }

    /// RFC 9309: what is not there allows all; what cannot be had allows nothing for now. Redirects are followed, each
    /// checked, but neither robots nor turns are asked on the way: a host's rules are for itself.
    fn ask_for_robots(&self, url: &Url) -> Result<Robots, Failure> {
        let unknown = |failure: Failure| match failure {
            own @ (Failure::Private(_) | Failure::Address(_) | Failure::NoSuchHost) => own,
            other => Failure::NoRobots(other.to_string()),
        };
        let ask = Ask { accept: "text/plain, */*;q=0.1", cut: Some(self.limits.robots_bytes), ..Ask::default() };
        let mut at = url.join("/robots.txt").map_err(|_| Failure::NoRobots("no address".to_owned()))?;
        for _ in 0..=self.limits.redirects {
            address::check(&at)?;
            let answer = self.client.get(&at, &ask, |_| Ok(())).map_err(unknown)?;
            match answer.status {
                200 => return Ok(Robots::parse(&String::from_utf8_lossy(&answer.body), ROBOT)),
                301 | 302 | 303 | 307 | 308 => match answer.field("location").and_then(|l| at.join(l).ok()) {
                    Some(next) => at = next,
                    None => return Ok(Robots::default()),
                },
                status if status >= 500 || status == 429 => {
                    return Err(Failure::NoRobots(Failure::Status(status).to_string()));
                }
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }
}

/// Until when a server asks to wait (`Retry-After`, in seconds or as a date).
fn wait(answer: &Answer, time: Timestamp) -> Option<Timestamp> {
    let value = answer.field("retry-after")?.trim();
    match value.parse::<u32>() {
        Ok(seconds) => Some(later(time, i64::from(seconds))),
        Err(_) => jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok().map(|t| t.max(time)),
    }
}

/// So many seconds after `time`.
pub(crate) fn later(time: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(time.as_second().saturating_add(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now = Timestamp::from_second(1_551_175_200).unwrap_or_default(); // 2019-02-26T10:00:00Z
        for (value, expect) in [
            ("120", Some("2019-02-26T10:02:00Z")),
            (" 0 ", Some("2019-02-26T10:00:00Z")),
            ("Tue, 26 Feb 2019 11:00:00 GMT", Some("2019-02-26T11:00:00Z")),
            ("Mon, 25 Feb 2019 11:00:00 GMT", Some("2019-02-26T10:00:00Z")),
            ("soon", None),
            ("-5", None),
        ] {
            let answer = Answer { fields: vec![("Retry-After".into(), value.into())], ..Answer::default() };
            assert_eq!(wait(&answer, now).map(|t| t.to_string()).as_deref(), expect, "{value}");
        }
    }
}
