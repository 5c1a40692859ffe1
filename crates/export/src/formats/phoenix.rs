//! Phoenix events: 26 columns, tab-separated, no header, a row a pair; lists are joined by ";".

use std::io::Write;

use readout_record::Party;

use super::rows::{Row, write_pairs};
use crate::codes::{cameo_quad, cameo_root};
use crate::when::digits;
use crate::{Archive, Countries, Error, Options, Summary, tsv};

/// Writes every pair of every act that was asked for.
pub(crate) fn write(
    archive: &dyn Archive,
    options: &Options,
    out: &mut dyn Write,
    summary: &mut Summary,
) -> Result<(), Error> {
    write_pairs(archive, options, out, summary, None, cells)
}

fn cells(row: &Row<'_>) -> Vec<String> {
    let (event, record, day) = (row.event, row.record, row.when.day);
    let place = event.place.as_ref();
    let mut cells = vec![
        row.number().to_string(),
        digits(day),
        day.year().to_string(),
        format!("{:02}", day.month()),
        format!("{:02}", day.day()),
    ];
    cells.extend(side(row.pair.actor));
    cells.extend(side(row.pair.recipient));
    cells.extend([
        row.cameo().to_owned(),
        cameo_root(row.cameo()).to_owned(),
        // Statements are neutral in Phoenix, where GDELT counts them as cooperation.
        if cameo_root(row.cameo()) == "01" { 0 } else { cameo_quad(event.cameo.as_deref(), event.quad) }.to_string(),
        tsv::real_or_empty(event.goldstein),
        event.contexts.join(";"),
        tsv::real_or_empty(place.and_then(|p| p.lat)),
        tsv::real_or_empty(place.and_then(|p| p.lon)),
        place.map(|p| p.text.clone()).unwrap_or_default(),
        place.and_then(|p| p.admin1.clone()).unwrap_or_default(),
        place.and_then(|p| p.country.clone()).unwrap_or_default(),
        format!("{}_{}", record.id, event.sent + 1),
        joined(row.acts.prints(row.told).map(|p| p.address.as_ref())),
        joined(row.acts.outlets(row.told).into_iter()),
    ]);
    cells
}

/// Items joined by ";", one within an item becoming a comma.
fn joined<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.map(|i| i.replace(';', ",")).collect::<Vec<_>>().join(";")
}

/// Full code, entity, role and attribute of a side, cut three letters at a time.
fn side(party: Option<&Party>) -> [String; 4] {
    let Some(party) = party else { return Default::default() };
    let country = party.country.as_deref().and_then(|c| Countries::embedded().get(c)).map(|c| c.phoenix.as_str());
    let entity = country.or(party.code.get(..3)).unwrap_or_default();
    let rest = party.code.get(3..).unwrap_or_default();
    let (role, attribute) = rest.split_at_checked(3).unwrap_or((rest, ""));
    [format!("{entity}{rest}"), entity.to_owned(), role.to_owned(), attribute.to_owned()]
}
