//! Flat events as JSON lines: each event as in a record, after what its document is.

use std::io::Write;

use jiff::civil::Date;
use readout_record::Event;
use serde::Serialize;

use crate::{Archive, Error, Options, Summary, when};

#[derive(Serialize)]
struct Line<'a> {
    document: &'a str,
    copy_of: Option<&'a str>,
    uri: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<String>,
    publisher: Option<&'a str>,
    language: Option<&'a str>,
    licence: Option<&'a str>,
    codebook: Option<&'a str>,
    /// The day that stands for the event.
    day: Option<String>,
    #[serde(flatten)]
    event: &'a Event,
}

/// Writes every event that was asked for.
pub(crate) fn write(
    archive: &dyn Archive,
    options: &Options,
    out: &mut dyn Write,
    summary: &mut Summary,
) -> Result<(), Error> {
    for report in archive.reports() {
        let report = report.map_err(Error::Archive)?;
        let record = &report.record;
        summary.documents += 1;
        for event in &record.events {
            let when = when(event, record.published);
            if !options.takes(event, when) {
                continue;
            }
            let line = Line {
                document: &record.id,
                copy_of: report.copy_of.as_deref(),
                uri: record.uri.as_deref(),
                title: record.title.as_deref(),
                published: record.published.map(iso),
                publisher: record.publisher.as_deref(),
                language: record.language.as_deref(),
                licence: record.licence.as_deref(),
                codebook: record.codebook.as_deref(),
                day: when.map(|w| iso(w.day)),
                event,
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
            summary.rows += 1;
            summary.counted += 1;
        }
    }
    Ok(())
}

fn iso(day: Date) -> String {
    day.to_string()
}
