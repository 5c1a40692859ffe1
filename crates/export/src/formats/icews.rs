//! ICEWS events: 20 columns, tab-separated, with a header, a row a pair.

use std::collections::HashSet;
use std::io::Write;

use readout_codebook::Codebook;
use readout_record::Party;

use super::rows::{Row, town, write_pairs};
use crate::codes::{country_name, parts, sector};
use crate::pairs::hashed;
use crate::{Archive, Error, Options, Summary, tsv};

const HEADER: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// Numbers end here: readers of ICEWS keep them in 32 bits with a sign.
const LARGEST: u64 = (1 << 31) - 1;

/// Writes every pair of every act that was asked for.
pub(crate) fn write(
    archive: &dyn Archive,
    options: &Options,
    out: &mut dyn Write,
    summary: &mut Summary,
) -> Result<(), Error> {
    let mut taken = HashSet::new();
    write_pairs(archive, options, out, summary, Some(&HEADER), |row| {
        let number = free(&mut taken, small(row.number().unsigned_abs()));
        cells(row, number)
    })
}

/// A number that fits: from 1 to the largest.
fn small(number: u64) -> u64 {
    number % LARGEST + 1
}

/// The number, or the next one that no row has yet.
fn free(taken: &mut HashSet<u64>, mut number: u64) -> u64 {
    while !taken.insert(number) {
        number = number % LARGEST + 1;
    }
    number
}

fn cells(row: &Row<'_>, number: u64) -> Vec<String> {
    let (event, record) = (row.event, row.record);
    let meaning = Codebook::embedded().ontology.cameo(row.cameo()).map(|c| c.about.clone());
    let place = event.place.as_ref();
    let [source, source_sectors, source_country] = side(row.pair.actor);
    let [target, target_sectors, target_country] = side(row.pair.recipient);
    let country = place.and_then(|p| p.country.as_deref()).map(|c| country_name(c).into_owned());
    vec![
        number.to_string(),
        row.when.day.to_string(),
        source,
        source_sectors,
        source_country,
        meaning.unwrap_or_default(),
        row.cameo().to_owned(),
        tsv::real_or_empty(event.goldstein),
        target,
        target_sectors,
        target_country,
        small(hashed(&record.id)).to_string(),
        (event.sent + 1).to_string(),
        record.publisher.clone().unwrap_or_default(),
        place.map(|p| town(p).to_owned()).unwrap_or_default(),
        String::new(),
        place.and_then(|p| p.admin1.clone()).unwrap_or_default(),
        country.unwrap_or_default(),
        tsv::real_or_empty(place.and_then(|p| p.lat)),
        tsv::real_or_empty(place.and_then(|p| p.lon)),
    ]
}

/// Name, sectors and country of a side. A party without a name of its own is called after its sector and country, as ICEWS
/// does: "Military (Burundi)".
fn side(party: Option<&Party>) -> [String; 3] {
    let Some(party) = party else { return Default::default() };
    let parts = parts(party);
    let country = parts.country.map(|c| country_name(c).into_owned()).unwrap_or_default();
    let sectors = parts.sector.and_then(sector).map_or("", |s| s.icews);
    let main = sectors.split(',').next().unwrap_or_default();
    let name = match &party.name {
        Some(name) => name.clone(),
        None if !main.is_empty() && !country.is_empty() => format!("{main} ({country})"),
        None if !country.is_empty() => country.clone(),
        None => party.text.clone(),
    };
    [name, sectors.to_owned(), country]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit_readers_and_are_not_given_twice() {
        let mut taken = HashSet::new();
        assert_eq!(small(u64::MAX >> 1), small(u64::MAX >> 1));
        assert!(small(u64::MAX) <= LARGEST && small(0) == 1);
        assert_eq!([free(&mut taken, 7), free(&mut taken, 7), free(&mut taken, 8)], [7, 8, 9]);
        assert_eq!([free(&mut taken, LARGEST), free(&mut taken, LARGEST)], [LARGEST, 1]);
    }
}
