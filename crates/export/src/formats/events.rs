//! Flat events: a row an event, as one sentence tells it. Lists are joined by "; " and keep their places.

use readout_record::{Event, Party, Record};

use crate::codes::parts;
use crate::tables::{Cell, Column, Kind, Sheet, column};
use crate::{Archive, Countries, Error, Options, Report, Summary, System, When, when};

/// The columns, in order; `docs/exports.md` describes them.
pub(crate) const COLUMNS: [Column; 52] = [
    column("id", Kind::Code),
    column("same_as", Kind::Code),
    column("document", Kind::Words),
    column("copy_of", Kind::Words),
    column("uri", Kind::Words),
    column("title", Kind::Words),
    column("published", Kind::Day),
    column("publisher", Kind::Words),
    column("language", Kind::Words),
    column("sent", Kind::Whole),
    column("trigger", Kind::Words),
    column("span_start", Kind::Whole),
    column("span_end", Kind::Whole),
    column("type", Kind::Code),
    column("mode", Kind::Code),
    column("contexts", Kind::Code),
    column("cameo", Kind::Code),
    column("quad", Kind::Whole),
    column("score", Kind::Real),
    column("goldstein", Kind::Real),
    column("status", Kind::Code),
    column("day", Kind::Day),
    column("date_first", Kind::Day),
    column("date_last", Kind::Day),
    column("granularity", Kind::Code),
    column("when", Kind::Words),
    column("actor", Kind::Words),
    column("actor_name", Kind::Words),
    column("actor_code", Kind::Code),
    column("actor_iso3c", Kind::Code),
    column("actor_cown", Kind::Code),
    column("actor_gwn", Kind::Code),
    column("actor_sector", Kind::Code),
    column("actor_inferred", Kind::Code),
    column("recipient", Kind::Words),
    column("recipient_name", Kind::Words),
    column("recipient_code", Kind::Code),
    column("recipient_iso3c", Kind::Code),
    column("recipient_cown", Kind::Code),
    column("recipient_gwn", Kind::Code),
    column("recipient_sector", Kind::Code),
    column("recipient_inferred", Kind::Code),
    column("place", Kind::Words),
    column("place_admin1", Kind::Words),
    column("place_iso3c", Kind::Code),
    column("lat", Kind::Real),
    column("lon", Kind::Real),
    column("speaker", Kind::Words),
    column("speaker_name", Kind::Words),
    column("speaker_code", Kind::Code),
    column("rule", Kind::Code),
    column("confidence", Kind::Real),
];

/// Writes every event that was asked for.
pub(crate) fn write(
    archive: &dyn Archive,
    options: &Options,
    mut sheet: Box<dyn Sheet + '_>,
    summary: &mut Summary,
) -> Result<(), Error> {
    for report in archive.reports() {
        let report = report.map_err(Error::Archive)?;
        summary.documents += 1;
        for event in &report.record.events {
            let when = when(event, report.record.published);
            if options.takes(event, when) {
                sheet.row(&row(&report, event, when))?;
                summary.rows += 1;
                summary.counted += 1;
            }
        }
    }
    sheet.end()
}

fn row<'a>(report: &'a Report, event: &'a Event, when: Option<When>) -> Vec<Cell<'a>> {
    let record = &report.record;
    let mut cells = vec![
        Cell::text(Some(event.id.as_str())),
        Cell::text(event.same_as.as_ref().map(|id| id.as_str())),
        Cell::text(Some(&record.id)),
        Cell::text(report.copy_of.as_deref()),
        Cell::text(record.uri.as_deref()),
        Cell::text(record.title.as_deref()),
        day(record.published),
        Cell::text(record.publisher.as_deref()),
        Cell::text(record.language.as_deref()),
        Cell::count(event.sent),
        Cell::text(Some(&event.trigger)),
        Cell::count(event.span[0]),
        Cell::count(event.span[1]),
        Cell::text(Some(&event.kind)),
        Cell::text(event.mode.as_deref()),
        joined(&event.contexts, |c| c),
        Cell::text(event.cameo.as_deref()),
        Cell::Whole(i64::from(event.quad)),
        Cell::real(Some(event.score)),
        Cell::real(event.goldstein),
        Cell::text(Some(event.status.name())),
        day(when.map(|w| w.day)),
        day(event.date.map(|d| d.first())),
        day(event.date.map(|d| d.last())),
        Cell::text(event.granularity.as_deref()),
        Cell::text(event.when.as_deref()),
    ];
    cells.extend(side(&event.actor, record, when));
    cells.extend(side(&event.recipient, record, when));
    let place = event.place.as_ref();
    cells.extend([
        Cell::text(place.map(|p| p.text.as_str())),
        Cell::text(place.and_then(|p| p.admin1.as_deref())),
        Cell::text(place.and_then(|p| p.country.as_deref())),
        Cell::real(place.and_then(|p| p.lat)),
        Cell::real(place.and_then(|p| p.lon)),
        joined(&event.said_by, |s| s.text.as_deref().unwrap_or_default()),
        joined(&event.said_by, |s| s.name.as_deref().unwrap_or_default()),
        joined(&event.said_by, |s| &s.code),
        Cell::text(Some(&event.rule)),
        Cell::real(Some(event.confidence)),
    ]);
    cells
}

/// The columns of one side.
fn side<'a>(parties: &'a [Party], record: &Record, when: Option<When>) -> [Cell<'a>; 8] {
    let on = when.map(|w| w.day).or(record.published);
    let number = |system| {
        let of = |p: &Party| {
            let number = on.zip(p.country.as_deref()).and_then(|(d, c)| Countries::embedded().number(system, c, d));
            number.map(|n| n.to_string()).unwrap_or_default()
        };
        Cell::own(join(parties.iter().map(of)))
    };
    [
        joined(parties, |p| &p.text),
        joined(parties, |p| p.name.as_deref().unwrap_or_default()),
        joined(parties, |p| &p.code),
        joined(parties, |p| p.country.as_deref().unwrap_or_default()),
        number(System::Cow),
        number(System::Gw),
        joined(parties, |p| parts(p).sector.unwrap_or_default()),
        joined(parties, |p| p.inferred.as_deref().unwrap_or_default()),
    ]
}

/// A list in one cell. A semicolon within an item becomes a comma, so that the places of a list can be told.
pub(crate) fn joined<'a, T>(items: &'a [T], text: impl Fn(&'a T) -> &'a str) -> Cell<'a> {
    match items {
        [one] => Cell::text(Some(text(one)).filter(|t| !t.is_empty())),
        _ => Cell::own(join(items.iter().map(|i| text(i).replace(';', ",")))),
    }
}

/// Items joined by "; "; nothing where all are empty.
fn join(items: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = items.collect();
    if all.iter().all(String::is_empty) { String::new() } else { all.join("; ") }
}

/// A day, or nothing.
pub(crate) fn day<'a>(day: Option<jiff::civil::Date>) -> Cell<'a> {
    day.map_or(Cell::Empty, Cell::Day)
}
