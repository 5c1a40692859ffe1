//! A line on the terminal that says how far the work is.

use std::time::{Duration, Instant};

use crate::view::table::counted;

/// How often the line changes.
const EVERY: Duration = Duration::from_millis(200);

/// Share of the input that must be read before the time left is guessed.
const LEAST_SHARE: f64 = 0.01;

/// The line.
pub(crate) struct Progress {
    start: Instant,
    last: Instant,
    shown: bool,
}

impl Progress {
    /// One that starts now.
    pub(crate) fn new() -> Self {
        Progress { start: Instant::now(), last: Instant::now(), shown: false }
    }

    /// Shows how much is done, and of how much where that is known: `share` is between 0 and 1.
    pub(crate) fn show(&mut self, documents: usize, events: usize, share: Option<f64>) {
        if self.last.elapsed() < EVERY {
            return;
        }
        self.last = Instant::now();
        self.shown = true;
        let seconds = self.start.elapsed().as_secs_f64();
        let rate = documents as f64 / seconds;
        let left = share.filter(|s| *s >= LEAST_SHARE).map(|s| (s, seconds * (1.0 - s) / s));
        let left = left.map_or(String::new(), |(share, left)| format!(", {:.0} %, {} left", share * 100.0, span(left)));
        let (documents, events) = (counted(documents, "document"), counted(events, "event"));
        eprint!("\r\x1b[K{documents}, {events}, {rate:.1} a second{left}");
    }

    /// Takes the line away, so that something else can be written.
    pub(crate) fn clear(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
            self.shown = false;
        }
    }
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
    use super::span;

    #[test]
    fn time_left_is_told_in_two_units() {
        assert_eq!([0.4, 59.6, 3599.0, 7260.0].map(span), ["0 s", "1 min 0 s", "59 min 59 s", "2 h 1 min"]);
    }
}
