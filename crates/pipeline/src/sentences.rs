//! Which sentences are read.

use std::fmt;
use std::str::FromStr;

/// Which sentences are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sentences {
    /// Every sentence.
    #[default]
    All,
    /// Those whose words may make an event; of documents that hold one, also those that may hold an attribution.
    Likely,
}

impl Sentences {
    /// All choices.
    pub const ALL: [Sentences; 2] = [Sentences::All, Sentences::Likely];

    /// As a user writes it.
    pub fn name(self) -> &'static str {
        match self {
            Sentences::All => "all",
            Sentences::Likely => "likely",
        }
    }
}

impl fmt::Display for Sentences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The choice with this name; else what there is to choose from.
impl FromStr for Sentences {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let names = || Sentences::ALL.map(Sentences::name).join(" or ");
        Sentences::ALL
            .into_iter()
            .find(|s| s.name() == name)
            .ok_or_else(|| format!("{name:?} is no choice of sentences; write {}", names()))
    }
}
