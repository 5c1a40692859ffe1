//! What all formats with a row a pair share: going through the acts and pairs that were asked for.

use std::collections::HashSet;
use std::io::Write;

use jiff::civil::Date;
use readout_record::{Event, Party, Place, Record};

use crate::acts::{Acts, Key, Told};
use crate::select::UNDATED;
use crate::{Archive, Countries, Error, Options, Pair, Summary, When, pair_number, pairs, tsv, when};

/// One pair of one act.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) record: &'a Record,
    /// The event that stands for the act.
    pub(crate) event: &'a Event,
    pub(crate) key: Key,
    pub(crate) when: When,
    pub(crate) pair: Pair<'a>,
    pub(crate) acts: &'a Acts,
    pub(crate) told: &'a Told,
}

impl<'a> Row<'a> {
    /// The same act, with this pair.
    pub(crate) fn with<'b>(self, pair: Pair<'b>) -> Row<'b>
    where
        'a: 'b,
    {
        Row { pair, ..self }
    }

    /// What a pair is told apart by within a day.
    pub(crate) fn same_day(&self) -> Daily {
        let code = |p: Option<&Party>| p.map(|p| p.code.clone()).unwrap_or_default();
        (self.when.day, code(self.pair.actor), code(self.pair.recipient), self.cameo().to_owned())
    }

    /// The act's id, the same whichever of its mentions stands for it.
    pub(crate) fn act(&self) -> &str {
        self.event.same_as.as_ref().filter(|_| self.acts.is_linked()).unwrap_or(&self.event.id).as_str()
    }

    /// The pair's own number.
    pub(crate) fn number(&self) -> i64 {
        pair_number(self.act(), self.pair.place)
    }

    /// CAMEO code, "" where there is none.
    pub(crate) fn cameo(&self) -> &str {
        self.event.cameo.as_deref().unwrap_or_default()
    }
}

/// Day, code of the actor, code of the recipient, CAMEO code.
pub(crate) type Daily = (Date, String, String, String);

/// Writes `header`, where there is one, and a line for each pair of each act that was asked for.
pub(crate) fn write_pairs(
    archive: &dyn Archive,
    options: &Options,
    out: &mut dyn Write,
    summary: &mut Summary,
    header: Option<&[&str]>,
    mut cells: impl FnMut(&Row<'_>) -> Vec<String>,
) -> Result<(), Error> {
    let acts = Acts::count(archive, options.counted)?;
    if let Some(header) = header {
        tsv::row(out, header)?;
    }
    each_pair(archive, &acts, options, summary, |row, summary| {
        tsv::row(out, &cells(row))?;
        summary.rows += 1;
        Ok(())
    })
}

/// Hands on each pair of each act that was asked for, in the order of the archive.
pub(crate) fn each_pair(
    archive: &dyn Archive,
    acts: &Acts,
    options: &Options,
    summary: &mut Summary,
    mut take: impl FnMut(&Row<'_>, &mut Summary) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut daily: HashSet<Daily> = HashSet::new();
    each_act(archive, acts, options, summary, |act, summary| {
        let all = pairs(act.event);
        if all.is_empty() {
            summary.leave_out("without a party");
            return Ok(());
        }
        summary.counted += 1;
        for pair in all {
            let row = act.with(pair);
            if options.one_a_day && !daily.insert(row.same_day()) {
                summary.leave_out("a second time on one day");
                continue;
            }
            take(&row, summary)?;
        }
        Ok(())
    })
}

/// Hands on each act that was asked for, with an empty pair.
pub(crate) fn each_act(
    archive: &dyn Archive,
    acts: &Acts,
    options: &Options,
    summary: &mut Summary,
    mut take: impl FnMut(&Row<'_>, &mut Summary) -> Result<(), Error>,
) -> Result<(), Error> {
    for (n, report) in (0_u32..).zip(archive.reports()) {
        let record = report.map_err(Error::Archive)?.record;
        summary.documents += 1;
        for act in acts.first_told_by(n, &record) {
            let at = when(&act.event, record.published);
            if !options.takes(&act.event, at) {
                continue;
            }
            let Some(when) = at else {
                summary.leave_out(UNDATED);
                continue;
            };
            let pair = Pair { actor: None, recipient: None, place: 0 };
            let key = acts.key_of(&act.event);
            take(&Row { record: &record, event: &act.event, key, when, pair, acts, told: act.told }, summary)?;
        }
    }
    Ok(())
}

/// How exact a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exactness {
    /// No more than the country is known, or it is no place in a country.
    Country,
    /// A first-level division.
    Division,
    /// A town, or another place within a division.
    Town,
}

/// How exact a place is told.
pub(crate) fn exactness(place: &Place) -> Exactness {
    match place.admin1.as_deref() {
        None => Exactness::Country,
        Some(admin1) if is_name_of(&place.text, admin1) => Exactness::Division,
        Some(_) => Exactness::Town,
    }
}

/// Whether a phrase is a division's name, with or without an article or a word for what it is.
fn is_name_of(phrase: &str, name: &str) -> bool {
    let phrase = phrase.strip_prefix("the ").or_else(|| phrase.strip_prefix("The ")).unwrap_or(phrase);
    let rest = phrase.get(..name.len()).filter(|p| p.eq_ignore_ascii_case(name)).and_then(|_| phrase.get(name.len()..));
    let kinds = include_str!("../../../../data/countries/divisions.txt");
    let kind = |rest: &str| kinds.lines().any(|k| k.eq_ignore_ascii_case(rest.trim_start()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') && kind(rest))
}

/// A town's name where the place is one: the phrase as written.
pub(crate) fn town(place: &Place) -> &str {
    if exactness(place) == Exactness::Town { &place.text } else { "" }
}

/// FIPS codes of a place's country and division; the division is the country's own code where none is known, as in GDELT.
pub(crate) fn fips(place: &Place) -> (&'static str, &'static str) {
    let all = Countries::embedded();
    let Some(iso3c) = place.country.as_deref() else { return ("", "") };
    let division = place.admin1.as_deref().and_then(|a| all.division(iso3c, a));
    let country = all.get(iso3c).map_or("", |c| c.fips.as_str());
    division.unwrap_or((country, country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_as_exact_as_it_is_told() {
        for (text, admin1, expect) in [
            ("Peru", None, Exactness::Country),
            ("Kano", Some("Kano"), Exactness::Division),
            ("the Kano State", Some("Kano"), Exactness::Division),
            ("Wudil", Some("Kano"), Exactness::Town),
            ("Kanopus", Some("Kano"), Exactness::Town),
        ] {
            let place = Place {
                text: text.into(),
                span: [0, 0],
                lat: None,
                lon: None,
                country: None,
                admin1: admin1.map(str::to_owned),
            };
            assert_eq!(exactness(&place), expect, "{text}");
        }
    }
}
