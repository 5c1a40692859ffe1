//! How much of the inputs was read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{gzip, write};
use readout_sources::{Input, Options, bytes_in_all, open};
use tempfile::TempDir;

const LINE: &str = "{\"text\":\"Peru and Chile agreed.\"}\n";

/// What was read at the end, and in all; it never goes back nor beyond that.
#[track_caller]
fn check(inputs: &[Input]) -> (u64, Option<u64>) {
    let options = Options::default();
    let all = bytes_in_all(inputs.to_vec(), &options);
    let mut records = open(inputs.to_vec(), &options);
    let mut last = 0;
    while records.next().is_some() {
        let read = records.bytes_read();
        assert!(read >= last && all.is_none_or(|all| read <= all), "{last} {read} {all:?}");
        last = read;
    }
    (records.bytes_read(), all)
}

#[test]
fn every_file_counts_as_a_whole() {
    let folder = TempDir::new().unwrap();
    let packed = gzip(LINE.repeat(20_000));
    let table = Path::new("tests/data/parquet");
    let inputs = [
        write(&folder, "a.jsonl", LINE.repeat(10)),
        write(&folder, "b.jsonl.gz", &packed),
        write(&folder, "cut.jsonl.gz", &packed[..packed.len() / 2]),
        write(&folder, "empty.txt", ""),
        write(&folder, "noise.txt", [0; 300_000]),
        write(&folder, "long.txt", "Peru agreed. ".repeat(2 << 20)),
        Input::Path(folder.path().join("none.txt")),
        Input::Path(folder.path().join("in")),
        Input::Path(folder.path().join("*.jsonl")),
        Input::Path(table.to_path_buf()),
    ];
    write(&folder, "in/c.txt", "Peru agreed.");
    write(&folder, "in/d.html", "<p>Peru agreed.");
    let files = |folder: PathBuf| -> Vec<u64> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap());
        entries.filter(fs::Metadata::is_file).map(|about| about.len()).collect()
    };
    let mut expect: u64 = files(folder.path().to_path_buf()).iter().sum();
    expect += files(folder.path().join("in")).iter().sum::<u64>() + (LINE.len() * 10) as u64;
    let script = fs::metadata(table.join("make.py")).unwrap().len();
    expect += files(table.to_path_buf()).iter().sum::<u64>() - script;
    assert_eq!(check(&inputs), (expect, Some(expect)));
}

#[test]
fn a_long_file_is_read_by_and_by() {
    let folder = TempDir::new().unwrap();
    let input = write(&folder, "a.jsonl", LINE.repeat(100_000));
    let all = bytes_in_all([input.clone()], &Options::default()).unwrap();
    let mut records = open([input], &Options::default());
    let half = records.by_ref().take(50_000).count();
    let share = records.bytes_read() as f64 / all as f64;
    assert!(half == 50_000 && (0.49..0.56).contains(&share), "{share}");
}

#[test]
fn what_has_no_size_is_not_known_in_all() {
    let folder = TempDir::new().unwrap();
    let file = write(&folder, "a.jsonl", LINE);
    let all = |inputs: &[Input]| bytes_in_all(inputs.to_vec(), &Options::default());
    assert_eq!(all(&[file.clone(), Input::Stdin]), None);
    assert_eq!(all(&[file, Input::Path(folder.path().join("none"))]), Some(LINE.len() as u64));
    assert_eq!(all(&[]), Some(0));
}
