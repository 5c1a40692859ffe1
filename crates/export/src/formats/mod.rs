//! One file a format.

mod attributions;
mod events;
mod gdelt;
mod gdelt_mentions;
mod icews;
mod jsonl;
mod phoenix;
mod polecat;
pub(crate) mod rows;

use std::io::Write;

use crate::panel;
use crate::tables::{CsvSheet, ParquetSheet, Sheet};
use crate::{Archive, Error, Options, Summary};

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An event a line.
    Jsonl,
    /// A row an event.
    Csv,
    /// A row an event.
    Parquet,
    /// A row an attribution.
    AttributionsCsv,
    /// A row an attribution.
    AttributionsParquet,
    /// GDELT 2.0 events.
    Gdelt,
    /// GDELT 2.0 mentions.
    GdeltMentions,
    /// ICEWS events.
    Icews,
    /// POLECAT events.
    Polecat,
    /// Phoenix events.
    Phoenix,
    /// A balanced panel.
    PanelCsv,
    /// A balanced panel.
    PanelParquet,
}

impl Format {
    /// Whether the format says of each row what the event's status is; those that do not take facts alone unless told
    /// otherwise.
    pub fn has_status(self) -> bool {
        matches!(
            self,
            Format::Jsonl | Format::Csv | Format::Parquet | Format::AttributionsCsv | Format::AttributionsParquet
        )
    }
}

/// Writes an archive in a format. `out` need not seek; what was written before an error stays written.
pub fn export(
    archive: &dyn Archive,
    format: Format,
    options: &Options,
    mut out: impl Write + Send,
) -> Result<Summary, Error> {
    let sheet = |columns, out| -> Result<Box<dyn Sheet + '_>, Error> { Ok(Box::new(CsvSheet::new(columns, out)?)) };
    let mut summary = Summary::default();
    let s = &mut summary;
    match format {
        Format::Jsonl => jsonl::write(archive, options, &mut out, s)?,
        Format::Csv => events::write(archive, options, sheet(&events::COLUMNS, &mut out)?, s)?,
        Format::Parquet => {
            events::write(archive, options, Box::new(ParquetSheet::new(&events::COLUMNS, &mut out)?), s)?;
        }
        Format::AttributionsCsv => attributions::write(archive, sheet(&attributions::COLUMNS, &mut out)?, s)?,
        Format::AttributionsParquet => {
            attributions::write(archive, Box::new(ParquetSheet::new(&attributions::COLUMNS, &mut out)?), s)?;
        }
        Format::Gdelt => gdelt::write(archive, options, &mut out, s)?,
        Format::GdeltMentions => gdelt_mentions::write(archive, options, &mut out, s)?,
        Format::Icews => icews::write(archive, options, &mut out, s)?,
        Format::Polecat => polecat::write(archive, options, &mut out, s)?,
        Format::Phoenix => phoenix::write(archive, options, &mut out, s)?,
        Format::PanelCsv => {
            let columns = panel::columns(&options.panel);
            panel::write(archive, options, sheet(&columns, &mut out)?, s)?;
        }
        Format::PanelParquet => {
            let columns = panel::columns(&options.panel);
            panel::write(archive, options, Box::new(ParquetSheet::new(&columns, &mut out)?), s)?;
        }
    }
    out.flush()?;
    Ok(summary)
}
