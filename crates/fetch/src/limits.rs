//! Every limit of fetching.

use std::time::Duration;

/// Limits of fetching, each with its default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Seconds in which a host must be found and connected to, its secure connection made. Default 10.
    pub connect_seconds: u64,
    /// Seconds from the request to the end of the answer's head. Default 20.
    pub head_seconds: u64,
    /// Seconds from the beginning to the end of an answer. Default 60.
    pub answer_seconds: u64,
    /// Bytes of an answer's head. Default 64 KiB.
    pub head_bytes: usize,
    /// Bytes of an answer's body, as sent and as unpacked. Default 16 MiB.
    pub body_bytes: usize,
    /// Redirects followed, one after the other. Default 5.
    pub redirects: usize,
    /// Bytes of a robots.txt that are read; what follows is left out (RFC 9309 asks for at least 500 KiB). Default 512 KiB.
    pub robots_bytes: usize,
    /// Hours for which a host's robots.txt is taken to hold. Default 24.
    pub robots_hours: i64,
    /// Milliseconds between the end of one request to a host and the beginning of the next. Default 1000.
    pub delay_millis: u64,
    /// Most seconds between two requests that a robots.txt can ask for (`Crawl-delay`). Default 30.
    pub crawl_delay_seconds: u64,
    /// Hosts asked at the same time; of one host, one thing is asked at a time. Default 8.
    pub connections: usize,
    /// Minutes after which a run begins nothing more. Default 60.
    pub run_minutes: u64,
    /// Bytes fetched after which a run begins nothing more. Default 2 GiB.
    pub run_bytes: u64,
    /// Feeds of a run. Default 10,000.
    pub feeds: usize,
    /// Pages fetched for one feed in a run. Default 500.
    pub pages_a_feed: usize,
    /// Runs that try a page before it is given up. Default 3.
    pub page_tries: u32,
    /// Minutes for which a host or feed is left alone after its first failure; twice as long after each more. Default 15.
    pub back_off_minutes: i64,
    /// Most hours for which a host or feed is left alone. Default 48.
    pub back_off_hours: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect_seconds: 10,
            head_seconds: 20,
            answer_seconds: 60,
            head_bytes: 64 << 10,
            body_bytes: 16 << 20,
            redirects: 5,
            robots_bytes: 512 << 10,
            robots_hours: 24,
            delay_millis: 1000,
            crawl_delay_seconds: 30,
            connections: 8,
            run_minutes: 60,
            run_bytes: 2 << 30,
            feeds: 10_000,
            pages_a_feed: 500,
            page_tries: 3,
            back_off_minutes: 15,
            back_off_hours: 48,
        }
    }
}

impl Limits {
    pub(crate) fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_millis)
    }

    /// Seconds for which something is left alone after so many failures, the last one included.
    pub(crate) fn back_off(&self, failures: u32) -> i64 {
        let doubled = 1_i64.checked_shl(failures.saturating_sub(1)).filter(|n| *n > 0).unwrap_or(i64::MAX);
        let most = self.back_off_hours.saturating_mul(3600);
        self.back_off_minutes.saturating_mul(60).saturating_mul(doubled).min(most)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_back_off_doubles_up_to_a_limit() {
        let limits = super::Limits::default();
        let minutes: Vec<i64> = [1, 2, 3, 8, 9, 40, 63, 64, 65, u32::MAX].map(|n| limits.back_off(n) / 60).to_vec();
        assert_eq!(minutes, [15, 30, 60, 1920, 2880, 2880, 2880, 2880, 2880, 2880]);
    }
}
