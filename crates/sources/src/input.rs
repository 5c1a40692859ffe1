//! Where documents come from.

use std::path::PathBuf;

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder, or a pattern of such names where there is no file of that name. Of a folder all files are read whose names end in .txt, .text, .json, .jsonl, .ndjson, .html, .htm, .xhtml, .warc or .wet,
    /// also with .gz or .zst, in the order of their names, folders within it too; hidden ones and links to folders are not.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// The input that a command line's argument names: "-" is standard input.
    pub fn from_argument(argument: impl Into<PathBuf>) -> Self {
        let path = argument.into();
        if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path) }
    }
}

impl Input {
    /// As it is named in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Input::Stdin => "standard input".to_owned(),
            Input::Path(path) => path.display().to_string(),
        }
    }
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        Input::from_argument(path)
    }
}
