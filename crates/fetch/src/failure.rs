//! Why something was not fetched.

use std::net::IpAddr;
use std::path::PathBuf;

use jiff::Timestamp;
use readout_sources::feed::FeedError;
use thiserror::Error;

/// Why a feed or a page was not fetched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// An address that is not followed.
    #[error("{0}")]
    Address(String),
    /// A host whose addresses are private or special.
    #[error("{0} is not a public address")]
    Private(IpAddr),
    /// A name that is no host's.
    #[error("no host of this name is known")]
    NoSuchHost,
    /// No connection.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// A certificate or a handshake that fails.
    #[error("no secure connection: {0}")]
    Tls(String),
    /// A time limit.
    #[error("too slow: {0}")]
    TooSlow(&'static str),
    /// The connection ended before the answer did.
    #[error("the answer was cut off: {0}")]
    Cut(String),
    /// An answer that is not HTTP.
    #[error("the answer is not HTTP: {0}")]
    BadHttp(String),
    /// An answer longer than the limit.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    /// A gzipped answer that unpacks to more than the limit.
    #[error("the answer unpacks to more than {0} bytes")]
    Bomb(usize),
    /// A gzipped answer that is none.
    #[error("broken gzip data: {0}")]
    Gzip(String),
    /// An encoding that was not asked for.
    #[error("the answer is encoded as `{0}`")]
    Encoding(String),
    /// Too many redirects.
    #[error("more than {0} redirects")]
    Redirects(usize),
    /// A redirect to nowhere.
    #[error("a redirect without an address")]
    NoLocation,
    /// Robots are kept out.
    #[error("the host's robots.txt does not allow it")]
    Robots,
    /// The host's rules for robots are not known.
    #[error("the host's robots.txt cannot be had: {0}")]
    NoRobots(String),
    /// A status that gives nothing.
    #[error("the server answers {0}")]
    Status(u16),
    /// A server that asks to wait.
    #[error("the server answers {status} and is left alone until {until}")]
    Wait {
        /// 429 or 503.
        status: u16,
        /// Until when.
        until: Timestamp,
    },
    /// A host that has asked to wait before, in this run or an earlier one.
    #[error("its host has asked to be left alone until {0}")]
    LeftAlone(Timestamp),
    /// Something else than was asked for.
    #[error("the answer is of type `{0}`")]
    Type(String),
    /// A feed that cannot be read.
    #[error("{0}")]
    Feed(#[from] FeedError),
    /// A fault of the program's own.
    #[error("a fault in readout; please report it with the address")]
    Fault,
}

impl Failure {
    /// Whether the same may go well at another time.
    pub fn may_pass(&self) -> bool {
        match self {
            Failure::NoSuchHost
            | Failure::Unreachable(_)
            | Failure::Tls(_)
            | Failure::TooSlow(_)
            | Failure::Cut(_)
            | Failure::BadHttp(_)
            | Failure::Gzip(_)
            | Failure::NoRobots(_)
            | Failure::Wait { .. }
            | Failure::LeftAlone(_) => true,
            Failure::Status(status) => *status >= 500 || *status == 408,
            _ => false,
        }
    }

    /// What can be done about it, in one clause.
    pub fn hint(&self) -> &'static str {
        match self {
            Failure::Address(_) => "give an address such as https://news.example/feed.xml",
            Failure::Private(_) => "if the host is yours, allow it: --allow-private ADDRESS",
            Failure::NoSuchHost => "check the address, and the connection to the network",
            Failure::Tls(_) => {
                "the system's certificates are used: install them (ca-certificates) or name a file in SSL_CERT_FILE"
            }
            Failure::Unreachable(_)
            | Failure::TooSlow(_)
            | Failure::Cut(_)
            | Failure::BadHttp(_)
            | Failure::Gzip(_)
            | Failure::NoRobots(_) => "it is tried again in a later run",
            Failure::TooLong(_) | Failure::Bomb(_) => "if that is expected, raise the limit `body_bytes`",
            Failure::Encoding(_) => "only gzip is undone",
            Failure::Redirects(_) | Failure::NoLocation => "open it in a browser and give the address where it ends",
            Failure::Robots => "ask the publisher, or leave it out",
            Failure::Status(404 | 410) => "it is gone: leave it out of the list",
            Failure::Status(401 | 402 | 403 | 451) => "the server does not give it to robots",
            Failure::Status(_) => "see what a browser shows",
            Failure::Wait { .. } | Failure::LeftAlone(_) => "run again after that time",
            Failure::Type(_) => "feeds are RSS, Atom or JSON Feed; pages are HTML or plain text",
            Failure::Feed(FeedError::NotAFeed(_)) => "look for the feed's own address on the page",
            Failure::Feed(_) => "it may be mended by the next run; tell the publisher",
            Failure::Fault => "the others were fetched",
        }
    }
}

/// Why a run could not begin, or not end.
#[derive(Debug, Error)]
pub enum FetchError {
    /// The archive, its state or a list cannot be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Another run is at work on the archive.
    #[error("{}: another run of `readout fetch` is at work here", .0.display())]
    Busy(PathBuf),
    /// A state that is none.
    #[error("{}: not the state of an archive: {what}; put it aside to begin anew (everything is then fetched again)", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A line of a list that is no address.
    #[error(
        "{place}: not a web address: `{given}`; give feeds such as https://news.example/feed.xml, one a line, `#` before comments"
    )]
    NotAnAddress {
        /// The argument, or file and line.
        place: String,
        /// What stands there.
        given: String,
    },
    /// Too many feeds.
    #[error("more than {0} feeds; split the list, or raise the limit `feeds`")]
    TooManyFeeds(usize),
}
