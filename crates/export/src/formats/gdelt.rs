//! GDELT 2.0 events: 61 columns, tab-separated, no header, a row a pair.

use std::io::Write;

use jiff::civil::Date;
use readout_record::{Party, Place};

use super::rows::{Exactness, Row, exactness, fips, write_pairs};
use crate::acts::address;
use crate::codes::{cameo_base, cameo_quad, cameo_root, country_name, name, parts, sector};
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
    let (event, day) = (row.event, row.when.day);
    let mut cells = vec![
        row.number().to_string(),
        digits(day),
        format!("{:04}{:02}", day.year(), day.month()),
        day.year().to_string(),
        fraction(day),
    ];
    cells.extend(actor(row.pair.actor));
    cells.extend(actor(row.pair.recipient));
    let cameo = row.cameo();
    cells.extend([
        u8::from(event.sent == 0).to_string(),
        cameo.to_owned(),
        cameo_base(cameo).to_owned(),
        cameo_root(cameo).to_owned(),
        cameo_quad(event.cameo.as_deref(), event.quad).to_string(),
        tsv::real_or_empty(event.goldstein),
        row.told.mentions.to_string(),
        row.acts.outlets(row.told).len().to_string(),
        row.told.documents.len().to_string(),
        String::new(), // AvgTone: readout measures none
    ]);
    cells.extend(no_place());
    cells.extend(no_place());
    cells.extend(event.place.as_ref().map_or_else(no_place, place));
    cells.push(added(row));
    cells.push(address(row.record).to_owned());
    cells
}

/// DATEADDED: the first day on which the act was published, else its own, at midnight UTC.
pub(crate) fn added(row: &Row<'_>) -> String {
    timestamp(row.acts.published(row.told).unwrap_or(row.when.day))
}

/// A day at midnight UTC, as `YYYYMMDDHHMMSS`.
pub(crate) fn timestamp(day: Date) -> String {
    format!("{}000000", digits(day))
}

/// The year and the share of it that is over, by GDELT's rule of thirty days a month: `2019.2247`.
fn fraction(day: Date) -> String {
    let days = (f64::from(day.month()) - 1.0) * 30.0 + f64::from(day.day());
    format!("{:.4}", f64::from(day.year()) + days / 365.0)
}

/// The ten columns of an actor.
fn actor(party: Option<&Party>) -> [String; 10] {
    let Some(party) = party else { return Default::default() };
    let parts = parts(party);
    let country = parts.country.map(|c| Countries::embedded().get(c).map_or(c, |c| c.cameo.as_str()));
    let kind = parts.sector.and_then(sector).map_or("", |s| s.cameo);
    let (country, body) = (country.unwrap_or_default(), parts.body.unwrap_or_default());
    let code = format!("{country}{kind}{body}");
    let named = if code.is_empty() && party.name.is_none() { String::new() } else { name(party).to_uppercase() };
    let empty = String::new;
    [
        code,
        named,
        country.to_owned(),
        body.to_owned(),
        empty(), // ethnic and religious codes: not told
        empty(),
        empty(),
        kind.to_owned(),
        empty(),
        empty(),
    ]
}

/// The eight columns of a place that is not known.
fn no_place() -> [String; 8] {
    let mut cells: [String; 8] = Default::default();
    if let Some(kind) = cells.first_mut() {
        "0".clone_into(kind);
    }
    cells
}

/// The eight columns of a place.
fn place(place: &Place) -> [String; 8] {
    let american = place.country.as_deref() == Some("USA");
    let kind = match exactness(place) {
        Exactness::Country => 1,
        Exactness::Division => {
            if american {
                2
            } else {
                5
            }
        }
        Exactness::Town => {
            if american {
                3
            } else {
                4
            }
        }
    };
    let (country, division) = fips(place);
    let whole = place.country.as_deref().map(country_name);
    let mut parts = vec![place.text.as_str()];
    if kind != 1
        && let Some(admin1) = place.admin1.as_deref().filter(|_| kind == 3 || kind == 4)
    {
        parts.push(admin1);
    }
    parts.extend(whole.as_deref().filter(|w| !place.text.eq_ignore_ascii_case(w)));
    [
        kind.to_string(),
        parts.join(", "),
        country.to_owned(),
        division.to_owned(),
        String::new(),
        tsv::real_or_empty(place.lat),
        tsv::real_or_empty(place.lon),
        if kind == 1 { country.to_owned() } else { String::new() },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_the_year_are_gdelts() {
        for (day, expect) in [("2014-02-18", "2014.1315"), ("2019-01-01", "2019.0027"), ("2019-12-31", "2019.9890")] {
            assert_eq!(fraction(day.parse().unwrap()), expect, "{day}");
        }
    }
}
