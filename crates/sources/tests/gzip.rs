//! Gzip files that are meant to do harm: ten megabytes that unpack to ten gigabytes, files of nothing but members.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::time::Duration;

use common::{cpu, gzip, write};
use flate2::{Compress, Compression, Crc, FlushCompress};
use readout_sources::{Document, Input, Options, Reason, Rejection, documents};
use tempfile::TempDir;

/// Bytes that one block of a bomb unpacks to.
const BLOCK: usize = 1 << 20;

/// The outcomes of the file and of a good one behind it; each costs at most a second of the processor.
#[track_caller]
fn check(name: &str, content: impl AsRef<[u8]>, expect: &[&str]) {
    let folder = TempDir::new().unwrap();
    let inputs: [Input; 2] = [write(&folder, name, content), write(&folder, "good.txt", "Oman agreed.")];
    let (outcomes, time) = cpu(|| documents(inputs, Options::default()).collect::<Vec<_>>());
    let short: Vec<&str> = outcomes.iter().map(kind).collect();
    assert_eq!(short, [expect, &["Oman agreed."]].concat(), "{name}");
    assert!(time <= Duration::from_secs(1), "{name}: {time:?}");
}

fn kind(outcome: &Result<Document, Rejection>) -> &str {
    match outcome {
        Ok(document) => &document.text,
        Err(Rejection { reason: Reason::TooLong(_), .. }) => "long",
        Err(Rejection { reason: Reason::Bomb(_), .. }) => "bomb",
        Err(Rejection { reason: Reason::Gzip(_), .. }) => "gzip",
        Err(Rejection { reason: Reason::Warc(_), .. }) => "warc",
        Err(Rejection { reason: Reason::Members, .. }) => "members",
        Err(Rejection { reason: Reason::Binary(_), .. }) => "binary",
        Err(Rejection { reason: Reason::Empty, .. }) => "empty",
        Err(_) => "other",
    }
}

/// A gzip file that unpacks to so many blocks, all `byte`, behind `head`: the same compressed block again and again, so that
/// it is made in no time.
fn bomb(head: &[u8], byte: u8, blocks: usize) -> Vec<u8> {
    let plain = vec![byte; BLOCK];
    let (first, block, end) = (deflated(head, FlushCompress::Full), deflated(&plain, FlushCompress::Full), [3, 0]);
    let (mut crc, mut one) = (Crc::new(), Crc::new());
    crc.update(head);
    one.update(&plain);
    (0..blocks).for_each(|_| crc.combine(&one));
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    out.extend(first);
    (0..blocks).for_each(|_| out.extend_from_slice(&block));
    out.extend(end);
    out.extend(crc.sum().to_le_bytes());
    out.extend(((head.len() + blocks * BLOCK) as u32).to_le_bytes());
    out
}

fn deflated(plain: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() / 500 + 200);
    Compress::new(Compression::best(), false).compress_vec(plain, &mut out, flush).unwrap();
    out
}

#[test]
fn the_bombs_are_gzip() {
    check("a.jsonl.gz", bomb(b"{\"text\":\"Peru agreed.\"}\n", b'\n', 1), &["Peru agreed."]);
}

#[test]
fn ten_megabytes_that_unpack_to_ten_gigabytes_are_rejected_within_a_second() {
    let blocks = 10 << 10;
    let page = |length: u64| {
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n")
    };
    for (name, head, byte, expect) in [
        ("a.txt.gz", "Peru agreed.", b'a', &["long"][..]),
        ("a.jsonl.gz", "{\"text\":\"Peru agreed.\"}\n", b' ', &["Peru agreed.", "bomb"]),
        ("blank.jsonl.gz", "{\"text\":\"Peru agreed.\"}\n", b'\n', &["Peru agreed.", "bomb"]),
        ("a.json.gz", "[", b' ', &["bomb"]),
        ("a.html.gz", "<p>", b'a', &["long"]),
        ("a.csv.gz", "id,text\n1,Peru agreed.\n", b',', &["Peru agreed.", "bomb"]),
        ("a.warc.gz", &page(1 << 29), b' ', &["bomb"]),
        ("b.warc.gz", &page(10 << 30), b' ', &["warc"]),
        ("a.rss", "<rss>", b'a', &["long"]),
    ] {
        let bomb = bomb(head.as_bytes(), byte, blocks);
        assert!((10 << 20..13 << 20).contains(&bomb.len()), "{}", bomb.len());
        check(name, bomb, expect);
    }
}

#[test]
fn bombs_within_bombs_are_not_opened() {
    let inner = bomb(b"", b'a', 100);
    check("a.txt.gz", gzip(&inner), &["binary"]);
    check("a.jsonl.gz", gzip(gzip(gzip(&inner))), &["binary"]);
}

#[test]
fn members_with_next_to_nothing_in_them_are_bounded() {
    let some = |member: Vec<u8>, bytes: usize| member.repeat(bytes / member.len());
    let good = gzip("{\"text\":\"Peru agreed.\"}");
    for empty in ["", "\n"] {
        check("a.jsonl.gz", [some(gzip(empty), 10 << 20), good.clone()].concat(), &["members"]);
        check("a.txt.gz", some(gzip(empty), 10 << 20), &["members"]);
        check("a.jsonl.gz", [some(gzip(empty), 100 << 10), good.clone()].concat(), &["Peru agreed."]);
    }
    let lines = 1 << 18;
    check("a.jsonl.gz", [good, gzip("\n")].concat().repeat(1_000), &["Peru agreed."; 1_000]);
    check(
        "a.jsonl.gz",
        some(gzip("{\"text\":\"\"}\n"), lines),
        &vec!["other"; lines / gzip("{\"text\":\"\"}\n").len()],
    );
    let bytes: Vec<u8> = "{\"text\":\"Peru agreed.\"}".bytes().flat_map(|byte| gzip([byte])).collect();
    check("a.jsonl.gz", bytes, &["Peru agreed."]);
}

#[test]
fn a_wrong_checksum_costs_a_second_at_most() {
    let mut wrong = bomb(b"{\"text\":\"Peru agreed.\"}\n", b'\n', 50);
    let crc = wrong.len() - 8;
    wrong[crc] ^= 1;
    check("a.jsonl.gz", wrong, &["Peru agreed.", "gzip"]);
}
