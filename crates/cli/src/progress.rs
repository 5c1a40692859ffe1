//! How far the work is: a line on the terminal, and the figures for it.

use std::time::{Duration, Instant};

use crate::view::table::counted;

/// How often the line changes.
const EVERY: Duration = Duration::from_millis(200);

/// Share of the input that must be read before the time left is guessed.
const LEAST_SHARE: f64 = 0.01;

/// How fast the work goes, from when this was made.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    start: Instant,
}

impl Pace {
    /// One that starts now.
    pub(crate) fn new() -> Self {
        Pace { start: Instant::now() }
    }

    /// Seconds until all is done, guessed once enough is; `share` of the input, between 0 and 1, is done.
    pub(crate) fn left(self, share: f64) -> Option<f64> {
        left(self.seconds(), share)
    }

    fn seconds(self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }
}

/// The share that `part` is of `all`, between 0 and 1; nothing where the whole is not known.
pub(crate) fn share(part: u64, all: Option<u64>) -> Option<f64> {
    all.map(|all| if all == 0 { 1.0 } else { (part as f64 / all as f64).min(1.0) })
}

/// The line.
pub(crate) struct Progress {
    pace: Pace,
    last: Instant,
    shown: bool,
}

impl Progress {
    /// One that starts now.
    pub(crate) fn new() -> Self {
        Progress { pace: Pace::new(), last: Instant::now(), shown: false }
    }

    /// Shows how much is done, and of how much where that is known: `share` is between 0 and 1.
    pub(crate) fn show(&mut self, documents: usize, events: usize, share: Option<f64>) {
        if self.last.elapsed() < EVERY {
            return;
        }
        self.last = Instant::now();
        self.shown = true;
        eprint!("\r\x1b[K{}", line(documents, events, self.pace.seconds(), share));
    }

    /// Takes the line away, so that something else can be written.
    pub(crate) fn clear(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
            self.shown = false;
        }
    }
}

fn line(documents: usize, events: usize, seconds: f64, share: Option<f64>) -> String {
    let rate = if seconds > 0.0 { documents as f64 / seconds } else { 0.0 };
    let done = share.map_or(String::new(), |share| format!(", {:.0} %", (share * 100.0).floor()));
    let left =
        share.and_then(|share| left(seconds, share)).map_or(String::new(), |left| format!(", {} left", span(left)));
    let (documents, events) = (counted(documents, "document"), counted(events, "event"));
    format!("{documents}, {events}, {rate:.1} a second{done}{left}")
}

fn left(seconds: f64, share: f64) -> Option<f64> {
    (share >= LEAST_SHARE).then(|| seconds * (1.0 - share) / share)
}

/// Seconds in words of at most two units.
fn span(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min {} s", seconds % 60),
        _ => format!("{hours} h {} min", minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::{line, share, span};

    #[test]
    fn time_left_is_told_in_two_units() {
        assert_eq!([0.4, 59.6, 3599.0, 7260.0].map(span), ["0 s", "1 min 0 s", "59 min 59 s", "2 h 1 min"]);
    }

    #[test]
    fn rate_share_and_time_left_are_told_where_they_are_known() {
        for (documents, seconds, share, expect) in [
            (30, 10.0, Some(0.25), "30 documents, 7 events, 3.0 a second, 25 %, 30 s left"),
            (30, 10.0, Some(1.0), "30 documents, 7 events, 3.0 a second, 100 %, 0 s left"),
            (1, 10.0, Some(0.001), "1 document, 7 events, 0.1 a second, 0 %"),
            (30, 10.0, None, "30 documents, 7 events, 3.0 a second"),
            (0, 0.0, Some(0.0), "0 documents, 7 events, 0.0 a second, 0 %"),
        ] {
            assert_eq!(line(documents, 7, seconds, share), expect);
        }
    }

    #[test]
    fn no_share_is_beyond_the_whole() {
        let shares = [(0, Some(0)), (5, Some(10)), (11, Some(10)), (5, None)].map(|(part, all)| share(part, all));
        assert_eq!(shares, [Some(1.0), Some(0.5), Some(1.0), None]);
    }
}
