//! Takes records, each with the document that it is a near duplicate of, if any; gives the files that other people's
//! tools read: flat tables (JSON lines, CSV, Parquet), event data in the shapes of GDELT, ICEWS, POLECAT and Phoenix, and
//! balanced panels. Never opens a file, never knows where the records are kept.
//!
//! What readout does not know is left empty, never invented. `docs/exports.md` says column by column what each format
//! gets.

mod acts;
mod codes;
mod countries;
mod error;
mod formats;
mod pairs;
mod panel;
mod report;
mod select;
mod tables;
mod tsv;
mod when;

pub use countries::{Countries, Country, Member, System};
pub use error::Error;
pub use formats::{Format, export};
pub use pairs::{Pair, pair_number, pairs};
pub use panel::{Codes, Keys, PanelOptions, Period, Role, Sectors, Unit};
pub use report::{Archive, Fault, Report};
pub use select::{Counted, Options, Summary};
pub use when::{When, when};
