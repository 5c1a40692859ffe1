//! From inputs to files: folders and patterns, in an order that does not depend on the file system.

use std::collections::VecDeque;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use crate::format;
use crate::input::Input;
use crate::rejection::Reason;

/// What is to be opened.
pub(crate) enum Found {
    /// Standard input.
    Stdin,
    /// A file, or something that is read like one, such as a pipe.
    File(PathBuf, Metadata),
}

/// Iterates over the files of inputs: the name of each with what it is, or why it cannot be read.
pub(crate) struct Walk {
    /// Inputs still to be looked at, with the depth of folders they lie in.
    queue: VecDeque<(Input, usize)>,
    /// Folders within folders at most.
    folder_depth: usize,
}

impl Walk {
    pub fn new(inputs: impl IntoIterator<Item = Input>, folder_depth: usize) -> Self {
        Walk { queue: inputs.into_iter().map(|input| (input, 0)).collect(), folder_depth }
    }

    /// What an input is; nothing where it holds others, which are then next in the queue.
    fn look(&mut self, input: Input, depth: usize) -> Result<Option<Found>, Reason> {
        let path = match input {
            Input::Stdin => return Ok(Some(Found::Stdin)),
            Input::Path(path) => path,
        };
        let about = match fs::metadata(&path) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(&path) => {
                return self.pattern(&path, depth).map(|()| None);
            }
            Err(error) => return Err(unreadable(error)),
        };
        if !about.is_dir() {
            return Ok(Some(Found::File(path, about)));
        }
        if depth > self.folder_depth {
            return Err(Reason::TooDeep(self.folder_depth));
        }
        self.folder(&path, depth).map(|()| None)
    }

    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), Reason> {
        let mut inside: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if !hidden && (kind.is_dir() || format::is_known(&entry.path())) {
                inside.push(entry.path());
            }
        }
        if inside.is_empty() {
            return if depth == 0 { Err(Reason::EmptyFolder) } else { Ok(()) };
        }
        inside.sort_unstable();
        self.put_first(inside, depth + 1);
        Ok(())
    }

    /// Puts the files and folders that a pattern matches first in the queue, each once.
    fn pattern(&mut self, path: &Path, depth: usize) -> Result<(), Reason> {
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        let mut pattern = path.to_str().ok_or(Reason::NotFound)?.to_owned();
        if pattern.ends_with("**") {
            pattern.push_str("/*"); // which would match folders alone
        }
        let found = glob::glob_with(&pattern, options).map_err(|error| Reason::BadPattern(error.msg))?;
        let mut matches: Vec<PathBuf> = found.filter_map(Result::ok).collect();
        matches.sort_unstable();
        let mut kept: Vec<PathBuf> = Vec::new();
        for one in matches {
            // What lies in a folder that matches is read with the folder.
            if !kept.iter().rev().any(|folder| one.starts_with(folder)) {
                kept.push(one);
            }
        }
        if kept.is_empty() {
            return Err(Reason::NoMatch);
        }
        self.put_first(kept, depth);
        Ok(())
    }

    fn put_first(&mut self, paths: Vec<PathBuf>, depth: usize) {
        for path in paths.into_iter().rev() {
            self.queue.push_front((Input::Path(path), depth));
        }
    }
}

impl Iterator for Walk {
    type Item = (String, Result<Found, Reason>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (input, depth) = self.queue.pop_front()?;
            let name = input.name();
            if let Some(found) = self.look(input, depth).transpose() {
                return Some((name, found));
            }
        }
    }
}

/// Whether a path looks like a pattern that no shell has expanded.
fn is_pattern(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    let class = name.iter().position(|b| *b == b'[').is_some_and(|at| name.iter().skip(at).any(|b| *b == b']'));
    class || name.iter().any(|b| b"*?".contains(b))
}

/// Why a file cannot be read.
pub(crate) fn unreadable(error: io::Error) -> Reason {
    match error.kind() {
        io::ErrorKind::NotFound => Reason::NotFound,
        _ => Reason::Unreadable(error),
    }
}
