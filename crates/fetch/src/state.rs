//! What an archive remembers from run to run: the file `fetch.state` in it, JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use readout_sources::feed::Entry;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::failure::FetchError;
use crate::robots::Robots;

/// Name of the state's file.
pub const STATE_FILE: &str = "fetch.state";

/// What the state's format is called.
const SCHEMA: &str = "readout-fetch/1";

/// What is known from earlier runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    schema: String,
    /// Feeds by their address.
    pub feeds: BTreeMap<String, FeedState>,
    /// Hosts that have asked to be left alone, by name.
    pub hosts: BTreeMap<String, Pause>,
    /// Rules for robots, by scheme, host and port.
    pub robots: BTreeMap<String, Kept>,
    /// Pages that are still to be fetched, by their address.
    pub waiting: BTreeMap<String, Waiting>,
    /// Entries and pages that are done with, as 32 hexadecimal digits each ([`key`]).
    pub seen: BTreeSet<String>,
}

/// What is known of a feed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct FeedState {
    /// As the server last gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// As the server last gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// Hash of the last body that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// How it has failed since it last went well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
}

/// Something that failed, and until when it is left alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pause {
    /// Failures one after the other.
    pub failures: u32,
    /// Until when.
    pub until: Timestamp,
}

/// A host's rules for robots, and until when they are taken to hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub until: Timestamp,
    #[serde(flatten)]
    pub robots: Robots,
}

/// A page that is still to be fetched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// What the feed says of it.
    #[serde(flatten)]
    pub about: About,
    /// Runs that have tried.
    pub tries: u32,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a feed says of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Address of the feed.
    pub feed: String,
    /// The feed's identifier of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The feed's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The entry's headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The entry's author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Day of publication, ISO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}

impl About {
    pub(crate) fn new(feed: &str, publisher: Option<&str>, entry: &Entry) -> Self {
        About {
            feed: feed.to_owned(),
            id: entry.key().map(str::to_owned),
            publisher: publisher.map(str::to_owned),
            title: entry.title.clone(),
            author: entry.author.clone(),
            published: entry.published.or(entry.updated).map(|day| day.to_string()),
        }
    }
}

impl State {
    /// The state of an archive; a new one where there is none.
    pub fn read(archive: &Path) -> Result<Self, FetchError> {
        let path = archive.join(STATE_FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(State { schema: SCHEMA.to_owned(), ..State::default() });
            }
            Err(error) => return Err(FetchError::File { path, error }),
        };
        let state: State = serde_json::from_slice(&bytes)
            .map_err(|error| FetchError::State { path: path.clone(), what: error.to_string() })?;
        if state.schema != SCHEMA {
            let what = format!("its schema is `{}`, expected `{SCHEMA}`", crate::client::shown(&state.schema));
            return Err(FetchError::State { path, what });
        }
        Ok(state)
    }

    /// Writes the state; after it returns, it lasts.
    pub fn write(&self, archive: &Path) -> Result<(), FetchError> {
        let (path, part) = (archive.join(STATE_FILE), archive.join(format!(".{STATE_FILE}.part")));
        let write = || -> io::Result<()> {
            let mut file = File::create(&part)?;
            let mut bytes = serde_json::to_vec_pretty(self).map_err(io::Error::other)?;
            bytes.push(b'\n');
            file.write_all(&bytes)?;
            rename(file, &part, &path)
        };
        write().map_err(|error| FetchError::File { path: path.clone(), error })
    }

    /// Forgets what holds no longer.
    pub fn tidy(&mut self, now: Timestamp) {
        self.robots.retain(|_, kept| kept.until > now);
    }
}

/// Makes a file that is complete last under its name.
pub(crate) fn rename(file: File, part: &Path, path: &Path) -> io::Result<()> {
    file.sync_all()?;
    drop(file);
    fs::rename(part, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()?;
    }
    Ok(())
}

/// What stands for an entry or a page among those seen: the first 16 bytes of the SHA-256 of its parts, in hexadecimal.
pub(crate) fn key(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A lock on the archive, held while a run is at work.
pub(crate) fn lock(archive: &Path) -> Result<File, FetchError> {
    let path: PathBuf = archive.join(".fetch.lock");
    let file = File::create(&path).map_err(|error| FetchError::File { path: path.clone(), error })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(FetchError::Busy(archive.to_path_buf())),
        Err(fs::TryLockError::Error(error)) => Err(FetchError::File { path, error }),
    }
}
