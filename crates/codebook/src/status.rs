//! Whether an act happened.

/// Whether an act happened, as PLOVER's auxiliary modes have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Told as done or under way.
    #[default]
    Fact,
    /// Planned or expected.
    Future,
    /// Conditional, hedged or merely possible.
    Hypothetical,
    /// Told as not done.
    Negated,
    /// Done long before the report.
    Historical,
}

impl Status {
    /// All statuses, with the names that files and records use.
    pub const ALL: [(Status, &'static str); 5] = [
        (Status::Fact, "fact"),
        (Status::Future, "future"),
        (Status::Hypothetical, "hypothetical"),
        (Status::Negated, "negated"),
        (Status::Historical, "historical"),
    ];

    /// The name that files and records use.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(s, _)| *s == self).map_or("fact", |(_, n)| n)
    }

    /// The status with that name.
    pub fn from_name(name: &str) -> Option<Status> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(s, _)| *s)
    }
}
