//! POLECAT events: 40 columns, tab-separated, with a header, a row a pair; what is missing is `None`.

use std::io::Write;

use readout_codebook::Quad;
use readout_record::Party;

use super::rows::{Row, town, write_pairs};
use crate::codes::parts;
use crate::when::digits;
use crate::{Archive, Countries, Error, Options, Summary, System, tsv};

const HEADER: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// What stands where nothing is known.
const NONE: &str = "None";

/// Writes every pair of every act that was asked for.
pub(crate) fn write(
    archive: &dyn Archive,
    options: &Options,
    out: &mut dyn Write,
    summary: &mut Summary,
) -> Result<(), Error> {
    write_pairs(archive, options, out, summary, Some(&HEADER), |row| {
        cells(row).into_iter().map(|c| c.filter(|c| !c.is_empty()).unwrap_or_else(|| NONE.to_owned())).collect()
    })
}

fn cells(row: &Row<'_>) -> Vec<Option<String>> {
    let (event, record) = (row.event, row.record);
    let quad = Quad::ALL.iter().find(|(q, _)| q.number() == event.quad).map(|(_, name)| name.to_uppercase());
    let mut cells = vec![
        Some(format!("{}-{}-{}", digits(row.when.day), row.act(), row.pair.place)),
        Some(row.when.day.to_string()),
        Some(event.kind.clone()),
        event.mode.clone(),
        Some(tsv::real(event.score)),
        quad,
        Some(event.contexts.join("; ")),
    ];
    cells.extend(side(row.pair.actor, row));
    cells.extend(side(row.pair.recipient, row));
    let place = event.place.as_ref();
    let text = || place.map(|p| p.text.clone());
    cells.extend([
        text(),
        place.map(|p| town(p).to_owned()),
        None,
        place.and_then(|p| p.admin1.clone()),
        place.and_then(|p| p.country.clone()),
        place.and_then(|p| p.lat).map(tsv::real),
        place.and_then(|p| p.lon).map(tsv::real),
        None,
        text(),
        None,
        record.publisher.clone(),
        record.published.map(|d| d.to_string()),
        None,
        None,
        None,
        record.language.clone(),
        Some(format!("readout {}", record.codebook.as_deref().unwrap_or_default()).trim_end().to_owned()),
    ]);
    cells
}

/// The eight columns of a side.
fn side(party: Option<&Party>, row: &Row<'_>) -> [Option<String>; 8] {
    let Some(party) = party else { return Default::default() };
    let parts = parts(party);
    let number = parts.country.and_then(|c| Countries::embedded().number(System::Cow, c, row.when.day));
    let sector = parts.sector.map(str::to_owned);
    [
        Some(party.name.as_ref().unwrap_or(&party.text).clone()),
        parts.country.map(str::to_owned),
        number.map(|n| n.to_string()),
        sector.clone(),
        sector,
        None,
        Some(party.text.clone()),
        None,
    ]
}
