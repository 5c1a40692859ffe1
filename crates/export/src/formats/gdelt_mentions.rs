//! GDELT 2.0 mentions: 16 columns, tab-separated, no header, a row for each mention of each pair in the table of events.

use std::collections::HashMap;
use std::io::Write;

use readout_record::{Event, Party, Record};

use super::gdelt::{added, timestamp};
use super::rows::each_pair;
use crate::acts::{Acts, Key, address, host};
use crate::{Archive, Error, Options, Summary, tsv};

/// What a mention needs to know of a pair of its act.
struct Known {
    number: i64,
    actor: Option<String>,
    recipient: Option<String>,
    added: String,
    confidence: f32,
}

/// Writes every mention of the acts that were asked for.
pub(crate) fn write(
    archive: &dyn Archive,
    options: &Options,
    out: &mut dyn Write,
    summary: &mut Summary,
) -> Result<(), Error> {
    let acts = Acts::count(archive, options.counted)?;
    let mut known: HashMap<Key, Vec<Known>> = HashMap::new();
    each_pair(archive, &acts, options, summary, |row, _| {
        let code = |p: Option<&Party>| p.map(|p| p.code.clone());
        known.entry(row.key).or_default().push(Known {
            number: row.number(),
            actor: code(row.pair.actor),
            recipient: code(row.pair.recipient),
            added: added(row),
            confidence: row.event.confidence,
        });
        Ok(())
    })?;
    summary.counted = 0;
    for (n, report) in (0_u32..).zip(archive.reports()) {
        let record = report.map_err(Error::Archive)?.record;
        for (i, key) in acts.mentions(n, &record).into_iter().enumerate() {
            let Some(pairs) = key.and_then(|k| known.get(&k)) else { continue };
            summary.counted += 1;
            for pair in pairs {
                tsv::row(out, &cells(&record, record.events.get(i), pair))?;
                summary.rows += 1;
            }
        }
    }
    Ok(())
}

/// A row. A near duplicate that was not coded has no event of its own: where in it the words stand is not known.
fn cells(record: &Record, event: Option<&Event>, pair: &Known) -> [String; 16] {
    let web = record.uri.as_deref().and_then(host);
    let source = web.or(record.publisher.as_deref()).unwrap_or_default();
    let published = record.published.map_or_else(|| pair.added.clone(), timestamp);
    let at = |parties: Option<&Vec<Party>>, code: &Option<String>| {
        let all = parties.into_iter().flatten();
        all.filter(|p| Some(&p.code) == code.as_ref()).map(|p| p.span[0].to_string()).next()
    };
    let nowhere = || "-1".to_owned();
    let actor = at(event.map(|e| &e.actor), &pair.actor);
    // Of an act that all do to each other, the recipient is among the actors too.
    let recipient = at(event.map(|e| &e.recipient), &pair.recipient)
        .or_else(|| at(event.map(|e| &e.actor), &pair.recipient).filter(|_| pair.recipient.is_some()));
    let raw = event.map(|e| e.actor.iter().chain(&e.recipient).all(|p| p.inferred.is_none()));
    let percent = event.map_or(pair.confidence, |e| e.confidence).clamp(0.0, 1.0) * 100.0;
    [
        pair.number.to_string(),
        pair.added.clone(),
        published,
        if web.is_some() { "1" } else { "2" }.to_owned(),
        source.to_owned(),
        address(record).to_owned(),
        event.map(|e| (e.sent + 1).to_string()).unwrap_or_default(),
        actor.unwrap_or_else(nowhere),
        recipient.unwrap_or_else(nowhere),
        event.map_or_else(nowhere, |e| e.span[0].to_string()),
        raw.map(|raw| u8::from(raw).to_string()).unwrap_or_default(),
        format!("{percent:.0}"),
        record.sentences.iter().map(|s| s.span[1]).max().map(|end| end.to_string()).unwrap_or_default(),
        String::new(), // tone: readout measures none
        String::new(), // not a translation
        String::new(),
    ]
}
