//! The reference of commands says what the program's help says: every command, every option, none that is not there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Options that every command has and that the reference tells once.
const EVERYWHERE: [&str; 2] = ["--help", "--version"];

fn help(command: &[&str]) -> String {
    let o = Command::new(env!("CARGO_BIN_EXE_readout")).args(command).arg("--help").output().unwrap();
    String::from_utf8(o.stdout).unwrap()
}

/// Long options that stand at the head of a line of a help text.
fn options(help: &str) -> BTreeSet<String> {
    let head = |line: &str| line.trim_start().starts_with('-').then(|| longs(line).into_iter().next()).flatten();
    help.lines().take_while(|line| !line.starts_with("Examples")).filter_map(head).collect()
}

/// Words that begin with two hyphens.
fn longs(text: &str) -> Vec<String> {
    let letter = |c: char| c.is_ascii_lowercase() || c == '-';
    text.split(|c: char| !letter(c)).filter(|w| w.starts_with("--") && w.len() > 2).map(str::to_owned).collect()
}

fn commands() -> Vec<String> {
    let text = help(&[]);
    let list = text.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap().to_owned();
    let name = |line: &str| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned);
    let indented = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    list.lines().filter(indented).filter_map(name).filter(|name| name != "help").collect()
}

/// The sections of the reference: its level-two headings with what stands below each.
fn sections() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cli.md");
    let text = fs::read_to_string(path).unwrap();
    let section = |part: &str| part.split_once('\n').map(|(head, body)| (head.trim().to_owned(), body.to_owned()));
    text.split("\n## ").skip(1).filter_map(section).collect()
}

#[test]
fn every_command_and_option_is_in_the_reference() {
    let sections = sections();
    let mut wrong = Vec::new();
    for command in commands() {
        let body: String = sections
            .iter()
            .filter(|(head, _)| head.starts_with(&format!("`readout {command}")))
            .map(|(_, body)| body.as_str())
            .collect();
        if body.is_empty() {
            wrong.push(format!("`{command}` has no section"));
            continue;
        }
        let told: BTreeSet<String> = longs(&body).into_iter().collect();
        let mut there = options(&help(&[&command]));
        let subcommands = help(&[&command]);
        for line in subcommands.split("Commands:").nth(1).unwrap_or("").lines().filter(|l| l.starts_with("  ")) {
            if let Some(sub) = line.split_whitespace().next().filter(|s| *s != "help" && !s.starts_with('-')) {
                there.extend(options(&help(&[&command, sub])));
            }
        }
        for option in there.iter().filter(|o| !EVERYWHERE.contains(&o.as_str()) && !told.contains(*o)) {
            wrong.push(format!("`readout {command}`: {option} is not in docs/cli.md"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reference_has_no_option_that_is_not_there() {
    let every: Vec<String> = commands();
    let mut all: BTreeSet<String> = EVERYWHERE.iter().map(|o| (*o).to_owned()).collect();
    for command in &every {
        let text = help(&[command]);
        all.extend(longs(&text));
        for sub in ["check", "operators"] {
            all.extend(longs(&help(&[command, sub])));
        }
    }
    let told: BTreeSet<String> = sections()
        .iter()
        .filter(|(head, _)| head.starts_with("`readout "))
        .flat_map(|(_, body)| body.lines().filter(|l| l.starts_with("| `-")).flat_map(longs).collect::<Vec<_>>())
        .collect();
    let unknown: Vec<&String> = told.difference(&all).collect();
    assert!(unknown.is_empty(), "docs/cli.md has options that no command has: {unknown:?}");
}
