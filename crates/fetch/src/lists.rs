//! The feeds that the caller names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use url::Url;

use crate::failure::FetchError;

/// The feeds that `arguments` name, each once, in order: an address of a feed, or a file that lists addresses one a line
/// (`#` and what follows is a comment).
///
/// # Errors
/// Where an argument is neither, or a line no address of the web.
pub fn feeds(arguments: &[String], most: usize) -> Result<Vec<Url>, FetchError> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    let mut add = |given: &str, place: String| {
        let url = address(given).ok_or(FetchError::NotAnAddress { place, given: crate::client::shown(given) })?;
        if seen.insert(url.to_string()) {
            out.push(url);
        }
        if out.len() > most { Err(FetchError::TooManyFeeds(most)) } else { Ok(()) }
    };
    for argument in arguments {
        if argument.contains("://") {
            add(argument, "argument".to_owned())?;
            continue;
        }
        let path = Path::new(argument);
        let text = fs::read(path).map_err(|error| FetchError::File { path: path.to_path_buf(), error })?;
        let text = String::from_utf8_lossy(&text);
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let comment = line.split_once(" #").map_or(line, |(before, _)| before).trim();
            if !comment.is_empty() && !comment.starts_with('#') {
                add(comment, format!("{argument}:{}", number + 1))?;
            }
        }
    }
    Ok(out)
}

fn address(given: &str) -> Option<Url> {
    let url = Url::parse(given).ok()?;
    ["http", "https"].contains(&url.scheme()).then(|| {
        let mut url = url;
        url.set_fragment(None);
        url
    })
}
