//! Attribution relations as PolNeAR-shaped files have them: one document a line, spans in code points of its text.

use serde::{Deserialize, Serialize};

/// A stretch of a document: first code point, one past the last.
pub type Stretch = [usize; 2];

/// One document with its attributions.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Attributed {
    /// Identifier, on which gold and coded are joined.
    pub doc_id: String,
    /// Publisher's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Day of publication, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The text; predictions need none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The attributions.
    #[serde(default)]
    pub attributions: Vec<Stretches>,
}

/// The stretches of one attribution; each list may be empty.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Stretches {
    /// Who says it.
    #[serde(default)]
    pub source: Vec<Stretch>,
    /// The words that tell that somebody says it.
    #[serde(default)]
    pub cue: Vec<Stretch>,
    /// What is said.
    #[serde(default)]
    pub content: Vec<Stretch>,
}
