//! Attributions: a row each, who says what in one sentence.

use readout_record::{Attribution, ByteSpan, Record};

use super::events::day;
use crate::tables::{Cell, Column, Kind, Sheet, column};
use crate::{Archive, Error, Summary};

/// The columns, in order; `docs/exports.md` describes them.
pub(crate) const COLUMNS: [Column; 18] = [
    column("document", Kind::Words),
    column("uri", Kind::Words),
    column("published", Kind::Day),
    column("publisher", Kind::Words),
    column("language", Kind::Words),
    column("number", Kind::Whole),
    column("sent", Kind::Whole),
    column("kind", Kind::Code),
    column("source", Kind::Words),
    column("source_name", Kind::Words),
    column("source_code", Kind::Code),
    column("cue", Kind::Words),
    column("content", Kind::Words),
    column("nested_in", Kind::Whole),
    column("continues", Kind::Whole),
    column("source_spans", Kind::Code),
    column("cue_spans", Kind::Code),
    column("content_spans", Kind::Code),
];

/// Writes every attribution.
pub(crate) fn write(archive: &dyn Archive, mut sheet: Box<dyn Sheet + '_>, summary: &mut Summary) -> Result<(), Error> {
    for report in archive.reports() {
        let record = report.map_err(Error::Archive)?.record;
        summary.documents += 1;
        for (number, attribution) in record.attributions.iter().enumerate() {
            sheet.row(&row(&record, number, attribution))?;
            summary.rows += 1;
            summary.counted += 1;
        }
    }
    sheet.end()
}

fn row<'a>(record: &'a Record, number: usize, a: &'a Attribution) -> [Cell<'a>; 18] {
    [
        Cell::text(Some(&record.id)),
        Cell::text(record.uri.as_deref()),
        day(record.published),
        Cell::text(record.publisher.as_deref()),
        Cell::text(record.language.as_deref()),
        Cell::count(number),
        Cell::count(a.sent),
        Cell::text(Some(a.kind.name())),
        Cell::text(a.source.text.as_deref()),
        Cell::text(a.source.name.as_deref()),
        Cell::text(Some(&a.source.code)),
        Cell::text(Some(&a.cue.text)),
        Cell::text(Some(&a.content.text)),
        a.nested_in.map_or(Cell::Empty, Cell::count),
        a.continues.map_or(Cell::Empty, Cell::count),
        spans(&a.source.spans),
        spans(&a.cue.spans),
        spans(&a.content.spans),
    ]
}

/// Spans as "12-25; 40-48": first byte and one past the last.
fn spans<'a>(spans: &[ByteSpan]) -> Cell<'a> {
    let all: Vec<String> = spans.iter().map(|[start, end]| format!("{start}-{end}")).collect();
    Cell::own(all.join("; "))
}
