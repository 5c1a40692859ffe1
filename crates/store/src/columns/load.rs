//! From a store to columns.

use rusqlite::Row as SqlRow;

use super::{Columns, Row, Spot};
use crate::query::DAY;
use crate::{Filter, Result, Store};

impl Columns {
    /// The events of a store that a filter means.
    pub fn of(store: &Store, filter: &Filter) -> Result<Columns> {
        let (condition, values) = filter.condition();
        store.sql(|c| {
            let mut events = c.prepare(&format!(
                "SELECT e.id, CAST(julianday({DAY}) - 2440587.5 AS INTEGER), e.type, e.quad, e.status, s.code, d.publisher, p.country,
                     e.score, p.lat, p.lon, p.text
                 FROM events e JOIN documents d ON d.id = e.document
                 LEFT JOIN speakers s ON s.event = e.id AND s.n = 0
                 LEFT JOIN places p ON p.id = e.place WHERE {condition} ORDER BY e.id"
            ))?;
            // Both come in the order of events, so one walk joins them.
            let mut parties = c.prepare("SELECT event, side, code FROM parties ORDER BY event, side, n")?;
            let mut parties = parties.query([])?;
            let mut party = next(&mut parties)?;
            let mut events = events.query(rusqlite::params_from_iter(values))?;
            let mut columns = Columns::default();
            while let Some(row) = events.next()? {
                let mut event = event(row)?;
                let id = i64::from(event.id);
                while let Some((of, is_actor, code)) = party.take_if(|(of, ..)| *of <= id) {
                    if of == id {
                        if is_actor { event.actor.push(code) } else { event.recipient.push(code) }
                    }
                    party = next(&mut parties)?;
                }
                columns.push(&event);
            }
            Ok(columns)
        })
    }
}

fn next(rows: &mut rusqlite::Rows<'_>) -> rusqlite::Result<Option<(i64, bool, String)>> {
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((row.get(0)?, row.get_ref(1)?.as_str()? == "actor", row.get(2)?)))
}

fn event(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let text = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(column)?.unwrap_or_default());
    let (lat, lon): (Option<f64>, Option<f64>) = (row.get(9)?, row.get(10)?);
    let spot = lat.zip(lon).and_then(|(lat, lon)| Spot::new(lat, lon));
    Ok(Row {
        id: row.get(0)?,
        day: row.get(1)?,
        kind: text(2)?,
        quad: row.get(3)?,
        status: text(4)?,
        actor: Vec::new(),
        recipient: Vec::new(),
        speaker: text(5)?,
        publisher: text(6)?,
        place: text(7)?,
        spot,
        place_name: if spot.is_some() { text(11)? } else { String::new() },
        score: row.get::<_, f64>(8)? as f32,
    })
}
