//! What tests of reading share.
#![allow(dead_code, clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use readout_sources::{Document, Input, Options, Rejection, documents};
use tempfile::TempDir;

/// Writes one file and reads it.
pub fn read(name: &str, content: impl AsRef<[u8]>) -> Vec<Result<Document, Rejection>> {
    read_with(name, content, Options::default())
}

pub fn read_with(name: &str, content: impl AsRef<[u8]>, options: Options) -> Vec<Result<Document, Rejection>> {
    let folder = TempDir::new().unwrap();
    documents([write(&folder, name, content)], options).collect()
}

pub fn write(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> Input {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    Input::Path(path)
}

pub fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// Reasons of rejections and beginnings of documents.
pub fn short(outcomes: &[Result<Document, Rejection>]) -> Vec<String> {
    let one = |outcome: &Result<Document, Rejection>| match outcome {
        Ok(document) => document.text.split(['.', '\n']).next().unwrap_or_default().to_owned(),
        Err(rejection) => {
            assert!(!rejection.hint().is_empty());
            rejection.reason.to_string()
        }
    };
    outcomes.iter().map(one).collect()
}

/// The time that this thread worked for `f`, where the system tells it, else the time that passed.
pub fn cpu<T>(f: impl FnOnce() -> T) -> (T, Duration) {
    let (before, start) = (worked(), Instant::now());
    let result = f();
    let passed = start.elapsed();
    (result, worked().zip(before).map_or(passed, |(after, before)| after - before))
}

fn worked() -> Option<Duration> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// The most memory that this process held since the last call, in MiB, where the system tells it.
pub fn peak() -> Option<u64> {
    let told = fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find(|line| line.starts_with("VmHWM:"))?;
    let peak: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    fs::write(Path::new("/proc/self/clear_refs"), "5").ok()?;
    Some(peak >> 10)
}

/// Sentences that are news, and enough of them to be an article; `seed` makes them differ.
pub fn paragraphs(seed: usize) -> String {
    const SIDES: [&str; 6] = ["Peru", "Chile", "Norway", "Kenya", "Nepal", "Oman"];
    let side = |n: usize| SIDES[(seed + n) % SIDES.len()];
    (0..6)
        .map(|i| {
            format!(
                "<p>{} and {} agreed on day {} of their talks to open the border again, to free the fishermen who had been \
                 held since spring, and to meet once more before the year ends, the ministry said.</p>\n",
                side(i),
                side(i + 1),
                seed + i
            )
        })
        .collect()
}
