//! What is exported: reports, and where they come from.

use readout_record::Record;

/// A record and what is known of its document beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What was read from the document.
    pub record: Record,
    /// Identifier of the document that this one is a near duplicate of: the first print of the same copy.
    pub copy_of: Option<String>,
}

impl From<Record> for Report {
    fn from(record: Record) -> Self {
        Report { record, copy_of: None }
    }
}

/// Whatever went wrong in an archive.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// A set of reports that can be gone through again and again, each time in the same order: who counts how often an act is
/// told has to read to the end before the first row is written.
pub trait Archive {
    /// All reports from the first on. After an error nothing more is asked for.
    fn reports(&self) -> Box<dyn Iterator<Item = Result<Report, Fault>> + '_>;
}

impl Archive for [Report] {
    fn reports(&self) -> Box<dyn Iterator<Item = Result<Report, Fault>> + '_> {
        Box::new(self.iter().cloned().map(Ok))
    }
}

impl<T: Archive + ?Sized> Archive for &T {
    fn reports(&self) -> Box<dyn Iterator<Item = Result<Report, Fault>> + '_> {
        (**self).reports()
    }
}
