//! Texts that are far too long in one way or another, through the whole program. One test, so that the time is its own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Seconds of the processor that children took which have ended, where the system tells.
fn children() -> Option<f64> {
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name in brackets; the 14th and 15th are those of waited-for children, in hundredths.
    let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / 100.0)
}

struct Coded {
    /// The records' identifiers.
    ids: Vec<String>,
    messages: String,
    seconds: f64,
}

fn code(name: &str, content: &[u8]) -> Coded {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    let before = children();
    let mut command = Command::new(env!("CARGO_BIN_EXE_readout"));
    // The network's time is in proportion by the way it is run, and would be most of it: it is spared here.
    let o =
        command.args(["code", "--threads", "1", "--read", "likely"]).arg(&path).stdin(Stdio::null()).output().unwrap();
    fs::remove_file(&path).unwrap();
    assert!(matches!(o.status.code(), Some(0 | 2)), "{name}: {:?}", o.status);
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    Coded {
        ids: String::from_utf8(o.stdout).unwrap().lines().map(id).collect(),
        messages: String::from_utf8(o.stderr).unwrap(),
        seconds: children().zip(before).map_or(0.0, |(after, before)| after - before),
    }
}

fn line(id: &str, text: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n")
}

#[test]
fn long_texts_are_one_outcome_and_cost_time_in_proportion() {
    // A line of 100 MB, between two good ones: rejected by its place, the others are coded.
    let long = line("long", &"Peru agreed. ".repeat(100_000_000 / 13));
    let coded = code("line.jsonl", [line("a", "Peru agreed."), long, line("b", "Peru agreed.")].concat().as_bytes());
    assert_eq!(coded.ids, ["a", "b"]);
    assert!(coded.messages.contains("line.jsonl:2") && coded.messages.contains("longer than"), "{}", coded.messages);
    let coded = code("line.txt", "Peru agreed. ".repeat(100_000_000 / 13).as_bytes());
    assert!(coded.ids.is_empty() && coded.messages.contains("longer than"), "{}", coded.messages);

    // What fits into a record is coded as far as the limits go, in time in proportion.
    let base = code("short.jsonl", line("a", "Peru agreed.").as_bytes()).seconds;
    for (name, unit, bytes) in [("one word", "x", 10 << 20), ("one sentence of words", "Peru ", 5_000_000)] {
        let time = |bytes: usize| {
            let coded = code("long.jsonl", line("a", &unit.repeat(bytes / unit.len())).as_bytes());
            assert_eq!(coded.ids, ["a"], "{name}: {}", coded.messages);
            (coded.seconds - base).max(0.0)
        };
        // Other work on the machine disturbs single readings: the least of each side counts, over up to 3. Time is told
        // in hundredths of a second: a tenth more is no growth.
        let (mut one, mut two) = (f64::MAX, f64::MAX);
        let linear = (0..3).any(|_| {
            (one, two) = (one.min(time(bytes / 2)), two.min(time(bytes)));
            two <= 2.5 * one + 0.1
        });
        assert!(linear, "{name}: {one:.2} s, twice as much {two:.2} s");
    }
}
