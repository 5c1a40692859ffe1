//! House rules, as tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::fs;
use std::path::{Path, PathBuf};

/// The crates in the order of the pipeline: each may depend only on those before it. Doors come last, and depend on
/// each other not at all.
const ORDER: [&str; 18] = [
    "text", "syntax", "actors", "codebook", "matcher", "coder", "relate", "record", "export", "sources", "fetch",
    "store", "pipeline", "score", "stream", "web", "cli", "python",
];

/// Lines of a source file: a longer one holds more than one thing.
const LONGEST_FILE: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Names of the crates, sorted.
fn crates() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|e| e.unwrap())
        .filter(|e| e.path().join("Cargo.toml").exists())
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// All `.rs` files below a folder of a crate.
fn sources(below: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(below).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            sources(&entry, out);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            out.push(entry);
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    let mut out = Vec::new();
    for name in crates() {
        sources(&root().join("crates").join(name), &mut out);
    }
    out.sort();
    out
}

/// The readout crates that a crate's manifest names outside `[dev-dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut section = "";
    let mut out = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies") && !section.contains("dev-") {
            out.extend(line.strip_prefix("readout-").and_then(|l| l.split(['.', ' ', '=']).next()).map(str::to_owned));
        }
    }
    out
}

#[test]
fn crates_depend_one_way() {
    let place = |name: &str| ORDER.iter().position(|o| *o == name);
    for name in crates() {
        let manifest = fs::read_to_string(root().join("crates").join(&name).join("Cargo.toml")).unwrap();
        let Some(mine) = place(&name) else {
            assert_eq!(name, "python", "crates/{name} has no place in ORDER (crates/cli/tests/tidy.rs)");
            continue;
        };
        for dependency in dependencies(&manifest) {
            let theirs = place(&dependency);
            assert!(theirs.is_some_and(|t| t < mine), "{name} depends on {dependency}, which comes after it");
        }
    }
}

#[test]
fn dependencies_are_found_in_a_manifest() {
    let manifest = "[dependencies]\nreadout-text.workspace = true\nreadout-coder = { path = \"x\" }\nserde = \"1\"\n[dev-dependencies]\nreadout-web = \"1\"\n";
    assert_eq!(dependencies(manifest), ["text", "coder"]);
}

#[test]
fn no_source_file_is_too_long() {
    for path in all_sources() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines, at most {LONGEST_FILE}: split it", path.display());
    }
}

#[test]
fn every_crate_says_what_it_takes() {
    for name in crates() {
        let source = root().join("crates").join(&name).join("src");
        let head = ["lib.rs", "main.rs"].iter().find_map(|f| fs::read_to_string(source.join(f)).ok()).unwrap();
        assert!(head.starts_with("//! Takes"), "crates/{name} starts with what it takes, gives and never does");
    }
}

#[test]
fn nothing_is_unsafe() {
    let word = ["un", "safe"].concat(); // not spelt out, or this file would hold it
    for path in all_sources() {
        for (i, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let found = code.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|w| w == word);
            assert!(!found || code.contains('"'), "{}:{}: {word}", path.display(), i + 1);
        }
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains(&format!("{word}_code = \"forbid\"")));
    for name in crates() {
        let manifest = fs::read_to_string(root().join("crates").join(&name).join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "crates/{name} takes the workspace's lints");
    }
}

#[test]
fn the_architecture_page_names_every_crate() {
    let Ok(page) = fs::read_to_string(root().join("ARCHITECTURE.md")) else { return };
    for name in crates() {
        assert!(
            page.contains(&format!("`{name}`")) || page.contains(&format!("crates/{name}")),
            "ARCHITECTURE.md does not name {name}"
        );
    }
}
