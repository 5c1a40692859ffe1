//! The format that all codebook files share: a head at the margin ("rule accuse/condemn"), indented lines below it,
//! `#` comments. A line indented deeper than four spaces goes on from the one before.

use std::sync::Arc;

use crate::finding::{Findings, Place};

/// Words that open a block.
pub(crate) const HEADS: [&str; 9] =
    ["rule", "operator", "cue", "class", "type", "contexts", "sectors", "cameo", "confidence"];

/// A head and its lines.
#[derive(Debug)]
pub(crate) struct Block {
    pub place: Place,
    /// One of [`HEADS`].
    pub kind: String,
    /// What follows the kind; empty where nothing does.
    pub name: String,
    pub lines: Vec<Line>,
}

/// A line of a block, without indent, comment and trailing space.
#[derive(Debug)]
pub(crate) struct Line {
    pub place: Place,
    pub text: String,
}

impl Line {
    /// First word, and the rest.
    pub fn key_and_rest(&self) -> (&str, &str) {
        split_word(&self.text)
    }
}

/// First word of `text`, and the rest, trimmed.
pub(crate) fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    match text.split_once(char::is_whitespace) {
        Some((a, b)) => (a, b.trim_start()),
        None => (text, ""),
    }
}

/// Splits a file into blocks.
pub(crate) fn blocks(file: &str, text: &str, findings: &mut Findings) -> Vec<Block> {
    let file: Arc<str> = Arc::from(file);
    let mut blocks: Vec<Block> = Vec::new();
    // Below a head that cannot be read, lines are passed over.
    let mut lost = false;
    for (i, raw) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
        let place = Place { file: file.clone(), line: i + 1 };
        let bare = raw.trim_end();
        if bare.len() != raw.len() {
            findings.warning(&place, "space at the end of the line", "remove it");
        }
        let content = without_comment(bare);
        let body = content.trim_start();
        if body.is_empty() {
            continue;
        }
        let indent = content.len() - body.len();
        if content.get(..indent).is_some_and(|space| space.contains('\t')) {
            findings.warning(&place, "tab in the indent", "indent by two spaces");
        }
        let (word, rest) = split_word(body);
        if indent == 0 && HEADS.contains(&word) {
            lost = false;
            blocks.push(Block { place, kind: word.to_string(), name: rest.to_string(), lines: Vec::new() });
            continue;
        }
        if blocks.is_empty()
            && !lost
            && let Some(name) = class_of(&file)
        {
            blocks.push(Block { place: place.clone(), kind: "class".into(), name, lines: Vec::new() });
        }
        let in_class = blocks.last().is_some_and(|b| b.kind == "class");
        if (indent == 0 && !in_class) || (blocks.is_empty() && !lost) {
            let hint = crate::finding::did_you_mean(word, HEADS);
            findings.error(
                &place,
                format!("`{word}` opens no block"),
                format!("{hint}; lines of a block are indented by two spaces"),
            );
            lost = true;
            continue;
        }
        let Some(block) = blocks.last_mut().filter(|_| !lost) else { continue };
        match block.lines.last_mut() {
            Some(last) if indent > 4 && block.kind != "class" => {
                last.text.push(' ');
                last.text.push_str(body);
            }
            _ => block.lines.push(Line { place, text: body.to_string() }),
        }
    }
    blocks
}

/// The name of the class that a file under `classes/` holds where it opens no block.
fn class_of(file: &str) -> Option<String> {
    let (folder, name) = file.rsplit_once('/')?;
    (folder.rsplit('/').next() == Some("classes")).then(|| name.trim_end_matches(".txt").to_string())
}

/// `line` up to a `#` that opens it or stands alone between spaces.
fn without_comment(line: &str) -> &str {
    let cut = line.match_indices('#').map(|(at, _)| at).find(|&at| {
        let before = line.get(..at).unwrap_or_default();
        let after = line.get(at + 1..).unwrap_or_default();
        before.trim().is_empty()
            || (before.ends_with(char::is_whitespace) && (after.is_empty() || after.starts_with(' ')))
    });
    cut.and_then(|at| line.get(..at)).unwrap_or(line).trim_end()
}
