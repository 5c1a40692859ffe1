//! A store that is damaged: found, said, and made again from its sources.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn readout(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_readout")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What the store's check says last, its hash; the exit code must be 0.
fn hash(store: &str) -> String {
    let o = readout(&["check", store]);
    assert_eq!(o.status.code(), Some(0), "{}", text(&o.stderr));
    text(&o.stdout).lines().last().unwrap().to_owned()
}

const SAID: &str = "Kenyan police arrested three protesters";

fn cut(bytes: &mut Vec<u8>) {
    bytes.truncate(bytes.len() / 2);
}

/// Pieces from `percent` of the file on overwritten, one every `step` bytes.
fn overwrite(bytes: &mut [u8], percent: usize, step: usize) {
    for start in (bytes.len() * percent / 100..bytes.len()).step_by(step) {
        let end = (start + 200).min(bytes.len());
        bytes[start..end].fill(0xAA);
    }
}

/// One letter of the reports' texts changed, wherever the file has them.
fn change_text(bytes: &mut [u8]) {
    let mut found = 0;
    for at in 0..bytes.len().saturating_sub(SAID.len()) {
        if bytes[at..].starts_with(SAID.as_bytes()) {
            bytes[at] = b'S';
            found += 1;
        }
    }
    assert!(found > 0, "texts are stored as they are");
}

/// What is done to the bytes of a store.
type Damage<'a> = &'a dyn Fn(&mut Vec<u8>);

#[test]
fn a_damaged_store_is_told_and_made_again_from_its_sources() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("damage");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (source, whole, store) = (path("news.jsonl"), path("whole.db"), path("store.db"));
    let lines: Vec<String> = (0..40)
        .map(|n| {
            format!(
                r#"{{"id": "n{n}", "published": "2019-05-10", "text": "{SAID} in district {n}, a spokesman said."}}"#
            )
        })
        .collect();
    fs::write(&source, lines.join("\n")).unwrap();
    assert_eq!(readout(&["add", &whole, "--quiet", &source]).status.code(), Some(0));
    let (sound, bytes) = (hash(&whole), fs::read(&whole).unwrap());

    let damages: [(&str, Damage<'_>); 7] = [
        ("cut", &cut),
        ("empty of its header", &|b| b[..100].fill(0)),
        ("another program's header", &|b| b[60..72].fill(7)),
        ("every page overwritten", &|b| overwrite(b, 10, 4096)),
        ("its second half overwritten", &|b| overwrite(b, 50, 1000)),
        ("the end overwritten", &|b| overwrite(b, 90, 512)),
        ("a letter of its texts changed", &|b| change_text(b)),
    ];
    for (what, damage) in damages {
        let mut changed = bytes.clone();
        damage(&mut changed);
        fs::write(&store, &changed).unwrap();
        let o = readout(&["check", &store]);
        assert_eq!(o.status.code(), Some(2), "{what}: {}{}", text(&o.stdout), text(&o.stderr));
        let said = text(&o.stderr);
        assert!(said.contains("store.db: ") && said.contains("; "), "{what}: place and hint: {said}");
        for command in [
            &["query", &store][..],
            &["query", &store, "--sql", "SELECT * FROM acts"],
            &["export", &store, "--format", "csv"],
        ] {
            let o = readout(command);
            assert!(matches!(o.status.code(), Some(0..=2)), "{what}: {command:?} {:?} {}", o.status, text(&o.stderr));
        }
        let o = readout(&["add", &store, "--quiet", &source]);
        assert!(matches!(o.status.code(), Some(0 | 2)), "{what}: {:?} {}", o.status.code(), text(&o.stderr));
        for name in ["store.db", "store.db-wal", "store.db-shm"] {
            let _ = fs::remove_file(folder.join(name));
        }
        // As the hint has it: out of the way, and the sources again.
        assert_eq!(readout(&["add", &store, "--quiet", &source]).status.code(), Some(0), "{what}");
        assert_eq!(hash(&store), sound, "{what}");
        fs::remove_file(&store).unwrap();
    }
}
